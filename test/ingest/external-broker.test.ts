// Behind a broker that somebody runs already: a real Mosquitto, two edges that share its messages, and one of them killed.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findService, howToGet } from '../services.ts'
import { root } from '../source-tree.ts'
import {
  type EdgePlace,
  type EdgeProcess,
  listen,
  makeEdgePlace,
  readHealth,
  speeds,
  startEdgeProcess,
  until,
} from './edge-rig.ts'
import { type Mosquitto, startMosquitto } from './mosquitto.ts'

const startMs = 1_767_225_600_000
const ids = ['car-1', 'car-2', 'car-3', 'car-4']
const readingsPerBatch = 10

describe.skipIf(findService('mosquitto') === undefined)(`behind Mosquitto (${howToGet('mosquitto')})`, () => {
  let mosquitto: Mosquitto
  const places: EdgePlace[] = []
  const edges = new Map<EdgePlace, EdgeProcess>()
  let publisher: MqttClient

  beforeAll(async () => {
    mosquitto = await startMosquitto()
    const first = await makeEdgePlace({ MERIT_MQTT_URL: mosquitto.url })
    const { bookUrl, telemetryUrl } = first.configuration
    const second = await makeEdgePlace({
      MERIT_MQTT_URL: mosquitto.url,
      MERIT_BOOK_URL: bookUrl,
      MERIT_TELEMETRY_URL: telemetryUrl,
    })
    places.push(first, second)
    for (const id of ids) await first.register(id)
    for (const place of places) edges.set(place, await startEdgeProcess(place))
    for (const place of places) await until('edge is at the broker', async () => (await readHealth(place))?.['status'] === 'ok')
    publisher = await connectAsync(mosquitto.url, { clientId: 'publisher' })
  }, 60_000)

  afterAll(async () => {
    await publisher?.endAsync(true)
    for (const edge of edges.values()) await edge.end('SIGKILL')
    for (const place of places) place.remove()
    await mosquitto?.stop()
  })

  const firstPlace = (): EdgePlace => {
    const [place] = places
    if (place === undefined) throw new Error('no edge')
    return place
  }
  const publish = (id: string, batch: number) =>
    publisher.publishAsync(
      `merit/v1/${id}/telemetry`,
      speeds({ id, kind: 'vehicle' }, startMs + batch * readingsPerBatch * 1000, readingsPerBatch),
      { qos: 1 },
    )
  const storedTimes = (id: string) =>
    firstPlace().withStore(async (store) => {
      const times: number[] = []
      for await (const { takenAtMs } of store.range({ id, kind: 'vehicle' }, 0, Number.MAX_SAFE_INTEGER)) times.push(takenAtMs)
      return times
    })
  const messagesOf = async (place: EdgePlace): Promise<number> => {
    const counts: unknown = (await readHealth(place))?.['counts']
    return typeof counts === 'object' && counts !== null && 'messages' in counts ? Number(counts.messages) : 0
  }

  test('two edges share the messages; one is killed, and nothing that the broker took is lost or stored twice', async () => {
    const receipts = await listen(publisher, 'merit/v1/car-1/receipt')
    const batches = 150
    for (let batch = 0; batch < batches; batch += 1) {
      await Promise.all(ids.map((id) => publish(id, batch)))
      if (batch === 40) for (const place of places) expect(await messagesOf(place), 'each takes its share').toBeGreaterThan(0)
      // In the middle of the flow, with messages between arrival and disk.
      if (batch === 75) await edges.get(firstPlace())?.end('SIGKILL')
    }
    // What the killed one had and did not acknowledge waits for it at the broker.
    edges.set(firstPlace(), await startEdgeProcess(firstPlace()))
    const expected = Array.from({ length: batches * readingsPerBatch }, (_, index) => startMs + index * 1000)
    await until('everything is stored', async () => {
      for (const id of ids) if ((await storedTimes(id)).length < expected.length) return false
      return true
    })
    for (const id of ids) expect(await storedTimes(id)).toEqual(expected)
    expect(receipts[0]).toMatchObject({ accepted: readingsPerBatch, rejected: [] })
  }, 60_000)

  test('a device that nobody registered is acknowledged, counted and not stored, and the next good message is', async () => {
    await publisher.publishAsync('merit/v1/stranger/telemetry', speeds({ id: 'stranger', kind: 'vehicle' }, startMs, 1), {
      qos: 1,
    })
    await publisher.publishAsync('merit/v1/car-1/telemetry', 'not json', { qos: 1 })
    await publish('car-1', 1000)
    const at = startMs + 1000 * readingsPerBatch * 1000
    await until('the good one is stored', async () => (await storedTimes('car-1')).includes(at))
    const metrics = await Promise.all(
      places.map(async ({ healthUrl }) => (await fetch(healthUrl.replace('healthz', 'metrics'))).text()),
    )
    expect(metrics.join('\n')).toMatch(/merit_readings_rejected_total\{code="unknown-device"\} 1/)
    const quarantined = await firstPlace().withBook((book) => book.selectFrom('quarantine').select('code').execute())
    expect(quarantined.map(({ code }) => code)).toContain('not-json')
  })

  test('without the broker edge starts and says what is wrong, and never the password', async () => {
    const lonely = await makeEdgePlace({ MERIT_MQTT_URL: 'mqtt://user:geheim@127.0.0.1:9' })
    const edge = await startEdgeProcess(lonely)
    try {
      await until('it says so', async () => {
        const health = JSON.stringify(await readHealth(lonely))
        return health.includes('The broker at mqtt://127.0.0.1:9 is away')
      })
      expect(JSON.stringify(await readHealth(lonely)) + edge.log()).not.toContain('geheim')
    } finally {
      await edge.end('SIGTERM')
      lonely.remove()
    }
  })

  test('with the rights that the README gives, edge takes what a device says of itself and nothing that it says of another', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8')
    const [, block = ''] = /# Mosquitto, acl_file[^\n]*\n((?: {4}[^\n]+\n)+)/.exec(readme) ?? []
    const rights = block.replaceAll(/^ {4}/gm, '')
    expect(rights).toContain('user merit')
    const guarded = await startMosquitto({ passwords: { merit: 'edge', 'car-1': 'one', 'car-2': 'two' }, rights })
    const place = await makeEdgePlace({ MERIT_MQTT_URL: guarded.url.replace('mqtt://', 'mqtt://merit:edge@') })
    let edge: EdgeProcess | undefined
    try {
      for (const id of ['car-1', 'car-2']) await place.register(id)
      edge = await startEdgeProcess(place)
      await until('edge is at the broker', async () => (await readHealth(place))?.['status'] === 'ok')
      const car = await connectAsync(guarded.url, { clientId: 'car-1', username: 'car-1', password: 'one' })
      const receipts = await listen(car, 'merit/v1/car-1/receipt')
      await car.publishAsync('merit/v1/car-2/telemetry', speeds({ id: 'car-2', kind: 'vehicle' }, startMs, 1), { qos: 1 })
      await car.publishAsync('merit/v1/car-1/telemetry', speeds({ id: 'car-1', kind: 'vehicle' }, startMs, 1), { qos: 1 })
      await until('its own is stored and told', async () => {
        const count = await place.withStore((store) => store.count({ id: 'car-1', kind: 'vehicle' }))
        return count === 1 && receipts.length === 1
      })
      expect(await place.withStore((store) => store.count({ id: 'car-2', kind: 'vehicle' }))).toBe(0)
      await car.endAsync()
    } finally {
      await edge?.end('SIGTERM')
      place.remove()
      await guarded.stop()
    }
  }, 40_000)
})
