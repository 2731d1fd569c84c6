// A policy's driving out of the book: the rows of `trip_sums` added up by the database, with the trips that were corrected or
// not yet summed put in their place. The same as parsing every trip's facts, at a fraction of the work.

import { type Kysely, sql } from 'kysely'
import type { BookSchema } from '../store/book/schema.ts'
import { behaviourThresholds } from './behaviour/thresholds.ts'
import { type Correction, correctTrips, type MeasuredTrip } from './corrections.ts'
import { parseTripFacts } from './trip-facts.ts'
import { addTrips, type DrivingSums, figureColumns, type SummedTrip, sumsOf, windowDays } from './trip-sums.ts'

/** Late readings move a trip's ends; a correction looks this far around what it was about. */
const aroundMs = 3_600_000
const windowMs = windowDays * 86_400_000
const columns = sql.join(figureColumns.map((column) => sql.ref(column)))

/** Sums the policy's trips that are not summed yet. @throws BadFacts for a stored trip that does not parse */
export async function sumNewTrips(transaction: Kysely<BookSchema>, policyId: string): Promise<void> {
  for (const trip of (await unsummedTrips(transaction, policyId)).map(summed)) await writeSums(transaction, trip)
}

/** Sums up to this many trips of anybody. @returns how many there were; @throws BadFacts as above */
export async function sumOlderTrips(transaction: Kysely<BookSchema>, tripsMax: number): Promise<number> {
  const rows = await tripQuery(transaction)
    .innerJoin('unsummed_trips', (join) =>
      join
        .onRef('unsummed_trips.device_id', '=', 'trips.device_id')
        .onRef('unsummed_trips.started_at_ms', '=', 'trips.started_at_ms'),
    )
    .limit(tripsMax)
    .execute()
  for (const trip of rows.map(parsed).map(summed)) await writeSums(transaction, trip)
  return rows.length
}

/** Undefined for a policy without a trip that rates. @throws BadFacts for a stored trip that does not parse */
export async function drivingOfPolicy(
  book: Kysely<BookSchema>,
  policyId: string,
  accepted: readonly Correction[],
): Promise<DrivingSums | undefined> {
  const unsummed = await unsummedTrips(book, policyId)
  if (unsummed.length === 0 && accepted.length === 0) return (await drivingOfPolicies(book, policyId, policyId)).get(policyId)
  const disputed = accepted.length === 0 ? [] : await tripsAround(book, policyId, accepted)
  return addTrips(corrected(await sumsOfPolicy(book, policyId), [...unsummed, ...disputed], accepted))
}

/** Every trip of a policy as whole numbers, as the corrections leave it. @throws BadFacts for a stored trip that does not parse */
export async function tripsOfPolicy(
  book: Kysely<BookSchema>,
  policyId: string,
  accepted: readonly Correction[],
): Promise<readonly SummedTrip[]> {
  const disputed = accepted.length === 0 ? [] : await tripsAround(book, policyId, accepted)
  return corrected(await sumsOfPolicy(book, policyId), [...(await unsummedTrips(book, policyId)), ...disputed], accepted)
}

/**
 * The summed trips with these in their place, as the corrections leave them.
 * @param measured every trip that a correction may be about, and those that are not summed; none twice is needed, none is harmed
 */
export function corrected(
  sums: readonly SummedTrip[],
  measured: readonly MeasuredTrip[],
  accepted: readonly Correction[],
): readonly SummedTrip[] {
  const byPlace = new Map(measured.map((trip) => [placeOf(trip), trip]))
  return [
    ...sums.filter((trip) => !byPlace.has(placeOf(trip))),
    ...correctTrips([...byPlace.values()], accepted).map((trip) => sumsOf('', trip)),
  ]
}

function placeOf({ deviceId, startedAtMs }: Pick<SummedTrip, 'deviceId' | 'startedAtMs'>): string {
  return `${startedAtMs}/${deviceId}`
}

/** By policy, for the ids from one to the other, both included; as if nothing was corrected and all is summed. */
export async function drivingOfPolicies(
  book: Kysely<BookSchema>,
  fromPolicyId: string,
  toPolicyId: string,
): Promise<ReadonlyMap<string, DrivingSums>> {
  const isRated = sql`s.is_driven = 1 AND s.agreement >= ${behaviourThresholds.quality.ratedAgreementMin}`
  const sums = sql.join(figureColumns.map((column) => sql`sum(${sql.ref(`s.${column}`)}) AS ${sql.ref(column)}`))
  const { rows } = await sql<Record<string, unknown>>`
    WITH lasts AS (
      SELECT d.policy_id, max(s.ended_at_ms) AS ended_at_ms
      FROM policy_devices AS d CROSS JOIN trip_sums AS s ON s.device_id = d.device_id
      WHERE d.policy_id >= ${fromPolicyId} AND d.policy_id <= ${toPolicyId} AND ${isRated}
      GROUP BY d.policy_id
    )
    SELECT l.policy_id AS "policyId", count(*) AS trips, min(s.started_at_ms) AS "firstStartMs", l.ended_at_ms AS "lastEndMs",
      sum(s.confidence * s.distance_m) AS trusted, ${sums}
    FROM lasts AS l
      CROSS JOIN policy_devices AS d ON d.policy_id = l.policy_id
      CROSS JOIN trip_sums AS s ON s.device_id = d.device_id AND s.started_at_ms > l.ended_at_ms - ${windowMs}
    WHERE ${isRated}
    GROUP BY l.policy_id`.execute(book)
  return new Map(rows.map((row) => [String(row['policyId']), sumsOfRow(row)]))
}

function sumsOfRow(row: Readonly<Record<string, unknown>>): DrivingSums {
  return {
    trips: Number(row['trips']),
    firstStartMs: Number(row['firstStartMs']),
    lastEndMs: Number(row['lastEndMs']),
    trusted: Number(row['trusted']),
    figures: figuresOf(row),
  }
}

function figuresOf(row: Readonly<Record<string, unknown>>): readonly number[] {
  return figureColumns.map((column) => Number(row[column]))
}

/** Every summed trip of a policy, one by one. */
export async function sumsOfPolicy(book: Kysely<BookSchema>, policyId: string): Promise<readonly SummedTrip[]> {
  const { rows } = await sql<Record<string, unknown>>`
    SELECT s.* FROM policy_devices AS d CROSS JOIN trip_sums AS s ON s.device_id = d.device_id
    WHERE d.policy_id = ${policyId}`.execute(book)
  return rows.map((row) => ({
    deviceId: String(row['device_id']),
    startedAtMs: Number(row['started_at_ms']),
    endedAtMs: Number(row['ended_at_ms']),
    isDriven: row['is_driven'] === 1,
    agreement: Number(row['agreement']),
    confidence: Number(row['confidence']),
    figures: figuresOf(row),
  }))
}

async function writeSums(transaction: Kysely<BookSchema>, trip: SummedTrip): Promise<void> {
  const values = [
    trip.deviceId,
    trip.startedAtMs,
    trip.endedAtMs,
    trip.isDriven ? 1 : 0,
    trip.agreement,
    trip.confidence,
    ...trip.figures,
  ]
  await sql`
    INSERT OR REPLACE INTO trip_sums (device_id, started_at_ms, ended_at_ms, is_driven, agreement, confidence, ${columns})
    VALUES (${sql.join(values)})`.execute(transaction)
}

/** Every ended trip of a policy with all that is stored of it. @throws BadFacts for one that does not parse */
export async function endedTripsOf(book: Kysely<BookSchema>, policyId: string): Promise<readonly MeasuredTrip[]> {
  const rows = await tripQuery(book)
    .innerJoin('policy_devices', 'policy_devices.device_id', 'trips.device_id')
    .where('policy_devices.policy_id', '=', policyId)
    .orderBy('trips.started_at_ms')
    .execute()
  return rows.map(parsed)
}

interface TripText {
  readonly id: string
  readonly deviceId: string
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly facts: string
}

function tripQuery(book: Kysely<BookSchema>) {
  return book
    .selectFrom('trips')
    .select([
      'trips.id as id',
      'trips.device_id as deviceId',
      'trips.started_at_ms as startedAtMs',
      'trips.ended_at_ms as endedAtMs',
      'trips.facts as facts',
    ])
    .where('trips.status', '=', 'ended')
}

function parsed({ facts, ...trip }: TripText): MeasuredTrip {
  return { ...trip, facts: parseTripFacts(facts) }
}

function summed(trip: MeasuredTrip): SummedTrip {
  return sumsOf(trip.deviceId, trip)
}

async function unsummedTrips(book: Kysely<BookSchema>, policyId: string): Promise<readonly MeasuredTrip[]> {
  const rows = await tripQuery(book)
    .innerJoin('unsummed_trips', (join) =>
      join
        .onRef('unsummed_trips.device_id', '=', 'trips.device_id')
        .onRef('unsummed_trips.started_at_ms', '=', 'trips.started_at_ms'),
    )
    .innerJoin('policy_devices', 'policy_devices.device_id', 'unsummed_trips.device_id')
    .where('policy_devices.policy_id', '=', policyId)
    .execute()
  return rows.map(parsed)
}

/** The policy's trips that one of these corrections may be about. */
async function tripsAround(
  book: Kysely<BookSchema>,
  policyId: string,
  accepted: readonly Correction[],
): Promise<readonly MeasuredTrip[]> {
  const rows = await tripQuery(book)
    .innerJoin('policy_devices', 'policy_devices.device_id', 'trips.device_id')
    .where('policy_devices.policy_id', '=', policyId)
    .where((where) =>
      where.or(
        accepted.flatMap(({ tripId, deviceId, tripStartMs, tripEndMs, event }) => [
          where('trips.id', '=', tripId),
          where.and([
            where('trips.device_id', '=', deviceId),
            where('trips.started_at_ms', '<=', Math.max(tripEndMs, event?.endMs ?? tripEndMs) + aroundMs),
            where('trips.ended_at_ms', '>=', Math.min(tripStartMs, event?.startMs ?? tripStartMs) - aroundMs),
          ]),
        ]),
      ),
    )
    .execute()
  return rows.map(parsed)
}
