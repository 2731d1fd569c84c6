// Turns what pricing says has changed into live events for those who watch. Looks things up only for policies that
// somebody is watching.

import type { PricingChange } from '../../pricing/pricing-change.ts'
import type { Pricing } from '../../pricing/start-pricing.ts'
import type { Book } from '../../store/book/schema.ts'
import { toHomeDay } from './home-days.ts'
import { rungsOf } from './premiums.ts'
import type { Services } from './services.ts'
import type { LiveEvent } from './shapes.ts'
import { findTrip, toTrip } from './trips.ts'

/** A replay can change more than anybody could watch; pages fetch what they missed. */
const waitingMax = 1000

/** @returns stops publishing */
export function publishChanges(pricing: Pricing, { book, live, metrics, log }: Services): () => void {
  let waiting = 0
  let last: Promise<void> = Promise.resolve()
  return pricing.onChange((change) => {
    if (change.kind === 'premium') metrics.premiumComputed()
    const { policyId } = change
    if (policyId === undefined || !live.isWatched(policyId) || waiting >= waitingMax) return
    waiting += 1
    // One after the other, so that events arrive in the order in which things happened.
    last = last
      .then(async () => {
        const event = await eventOf(book, policyId, change)
        if (event !== undefined) live.publish(event)
      })
      .catch((error) => log.error({ err: error }, 'a change could not be told live'))
      .finally(() => {
        waiting -= 1
      })
  })
}

/** Undefined when what changed is gone again. */
async function eventOf(book: Book, policyId: string, change: PricingChange): Promise<LiveEvent | undefined> {
  if (change.kind === 'premium') {
    const { premiumMinor, currency } = change
    return { kind: 'premium', policyId, premiumMinor, currency }
  }
  if (change.kind === 'home-day') {
    const { deviceId, day } = change
    const row = await book
      .selectFrom('home_days')
      .selectAll()
      .where('device_id', '=', deviceId)
      .where('day', '=', day)
      .executeTakeFirst()
    return row === undefined ? undefined : { kind: 'home-day', policyId, day: toHomeDay(row) }
  }
  const found = await findTrip(book, change.tripId)
  if (found === undefined) return undefined
  const policy = await book.selectFrom('policies').select('plan_id').where('id', '=', policyId).executeTakeFirst()
  if (policy === undefined) return undefined
  const rungs = await rungsOf(book, policy.plan_id)
  return { kind: 'trip', policyId, trip: toTrip(found.row, found.facts, rungs), at: change.at }
}
