// Verifying on a real book and a real store: equal when nothing was touched, and else the place where it was.

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { HomeReading } from '../../devices/contract/reading.ts'
import { decideDispute, fileDispute } from '../../pricing/disputes.ts'
import { addPolicy } from '../../pricing/policies.ts'
import { currentPremium } from '../../pricing/premium-of.ts'
import type { Pricing } from '../../pricing/start-pricing.ts'
import type { Verification } from '../../pricing/verify/verification.ts'
import { verifyPremium } from '../../pricing/verify/verify-premium.ts'
import { brakingDrive, mondayMs } from './drives.ts'
import { every, midnightMs, readingsOf } from './home-days.ts'
import { type OpenStores, openStores, startStill } from './open-stores.ts'

const dayMs = 86_400_000
const nowMs = mondayMs + 60 * dayMs

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

async function driven(...starts: readonly number[]): Promise<void> {
  for (const startMs of starts) await stores.append(brakingDrive(startMs, 20))
  await pricing.settle()
}

async function premiumId(policyId = 'motor-1'): Promise<string> {
  return (await currentPremium(stores.book, policyId))?.id ?? ''
}

async function verified(id?: string): Promise<Verification> {
  const verification = await verifyPremium(stores, id ?? (await premiumId()))
  if (verification === undefined) throw new Error('no such premium')
  return verification
}

/** Somebody writes into the telemetry store behind Merit's back. */
function tamperReadings(statement: string): void {
  const database = new DatabaseSync(join(stores.folder, 'telemetry.db'))
  database.exec(statement)
  database.close()
}

const kinds = ({ findings }: Verification) => [...new Set(findings.map(({ kind }) => kind))]

test('what nobody touched is equal to the cent, from the readings up, with every former premium of the policy', async () => {
  await driven(mondayMs)
  await driven(mondayMs + dayMs, mondayMs + 2 * dayMs)
  const all = await stores.book.selectFrom('premiums').select('id').execute()
  expect(all.length).toBeGreaterThan(2)
  for (const { id } of all) {
    const verification = await verified(id)
    expect([verification.verdict, verification.recomputedMinor]).toEqual(['equal', verification.keptMinor])
    expect(kinds(verification).filter((kind) => kind !== 'came-later')).toEqual([])
  }
  expect(kinds(await verified()), 'the current one rests on everything').toEqual([])
})

test('trips that came later are named and change nothing, even those from before', async () => {
  await driven(mondayMs + 5 * dayMs)
  const before = await premiumId()
  await driven(mondayMs, mondayMs + 6 * dayMs)
  expect(await premiumId()).not.toBe(before)
  expect(await verified(before)).toMatchObject({
    verdict: 'equal',
    findings: [{ kind: 'came-later', what: 'trip', deviceId: 'car', count: 2 }],
  })
})

test('corrections count as they were accepted then', async () => {
  await driven(mondayMs, mondayMs + dayMs)
  const before = await premiumId()
  const trip = await stores.book.selectFrom('trips').selectAll().orderBy('started_at_ms').executeTakeFirstOrThrow()
  const at = new Date(0).toISOString()
  const ines = {
    id: 'ines',
    name: 'Ines',
    email: 'ines@merit.example',
    image: null,
    locale: 'en',
    role: 'insurer',
    demo: 0,
  } as const
  await stores.book
    .insertInto('user')
    .values({ ...ines, emailVerified: 1, createdAt: at, updatedAt: at })
    .execute()
  const filed = await fileDispute(
    stores.book,
    { policyId: 'motor-1', tripId: trip.id, kind: 'passenger', event: undefined, note: '' },
    nowMs,
  )
  if (filed.kind !== 'filed') throw new Error(filed.kind)
  await decideDispute(stores.book, filed.dispute.id, { accept: true, reason: '', decidedBy: 'ines' }, nowMs)
  const after = await premiumId()
  expect(after).not.toBe(before)
  expect((await verified(before)).verdict).toBe('equal')
  expect((await verified(after)).verdict).toBe('equal')
})

test('a changed reading: the step, the figure and the trip are named', async () => {
  await driven(mondayMs, mondayMs + dayMs)
  tamperReadings(`UPDATE vehicle_readings SET "AccelerationLongitudinal" = 0 WHERE taken_at_ms < ${mondayMs + dayMs}`)
  const verification = await verified()
  expect(verification.verdict).toBe('different')
  expect(verification.findings).toContainEqual(expect.objectContaining({ kind: 'step-differs', stepId: 'behaviour:braking' }))
  expect(verification.findings).toContainEqual(expect.objectContaining({ kind: 'fact-differs', path: '/driving/brakes/0' }))
  const trip = verification.findings.find(({ kind }) => kind === 'measured-otherwise')
  expect(trip).toMatchObject({ deviceId: 'car', at: new Date(mondayMs).toISOString(), isLater: false })
})

test('a changed trip in the book does not change what the readings say, and is named', async () => {
  await driven(mondayMs)
  await sql`UPDATE trips SET facts = json_set(facts, '$.nightM', 12345)`.execute(stores.book)
  const verification = await verified()
  expect(verification.verdict).toBe('equal')
  expect(verification.findings).toMatchObject([{ kind: 'measured-otherwise', deviceId: 'car', path: '/nightM' }])
})

test('late readings inside a trip: the premium is no longer what the readings say, and that is why', async () => {
  await stores.append(brakingDrive(mondayMs, 20).filter((_, second) => second < 400 || second > 500))
  await pricing.settle()
  const before = await premiumId()
  await stores.append(brakingDrive(mondayMs, 20).filter((_, second) => second >= 400 && second <= 500))
  await pricing.settle()
  const verification = await verified(before)
  expect(verification.findings).toContainEqual(expect.objectContaining({ kind: 'step-differs' }))
  expect((await verified()).verdict).toBe('equal')
})

test.each([
  ['the amount on its row', 'premium_minor = premium_minor - 100', ['amount-differs']],
  [
    'a figure of its facts',
    "facts = json_set(facts, '$.driving.nightKm', 4)",
    ['facts-hash-differs', 'kept-step-differs', 'fact-differs'],
  ],
  [
    'a factor of its worksheet',
    "worksheet = json_set(worksheet, '$.steps[2].operand', 0.5)",
    ['kept-step-differs', 'step-differs'],
  ],
])('a changed premium: %s', async (_, change, expected) => {
  await driven(mondayMs)
  await sql.raw(`UPDATE premiums SET ${change} WHERE id = '${await premiumId()}'`).execute(stores.book)
  const verification = await verified()
  expect(verification.verdict).toBe('different')
  expect(kinds(verification)).toEqual(expect.arrayContaining(expected))
})

test('a changed edition and a missing one are told apart, and nothing is recomputed with them', async () => {
  const id = await premiumId()
  await sql`UPDATE editions SET document = json_set(document, '$.note', 'mine') WHERE product = 'motor'`.execute(stores.book)
  expect(await verified(id)).toMatchObject({ verdict: 'not-recomputable', findings: [{ kind: 'edition-changed' }] })
  await sql.raw('PRAGMA foreign_keys = OFF').execute(stores.book)
  await sql`DELETE FROM editions WHERE product = 'motor'`.execute(stores.book)
  expect(await verified(id)).toMatchObject({ verdict: 'not-recomputable', findings: [{ kind: 'edition-missing' }] })
})

test('readings that were deleted: the trips are taken as the book holds them, and that is said', async () => {
  await driven(mondayMs, mondayMs + dayMs)
  await stores.telemetry.retain({ keepSinceMs: mondayMs + dayMs })
  expect(await verified()).toMatchObject({
    verdict: 'equal',
    findings: [{ kind: 'readings-deleted', deviceId: 'car', count: 1 }],
  })
  await sql`DELETE FROM trips WHERE started_at_ms = ${mondayMs}`.execute(stores.book)
  expect(kinds(await verified())).toContain('experience-gone')
})

test('a home’s premium is equal too, and a changed reading of it is found', async () => {
  await stores.addDevice('house', 'home')
  await addPolicy(stores.book, { id: 'home-1', product: 'home', deviceIds: ['house'] }, 0)
  const days = [0, 1, 2, 3].flatMap((day): readonly HomeReading[] =>
    readingsOf(
      every(10, 0, 1430, (minute) => ({ Humidity: 80 + (minute % 3), Temperature: 20 })),
      midnightMs + day * dayMs,
    ),
  )
  await stores.append(days)
  await pricing.settle()
  const id = await premiumId('home-1')
  expect(await verified(id)).toMatchObject({ verdict: 'equal', findings: [] })
  tamperReadings(`UPDATE home_readings SET "Humidity" = 40 WHERE taken_at_ms < ${midnightMs + dayMs}`)
  const verification = await verified(id)
  expect(verification.verdict).toBe('different')
  expect(verification.findings).toContainEqual(expect.objectContaining({ kind: 'step-differs', stepId: 'credit:humidity' }))
})

test('a premium that does not exist is none', async () => {
  expect(await verifyPremium(stores, 'no-such')).toBeUndefined()
})
