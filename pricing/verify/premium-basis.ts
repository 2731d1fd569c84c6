// What a premium rests on, out of the book: which trips and days were there when it was computed, which came or changed
// since, and the corrections that were accepted then.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Book } from '../../store/book/schema.ts'
import { correctionOf } from '../accepted-corrections.ts'
import type { Correction } from '../corrections.ts'

export interface PremiumBasis {
  /** Trips and days by `experienceKey`, as they were. */
  readonly there: ReadonlySet<string>
  /** Of these, the ones that the book wrote again since. */
  readonly changedSince: ReadonlySet<string>
  readonly accepted: readonly Correction[]
  /** False for a premium from before this was kept: everything that had ended by its time is taken. */
  readonly isKept: boolean
}

const idsForm = Compile(Type.Array(Type.String()))

/** @param at the start of a trip in epoch milliseconds, or the date of a day */
export function experienceKey(deviceId: string, at: number | string): string {
  return `${at}/${deviceId}`
}

export async function premiumBasis(
  book: Book,
  premium: { readonly id: string; readonly policyId: string; readonly computedAtMs: number },
): Promise<PremiumBasis> {
  const kept = await book.selectFrom('premium_bases').selectAll().where('premium_id', '=', premium.id).executeTakeFirst()
  const log = await book
    .selectFrom('experience_log')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'experience_log.device_id')
    .select(['experience_log.number', 'experience_log.device_id', 'started_at_ms', 'day', 'change'])
    .where('policy_devices.policy_id', '=', premium.policyId)
    .orderBy('experience_log.number')
    .execute()
  const there = new Set<string>()
  const changedSince = new Set<string>()
  for (const { number, device_id, started_at_ms, day, change } of log) {
    const key = experienceKey(device_id, started_at_ms ?? day ?? '')
    if (kept !== undefined && number > kept.log_number) changedSince.add(key)
    else if (change === 'there') there.add(key)
    else there.delete(key)
  }
  if (kept === undefined) return { there: await endedBy(book, premium), changedSince, accepted: [], isKept: false }
  const ids: unknown = JSON.parse(kept.accepted)
  const rows =
    idsForm.Check(ids) && ids.length > 0
      ? await book.selectFrom('disputes').selectAll().where('id', 'in', ids).orderBy('id').execute()
      : []
  return { there, changedSince, accepted: rows.map(correctionOf), isKept: true }
}

async function endedBy(
  book: Book,
  { policyId, computedAtMs }: { readonly policyId: string; readonly computedAtMs: number },
): Promise<ReadonlySet<string>> {
  const trips = await book
    .selectFrom('trips')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'trips.device_id')
    .select(['trips.device_id', 'started_at_ms'])
    .where('policy_devices.policy_id', '=', policyId)
    .where('status', '=', 'ended')
    .where('ended_at_ms', '<=', computedAtMs)
    .execute()
  const days = await book
    .selectFrom('home_days')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'home_days.device_id')
    .select(['home_days.device_id', 'day'])
    .where('policy_devices.policy_id', '=', policyId)
    .where('day', '<=', new Date(computedAtMs).toISOString().slice(0, 10))
    .execute()
  return new Set([
    ...trips.map((trip) => experienceKey(trip.device_id, trip.started_at_ms)),
    ...days.map(({ device_id, day }) => experienceKey(device_id, day)),
  ])
}
