// When somebody is on holiday: once in about every half year, for a week or so, decided by seed and date alone.

import { randomFor } from '../random.ts'

export type Holiday = { readonly kind: 'none' } | { readonly kind: 'leaves' | 'away' | 'returns'; readonly byFerry: boolean }

const halfYearDays = 182
const nights = { min: 5, max: 12 } as const
const chance = 0.9

/** @param dayNumber days since 1970-01-01, of the local date */
export function holidayOn(seed: string, device: string, dayNumber: number): Holiday {
  const half = Math.floor(dayNumber / halfYearDays)
  const random = randomFor(seed, device, 'holiday', half)
  const first = half * halfYearDays + random.whole(20, halfYearDays - 20)
  const last = first + random.whole(nights.min, nights.max)
  const byFerry = random.chance(0.5)
  if (!random.chance(chance) || dayNumber < first || dayNumber > last) return { kind: 'none' }
  if (dayNumber === first) return { kind: 'leaves', byFerry }
  return { kind: dayNumber === last ? 'returns' : 'away', byFerry }
}
