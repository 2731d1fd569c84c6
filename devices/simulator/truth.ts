// What a simulated device really did, known before anybody measures it: the manoeuvres of a drive as it was planned, without the
// sensor's noise, and the leaks and freezes of a household. For holding against what is scored.

import type { Drive, DriveState } from './drive.ts'
import type { DayPlan } from './household.ts'

export const manoeuvreKinds = ['brake', 'acceleration', 'left-turn', 'right-turn', 'speeding'] as const
export type ManoeuvreKind = (typeof manoeuvreKinds)[number]
export const mishapKinds = ['leak', 'freeze'] as const
export type MishapKind = (typeof mishapKinds)[number]

export interface Manoeuvre {
  readonly kind: ManoeuvreKind
  readonly startMs: number
  readonly endMs: number
  /** Largest magnitude, m/s²; for speeding the km/h above the limit. */
  readonly peak: number
}

export interface TripTruth {
  readonly kind: 'trip'
  readonly device: string
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly distanceM: number
  readonly manoeuvres: readonly Manoeuvre[]
}

export interface MishapTruth {
  readonly kind: MishapKind
  readonly device: string
  readonly startMs: number
  readonly endMs: number
}

export type Truth = TripTruth | MishapTruth

/** Gentler than anything that is ever counted. */
const noticedMps2Min = 2.4
const noticedKphMin = 3
/** Ten looks a second: a fright's braking lasts one or two. */
const lookMs = 100
/** Two stretches closer than this are one manoeuvre. */
const apartMsMin = 1000
const minuteMs = 60_000

const measures: Readonly<Record<ManoeuvreKind, (state: DriveState) => number>> = {
  brake: (state) => -state.longitudinalMps2,
  acceleration: (state) => state.longitudinalMps2,
  'left-turn': (state) => state.lateralMps2,
  'right-turn': (state) => -state.lateralMps2,
  speeding: (state) => state.speedMps * 3.6 - state.limitKph,
}

/** @param startMs when the vehicle sets off */
export function manoeuvresOf(drive: Drive, startMs: number): readonly Manoeuvre[] {
  const found: Manoeuvre[] = []
  const open = new Map<ManoeuvreKind, { startMs: number; endMs: number; peak: number }>()
  const close = (kind: ManoeuvreKind): void => {
    const stretch = open.get(kind)
    open.delete(kind)
    if (stretch !== undefined) found.push({ kind, ...stretch, peak: Math.round(stretch.peak * 100) / 100 })
  }
  for (let atMs = 0; atMs <= drive.seconds * 1000; atMs += lookMs) {
    const state = drive.stateAt(atMs / 1000)
    for (const kind of manoeuvreKinds) {
      const size = measures[kind](state)
      const stretch = open.get(kind)
      if (size >= (kind === 'speeding' ? noticedKphMin : noticedMps2Min)) {
        if (stretch === undefined) open.set(kind, { startMs: startMs + atMs, endMs: startMs + atMs, peak: size })
        else {
          stretch.endMs = startMs + atMs
          stretch.peak = Math.max(stretch.peak, size)
        }
      } else if (stretch !== undefined && startMs + atMs - stretch.endMs > apartMsMin) close(kind)
    }
  }
  for (const kind of manoeuvreKinds) close(kind)
  return found.sort((one, other) => one.startMs - other.startMs)
}

/** Stretches of a planned day, in whole minutes; one that goes over midnight is two. */
export function mishapsOf(device: string, plan: DayPlan): readonly MishapTruth[] {
  return [...stretches(device, 'leak', plan.isLeaking, plan), ...stretches(device, 'freeze', plan.isFreezing, plan)]
}

function* stretches(device: string, kind: MishapKind, flags: Uint8Array, plan: DayPlan): Generator<MishapTruth> {
  let from: number | undefined
  for (let minute = 0; minute <= plan.minutes; minute += 1) {
    if (flags[minute] === 1) from ??= minute
    else if (from !== undefined) {
      yield { kind, device, startMs: plan.day.startMs + from * minuteMs, endMs: plan.day.startMs + minute * minuteMs }
      from = undefined
    }
  }
}
