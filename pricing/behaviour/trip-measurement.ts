// Measures one trip while it is driven: readings go in one at a time, and at any moment the facts of the trip, as if it ended there, come
// out without disturbing it. Memory is bounded whatever the trip's length:
// - sums, distances, comparisons and the score's moments are folded row by row (progress.ts);
// - events need what comes after them, the tilt of the mounting and what a phone's filter took away. They are looked for in a window
//   of the last minutes (window.ts); when it is full, what was found in all but its end is final. So a mounting is learned from at
//   least a quarter of a window and anew in each, which also follows a phone that is moved on the way;
// - what was found waits in a bounded list until it is certain that it was driven, then it is counted (event-ledger.ts).

import { mayBeCarried, wasNeverOn } from './carried.ts'
import { type Cleaning, cleanSample, noCleaning } from './clean-sample.ts'
import { at } from './columns.ts'
import { type CrashFound, type CrashWatch, copyOfWatch, crashesOf, noCrash, stepCrashWatch } from './crash-watch.ts'
import { type Detection, findManoeuvres } from './driving-events.ts'
import { copyOfLedger, type EventLedger, emptyLedger, enterFinding, type Finding } from './event-ledger.ts'
import type { LocalClock } from './local-clock.ts'
import type { ManoeuvreSignals } from './manoeuvre-signals.ts'
import { type Evidence, evidenceAround } from './observations.ts'
import type { UseFound } from './phone-use.ts'
import { copyProgress, endProgress, type Findings, noProgress, type Progress, stepProgress } from './progress.ts'
import { addToRow, beginRow, rowMs } from './row.ts'
import { faults, type Sample } from './sample.ts'
import { type BehaviourThresholds, behaviourThresholds } from './thresholds.ts'
import { copyOfPart, cutsOf, dropRows, emptyWindow, filledPart, isWindowFull, setWindowRow, type Window } from './window.ts'

/** Findings that wait; a rough ferry could fill any list. Beyond it the oldest count as driven. */
export const waitingMax = 500
/** Stretches that were carried are remembered, to leave out what was found in them; a trip has one or two. */
export const carriedMax = 32

/** Manoeuvres this far apart do not belong together. */
const calmMs = 3000

interface Span {
  readonly fromMs: number
  readonly untilMs: number
}

interface Use {
  readonly found: UseFound
  readonly knownAtMs: number
}

/** Mutable; used through the functions below. */
export interface TripMeasurement {
  readonly clock: LocalClock
  readonly thresholds: BehaviourThresholds
  readonly cleaning: Cleaning
  /** With all readings, and with those up to the last that was active: a trip ends there unless it goes on. */
  readonly live: Progress
  readonly marked: Progress
  isMarked: boolean
  activeAtMs: number
  seenAtMs: number
  readonly window: Window
  /** Events that begin before this are final. */
  finalToMs: number
  waiting: Finding[]
  uses: Use[]
  readonly carried: Span[]
  readonly crashes: CrashWatch
  /** Evidence of what is still going on, from rows that have left the window. */
  readonly kept: Map<number, Evidence>
  readonly ledger: EventLedger
  /** Where what a row completes goes to. */
  readonly findings: Findings
}

/** A trip as it would be if it ended now. */
export interface EndedTrip {
  readonly progress: Progress
  readonly ledger: EventLedger
}

export function newMeasurement(clock: LocalClock, thresholds: BehaviourThresholds = behaviourThresholds): TripMeasurement {
  const trip: TripMeasurement = {
    clock,
    thresholds,
    cleaning: noCleaning(),
    live: noProgress(),
    marked: noProgress(),
    isMarked: false,
    activeAtMs: Number.NaN,
    seenAtMs: Number.NEGATIVE_INFINITY,
    window: emptyWindow(),
    finalToMs: Number.NEGATIVE_INFINITY,
    waiting: [],
    uses: [],
    carried: [],
    crashes: noCrash(),
    kept: new Map(),
    ledger: emptyLedger(thresholds),
    findings: {
      speeding: (finding) => trip.waiting.push(finding),
      phoneUse: (found, knownAtMs) => trip.uses.push({ found, knownAtMs }),
      carried: (fromMs, untilMs) => {
        trip.carried.push({ fromMs, untilMs })
        if (trip.carried.length > carriedMax) trip.carried.shift()
      },
    },
  }
  return trip
}

/**
 * Takes a reading in. One that is not later than the one before is left out, and the trip says so.
 * @param sample is cleaned by it
 * @param isActive whether the trip lasts at least to this reading
 */
export function addToTrip(trip: TripMeasurement, sample: Sample, isActive: boolean): void {
  const { live } = trip
  const { tMs } = sample
  if (!(tMs > trip.seenAtMs)) {
    if (live.hasRow) live.row.faults |= faults.timeBackwards
    return
  }
  if (tMs === Number.POSITIVE_INFINITY) return
  trip.seenAtMs = tMs
  if (isActive) {
    trip.isMarked = false
    trip.activeAtMs = tMs
  } else if (!trip.isMarked) {
    copyProgress(live, trip.marked)
    trip.isMarked = true
  }
  cleanSample(trip.cleaning, sample, trip.thresholds)
  if (!live.hasRow) {
    live.hasRow = true
    beginRow(live.row, sample)
  } else if (tMs - live.row.tMs < rowMs) addToRow(live.row, sample)
  else {
    stepRow(trip)
    beginRow(live.row, sample)
  }
}

/** Whether nothing was taken in. */
export function isEmpty({ live }: TripMeasurement): boolean {
  return !live.hasRow
}

/**
 * The trip as if it ended at its last active reading, or with `isWhole` at its last reading. The measurement may go on: nothing of it
 * changes.
 */
export function endTrip(trip: TripMeasurement, isWhole: boolean): EndedTrip {
  const { thresholds } = trip
  const progress = noProgress()
  copyProgress(trip.isMarked && !isWhole ? trip.marked : trip.live, progress)
  const findings: Finding[] = []
  const uses: Use[] = []
  const carried = [...trip.carried]
  const into: Findings = {
    speeding: (finding) => findings.push(finding),
    phoneUse: (found, knownAtMs) => uses.push({ found, knownAtMs }),
    carried: (fromMs, untilMs) => carried.push({ fromMs, untilMs }),
  }
  const crashes = copyOfWatch(trip.crashes)
  const window = copyOfPart(trip.window, progress.windowRows + 1)
  if (progress.hasRow) {
    stepProgress(progress, trip.clock, into, thresholds)
    setWindowRow(window, progress.windowRows, progress.row)
    progress.windowRows += 1
    // The watch goes on after a trip's end; of the trip as a whole it has not seen the last row.
    if (!trip.isMarked || isWhole) stepCrashWatch(crashes, progress.row, thresholds)
  }
  endProgress(progress, into, thresholds)
  const endMs = progress.path.lastMs
  const { detections, signals } = findManoeuvres(filledPart(window, progress.windowRows), thresholds)
  findings.push(...trip.waiting.filter(({ startMs, knownAtMs }) => startMs <= endMs && knownAtMs <= endMs))
  for (const detection of detections)
    if (detection.startMs >= trip.finalToMs) findings.push(findingOf(detection, signals, thresholds))
  for (const use of [...trip.uses.filter(({ knownAtMs }) => knownAtMs <= endMs), ...uses])
    findings.push(findingOfUse(trip, use, signals))
  for (const crash of crashesOf(crashes, thresholds))
    if (crash.startMs <= endMs) findings.push(findingOfCrash(trip, crash, signals))
  if (wasNeverOn(progress.stretch, thresholds)) return { progress, ledger: emptyLedger(thresholds) }
  const ledger = copyOfLedger(trip.ledger)
  for (const finding of findings) if (!isWithin(carried, finding)) enterFinding(ledger, finding, thresholds)
  return { progress, ledger }
}

function stepRow(trip: TripMeasurement): void {
  const { live, window, thresholds } = trip
  stepProgress(live, trip.clock, trip.findings, thresholds)
  stepCrashWatch(trip.crashes, live.row, thresholds)
  setWindowRow(window, live.windowRows, live.row)
  live.windowRows += 1
  if (isWindowFull(window, live.windowRows)) settleWindow(trip)
}

/** Makes final what lies before the window's end, and makes room. */
function settleWindow(trip: TripMeasurement): void {
  const { live, marked, window, thresholds } = trip
  const rows = live.windowRows
  const { detections, signals } = findManoeuvres(filledPart(window, rows), thresholds)
  const { keepFrom, openFrom } = cutsOf(window, rows)
  let openFromMs = at(window.tMs, openFrom)
  // What is going on around the cut is left whole for the next look.
  for (const { startMs, endMs } of detections.toReversed())
    if (startMs < openFromMs + calmMs && endMs + calmMs > openFromMs) openFromMs = Math.min(openFromMs, startMs - calmMs)
  openFromMs = Math.max(openFromMs, at(window.tMs, keepFrom) + calmMs)
  for (const detection of detections)
    if (detection.startMs >= trip.finalToMs && detection.startMs < openFromMs)
      trip.waiting.push(findingOf(detection, signals, thresholds))
  for (const use of trip.uses) trip.waiting.push(findingOfUse(trip, use, signals))
  trip.uses = []
  trip.finalToMs = openFromMs
  keepEvidence(trip, signals)
  countWaiting(trip)
  dropRows(window, rows, keepFrom)
  live.windowRows = rows - keepFrom
  marked.windowRows = Math.max(0, marked.windowRows - keepFrom)
}

/** Counts what is certain to be driven, and to be part of the trip. */
function countWaiting(trip: TripMeasurement): void {
  const { live, ledger, thresholds } = trip
  const openMs = mayBeCarried(live.stretch, thresholds) ? live.stretch.firstMs : Number.POSITIVE_INFINITY
  const endMs = trip.isMarked ? trip.activeAtMs : Number.POSITIVE_INFINITY
  const waiting: Finding[] = []
  for (const [index, finding] of trip.waiting.entries()) {
    const isCertain = finding.startMs < openMs && finding.startMs < endMs && finding.knownAtMs <= endMs
    if (!isCertain && trip.waiting.length - index <= waitingMax) waiting.push(finding)
    else if (!isWithin(trip.carried, finding)) enterFinding(ledger, finding, thresholds)
  }
  trip.waiting = waiting
}

function keepEvidence(trip: TripMeasurement, signals: ManoeuvreSignals): void {
  const { live, crashes, kept, thresholds } = trip
  const wanted = new Map<number, number>()
  for (const { startMs } of crashes.found) wanted.set(startMs, startMs)
  for (const { atMs } of crashes.shocks) wanted.set(atMs, atMs)
  const { firstMs, fastestAtMs } = live.phoneUse
  if (!Number.isNaN(firstMs)) wanted.set(fastestAtMs, firstMs)
  for (const peakAtMs of kept.keys()) if (!wanted.has(peakAtMs)) kept.delete(peakAtMs)
  for (const [peakAtMs, startMs] of wanted)
    if (!kept.has(peakAtMs)) kept.set(peakAtMs, evidenceAround(peakAtMs, startMs, signals, thresholds))
}

function evidenceFor(
  { kept, thresholds }: TripMeasurement,
  peakAtMs: number,
  startMs: number,
  signals: ManoeuvreSignals,
): Evidence {
  return kept.get(peakAtMs) ?? evidenceAround(peakAtMs, startMs, signals, thresholds)
}

function findingOf(detection: Detection, signals: ManoeuvreSignals, thresholds: BehaviourThresholds): Finding {
  const { kind, startMs, endMs, peak, peakAtMs, confidence, rungs } = detection
  const isCounted = rungs > 0 && kind !== 'lane-change-left' && kind !== 'lane-change-right'
  return {
    startMs,
    knownAtMs: startMs,
    event: isCounted ? { kind, startMs, endMs, peak } : undefined,
    rungs,
    metres: 0,
    observation: { kind, startMs, endMs, peak, confidence, evidence: evidenceAround(peakAtMs, startMs, signals, thresholds) },
  }
}

function findingOfUse(trip: TripMeasurement, { found, knownAtMs }: Use, signals: ManoeuvreSignals): Finding {
  const { startMs, endMs, peak, peakAtMs } = found
  const evidence = evidenceFor(trip, peakAtMs, startMs, signals)
  const observation = { kind: 'phone-use' as const, startMs, endMs, peak, confidence: 0.8, evidence }
  return { startMs, knownAtMs, event: undefined, rungs: 0, metres: 0, observation }
}

function findingOfCrash(trip: TripMeasurement, crash: CrashFound, signals: ManoeuvreSignals): Finding {
  const { startMs, endMs } = crash
  const observation = { kind: 'possible-crash' as const, ...crash, evidence: evidenceFor(trip, startMs, startMs, signals) }
  return { startMs, knownAtMs: endMs, event: undefined, rungs: 0, metres: 0, observation }
}

function isWithin(carried: readonly Span[], { startMs }: Finding): boolean {
  return carried.some(({ fromMs, untilMs }) => startMs >= fromMs && startMs <= untilMs)
}
