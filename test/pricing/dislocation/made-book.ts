// Makes policies and trips in a book as pricing would have written them, for the tests of replays.

import { canonicalJson } from '../../../pricing/canonical-json.ts'
import { addPolicy } from '../../../pricing/policies.ts'
import type { EndedTrip, TripFacts } from '../../../pricing/trip-facts.ts'
import { tripId } from '../../../pricing/trip-id.ts'
import type { Book, TripRow } from '../../../store/book/schema.ts'
import type { OpenStores } from '../open-stores.ts'

const noEvents = [0, 0, 0, 0, 0, 0, 0]

/** A quiet trip of ten kilometres by day, seen by an accelerometer. */
export function tripFacts(changes: Partial<TripFacts> = {}): TripFacts {
  const distanceM = changes.distanceM ?? 10_000
  return {
    version: 'made',
    timeZone: 'Europe/Amsterdam',
    durationS: 900,
    distanceM,
    seenM: distanceM,
    nightM: 0,
    nightShare: 0,
    maxSpeedKph: 80,
    completeness: 1,
    confidence: 0.98,
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
    counts: { brake: noEvents, acceleration: noEvents, 'left-turn': noEvents, 'right-turn': noEvents },
    speeding: { count: 0, metres: 0, limitKnownM: 0 },
    phone: { seconds: 0, knownS: 0, knownM: 0 },
    events: [],
    ...changes,
  }
}

export async function insureCar(
  { book, addDevice }: OpenStores,
  policyId: string,
  deviceIds: readonly string[],
  classFacts: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  for (const id of deviceIds) await addDevice(id, 'vehicle')
  const added = await addPolicy(book, { id: policyId, product: 'motor', deviceIds, classFacts }, 0)
  if (added.kind !== 'added') throw new Error(added.kind)
}

/** @returns the trip's id */
export async function writeTrip(
  book: Book,
  deviceId: string,
  { startedAtMs, endedAtMs, facts }: EndedTrip,
  status: TripRow['status'] = 'ended',
): Promise<string> {
  const id = tripId(deviceId, startedAtMs)
  await book
    .insertInto('trips')
    .values({
      id,
      device_id: deviceId,
      started_at_ms: startedAtMs,
      ended_at_ms: endedAtMs,
      status,
      distance_m: facts.distanceM,
      facts: canonicalJson(facts),
    })
    .execute()
  return id
}
