// The accuracy report: every recording of a folder measured by the product's own functions and held against what is known of it.

import { type EventFilter, eventFilters } from '../../../pricing/behaviour/detection-thresholds.ts'
import { type BehaviourThresholds, behaviourThresholds } from '../../../pricing/behaviour/thresholds.ts'
import type { TripScore } from '../../../pricing/score/trip-score.ts'
import { addCounts, type FoundEvent, matchLabels, ofEachClass, wilsonInterval } from './match-labels.ts'
import { type MeasuredRecording, measureRecording, type Stretch } from './measure-recording.ts'
import { type EventClass, eventClasses, type Label, listRecordings, loadRecording, readLabels } from './recording-set.ts'
import { compareDrives, type DriveAgreement, type RecordedDrive } from './same-drive.ts'
import { type OrderedPairs, type ScoredTrip, styleOrder } from './style-order.ts'

export interface ClassRecall {
  readonly labelled: number
  readonly found: number
  /** 0 to 1; null where nothing is labelled. */
  readonly recall: number | null
  /** 95 %. */
  readonly interval: readonly [number, number]
}

/** Against events found by a threshold, not by people: agreement, not truth. */
export interface Agreement {
  readonly labelled: number
  readonly found: number
  readonly detections: number
  /** Detections that such an event explains. */
  readonly explained: number
}

export interface DetectionFigures {
  readonly events: Readonly<Record<EventClass, ClassRecall>>
  readonly calmWindows: number
  readonly calmAlarms: number
  readonly labelledHours: number
  readonly unexplained: number
  readonly unexplainedPerHour: number
  readonly agreement: Agreement
  /** What plans count, over all trips. */
  readonly countedPer1000Km: { readonly braking: number; readonly acceleration: number; readonly cornering: number }
}

export interface KnownDistance {
  readonly knownKm: number
  readonly foundKm: number
  readonly errorPct: number
  /** Some recordings were cut for privacy: their rows hold clearly less, or more, than the distance stated for them. */
  readonly isCovered: boolean
}

/** Speed times time of a recording that differs more from the stated distance was not recorded whole. */
const uncoveredShareMax = 0.05

export interface AccuracyReport extends DetectionFigures {
  readonly version: string
  readonly recordings: number
  readonly styles: OrderedPairs & { readonly acrossDrivers: OrderedPairs; readonly drowsy: OrderedPairs }
  /** Median of the absolute error over the recordings that cover the distance stated for them; null where none does. */
  readonly distanceErrorPct: number | null
  /** Median of the absolute difference to speed times time, over all recordings with a trip. */
  readonly integratedErrorPct: number | null
  readonly distances: Readonly<Record<string, KnownDistance>>
  readonly trips: Readonly<Record<string, readonly Stretch[]>>
  /** Drives recorded by a phone and by the car at once. */
  readonly phoneAgainstCar: readonly DriveAgreement[]
  /** Recordings that could not be read, and why. */
  readonly refused: Readonly<Record<string, string>>
  readonly scores: Readonly<Record<string, { readonly score: number; readonly components: TripScore['components'] }>>
  /** Per recording that people labelled. */
  readonly drives: Readonly<Record<string, { readonly figures: DetectionFigures; readonly unexplained: readonly FoundEvent[] }>>
  /** The same figures with one filter switched off. */
  readonly without: Readonly<Partial<Record<EventFilter, DetectionFigures>>>
}

interface Measured {
  readonly file: string
  readonly set: string
  readonly sameDriveAs: string | undefined
  readonly startMs: number
  readonly seconds: number
  readonly measured: MeasuredRecording
}

/**
 * @param eventsPath the labels; without such a file nothing is labelled
 * @param without filters switched off for the whole report; no others are then tried
 */
export async function reportAccuracy(
  folder: string,
  eventsPath: string,
  without: readonly EventFilter[] = [],
): Promise<AccuracyReport> {
  const known = await listRecordings(folder)
  const labels = await readLabels(eventsPath)
  const all: Measured[] = []
  const scored: ScoredTrip[] = []
  const integratedErrors: number[] = []
  const distances: Record<string, KnownDistance> = {}
  const refused: Record<string, string> = {}
  for (const entry of known) {
    const recording = await loadRecording(folder, entry)
    if (typeof recording === 'string') {
      refused[entry.file] = recording
      continue
    }
    const measured = measureRecording(recording)
    const { file, set, sameDriveAs } = entry
    all.push({ file, set, sameDriveAs, startMs: recording.startMs, seconds: recording.seconds, measured })
    scored.push({ ...entry, score: measured.score.score })
    const foundKm = kmOf(measured)
    if (measured.integratedKm > 0 && measured.trips.length > 0)
      integratedErrors.push(Math.abs(100 * (foundKm / measured.integratedKm - 1)))
    if (entry.distanceKm !== undefined && entry.distanceKm > 0 && measured.trips.length > 0)
      distances[entry.file] = {
        knownKm: entry.distanceKm,
        foundKm: rounded(foundKm, 3),
        errorPct: rounded(100 * (foundKm / entry.distanceKm - 1), 2),
        isCovered: Math.abs(measured.integratedKm / entry.distanceKm - 1) <= uncoveredShareMax,
      }
  }
  const thresholds = leavingOut(without)
  const figures = figuresOf(all, labels, thresholds)
  const errors = Object.values(distances)
    .filter(({ isCovered }) => isCovered)
    .map(({ errorPct }) => Math.abs(errorPct))
  const tried = without.length === 0 && labels.length > 0 ? eventFilters : []
  return {
    version: thresholds.version,
    recordings: all.length,
    ...figures,
    styles: styleOrder(scored),
    distanceErrorPct: errors.length === 0 ? null : middleOf(errors),
    integratedErrorPct: integratedErrors.length === 0 ? null : rounded(middleOf(integratedErrors), 2),
    distances,
    trips: Object.fromEntries(all.map(({ file, measured }) => [file, measured.trips])),
    phoneAgainstCar: pairsIn(all, thresholds),
    refused,
    scores: Object.fromEntries(
      all.map(({ file, measured }) => [file, { score: measured.score.score, components: measured.score.components }]),
    ),
    drives: Object.fromEntries(
      all
        .filter(({ file }) => labels.some((label) => label.file === file && label.origin === 'human'))
        .map((one) => [
          one.file,
          {
            figures: figuresOf([one], labels, thresholds),
            unexplained: matchLabels(humanLabels(labels, one.file), one.measured.detect(thresholds).detections).unexplained,
          },
        ]),
    ),
    without: Object.fromEntries(tried.map((filter) => [filter, figuresOf(all, labels, leavingOut([filter]))])),
  }
}

function pairsIn(all: readonly Measured[], thresholds: BehaviourThresholds): readonly DriveAgreement[] {
  const driveOf = ({ measured, ...one }: Measured): RecordedDrive => ({
    ...one,
    readings: measured.readings,
    detections: measured.detect(thresholds).detections,
  })
  return all.flatMap((phone) => {
    const car = all.find(({ file }) => file === phone.sameDriveAs)
    return car === undefined ? [] : [compareDrives(driveOf(phone), driveOf(car))]
  })
}

function figuresOf(all: readonly Measured[], labels: readonly Label[], thresholds: BehaviourThresholds): DetectionFigures {
  const byPeople = all.filter(({ file }) => humanLabels(labels, file).length > 0)
  const matches = byPeople.map(({ file, measured }) =>
    matchLabels(humanLabels(labels, file), measured.detect(thresholds).detections),
  )
  const labelled = addCounts(matches.map((match) => match.labelled))
  const found = addCounts(matches.map((match) => match.found))
  const hours = byPeople.reduce((sum, { seconds }) => sum + seconds, 0) / 3600
  const unexplained = matches.reduce((sum, match) => sum + match.unexplained.length, 0)
  return {
    events: recallOf(labelled, found),
    calmWindows: labelled.calm,
    calmAlarms: matches.reduce((sum, match) => sum + match.calmAlarms, 0),
    labelledHours: rounded(hours, 3),
    unexplained,
    unexplainedPerHour: hours > 0 ? rounded(unexplained / hours, 2) : 0,
    agreement: agreementOf(all, labels, thresholds),
    countedPer1000Km: countedOf(all, thresholds),
  }
}

function countedOf(all: readonly Measured[], thresholds: BehaviourThresholds): DetectionFigures['countedPer1000Km'] {
  const onTrips = all.filter(({ measured }) => measured.trips.length > 0)
  const km = onTrips.reduce((sum, { measured }) => sum + kmOf(measured), 0)
  const counted = onTrips.map(({ measured }) => measured.detect(thresholds).counted)
  const per1000Km = (name: 'braking' | 'acceleration' | 'cornering'): number =>
    km > 0 ? rounded((1000 * counted.reduce((sum, counts) => sum + counts[name], 0)) / km, 1) : 0
  return { braking: per1000Km('braking'), acceleration: per1000Km('acceleration'), cornering: per1000Km('cornering') }
}

function kmOf({ trips }: MeasuredRecording): number {
  return trips.reduce((sum, trip) => sum + trip.distanceKm, 0)
}

function agreementOf(all: readonly Measured[], labels: readonly Label[], thresholds: BehaviourThresholds): Agreement {
  const byThreshold = labels.filter((label) => label.origin.startsWith('threshold'))
  const sets = new Set(all.filter(({ file }) => byThreshold.some((label) => label.file === file)).map(({ set }) => set))
  const total = { labelled: 0, found: 0, detections: 0, explained: 0 }
  for (const { file, set, measured } of all) {
    if (!sets.has(set)) continue
    const events = measured.detect(thresholds).detections
    const match = matchLabels(
      byThreshold.filter((label) => label.file === file),
      events,
    )
    for (const name of eventClasses) {
      total.labelled += match.labelled[name]
      total.found += match.found[name]
    }
    total.detections += events.length
    total.explained += events.length - match.unexplained.length - match.calmAlarms
  }
  return total
}

function humanLabels(labels: readonly Label[], file: string): readonly Label[] {
  return labels.filter((label) => label.file === file && label.origin === 'human')
}

function recallOf(
  labelled: Readonly<Record<EventClass, number>>,
  found: Readonly<Record<EventClass, number>>,
): Readonly<Record<EventClass, ClassRecall>> {
  return ofEachClass((name) => {
    const [low, high] = wilsonInterval(found[name], labelled[name])
    return {
      labelled: labelled[name],
      found: found[name],
      recall: labelled[name] === 0 ? null : rounded(found[name] / labelled[name], 4),
      interval: [rounded(low, 6), rounded(high, 6)],
    }
  })
}

function leavingOut(without: readonly EventFilter[]): BehaviourThresholds {
  const filters = eventFilters.filter((filter) => !without.includes(filter))
  return { ...behaviourThresholds, detect: { ...behaviourThresholds.detect, filters } }
}

function middleOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}

function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale
}
