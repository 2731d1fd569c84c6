// The store and the disk go away under a running edge, and come back: nothing acknowledged is lost, what cannot be kept is not
// acknowledged, and nobody has to lend a hand.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MqttClient } from 'mqtt'
import { expect, test } from 'vitest'
import { findService, howToGet } from '../services.ts'
import { type Influxd, startInfluxd } from '../store/influxd.ts'
import {
  connectDevice,
  type EdgePlace,
  makeEdgePlace,
  readHealth,
  speeds,
  startEdgeHere,
  startEdgeProcess,
  until,
} from './edge-rig.ts'

const startMs = 1_767_225_600_000
const car = { id: 'car-1', kind: 'vehicle' } as const

function publish(client: MqttClient, batch: number): Promise<unknown> {
  return client.publishAsync('merit/v1/car-1/telemetry', speeds(car, startMs + batch * 10_000, 10), { qos: 1 })
}

function publishAll(client: MqttClient, from: number, to: number): Promise<unknown> {
  return Promise.all(Array.from({ length: to - from }, (_, index) => publish(client, from + index)))
}

async function reasonsOf(place: EdgePlace): Promise<string> {
  return JSON.stringify((await readHealth(place))?.['reasons'])
}

test.skipIf(findService('influxd') === undefined)(
  `InfluxDB frozen and killed under load: devices are acknowledged all the while, and all of it arrives (${howToGet('influxd')})`,
  async () => {
    const influxd: Influxd = await startInfluxd()
    const place = await makeEdgePlace({ MERIT_TELEMETRY_URL: influxd.url })
    const secret = await place.register('car-1')
    const edge = await startEdgeHere(place)
    try {
      const client = await connectDevice(place.mqttUrl, 'car-1', secret)
      await publishAll(client, 0, 20)
      process.kill(influxd.pid, 'SIGSTOP')
      await publishAll(client, 20, 60)
      expect(edge.health().counts.readings).toBeLessThan(600)
      await influxd.restart()
      await publishAll(client, 60, 80)
      await until('all is stored', async () => (await place.withStore((store) => store.count(car))) === 800)
      await until('health is well again', () => edge.health().status === 'ok')
      await client.endAsync()
    } finally {
      await edge.close()
      await influxd.stop()
      place.remove()
    }
  },
)

test('a store that never comes: the journal fills to its bound, then devices get no PUBACK and keep their data', async () => {
  const place = await makeEdgePlace({ MERIT_TELEMETRY_URL: 'influxdb://127.0.0.1:9/merit', MERIT_JOURNAL_MB_MAX: '16' })
  const secret = await place.register('car-1')
  const edge = await startEdgeHere(place)
  try {
    const client = await connectDevice(place.mqttUrl, 'car-1', secret)
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()))
    let acknowledged = 0
    // About 45 KB a message: the bound is reached after some hundred of them.
    const sending = Promise.all(
      Array.from({ length: 800 }, (_, batch) =>
        client
          .publishAsync('merit/v1/car-1/telemetry', speeds(car, startMs + batch * 1_000_000, 1000), { qos: 1 })
          .then(() => {
            acknowledged += 1
          })
          .catch(() => undefined),
      ),
    )
    await closed
    await client.endAsync(true)
    await sending
    expect(acknowledged).toBeGreaterThan(100)
    expect(acknowledged).toBeLessThan(800)
    expect(await reasonsOf(place)).toContain('% full')
    const metrics = await (await fetch(place.healthUrl.replace('healthz', 'metrics'))).text()
    expect(metrics).toMatch(/^merit_messages_unacknowledged_total\{code="journal-full"\} [1-9]/m)
  } finally {
    await edge.close()
    place.remove()
  }
})

/** A disk of its own that can fill up: a mount that only the child sees. */
const smallDisk = (folder: string) => ['unshare', '-rm', 'sh', '-c', 'mount -t tmpfs -o size=4m tmpfs "$0" && exec "$@"', folder]
const [probe = '', ...probeArgs] = [...smallDisk(tmpdir()), 'true']
const hasSmallDisk = spawnSync(probe, probeArgs).status === 0

test.skipIf(!hasSmallDisk)(
  'a full disk: no PUBACK and a clear reason; with space again it goes on by itself (needs leave to unshare and mount)',
  async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'merit-elsewhere-'))
    const place = await makeEdgePlace({
      MERIT_BOOK_URL: `sqlite:${join(elsewhere, 'book.db')}`,
      MERIT_TELEMETRY_URL: `sqlite:${join(elsewhere, 'telemetry.db')}`,
    })
    const folder = place.configuration.dataDir
    const secret = await place.register('car-1')
    const edge = await startEdgeProcess(place, smallDisk(folder))
    try {
      const inside = `/proc/${edge.child.pid}/root${folder}`
      const client = await connectDevice(place.mqttUrl, 'car-1', secret)
      await publishAll(client, 0, 10)

      const { bavail, bsize } = statfsSync(inside)
      writeFileSync(join(inside, 'filler'), Buffer.alloc(bavail * bsize))
      const refused = new Promise<void>((resolve) => client.once('close', () => resolve()))
      const sending = Promise.allSettled(Array.from({ length: 20 }, (_, index) => publish(client, 10 + index)))
      await refused
      await client.endAsync(true)
      const acknowledged = (await sending).filter((outcome) => outcome.status === 'fulfilled').length
      expect(acknowledged).toBeLessThan(20)
      expect(await reasonsOf(place)).toContain('no space left')
      expect(edge.log()).toContain('ENOSPC')

      rmSync(join(inside, 'filler'))
      const again = await connectDevice(place.mqttUrl, 'car-1', secret)
      await publishAll(again, 10, 40)
      await until('health is well again', async () => (await readHealth(place))?.['status'] === 'ok')
      await until('all is stored', async () => (await place.withStore((store) => store.count(car))) === 400)
      await again.endAsync()
      expect(await edge.end('SIGTERM')).toBe(0)
    } finally {
      await edge.end('SIGKILL')
      place.remove()
      rmSync(elsewhere, { recursive: true })
    }
  },
)
