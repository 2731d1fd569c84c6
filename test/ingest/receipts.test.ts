// What devices are told and what is kept, over a real connection into a real store: the whole edge but for its death.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Edge } from '../../main/edge.ts'
import { connectDevice, type EdgePlace, listen, makeEdgePlace, readHealth, speeds, startEdgeHere, until } from './edge-rig.ts'

const startMs = 1_767_225_600_000
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
const quarantined = (id: string) =>
  place.withBook((book) => book.selectFrom('quarantine').selectAll().where('device_id', '=', id).orderBy('id').execute())

test('a receipt names reading, field and rule of what was refused; the rest is stored and the refusal kept', async () => {
  const client = await connectDevice(place.mqttUrl, 'named', await place.register('named'))
  const receipts = await listen(client, 'merit/v1/named/receipt')
  const readings = [
    { t: startMs, Speed: 50 },
    { t: startMs + 1000, Speed: 5000 },
    { t: startMs + 2000, Warp: 9 },
    { t: Date.now() + 86_400_000, Speed: 50 },
  ]
  await client.publishAsync(
    'merit/v1/named/telemetry',
    JSON.stringify({ schema: 'vehicle/1', seq: 3, sent: Date.now(), readings }),
    { qos: 1 },
  )
  await until('a receipt', () => receipts.length === 1)
  expect(receipts[0]).toMatchObject({
    seq: 3,
    accepted: 1,
    duplicate: 0,
    clock: { verdict: 'ok' },
    rejected: [
      { index: 1, code: 'out-of-range', path: '/readings/1/Speed' },
      { index: 2, code: 'unknown-signal', path: '/readings/2/Warp' },
      { index: 3, code: 'time-in-future', path: '/readings/3/t' },
    ],
  })
  await until('three rows in quarantine', async () => (await quarantined('named')).length === 3)
  expect(await quarantined('named')).toMatchObject([{ payload: `{"t":${startMs + 1000},"Speed":5000}` }, {}, {}])
  expect(await stored('named')).toBe(1)
  const latest = await place.withStore((store) => store.latest(car('named')))
  expect(latest?.takenAtMs, 'a time in the future moves nothing').toBe(startMs)
  await client.endAsync()
})

test('a poison message among good ones: all are acknowledged, the next good one is stored within a second', async () => {
  const client = await connectDevice(place.mqttUrl, 'poisoned', await place.register('poisoned'))
  const send = (payload: string | Buffer) => client.publishAsync('merit/v1/poisoned/telemetry', payload, { qos: 1 })
  const deep = `{"schema":"vehicle/1","seq":1,"readings":[{"t":${startMs},"Speed":${'['.repeat(60_000)}${']'.repeat(60_000)}}]}`
  const poisons = ['{', Buffer.from([0xff, 0, 0xff]), '', 'null', '[]', deep, '{"__proto__":{"schema":"vehicle/1"}}', '"\ud800"']
  await Promise.all(poisons.map((poison) => send(poison)))
  await send(speeds(car('poisoned'), startMs, 3))
  const acknowledgedAt = performance.now()
  await until('the good one is stored', async () => (await stored('poisoned')) === 3)
  expect(performance.now() - acknowledgedAt).toBeLessThan(1000)
  await until('the poison is kept', async () => (await quarantined('poisoned')).length === poisons.length)
  expect(client.connected).toBe(true)
  await client.endAsync()
})

test('the same batch again is a duplicate, another content at its time a conflict; the first stands', async () => {
  const client = await connectDevice(place.mqttUrl, 'twice', await place.register('twice'))
  const receipts = await listen(client, 'merit/v1/twice/receipt')
  const send = (speedKph: number) =>
    client.publishAsync('merit/v1/twice/telemetry', speeds(car('twice'), startMs, 4, speedKph), { qos: 1 })
  for (const speedKph of [50, 50, 60, 60]) await send(speedKph)
  await until('four receipts', () => receipts.length === 4)
  expect(receipts).toMatchObject([
    { accepted: 4, duplicate: 0, rejected: [] },
    { accepted: 0, duplicate: 4, rejected: [] },
    { accepted: 0, duplicate: 0, rejected: [{ index: 0, code: 'conflict' }, {}, {}, {}] },
    { accepted: 0, duplicate: 0, rejected: [{ index: 0, code: 'conflict' }, {}, {}, {}] },
  ])
  await until('the contradiction is kept, once', async () => (await quarantined('twice')).length === 4)
  expect(await quarantined('twice')).toMatchObject([{ code: 'conflict' }, {}, {}, {}])
  expect(await stored('twice')).toBe(4)
  expect((await place.withStore((store) => store.latest(car('twice'))))?.values).toEqual({ Speed: 50 })
  await client.endAsync()
})

test('every message one to three times at once is stored once', async () => {
  const client = await connectDevice(place.mqttUrl, 'thrice', await place.register('thrice'))
  const batches = Array.from({ length: 30 }, (_, index) => speeds(car('thrice'), startMs + index * 60_000, 5))
  await Promise.all(
    batches.flatMap((batch, index) =>
      Array.from({ length: 1 + (index % 3) }, () => client.publishAsync('merit/v1/thrice/telemetry', batch, { qos: 1 })),
    ),
  )
  await until('all are stored', async () => (await stored('thrice')) === 150)
  expect(await quarantined('thrice')).toEqual([])
  await client.endAsync()
})

test('QoS 0 and QoS 2 are taken in the same way, and so is a home', async () => {
  const client = await connectDevice(place.wsUrl, 'house', await place.register('house', 'home'))
  const send = (t: number, qos: 0 | 2) =>
    client.publishAsync(
      'merit/v1/house/telemetry',
      JSON.stringify({ schema: 'home/1', seq: 1, readings: [{ t, WaterFlow: 3 }] }),
      { qos },
    )
  await send(startMs, 0)
  await send(startMs + 1000, 2)
  await until('both are stored', async () => (await place.withStore((store) => store.count({ id: 'house', kind: 'home' }))) === 2)
  await client.endAsync()
})

test('presence follows birth, lost connection and clean end; a device need not say anything for it', async () => {
  const state = () =>
    place.withBook((book) => book.selectFrom('device_states').selectAll().where('device_id', '=', 'present').executeTakeFirst())
  const secret = await place.register('present')
  const will = { topic: 'merit/v1/present/state', payload: '{"state":"offline","session":1}', qos: 1, retain: false } as const
  const first = await connectDevice(place.mqttUrl, 'present', secret, { will })
  await first.publishAsync('merit/v1/present/state', '{"state":"online","session":1,"firmware":"2.0","batteryPercent":77}', {
    qos: 1,
  })
  await until('online', async () => (await state())?.firmware === '2.0')
  expect(await state()).toMatchObject({ state: 'online', session: 1, battery_percent: 77 })
  first.stream.destroy()
  await until('offline by its will', async () => (await state())?.state === 'offline')
  const second = await connectDevice(place.mqttUrl, 'present', secret)
  await until('online without a word', async () => (await state())?.state === 'online')
  await second.endAsync()
  await until('offline after a clean end', async () => (await state())?.state === 'offline')
  expect(await state()).toMatchObject({ session: 1, firmware: '2.0' })
})

test('a state that is none is answered and kept', async () => {
  const client = await connectDevice(place.mqttUrl, 'stateless', await place.register('stateless'))
  const receipts = await listen(client, 'merit/v1/stateless/receipt')
  await client.publishAsync('merit/v1/stateless/state', '{"state":"asleep"}', { qos: 1 })
  await until('a receipt', () => receipts.length === 1)
  expect(receipts[0]).toMatchObject({ seq: null, rejected: [{ code: 'not-a-batch' }] })
  await client.endAsync()
})

test('health and metrics say what happened', async () => {
  await until('the writer has caught up', async () => (await readHealth(place))?.['status'] === 'ok')
  const health = await readHealth(place)
  expect(health).toMatchObject({ status: 'ok', pid: process.pid, reasons: [] })
  expect(edge.health().counts).toMatchObject({ readings: 160, devicesOnline: 0 })
  const metrics = await (await fetch(place.healthUrl.replace('healthz', 'metrics'))).text()
  expect(metrics).toMatch(/^merit_readings_stored_total 160$/m)
  expect(metrics).toMatch(/^merit_readings_rejected_total\{code="time-in-future"\} 1$/m)
  for (const name of [
    'merit_journal_bytes',
    'merit_journal_age_seconds',
    'merit_devices_connected',
    'merit_store_append_seconds_sum',
    'nodejs_eventloop_lag_p99_seconds',
  ])
    expect(metrics).toContain(`\n${name}`)
  expect((await fetch(place.healthUrl.replace('healthz', 'other'))).status).toBe(404)
})

test('a second edge on the same folder is refused, and says which process has it', async () => {
  await expect(startEdgeHere(place)).rejects.toMatchObject({
    code: 'data-folder-in-use',
    message: expect.stringContaining(String(process.pid)),
  })
})
