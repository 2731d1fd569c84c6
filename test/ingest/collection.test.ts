// A pause and an erasure hold at edge: what is not to be collected is acknowledged, named in the receipt, and nowhere on disk.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isCollected, isPausedAt } from '../../ingest/collection.ts'
import type { Edge } from '../../main/edge.ts'
import { addPolicy } from '../../pricing/policies.ts'
import { connectDevice, type EdgePlace, listen, makeEdgePlace, startEdgeHere, until } from './edge-rig.ts'

let place: EdgePlace
let edge: Edge

beforeAll(async () => {
  place = await makeEdgePlace()
  edge = await startEdgeHere(place)
})
afterAll(async () => {
  await edge.close()
  place.remove()
})

const car = (id: string) => ({ id, kind: 'vehicle' }) as const
const stored = (id: string) => place.withStore((store) => store.count(car(id)))

test('what was taken in a pause or arrives in one is not collected; a pause that is over covers its own time', () => {
  const pause = [{ fromMs: 100, untilMs: 200, isByArrival: true }]
  const cases = [
    [50, 60, true],
    [50, 150, false],
    [150, 250, false],
    [99, 99, true],
    [100, 100, false],
    [200, 200, true],
  ] as const
  for (const [taken, received, collected] of cases) expect(isCollected(pause, taken, received)).toBe(collected)
  expect([isPausedAt(pause, 150), isPausedAt(pause, 200)]).toEqual([true, false])
  const erased = [{ fromMs: Number.NEGATIVE_INFINITY, untilMs: 100, isByArrival: false }]
  expect([isCollected(erased, 99, 500), isCollected(erased, 100, 50)]).toEqual([false, true])
})

async function insured(id: string) {
  const secret = await place.register(id)
  await place.withBook((book) =>
    addPolicy(book, { id: `p-${id}`, product: 'motor', deviceIds: [id], policyholder: { name: id } }, Date.now()),
  )
  const client = await connectDevice(place.mqttUrl, id, secret)
  const receipts = await listen(client, `merit/v1/${id}/receipt`)
  return {
    client,
    receipts,
    send: (readings: readonly unknown[]) =>
      client.publishAsync(`merit/v1/${id}/telemetry`, JSON.stringify({ schema: 'vehicle/1', seq: 1, readings }), { qos: 1 }),
  }
}

test('readings of a paused policy are acknowledged, named as paused and not kept, and come again after it', async () => {
  const { client, receipts, send } = await insured('shy')
  const before = Date.now() - 60_000
  await send([{ t: before, Speed: 10 }])
  await until('stored', async () => (await stored('shy')) === 1)
  const pause = { id: 'pause-1', policy_id: 'p-shy', from_ms: Date.now(), until_ms: null, changed_at_ms: Date.now() }
  await place.withBook((book) => book.insertInto('collection_pauses').values(pause).execute())
  await until('edge knows', async () => {
    await send([{ t: before, Speed: 10 }, { Bad: 1 }])
    return JSON.stringify(receipts.at(-1)).includes('paused')
  })
  expect(receipts.at(-1)).toMatchObject({ accepted: 0, duplicate: 0, rejected: [{ index: null, code: 'paused' }] })
  await send([{ t: Date.now(), Speed: 77.25 }, { Bad: 2 }])
  const until_ms = Date.now()
  await place.withBook((book) => book.updateTable('collection_pauses').set({ until_ms, changed_at_ms: until_ms }).execute())
  await until('edge collects again', async () => {
    await send([{ t: Date.now(), Speed: 20 }])
    return JSON.stringify(receipts.at(-1)).includes('"accepted":1')
  })
  // Kept back by the device during the pause, sent after it: taken while paused, so not kept; its neighbour is.
  await send([
    { t: pause.from_ms + 1, Speed: 66.5 },
    { t: until_ms + 500, Speed: 21 },
  ])
  expect(receipts.at(-1)).toMatchObject({ accepted: 1, rejected: [{ index: 0, code: 'paused', path: '/readings/0' }] })
  await client.endAsync()
  const speeds = await place.withStore(async (store) => {
    const all: unknown[] = []
    for await (const reading of store.range(car('shy'), 0, Date.now() + 1))
      if (reading.kind === 'vehicle') all.push(reading.values.Speed)
    return all
  })
  expect(speeds).not.toContain(77.25)
  expect(speeds).not.toContain(66.5)
  const refused = await place.withBook((book) => book.selectFrom('quarantine').select('payload').execute())
  expect(refused.map(({ payload }) => payload).join()).not.toContain('"Bad":2')
  const journal = join(place.configuration.dataDir, 'journal')
  const text = readdirSync(journal)
    .map((name) => readFileSync(join(journal, name), 'latin1'))
    .join('')
  expect(text).not.toMatch(/77\.25|66\.5/)
})

test('an erasure frees the journal: what it held is gone from it, and what is older arrives in vain', async () => {
  const { client, receipts, send } = await insured('gone')
  const takenAtMs = Date.now() - 5000
  await send([{ t: takenAtMs, Speed: 123.456 }])
  await until('stored', async () => (await stored('gone')) === 1)
  const journal = join(place.configuration.dataDir, 'journal')
  const text = () =>
    readdirSync(journal)
      .map((name) => readFileSync(join(journal, name), 'latin1'))
      .join('')
  expect(text()).toContain('123.456')
  const nowMs = Date.now()
  await place.withBook((book) =>
    book
      .insertInto('erasures')
      .values({
        id: 'e',
        policy_id: 'p-gone',
        asked_at_ms: nowMs,
        due_at_ms: nowMs,
        status: 'journal',
        changed_at_ms: nowMs,
        erased: null,
      })
      .execute(),
  )
  await until('the journal is free', () =>
    place.withBook(async (book) => (await book.selectFrom('erasures').select('status').executeTakeFirst())?.status === 'stores'),
  )
  expect(text()).not.toContain('123.456')
  const shown = readFileSync(join(place.configuration.dataDir, 'recent-messages.ndjson'), 'utf8')
  expect(shown, 'what makers look at is written down again').toContain('"device":"shy"')
  expect(shown, 'and holds nothing of the erased').not.toContain('"device":"gone"')
  await send([{ t: takenAtMs + 1, Speed: 5 }])
  expect(receipts.at(-1)).toMatchObject({ accepted: 0, rejected: [{ code: 'paused' }] })
  await send([{ t: Date.now(), Speed: 6 }])
  expect(receipts.at(-1)).toMatchObject({ accepted: 1 })
  await client.endAsync()
})
