// Who drove, as the holder says it, and what a trip costs, on a real book with the real pricing.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { decideDispute } from '../../pricing/disputes.ts'
import { monthOfPolicy } from '../../pricing/month-of-policy.ts'
import { addPolicy } from '../../pricing/policies.ts'
import { currentPremium } from '../../pricing/premium-of.ts'
import type { Pricing } from '../../pricing/start-pricing.ts'
import { tripCost } from '../../pricing/trip-cost.ts'
import { rolesOf, type SaidRole, sayRole } from '../../pricing/trip-role.ts'
import type { TripRow } from '../../store/book/schema.ts'
import { brakingDrive, mondayMs } from './drives.ts'
import { type OpenStores, openStores, startStill } from './open-stores.ts'

const dayMs = 86_400_000
const nowMs = mondayMs + 25 * dayMs

let stores: OpenStores
let pricing: Pricing
let trips: readonly TripRow[] = []

beforeEach(async () => {
  stores = await openStores()
  await stores.addDevice('car', 'vehicle')
  await addPolicy(stores.book, { id: 'motor-1', product: 'motor', deviceIds: ['car'] }, 0)
  pricing = await startStill(stores, () => nowMs)
  for (const day of [0, 8, 15, 22]) await stores.append(brakingDrive(mondayMs + day * dayMs, 10 + day))
  await pricing.settle()
  trips = await stores.book.selectFrom('trips').selectAll().orderBy('started_at_ms').execute()
  await stores.book
    .insertInto('user')
    .values({
      id: 'u',
      name: 'U',
      email: 'u@merit.example',
      emailVerified: 0,
      image: null,
      createdAt: '',
      updatedAt: '',
      role: 'policyholder',
      locale: 'en',
      demo: 0,
    })
    .execute()
})
afterEach(async () => {
  await pricing.close()
  await stores.close()
})

async function premiumMinor(): Promise<number> {
  return (await currentPremium(stores.book, 'motor-1'))?.premiumMinor ?? Number.NaN
}

async function first(): Promise<TripRow> {
  const [trip] = trips
  if (trip === undefined) throw new Error('no trip')
  return trip
}

async function say(role: SaidRole | null) {
  return sayRole(stores.book, { policyId: 'motor-1', tripId: (await first()).id, role, userId: 'u' }, nowMs)
}

async function stands(): Promise<SaidRole | undefined> {
  const trip = await first()
  return (await rolesOf(stores.book, 'motor-1', trips)).get(trip.id)
}

test('one answer stands at a time: each takes the place of the one before, and null leaves none', async () => {
  expect(await stands()).toBeUndefined()
  for (const role of ['driver', 'passenger', 'driver', 'not-my-car', 'passenger'] as const) {
    expect(await say(role)).toMatchObject({ kind: 'said', role })
    expect(await stands()).toBe(role)
  }
  expect(await say(null)).toMatchObject({ kind: 'said', role: null, disputeId: null })
  expect(await stands()).toBeUndefined()
  const open = await stores.book.selectFrom('disputes').selectAll().where('status', '=', 'open').execute()
  expect(open).toEqual([])
  expect(await stores.book.selectFrom('trip_confirmations').selectAll().execute()).toEqual([])
})

test('the same answer again changes nothing, not even when it was first said', async () => {
  await say('driver')
  const before = await stores.book.selectFrom('trip_confirmations').selectAll().execute()
  const trip = await first()
  await sayRole(stores.book, { policyId: 'motor-1', tripId: trip.id, role: 'driver', userId: 'u' }, nowMs + 5)
  expect(await stores.book.selectFrom('trip_confirmations').selectAll().execute()).toEqual(before)
  expect(await say('passenger')).toMatchObject({ kind: 'said' })
  expect(await say('passenger')).toMatchObject({ kind: 'said' })
  expect(await stores.book.selectFrom('disputes').selectAll().execute()).toHaveLength(1)
})

test('a passenger’s trip that was accepted comes back to the cent when its holder says that they drove after all', async () => {
  const before = await premiumMinor()
  const said = await say('passenger')
  if (said.kind !== 'said' || said.disputeId === null) throw new Error(said.kind)
  await decideDispute(stores.book, said.disputeId, { accept: true, reason: 'Seen.', decidedBy: 'u' }, nowMs)
  expect(await premiumMinor()).not.toBe(before)
  expect(await say('driver')).toMatchObject({ kind: 'said', repriced: { kind: 'repriced', premiumMinor: before } })
  expect(await premiumMinor()).toBe(before)
})

test('what the insurer rejected cannot be said again by the same button', async () => {
  const said = await say('passenger')
  if (said.kind !== 'said' || said.disputeId === null) throw new Error(said.kind)
  await decideDispute(stores.book, said.disputeId, { accept: false, reason: 'No.', decidedBy: 'u' }, nowMs)
  expect(await stands()).toBeUndefined()
  expect(await say('passenger')).toEqual({ kind: 'settled' })
  expect(await say('driver')).toMatchObject({ kind: 'said', role: 'driver' })
})

test('a trip that another policy insures, or that does not exist, is unknown', async () => {
  expect(await sayRole(stores.book, { policyId: 'motor-1', tripId: 'none', role: 'driver', userId: 'u' }, nowMs)).toEqual({
    kind: 'unknown-trip',
  })
  const { id } = await first()
  expect(await sayRole(stores.book, { policyId: 'other', tripId: id, role: 'driver', userId: 'u' }, nowMs)).toEqual({
    kind: 'unknown-trip',
  })
})

test('a trip costs what the premium is without it, and its parts sum to that to the cent', async () => {
  const now = await premiumMinor()
  for (const trip of trips) {
    const cost = await tripCost(stores.book, 'motor-1', trip)
    if (cost === undefined) throw new Error('no cost')
    expect(cost.withMinor).toBe(now)
    expect(cost.parts.reduce((sum, { changeMinor }) => sum + changeMinor, 0)).toBe(cost.withMinor - cost.withoutMinor)
    const said = await sayRole(stores.book, { policyId: 'motor-1', tripId: trip.id, role: 'not-my-car', userId: 'u' }, nowMs)
    if (said.kind !== 'said' || said.disputeId === null) throw new Error(said.kind)
    await decideDispute(stores.book, said.disputeId, { accept: true, reason: 'Left out.', decidedBy: 'u' }, nowMs)
    expect(await premiumMinor()).toBe(cost.withoutMinor)
    await sayRole(stores.book, { policyId: 'motor-1', tripId: trip.id, role: null, userId: 'u' }, nowMs)
    expect(await premiumMinor()).toBe(now)
  }
})

test('the month is estimated out of the book by the edition that is paid by', async () => {
  const month = await monthOfPolicy(stores.book, 'motor-1', nowMs)
  expect(month).toMatchObject({
    place: { today: '2024-05-31', daysLeft: 0 },
    currency: 'EUR',
    estimate: { kind: 'estimate', weeks: 3, premiumMinor: await premiumMinor(), lowMinor: await premiumMinor() },
  })
  const early = await monthOfPolicy(stores.book, 'motor-1', mondayMs + 9 * dayMs)
  expect(early?.estimate).toMatchObject({ kind: 'too-early', weeks: 1 })
  expect(await monthOfPolicy(stores.book, 'none', nowMs)).toBeUndefined()
})
