// Makes policies and trips in a book as pricing would have written them, for the tests of replays.

import { canonicalJson } from '../../../pricing/canonical-json.ts'
import type { EditionDocument } from '../../../pricing/edition/edition-document.ts'
import { parseEdition } from '../../../pricing/edition/parse-edition.ts'
import { installEditions } from '../../../pricing/install-editions.ts'
import { addPolicy } from '../../../pricing/policies.ts'
import { noDriving } from '../../../pricing/rating/facts.ts'
import { withCasesRated } from '../../../pricing/rating/failed-cases.ts'
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

/**
 * A plan that is worked out by hand: 1,200.00 a year in twelve instalments, 1.5 times under 25, and night driving from 1 at no
 * night to 2 at all night, of which half counts after 1,000 km.
 */
export function nightPlan(changes: Partial<EditionDocument>): EditionDocument {
  return withCasesRated({
    schema: 'edition/2',
    planId: 'motor',
    product: 'motor',
    title: 'Night plan',
    note: '',
    currency: 'EUR',
    inputs: {
      driverAgeYears: { kind: 'number', min: 16, max: 120, default: 38 },
      region: { kind: 'level', levels: ['town', 'country'], default: 'town' },
      vehicleAgeYears: { kind: 'number', min: 0, max: 100, default: 6 },
      kmPerYear: { kind: 'number', min: 0, max: 500_000, default: 12_000 },
    },
    baseRates: [{ coverage: 'liability', annualMinor: 120_000 }],
    factors: [
      {
        id: 'age',
        kind: 'bands',
        input: 'driverAgeYears',
        bands: [
          { level: 'young', below: 25, factor: 1.5 },
          { level: 'other', factor: 1 },
        ],
      },
      { id: 'region', kind: 'levels', input: 'region', levels: { town: 1, country: 0.8 } },
    ],
    behaviours: [
      {
        id: 'night',
        measure: 'night',
        k: 1000,
        curve: [
          [0, 1],
          [1, 2],
        ],
      },
    ],
    behaviourBounds: { min: 0.5, max: 2 },
    premiumBounds: {},
    rounding: { factorDecimals: 4, steps: [{ after: 'instalment', toMinor: 1 }] },
    instalments: 12,
    guardRails: { discountOnly: false, noMidTermRerate: false, notForNonRenewal: true },
    testCases: [
      {
        name: 'one',
        facts: {
          product: 'motor',
          class: { driverAgeYears: 40, region: 'town', vehicleAgeYears: 6, kmPerYear: 12_000 },
          driving: noDriving,
        },
        premiumMinor: 0,
        classPremiumMinor: 0,
      },
    ],
    ...changes,
  })
}

/** In place of the shipped plan, as if it always had been. */
export async function putInForce(book: Book, plan: EditionDocument): Promise<void> {
  const parsed = parseEdition(plan)
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('; '))
  await installEditions(book, 0)
  await book
    .updateTable('editions')
    .set({ hash: parsed.hash, document: parsed.document })
    .where('plan_id', '=', plan.planId)
    .execute()
}
