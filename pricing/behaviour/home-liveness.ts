// Which sensors were alive on a day: heard in enough of its hours, and not stuck at one value. Alive and alarming are two
// things: a smoke alarm that is never heard has not said that there is no smoke.

import type { HomeValues } from '../../devices/contract/signals.ts'
import { homeThresholds } from './home-thresholds.ts'
import { behaviourThresholds } from './thresholds.ts'

const hourMs = 3_600_000

export const watchedSignals = [
  'CarbonMonoxide',
  'ContactOpen',
  'Humidity',
  'Locked',
  'Motion',
  'Smoke',
  'Temperature',
  'WaterFlow',
  'WaterLeak',
] as const
export type WatchedSignal = (typeof watchedSignals)[number]

export const homePerils = ['water', 'freeze', 'fire', 'intrusion', 'humidity'] as const
export type HomePeril = (typeof homePerils)[number]

/** How alive the sensors of one peril were. */
export interface Liveness {
  readonly live: boolean
  /** Hours of the day in which it was heard. */
  readonly hoursReported: number
  /** Share of the day between readings that are near enough to each other, 0 to 1. */
  readonly completeness: number
  /** It said the same all day, which no working sensor of its kind does. */
  readonly stuck: boolean
}

interface Heard {
  readonly hours: Set<number>
  readings: number
  first: number | boolean
  isConstant: boolean
  atMs: number
  coveredMs: number
}

export type LivenessProgress = Map<WatchedSignal, Heard>

/** @param isToday readings before the day only say where its first interval begins */
export function hear(
  progress: LivenessProgress,
  values: HomeValues,
  tMs: number,
  day: { readonly startMs: number; readonly endMs: number },
): void {
  const isToday = tMs >= day.startMs && tMs < day.endMs
  for (const signal of watchedSignals) {
    const value = values[signal]
    if (value === undefined) continue
    let heard = progress.get(signal)
    if (heard === undefined) {
      heard = { hours: new Set(), readings: 0, first: value, isConstant: true, atMs: tMs, coveredMs: 0 }
      progress.set(signal, heard)
    }
    const fromMs = Math.max(heard.atMs, day.startMs)
    if (tMs - heard.atMs <= behaviourThresholds.home.silenceMsMax)
      heard.coveredMs += Math.max(0, Math.min(tMs, day.endMs) - fromMs)
    heard.atMs = tMs
    if (!isToday) continue
    if (heard.readings === 0) heard.first = value
    heard.readings += 1
    heard.isConstant &&= value === heard.first
    heard.hours.add(Math.floor((tMs - day.startMs) / hourMs))
  }
}

export function signalsHeard(progress: LivenessProgress): readonly WatchedSignal[] {
  return watchedSignals.filter((signal) => (progress.get(signal)?.readings ?? 0) > 0)
}

/** @param past signals heard on the days before: a smoke alarm that fell silent is not one that was never there */
export function livenessOf(
  progress: LivenessProgress,
  day: { readonly startMs: number; readonly endMs: number },
  past: ReadonlySet<string>,
): Record<HomePeril, Liveness> {
  const of = (signal: WatchedSignal): Liveness => livenessOfSignal(signal, progress.get(signal), day)
  const isKnown = (signal: WatchedSignal): boolean => past.has(signal) || progress.get(signal) !== undefined
  const fire = (['Smoke', 'CarbonMonoxide'] as const).filter(isKnown).map(of)
  return {
    water: best([of('WaterLeak'), of('WaterFlow')]),
    freeze: of('Temperature'),
    fire: worst(fire),
    intrusion: worst([of('Motion'), best([of('ContactOpen'), of('Locked')])]),
    humidity: of('Humidity'),
  }
}

function livenessOfSignal(
  signal: WatchedSignal,
  heard: Heard | undefined,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): Liveness {
  if (heard === undefined) return unheard
  const hoursOfDay = Math.ceil((endMs - startMs) / hourMs)
  const isThere = heard.hours.size / hoursOfDay >= behaviourThresholds.home.liveHoursShareMin
  const stuck =
    isThere && heard.readings >= homeThresholds.liveness.stuckReadingsMin && heard.isConstant && isTelling(signal, heard.first)
  return {
    live: isThere && !stuck,
    hoursReported: heard.hours.size,
    completeness: Math.round((heard.coveredMs / (endMs - startMs)) * 100) / 100,
    stuck,
  }
}

const unheard: Liveness = { live: false, hoursReported: 0, completeness: 0, stuck: false }

/**
 * Whether the same value all day means a fault. No smoke, a dry floor, a closed door and no water used are ordinary; a room's
 * temperature and humidity move within a day (12 hours was the longest that nine real rooms stood still, at a tenth of a degree).
 */
function isTelling(signal: WatchedSignal, value: number | boolean): boolean {
  switch (signal) {
    case 'Temperature':
    case 'Humidity':
      return true
    case 'CarbonMonoxide':
      return value !== 0
    case 'Smoke':
    case 'Motion':
      return value === true
    default:
      return false
  }
}

function best(all: readonly Liveness[]): Liveness {
  return all.reduce((one, other) => (rank(other) > rank(one) ? other : one), unheard)
}

function worst(all: readonly Liveness[]): Liveness {
  return (
    all.reduce<Liveness | undefined>((one, other) => (one === undefined || rank(other) < rank(one) ? other : one), undefined) ??
    unheard
  )
}

function rank({ live, hoursReported, completeness }: Liveness): number {
  return (live ? 100 : 0) + hoursReported + completeness / 2
}
