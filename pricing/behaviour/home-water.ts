// Water at home: how long and how much it has been running without a stop, what is usual in this home by its own past days, and
// whether the shut-off valve was really tested. A continuous minimum flow at night is a run that does not stop, so the one rule
// for runs finds it: a dishwasher at night runs for 31 minutes in the flows recorded, so a limit for nights could hardly be shorter.

import type { Evidence } from './home-spans.ts'
import { homeThresholds } from './home-thresholds.ts'
import { type BehaviourThresholds, behaviourThresholds } from './thresholds.ts'

const minuteMs = 60_000
const limits = homeThresholds.water

/** What a past day says of the days after it; null where water flow was not measured. */
export interface PastWater {
  readonly longestRunMinutes: number | null
  readonly largestRunLitres: number | null
}

export interface UsualWater {
  /** A run is wrong from this on. */
  readonly runMs: number
  readonly runLitres: number
  /** Whether the home's own past said so. */
  readonly isLearned: boolean
}

/** @param past the days before, at most a fortnight of them, in any order */
export function usualWater(past: readonly PastWater[]): UsualWater {
  const minutes = past.flatMap(({ longestRunMinutes }) => (longestRunMinutes === null ? [] : [longestRunMinutes]))
  const litres = past.flatMap(({ largestRunLitres }) => (largestRunLitres === null ? [] : [largestRunLitres]))
  if (minutes.length < limits.learnDaysMin)
    return { runMs: limits.runMsMax, runLitres: Number.POSITIVE_INFINITY, isLearned: false }
  return {
    runMs: Math.min(limits.runMsMax, Math.max(limits.runMsMin, limits.usualTimes * quantile(minutes) * minuteMs)),
    runLitres: Math.max(limits.runLitresMin, limits.usualTimes * quantile(litres)),
    isLearned: true,
  }
}

/** The value that the given share of the days does not exceed. */
function quantile(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(limits.usualQuantile * (sorted.length - 1))] ?? 0
}

interface Run {
  readonly startMs: number
  litres: number
  leastLpm: number
  mostLpm: number
  readings: number
}

/** Mutable; one per day. */
export interface WaterProgress {
  readonly usual: UsualWater
  flowLpm: number | undefined
  saidAtMs: number | undefined
  /** The steps before the last two readings of the flow. */
  steps: readonly [number, number]
  run: Run | undefined
  flowedAtMs: number | undefined
  valveOpen: boolean | undefined
  valve: { readonly closedAtMs: number; readonly wasFlowing: boolean; stopped: boolean; leaked: boolean } | undefined
  longestRunMs: number
  largestRunLitres: number
}

export function startWater(past: readonly PastWater[]): WaterProgress {
  return {
    usual: usualWater(past),
    flowLpm: undefined,
    saidAtMs: undefined,
    steps: [0, 0],
    run: undefined,
    flowedAtMs: undefined,
    valveOpen: undefined,
    valve: undefined,
    longestRunMs: 0,
    largestRunLitres: 0,
  }
}

export function forgetWater(water: WaterProgress): void {
  water.flowLpm = undefined
  water.saidAtMs = undefined
  water.run = undefined
  water.flowedAtMs = undefined
  water.valveOpen = undefined
  water.valve = undefined
}

/** The flow of a new reading. @param counts whether the reading is of the day */
export function takeFlow(water: WaterProgress, tMs: number, flowLpm: number, counts: boolean): void {
  const { run, saidAtMs } = water
  const stepMs = saidAtMs === undefined ? 0 : tMs - saidAtMs
  if (run !== undefined && isBroken(water, stepMs)) water.run = undefined
  else if (run !== undefined && saidAtMs !== undefined) {
    run.litres += (water.flowLpm ?? 0) * (Math.min(stepMs, behaviourThresholds.home.flowHoldMs) / minuteMs)
    if (counts) {
      water.longestRunMs = Math.max(water.longestRunMs, tMs - run.startMs)
      water.largestRunLitres = Math.max(water.largestRunLitres, run.litres)
    }
  }
  if (flowLpm > 0) {
    water.run ??= { startMs: tMs, litres: 0, leastLpm: flowLpm, mostLpm: flowLpm, readings: 0 }
    water.run.leastLpm = Math.min(water.run.leastLpm, flowLpm)
    water.run.mostLpm = Math.max(water.run.mostLpm, flowLpm)
    water.run.readings += 1
    water.flowedAtMs = tMs
  } else water.run = undefined
  if (stepMs > 0) water.steps = [water.steps[1], stepMs]
  water.saidAtMs = tMs
  water.flowLpm = flowLpm
}

/** At a reading that does not tell the flow: a meter that fell silent is not one that runs. */
export function expireRun(water: WaterProgress, tMs: number): void {
  if (water.run !== undefined && water.saidAtMs !== undefined && isBroken(water, tMs - water.saidAtMs)) water.run = undefined
}

/** After an unusually long step nobody knows that the water was running all the time. */
function isBroken({ steps }: WaterProgress, stepMs: number): boolean {
  const usualStepMs = Math.min(...steps)
  return stepMs > Math.max(behaviourThresholds.home.unconfirmedMsMax, limits.runSteps * usualStepMs)
}

/** Water that has been running without a stop for longer, or more of it, than this home uses it. */
export function longRun({ run, usual, saidAtMs }: WaterProgress): Evidence | undefined {
  if (run === undefined || saidAtMs === undefined || run.readings < limits.runReadingsMin) return undefined
  const isLong = saidAtMs - run.startMs >= usual.runMs
  const isMuch = run.litres >= usual.runLitres
  if (!isLong && !isMuch) return undefined
  // A value that never moves may be a meter that hangs; water beside a leak makes it move.
  const isConstant = run.leastLpm === run.mostLpm
  return {
    sinceMs: run.startMs,
    figure: run.leastLpm,
    // By its volume alone it is too much long before it is too long.
    limit: isLong ? usual.runMs / minuteMs : null,
    confidence: (isConstant ? 0.6 : 0.95) * (usual.isLearned ? 1 : 0.9),
  }
}

/**
 * @returns whether this reading finished a test: closed long enough while water was running, the flow at zero and never above it
 * once settled, then opened again
 */
export function takeValve(
  water: WaterProgress,
  tMs: number,
  isOpen: boolean | undefined,
  flowLpm: number | undefined,
  { home }: BehaviourThresholds,
): boolean {
  const { valve } = water
  if (isOpen === true) {
    water.valve = undefined
    water.valveOpen = true
    return valve?.wasFlowing === true && valve.stopped && !valve.leaked && tMs - valve.closedAtMs >= home.valveClosedMsMin
  }
  if (isOpen === false) {
    water.valveOpen = false
    const wasFlowing = water.flowedAtMs !== undefined && tMs - water.flowedAtMs <= limits.flowBeforeValveMs
    water.valve ??= { closedAtMs: tMs, wasFlowing, stopped: false, leaked: false }
  }
  if (water.valve === undefined || flowLpm === undefined) return false
  if (flowLpm === 0) water.valve.stopped = true
  else if (tMs - water.valve.closedAtMs > home.valveSettleMs) water.valve.leaked = true
  return false
}
