// What a home's days teach each other, in the book: the same whatever order they came in, and measured again by a new version.

import { afterEach, beforeEach, expect, test } from 'vitest'
import type { HomeReading } from '../../devices/contract/reading.ts'
import { behaviourThresholds } from '../../pricing/behaviour/thresholds.ts'
import { parseHomeDayFacts } from '../../pricing/home-day-facts.ts'
import { addPolicy } from '../../pricing/policies.ts'
import type { Pricing } from '../../pricing/start-pricing.ts'
import { midnightMs } from './home-days.ts'
import { derivedState, type OpenStores, openStores, startStill } from './open-stores.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

let stores: OpenStores
let pricing: Pricing | undefined

beforeEach(async () => {
  await open()
})
afterEach(async () => {
  await pricing?.close()
  pricing = undefined
  await stores.close()
})

async function open(): Promise<void> {
  stores = await openStores()
  await stores.addDevice('house', 'home')
  await addPolicy(stores.book, { id: 'home-1', product: 'home', deviceIds: ['house'], timeZone: 'Europe/Amsterdam' }, 0)
}

async function settleAgain(): Promise<Pricing> {
  await pricing?.close()
  pricing = await startStill(stores, () => midnightMs + 60 * dayMs)
  await pricing.settle()
  return pricing
}

/** A reading every five minutes, and every minute while water runs from eight o'clock. */
function dayOfRun(index: number, runMinutes: number): readonly HomeReading[] {
  return Array.from({ length: 1440 }, (_, minute) => minute)
    .filter((minute) => minute % 5 === 0 || (minute >= 480 && minute <= 480 + runMinutes))
    .map((minute) => ({
      kind: 'home',
      device: 'house',
      takenAtMs: midnightMs + index * dayMs + minute * minuteMs,
      values: { WaterFlow: minute >= 480 && minute < 480 + runMinutes ? 2 : 0 },
    }))
}

const days = [...Array.from({ length: 6 }, (_, index) => dayOfRun(index, 12)), dayOfRun(6, 8), dayOfRun(7, 80), dayOfRun(8, 10)]

async function storedDays() {
  const rows = await stores.book.selectFrom('home_days').selectAll().orderBy('day').execute()
  return rows.map(({ day, facts }) => ({ day, ...parseHomeDayFacts(facts) }))
}

test('eighty minutes of water are a leak in a home that never runs it for more than twelve', async () => {
  await stores.append(days.flat())
  await settleAgain()
  const found = await storedDays()
  // From the 45th minute on: also where much is unusual, a dishwasher is not.
  expect(found.map(({ leakMinutes }) => leakMinutes)).toEqual([0, 0, 0, 0, 0, 0, 0, 35, 0])
  expect(found[7]).toMatchObject({ reactionMinutes: 35, spans: [{ kind: 'leak-flow', limit: 45, ended: 'flow-stopped' }] })
})

test('days that come late teach the days after them, before and after a restart', async () => {
  await stores.append(days.flat())
  await settleAgain()
  const expected = await derivedState(stores.book)
  for (const order of [
    [7, 8, 0, 1, 2, 3, 4, 5, 6],
    [8, 7, 6, 5, 4, 3, 2, 1, 0],
  ]) {
    for (const isRestarted of [true, false]) {
      await pricing?.close()
      pricing = undefined
      await stores.close()
      await open()
      let working = await settleAgain()
      for (const index of order) {
        await stores.append(days[index] ?? [])
        if (isRestarted) working = await settleAgain()
        else await working.settle()
      }
      expect(await derivedState(stores.book)).toBe(expected)
    }
  }
})

test('days of an earlier version are measured again, also those that lack what is kept now', async () => {
  await stores.append(days.flat())
  await settleAgain()
  const expected = await derivedState(stores.book)
  for (const { day, facts } of await stores.book.selectFrom('home_days').selectAll().execute()) {
    const { version, timeZone, live, hoursReported, freezeMinutes, smokeMinutes, carbonMonoxideMinutes, ...rest } =
      parseHomeDayFacts(facts)
    const { openUnattendedMinutes, dampMinutes, litres, valveTested, sensors } = rest
    const older = { timeZone, live, hoursReported, freezeMinutes, smokeMinutes, carbonMonoxideMinutes, openUnattendedMinutes }
    const text = { ...older, dampMinutes, litres, valveTested, sensors, leakMinutes: 0, version: `${version}-before` }
    await stores.book
      .updateTable('home_days')
      .set({ facts: JSON.stringify(text) })
      .where('day', '=', day)
      .execute()
  }
  await stores.book.updateTable('cursors').set({ value: 'earlier' }).where('name', '=', 'pricing/behaviour').execute()
  expect((await storedDays())[7]).toMatchObject({ perils: null, version: `${behaviourThresholds.version}-before` })
  await settleAgain()
  expect(await derivedState(stores.book)).toBe(expected)
})
