// Bytes no device should send, over real sockets: the connection they come from ends, memory stays bounded, and nobody else
// notices.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { packetBytesMax } from '../../broker/packet-limit.ts'
import type { Edge } from '../../main/edge.ts'
import { connectDevice, type EdgePlace, makeEdgePlace, startEdgeHere, until } from '../ingest/edge-rig.ts'
import { openRaw, rawConnect, rawPacket, rawPublish } from './raw-mqtt.ts'

let place: EdgePlace
let edge: Edge
let secret: string
let otherSecret: string

beforeAll(async () => {
  place = await makeEdgePlace()
  edge = await startEdgeHere(place)
  secret = await place.register('car-1')
  otherSecret = await place.register('car-2')
})
afterAll(async () => {
  await edge.close()
  place.remove()
})

const topicOf = (channel: string) => `merit/v1/car-1/${channel}`

test('before sign-in a packet above 4 KiB is cut off at its header', async () => {
  const raw = await openRaw(edge.ports.mqttPort)
  raw.socket.write(rawPacket(0x10, Buffer.alloc(0), 5000))
  expect(await raw.closedAfterMs).toBeLessThan(1000)
})

test('after sign-in a packet above 256 KiB is cut off at its header; one just below is not', async () => {
  const client = await connectDevice(place.mqttUrl, 'car-1', secret)
  await client.publishAsync(topicOf('telemetry'), 'x'.repeat(packetBytesMax - 100), { qos: 1 })
  await client.endAsync()
  const raw = await openRaw(edge.ports.mqttPort)
  raw.socket.write(rawConnect('car-1', 'car-1', secret))
  await until('a CONNACK', () => raw.received().length >= 4)
  raw.socket.write(rawPacket(0x32, Buffer.alloc(0), 300_000))
  expect(await raw.closedAfterMs).toBeLessThan(2000)
})

test('what is sent behind CONNECT without waiting for the answer is not lost, however large', async () => {
  const raw = await openRaw(edge.ports.mqttPort)
  const publish = rawPublish(Buffer.from(topicOf('telemetry')), 'y'.repeat(20_000))
  raw.socket.write(Buffer.concat([rawConnect('car-1', 'car-1', secret), publish, publish]))
  await until('CONNACK and two PUBACKs', () => raw.received().length >= 12)
  expect([...raw.received()]).toEqual([0x20, 2, 0, 0, 0x40, 2, 0, 1, 0x40, 2, 0, 1])
  raw.socket.destroy()
})

test('whoever says nothing, or says it byte by byte, is cut off within about five seconds', async () => {
  const [silent, slow] = [await openRaw(edge.ports.mqttPort), await openRaw(edge.ports.mqttPort)]
  const bytes = rawConnect('car-1', 'car-1', secret)
  let sent = 0
  const drip = setInterval(() => slow.socket.write(bytes.subarray(sent, ++sent)), 300)
  expect(await silent.closedAfterMs).toBeLessThan(6000)
  expect(await slow.closedAfterMs).toBeLessThan(6000)
  clearInterval(drip)
})

const signedIn = () => rawConnect('car-1', 'car-1', secret)

test.each([
  ['bytes that are no MQTT', () => Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ['a PUBLISH before CONNECT', () => rawPublish(Buffer.from(topicOf('telemetry')), '{}')],
  ['reserved flags in CONNECT', () => rawPacket(0x1f, Buffer.alloc(10))],
  ['a CONNECT that ends in its middle', () => rawPacket(0x10, signedIn().subarray(2, 12))],
  ['a length of five bytes', () => Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 0xff])],
  ['a second CONNECT', () => Buffer.concat([signedIn(), signedIn()])],
  ['QoS 3', () => Buffer.concat([signedIn(), rawPacket(0x36, Buffer.alloc(20))])],
  ['a topic that is no UTF-8', () => Buffer.concat([signedIn(), rawPublish(Buffer.from([0xff, 0xfe, 0x2f]), '{}')])],
  ['a topic with NUL', () => Buffer.concat([signedIn(), rawPublish(Buffer.from('merit/v1/car-1/telemetry\u0000'), '{}')])],
  ['a wildcard in PUBLISH', () => Buffer.concat([signedIn(), rawPublish(Buffer.from('merit/v1/#'), '{}')])],
  ['an empty topic', () => Buffer.concat([signedIn(), rawPublish(Buffer.alloc(0), '{}')])],
  ['a topic of many levels', () => Buffer.concat([signedIn(), rawPublish(Buffer.from('/'.repeat(300)), '{}')])],
  ['a SUBSCRIBE without a topic', () => Buffer.concat([signedIn(), rawPacket(0x82, Buffer.from([0, 1]))])],
  ['a packet type that does not exist', () => Buffer.concat([signedIn(), rawPacket(0xf0, Buffer.alloc(0))])],
  ['packets of the server', () => Buffer.concat([signedIn(), Buffer.from([0x20, 2, 0, 0])])],
])('%s: that connection ends, and the broker lives', async (_, bytes) => {
  const raw = await openRaw(edge.ports.mqttPort)
  raw.socket.write(bytes())
  expect(await raw.closedAfterMs).toBeLessThan(7000)
  const client = await connectDevice(place.mqttUrl, 'car-2', otherSecret)
  await client.endAsync()
})

test('QoS 2 that is never completed is bounded', async () => {
  const raw = await openRaw(edge.ports.mqttPort)
  raw.socket.write(signedIn())
  await until('a CONNACK', () => raw.received().length >= 4)
  const topic = topicOf('telemetry')
  for (let id = 1; id <= 40; id += 1) {
    const head = Buffer.concat([Buffer.from([0, topic.length]), Buffer.from(topic), Buffer.from([0, id])])
    raw.socket.write(rawPacket(0x34, Buffer.concat([head, Buffer.from('{}')])))
  }
  expect(await raw.closedAfterMs).toBeLessThan(5000)
})

test('a device that stops reading its answers holds up nobody else', { timeout: 20_000 }, async () => {
  const raw = await openRaw(edge.ports.mqttPort)
  raw.socket.write(signedIn())
  await until('a CONNACK', () => raw.received().length >= 4)
  const filter = Buffer.from(topicOf('receipt'))
  raw.socket.write(rawPacket(0x82, Buffer.concat([Buffer.from([0, 1, 0, filter.length]), filter, Buffer.from([1])])))
  await until('a SUBACK', () => raw.received().length >= 9)
  raw.socket.pause()
  const message = rawPublish(Buffer.from(topicOf('telemetry')), '{}')
  for (let count = 0; count < 200; count += 1) raw.socket.write(Buffer.concat(Array.from({ length: 100 }, () => message)))

  const client = await connectDevice(place.mqttUrl, 'car-2', otherSecret)
  const startedAt = performance.now()
  for (let count = 0; count < 20; count += 1) await client.publishAsync('merit/v1/car-2/telemetry', '{}', { qos: 1 })
  // Whoever had to wait for it would wait until it is cut, ten seconds after it stopped reading.
  expect(performance.now() - startedAt).toBeLessThan(9000)
  await client.endAsync()
  raw.socket.destroy()
})
