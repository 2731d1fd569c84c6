// Trips out of the book, with their events counted as the policy's edition counts them.

import { acceptedCorrections, correctionOf } from '../../pricing/accepted-corrections.ts'
import { type Correction, correctTrips, tripMatch } from '../../pricing/corrections.ts'
import type { StoredScore } from '../../pricing/score/score-course.ts'
import { countsAt, isRateable, type Rungs, readTripFacts, type TripFacts } from '../../pricing/trip-facts.ts'
import { rolesOf } from '../../pricing/trip-role.ts'
import type { Book, TripRow } from '../../store/book/schema.ts'
import type { ShownScore } from './score-shapes.ts'
import type { Trip, TripDetail, TripPage } from './shapes.ts'

export const tripsPerPageMax = 200
export const tripsPerPage = 30
/** Read for one page of a filter; what lies further back is the next page's. */
const tripsReadMax = 1000

/** By what becomes of it for the price; `disputed` when something was said of it that was not taken back. */
export const tripFilters = ['counted', 'not-counted', 'disputed'] as const
export type TripFilter = (typeof tripFilters)[number]

export interface WantedTrips {
  /** Only trips that started before this instant. */
  readonly before?: number
  readonly limit?: number
  readonly filter?: TripFilter
}

/** Newest first. Of a filter that finds little, a page may hold fewer and still have a next one. */
export async function pageOfTrips(
  book: Book,
  policyId: string,
  rungs: Rungs,
  { before, limit = tripsPerPage, filter }: WantedTrips,
): Promise<TripPage> {
  const accepted = await acceptedCorrections(book, policyId)
  const disputed = filter === 'disputed' ? await saidOfTrips(book, policyId) : []
  const trips: Trip[] = []
  let nextBefore = before
  for (let read = 0; trips.length < limit && read < tripsReadMax; ) {
    const wanted = filter === undefined ? limit : tripsPerPageMax
    const rows = await tripsBefore(book, policyId, nextBefore, wanted + 1)
    const shown = rows
      .slice(0, wanted)
      .filter((row) => filter !== 'disputed' || isAbout(disputed, row))
      .flatMap((row) => readable(row))
      .map((found) => toCorrectedTrip(found, accepted, rungs))
      .filter((trip) => filter === undefined || filter === 'disputed' || isCounted(trip) === (filter === 'counted'))
    const room = limit - trips.length
    trips.push(...shown.slice(0, room))
    nextBefore = shown.length > room ? trips.at(-1)?.startedAtMs : rows.at(wanted - 1)?.started_at_ms
    read += rows.length
    if (shown.length <= room && rows.length <= wanted) {
      nextBefore = undefined
      break
    }
  }
  const roles = await rolesOf(book, policyId, trips.map(spanOf))
  return { trips: trips.map((trip) => ({ ...trip, said: roles.get(trip.id) ?? null })), nextBefore: nextBefore ?? null }
}

function tripsBefore(book: Book, policyId: string, before: number | undefined, limit: number): Promise<TripRow[]> {
  let query = book
    .selectFrom('trips')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'trips.device_id')
    .where('policy_devices.policy_id', '=', policyId)
    .selectAll('trips')
  if (before !== undefined) query = query.where('trips.started_at_ms', '<', before)
  return query.orderBy('trips.started_at_ms', 'desc').orderBy('trips.id').limit(limit).execute()
}

/** The trips of a policy that started at these instants, in any order. */
export async function tripsAt(book: Book, policyId: string, rungs: Rungs, startsMs: readonly number[]): Promise<readonly Trip[]> {
  if (startsMs.length === 0) return []
  const rows = await book
    .selectFrom('trips')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'trips.device_id')
    .where('policy_devices.policy_id', '=', policyId)
    .where('trips.started_at_ms', 'in', startsMs)
    .selectAll('trips')
    .execute()
  const accepted = await acceptedCorrections(book, policyId)
  return rows.flatMap((row) => readable(row)).map((found) => toCorrectedTrip(found, accepted, rungs))
}

/** Everything that was said of a policy's trips and not taken back. */
async function saidOfTrips(book: Book, policyId: string): Promise<readonly Correction[]> {
  const rows = await book
    .selectFrom('disputes')
    .selectAll()
    .where('policy_id', '=', policyId)
    .where('status', '<>', 'withdrawn')
    .execute()
  return rows.map(correctionOf)
}

function isAbout(said: readonly Correction[], row: TripRow): boolean {
  const span = { id: row.id, deviceId: row.device_id, startedAtMs: row.started_at_ms, endedAtMs: row.ended_at_ms }
  return said.some((correction) => tripMatch(correction, span) !== undefined)
}

function isCounted({ standing }: Trip): boolean {
  return standing === 'counts'
}

function spanOf({ id, deviceId, startedAtMs, endedAtMs }: Trip) {
  return { id, device_id: deviceId, started_at_ms: startedAtMs, ended_at_ms: endedAtMs }
}

/** Of the newest trips; what a policy's first screen and statement sum up. */
export async function tripFactsOf(book: Book, policyId: string, tripsMax: number): Promise<readonly FoundTrip[]> {
  const rows = await book
    .selectFrom('trips')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'trips.device_id')
    .where('policy_devices.policy_id', '=', policyId)
    .selectAll('trips')
    .orderBy('trips.started_at_ms', 'desc')
    .limit(tripsMax)
    .execute()
  return rows.flatMap((row) => readable(row))
}

export interface FoundTrip {
  readonly row: TripRow
  readonly facts: TripFacts
}

/** The trip and the policies its device belongs to; undefined when there is no such trip. */
export async function findTrip(
  book: Book,
  id: string,
): Promise<(FoundTrip & { readonly policyIds: readonly string[] }) | undefined> {
  const row = await book.selectFrom('trips').selectAll().where('id', '=', id).executeTakeFirst()
  const [found] = row === undefined ? [] : readable(row)
  if (found === undefined) return undefined
  const policies = await book
    .selectFrom('policy_devices')
    .select('policy_id')
    .where('device_id', '=', found.row.device_id)
    .execute()
  return { ...found, policyIds: policies.map((entry) => entry.policy_id) }
}

/** As it counts for the price: with the counts that are left, or as one that was taken out. */
function toCorrectedTrip({ row, facts }: FoundTrip, accepted: readonly Correction[], rungs: Rungs): Trip {
  const corrected = correctedFacts({ row, facts }, accepted)
  return { ...toTrip(row, corrected ?? facts, rungs), standing: standingOf({ row, facts }, accepted) }
}

/** What becomes of a trip for the price. */
export function standingOf(found: FoundTrip, accepted: readonly Correction[] = []): Trip['standing'] {
  if (found.row.status === 'open') return 'open'
  if (correctedFacts(found, accepted) === undefined) return 'taken-out'
  if (found.facts.role === 'not-driven') return 'not-driven'
  return isRateable(found.facts) ? 'counts' : 'contradictory'
}

function correctedFacts({ row, facts }: FoundTrip, accepted: readonly Correction[]): TripFacts | undefined {
  const { id, device_id: deviceId, started_at_ms: startedAtMs, ended_at_ms: endedAtMs } = row
  const [corrected] = correctTrips([{ id, deviceId, startedAtMs, endedAtMs, facts }], accepted)
  return corrected?.facts
}

/** As it was measured, whatever anybody said of it. */
export function toTrip(row: TripRow, facts: TripFacts, rungs: Rungs): Trip {
  return {
    id: row.id,
    deviceId: row.device_id,
    startedAtMs: row.started_at_ms,
    endedAtMs: row.ended_at_ms,
    status: row.status,
    standing: standingOf({ row, facts }),
    distanceM: facts.distanceM,
    durationS: facts.durationS,
    maxSpeedKph: facts.maxSpeedKph,
    nightShare: facts.nightShare,
    completeness: facts.completeness,
    counts: countsAt(facts, rungs),
    ...(facts.score === undefined ? {} : { score: shownScore(facts.score) }),
  }
}

/** A trip on a page of its own: measured, with what was noticed on it and how good its data was. */
export function toTripDetail({ row, facts }: FoundTrip, rungs: Rungs, course: TripDetail['course']): TripDetail {
  const { confidence, agreement, clockTrust, doubts, carried, checks } = facts
  return {
    ...toTrip(row, facts, rungs),
    timeZone: facts.timeZone,
    events: [...facts.events],
    quality: { confidence, agreement, clockTrust, doubts, carried, checks },
    observations: facts.observations ?? [],
    heat: facts.score?.heat ?? [],
    course,
  }
}

function shownScore({ score, confidence, components }: StoredScore): ShownScore {
  return { score, confidence, components }
}

/** A damaged row is pricing's to mend and to report; the trips beside it are shown. */
function readable(row: TripRow): readonly FoundTrip[] {
  const facts = readTripFacts(row.facts)
  return facts === undefined ? [] : [{ row, facts }]
}
