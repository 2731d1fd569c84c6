// What an earlier version of Merit measured, or what is damaged, is measured again from its readings: pricing does it by
// itself, and nothing that reads the book stumbles over it meanwhile.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { pageOfTrips } from '../../dashboard/api/trips.ts'
import { behaviourThresholds } from '../../pricing/behaviour/thresholds.ts'
import { addPolicy } from '../../pricing/policies.ts'
import type { Pricing } from '../../pricing/start-pricing.ts'
import { defaultRungs, parseTripFacts, readTripFacts } from '../../pricing/trip-facts.ts'
import { everySecond, mondayMs } from './drives.ts'
import { derivedState, type OpenStores, openStores, startStill } from './open-stores.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

let stores: OpenStores
let pricing: Pricing | undefined

beforeEach(async () => {
  stores = await openStores()
  await stores.addDevice('car', 'vehicle')
  await addPolicy(stores.book, { id: 'motor-1', product: 'motor', deviceIds: ['car'] }, 0)
})
afterEach(async () => {
  await pricing?.close()
  pricing = undefined
  await stores.close()
})

async function startAgain(): Promise<Pricing> {
  await pricing?.close()
  pricing = await startStill(stores, () => mondayMs + 30 * dayMs)
  await pricing.settle()
  return pricing
}

const drive = (startMs: number) =>
  everySecond(
    Array.from({ length: 301 }, () => ({ Speed: 72 })),
    startMs,
  )
const tripRows = () => stores.book.selectFrom('trips').selectAll().orderBy('started_at_ms').execute()

/** As if an earlier version had measured what the book holds. */
async function makeOlder(change: (facts: string) => string = (facts) => facts): Promise<void> {
  for (const { id, facts } of await tripRows())
    await stores.book
      .updateTable('trips')
      .set({ facts: change(facts.replace(behaviourThresholds.version, 'behaviour/0')) })
      .where('id', '=', id)
      .execute()
  await stores.book.updateTable('cursors').set({ value: 'behaviour/0' }).where('name', '=', 'pricing/behaviour').execute()
}

test('a new version measures every stored trip again, and the premium follows', async () => {
  await stores.append([...drive(mondayMs), ...drive(mondayMs + hourMs)])
  await startAgain()
  const before = await derivedState(stores.book)
  await makeOlder((facts) => facts.replace(/"nightM":\d+/, '"nightM":6000'))
  await startAgain()
  expect(await derivedState(stores.book)).toBe(before)
})

test('facts that lack what this version knows are measured again too, and are no trouble meanwhile', async () => {
  await stores.append(drive(mondayMs))
  await startAgain()
  const before = await tripRows()
  await pricing?.close()
  await makeOlder(() => '{"version":"behaviour/0"}')
  expect(await pageOfTrips(stores.book, 'motor-1', defaultRungs, {})).toEqual({ trips: [], nextBefore: null })
  const { health } = await startAgain()
  expect(await tripRows()).toEqual(before)
  expect(health()).toMatchObject({ status: 'ok', deviceFailures: 0 })
})

test('trips whose readings were deleted keep what was measured then', async () => {
  await stores.append([...drive(mondayMs), ...drive(mondayMs + hourMs), ...drive(mondayMs + dayMs)])
  await startAgain()
  await makeOlder()
  const older = await tripRows()
  await stores.telemetry.retain({ keepSinceMs: mondayMs + dayMs - 1 })
  await startAgain()
  const after = await tripRows()
  expect(after.slice(0, 2)).toEqual(older.slice(0, 2))
  expect(after.map(({ facts }) => parseTripFacts(facts).version)).toEqual([
    'behaviour/0',
    'behaviour/0',
    behaviourThresholds.version,
  ])
})

test.each(['', 'null', '[]', '7', '{}', '{"version":1}', '{"events":[null]}'])(
  'a stored row %j is named bad, not thrown at a page',
  (text) => {
    expect(() => parseTripFacts(text)).toThrow(expect.objectContaining({ code: 'bad-facts' }))
    expect(readTripFacts(text)).toBeUndefined()
  },
)
