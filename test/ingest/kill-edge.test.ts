// The promise, tested the hard way: a real edge is killed with SIGKILL under load, again and again. Every reading it acknowledged
// is in the store afterwards, once; devices only send again what was not acknowledged.

import { connect, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EdgePlace, type EdgeProcess, makeEdgePlace, readHealth, speeds, startEdgeProcess, until } from './edge-rig.ts'

const startMs = 1_767_225_600_000
const deviceCount = 4
const kills = 3
const loadMs = 600
const readingsPerBatch = 10
/** Batches a device has under way, so that a kill always hits some between arrival and disk. */
const inFlightMax = 25

let place: EdgePlace
let edge: EdgeProcess | undefined

beforeAll(async () => {
  place = await makeEdgePlace()
})
afterAll(async () => {
  await edge?.end('SIGKILL')
  place.remove()
})

interface Sender {
  readonly id: string
  readonly client: MqttClient
  /** First time of every batch whose PUBACK came. */
  readonly acknowledged: Set<number>
  sent: number
  isSending: boolean
}

function startSender(id: string, secret: string): Sender {
  // The client keeps what is not acknowledged and sends it again when it is connected again.
  const client = connect(place.mqttUrl, {
    clientId: id,
    username: id,
    password: secret,
    reconnectPeriod: 50,
    connectTimeout: 2000,
  })
  client.on('error', () => undefined)
  const sender: Sender = { id, client, acknowledged: new Set(), sent: 0, isSending: true }
  const fill = () => {
    while (sender.isSending && client.connected && sender.sent - sender.acknowledged.size < inFlightMax) {
      const fromMs = startMs + sender.sent * readingsPerBatch * 1000
      sender.sent += 1
      client.publish(
        `merit/v1/${id}/telemetry`,
        speeds({ id, kind: 'vehicle' }, fromMs, readingsPerBatch),
        { qos: 1 },
        (error) => {
          if (error) return
          sender.acknowledged.add(fromMs)
          setImmediate(fill)
        },
      )
    }
  }
  client.on('connect', fill)
  return sender
}

async function storedTimes(id: string): Promise<readonly number[]> {
  return place.withStore(async (store) => {
    const times: number[] = []
    for await (const reading of store.range({ id, kind: 'vehicle' }, 0, Number.MAX_SAFE_INTEGER)) times.push(reading.takenAtMs)
    return times
  })
}

test(`after ${kills} times kill -9 under load every acknowledged reading is stored, and stored once`, async () => {
  const ids = Array.from({ length: deviceCount }, (_, index) => `car-${index}`)
  const secrets = await Promise.all(ids.map((id) => place.register(id)))
  edge = await startEdgeProcess(place)
  const senders = ids.map((id, index) => startSender(id, secrets[index] ?? ''))
  const acknowledgedCount = () => senders.reduce((sum, sender) => sum + sender.acknowledged.size, 0)

  for (let kill = 0; kill < kills; kill += 1) {
    const before = acknowledgedCount()
    await until('the load flows', () => acknowledgedCount() > before + 100)
    await new Promise((resolve) => setTimeout(resolve, loadMs))
    await edge.end('SIGKILL')
    const diedAt = performance.now()
    edge = await startEdgeProcess(place)
    expect(performance.now() - diedAt, 'milliseconds until edge is back').toBeLessThan(8000)
  }
  const beforeEnd = acknowledgedCount()
  await until('the load flows after the last kill', () => acknowledgedCount() > beforeEnd + 100)
  for (const sender of senders) sender.isSending = false
  await until('everything is acknowledged', () => senders.every((sender) => sender.acknowledged.size === sender.sent))
  await Promise.all(senders.map((sender) => sender.client.endAsync()))
  expect(await edge.end('SIGTERM'), edge.log()).toBe(0)

  for (const sender of senders) {
    const times = await storedTimes(sender.id)
    const stored = new Set(times)
    const missing = [...sender.acknowledged].flatMap((fromMs) =>
      Array.from({ length: readingsPerBatch }, (_, index) => fromMs + index * 1000).filter((time) => !stored.has(time)),
    )
    expect(missing, `${sender.id}: acknowledged and not stored`).toEqual([])
    expect(times.length, `${sender.id}: stored once`).toBe(stored.size)
    expect(times.length).toBe(sender.sent * readingsPerBatch)
  }
})

test('what was acknowledged while the store was away survives kill -9 without the device ever coming back', async () => {
  const away = await makeEdgePlace({ MERIT_TELEMETRY_URL: 'influxdb://127.0.0.1:9/merit' })
  const processes: EdgeProcess[] = []
  try {
    const secret = await away.register('gone')
    const first = await startEdgeProcess(away)
    processes.push(first)
    expect(await readHealth(away)).toMatchObject({ status: 'degraded', reasons: [expect.stringContaining('cannot be reached')] })
    const client = connect(away.mqttUrl, { clientId: 'gone', username: 'gone', password: secret, reconnectPeriod: 0 })
    const publish = (batch: number) =>
      client.publishAsync('merit/v1/gone/telemetry', speeds({ id: 'gone', kind: 'vehicle' }, startMs + batch * 10_000, 10), {
        qos: 1,
      })
    await Promise.all(Array.from({ length: 50 }, (_, batch) => publish(batch)))
    await first.end('SIGKILL')
    await client.endAsync(true)

    // The store that answers again is an embedded one here: the journal does not care which.
    const back = { ...away, environment: { ...away.environment, MERIT_TELEMETRY_URL: `sqlite:telemetry.db` } }
    const second = await startEdgeProcess(back)
    processes.push(second)
    await until('the journal is drained', async () => {
      const counts: unknown = (await readHealth(away))?.['counts']
      return typeof counts === 'object' && counts !== null && 'readings' in counts && counts.readings === 500
    })
    expect(await readHealth(away)).toMatchObject({ status: 'ok' })
    expect(await second.end('SIGTERM')).toBe(0)
  } finally {
    for (const process of processes) await process.end('SIGKILL')
    away.remove()
  }
})
