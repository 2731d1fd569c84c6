// The device client against a real broker that refuses, breaks off, is away, and is killed under way.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Reading } from '../../devices/contract/reading.ts'
import { connectDevice, DeviceError, type DeviceEvent, type MqttDevice } from '../../devices/mqtt-device.ts'
import { publishReadings } from '../../devices/publish-readings.ts'
import { readRecording } from '../../devices/recording/read-recording.ts'
import { replayRecording } from '../../devices/replay.ts'
import { freePort } from '../free-port.ts'
import { type BareBroker, type BareBrokerOptions, goodSecret, startBareBroker } from './bare-broker.ts'

const startMs = Date.UTC(2026, 4, 1)
const car = { id: 'car-1', kind: 'vehicle' } as const
const cleanUps: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function broker(options: BareBrokerOptions = {}): Promise<BareBroker> {
  const started = await startBareBroker(options)
  cleanUps.push(() => started.close())
  return started
}

function connectCar(port: number, onEvent?: (event: DeviceEvent) => void, secret = goodSecret): MqttDevice {
  const device = connectDevice({
    url: `mqtt://127.0.0.1:${port}`,
    device: car,
    secret,
    reconnect: { firstMs: 20, mostMs: 100 },
    ...(onEvent === undefined ? {} : { onEvent }),
  })
  cleanUps.push(() => device.close(0))
  return device
}

function drive(seconds: number, fromMs = startMs): Reading[] {
  return Array.from({ length: seconds }, (_, second) => ({
    kind: 'vehicle',
    device: car.id,
    takenAtMs: fromMs + second * 1000,
    values: { Speed: second % 50 },
  }))
}

test('a device says it is there, hands over its readings, learns what became of them, and says goodbye', async () => {
  const server = await broker()
  const device = connectCar(server.port)
  await device.online(5000)
  const sent = device.publish(drive(3))
  expect(await sent?.acknowledged).toBe(true)
  expect(await sent?.receipt).toMatchObject({ seq: sent?.seq, accepted: 3, duplicate: 0, rejected: [], clock: { verdict: 'ok' } })
  const again = device.publish(drive(4))
  expect(await again?.receipt).toMatchObject({ seq: again?.seq, accepted: 1, duplicate: 3 })
  expect(await device.close()).toEqual({ unacknowledgedBatches: 0 })
  expect(server.states.map((state) => state.state)).toEqual(['online', 'offline'])
  expect(server.states[0]?.session).toBe(server.states[1]?.session)
})

test('a connection that breaks is announced by the last will, and the next one counts as a later session', async () => {
  const server = await broker()
  const device = connectCar(server.port)
  await device.online(5000)
  await expect.poll(() => server.states.length).toBe(1)
  server.cut()
  await expect.poll(() => server.states.map((state) => state.state)).toEqual(['online', 'offline', 'online'])
  const [first, will, second] = server.states
  expect(will?.session).toBe(first?.session)
  expect(second?.session).toBeGreaterThan(first?.session ?? Number.POSITIVE_INFINITY)
})

test('a refused sign-in is final, named, and not tried again', async () => {
  const server = await broker()
  const events: DeviceEvent[] = []
  const device = connectCar(server.port, (event) => events.push(event), 'wrong')
  const sent = device.publish(drive(1))
  await expect(device.online(5000)).rejects.toMatchObject({ code: 'sign-in-refused', message: expect.stringContaining('car-1') })
  expect(await sent?.acknowledged).toBe(false)
  expect(await sent?.receipt).toBeUndefined()
  await expect(device.room()).rejects.toThrow(DeviceError)
  expect(events.map((event) => event.kind)).toEqual(['refused'])
  expect(await device.close()).toEqual({ unacknowledgedBatches: 1 })
})

test('a broker that is not there is named with its address, and what could not be sent is counted', async () => {
  const port = await freePort()
  const device = connectCar(port)
  device.publish(drive(1))
  await expect(device.online(200)).rejects.toMatchObject({
    code: 'broker-unreachable',
    message: expect.stringContaining(`mqtt://127.0.0.1:${port}`),
  })
  expect(await device.close(100)).toEqual({ unacknowledgedBatches: 1 })
})

test.each(['', 'localhost:1883', 'http://127.0.0.1:1883', 'mqtt//x'])('%j is not an MQTT address', (url) => {
  expect(() => connectDevice({ url, device: car, secret: goodSecret })).toThrow(/not an MQTT address/)
})

test('a full outbox refuses further batches until the broker is there again', async () => {
  const port = await freePort()
  const device = connectDevice({
    url: `mqtt://127.0.0.1:${port}`,
    device: car,
    secret: goodSecret,
    outboxBatchesMax: 2,
    reconnect: { firstMs: 20, mostMs: 100 },
  })
  cleanUps.push(() => device.close(0))
  expect(device.publish(drive(1))).toBeDefined()
  expect(device.publish(drive(1, startMs + 1000))).toBeDefined()
  expect(device.publish(drive(1, startMs + 2000))).toBeUndefined()
  const server = await broker({ port })
  await device.room()
  expect(await device.publish(drive(1, startMs + 2000))?.acknowledged).toBe(true)
  expect(server.times.get(car.id)?.size).toBe(3)
})

test('connections that break all the time lose nothing', async () => {
  let batches = 0
  const server: BareBroker = await broker({
    onReadings: () => {
      batches += 1
      if (batches % 30 === 0) server.cut()
    },
  })
  const device = connectCar(server.port)
  const readings = drive(2000)
  const report = await publishReadings(device, readings, {
    limits: { readingsMax: 5, spanMsMax: 60_000 },
    speed: Number.POSITIVE_INFINITY,
  })
  await device.close(5000)
  expect(report.readings).toBe(2000)
  expect([...(server.times.get(car.id) ?? [])].sort((a, b) => a - b)).toEqual(readings.map((reading) => reading.takenAtMs))
})

test('a broker that is killed twice under way has every reading in the end', { timeout: 20_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'merit-device-'))
  cleanUps.push(() => rm(folder, { recursive: true }))
  const port = await freePort()
  const file = join(folder, 'readings')
  const device = connectCar(port)
  const readings = drive(6000)
  let acknowledged = 0
  let server = await spawnBroker(port, file)
  const kills = (async () => {
    for (const afterBatches of [100, 300]) {
      await expect.poll(() => acknowledged, { timeout: 10_000, interval: 5 }).toBeGreaterThan(afterBatches * 10)
      await kill(server)
      server = await spawnBroker(port, file)
    }
  })()
  const report = await publishReadings(device, readings, {
    limits: { readingsMax: 10, spanMsMax: 60_000 },
    speed: 2500,
    onProgress: (progress) => {
      acknowledged = progress.acknowledged
    },
  })
  await kills
  expect(await device.close(5000)).toEqual({ unacknowledgedBatches: 0 })
  expect(report).toMatchObject({ readings: 6000, batches: 600, acknowledged: 6000, rejected: 0 })
  const kept = new Set((await readFile(file, 'utf8')).trim().split('\n').map(Number))
  expect(kept.size).toBe(6000)
  expect(readings.every((reading) => kept.has(reading.takenAtMs))).toBe(true)
  await kill(server)
})

test('a recorded drive replayed twice is stored once, one reading per row', async () => {
  const server = await broker()
  const { recording } = await readRecording(join(import.meta.dirname, '../data/drives/nds-02.csv'))
  const options = { recording, deviceId: car.id, secret: goodSecret, mqttUrl: `mqtt://127.0.0.1:${server.port}`, startMs }
  const first = await replayRecording({ ...options, speed: Number.POSITIVE_INFINITY, readingsPerBatch: 20 })
  expect(first).toEqual({
    readings: 65,
    batches: 4,
    acknowledged: 65,
    accepted: 65,
    duplicate: 0,
    rejected: 0,
    refusals: {},
    withoutReceipt: 0,
    stopped: false,
  })
  const second = await replayRecording({ ...options, speed: 600 })
  expect(second).toMatchObject({ readings: 65, accepted: 0, duplicate: 65 })
  expect(second.batches).toBe(6)
  expect(server.times.get(car.id)?.size).toBe(65)
})

test('refused readings are counted by reason', async () => {
  const server = await broker({ kind: 'home' })
  const { recording } = await readRecording(join(import.meta.dirname, '../data/drives/nds-12.csv'))
  const report = await replayRecording({
    recording,
    deviceId: car.id,
    secret: goodSecret,
    mqttUrl: `mqtt://127.0.0.1:${server.port}`,
    startMs,
    speed: Number.POSITIVE_INFINITY,
  })
  expect(report).toMatchObject({ accepted: 0, rejected: 59, refusals: { 'wrong-kind': 59 } })
})

test('a replay can be stopped on the way and says so', async () => {
  const server = await broker()
  const { recording } = await readRecording(join(import.meta.dirname, '../data/drives/nds-01.csv'))
  const report = await replayRecording({
    recording,
    deviceId: car.id,
    secret: goodSecret,
    mqttUrl: `mqtt://127.0.0.1:${server.port}`,
    startMs,
    speed: 100,
    signal: AbortSignal.timeout(400),
  })
  expect(report.stopped).toBe(true)
  expect(report.readings).toBeGreaterThan(0)
  expect(report.acknowledged).toBe(report.readings)
  expect(server.times.get(car.id)?.size).toBe(report.acknowledged)
})

function spawnBroker(port: number, file: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bare-broker.ts'), String(port), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  cleanUps.push(() => kill(child))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the broker ended with ${code}`)))
    child.stdout.once('data', () => resolve(child))
  })
}

function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}
