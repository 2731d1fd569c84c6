// Reads the book's policies of a plan and estimates K for each of the behaviours of its active edition.

import type { Book } from '../../store/book/schema.ts'
import { acceptedCorrections } from '../accepted-corrections.ts'
import { correctTrips } from '../corrections.ts'
import { activeEdition } from '../lifecycle/active-edition.ts'
import { endedTripsOf, sumsOfPolicy } from '../stored-driving.ts'
import { type SummedTrip, sumsOf } from '../trip-sums.ts'
import { BehaviourExperience, type BehaviourK } from './behaviour-k.ts'
import type { StructureMethod } from './buhlmann-straub.ts'

export type BookK =
  | {
      readonly kind: 'estimated'
      readonly planId: string
      readonly editionHash: string
      readonly behaviours: readonly BehaviourK[]
    }
  | { readonly kind: 'no-edition'; readonly planId: string }
  /** Homes have no trips: their experience is days. */
  | { readonly kind: 'not-motor'; readonly planId: string }

export interface BookKOptions {
  readonly planId: string
  readonly periodDays: number
  readonly method: StructureMethod
}

export async function estimateBookK(book: Book, { planId, periodDays, method }: BookKOptions): Promise<BookK> {
  const edition = await activeEdition(book, planId)
  if (edition === undefined) return { kind: 'no-edition', planId }
  if (edition.product !== 'motor') return { kind: 'not-motor', planId }
  const experience = new BehaviourExperience(edition.behaviours, periodDays)
  const policies = await book.selectFrom('policies').select('id').where('plan_id', '=', planId).orderBy('id').execute()
  for (const { id } of policies) experience.add(id, await tripsOf(book, id))
  return { kind: 'estimated', planId, editionHash: edition.hash, behaviours: experience.estimate(method) }
}

/** As they rate: what was disputed and accepted is taken out. */
async function tripsOf(book: Book, policyId: string): Promise<readonly SummedTrip[]> {
  const accepted = await acceptedCorrections(book, policyId)
  const unsummed = await book
    .selectFrom('unsummed_trips')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'unsummed_trips.device_id')
    .select('unsummed_trips.device_id')
    .where('policy_devices.policy_id', '=', policyId)
    .executeTakeFirst()
  if (accepted.length === 0 && unsummed === undefined) return sumsOfPolicy(book, policyId)
  return correctTrips(await endedTripsOf(book, policyId), accepted).map((trip) => sumsOf('', trip))
}
