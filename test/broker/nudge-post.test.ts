// A nudge on its way from the book to a device that listens, over a real edge.

import { Compile } from 'typebox/compile'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NudgeMessageSchema } from '../../devices/contract/nudge.ts'
import type { Edge } from '../../main/edge.ts'
import { openBook } from '../../store/book/open-book.ts'
import type { Book, NudgeMessageRow } from '../../store/book/schema.ts'
import { connectDevice, type EdgePlace, listen, makeEdgePlace, startEdgeHere, until } from '../ingest/edge-rig.ts'

let place: EdgePlace
let edge: Edge
let book: Book
let secret: string

beforeAll(async () => {
  place = await makeEdgePlace()
  edge = await startEdgeHere(place)
  secret = await place.register('car-1')
  book = await openBook(place.configuration.bookUrl)
  await book.insertInto('policyholders').values({ id: 'h', name: 'H', user_id: null, created_at_ms: 0 }).execute()
  await book
    .insertInto('policies')
    .values({
      id: 'p',
      product: 'motor',
      policyholder_id: 'h',
      plan_id: 'motor',
      time_zone: 'UTC',
      class_facts: '{}',
      created_at_ms: 0,
      current_premium_id: null,
    })
    .execute()
  await book.insertInto('policy_devices').values({ policy_id: 'p', device_id: 'car-1' }).execute()
})
afterAll(async () => {
  await edge.close()
  await book.destroy()
  place.remove()
})

function message(id: string, sentAtMs: number): NudgeMessageRow {
  return {
    id,
    policy_id: 'p',
    experiment: 'x/1',
    week: id,
    kind: 'week-starts',
    behaviour: 'braking',
    currency: 'EUR',
    budget_minor: 60,
    left_minor: 60,
    done: 0,
    allowed: 4,
    sent_at_ms: sentAtMs,
    closed_at_ms: null,
    mqtt: null,
    hook: 'none',
    hook_attempts: 0,
    hook_next_at_ms: 0,
  }
}

const fates = async () =>
  Object.fromEntries((await book.selectFrom('nudge_messages').select(['id', 'mqtt']).execute()).map(({ id, mqtt }) => [id, mqtt]))

test('it waits for the device, reaches it once in the contract’s form, and yesterday’s does not come at all', async () => {
  await book
    .insertInto('nudge_messages')
    .values([message('today', Date.now()), message('long-ago', Date.now() - 2 * 86_400_000)])
    .execute()
  await until('the old one is let go', async () => (await fates())['long-ago'] === 'expired')
  expect(await fates(), 'nobody listens yet').toEqual({ today: null, 'long-ago': 'expired' })
  const client = await connectDevice(place.mqttUrl, 'car-1', secret)
  const nudges = await listen(client, 'merit/v1/car-1/nudge')
  await until('the nudge arrives', () => nudges.length > 0)
  await until('it is noted', async () => (await fates())['today'] === 'sent')
  expect(nudges).toMatchObject([{ schema: 'nudge/1', id: 'today', budgetMinor: 60 }])
  expect(Compile(NudgeMessageSchema).Check(nudges[0])).toBe(true)
  await client.endAsync()
})
