// From what simulated devices really did to the facts that a premium rests on, so that the premium of the true behaviour can be put
// beside the one that is charged. What a plan does not tell (where a limit was known, how much of the way a sensor saw) is taken
// from the readings before any fault. Pure.

import type { MishapTruth, TripTruth } from '../../devices/simulator/truth.ts'
import type { LocalClock } from '../behaviour/local-clock.ts'
import { behaviourThresholds } from '../behaviour/thresholds.ts'
import type { MeasuredTrip } from '../corrections.ts'
import type { StoredHomeDay } from '../experience.ts'
import { figureColumns, type SummedTrip, sumsOf } from '../trip-sums.ts'

const { ladderMps2 } = behaviourThresholds.event
const minuteMs = 60_000
/** Confidence in ten-thousandths: the truth is sure of itself. */
const sure = 10_000

/** The trips of a policy as they were driven; those that its policyholder did not drive are none. */
export function trueTrips(truths: readonly TripTruth[], measured: readonly MeasuredTrip[]): readonly SummedTrip[] {
  return truths.map((truth) =>
    trueTrip(
      truth,
      measured.find((trip) => isSame(truth, trip)),
    ),
  )
}

/** Measured trips without those that somebody else drove. */
export function drivenByHolder(measured: readonly MeasuredTrip[], truths: readonly TripTruth[]): readonly MeasuredTrip[] {
  const others = truths.filter(({ role }) => role === 'passenger')
  return measured.filter((trip) => !others.some((truth) => isSame(truth, trip)))
}

function isSame(truth: TripTruth, trip: MeasuredTrip): boolean {
  return truth.device === trip.deviceId && truth.startedAtMs <= trip.endedAtMs && truth.endedAtMs >= trip.startedAtMs
}

function trueTrip(truth: TripTruth, trip: MeasuredTrip | undefined): SummedTrip {
  const { device: deviceId, startedAtMs, endedAtMs, distanceM, role = 'driver' } = truth
  const known = trip === undefined ? new Map<string, number>() : namedFigures(sumsOf('', trip))
  const told = new Map([...known, ...toldFigures(truth, known)])
  return {
    deviceId,
    startedAtMs: trip?.startedAtMs ?? startedAtMs,
    endedAtMs: trip?.endedAtMs ?? endedAtMs,
    isDriven: role === 'driver',
    agreement: 1,
    confidence: sure,
    figures: figureColumns.map((column) => told.get(column) ?? (column.endsWith('_m') && trip === undefined ? distanceM : 0)),
  }
}

function namedFigures({ figures }: SummedTrip): ReadonlyMap<string, number> {
  return new Map(figureColumns.map((column, index) => [column, figures[index] ?? 0]))
}

function toldFigures(
  { distanceM, manoeuvres, phoneUse }: TripTruth,
  known: ReadonlyMap<string, number>,
): readonly (readonly [string, number])[] {
  const counts = (name: string, kinds: readonly string[]) =>
    ladderMps2.map(
      (rung, index) =>
        [`${name}_${index}`, manoeuvres.filter(({ kind, peak }) => kinds.includes(kind) && peak >= rung).length] as const,
    )
  const phoneS = Math.round((phoneUse ?? []).reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) / 1000)
  const watches = (column: string): boolean => (known.get(column) ?? 1) > 0
  return [
    ['distance_m', distanceM],
    ...(watches('longitudinal_m') ? counts('brake', ['brake']) : []),
    ...(watches('longitudinal_m') ? counts('acceleration', ['acceleration']) : []),
    ...(watches('lateral_m') ? counts('turn', ['left-turn', 'right-turn']) : []),
    ...(phoneUse !== undefined && watches('phone_known_s') ? ([['phone_s', phoneS]] as const) : []),
  ]
}

const minutesOf = {
  leak: 'leakMinutes',
  freeze: 'freezeMinutes',
  smoke: 'smokeMinutes',
  co: 'carbonMonoxideMinutes',
} as const

/** The days of a policy's homes with the minutes that really were wet, freezing, smoky or poisonous. */
export function trueDays(
  days: readonly StoredHomeDay[],
  mishaps: readonly MishapTruth[],
  clock: LocalClock,
): readonly StoredHomeDay[] {
  const minutes = new Map<string, number>()
  for (const { kind, device, startMs, endMs } of mishaps)
    for (let fromMs = startMs; fromMs < endMs; ) {
      const untilMs = Math.min(endMs, clock.dayBounds(fromMs).endMs)
      const key = `${device}/${clock.day(fromMs)}/${kind}`
      minutes.set(key, (minutes.get(key) ?? 0) + (untilMs - fromMs) / minuteMs)
      fromMs = untilMs
    }
  return days.map((entry) => {
    const told = Object.entries(minutesOf).map(([kind, name]) => [
      name,
      minutes.get(`${entry.deviceId}/${entry.day}/${kind}`) ?? 0,
    ])
    return { ...entry, facts: { ...entry.facts, ...Object.fromEntries(told) } }
  })
}
