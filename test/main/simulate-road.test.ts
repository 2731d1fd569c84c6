// `npm run simulate -- --road FILE`: a fleet on roads of one's own, and what is refused of them.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fleetReadings } from '../../devices/scenario/fleet-readings.ts'
import { terminalMessages } from '../../main/messages/terminal-messages.ts'
import { readFleetOptions } from '../../main/scenario/fleet-options.ts'

const folder = mkdtempSync(join(tmpdir(), 'merit-road-'))
afterAll(() => rmSync(folder, { recursive: true }))

const say = terminalMessages('en')

interface Line {
  readonly coordinates: readonly unknown[]
  readonly properties?: Readonly<Record<string, unknown>>
}

function fileOf(name: string, lines: readonly Line[]): string {
  const features = lines.map(({ coordinates, properties = {} }) => ({
    type: 'Feature',
    geometry: { type: 'LineString', coordinates },
    properties,
  }))
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', timeZone: 'Asia/Shanghai', features }))
  return file
}

const square: readonly Line[] = [
  {
    coordinates: [
      [121.4, 31.2],
      [121.42, 31.2],
      [121.42, 31.21],
    ],
    properties: { maxspeed: 40 },
  },
  {
    coordinates: [
      [121.42, 31.21],
      [121.4, 31.21],
      [121.4, 31.2],
    ],
    properties: { maxspeed: 40 },
  },
]
const lane: Line = {
  coordinates: [
    [121.42, 31.21],
    [121.43, 31.21],
  ],
  properties: { oneway: 'yes' },
}

test('vehicles of a fleet drive on the roads of the file, and its dead ends are told', async () => {
  const file = fileOf('square.json', square)
  const { members, leftOut } = await readFleetOptions(['--vehicles', '2', '--homes', '0', '--road', file], say)
  expect(leftOut).toEqual({ roads: 0, metres: 0, features: 0 })
  for (const member of members) {
    let readings = 0
    for (const { values } of fleetReadings(member, 's', Date.UTC(2026, 4, 4))) {
      if (!('Latitude' in values) || values.Latitude === undefined || values.Longitude === undefined)
        throw new Error('no position')
      expect(Math.abs(values.Latitude - 31.205)).toBeLessThan(0.006)
      expect(Math.abs(values.Longitude - 121.41)).toBeLessThan(0.011)
      readings += 1
      if (readings === 300) break
    }
  }
  const dead = fileOf('dead-end.json', [...square, lane])
  const { leftOut: left } = await readFleetOptions(['--vehicles', '1', '--homes', '0', '--road', dead], say)
  expect(left?.roads).toBe(1)
  expect(left?.metres).toBeGreaterThan(900)
})

test.each([
  ['no-such-file.json', /--road.*no-such-file\.json.*ENOENT/],
  [fileOf('bad.json', [{ coordinates: [[8, 50]] }]), /features\[0\]\.geometry\.coordinates: a road has two points or more/],
  [
    fileOf('limit.json', [
      {
        coordinates: [
          [8, 50],
          [8.1, 50],
        ],
        properties: { maxspeed: 'fast' },
      },
    ]),
    /features\[0\]\.properties\.maxspeed: expected km\/h/,
  ],
])('roads that cannot be driven on are refused with the place: %#', async (file, problem) => {
  await expect(readFleetOptions(['--vehicles', '1', '--road', file], say)).rejects.toThrow(problem)
})
