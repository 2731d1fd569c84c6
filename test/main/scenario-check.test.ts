// The check behind every report can fail: a reading taken out of the store is missed, one put in is noticed, trips that overlap count
// twice. And a machine that is too small says so in words.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { registerDevice } from '../../broker/registry.ts'
import type { VehicleReading } from '../../devices/contract/reading.ts'
import { createLedger, type Ledger } from '../../devices/faults/ledger.ts'
import type { Unit } from '../../devices/faults/step.ts'
import { checkStore } from '../../main/scenario/check-store.ts'
import { lackOfRoom } from '../../main/scenario/machine-room.ts'
import { openBook } from '../../store/book/open-book.ts'
import type { Book } from '../../store/book/schema.ts'
import { openTelemetryStore } from '../../store/open-telemetry.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'

const nowMs = Date.parse('2026-06-01T00:00:00Z')
const device = { id: 'car', kind: 'vehicle' } as const
const readings: readonly VehicleReading[] = Array.from({ length: 5 }, (_, index) => ({
  kind: 'vehicle',
  device: device.id,
  takenAtMs: Date.parse('2025-03-03T08:00:00Z') + index * 1000,
  values: { Speed: 40 + index, Ignition: true },
}))

let folder = ''
let book: Book
let telemetry: TelemetryStore
let ledger: Ledger

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'merit-test-'))
  book = await openBook(`sqlite:${join(folder, 'book.db')}`)
  telemetry = await openTelemetryStore(`sqlite:${join(folder, 'telemetry.db')}`)
  ledger = createLedger()
  await registerDevice(book, device, nowMs)
})

afterEach(async () => {
  await telemetry.close()
  await book.destroy()
  rmSync(folder, { recursive: true, force: true })
})

function acknowledged(units: readonly Unit[]): void {
  ledger.acknowledge(ledger.publish(device.id, units, nowMs))
}

function unitsOf(of: readonly VehicleReading[]): readonly Unit[] {
  return of.map(({ takenAtMs, values }) => ({ kind: 'reading', takenAtMs, values }))
}

const check = () => checkStore({ book, telemetry, ledger, devices: [device] })

test('what was acknowledged and is stored is sound, also with its values in another order', async () => {
  acknowledged(unitsOf(readings))
  await telemetry.append(
    readings.map((reading) => ({ ...reading, values: { Ignition: true, Speed: reading.values.Speed ?? 0 } })),
  )
  expect(await check()).toMatchObject({ stored: 5, missing: 0, twice: 0, unexpected: 0, examples: [] })
})

test('a reading that is gone, and one that says something else, are missing', async () => {
  acknowledged(unitsOf(readings))
  const [first, second, ...rest] = readings
  if (first === undefined || second === undefined) throw new Error('no readings')
  await telemetry.append([{ ...second, values: { Speed: 1 } }, ...rest])
  expect(await check()).toMatchObject({
    stored: 4,
    missing: 2,
    examples: ['missing: car 2025-03-03T08:00:00.000Z', 'missing: car 2025-03-03T08:00:01.000Z'],
  })
})

test('a reading that nobody published is unexpected; one that was published and not acknowledged may be there', async () => {
  ledger.publish(device.id, unitsOf(readings.slice(0, 4)), nowMs)
  await telemetry.append(readings)
  expect(await check()).toMatchObject({ stored: 5, missing: 0, unexpected: 1 })
})

test('a refusal that is not in quarantine is missing; one that is there again is not counted twice', async () => {
  acknowledged([
    { kind: 'whole', refusal: 'not-json' },
    { kind: 'whole', refusal: 'not-json' },
    { kind: 'whole', refusal: 'unknown-schema' },
  ])
  const row = (id: string) => ({
    id,
    device_id: device.id,
    received_at_ms: nowMs,
    code: 'not-json' as const,
    path: '',
    message: '',
    payload: '{',
    settled: null,
    settled_at_ms: null,
  })
  await book
    .insertInto('quarantine')
    .values([row('1:1:0'), row('1:2:0'), row('1:3:0')])
    .execute()
  expect(await check()).toMatchObject({ quarantined: 2, quarantinedAgain: 1, missing: 1, quarantinedByReason: { 'not-json': 2 } })
})

test('two trips of one device over the same minutes count twice', async () => {
  const trip = (id: string, fromMs: number, toMs: number) => ({
    id,
    device_id: device.id,
    started_at_ms: fromMs,
    ended_at_ms: toMs,
    status: 'ended' as const,
    distance_m: 1,
    facts: '{}',
  })
  await book
    .insertInto('trips')
    .values([trip('a', 0, 100), trip('b', 100, 200), trip('c', 150, 300)])
    .execute()
  expect(await check()).toMatchObject({ twice: 1 })
})

test.each([
  ['open files', { filesMax: 1024 }, /ulimit -n 10200/, /at most 412 devices/],
  ['ports', { portsMax: 4000 }, /5000 devices need a port each/, /ip_local_port_range/],
  ['memory', { freeBytes: 1024 ** 2 * 300 }, /5000 devices need about \d+ MB of memory/, /fewer devices/],
])('too few %s for so many devices is said in words, with what to do', (_, lack, problem, mend) => {
  const room = { filesMax: 1_000_000, portsMax: 28_000, freeBytes: 1024 ** 4, ...lack }
  const found = lackOfRoom(5000, 2, room)
  expect(`${found?.problem}; ${found?.mend}`).toMatch(problem)
  expect(`${found?.problem}; ${found?.mend}`).toMatch(mend)
  expect(lackOfRoom(10, 2, { ...room, ...('freeBytes' in lack ? { freeBytes: 1024 ** 3 } : {}) })).toBeUndefined()
})
