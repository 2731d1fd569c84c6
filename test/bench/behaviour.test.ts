// The accuracy report on two recordings of a minute: what is counted, what matches, and what stands in the JSON.

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { VehicleReading } from '../../devices/contract/reading.ts'
import { mondayMs } from '../pricing/drives.ts'
import { asCar, asPhone, townDrive } from '../pricing/phone-drive.ts'
import { matchLabels, wilsonInterval } from './behaviour/match-labels.ts'
import type { DriveAgreement } from './behaviour/same-drive.ts'
import { styleOrder } from './behaviour/style-order.ts'

const run = promisify(execFile)
const root = new URL('../..', import.meta.url).pathname
let folder: string

/** Ten minutes at 54 km/h; each brake takes 16 m/s² off within four seconds, and the speed comes back over the next ten. */
function drive(brakesAtS: readonly number[]): string {
  const lines = ['t_s,Speed,AccelerationLongitudinal,AccelerationLateral']
  for (let second = 0; second <= 600; second += 1) {
    const braking = brakesAtS.some((at) => second >= at && second < at + 3)
    const since = Math.min(...brakesAtS.map((at) => second - at).filter((passed) => passed >= 0), 1000)
    const kph = since < 3 ? 54 - 12.6 * since : Math.min(54, 16.2 + 3.6 * (since - 3))
    lines.push(`${second},${kph.toFixed(2)},${braking ? -3.5 : since < 14 ? 1 : 0},0`)
  }
  return lines.join('\n')
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'merit-bench-'))
  await writeFile(join(folder, 'one.csv'), drive([100, 300]))
  await writeFile(join(folder, 'two.csv'), drive([]))
  await writeFile(
    join(folder, 'manifest.json'),
    JSON.stringify({
      recordings: [
        { file: 'one.csv', set: 's', driver: 'a', road: 'town', style: 'aggressive', distanceKm: 8.8 },
        { file: 'two.csv', set: 's', driver: 'a', road: 'town', style: 'calm', distanceKm: 9 },
      ],
    }),
  )
  await writeFile(
    join(folder, 'events.csv'),
    'file,class,start_s,end_s,origin\none.csv,brake,100,103,human\none.csv,left-turn,200,203,human\none.csv,calm,400,420,human\n',
  )
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function bench(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, ['test/bench/run.ts', 'behaviour', ...args], { cwd: root })
  return stdout
}

test('--json prints one object: one of two brakes is labelled, no turn is there to be found', async () => {
  const report: Record<string, unknown> = JSON.parse(await bench('--data', folder, '--json'))
  const none = { labelled: 0, found: 0, recall: null, interval: [0, 1] }
  expect(report).toMatchObject({
    recordings: 2,
    events: {
      brake: { labelled: 1, found: 1, recall: 1, interval: [0.206549, 1] },
      acceleration: none,
      'left-turn': { labelled: 1, found: 0, recall: 0, interval: [0, 0.793451] },
      'right-turn': none,
      'lane-change-left': none,
      'lane-change-right': none,
      calm: { labelled: 1, found: 1, recall: 1 },
    },
    calmWindows: 1,
    calmAlarms: 0,
    labelledHours: 0.167,
    unexplained: 1,
    unexplainedPerHour: 6,
    styles: { pairs: 1, ordered: 1, acrossDrivers: { pairs: 0, ordered: 0 }, drowsy: { pairs: 0, ordered: 0 } },
    distances: { 'one.csv': { knownKm: 8.8 }, 'two.csv': { knownKm: 9, foundKm: 9, errorPct: 0, isCovered: true } },
    trips: { 'two.csv': [{ startS: 0, endS: 600, distanceKm: 9 }] },
    drives: { 'one.csv': { unexplained: [{ class: 'brake', startS: 300 }] } },
  })
  expect(Object.keys(Object(report['scores']))).toEqual(['one.csv', 'two.csv'])
})

test('the table says the same, and what each filter earns', async () => {
  const table = await bench('--data', folder)
  expect(table).toContain('brake                  1/1   100.0 %    20.7 % to 100.0 %')
  expect(table).toContain('aggressive scored worse than calm: 1 of 1 pairs')
  expect(table).toContain('without rebound')
})

test('recordings alone give a report without labels; a missing folder and an unknown filter are one line', async () => {
  await expect(bench('--data', join(folder, 'nowhere'))).rejects.toThrow('this folder cannot be read')
  await expect(bench('--data', folder, '--without', 'luck')).rejects.toThrow('no such filter')
  const bare = await mkdtemp(join(tmpdir(), 'merit-bench-'))
  try {
    await writeFile(join(bare, 'one.csv'), drive([100]))
    expect(JSON.parse(await bench('--data', bare, '--json'))).toMatchObject({
      calmWindows: 0,
      unexplainedPerHour: 0,
      distanceErrorPct: null,
      styles: { pairs: 0, ordered: 0 },
    })
  } finally {
    await rm(bare, { recursive: true, force: true })
  }
})

/** Ten Hz of acceleration with one position a second, limits now and then, and holes; hard brakes where asked. */
function sparseDrive(brakesAtS: readonly number[]): string {
  const lines = ['t_s,Speed,Latitude,Longitude,SpeedLimit,AccelerationLongitudinal,AccelerationLateral,AccelerationVertical']
  let mps = 14
  for (let row = 0; row < 6000; row += 1) {
    const second = row / 10
    const wanted = brakesAtS.some((at) => second >= at && second < at + 2) ? -4.5 : mps < 14 ? 1.2 : 0
    mps += wanted / 10
    const told = row % 10 === 0 && row % 370 !== 0 ? `${(mps * 3.6).toFixed(1)},${(52 + second * 1e-4).toFixed(6)},4.9` : ',,'
    lines.push(`${second},${told},${row % 600 === 0 ? 50 : ''},${row % 97 === 0 ? '' : wanted.toFixed(2)},0.1,`)
  }
  return lines.join('\n')
}

test('other mixes of columns, empty cells, a bare manifest and a file that is broken: what can be said is said', async () => {
  const other = await mkdtemp(join(tmpdir(), 'merit-bench-'))
  try {
    await writeFile(join(other, 'calm.csv'), sparseDrive([]))
    await writeFile(join(other, 'hard.csv'), sparseDrive(Array.from({ length: 12 }, (_, index) => 30 + 45 * index)))
    await writeFile(join(other, 'broken.csv'), 't_s,Tempo\n0,1\n')
    await writeFile(
      join(other, 'manifest.json'),
      JSON.stringify({
        recordings: [
          { file: 'calm.csv', driver: 'one', road: 'town', style: 'calm', distanceKm: null },
          { file: 'hard.csv', driver: 'two', road: 'town', style: 'aggressive' },
          { file: 'gone.csv' },
        ],
      }),
    )
    const report: unknown = JSON.parse(await bench('--data', other, '--json'))
    expect(report).toMatchObject({
      recordings: 2,
      calmWindows: 0,
      distanceErrorPct: null,
      styles: { pairs: 0, ordered: 0, acrossDrivers: { pairs: 1, ordered: 1 } },
      trips: { 'calm.csv': [{ distanceKm: expect.closeTo(8.4, 0.05) }], 'hard.csv': [expect.anything()] },
      scores: { 'calm.csv': { components: { speed: { unit: expect.any(String) } } } },
      refused: { 'broken.csv': expect.stringContaining('no such signal') },
      phoneAgainstCar: [],
    })
    await writeFile(
      join(other, 'events.csv'),
      'file,class,start_s,end_s\nhard.csv,brake,30,32\nhard.csv,horn,40,41\nhard.csv,brake,,\n',
    )
    const table = await bench('--data', other, '--without', 'surge')
    expect(table).toContain('brake                  1/1')
    expect(table).toContain('left out broken.csv')
  } finally {
    await rm(other, { recursive: true, force: true })
  }
})

test('a phone and the car on one drive: clocks are put in step, and what both say is compared', async () => {
  const pair = await mkdtemp(join(tmpdir(), 'merit-bench-'))
  try {
    const motions = townDrive(6 * 60)
    const csvOf = (readings: readonly VehicleReading[], lateS: number): string => {
      const names = [...new Set(readings.flatMap(({ values }) => Object.keys(values)))]
      const lines = readings.map(({ takenAtMs, values }) => {
        const cells: Readonly<Record<string, number | boolean>> = values
        return [(takenAtMs - mondayMs) / 1000 + lateS, ...names.map((name) => cells[name] ?? '')].join(',')
      })
      return [`t_s,${names.join(',')}`, ...lines].join('\n')
    }
    await writeFile(join(pair, 'car.csv'), csvOf(asCar(motions), 0))
    await writeFile(join(pair, 'phone.csv'), csvOf(asPhone(motions, { angles: () => [-135, 40, 10] }), 7.3))
    await writeFile(
      join(pair, 'manifest.json'),
      JSON.stringify({ recordings: [{ file: 'phone.csv', sameDriveAs: 'car.csv' }, { file: 'car.csv' }] }),
    )
    const { phoneAgainstCar }: { phoneAgainstCar: readonly DriveAgreement[] } = JSON.parse(await bench('--data', pair, '--json'))
    const [agreement] = phoneAgainstCar
    expect(agreement).toMatchObject({ phone: 'phone.csv', car: 'car.csv', clockOffsetS: expect.closeTo(-7.3, 0) })
    expect(agreement?.correlation.longitudinal).toBeGreaterThan(0.95)
    expect(agreement?.correlation.lateral).toBeGreaterThan(0.95)
    expect(agreement?.events.car).toBeGreaterThanOrEqual(3)
    expect(agreement?.events.both).toBe(agreement?.events.car)
    expect(agreement?.events.phone).toBe(agreement?.events.car)
  } finally {
    await rm(pair, { recursive: true, force: true })
  }
})

test('a detection matches one label of its class within a second of it', () => {
  const label = { file: 'f', class: 'brake', startS: 10, endS: 12, origin: 'human' } as const
  const event = (startS: number, endS: number) => ({ class: 'brake', startS, endS }) as const
  expect(matchLabels([label], [event(8, 9)]).found.brake).toBe(1)
  expect(matchLabels([label], [event(8, 8.9)]).found.brake).toBe(0)
  expect(matchLabels([label], [event(10, 11), event(11, 12)])).toMatchObject({
    found: { brake: 1 },
    unexplained: [event(11, 12)],
  })
  const calm = { ...label, class: 'calm' } as const
  expect(matchLabels([calm], [event(12, 13)])).toMatchObject({ calmAlarms: 1, unexplained: [] })
})

test('Wilson intervals as published: 8 of 8, 0 of 10, none', () => {
  expect(wilsonInterval(8, 8)[0]).toBeCloseTo(0.6756, 4)
  expect(wilsonInterval(0, 10)[1]).toBeCloseTo(0.2775, 4)
  expect(wilsonInterval(0, 0)).toEqual([0, 1])
})

test('styles are compared on the same road only, within and across drivers', () => {
  const trip = (driver: string, road: string, style: string, score: number) => ({ file: '', driver, road, style, score })
  expect(
    styleOrder([
      trip('a', 'town', 'calm', 80),
      trip('a', 'town', 'aggressive', 60),
      trip('a', 'motorway', 'aggressive', 90),
      trip('b', 'town', 'aggressive', 80),
      trip('a', 'town', 'drowsy', 70),
    ]),
  ).toEqual({ pairs: 1, ordered: 1, acrossDrivers: { pairs: 1, ordered: 0 }, drowsy: { pairs: 1, ordered: 1 } })
})
