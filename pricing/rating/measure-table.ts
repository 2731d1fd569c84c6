// The measures that a behaviour can be rated by: what each is of, in which unit it is observed, and whether it counts at a rung of the
// ladder. How it is read out of the facts is in measures.ts.

import type { Product } from '../../store/book/schema.ts'

export const measureNames = [
  'braking',
  'acceleration',
  'cornering',
  'night',
  'speeding',
  'phone',
  'water',
  'freeze',
  'fire',
  'intrusion',
  'humidity',
] as const
export type MeasureName = (typeof measureNames)[number]

export interface Measure {
  readonly name: MeasureName
  readonly product: Product
  /** Names the words of a worksheet: `observed` is in this unit. */
  readonly unit: 'per-1000-km' | 'share' | 'minutes-per-day'
  /** Whether it counts events at a rung of the ladder. */
  readonly hasRung: boolean
  /** Whether its credit waits for a test of the shut-off valve. */
  readonly hasValve: boolean
  /** observed = part × scale ÷ whole */
  readonly scale: number
}

const events = { product: 'motor', unit: 'per-1000-km', hasRung: true, hasValve: false, scale: 1000 } as const
const share = { product: 'motor', unit: 'share', hasRung: false, hasValve: false, scale: 1 } as const
const minutes = { product: 'home', unit: 'minutes-per-day', hasRung: false, hasValve: false, scale: 1 } as const

export const measures: Readonly<Record<MeasureName, Measure>> = {
  braking: { name: 'braking', ...events },
  acceleration: { name: 'acceleration', ...events },
  cornering: { name: 'cornering', ...events },
  night: { name: 'night', ...share },
  speeding: { name: 'speeding', ...share },
  phone: { name: 'phone', ...share },
  water: { name: 'water', ...minutes, hasValve: true },
  freeze: { name: 'freeze', ...minutes },
  fire: { name: 'fire', ...minutes },
  intrusion: { name: 'intrusion', ...minutes },
  humidity: { name: 'humidity', ...minutes },
}
