// Edge's desk, asked as the office asks it: recent messages beside their receipts, the history of connections, cutting a connection
// whose secret was replaced, and refusals that are judged again.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MqttClient } from 'mqtt'
import { Compile } from 'typebox/compile'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { payloadBytesKept } from '../../broker/desk-limits.ts'
import { ActivitySchema, RecentMessagesSchema, ReplayOutcomeSchema } from '../../broker/desk-shapes.ts'
import { correctKind, replaceSecret, undoReplacement } from '../../broker/device-secrets.ts'
import { revokeDevice } from '../../broker/registry.ts'
import { deskTokenName } from '../../main/desk-token.ts'
import type { Edge } from '../../main/edge.ts'
import { addPolicy } from '../../pricing/policies.ts'
import { openBook } from '../../store/book/open-book.ts'
import type { Book } from '../../store/book/schema.ts'
import { connectDevice, type EdgePlace, makeEdgePlace, speeds, startEdgeHere, until } from './edge-rig.ts'

let place: EdgePlace
let edge: Edge
let book: Book

beforeAll(async () => {
  place = await makeEdgePlace()
  edge = await startEdgeHere(place)
  book = await openBook(place.configuration.bookUrl)
})
afterAll(async () => {
  await book.destroy()
  await edge.close()
  place.remove()
})

const messagesShape = Compile(RecentMessagesSchema)
const outcomeShape = Compile(ReplayOutcomeSchema)
const activityShape = Compile(ActivitySchema)

function closeOf(client: MqttClient): Promise<void> {
  return new Promise((resolve) => client.once('close', resolve))
}

function ask(path: string, init: RequestInit = {}, token = readToken()): Promise<Response> {
  const url = `http://127.0.0.1:${place.configuration.edgeHttpPort}/desk/${path}`
  return fetch(url, { ...init, headers: { authorization: `Bearer ${token}` } })
}

function readToken(): string {
  return readFileSync(join(place.configuration.dataDir, deskTokenName), 'utf8').trim()
}

async function messagesOf(device: string, query = '') {
  const answer: unknown = await (await ask(`devices/${device}/messages${query}`)).json()
  return messagesShape.Parse(answer).messages
}

async function replay(id: string) {
  return outcomeShape.Parse(await (await ask(`quarantine/${encodeURIComponent(id)}/replay`, { method: 'POST' })).json())
}

test('a message is shown beside its receipt, cut at a stated size, and is still there after a restart', async () => {
  const secret = await place.register('shown')
  const client = await connectDevice(place.mqttUrl, 'shown', secret)
  const topic = 'merit/v1/shown/telemetry'
  const good = speeds({ id: 'shown', kind: 'vehicle' }, Date.now() - 60_000, 2)
  await client.publishAsync(topic, good, { qos: 1 })
  await client.publishAsync(topic, '{"schema":"vehicle/1","seq":7,"readings":[{"t":1,"Speeed":3}]}', { qos: 1 })
  await client.publishAsync(topic, speeds({ id: 'shown', kind: 'vehicle' }, Date.now() - 900_000, 400), { qos: 1 })
  const [first, second, third] = await messagesOf('shown')
  expect(first).toMatchObject({ topic, channel: 'telemetry', payload: good, bytes: good.length, isCut: false })
  expect(first?.receipt).toMatchObject({ accepted: 2, duplicate: 0, rejected: [], rejectedCount: 0 })
  expect(second?.receipt).toMatchObject({ seq: 7, accepted: 0, rejectedCount: 1 })
  expect(second?.receipt?.rejected[0]).toMatchObject({ code: 'unknown-signal', path: '/readings/0/Speeed' })
  expect(third?.isCut).toBe(true)
  expect(third?.payload).toHaveLength(payloadBytesKept)
  expect(await messagesOf('shown', `?after=${second?.number ?? 0}`)).toEqual([third])
  const { devices } = activityShape.Parse(await (await ask('activity')).json())
  expect(devices.find(({ id }) => id === 'shown')).toMatchObject({ messagesPerMinute: 3, readingsPerMinute: 403 })

  const closed = closeOf(client)
  await edge.close()
  await closed
  edge = await startEdgeHere(place)
  expect(await messagesOf('shown')).toEqual([first, second, third])
})

test('who waits for news hears of a message when it comes, and of nothing when none does', async () => {
  const secret = await place.register('news')
  const client = await connectDevice(place.mqttUrl, 'news', secret)
  expect(await messagesOf('news', '?waitMs=50')).toEqual([])
  const waiting = messagesOf('news', '?waitMs=10000')
  const startedAt = performance.now()
  await client.publishAsync('merit/v1/news/state', '{"state":"online","session":5}', { qos: 1 })
  expect(await waiting).toMatchObject([{ channel: 'state', receipt: null }])
  expect(performance.now() - startedAt).toBeLessThan(2000)
  await client.endAsync()
})

test('nobody without the token learns that there is a desk', async () => {
  for (const token of ['', 'x', `${readToken()}x`]) {
    const answer = await ask('activity', {}, token)
    expect([answer.status, await answer.text()]).toEqual([404, 'Not found: try /healthz or /metrics.\n'])
  }
})

test('every connection is kept with its session, its will and why it ended', async () => {
  const secret = await place.register('comes')
  const will = { topic: 'merit/v1/comes/state', payload: Buffer.from('{"state":"offline","session":1}'), qos: 1 as const }
  const first = await connectDevice(place.mqttUrl, 'comes', secret, { will })
  await first.publishAsync('merit/v1/comes/state', '{"state":"online","session":1}', { qos: 1 })
  const second = await connectDevice(place.wsUrl, 'comes', secret)
  const cut = closeOf(second)
  second.publish('merit/v1/other/telemetry', '{}', { qos: 1 })
  await cut
  await expect(connectDevice(place.mqttUrl, 'comes', 'wrong')).rejects.toThrow()
  const third = await connectDevice(place.mqttUrl, 'comes', secret)
  await third.endAsync()
  const last = await connectDevice(place.mqttUrl, 'comes', secret)
  last.stream.destroy()
  const history = () =>
    book.selectFrom('device_connections').selectAll().where('device_id', '=', 'comes').orderBy('started_at_ms').execute()
  await until('all ended', async () => (await history()).filter(({ outcome }) => outcome !== 'open').length === 5)
  const rows = (await history()).map(({ outcome, reason, session, has_will: hasWill, transport, address }) => ({
    what: `${outcome} ${reason}`,
    session,
    hasWill,
    transport,
    address,
  }))
  const address = '127.0.0.1'
  expect(rows).toEqual([
    { what: 'ended taken-over', session: 1, hasWill: 1, transport: 'tcp', address },
    { what: 'ended foreign-topic', session: null, hasWill: 0, transport: 'websocket', address },
    { what: 'refused wrong-credential', session: null, hasWill: 0, transport: 'tcp', address },
    { what: 'ended signed-off', session: null, hasWill: 0, transport: 'tcp', address },
    { what: 'ended lost', session: null, hasWill: 0, transport: 'tcp', address },
  ])
})

test('a replaced secret opens nothing, its connection is cut at once, and taking it back makes it good again', async () => {
  const secret = await place.register('rotates')
  const client = await connectDevice(place.mqttUrl, 'rotates', secret)
  const closed = closeOf(client)
  const replaced = await replaceSecret(book, 'rotates', Date.now())
  if (replaced.kind !== 'replaced') throw new Error(replaced.kind)
  const startedAt = performance.now()
  expect(await (await ask('devices/rotates/disconnect?reason=secret-replaced', { method: 'POST' })).json()).toEqual({
    wasConnected: true,
  })
  await closed
  expect(performance.now() - startedAt).toBeLessThan(1000)
  await expect(connectDevice(place.mqttUrl, 'rotates', secret)).rejects.toThrow()
  const second = await connectDevice(place.mqttUrl, 'rotates', replaced.secret)
  expect(await undoReplacement(book, 'rotates', Date.now())).toBe('undone')
  await second.endAsync()
  await expect(connectDevice(place.mqttUrl, 'rotates', replaced.secret)).rejects.toThrow()
  await (await connectDevice(place.mqttUrl, 'rotates', secret)).endAsync()
  expect(await replaceSecret(book, 'rotates', Date.now() - 11 * 60_000)).toMatchObject({ kind: 'replaced' })
  expect(await undoReplacement(book, 'rotates', Date.now())).toBe('too-late')
  expect(await revokeDevice(book, 'rotates', Date.now())).toBe('revoked')
  expect(await replaceSecret(book, 'rotates', Date.now())).toEqual({ kind: 'revoked' })
})

test('a refusal that fits after a correction is stored once, however often it is judged again', async () => {
  const secret = await place.register('mended')
  const client = await connectDevice(place.mqttUrl, 'mended', secret)
  const takenAtMs = Date.now() - 60_000
  const payload = JSON.stringify({
    schema: 'home/1',
    seq: 1,
    readings: [
      { t: takenAtMs, Temperature: 20 },
      { t: 1, Humidity: 3 },
    ],
  })
  await client.publishAsync('merit/v1/mended/telemetry', payload, { qos: 1 })
  const quarantined = () => book.selectFrom('quarantine').selectAll().where('device_id', '=', 'mended').execute()
  await until('it is in quarantine', async () => (await quarantined()).length === 1)
  const [row] = await quarantined()
  expect(row).toMatchObject({ code: 'wrong-kind', settled: null })
  const id = row?.id ?? ''
  expect(await replay(id)).toMatchObject({ kind: 'still-refused', code: 'wrong-kind', path: '/schema' })
  await correctKind(book, 'mended', 'home')
  const answers = await Promise.all([replay(id), replay(id)])
  expect(answers[0]).toEqual({ kind: 'replayed', accepted: 1, rejected: 1 })
  expect(await replay(id)).toEqual({ kind: 'done-before' })
  expect(await replay('no such')).toEqual({ kind: 'unknown' })
  const device = { id: 'mended', kind: 'home' } as const
  await until('it is stored', () => place.withStore(async (store) => (await store.count(device)) > 0))
  await until('what still does not fit is named', async () =>
    (await quarantined()).some(({ code }) => code === 'time-implausible'),
  )
  expect(await place.withStore((store) => store.count(device))).toBe(1)
  expect((await quarantined()).find((entry) => entry.id === id)).toMatchObject({ settled: 'replayed' })
  await client.endAsync()
})

test('a refusal is not judged again while its person has paused collecting, and is once that is over', async () => {
  const secret = await place.register('discreet')
  await addPolicy(book, { id: 'p-discreet', product: 'motor', deviceIds: ['discreet'], policyholder: { name: 'D' } }, Date.now())
  const client = await connectDevice(place.mqttUrl, 'discreet', secret)
  await client.publishAsync('merit/v1/discreet/telemetry', '{"schema":"vehicle/1","seq":1,"readings":[{"t":1}]}', { qos: 1 })
  const refused = () => book.selectFrom('quarantine').select('id').where('device_id', '=', 'discreet').executeTakeFirst()
  await until('it is in quarantine', async () => (await refused()) !== undefined)
  const id = (await refused())?.id ?? ''
  const pause = { id: 'pause-d', policy_id: 'p-discreet', from_ms: Date.now(), until_ms: null, changed_at_ms: Date.now() }
  await book.insertInto('collection_pauses').values(pause).execute()
  await until('the pause holds', async () => (await replay(id)).kind === 'paused')
  const over = Date.now()
  await book.updateTable('collection_pauses').set({ until_ms: over, changed_at_ms: over }).where('id', '=', 'pause-d').execute()
  await until('it is judged', async () => (await replay(id)).kind === 'still-refused')
  await client.endAsync()
})
