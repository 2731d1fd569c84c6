// What a simulated device really did, known before anybody measures it: each trip's purpose, role and manoeuvres as the drive was
// planned, without the sensor's noise, and what went wrong in a home. For holding against what is scored.

import type { Drive, DriveState } from './vehicle/drive-state.ts'
import type { Equipment } from './vehicle/equipment.ts'

export const manoeuvreKinds = ['brake', 'acceleration', 'left-turn', 'right-turn', 'speeding'] as const
export type ManoeuvreKind = (typeof manoeuvreKinds)[number]
/** `open`: an outer door or window that was forgotten. */
export const mishapKinds = ['leak', 'freeze', 'smoke', 'co', 'intrusion', 'humidity', 'open'] as const
export type MishapKind = (typeof mishapKinds)[number]
export const purposes = ['commute', 'shopping', 'school', 'leisure', 'errand', 'holiday', 'ferry', 'tow'] as const
export type Purpose = (typeof purposes)[number]
/** `passenger`: a phone in somebody else's car. `carried`: the vehicle moves, and nobody drives it. */
export const tripRoles = ['driver', 'passenger', 'carried'] as const
export type TripRole = (typeof tripRoles)[number]

export interface Stretch {
  readonly startMs: number
  readonly endMs: number
}

export interface Manoeuvre extends Stretch {
  readonly kind: ManoeuvreKind
  /** Largest magnitude, m/s²; for speeding the km/h above the limit. */
  readonly peak: number
  /** Of speeding, the longest time in a row that was clearly above the limit. */
  readonly clearMs?: number
}

export interface TripTruth {
  readonly kind: 'trip'
  readonly device: string
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly distanceM: number
  readonly manoeuvres: readonly Manoeuvre[]
  readonly purpose?: Purpose
  readonly role?: TripRole
  readonly equipment?: Equipment
  /** The kinds of manoeuvre this equipment can tell; it knows nothing of the others. */
  readonly seen?: readonly ManoeuvreKind[]
  /** In these the device could not tell: no position yet, a tunnel, a phone that was being moved. */
  readonly unseen?: readonly Stretch[]
  readonly phoneUse?: readonly Stretch[]
  /** Of moving, between 23 and 5 o'clock. */
  readonly nightSeconds?: number
  readonly nightM?: number
  readonly movingSeconds?: number
}

export interface MishapTruth extends Stretch {
  readonly kind: MishapKind
  readonly device: string
  /** At its worst: °C of a freeze, % of humidity, ppm of carbon monoxide, l/min of a leak. */
  readonly peak?: number
}

export type Truth = TripTruth | MishapTruth

/** Gentler than anything that is ever counted. */
const noticedMps2Min = 2.4
const noticedKphMin = 3
/** Whatever is tolerated, this is too fast. */
const clearKphMin = 5.75
/** Five looks a second: a fright's braking lasts two. */
const lookMs = 200
/** Two stretches closer than this are one manoeuvre. */
const apartMsMin = 1000

const measures: Readonly<Record<ManoeuvreKind, (state: DriveState) => number>> = {
  brake: (state) => -state.longitudinalMps2,
  acceleration: (state) => state.longitudinalMps2,
  'left-turn': (state) => state.lateralMps2,
  'right-turn': (state) => -state.lateralMps2,
  speeding: (state) => state.speedMps * 3.6 - state.limitKph,
}

interface OpenStretch {
  startMs: number
  endMs: number
  peak: number
  clearSinceMs: number | undefined
  clearMs: number
}

/** @param startMs when the vehicle sets off */
export function manoeuvresOf(drive: Drive, startMs: number): readonly Manoeuvre[] {
  const found: Manoeuvre[] = []
  const open = new Map<ManoeuvreKind, OpenStretch>()
  const close = (kind: ManoeuvreKind): void => {
    const stretch = open.get(kind)
    open.delete(kind)
    if (stretch === undefined) return
    const { clearMs, peak } = stretch
    const size = { startMs: stretch.startMs, endMs: stretch.endMs, peak: Math.round(peak * 100) / 100 }
    found.push({ kind, ...size, ...(kind === 'speeding' ? { clearMs } : {}) })
  }
  for (let passedMs = 0; passedMs <= drive.seconds * 1000; passedMs += lookMs) {
    const state = drive.stateAt(passedMs / 1000)
    const atMs = startMs + passedMs
    for (const kind of manoeuvreKinds) {
      const size = measures[kind](state)
      const stretch = open.get(kind)
      if (size >= (kind === 'speeding' ? noticedKphMin : noticedMps2Min)) {
        const isNew = stretch === undefined
        const grown = isNew ? { startMs: atMs, endMs: atMs, peak: size, clearSinceMs: undefined, clearMs: 0 } : stretch
        if (isNew) open.set(kind, grown)
        grow(grown, atMs, size)
      } else if (stretch !== undefined && atMs - stretch.endMs > apartMsMin) close(kind)
    }
  }
  for (const kind of manoeuvreKinds) close(kind)
  return found.sort((one, other) => one.startMs - other.startMs)
}

function grow(stretch: OpenStretch, atMs: number, size: number): void {
  stretch.endMs = atMs
  stretch.peak = Math.max(stretch.peak, size)
  stretch.clearSinceMs = size >= clearKphMin ? (stretch.clearSinceMs ?? atMs) : undefined
  if (stretch.clearSinceMs !== undefined) stretch.clearMs = Math.max(stretch.clearMs, atMs - stretch.clearSinceMs)
}
