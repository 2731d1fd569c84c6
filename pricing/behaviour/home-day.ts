// What a home's readings say about one local day: which sensors were alive, what was noticed with its evidence, litres, a tested
// valve. Steps one reading at a time over an accumulator; a day starts from the readings of the hours before it, so that what
// began before midnight is known, and from what the days before said is usual here.

import type { HomeReading } from '../../devices/contract/reading.ts'
import type { HomeValues } from '../../devices/contract/signals.ts'
import type { HomeDayFacts } from '../home-day-facts.ts'
import { addTemperature, hoursToFreezing, mouldAt } from './home-climate.ts'
import { hear, type LivenessProgress, livenessOf, signalsHeard } from './home-liveness.ts'
import { type OccupancyProgress, occupancyAt, startOccupancy, takeOccupancy } from './home-occupancy.ts'
import {
  type Evidence,
  endSpan,
  holdSpan,
  listSpans,
  reactToLeak,
  type SpanBook,
  type SpanEnd,
  type SpanKind,
  spanKinds,
  startSpans,
} from './home-spans.ts'
import { homeThresholds } from './home-thresholds.ts'
import {
  expireRun,
  forgetWater,
  longRun,
  type PastWater,
  startWater,
  takeFlow,
  takeValve,
  type WaterProgress,
} from './home-water.ts'
import { behaviourThresholds } from './thresholds.ts'

const hourMs = 3_600_000
const minuteMs = 60_000
const limits = behaviourThresholds.home

/** What a day says to the fortnight after it: a function of its own readings alone. */
export interface PastDay extends PastWater {
  readonly day: string
  readonly signals: readonly string[]
}

/** Values as last told, until the device falls silent. */
interface Held {
  leak?: boolean | undefined
  temperature?: number | undefined
  humidity?: number | undefined
  smoke?: boolean | undefined
  carbonMonoxide?: number | undefined
  power?: number | undefined
}

type Found = Partial<Record<SpanKind, Evidence>>

/** Mutable, one per day and device; `homeDayFacts` reads it at any time. */
export interface HomeDayProgress {
  readonly day: string
  readonly timeZone: string
  readonly startMs: number
  readonly endMs: number
  readonly pastSignals: ReadonlySet<string>
  readonly hours: Set<number>
  readonly sensors: Set<HomeDayFacts['sensors'][number]>
  readonly liveness: LivenessProgress
  readonly spans: SpanBook
  readonly water: WaterProgress
  occupancy: OccupancyProgress
  temperatures: ReturnType<typeof addTemperature>
  /** Since when mould could grow, and power has been drawn. */
  mouldSinceMs: number | undefined
  powerSinceMs: number | undefined
  held: Held
  found: Found
  seenAtMs: number | undefined
  leakMs: number
  coveredMs: number
  occupiedMs: number
  awayMs: number
  /** Of the occupied time, what would turn out to be away. */
  tentativeMs: number
  litres: number
  valveTested: boolean
}

export function startHomeDay(
  day: string,
  timeZone: string,
  bounds: { readonly startMs: number; readonly endMs: number },
  past: readonly PastDay[] = [],
): HomeDayProgress {
  return {
    day,
    timeZone,
    ...bounds,
    pastSignals: new Set(past.flatMap(({ signals }) => signals)),
    hours: new Set(),
    sensors: new Set(),
    liveness: new Map(),
    spans: startSpans(),
    water: startWater(past),
    occupancy: startOccupancy(),
    temperatures: [],
    mouldSinceMs: undefined,
    powerSinceMs: undefined,
    held: {},
    found: {},
    seenAtMs: undefined,
    leakMs: 0,
    coveredMs: 0,
    occupiedMs: 0,
    awayMs: 0,
    tentativeMs: 0,
    litres: 0,
    valveTested: false,
  }
}

/** @param reading from `lookbackMs` before the day's start to its end; one that comes out of order is left out */
export function stepHomeDay(progress: HomeDayProgress, reading: HomeReading): void {
  const tMs = reading.takenAtMs
  const fromMs = progress.seenAtMs
  if (!Number.isFinite(tMs) || (fromMs !== undefined && tMs < fromMs)) return
  const values = finite(reading.values)
  if (fromMs !== undefined && tMs - fromMs > limits.silenceMsMax) forget(progress, fromMs)
  else if (fromMs !== undefined) pass(progress, fromMs, tMs)
  const before = progress.found
  take(progress, tMs, values)
  progress.found = findAt(progress, tMs)
  if (fromMs !== undefined) {
    settle(progress, before, fromMs, tMs)
    countOccupancy(progress, fromMs, tMs)
  }
  for (const kind of spanKinds) {
    const evidence = progress.found[kind]
    if (evidence !== undefined) holdSpan(progress.spans, kind, tMs, evidence, 0)
  }
  progress.seenAtMs = tMs
}

export function homeDayFacts(progress: HomeDayProgress): HomeDayFacts {
  const { startMs, endMs, water } = progress
  const hoursOfDay = Math.ceil((endMs - startMs) / hourMs)
  const spans = listSpans(progress.spans, startMs, endMs)
  const minutesOf = (kind: SpanKind): number =>
    tenths(progress.spans[kind].reduce((sum, { countedMs }) => sum + countedMs, 0) / minuteMs)
  const reactions = spans.flatMap(({ reactionMinutes, endMs: endedMs }) =>
    reactionMinutes === null || endedMs < startMs ? [] : [reactionMinutes],
  )
  const heard = signalsHeard(progress.liveness)
  const isFlowMeasured = heard.includes('WaterFlow')
  return {
    version: behaviourThresholds.version,
    timeZone: progress.timeZone,
    live: progress.hours.size / hoursOfDay >= limits.liveHoursShareMin,
    hoursReported: progress.hours.size,
    completeness: Math.round((progress.coveredMs / (endMs - startMs)) * 100) / 100,
    perils: livenessOf(progress.liveness, progress, progress.pastSignals),
    leakMinutes: tenths(progress.leakMs / minuteMs),
    freezeMinutes: minutesOf('freeze'),
    freezeTrendMinutes: minutesOf('freeze-trend'),
    smokeMinutes: minutesOf('smoke'),
    carbonMonoxideMinutes: minutesOf('carbon-monoxide'),
    openUnattendedMinutes: minutesOf('open-unattended'),
    dampMinutes: minutesOf('damp'),
    mouldMinutes: minutesOf('mould'),
    powerUnattendedMinutes: minutesOf('power-unattended'),
    occupiedMinutes: tenths(progress.occupiedMs / minuteMs),
    awayMinutes: tenths(progress.awayMs / minuteMs),
    litres: tenths(progress.litres),
    valveTested: progress.valveTested,
    reactionMinutes: reactions.length === 0 ? null : Math.max(...reactions),
    spans: [...spans],
    usual: {
      longestRunMinutes: isFlowMeasured ? tenths(water.longestRunMs / minuteMs) : null,
      largestRunLitres: isFlowMeasured ? tenths(water.largestRunLitres) : null,
      signals: [...heard],
    },
    sensors: [...progress.sensors].sort(),
  }
}

/** What the installation said is true until it falls silent for too long; nothing that was so then is known to go on. */
function forget(progress: HomeDayProgress, seenAtMs: number): void {
  for (const kind of spanKinds) endSpan(progress.spans, kind, seenAtMs, 'unseen', 0)
  progress.held = {}
  progress.found = {}
  progress.occupancy = startOccupancy()
  progress.temperatures = []
  progress.mouldSinceMs = undefined
  progress.powerSinceMs = undefined
  forgetWater(progress.water)
}

/** The time between two readings that are near enough to each other. */
function pass(progress: HomeDayProgress, fromMs: number, tMs: number): void {
  progress.coveredMs += within(progress, fromMs, tMs)
  const flow = progress.water.flowLpm ?? 0
  if (flow > 0) progress.litres += flow * (within(progress, fromMs, Math.min(tMs, fromMs + limits.flowHoldMs)) / minuteMs)
}

function take(progress: HomeDayProgress, tMs: number, values: HomeValues): void {
  const { held } = progress
  const isToday = tMs >= progress.startMs && tMs < progress.endMs
  hear(progress.liveness, values, tMs, progress)
  if (isToday) {
    progress.hours.add(Math.floor((tMs - progress.startMs) / hourMs))
    noteSensors(progress, values)
  }
  held.leak = values.WaterLeak ?? held.leak
  held.temperature = values.Temperature ?? held.temperature
  held.humidity = values.Humidity ?? held.humidity
  held.smoke = values.Smoke ?? held.smoke
  held.carbonMonoxide = values.CarbonMonoxide ?? held.carbonMonoxide
  held.power = values.Power ?? held.power
  if (values.Temperature !== undefined) progress.temperatures = addTemperature(progress.temperatures, tMs, values.Temperature)
  takeOccupancy(progress.occupancy, tMs, values)
  takeWater(progress, tMs, values, isToday)
  const mould = mouldOf(held)
  progress.mouldSinceMs = mould === undefined ? undefined : (progress.mouldSinceMs ?? tMs)
  const isDrawing = held.power !== undefined && held.power >= homeThresholds.cooking.powerWMin
  progress.powerSinceMs = isDrawing ? (progress.powerSinceMs ?? tMs) : undefined
}

function takeWater(progress: HomeDayProgress, tMs: number, values: HomeValues, isToday: boolean): void {
  const { water } = progress
  const wasOpen = water.valveOpen !== false
  if (values.WaterFlow === undefined) expireRun(water, tMs)
  else takeFlow(water, tMs, values.WaterFlow, isToday)
  const isTested = takeValve(water, tMs, values.ValveOpen, values.WaterFlow, behaviourThresholds)
  if (isTested && isToday) progress.valveTested = true
  if (wasOpen && values.ValveOpen === false) reactToLeak(progress.spans, ['leak-sensor', 'leak-flow'], tMs, 'valve-closed')
}

function findAt(progress: HomeDayProgress, tMs: number): Found {
  const { held, water, temperatures, occupancy, mouldSinceMs, powerSinceMs } = progress
  const found: Found = {}
  const { temperature, humidity, carbonMonoxide, power } = held
  if (held.leak === true) found['leak-sensor'] = { figure: null, limit: null, confidence: 0.95 }
  const run = longRun(water)
  if (run !== undefined) found['leak-flow'] = run
  if (temperature !== undefined && temperature < limits.freezeBelowC)
    found.freeze = { figure: temperature, limit: limits.freezeBelowC, confidence: 0.95 }
  const hours = hoursToFreezing(temperatures)
  // Of the warnings measured seven in ten came true.
  if (hours !== undefined) found['freeze-trend'] = { figure: hours, limit: null, confidence: 0.7 }
  if (held.smoke === true) found.smoke = { figure: null, limit: null, confidence: 0.95 }
  if (carbonMonoxide !== undefined && carbonMonoxide > limits.carbonMonoxidePpm)
    found['carbon-monoxide'] = { figure: carbonMonoxide, limit: limits.carbonMonoxidePpm, confidence: 0.95 }
  if (humidity !== undefined && humidity > limits.dampAbovePercent)
    found.damp = { figure: humidity, limit: limits.dampAbovePercent, confidence: 0.9 }
  const mould = mouldOf(held)
  if (mould !== undefined && mouldSinceMs !== undefined && tMs - mouldSinceMs >= homeThresholds.mould.lastsMsMin)
    // The outside is assumed, and the dampest room need not be the coldest.
    found.mould = { sinceMs: mouldSinceMs, figure: mould.surface, limit: mould.limit, confidence: 0.5 }
  const somebody = occupancyAt(occupancy, tMs)
  if (somebody.kind !== 'away') return found
  const { sinceMs, confidence } = somebody
  if (occupancy.isDoorOpen === true || occupancy.isLocked === false)
    found['open-unattended'] = { sinceMs, figure: null, limit: null, confidence }
  const aloneSinceMs = Math.max(sinceMs, powerSinceMs ?? tMs)
  if (power !== undefined && tMs - aloneSinceMs >= homeThresholds.cooking.lastsMsMin)
    // A meter cannot tell a stove from a machine that may well run alone.
    found['power-unattended'] = { sinceMs: aloneSinceMs, figure: power, limit: homeThresholds.cooking.powerWMin, confidence: 0.4 }
  return found
}

function mouldOf({ temperature, humidity }: Held): ReturnType<typeof mouldAt> {
  return temperature === undefined || humidity === undefined ? undefined : mouldAt(temperature, humidity)
}

/** Counts what was so since the reading before, and ends what is so no longer. */
function settle(progress: HomeDayProgress, before: Found, fromMs: number, tMs: number): void {
  const { found, spans, water } = progress
  // Somewhere in a long interval it may have ended: what is not confirmed at its end is not held against anyone.
  const unconfirmedToMs = Math.min(tMs, fromMs + limits.unconfirmedMsMax)
  for (const kind of spanKinds) {
    if (before[kind] === undefined) continue
    const evidence = found[kind]
    if (evidence !== undefined) {
      holdSpan(spans, kind, tMs, evidence, within(progress, fromMs, tMs))
      continue
    }
    let ended: SpanEnd = 'cleared'
    if (kind === 'leak-sensor') ended = 'dry'
    if (kind === 'leak-flow') ended = water.flowLpm === 0 ? 'flow-stopped' : 'unseen'
    if (ended === 'dry' || ended === 'flow-stopped') reactToLeak(spans, [kind], unconfirmedToMs, ended)
    endSpan(spans, kind, unconfirmedToMs, ended, within(progress, fromMs, unconfirmedToMs))
  }
  const wasLeaking = before['leak-sensor'] !== undefined || before['leak-flow'] !== undefined
  const isLeaking = found['leak-sensor'] !== undefined || found['leak-flow'] !== undefined
  if (wasLeaking) progress.leakMs += within(progress, fromMs, isLeaking ? tMs : unconfirmedToMs)
}

/** Time without movement counts as somebody being in until it turns out that they had left. */
function countOccupancy(progress: HomeDayProgress, fromMs: number, tMs: number): void {
  const { occupancy } = progress
  const somebody = occupancyAt(occupancy, tMs)
  const passedMs = within(progress, fromMs, tMs)
  if (somebody.kind === 'away') {
    progress.occupiedMs -= progress.tentativeMs
    progress.awayMs += progress.tentativeMs + passedMs
    progress.tentativeMs = 0
    return
  }
  if (somebody.kind === 'unknown') return
  progress.occupiedMs += passedMs
  progress.tentativeMs = occupancy.movedAtMs === tMs || occupancy.leftAtMs === tMs ? 0 : progress.tentativeMs + passedMs
}

function noteSensors({ sensors }: HomeDayProgress, values: HomeValues): void {
  if (values.WaterLeak !== undefined || values.WaterFlow !== undefined) sensors.add('water')
  if (values.Temperature !== undefined) sensors.add('freeze')
  if (values.Smoke !== undefined || values.CarbonMonoxide !== undefined) sensors.add('fire')
  if (values.Motion !== undefined) sensors.add('motion')
  if (values.ContactOpen !== undefined || values.Locked !== undefined) sensors.add('opening')
  if (values.Humidity !== undefined) sensors.add('humidity')
}

/** Without figures that are none: a sensor's fault is not a value. */
function finite(values: HomeValues): HomeValues {
  for (const value of Object.values(values))
    if (typeof value === 'number' && !Number.isFinite(value))
      return Object.fromEntries(Object.entries(values).filter(([, each]) => typeof each !== 'number' || Number.isFinite(each)))
  return values
}

/** The part of an interval that lies in the day, milliseconds. */
function within({ startMs, endMs }: HomeDayProgress, fromMs: number, toMs: number): number {
  return Math.max(0, Math.min(toMs, endMs) - Math.max(fromMs, startMs))
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
