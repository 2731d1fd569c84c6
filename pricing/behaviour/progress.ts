// What a trip has come to so far, row by row: a fold in constant memory. It can be copied, so that a trip can be looked at, as if it
// ended now, while it goes on.

import { addSample, copyProfile, type DrivingProfile, emptyProfile } from '../score/driving-profile.ts'
import { type CarriedReason, hearEngine, noStretch, reasonOf, type Stretch, stepStretch } from './carried.ts'
import type { Finding } from './event-ledger.ts'
import type { LocalClock } from './local-clock.ts'
import { isNight } from './night.ts'
import { noPath, type Path, stepPath } from './path.ts'
import { endPhoneUse, noPhoneUse, type PhoneUse, stepPhoneUse, type UseFound } from './phone-use.ts'
import { emptyRow, endRow, type Row } from './row.ts'
import { endSpeeding, noSpeeding, type Speeding, stepSpeeding } from './speeding.ts'
import type { BehaviourThresholds } from './thresholds.ts'
import { type Comparison, noComparison, stepComparison } from './trip-quality.ts'
import { addStep, addWay, clearWay, copyWay, noWay, sumsFor, usualStepMs, type WaySums } from './way-sums.ts'

/** Mutable. */
export interface Progress {
  /** The row that readings are added to; none yet before the first. */
  readonly row: Row
  hasRow: boolean
  readonly path: Path
  /** Decided to be driven, decided to be carried, and the movement that is still one or the other. */
  readonly driven: WaySums
  readonly carried: WaySums
  readonly open: WaySums
  readonly stretch: Stretch
  carriedReason: CarriedReason | undefined
  longestCarriedMs: number
  readonly comparison: Comparison
  readonly speeding: Speeding
  readonly phoneUse: PhoneUse
  readonly profile: DrivingProfile
  /** Rows in the window. */
  windowRows: number
  /** Of all rows: to say by which sensor events were found. */
  longitudinalRows: number
  lateralRows: number
  minute: number
  isNight: boolean
}

/** Where what a row completes goes to. */
export interface Findings {
  speeding(finding: Finding): void
  phoneUse(found: UseFound, knownAtMs: number): void
  carried(fromMs: number, untilMs: number): void
}

const minuteMs = 60_000

export function noProgress(): Progress {
  return {
    row: emptyRow(),
    hasRow: false,
    path: noPath(),
    driven: noWay(),
    carried: noWay(),
    open: noWay(),
    stretch: noStretch(),
    carriedReason: undefined,
    longestCarriedMs: 0,
    comparison: noComparison(),
    speeding: noSpeeding(),
    phoneUse: noPhoneUse(),
    profile: emptyProfile(),
    windowRows: 0,
    longitudinalRows: 0,
    lateralRows: 0,
    minute: Number.NaN,
    isNight: false,
  }
}

export function copyProgress(from: Progress, into: Progress): void {
  Object.assign(into.row, from.row)
  into.hasRow = from.hasRow
  Object.assign(into.path, from.path)
  copyWay(from.driven, into.driven)
  copyWay(from.carried, into.carried)
  copyWay(from.open, into.open)
  Object.assign(into.stretch, from.stretch)
  into.carriedReason = from.carriedReason
  into.longestCarriedMs = from.longestCarriedMs
  Object.assign(into.comparison, from.comparison)
  Object.assign(into.speeding, from.speeding)
  Object.assign(into.phoneUse, from.phoneUse)
  copyProfile(from.profile, into.profile)
  into.windowRows = from.windowRows
  into.longitudinalRows = from.longitudinalRows
  into.lateralRows = from.lateralRows
  into.minute = from.minute
  into.isNight = from.isNight
}

/** Takes the finished row in. */
export function stepProgress(progress: Progress, clock: LocalClock, findings: Findings, thresholds: BehaviourThresholds): void {
  const { row, path, stretch } = progress
  endRow(row)
  const behindM = stepPath(path, row, thresholds)
  progress.driven.unseenM += behindM
  const minute = Math.floor(row.tMs / minuteMs)
  if (minute !== progress.minute) {
    progress.minute = minute
    progress.isNight = isNight(clock.minuteOfDay(row.tMs), thresholds)
  }
  row.isNight = progress.isNight
  if (!Number.isNaN(row.longitudinalMps2)) progress.longitudinalRows += 1
  if (!Number.isNaN(row.lateralMps2)) progress.lateralRows += 1

  hearEngine(stretch, row)
  const isMoving = row.heldKph >= thresholds.trip.movingKph
  if (isMoving) stepStretch(stretch, row, thresholds)
  else if (stretch.isMoving) endStretch(progress, findings, thresholds)
  const way = isMoving ? progress.open : progress.driven
  addStep(way, row, shortMsMax(thresholds))
  const leaptMs = stepComparison(progress.comparison, row, thresholds)
  if (leaptMs > 0) sumsFor(way, leaptMs, shortMsMax(thresholds)).leaptMs += leaptMs

  const sped = stepSpeeding(progress.speeding, row, isSeen(progress, row.stepMs, thresholds), thresholds)
  if (sped !== undefined) findings.speeding(sped)
  const used = stepPhoneUse(progress.phoneUse, row, way, thresholds)
  if (used !== undefined) findings.phoneUse(used, row.tMs)
  addSample(progress.profile, row, row.isNight)
}

/** As if the trip ended with the last row. */
export function endProgress(progress: Progress, findings: Findings, thresholds: BehaviourThresholds): void {
  if (progress.stretch.isMoving) endStretch(progress, findings, thresholds)
  const sped = endSpeeding(progress.speeding, progress.path.lastMs, thresholds)
  if (sped !== undefined) findings.speeding(sped)
  const used = endPhoneUse(progress.phoneUse, thresholds)
  if (used !== undefined) findings.phoneUse(used, progress.path.lastMs)
}

/** Steps up to this were seen: of trackers that report less often, more. */
export function seenMsMax({ driven, carried, open }: Progress, { signal }: BehaviourThresholds): number {
  return Math.max(signal.stepMsMax, usualStepMs([driven, carried, open]) * signal.usualStepsMax)
}

/** Steps up to this are seen whatever the usual one is, and no usual step up to this changes what is seen. */
function shortMsMax({ signal }: BehaviourThresholds): number {
  return signal.stepMsMax / signal.usualStepsMax
}

function isSeen(progress: Progress, stepMs: number, thresholds: BehaviourThresholds): boolean {
  return stepMs <= thresholds.signal.stepMsMax || stepMs <= seenMsMax(progress, thresholds)
}

function endStretch(progress: Progress, findings: Findings, thresholds: BehaviourThresholds): void {
  const { stretch, open } = progress
  const reason = reasonOf(stretch, thresholds)
  addWay(reason === undefined ? progress.driven : progress.carried, open)
  clearWay(open)
  stretch.isMoving = false
  if (reason === undefined) return
  findings.carried(stretch.firstMs, stretch.lastMs)
  const lastsMs = stretch.lastMs - stretch.firstMs
  if (lastsMs <= progress.longestCarriedMs) return
  progress.longestCarriedMs = lastsMs
  progress.carriedReason = reason
}
