// The telemetry store in SQLite: the contract, and what only a file can do wrong.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import type { DeviceRef } from '../../devices/contract/reading.ts'
import { openTelemetryStore } from '../../store/open-telemetry.ts'
import { changesKeptPerDevice } from '../../store/sqlite/change-log.ts'
import { all, drive, telemetryContract } from './telemetry-contract.ts'

const folder = await mkdtemp(join(tmpdir(), 'merit-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const car: DeviceRef = { id: 'car-1', kind: 'vehicle' }
let files = 0

function freshFile(): string {
  files += 1
  return join(folder, 'made by the store', `telemetry-${files}.db`)
}

telemetryContract('SQLite', async () => `sqlite:${freshFile()}`)

function startWriter(file: string, firstSecond: number, shell = ''): ChildProcess {
  const command = `${shell} exec "$0" "$@"`
  const script = join(import.meta.dirname, 'sqlite-writer.ts')
  return spawn('sh', ['-c', command, process.execPath, script, `sqlite:${file}`, String(firstSecond)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

function integrity(file: string): unknown {
  const database = new DatabaseSync(file, { readOnly: true })
  const result = database.prepare('PRAGMA integrity_check').get()?.['integrity_check']
  database.close()
  return result
}

test('a writer that is killed leaves every append that had resolved, three times in a row', async () => {
  const file = freshFile()
  let last = -1
  for (let round = 0; round < 3; round += 1) {
    const writer = startWriter(file, last + 1)
    const gone = once(writer, 'exit')
    let printed = ''
    writer.stdout?.on('data', (chunk) => {
      printed += chunk
      if (printed.split('\n').length > 40) writer.kill('SIGKILL')
    })
    await gone
    last = Math.max(...printed.split('\n').slice(0, -1).map(Number))
    expect(integrity(file)).toBe('ok')
    const store = await openTelemetryStore(`sqlite:${file}`)
    const stored = (await all(store, car)).map((reading) => reading.takenAtMs / 1000)
    // One more may have been committed without having been told.
    expect(stored.slice(0, last + 1)).toEqual(Array.from({ length: last + 1 }, (_, second) => second))
    expect(stored.length).toBeLessThanOrEqual(last + 2)
    expect(await store.count()).toBe(stored.length)
    expect((await store.devicesChangedSince()).changes).toEqual([{ device: car, fromMs: 0, toMs: (stored.length - 1) * 1000 }])
    await store.close()
  }
})

test('when no more can be written the append fails as unavailable and what was stored can still be read', async () => {
  const file = freshFile()
  await (await openTelemetryStore(`sqlite:${file}`)).close()
  // Stands in for a full disk: no file may grow beyond 512 blocks.
  const writer = startWriter(file, 0, "trap '' XFSZ; ulimit -f 512;")
  let printed = ''
  writer.stdout?.on('data', (chunk) => {
    printed += chunk
  })
  await once(writer, 'exit')
  const lines = printed.trim().split('\n')
  expect(lines.at(-1)).toBe('store-unavailable')
  const store = await openTelemetryStore(`sqlite:${file}`)
  expect((await all(store, car)).length).toBe(lines.length - 1)
  expect(await store.append([drive(car, 1)])).toMatchObject({ stored: 1 })
  await store.close()
})

test('another process reads while one writes', async () => {
  const file = freshFile()
  const store = await openTelemetryStore(`sqlite:${file}`)
  const writer = startWriter(file, 0)
  await once(writer.stdout ?? writer, 'data')
  const before = await store.count()
  await sleep(50)
  expect(await store.count()).toBeGreaterThan(before)
  writer.kill('SIGKILL')
  await once(writer, 'exit')
  await store.close()
})

test('an append waits for another process’s lock without stopping this one', async () => {
  const file = freshFile()
  const store = await openTelemetryStore(`sqlite:${file}`)
  const other = new DatabaseSync(file)
  other.exec('BEGIN IMMEDIATE')
  let isDone = false
  const appended = store.append([drive(car, 1)]).then(() => {
    isDone = true
  })
  const startedAtMs = performance.now()
  let turns = 0
  while (performance.now() - startedAtMs < 150) {
    await sleep(1)
    turns += 1
  }
  expect(isDone).toBe(false)
  expect(turns).toBeGreaterThan(5)
  other.exec('COMMIT')
  await appended
  expect(await store.count()).toBe(1)
  other.close()
  await store.close()
})

test('a signal that is new in the list gets its column in an old file', async () => {
  const file = freshFile()
  let store = await openTelemetryStore(`sqlite:${file}`)
  await store.append([drive(car, 1)])
  await store.close()
  const old = new DatabaseSync(file)
  old.exec('ALTER TABLE vehicle_readings DROP COLUMN "Heading"')
  old.close()
  store = await openTelemetryStore(`sqlite:${file}`)
  const turning = { ...drive(car, 2), values: { Heading: 90 } }
  await store.append([turning])
  expect(await all(store, car)).toEqual([drive(car, 1), turning])
  await store.close()
})

test('the change log stays bounded and still tells a cursor from any moment what came after it', async () => {
  const file = freshFile()
  const store = await openTelemetryStore(`sqlite:${file}`)
  const cursors: string[] = []
  const appends = 3 * changesKeptPerDevice + 10
  for (let second = 0; second < appends; second += 1) {
    await store.append([drive(car, second)])
    cursors.push((await store.devicesChangedSince()).cursor)
  }
  const database = new DatabaseSync(file, { readOnly: true })
  expect(database.prepare('SELECT count(*) AS rows FROM changes').get()?.['rows']).toBeLessThanOrEqual(2 * changesKeptPerDevice)
  database.close()
  for (const [second, cursor] of cursors.entries()) {
    const { changes } = await store.devicesChangedSince(cursor)
    const next = drive(car, second + 1).takenAtMs
    const exact = { device: car, fromMs: next, toMs: drive(car, appends - 1).takenAtMs }
    if (second === appends - 1) expect(changes).toEqual([])
    else if (appends - second <= changesKeptPerDevice) expect(changes).toEqual([exact])
    else expect(changes[0]?.fromMs).toBeLessThanOrEqual(next)
  }
  await store.close()
})

test('a file restored from a backup tells everything to a cursor from after the backup', async () => {
  const file = freshFile()
  let store = await openTelemetryStore(`sqlite:${file}`)
  await store.append([drive(car, 1)])
  await store.close()
  copyFileSync(file, `${file}.backup`)
  store = await openTelemetryStore(`sqlite:${file}`)
  await store.append([drive(car, 2)])
  const { cursor } = await store.devicesChangedSince()
  await store.close()
  copyFileSync(`${file}.backup`, file)
  store = await openTelemetryStore(`sqlite:${file}`)
  expect((await store.devicesChangedSince(cursor)).changes).toHaveLength(1)
  await store.close()
})

/** A closed store with a few thousand readings in one file. */
async function filledFile(): Promise<string> {
  const file = freshFile()
  const store = await openTelemetryStore(`sqlite:${file}`)
  await store.append(Array.from({ length: 3_000 }, (_, second) => drive(car, second, second % 90)))
  await store.close()
  return file
}

function flipByte(file: string, at: number): void {
  const bytes = readFileSync(file)
  bytes[at] = (bytes[at] ?? 0) ^ 0xff
  writeFileSync(file, bytes)
}

const pageBytes = 4_096

test.each([
  ['a flipped byte in the header', (file: string) => flipByte(file, 3)],
  ['a flipped byte in the schema page', (file: string) => flipByte(file, 104)],
  ['a flipped byte in a page of readings', (file: string) => flipByte(file, statSync(file).size - pageBytes * 3 + 4)],
  ['half of its pages missing', (file: string) => truncateSync(file, (statSync(file).size / pageBytes / 2) * pageBytes)],
  ['something else in it', (file: string) => writeFileSync(file, 'a letter, not a database\n'.repeat(400))],
])('a file with %s is refused with how to mend it', async (_, damage) => {
  const file = await filledFile()
  damage(file)
  await expect(openTelemetryStore(`sqlite:${file}`)).rejects.toMatchObject({
    code: 'store-corrupt',
    message: expect.stringMatching(/corrupt or not a database.*Restore a backup or move the file away/),
  })
})

test('a database of something else is refused and left as it is', async () => {
  const file = freshFile()
  mkdirSync(join(file, '..'), { recursive: true })
  const other = new DatabaseSync(file)
  other.exec('CREATE TABLE songs (title TEXT)')
  other.close()
  await expect(openTelemetryStore(`sqlite:${file}`)).rejects.toMatchObject({ code: 'store-foreign' })
})

test.each([
  ['a folder', () => folder],
  ['a path below a file', () => join(import.meta.filename, 'x.db')],
  ['a place where nobody may write', () => '/proc/merit/x.db'],
])('%s as the file is refused with how to mend it', async (_, path) => {
  await expect(openTelemetryStore(`sqlite:${path()}`)).rejects.toMatchObject({
    code: 'store-denied',
    message: expect.stringContaining('cannot be opened for writing'),
  })
})

test.skipIf(process.getuid?.() === 0)('a read-only file is refused (not testable as root)', async () => {
  const file = await filledFile()
  chmodSync(file, 0o444)
  await expect(openTelemetryStore(`sqlite:${file}`)).rejects.toMatchObject({ code: 'store-denied' })
})

test.each(['sqlite:relative.db', 'sqlite:', 'postgres://x/y', ''])('the address %j is refused', async (url) => {
  await expect(openTelemetryStore(url)).rejects.toMatchObject({ code: 'store-address' })
})

test('a position that was erased is in no file of the store any more, while others append', async () => {
  const file = freshFile()
  const store = await openTelemetryStore(`sqlite:${file}`)
  const [latitude, others] = [52.370216, 48.137154]
  const place = (device: string, second: number, Latitude: number) =>
    ({
      kind: 'vehicle',
      device,
      takenAtMs: 1_767_225_600_000 + second * 1000,
      values: { Latitude, Longitude: 4.8951, Speed: 50 },
    }) as const
  // SQLite keeps a REAL as eight bytes, the highest first.
  const countOf = (value: number): number => {
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleBE(value)
    return [file, `${file}-wal`]
      .filter((path) => statSync(path, { throwIfNoEntry: false }) !== undefined)
      .reduce((found, path) => found + readFileSync(path).toString('latin1').split(bytes.toString('latin1')).length - 1, 0)
  }
  for (let round = 0; round < 20; round += 1) {
    const seconds = Array.from({ length: 100 }, (_, index) => round * 100 + index)
    await store.append(seconds.flatMap((second) => [place('gone', second, latitude), place('stays', second, others)]))
  }
  expect(countOf(latitude)).toBeGreaterThan(1999)
  const erasing = store.erase({ id: 'gone', kind: 'vehicle' }, 4_102_444_800_000)
  await store.append([place('stays', 5000, others)])
  expect(await erasing).toBe(2000)
  expect(countOf(latitude)).toBe(0)
  expect(countOf(others)).toBeGreaterThan(2000)
  expect(await store.count({ id: 'stays', kind: 'vehicle' })).toBe(2001)
  await store.close()
  expect(integrity(file)).toBe('ok')
})
