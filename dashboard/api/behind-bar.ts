// What lies behind a bar: every trip or day that is rated is left out once, and the bar is drawn again without it.

import { acceptedCorrections } from '../../pricing/accepted-corrections.ts'
import { drivenFacts, homeFacts, type StoredHomeDay } from '../../pricing/experience.ts'
import { editionOf } from '../../pricing/lifecycle/active-edition.ts'
import { withTermBefore } from '../../pricing/lifecycle/shadow.ts'
import { previousAnnualMinor } from '../../pricing/lifecycle/stored-terms.ts'
import { homeDaysOfPolicy } from '../../pricing/month-of-policy.ts'
import { storedClassFacts } from '../../pricing/policy-facts.ts'
import type { Facts } from '../../pricing/rating/facts.ts'
import { rate } from '../../pricing/rating/rate.ts'
import { tripsOfPolicy } from '../../pricing/stored-driving.ts'
import { leaveOut } from '../../pricing/trip-effects.ts'
import type { SummedTrip } from '../../pricing/trip-sums.ts'
import type { Book } from '../../store/book/schema.ts'
import { isPersonal, type PathStep, premiumPath } from '../messages/premium-path.ts'
import { toHomeDay } from './home-days.ts'
import { rungsOf } from './premiums.ts'
import type { Policy } from './shapes.ts'
import type { BehindBar } from './trip-shapes.ts'
import { tripsAt } from './trips.ts'

interface Wanted {
  readonly from: number
  readonly limit: number
}

/** Undefined without a premium, and for a step that nothing measured moves. @throws BadFacts for a row that does not parse */
export async function behindBar(book: Book, policy: Policy, stepId: string, wanted: Wanted): Promise<BehindBar | undefined> {
  const row = await book.selectFrom('policies').selectAll().where('id', '=', policy.id).executeTakeFirst()
  const charged = await book
    .selectFrom('premiums')
    .select('edition_hash')
    .where('id', '=', row?.current_premium_id ?? '')
    .executeTakeFirst()
  const edition = charged && (await editionOf(book, charged.edition_hash))
  if (row === undefined || edition === undefined) return undefined
  const { class: known, ...claims } = storedClassFacts(row, edition)
  const termBefore = await previousAnnualMinor(book, policy.id)
  const barOf = (facts: Facts): PathStep | undefined => {
    const path = premiumPath(rate(edition, policy.id, withTermBefore({ ...facts, ...claims }, edition, termBefore)))
    return path.ownSteps.find(({ step }) => step.id === stepId && isPersonal(step))
  }
  const head = { step: stepId, currency: edition.currency }
  if (policy.product === 'motor') {
    const { all, trips } = leaveOut(await tripsOfPolicy(book, policy.id, await acceptedCorrections(book, policy.id)))
    const bar = barOf(drivenFacts(known, all))
    if (bar === undefined) return undefined
    const { changeMinor } = bar
    const moved = byMovement(
      trips.map(({ trip, without }) => ({ of: trip, movedMinor: movedMinor(bar, barOf(drivenFacts(known, without))) })),
      ({ startedAtMs }) => startedAtMs,
    )
    const shown = moved.slice(wanted.from, wanted.from + wanted.limit)
    const found = await tripsAt(
      book,
      policy.id,
      await rungsOf(book, policy.planId),
      shown.map(({ of }) => of.startedAtMs),
    )
    const items = shown.flatMap(({ of, movedMinor }) => {
      const trip = found.find((each) => isSame(each, of))
      return trip === undefined ? [] : [{ kind: 'trip' as const, movedMinor, trip }]
    })
    return { ...head, changeMinor, count: moved.length, items, next: nextOf(wanted, moved.length) }
  }
  const days = await homeDaysOfPolicy(book, policy.id)
  const bar = barOf(homeFacts(known, days))
  if (bar === undefined) return undefined
  const { changeMinor } = bar
  const moved = byMovement(
    days.map((day) => ({ of: day, movedMinor: movedMinor(bar, barOf(homeFacts(known, without(days, day)))) })),
    ({ day }) => Date.parse(day),
  ).filter(({ movedMinor }) => Math.abs(movedMinor) > 0)
  const items = moved.slice(wanted.from, wanted.from + wanted.limit).map(({ of, movedMinor }) => {
    const { deviceId, day, facts } = of
    return { kind: 'day' as const, movedMinor, day: toHomeDay({ device_id: deviceId, day, facts: JSON.stringify(facts) }) }
  })
  return { ...head, changeMinor, count: moved.length, items, next: nextOf(wanted, moved.length) }
}

/** Only this step's own factor is another: that the steps before it move too is told where they are. */
function movedMinor({ step, toMinor }: PathStep, without: PathStep | undefined): number {
  return without === undefined || step.operand === 0 ? 0 : toMinor - (toMinor * without.step.operand) / step.operand
}

/** The last day of a device never counts; leaving a day out must not make the one before it the last. */
function without(days: readonly StoredHomeDay[], left: StoredHomeDay): readonly StoredHomeDay[] {
  const isLast = days.every(({ deviceId, day }) => deviceId !== left.deviceId || day <= left.day)
  return isLast ? days : days.filter((day) => day !== left)
}

/** The most first, and of those that moved alike the newest. */
function byMovement<Of>(moved: readonly { readonly of: Of; readonly movedMinor: number }[], at: (of: Of) => number) {
  return moved.toSorted((one, other) => Math.abs(other.movedMinor) - Math.abs(one.movedMinor) || at(other.of) - at(one.of))
}

function isSame(
  trip: { readonly deviceId: string; readonly startedAtMs: number },
  { deviceId, startedAtMs }: SummedTrip,
): boolean {
  return trip.startedAtMs === startedAtMs && (deviceId === '' || trip.deviceId === deviceId)
}

function nextOf({ from, limit }: Wanted, count: number): string | null {
  return from + limit < count ? String(from + limit) : null
}
