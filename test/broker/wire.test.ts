// The broker over real sockets: who gets in, and what they may do there.

import type { IClientOptions, MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { revokeDevice } from '../../broker/registry.ts'
import type { Edge } from '../../main/edge.ts'
import { connectDevice, type EdgePlace, listen, makeEdgePlace, speeds, startEdgeHere, until } from '../ingest/edge-rig.ts'
import { openRaw, rawConnect } from './raw-mqtt.ts'

const startMs = 1_767_225_600_000
let place: EdgePlace
let edge: Edge
let secret: string
let otherSecret: string

beforeAll(async () => {
  place = await makeEdgePlace()
  edge = await startEdgeHere(place)
  secret = await place.register('car-1')
  otherSecret = await place.register('car-2')
  await place.register('constructor')
})
afterAll(async () => {
  await edge.close()
  place.remove()
})

const car = { id: 'car-1', kind: 'vehicle' } as const
const topicOf = (channel: string) => `merit/v1/car-1/${channel}`
const closeOf = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', () => resolve()))

test.each(['mqtt', 'ws'])('a device signs in over %s, publishes, and is told what became of it', async (transport) => {
  const client = await connectDevice(transport === 'ws' ? place.wsUrl : place.mqttUrl, 'car-1', secret)
  const receipts = await listen(client, topicOf('receipt'))
  const fromMs = startMs + (transport === 'ws' ? 3_600_000 : 0)
  await client.publishAsync(topicOf('telemetry'), speeds(car, fromMs, 5), { qos: 1 })
  await until('a receipt', () => receipts.length === 1)
  expect(receipts[0]).toMatchObject({ accepted: 5, duplicate: 0, rejected: [] })
  await client.endAsync()
})

test('WebSocket works at the root path too, and nowhere else; a client that does not offer mqtt is refused', async () => {
  const root = place.wsUrl.replace('/mqtt', '/')
  await (await connectDevice(root, 'car-1', secret)).endAsync()
  const open = (url: string, protocols: string[]) =>
    new Promise<string>((resolve) => {
      const webSocket = new WebSocket(url, protocols)
      webSocket.once('open', () => resolve('open'))
      webSocket.once('error', (error) => resolve(error.message))
    })
  expect(await open(place.wsUrl.replace('/mqtt', '/other'), ['mqtt'])).toContain('404')
  expect(await open(place.wsUrl, ['chat'])).toContain('400')
  expect((await fetch(root.replace('ws:', 'http:'))).status).toBe(426)
})

const refusedSignIns: readonly (readonly [string, () => IClientOptions, number])[] = [
  ['a wrong password', () => ({ password: 'wrong' }), 4],
  ["another device's password", () => ({ password: otherSecret }), 4],
  ['an unknown device, told like a wrong password', () => ({ clientId: 'nobody', username: 'nobody' }), 4],
  ['a name of an object property', () => ({ clientId: '__proto__', username: '__proto__' }), 2],
  ['another client id than user name', () => ({ clientId: 'car-2' }), 2],
  ['an empty client id', () => ({ clientId: '', username: 'car-1' }), 2],
  [
    "a will on another device's topic",
    () => ({ will: { topic: 'merit/v1/car-2/state', payload: 'x', qos: 1, retain: false } }),
    5,
  ],
  ['MQTT 5', () => ({ protocolVersion: 5 }), 1],
]

test.each(refusedSignIns)('sign-in with %s is refused', async (_, change, code) => {
  await expect(connectDevice(place.mqttUrl, 'car-1', secret, change())).rejects.toMatchObject({ code })
})

test('no session is kept: a client that asks for one gets a clean one', async () => {
  const client = await connectDevice(place.mqttUrl, 'car-1', secret, { clean: false })
  const present = new Promise((resolve) => client.once('packetreceive', resolve))
  await client.subscribeAsync(topicOf('receipt'), { qos: 1 })
  await present
  await client.endAsync()
  const again = await openRaw(edge.ports.mqttPort)
  again.socket.write(rawConnect('car-1', 'car-1', secret, false))
  await until('a CONNACK', () => again.received().length >= 4)
  expect([...again.received()]).toEqual([0x20, 2, 0, 0])
  again.socket.destroy()
})

test('only the own receipt, config and nudge may be subscribed; everything else answers 128 and the connection stays', async () => {
  const client = await connectDevice(place.mqttUrl, 'car-1', secret)
  for (const channel of ['receipt', 'config', 'nudge'])
    expect(await client.subscribeAsync(topicOf(channel), { qos: 1 })).toMatchObject([{ qos: 1 }])
  const foreign = [
    '#',
    '+/+/+/+',
    '$SYS/#',
    '$share/g/merit/v1/car-1/receipt',
    'merit/v1/car-2/receipt',
    'merit/v1/+/receipt',
    topicOf('state'),
  ]
  for (const topic of foreign) await expect(client.subscribeAsync(topic, { qos: 1 }), topic).rejects.toThrow()
  await client.publishAsync(topicOf('telemetry'), speeds(car, startMs + 7_200_000, 1), { qos: 1 })
  await client.endAsync()
})

test('a forbidden publication ends the connection without a PUBACK', async () => {
  const forbidden = [
    ['merit/v1/car-2/telemetry', false],
    ['$SYS/x', false],
    ['a/../b', false],
    ['merit/v1/rogue-3/receipt', false],
    ['merit/v1/rogue-4/telemetry', true],
  ] as const
  const acknowledged = await Promise.all(
    forbidden.map(async ([topic, retain], index) => {
      const id = `rogue-${index}`
      const client = await connectDevice(place.mqttUrl, id, await place.register(id))
      const closed = closeOf(client)
      let isAcknowledged = false
      client.publish(topic, speeds(car, startMs, 1, 99), { qos: 1, retain }, (error) => {
        isAcknowledged = error === undefined || error === null
      })
      await closed
      await client.endAsync(true)
      return isAcknowledged
    }),
  )
  expect(acknowledged).toEqual(forbidden.map(() => false))
})

test('the right secret takes over, as MQTT demands; a wrong one does not, and the device stays connected', async () => {
  const victim = await connectDevice(place.mqttUrl, 'car-2', otherSecret)
  const closed = closeOf(victim)
  await expect(connectDevice(place.mqttUrl, 'car-2', 'guessed')).rejects.toMatchObject({ code: 4 })
  await expect(connectDevice(place.mqttUrl, 'car-2', secret)).rejects.toMatchObject({ code: 4 })
  await victim.publishAsync('merit/v1/car-2/telemetry', speeds({ ...car, id: 'car-2' }, startMs, 1), { qos: 1 })
  const successor = await connectDevice(place.mqttUrl, 'car-2', otherSecret)
  await closed
  await successor.publishAsync('merit/v1/car-2/telemetry', speeds({ ...car, id: 'car-2' }, startMs + 1000, 1), { qos: 1 })
  expect(edge.health().counts.devicesOnline).toBe(1)
  await Promise.all([successor.endAsync(), victim.endAsync(true)])
})

test('a device that takes over again and again is connected once', async () => {
  const clients = await Promise.all(
    Array.from({ length: 8 }, () => connectDevice(place.mqttUrl, 'car-2', otherSecret).catch(() => undefined)),
  )
  await until('one is left', () => clients.filter((client) => client?.connected === true).length <= 1)
  const last = await connectDevice(place.mqttUrl, 'car-2', otherSecret)
  const receipts = await listen(last, 'merit/v1/car-2/receipt')
  await last.publishAsync('merit/v1/car-2/telemetry', speeds({ ...car, id: 'car-2' }, startMs + 2000, 1), { qos: 1 })
  await until('a receipt', () => receipts.length === 1)
  expect(edge.health().counts.devicesOnline).toBe(1)
  for (const client of [...clients, last]) await client?.endAsync(true)
  await until('nobody is left', () => edge.health().counts.devicesOnline === 0)
})

test('one that guesses is held up; the others at its address are not', async () => {
  const wrong = () => connectDevice(place.mqttUrl, 'constructor', 'guess').catch((error: unknown) => error)
  const answers: unknown[] = []
  for (let attempt = 0; attempt < 14; attempt += 1) answers.push(await wrong())
  expect(answers.at(0)).toMatchObject({ code: 4 })
  expect(answers.at(-1)).toMatchObject({ code: 5 })
  await (await connectDevice(place.mqttUrl, 'car-1', secret)).endAsync()
})

test('a revoked device does not come in again', async () => {
  const lost = await place.register('car-lost')
  await (await connectDevice(place.mqttUrl, 'car-lost', lost)).endAsync()
  await place.withBook((book) => revokeDevice(book, 'car-lost', Date.now()))
  await expect(connectDevice(place.mqttUrl, 'car-lost', lost)).rejects.toMatchObject({ code: 4 })
})
