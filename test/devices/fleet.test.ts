// Simulated devices over a real broker: live, started again, refused, and their history.

import { afterEach, expect, test } from 'vitest'
import { type FleetDevice, startFleet } from '../../devices/simulator/fleet.ts'
import { publishHistory } from '../../devices/simulator/publish-history.ts'
import { readGeoJson } from '../../devices/simulator/road/read-geojson.ts'
import type { Truth } from '../../devices/simulator/truth.ts'
import type { VehicleTraits } from '../../devices/simulator/vehicle/vehicle-traits.ts'
import { type BareBroker, goodSecret, startBareBroker } from './bare-broker.ts'

const cleanUps: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function broker(kind: 'vehicle' | 'home'): Promise<BareBroker> {
  const started = await startBareBroker({ kind })
  cleanUps.push(() => started.close())
  return started
}

const cars: readonly FleetDevice[] = [
  { id: 'car-1', secret: goodSecret, kind: 'vehicle', style: 'calm' },
  { id: 'car-2', secret: goodSecret, kind: 'vehicle', style: 'hurried', odometerKm: 1000 },
]

test('a fleet catches up to the clock, never runs ahead of it, and signs off with everything acknowledged', async () => {
  const server = await broker('vehicle')
  const startedAtMs = Date.now()
  const fleet = await startFleet({
    devices: cars,
    mqttUrl: `mqtt://127.0.0.1:${server.port}`,
    seed: 'demo',
    speed: 1e9,
    nowMs: startedAtMs - 900_000,
  })
  expect(fleet.counts()).toMatchObject({ devices: 2, online: 2 })
  const report = await fleet.close()
  expect(await fleet.closed).toEqual(report)
  expect(report).toMatchObject({ unacknowledgedBatches: 0, rejected: 0, dropped: 0 })
  expect(report.acknowledged).toBe(report.published)
  for (const car of cars) {
    const times = [...(server.times.get(car.id) ?? [])]
    expect(times.length).toBeGreaterThan(200)
    expect(Math.max(...times)).toBeLessThanOrEqual(Date.now())
    expect(Math.min(...times)).toBeGreaterThan(startedAtMs - 900_000)
    expect(times.every((time) => time % 1000 === 0)).toBe(true)
  }
  expect(server.states.filter((state) => state.state === 'offline')).toHaveLength(2)
})

test('a fleet tells with whatever each vehicle carries, on whatever map, and by the week where it has a life', async () => {
  const server = await broker('vehicle')
  // A Monday: what is due since then is more than fits on its way at once, so the same is published whenever this runs.
  const mondayMs = Date.UTC(2026, 4, 4)
  const truths: Truth[] = []
  const road = readGeoJson(
    JSON.stringify({
      type: 'FeatureCollection',
      features: [
        [
          [8, 50],
          [8.02, 50],
          [8.02, 50.01],
        ],
        [
          [8.02, 50.01],
          [8, 50.01],
          [8, 50],
        ],
      ].map((coordinates) => ({ type: 'Feature', geometry: { type: 'LineString', coordinates }, properties: { maxspeed: 60 } })),
    }),
    { name: 'square', timeZone: 'Europe/Berlin' },
  )
  if (road.kind === 'problem') throw new Error(road.problem)
  const device = (id: string, traits: Partial<VehicleTraits>): FleetDevice => ({
    id,
    secret: goodSecret,
    kind: 'vehicle',
    style: 'average',
    ...traits,
  })
  const fleet = await startFleet({
    devices: [
      device('plug', { equipment: 'obd', driver: 'hurried', odometerKm: 10 }),
      device('phone', { equipment: 'phone', style: 'distracted' }),
      device('receiver', { equipment: 'gps-only', road: road.map }),
      device('worker', { life: 'commuter', equipment: 'tracker' }),
    ],
    mqttUrl: `mqtt://127.0.0.1:${server.port}`,
    seed: 'carried',
    speed: 1e9,
    nowMs: mondayMs,
    livesFromMs: mondayMs + 2 * 86_400_000,
    onTruth: (truth) => truths.push(truth),
  })
  const report = await fleet.close()
  expect(report).toMatchObject({ unacknowledgedBatches: 0, rejected: 0, dropped: 0 })
  const of = (id: string) => truths.filter((truth) => truth.kind === 'trip' && truth.device === id)
  for (const id of ['plug', 'phone', 'receiver', 'worker']) {
    expect(server.times.get(id)?.size, id).toBeGreaterThan(100)
    expect(of(id).length, id).toBeGreaterThan(1)
  }
  expect(of('plug')[0]).toMatchObject({ equipment: 'obd', seen: ['brake', 'acceleration', 'speeding'] })
})

test('a home that is started again says nothing twice and nothing different', async () => {
  const server = await broker('home')
  const options = {
    devices: [{ id: 'hub', secret: goodSecret, kind: 'home', style: 'tended' }],
    mqttUrl: `mqtt://127.0.0.1:${server.port}`,
    seed: 'demo',
    speed: 1e9,
  } as const
  const stop = new AbortController()
  const first = await startFleet({ ...options, nowMs: Date.now() - 7_200_000, signal: stop.signal })
  stop.abort()
  expect(await first.closed).toMatchObject({ published: 120, acknowledged: 120 })
  const second = await startFleet({ ...options, nowMs: Date.now() - 3_600_000 })
  await second.close()
  expect(server.times.get('hub')?.size).toBeLessThanOrEqual(121)
})

test('a fleet with one device that may not sign in does not start, and says which', async () => {
  const server = await broker('vehicle')
  const starting = startFleet({
    devices: [...cars, { id: 'stranger', secret: 'wrong', kind: 'vehicle', style: 'calm' }],
    mqttUrl: `mqtt://127.0.0.1:${server.port}`,
    seed: 'demo',
    speed: 1,
    nowMs: Date.now(),
  })
  await expect(starting).rejects.toMatchObject({ code: 'sign-in-refused', message: expect.stringContaining('stranger') })
})

test('a history is published whole, once', async () => {
  const server = await broker('vehicle')
  const options = {
    device: { id: 'car-1', kind: 'vehicle', style: 'average' },
    secret: goodSecret,
    mqttUrl: `mqtt://127.0.0.1:${server.port}`,
    seed: 'demo',
    days: 3,
    endMs: Date.UTC(2026, 4, 15, 12),
  } as const
  const report = await publishHistory(options)
  expect(report.accepted).toBe(report.readings)
  expect(report.readings).toBeGreaterThan(500)
  expect(await publishHistory(options)).toMatchObject({ accepted: 0, duplicate: report.readings, rejected: 0 })
})
