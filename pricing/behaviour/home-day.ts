// What a home's readings say about one local day: verified live, minutes of each peril, litres, a tested valve. Steps one
// reading at a time over an accumulator; a day starts from the readings of the hours before it, so that what began before
// midnight is known, and depends on nothing earlier.

import type { HomeReading } from '../../devices/contract/reading.ts'
import type { HomeDayFacts } from '../home-day-facts.ts'
import { type BehaviourThresholds, behaviourThresholds } from './thresholds.ts'

const hourMs = 3_600_000
const minuteMs = 60_000

const conditions = ['leak', 'freeze', 'smoke', 'carbonMonoxide', 'openUnattended', 'damp'] as const
type Condition = (typeof conditions)[number]
type Conditions = Record<Condition, boolean>

/** Values as last told, until the device falls silent. */
interface Held {
  leak?: boolean | undefined
  flow?: number | undefined
  temperature?: number | undefined
  humidity?: number | undefined
  smoke?: boolean | undefined
  carbonMonoxide?: number | undefined
  open?: boolean | undefined
  locked?: boolean | undefined
  moving?: boolean | undefined
}

/** Mutable, one per day and device; `homeDayFacts` reads it at any time. */
export interface HomeDayProgress {
  readonly day: string
  readonly timeZone: string
  readonly startMs: number
  readonly endMs: number
  readonly hours: Set<number>
  readonly sensors: Set<HomeDayFacts['sensors'][number]>
  readonly ms: Record<Condition, number>
  litres: number
  valveTested: boolean
  seenAtMs: number | undefined
  held: Held
  flowingSinceMs: number | undefined
  /** The last movement, or when watching for it began. */
  movedAtMs: number | undefined
  valve: { readonly closedAtMs: number; stopped: boolean; leaked: boolean } | undefined
}

export function startHomeDay(
  day: string,
  timeZone: string,
  bounds: { readonly startMs: number; readonly endMs: number },
): HomeDayProgress {
  return {
    day,
    timeZone,
    ...bounds,
    hours: new Set(),
    sensors: new Set(),
    ms: { leak: 0, freeze: 0, smoke: 0, carbonMonoxide: 0, openUnattended: 0, damp: 0 },
    litres: 0,
    valveTested: false,
    seenAtMs: undefined,
    held: {},
    flowingSinceMs: undefined,
    movedAtMs: undefined,
    valve: undefined,
  }
}

/** @param reading in order of time, from `lookbackMs` before the day's start to its end */
export function stepHomeDay(progress: HomeDayProgress, reading: HomeReading, thresholds = behaviourThresholds): void {
  const tMs = reading.takenAtMs
  const fromMs = progress.seenAtMs
  const isSilence = fromMs !== undefined && tMs - fromMs > thresholds.home.silenceMsMax
  if (isSilence) forget(progress)
  const before = fromMs === undefined || isSilence ? undefined : conditionsAt(progress, fromMs, thresholds)
  if (fromMs !== undefined && before !== undefined) addLitres(progress, fromMs, tMs, thresholds)
  if (progress.held.moving === true) progress.movedAtMs = tMs
  take(progress, reading, thresholds)
  if (fromMs !== undefined && before !== undefined) {
    const after = conditionsAt(progress, tMs, thresholds)
    for (const condition of conditions) {
      if (!before[condition]) continue
      // Somewhere in a long interval the condition may have ended: what is not confirmed at its end is not held against anyone.
      const untilMs = after[condition] ? tMs : Math.min(tMs, fromMs + thresholds.home.unconfirmedMsMax)
      progress.ms[condition] += within(progress, fromMs, untilMs)
    }
  }
  progress.seenAtMs = tMs
}

export function homeDayFacts(progress: HomeDayProgress, thresholds = behaviourThresholds): HomeDayFacts {
  const hoursOfDay = Math.ceil((progress.endMs - progress.startMs) / hourMs)
  return {
    version: thresholds.version,
    timeZone: progress.timeZone,
    live: progress.hours.size / hoursOfDay >= thresholds.home.liveHoursShareMin,
    hoursReported: progress.hours.size,
    leakMinutes: minutes(progress.ms.leak),
    freezeMinutes: minutes(progress.ms.freeze),
    smokeMinutes: minutes(progress.ms.smoke),
    carbonMonoxideMinutes: minutes(progress.ms.carbonMonoxide),
    openUnattendedMinutes: minutes(progress.ms.openUnattended),
    dampMinutes: minutes(progress.ms.damp),
    litres: Math.round(progress.litres * 10) / 10,
    valveTested: progress.valveTested,
    sensors: [...progress.sensors].sort(),
  }
}

function forget(progress: HomeDayProgress): void {
  progress.held = {}
  progress.flowingSinceMs = undefined
  progress.movedAtMs = undefined
  progress.valve = undefined
}

function conditionsAt(
  { held, flowingSinceMs, movedAtMs }: HomeDayProgress,
  tMs: number,
  { home }: BehaviourThresholds,
): Conditions {
  const isFlowingLong = flowingSinceMs !== undefined && tMs - flowingSinceMs >= home.flowMsMax
  const isOpen = held.open === true || held.locked === false
  return {
    leak: held.leak === true || isFlowingLong,
    freeze: held.temperature !== undefined && held.temperature < home.freezeBelowC,
    smoke: held.smoke === true,
    carbonMonoxide: held.carbonMonoxide !== undefined && held.carbonMonoxide > home.carbonMonoxidePpm,
    // Without a motion sensor nobody can say that nobody was there.
    openUnattended: isOpen && movedAtMs !== undefined && tMs - movedAtMs >= home.unattendedAfterMs,
    damp: held.humidity !== undefined && held.humidity > home.dampAbovePercent,
  }
}

function addLitres(progress: HomeDayProgress, fromMs: number, tMs: number, { home }: BehaviourThresholds): void {
  const flow = progress.held.flow ?? 0
  if (flow > 0) progress.litres += flow * (within(progress, fromMs, Math.min(tMs, fromMs + home.flowHoldMs)) / minuteMs)
}

function take(progress: HomeDayProgress, reading: HomeReading, thresholds: BehaviourThresholds): void {
  const { values, takenAtMs: tMs } = reading
  const { held } = progress
  const isToday = tMs >= progress.startMs && tMs < progress.endMs
  if (isToday) {
    progress.hours.add(Math.floor((tMs - progress.startMs) / hourMs))
    noteSensors(progress, reading)
  }
  held.leak = values.WaterLeak ?? held.leak
  held.temperature = values.Temperature ?? held.temperature
  held.humidity = values.Humidity ?? held.humidity
  held.smoke = values.Smoke ?? held.smoke
  held.carbonMonoxide = values.CarbonMonoxide ?? held.carbonMonoxide
  held.open = values.ContactOpen ?? held.open
  held.locked = values.Locked ?? held.locked
  held.moving = values.Motion ?? held.moving
  if (values.Motion === true || (values.Motion === false && progress.movedAtMs === undefined)) progress.movedAtMs = tMs
  if (values.WaterFlow !== undefined) {
    held.flow = values.WaterFlow
    progress.flowingSinceMs = values.WaterFlow > 0 ? (progress.flowingSinceMs ?? tMs) : undefined
  }
  takeValve(progress, reading, isToday, thresholds)
}

/** Closed long enough, flow seen at zero and never above it once settled, then opened again. */
function takeValve(
  progress: HomeDayProgress,
  { values, takenAtMs: tMs }: HomeReading,
  isToday: boolean,
  { home }: BehaviourThresholds,
): void {
  const { valve } = progress
  if (values.ValveOpen === false && valve === undefined) progress.valve = { closedAtMs: tMs, stopped: false, leaked: false }
  if (values.ValveOpen === true) {
    const isTested = valve?.stopped && !valve.leaked && tMs - valve.closedAtMs >= home.valveClosedMsMin
    if (isTested && isToday) progress.valveTested = true
    progress.valve = undefined
    return
  }
  if (valve === undefined || values.WaterFlow === undefined) return
  if (values.WaterFlow === 0) valve.stopped = true
  else if (tMs - valve.closedAtMs > home.valveSettleMs) valve.leaked = true
}

function noteSensors({ sensors }: HomeDayProgress, { values }: HomeReading): void {
  if (values.WaterLeak !== undefined || values.WaterFlow !== undefined) sensors.add('water')
  if (values.Temperature !== undefined) sensors.add('freeze')
  if (values.Smoke !== undefined || values.CarbonMonoxide !== undefined) sensors.add('fire')
  if (values.Motion !== undefined) sensors.add('motion')
  if (values.ContactOpen !== undefined || values.Locked !== undefined) sensors.add('opening')
  if (values.Humidity !== undefined) sensors.add('humidity')
}

/** The part of an interval that lies in the day, milliseconds. */
function within({ startMs, endMs }: HomeDayProgress, fromMs: number, toMs: number): number {
  return Math.max(0, Math.min(toMs, endMs) - Math.max(fromMs, startMs))
}

function minutes(ms: number): number {
  return Math.round((ms / minuteMs) * 10) / 10
}
