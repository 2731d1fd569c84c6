// Disputes on a real book with the real pricing: filed, decided, taken back, and measured again underneath.

import { afterEach, beforeEach, expect, test } from 'vitest'
import type { MeasuredEvent } from '../../pricing/corrections.ts'
import {
  decideDispute,
  fileDispute,
  filedPerDayMax,
  type NewDispute,
  openDisputesMax,
  stakesOf,
  withdrawDispute,
  wordsCharactersMax,
} from '../../pricing/disputes.ts'
import { addPolicy } from '../../pricing/policies.ts'
import { currentPremium } from '../../pricing/premium-of.ts'
import type { Pricing } from '../../pricing/start-pricing.ts'
import { parseTripFacts } from '../../pricing/trip-facts.ts'
import type { DisputeRow, TripRow } from '../../store/book/schema.ts'
import { brakingDrive, mondayMs } from './drives.ts'
import { type OpenStores, openStores, startStill } from './open-stores.ts'

const dayMs = 86_400_000
const nowMs = mondayMs + 30 * dayMs
const tuesdayMs = mondayMs + dayMs

let stores: OpenStores
let pricing: Pricing

beforeEach(async () => {
  stores = await openStores()
  await stores.addDevice('car', 'vehicle')
  await addPolicy(stores.book, { id: 'motor-1', product: 'motor', deviceIds: ['car'] }, 0)
  pricing = await startStill(stores, () => nowMs)
})
afterEach(async () => {
  await pricing.close()
  await stores.close()
})

async function driven(...starts: readonly number[]): Promise<readonly TripRow[]> {
  for (const startMs of starts) await stores.append(brakingDrive(startMs))
  await pricing.settle()
  return trips()
}

const trips = () => stores.book.selectFrom('trips').selectAll().orderBy('started_at_ms').execute()

async function worksheet(): Promise<string> {
  const premium = await currentPremium(stores.book, 'motor-1')
  const { computedAtMs: _, ...rest } = premium ?? { computedAtMs: 0 }
  return JSON.stringify(rest)
}

async function premiumMinor(): Promise<number> {
  const premium = await currentPremium(stores.book, 'motor-1')
  return premium?.premiumMinor ?? Number.NaN
}

async function history(): Promise<readonly number[]> {
  const rows = await stores.book
    .selectFrom('premium_changes')
    .innerJoin('premiums', 'premiums.id', 'premium_changes.premium_id')
    .select('premium_minor')
    .orderBy('number')
    .execute()
  return rows.map((row) => row.premium_minor)
}

function only<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new Error(`there are only ${items.length}`)
  return item
}

function brakes(trip: TripRow): readonly MeasuredEvent[] {
  return parseTripFacts(trip.facts).events.filter(({ kind }) => kind === 'brake')
}

const passenger = (tripId: string): NewDispute => ({ policyId: 'motor-1', tripId, kind: 'passenger', event: undefined, note: '' })

async function filed(wanted: NewDispute): Promise<DisputeRow> {
  const outcome = await fileDispute(stores.book, wanted, nowMs)
  if (outcome.kind !== 'filed') throw new Error(outcome.kind)
  return outcome.dispute
}

async function decided(dispute: DisputeRow, accept: boolean, reason = 'seen'): Promise<DisputeRow> {
  const outcome = await decideDispute(stores.book, dispute.id, { accept, reason, decidedBy: await insurer() }, nowMs)
  if (outcome.kind !== 'done') throw new Error(outcome.kind)
  return outcome.dispute
}

async function insurer(): Promise<string> {
  const at = new Date(0).toISOString()
  await stores.book
    .insertInto('user')
    .values({
      id: 'ines',
      name: 'Ines',
      email: 'ines@merit.example',
      emailVerified: 0,
      image: null,
      createdAt: at,
      updatedAt: at,
      role: 'insurer',
      locale: 'en',
      demo: 0,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return 'ines'
}

test('an accepted passenger trip leaves the premium of a book without that trip, and taken back every byte is as before', async () => {
  await driven(tuesdayMs)
  const without = await worksheet()
  const [monday] = await driven(mondayMs)
  const before = await worksheet()
  expect(before).not.toBe(without)
  const dispute = await filed(passenger(monday?.id ?? ''))
  expect(await worksheet(), 'a dispute alone changes nothing').toBe(before)

  await decided(dispute, true)
  expect(await worksheet()).toBe(without)
  expect(
    (await trips()).map(({ id }) => id),
    'the trip stays as measured',
  ).toContain(monday?.id)

  const outcome = await withdrawDispute(stores.book, dispute.id, nowMs)
  expect(outcome).toMatchObject({ kind: 'done', dispute: { status: 'withdrawn' }, repriced: { kind: 'repriced' } })
  expect(await worksheet()).toBe(before)
  const paid = await history()
  expect(paid.slice(-3), 'the history tells all of it').toEqual([paid.at(-1), paid.at(-2), paid.at(-1)])
  expect(paid.at(-1)).toBe(await premiumMinor())
})

test('the advice follows: what is excused is no longer advised', async () => {
  const [monday] = await driven(mondayMs)
  const trip = monday ?? only([], 0)
  const advised = async (): Promise<readonly string[]> => {
    const rows = await stores.book
      .selectFrom('nudges')
      .innerJoin('policies', 'policies.current_premium_id', 'nudges.premium_id')
      .select('behaviour')
      .execute()
    return rows.map(({ behaviour }) => behaviour)
  }
  expect(await advised()).toContain('braking')
  expect(brakes(trip).length).toBeGreaterThan(3)
  for (const { kind, startMs } of brakes(trip))
    await decided(await filed({ ...passenger(trip.id), kind: 'avoided-harm', event: { kind, startMs } }), true)
  expect(await advised()).not.toContain('braking')
})

test('an excused brake is one less at the rungs it reached, and the distance stays', async () => {
  const [monday] = await driven(mondayMs)
  const trip = monday ?? only([], 0)
  const { kind, startMs } = only(brakes(trip), 0)
  const rated = async () => {
    const row = await stores.book
      .selectFrom('policies')
      .innerJoin('premiums', 'premiums.id', 'policies.current_premium_id')
      .select('premiums.facts')
      .executeTakeFirstOrThrow()
    const { driving } = JSON.parse(row.facts)
    return { brakes: driving.brakes, distanceKm: driving.distanceKm, trips: driving.trips }
  }
  const before = await rated()
  await decided(await filed({ ...passenger(trip.id), kind: 'wrong-event', event: { kind, startMs } }), true)
  const after = await rated()
  expect(after).toEqual({ ...before, brakes: before.brakes.map((count: number) => Math.max(0, count - 1)) })
})

test('rejected changes nothing; decided otherwise it does; the same decision again leaves who made it and when', async () => {
  const [monday] = await driven(mondayMs)
  const before = await worksheet()
  const dispute = await filed(passenger(monday?.id ?? ''))
  const rejected = await decided(dispute, false, 'The phone was in the driver’s hands.')
  expect(rejected).toMatchObject({ status: 'rejected', decided_by: 'ines', reason: 'The phone was in the driver’s hands.' })
  expect(await worksheet()).toBe(before)
  expect(await withdrawDispute(stores.book, dispute.id, nowMs)).toMatchObject({ kind: 'settled' })

  await decided(dispute, true)
  const accepted = await worksheet()
  expect(accepted).not.toBe(before)
  const again = await decideDispute(stores.book, dispute.id, { accept: true, reason: 'seen', decidedBy: 'ines' }, nowMs + 1)
  expect(again).toMatchObject({ dispute: { decided_at_ms: nowMs }, repriced: { kind: 'unchanged' } })
  expect(await worksheet()).toBe(accepted)
})

test('what hangs on a dispute is what the premium then comes to', async () => {
  const [monday] = await driven(mondayMs, tuesdayMs)
  const dispute = await filed(passenger(monday?.id ?? ''))
  const before = await premiumMinor()
  const stakes = await stakesOf(stores.book, dispute)
  expect(stakes?.rejectedMinor).toBe(before)
  expect(await premiumMinor(), 'looking keeps nothing').toBe(before)
  await decided(dispute, true)
  expect(await premiumMinor()).toBe(stakes?.acceptedMinor)
  expect(await stakesOf(stores.book, await decided(dispute, true))).toEqual(stakes)
})

test('a decision survives the trip being measured again, also when late readings move its start', async () => {
  await driven(tuesdayMs)
  const without = await worksheet()
  const [monday] = await driven(mondayMs)
  await decided(await filed(passenger(monday?.id ?? '')), true)
  expect(await worksheet()).toBe(without)

  await stores.append(brakingDrive(mondayMs - 4 * 60_000, 3))
  await pricing.settle()
  const [moved, ...others] = await trips()
  expect([moved?.started_at_ms, others.length]).toEqual([mondayMs - 4 * 60_000, 1])
  expect(moved?.id).not.toBe(monday?.id)
  expect(await worksheet()).toBe(without)

  await pricing.close()
  pricing = await startStill(stores, () => nowMs)
  await pricing.settle()
  expect(await worksheet()).toBe(without)
})

test('what is refused, in order', async () => {
  const [monday] = await driven(mondayMs)
  const wanted = passenger(monday?.id ?? '')
  const refused = async (change: Partial<NewDispute>) => (await fileDispute(stores.book, { ...wanted, ...change }, nowMs)).kind
  expect(await refused({ note: 'x'.repeat(wordsCharactersMax + 1) })).toBe('too-long')
  expect(await refused({ tripId: 'none' })).toBe('unknown-trip')
  expect(await refused({ policyId: 'motor-2' })).toBe('unknown-trip')
  expect(await refused({ kind: 'avoided-harm' })).toBe('wrong-kind')
  expect(await refused({ event: { kind: 'brake', startMs: mondayMs + 30_000 } })).toBe('wrong-kind')
  expect(await refused({ kind: 'wrong-event', event: { kind: 'brake', startMs: 1 } })).toBe('unknown-event')
  const first = await filed(wanted)
  expect(await fileDispute(stores.book, { ...wanted, note: 'again' }, nowMs)).toEqual({ kind: 'exists', dispute: first })
  expect(await refused({ kind: 'not-my-car' })).toBe('filed')
  const unknown = { accept: true, reason: '', decidedBy: await insurer() }
  expect(await decideDispute(stores.book, 'none', unknown, nowMs)).toEqual({ kind: 'unknown' })
  expect(await withdrawDispute(stores.book, 'none', nowMs)).toEqual({ kind: 'unknown' })
  await withdrawDispute(stores.book, first.id, nowMs)
  expect(await decideDispute(stores.book, first.id, unknown, nowMs)).toMatchObject({ kind: 'settled' })
  const again = await filed(wanted)
  expect(again.id).not.toBe(first.id)
})

test('a policy’s disputes are limited, those that wait and those of a day', async () => {
  const [monday] = await driven(mondayMs)
  const events = Array.from({ length: openDisputesMax + 1 }, (_, index) => ({
    kind: 'brake' as const,
    startMs: mondayMs + index * 10_000,
    endMs: mondayMs + index * 10_000 + 1000,
    peak: 3.5,
  }))
  const facts = { ...parseTripFacts(monday?.facts ?? ''), events }
  await stores.book
    .updateTable('trips')
    .set({ facts: JSON.stringify(facts) })
    .execute()
  const about = (index: number): NewDispute => {
    const { kind, startMs } = only(events, index)
    return { ...passenger(monday?.id ?? ''), kind: 'avoided-harm', event: { kind, startMs } }
  }
  for (let index = 0; index < openDisputesMax; index += 1) await filed(about(index))
  expect(await fileDispute(stores.book, about(openDisputesMax), nowMs)).toEqual({ kind: 'too-many' })
  expect(await fileDispute(stores.book, about(0), nowMs), 'what was said stays said').toMatchObject({ kind: 'exists' })

  await stores.book.updateTable('disputes').set({ status: 'withdrawn' }).execute()
  for (let said = openDisputesMax; said < filedPerDayMax; said += 1) {
    const { id } = await filed(about(0))
    await withdrawDispute(stores.book, id, nowMs)
  }
  expect(await fileDispute(stores.book, about(0), nowMs)).toEqual({ kind: 'too-many' })
  expect(await fileDispute(stores.book, about(0), nowMs + dayMs)).toMatchObject({ kind: 'filed' })
})
