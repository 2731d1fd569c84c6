// A simulated portfolio in a book: devices, policies and what was driven, so that a draft can be replayed over policies of which
// is known what each will really cost.

import { registerDevice } from '../../broker/registry.ts'
import type { Book, TripRow } from '../../store/book/schema.ts'
import { behaviourThresholds } from '../behaviour/thresholds.ts'
import { canonicalJson } from '../canonical-json.ts'
import { addPolicy } from '../policies.ts'
import type { TripFacts } from '../trip-facts.ts'
import { tripId } from '../trip-id.ts'
import type { DrivenPeriod, SimulatedPolicy } from './simulate-portfolio.ts'

const { ladderMps2 } = behaviourThresholds.event
const dayMs = 86_400_000
const tripsPerPeriod = 4
const weekMs = 7 * dayMs
const metresPerSecond = 13
/** Rows of one statement: SQLite takes some thousand values. */
const rowsAtOnce = 100
const noEvents = ladderMps2.map(() => 0)

/** What the plan that is shipped asks for, in the middle of each level. */
const stated = {
  age: { 'under-25': 22, '25-34': 30, '35-64': 48, '65-and-over': 70 },
  power: { 'under-60-kw': 48, '60-109-kw': 82, '110-kw-and-over': 130 },
} as const

export interface FilledBook {
  readonly policies: number
  readonly trips: number
}

/**
 * Adds each policy with a device of its own, after its trips, so that its first premium knows them.
 * @param endMs where the driving ends
 * @throws Error when a policy cannot be added; those before it stay
 */
export async function fillBook(
  book: Book,
  policies: Iterable<SimulatedPolicy>,
  endMs: number,
  onProgress: (policies: number) => void = () => undefined,
): Promise<FilledBook> {
  let [count, trips] = [0, 0]
  for (const policy of policies) {
    const device = `${policy.id}-car`
    await registerDevice(book, { id: device, kind: 'vehicle', label: policy.id }, endMs)
    const rows = [...tripRows(device, policy.periods(), endMs)]
    for (let from = 0; from < rows.length; from += rowsAtOnce)
      await book
        .insertInto('trips')
        .values(rows.slice(from, from + rowsAtOnce))
        .execute()
    const added = await addPolicy(
      book,
      { id: policy.id, product: 'motor', deviceIds: [device], classFacts: classFactsOf(policy) },
      endMs,
    )
    if (added.kind !== 'added') throw new Error(`${policy.id} cannot be added: ${added.kind}`)
    count += 1
    trips += rows.length
    onProgress(count)
  }
  return { policies: count, trips }
}

function classFactsOf({ levels, kmPerYear }: SimulatedPolicy): Readonly<Record<string, unknown>> {
  return {
    driverAgeYears: new Map<string, number>(Object.entries(stated.age)).get(levels.age),
    powerKw: new Map<string, number>(Object.entries(stated.power)).get(levels.power),
    region: levels.region,
    kmPerYear,
  }
}

/** Four trips of a week's driving each. */
function* tripRows(deviceId: string, periods: readonly DrivenPeriod[], endMs: number): Generator<TripRow> {
  for (const [index, period] of periods.entries()) {
    const fromMs = endMs - (periods.length - index) * tripsPerPeriod * weekMs
    for (let trip = 0; trip < tripsPerPeriod; trip += 1) {
      const distanceM = Math.round((period.km * 1000) / tripsPerPeriod)
      const durationS = Math.round(distanceM / metresPerSecond)
      const startedAtMs = fromMs + trip * weekMs
      yield {
        id: tripId(deviceId, startedAtMs),
        device_id: deviceId,
        started_at_ms: startedAtMs,
        ended_at_ms: startedAtMs + durationS * 1000,
        status: 'ended',
        distance_m: distanceM,
        facts: canonicalJson(
          factsOf(
            distanceM,
            durationS,
            period.brakes.map((brakes) => part(brakes, trip)),
          ),
        ),
      }
    }
  }
}

/** The parts of a count add up to it. */
function part(count: number, index: number): number {
  return Math.floor((count + index) / tripsPerPeriod)
}

function factsOf(distanceM: number, durationS: number, brake: number[]): TripFacts {
  return {
    version: 'simulated portfolio',
    timeZone: 'Europe/Amsterdam',
    durationS,
    distanceM,
    seenM: distanceM,
    nightM: 0,
    nightShare: 0,
    maxSpeedKph: 100,
    completeness: 1,
    confidence: 1,
    agreement: 1,
    clockTrust: 1,
    checks: { coordinates: null, odometer: null },
    doubts: [],
    role: 'driven',
    carried: { metres: 0, reason: null },
    longitudinalFrom: 'accelerometer',
    lateralFrom: 'accelerometer',
    longitudinalM: distanceM,
    lateralM: distanceM,
    counts: { brake, acceleration: noEvents, 'left-turn': noEvents, 'right-turn': noEvents },
    speeding: { count: 0, metres: 0, limitKnownM: 0 },
    phone: { seconds: 0, knownS: 0, knownM: 0 },
    events: [],
  }
}
