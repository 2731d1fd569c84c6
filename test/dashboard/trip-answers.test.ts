// What the API says of one trip beyond its figures, who drove it, and what lies behind a bar of the premium's picture.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { mapTilesOf, originOfTiles } from '../../dashboard/api/map-tiles.ts'
import type { Premium, TripPage } from '../../dashboard/api/shapes.ts'
import { linesWithin } from '../../dashboard/api/trip-roads.ts'
import type { BehindBar, Course, Neighbours, Roads, TripCost, TripRole } from '../../dashboard/api/trip-shapes.ts'
import { premiumPath } from '../../dashboard/messages/premium-path.ts'
import type { Reading } from '../../devices/contract/reading.ts'
import { drive, driveAtMs, type RunningDashboard, runDashboard } from './running-dashboard.ts'

const dayMs = 86_400_000
const minuteMs = 60_000
let office: RunningDashboard
let ids: readonly string[] = []

async function ask<Answer>(path: string, body?: unknown): Promise<Answer> {
  const response = await office.ask('anna', `/api/v1/${path}`, body === undefined ? {} : { method: 'POST', body })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  const answer: Answer = await response.json()
  return answer
}

/** Twenty minutes at 50 readings a second with one spike of a single reading in the middle. */
function fastDrive(startMs: number): readonly Reading[] {
  return Array.from({ length: 60_000 }, (_, index) => ({
    kind: 'vehicle',
    device: 'car-a',
    takenAtMs: startMs + index * 20,
    values: { Speed: index === 0 ? 0 : 40 + 5 * Math.sin(index / 200) + (index === 30_001 ? 0.9 : 0) },
  }))
}

beforeAll(async () => {
  office = await runDashboard()
  for (const day of [1, 2, 9]) await office.telemetry.append(drive('car-a', driveAtMs + day * dayMs))
  await office.telemetry.append(fastDrive(driveAtMs + 10 * dayMs))
  await office.pricing.settle()
  const page = await ask<TripPage>('policies/motor-a/trips?limit=20')
  ids = page.trips.map(({ id }) => id)
}, 20_000)
afterAll(() => office.stop())

test('a trip knows the ones before and after it, and the first and the last have none', async () => {
  expect(ids).toHaveLength(5)
  expect(await ask<Neighbours>(`trips/${ids[0]}/neighbours`)).toEqual({ previousId: ids[1], nextId: null })
  expect(await ask<Neighbours>(`trips/${ids[1]}/neighbours`)).toEqual({ previousId: ids[2], nextId: ids[0] })
  expect(await ask<Neighbours>(`trips/${ids[4]}/neighbours`)).toEqual({ previousId: null, nextId: ids[3] })
})

test('what a trip costs is what the premium is without it, in parts to the cent', async () => {
  const now = await ask<Premium>('policies/motor-a/premium')
  for (const id of ids) {
    const cost = await ask<TripCost>(`trips/${id}/cost`)
    expect(cost.withMinor).toBe(now.premiumMinor)
    expect(cost.parts.reduce((sum, { changeMinor }) => sum + changeMinor, 0)).toBe(cost.withMinor - cost.withoutMinor)
  }
})

test('behind a bar are the trips that moved it, the most first, and the bar is the one of the picture', async () => {
  const premium = await ask<Premium>('policies/motor-a/premium')
  for (const change of premiumPath(premium).ownSteps.filter(({ step }) => step.id.startsWith('behaviour:'))) {
    const behind = await ask<BehindBar>(`policies/motor-a/steps/${change.step.id}`)
    expect(behind.changeMinor).toBeCloseTo(change.changeMinor, 6)
    expect(behind.count).toBe(ids.length)
    const moved = behind.items.map(({ movedMinor }) => Math.abs(movedMinor))
    expect(moved).toEqual(moved.toSorted((a, b) => b - a))
  }
  const first = await ask<BehindBar>('policies/motor-a/steps/behaviour:braking?limit=2')
  const second = await ask<BehindBar>(`policies/motor-a/steps/behaviour:braking?limit=3&cursor=${first.next}`)
  const seen = [...first.items, ...second.items].map((item) => (item.kind === 'trip' ? item.trip.id : ''))
  expect(seen.toSorted()).toEqual([...ids].toSorted())
  expect(second.next).toBeNull()
  expect((await office.ask('anna', '/api/v1/policies/motor-a/steps/base-rate')).status).toBe(404)
})

test('behind a home’s bar are its days', async () => {
  const response = await office.ask('bert', '/api/v1/policies/home-b/steps/credit:water')
  const behind: BehindBar = await response.json()
  expect(behind.items.every(({ kind }) => kind === 'day')).toBe(true)
  expect(behind.items.length).toBe(behind.count)
})

test('a confirmation is kept, shows in the list, and is gone when it is taken back', async () => {
  const said = async () => (await ask<TripPage>('policies/motor-a/trips?limit=20')).trips.map((trip) => trip.said)
  expect(await said()).toEqual([null, null, null, null, null])
  expect(await ask<TripRole>(`trips/${ids[1]}/role`, { role: 'driver' })).toEqual({ role: 'driver', disputeId: null })
  expect((await ask<TripRole>(`trips/${ids[2]}/role`, { role: 'passenger' })).disputeId).not.toBeNull()
  expect(await said()).toEqual([null, 'driver', 'passenger', null, null])
  const disputed = await ask<TripPage>('policies/motor-a/trips?filter=disputed')
  expect(disputed.trips.map(({ id }) => id)).toEqual([ids[2]])
  for (const id of ids) await ask(`trips/${id}/role`, { role: null })
  expect(await said()).toEqual([null, null, null, null, null])
  expect((await ask<TripPage>('policies/motor-a/trips?filter=disputed')).trips).toEqual([])
})

test('a filter pages through all that it finds, and through nothing else', async () => {
  const counted: string[] = []
  let before = ''
  for (let page = 0; page < 10; page += 1) {
    const found = await ask<TripPage>(`policies/motor-a/trips?filter=counted&limit=2${before}`)
    counted.push(...found.trips.map(({ id }) => id))
    if (found.nextBefore === null) break
    before = `&before=${found.nextBefore}`
  }
  const all = await ask<TripPage>('policies/motor-a/trips?limit=20')
  expect(counted).toEqual(all.trips.filter(({ standing }) => standing === 'counts').map(({ id }) => id))
  const rest = await ask<TripPage>('policies/motor-a/trips?filter=not-counted')
  expect(rest.trips.map(({ standing }) => standing).includes('counts')).toBe(false)
  expect(counted.length + rest.trips.length).toBe(ids.length)
})

test('of sixty thousand readings a page gets two thousand, and a stretch of them in full when it asks', async () => {
  const startMs = driveAtMs + 10 * dayMs
  const whole = await ask<Course>(`trips/${ids[0]}/course`)
  expect(whole.tMs.length).toBeLessThanOrEqual(2000)
  expect(whole.tMs.length).toBeGreaterThan(1500)
  const spikeMs = startMs + 30_001 * 20
  expect(whole.tMs).not.toHaveLength(0)
  const stretch = await ask<Course>(`trips/${ids[0]}/course?from=${spikeMs - 10_000}&until=${spikeMs + 10_000}`)
  expect(stretch.tMs.length).toBe(1001)
  expect(stretch.tMs[0]).toBe(spikeMs - 10_000)
  expect(stretch.tMs).toContain(spikeMs)
  const top = Math.max(...whole.speedKph.map((speed) => speed ?? 0))
  const long = await ask<Course>(`trips/${ids[0]}/course?from=${startMs + minuteMs}&until=${startMs + 19 * minuteMs}`)
  expect(Math.max(...long.speedKph.map((speed) => speed ?? 0))).toBe(top)
})

test('the roads known around a trip are those of earlier ones', async () => {
  const roads = await ask<Roads>(`trips/${ids[1]}/roads`)
  expect(roads.trips).toBe(3)
  expect(roads.lines).toHaveLength(3)
  expect((await ask<Roads>(`trips/${ids[4]}/roads`)).lines).toEqual([])
  // Without a position there is no place to look around.
  expect(await ask<Roads>(`trips/${ids[0]}/roads`)).toEqual({ lines: [], trips: 0 })
})

test('a road is cut where it leaves the picture and where it jumps', () => {
  const box = { south: 0, north: 1, west: 0, east: 1 }
  const east = (values: readonly (number | null)[]) =>
    linesWithin(
      values.map(() => 0.5),
      values,
      box,
    ).map((line) => line.longitude)
  expect(east([0.1, 0.11, null, 0.12])).toEqual([[0.1, 0.11, 0.12]])
  expect(east([0.99, 1, 1.01, 1.02, 1, 0.99])).toEqual([
    [0.99, 1],
    [1, 0.99],
  ])
  expect(east([0.1, 0.11, 0.5, 0.51])).toEqual([
    [0.1, 0.11],
    [0.5, 0.51],
  ])
})

test('the page may ask another host for tiles only where one is configured, and only that one', async () => {
  const policyOf = async (url: string) => (await fetch(url)).headers.get('content-security-policy') ?? ''
  expect(await policyOf(office.url)).not.toContain('http')
  expect(await ask('map')).toEqual({ tiles: null })
  const tiles = mapTilesOf('https://tiles.example:8443/osm/{z}/{x}/{y}.png', '© OpenStreetMap')
  expect(tiles?.kind).toBe('raster')
  expect(mapTilesOf('https://maps.example/style.json', '')?.kind).toBe('style')
  expect(originOfTiles(tiles)).toBe('https://tiles.example:8443')
  const mapped = await runDashboard({ tiles })
  const policy = await policyOf(mapped.url)
  expect(policy).toContain("img-src 'self' data: https://tiles.example:8443")
  expect(policy).toContain("connect-src 'self' https://tiles.example:8443")
  expect(policy).toContain("script-src 'self';")
  await mapped.stop()
})
