// One recorded trip as a picture: its speed and accelerations as they were recorded, what was noticed on it as bands, and beside it the
// evidence kept of its hardest event, which is all that anybody who disputes it later will see.

import type { VehicleReading } from '../../../devices/contract/reading.ts'
import type { VehicleValues } from '../../../devices/contract/signals.ts'
import { behaviourThresholds } from '../../../pricing/behaviour/thresholds.ts'
import type { TripFacts } from '../../../pricing/trip-facts.ts'
import { type Band, drawChart, drawStrip, type Line, text } from './chart.ts'

type Observation = NonNullable<TripFacts['observations']>[number]

export interface PicturedTrip {
  readonly name: string
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly facts: TripFacts
  readonly readings: readonly VehicleReading[]
}

const kinds: Readonly<Partial<Record<Observation['kind'], { readonly label: string; readonly color: string }>>> = {
  brake: { label: 'brake', color: '#c2272d' },
  acceleration: { label: 'acceleration', color: '#0b7a4b' },
  'left-turn': { label: 'left turn', color: '#b06a00' },
  'right-turn': { label: 'right turn', color: '#6a3fb5' },
  'lane-change-left': { label: 'lane change', color: '#00708f' },
  'lane-change-right': { label: 'lane change', color: '#00708f' },
}
const stripKinds = Object.entries(kinds).filter(([kind]) => !kind.startsWith('lane'))
const other = { label: 'other', color: '#66717d' } as const
const lineColor = '#1f5fa8'
const secondColor = '#b06a00'
const width = 1400
const height = 880
const wide = 930
/** A longer silence breaks the line. */
const gapMs = 5000
/** However strong, an event that another sensor contradicts is not believed more than this. */
const contradictedMax = 0.5
const [rung = 2.7] = behaviourThresholds.event.ladderMps2

export function drawTrip(trip: PicturedTrip): string {
  const { name, facts, startedAtMs, endedAtMs } = trip
  const observations = facts.observations ?? []
  const readings = trip.readings.filter(({ takenAtMs }) => takenAtMs >= startedAtMs && takenAtMs <= endedAtMs)
  const minutesOf = (tMs: number): number => (tMs - startedAtMs) / 60_000
  const bands: readonly Band[] = observations.map(({ kind, startMs, endMs }) => ({
    from: minutesOf(startMs),
    to: minutesOf(endMs),
    color: lookOf(kind).color,
    isFilled: isCounted(facts, startMs, kind),
  }))
  const pointsOf = (signal: NumberSignal): Line['points'] =>
    readings.flatMap(({ takenAtMs, values }, index) => {
      const point = [minutesOf(takenAtMs), values[signal] ?? Number.NaN] as const
      const isAfterGap = takenAtMs - (readings[index - 1]?.takenAtMs ?? takenAtMs) > gapMs
      return isAfterGap ? [[point[0], Number.NaN], point] : [point]
    })
  const lineOf = (signal: NumberSignal): readonly Line[] => [{ label: signal, color: lineColor, points: pointsOf(signal) }]
  const limits = readings.flatMap(({ takenAtMs, values: { SpeedLimit } }) =>
    SpeedLimit === undefined ? [] : [[minutesOf(takenAtMs), SpeedLimit] as const],
  )
  const over = {
    left: 30,
    width: wide,
    gutter: 96,
    x: { from: 0, to: minutesOf(endedAtMs), unit: 'minutes from the start' },
    bands,
  }
  const hardest = observations.reduce<Observation | undefined>(
    (worst, one) => (isCounted(facts, one.startMs, one.kind) && one.peak > (worst?.peak ?? 0) ? one : worst),
    undefined,
  )
  const start = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: facts.timeZone }).format(
    startedAtMs,
  )
  const score = facts.score === undefined ? '' : `, score ${facts.score.score.toFixed(1)} of 100`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans, Arial, sans-serif" font-size="13">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(30, 38, `${name}: ${start} (${facts.timeZone})`, 'start', 'font-size="19" font-weight="600"'),
    text(30, 62, `${(facts.distanceM / 1000).toFixed(1)} km in ${Math.round(facts.durationS / 60)} minutes${score}`, 'start'),
    drawStrip(
      { ...over, top: 74 },
      stripKinds.map(([kind, { label, color }]) => ({
        label,
        color,
        bands: observations.flatMap((one, index) => (one.kind === kind ? (bands[index] ?? []) : [])),
      })),
    ),
    drawChart({
      ...over,
      top: 170,
      height: 170,
      title: 'Speed, km/h',
      y: { from: 0, to: 60 },
      lines: [
        ...lineOf('Speed').map((line) => ({ ...line, label: 'speed' })),
        ...(limits.length === 0 ? [] : [{ label: 'limit', color: '#c2272d', points: limits }]),
      ],
      marks: [],
      hasXLabels: false,
    }),
    drawChart({
      ...over,
      top: 390,
      height: 170,
      title: 'Longitudinal acceleration as recorded, m/s² (forward is up)',
      y: { from: -3, to: 3 },
      lines: lineOf('AccelerationLongitudinal'),
      marks: [-rung, rung],
      hasXLabels: false,
    }),
    drawChart({
      ...over,
      top: 610,
      height: 170,
      title: 'Lateral acceleration as recorded, m/s² (left is up)',
      y: { from: -3, to: 3 },
      lines: lineOf('AccelerationLateral'),
      marks: [-rung, rung],
      hasXLabels: true,
    }),
    hardest === undefined ? '' : drawEvidence(hardest, trip),
    ...captionOf(trip).map((line, index) => text(30, 838 + 20 * index, line, 'start')),
    '</svg>',
  ].join('\n')
}

type NumberSignal = {
  [Name in keyof VehicleValues]-?: VehicleValues[Name] extends number | undefined ? Name : never
}[keyof VehicleValues]

function drawEvidence({ kind, startMs, endMs, evidence, peak, confidence }: Observation, { startedAtMs }: PicturedTrip): string {
  const seconds = evidence.offsetMs.map((offset) => offset / 1000)
  const pointsOf = (values: readonly (number | null)[]) =>
    seconds.map((second, index) => [second, values[index] ?? Number.NaN] as const)
  const left = 1000
  const over = {
    left,
    width: 370,
    gutter: 44,
    x: { from: Math.min(...seconds), to: Math.max(...seconds), unit: 'seconds from its start' },
    bands: [{ from: 0, to: (endMs - startMs) / 1000, color: lookOf(kind).color, isFilled: true }],
  }
  return [
    text(
      left,
      38,
      `Hardest that counts: ${lookOf(kind).label}, ${peak.toFixed(1)} m/s²`,
      'start',
      'font-size="15" font-weight="600"',
    ),
    text(
      left,
      62,
      `at minute ${((startMs - startedAtMs) / 60_000).toFixed(1)}, ${endMs === startMs ? 'one sample' : `${((endMs - startMs) / 1000).toFixed(1)} s`} above the rung, confidence ${confidence.toFixed(2)}`,
      'start',
    ),
    text(left, 86, 'The samples kept of it, mounting tilt taken off', 'start'),
    drawChart({
      ...over,
      top: 170,
      height: 170,
      title: 'Speed, km/h',
      y: { from: 0, to: 60 },
      lines: [{ label: 'speed', color: lineColor, points: pointsOf(evidence.kph) }],
      marks: [],
      hasXLabels: false,
    }),
    drawChart({
      ...over,
      top: 390,
      height: 390,
      title: 'Acceleration, m/s²',
      y: { from: -3, to: 3 },
      lines: [
        { label: 'forward', color: lineColor, points: pointsOf(evidence.longitudinalMps2) },
        { label: 'left', color: secondColor, points: pointsOf(evidence.lateralMps2) },
      ],
      marks: [-rung, rung],
      hasXLabels: true,
    }),
  ].join('\n')
}

/** In words what the picture shows. */
function captionOf({ facts, startedAtMs }: PicturedTrip): readonly string[] {
  const noticed = (facts.observations ?? []).filter(({ kind }) => kinds[kind] !== undefined)
  const counted = noticed.filter(({ kind, startMs }) => isCounted(facts, startMs, kind)).length
  const [sharpest] = noticed.toSorted((one, other) => other.peak - one.peak)
  const isContradicted =
    sharpest !== undefined && !isCounted(facts, sharpest.startMs, sharpest.kind) && sharpest.confidence <= contradictedMax
  const witness = sharpest?.kind.endsWith('turn') === true ? 'heading' : 'speed'
  return [
    `${noticed.length} events were noticed. The ${counted} filled ones count: they stay above the lowest rung of the ladder (${rung} m/s², dashed), and no other sensor contradicts them.`,
    isContradicted
      ? `The sharpest peak of all, ${sharpest.peak.toFixed(1)} m/s² at minute ${((sharpest.startMs - startedAtMs) / 60_000).toFixed(1)}, is only outlined: the ${witness} does not follow it, so it does not count.`
      : 'The outlined ones were noticed and do not count.',
  ]
}

function isCounted({ events }: TripFacts, startMs: number, kind: Observation['kind']): boolean {
  return events.some((event) => event.startMs === startMs && event.kind === kind)
}

function lookOf(kind: Observation['kind']): { readonly label: string; readonly color: string } {
  return kinds[kind] ?? other
}
