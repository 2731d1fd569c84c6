// What every telemetry store promises, as tests. Run on each implementation with a way to get the URL of an empty store.

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DeviceRef, HomeReading, Reading, VehicleReading } from '../../devices/contract/reading.ts'
import { homeSignals, vehicleSignals } from '../../devices/contract/signals.ts'
import { openTelemetryStore } from '../../store/open-telemetry.ts'
import type { DeviceChange, TelemetryStore } from '../../store/telemetry-store.ts'

const car: DeviceRef = { id: 'car-1', kind: 'vehicle' }
const otherCar: DeviceRef = { id: 'car-2', kind: 'vehicle' }
const home: DeviceRef = { id: 'home-1', kind: 'home' }

/** 2026-01-01, so that times look like times. */
const t0 = 1_767_225_600_000

export function drive(device: DeviceRef, second: number, speedKph = second): VehicleReading {
  return { kind: 'vehicle', device: device.id, takenAtMs: t0 + second * 1000, values: { Speed: speedKph, Ignition: true } }
}

function leak(second: number, wet: boolean): HomeReading {
  return { kind: 'home', device: home.id, takenAtMs: t0 + second * 1000, values: { WaterLeak: wet } }
}

export async function all(
  store: TelemetryStore,
  device: DeviceRef,
  fromMs = 0,
  toMs = Number.MAX_SAFE_INTEGER,
): Promise<Reading[]> {
  const readings: Reading[] = []
  for await (const reading of store.range(device, fromMs, toMs)) readings.push(reading)
  return readings
}

const seconds = (readings: readonly Reading[]): number[] => readings.map((reading) => (reading.takenAtMs - t0) / 1000)

export function telemetryContract(where: string, freshUrl: () => Promise<string>): void {
  describe(`the telemetry store in ${where}`, () => {
    let url: string
    let store: TelemetryStore

    beforeEach(async () => {
      url = await freshUrl()
      store = await openTelemetryStore(url)
    })
    afterEach(() => store.close())

    const reopen = async (): Promise<void> => {
      await store.close()
      store = await openTelemetryStore(url)
    }

    test('an empty store has no readings, no latest and no changes', async () => {
      expect(await all(store, car)).toEqual([])
      expect(await store.latest(car)).toBeUndefined()
      expect([await store.count(), await store.count(car)]).toEqual([0, 0])
      expect((await store.devicesChangedSince()).changes).toEqual([])
      expect(await store.append([])).toEqual({ stored: 0, duplicates: 0, conflicts: [] })
    })

    test('readings come back in order of time whatever order they came in, also after reopening', async () => {
      expect(await store.append([drive(car, 3), drive(car, 1)])).toEqual({ stored: 2, duplicates: 0, conflicts: [] })
      await store.append([drive(car, 2), drive(otherCar, 9)])
      expect(await all(store, car)).toEqual([drive(car, 1), drive(car, 2), drive(car, 3)])
      await reopen()
      expect(await all(store, car)).toEqual([drive(car, 1), drive(car, 2), drive(car, 3)])
    })

    test('a range includes its start and excludes its end', async () => {
      await store.append([1, 2, 3, 4].map((second) => drive(car, second)))
      expect(seconds(await all(store, car, t0 + 2000, t0 + 4000))).toEqual([2, 3])
      expect(seconds(await all(store, car, t0 + 1001, t0 + 2001))).toEqual([2])
      expect(await all(store, car, t0 + 2000, t0 + 2000)).toEqual([])
    })

    test('every signal keeps its value and its type, and an absent one stays absent', async () => {
      const numbers = (factor: number) => (signal: { name: string; type: string }) => [
        signal.name,
        signal.type === 'boolean' ? factor > 0 : factor * 1.1e-7 + 1 / 3,
      ]
      const readings: Reading[] = [
        { ...drive(car, 1), values: Object.fromEntries(vehicleSignals.map(numbers(1))) },
        { ...drive(car, 2), values: Object.fromEntries(vehicleSignals.map(numbers(-1))) },
        { ...drive(car, 3), values: { Heading: 0 } },
        { ...drive(car, 4), values: { Ignition: false } },
      ]
      const homeReading = { ...leak(1, true), values: Object.fromEntries(homeSignals.map(numbers(1))) }
      await store.append([...readings, homeReading])
      expect(await all(store, car)).toEqual(readings)
      expect(await all(store, home)).toEqual([homeReading])
    })

    test('a range longer than a page is complete', async () => {
      const readings = Array.from({ length: 11_001 }, (_, second) => drive(car, second, second % 100))
      await store.append(readings)
      expect(await all(store, car)).toEqual(readings)
    })

    test('appending the same again stores nothing', async () => {
      const readings = [drive(car, 1), drive(car, 2), leak(1, true)]
      await store.append(readings)
      expect(await store.append(readings)).toEqual({ stored: 0, duplicates: 3, conflicts: [] })
      await reopen()
      expect(await store.append(readings)).toEqual({ stored: 0, duplicates: 3, conflicts: [] })
      expect(await store.count()).toBe(3)
    })

    test('the first reading of an instant stands and a different one is handed back', async () => {
      await store.append([drive(car, 1, 50), drive(car, 5)])
      const others: Reading[] = [
        drive(car, 1, 51),
        { ...drive(car, 1), values: { Speed: 50 } },
        { ...drive(car, 1), values: { Speed: 50, Ignition: true, Heading: 0 } },
      ]
      expect(await store.append([...others, drive(car, 2)])).toEqual({ stored: 1, duplicates: 0, conflicts: others })
      await reopen()
      expect((await store.append(others)).conflicts).toEqual(others)
      expect(await all(store, car)).toEqual([drive(car, 1, 50), drive(car, 2), drive(car, 5)])
    })

    test('duplicates and conflicts within one append are found too', async () => {
      const batch = [drive(car, 1, 50), drive(car, 1, 50), drive(car, 1, 60), drive(car, 2), drive(car, 1, 50)]
      expect(await store.append(batch)).toEqual({ stored: 2, duplicates: 2, conflicts: [drive(car, 1, 60)] })
      expect(await all(store, car)).toEqual([drive(car, 1, 50), drive(car, 2)])
    })

    test('appends made at the same time do not get in each other’s way', async () => {
      const results = await Promise.all([50, 60, 70].map((speed) => store.append([drive(car, 1, speed), drive(car, speed)])))
      expect(results.map((result) => [result.stored, result.conflicts.length])).toEqual([
        [2, 0],
        [1, 1],
        [1, 1],
      ])
      expect(await all(store, car, t0, t0 + 2000)).toEqual([drive(car, 1, 50)])
    })

    test('latest is the newest by the device’s clock, not the last to arrive', async () => {
      await store.append([drive(car, 5), leak(7, true)])
      await store.append([drive(car, 3), leak(8, false)])
      expect(await store.latest(car)).toEqual(drive(car, 5))
      expect(await store.latest(home)).toEqual(leak(8, false))
    })

    test('readings are counted for one device and for all', async () => {
      await store.append([drive(car, 1), drive(car, 2), drive(otherCar, 1), leak(1, true)])
      await store.append([drive(car, 2), drive(car, 3)])
      expect([await store.count(car), await store.count(otherCar), await store.count(home)]).toEqual([3, 1, 1])
      expect(await store.count({ id: 'nobody', kind: 'home' })).toBe(0)
      expect(await store.count()).toBe(5)
    })

    test('a device’s kind is part of its identity', async () => {
      const both = { ...leak(1, true), device: car.id }
      await store.append([drive(car, 1), both])
      expect(await all(store, car)).toEqual([drive(car, 1)])
      expect(await all(store, { id: car.id, kind: 'home' })).toEqual([both])
    })

    test('without a cursor every device that ever appended is told, with the span of its readings', async () => {
      await store.append([drive(car, 5), drive(car, 2), leak(1, true)])
      await store.append([drive(car, 9)])
      const expected = [span(car, 2, 9), span(home, 1, 1)]
      expect(sorted((await store.devicesChangedSince()).changes)).toEqual(expected)
      await reopen()
      expect(sorted((await store.devicesChangedSince()).changes)).toEqual(expected)
    })

    test('a cursor is told what came after it, once, late readings included', async () => {
      await store.append([drive(car, 100), drive(otherCar, 1)])
      let since = await store.devicesChangedSince()
      expect((await store.devicesChangedSince(since.cursor)).changes).toEqual([])
      await store.append([drive(car, 7), drive(car, 8)])
      await store.append([leak(3, true)])
      since = await store.devicesChangedSince(since.cursor)
      expect(sorted(since.changes)).toEqual([span(car, 7, 8), span(home, 3, 3)])
      since = await store.devicesChangedSince(since.cursor)
      expect(since.changes).toEqual([])
      await store.append([drive(car, 200)])
      expect((await store.devicesChangedSince(since.cursor)).changes).toEqual([span(car, 200, 200)])
    })

    test('two readers with the same cursor are both told', async () => {
      await store.append([drive(car, 1)])
      const { cursor } = await store.devicesChangedSince()
      await store.append([drive(car, 2)])
      const told = [await store.devicesChangedSince(cursor), await store.devicesChangedSince(cursor)]
      expect(told.map((since) => since.changes)).toEqual([[span(car, 2, 2)], [span(car, 2, 2)]])
    })

    test('an old cursor misses nothing, however much has been appended since and by whichever process it is read', async () => {
      await store.append([drive(otherCar, 1)])
      const { cursor } = await store.devicesChangedSince()
      for (let second = 0; second < 300; second += 1) await store.append([drive(car, second)])
      await reopen()
      const { changes } = await store.devicesChangedSince(cursor)
      expect(covers(changes, car, 0, 299)).toBe(true)
    })

    test('a cursor of another store starts over', async () => {
      await store.append([drive(car, 1)])
      for (const stranger of ['', 'x', '17', 'influx', 'sqlite:9', '5e0b61a2-0000-4000-8000-000000000000:12'])
        expect(covers((await store.devicesChangedSince(stranger)).changes, car, 1, 1)).toBe(true)
    })

    test('retention deletes what was taken before its limit and nothing else', async () => {
      await store.append([...[1, 2, 3].map((second) => drive(car, second)), drive(otherCar, 1), leak(2, true)])
      await store.retain({ keepSinceMs: t0 + 2000 })
      expect(seconds(await all(store, car))).toEqual([2, 3])
      expect([await store.count(car), await store.count(otherCar), await store.count()]).toEqual([2, 0, 3])
      expect(await store.append([drive(car, 2), drive(otherCar, 1)])).toMatchObject({ stored: 1, duplicates: 1 })
    })

    test('what is erased of a device is gone, and nothing else is', async () => {
      const strange = { id: `o'hara"; DROP`, kind: 'vehicle' } as const
      await store.append([
        ...[1, 2, 3].map((second) => drive(car, second)),
        drive(otherCar, 1),
        leak(1, true),
        ...[1, 2].map((second) => drive(strange, second)),
      ])
      const { cursor } = await store.devicesChangedSince()
      expect(await store.erase(car, t0 + 3000)).toBe(2)
      expect(await store.erase(strange, t0 + 60_000)).toBe(2)
      expect(seconds(await all(store, car))).toEqual([3])
      expect([await store.count(car), await store.count(strange), await store.count(otherCar), await store.count()]).toEqual([
        1, 0, 1, 3,
      ])
      expect(await store.erase(car, t0 + 3000)).toBe(0)
      await reopen()
      expect(seconds(await all(store, car))).toEqual([3])
      expect(await store.append([drive(car, 4)])).toMatchObject({ stored: 1 })
      expect(covers((await store.devicesChangedSince(cursor)).changes, car, 4, 4)).toBe(true)
    })

    test('text in a device id stays text', async () => {
      const ids = [
        `o'hara"; DROP TABLE vehicle_readings; --`,
        `a,device=car-1 Speed=999`,
        `back\\slash\\'`,
        `a\\,b=c\\ d`,
        `$device`,
        `%_*.?`,
        `车-🚗-ü`,
        `constructor`,
        `#x`,
        ` `,
      ]
      const readings = ids.map((id, at) => drive({ id, kind: 'vehicle' }, at))
      expect((await store.append(readings)).stored).toBe(ids.length)
      await reopen()
      expect((await store.append(readings)).duplicates).toBe(ids.length)
      for (const [at, id] of ids.entries()) {
        const device: DeviceRef = { id, kind: 'vehicle' }
        expect(await all(store, device)).toEqual([readings[at]])
        expect(await store.latest(device)).toEqual(readings[at])
        expect(await store.count(device)).toBe(1)
      }
      const told = (await store.devicesChangedSince()).changes.map((change) => change.device.id)
      expect(told.toSorted()).toEqual(ids.toSorted())
    })

    test('a device id with a newline never becomes a second reading', async () => {
      const id = 'x Speed=1 1\nvehicle,device=car-1'
      await store.append([drive({ id, kind: 'vehicle' }, 1)]).catch(() => {})
      expect(await store.count(car)).toBe(0)
    })

    test('a number that is not finite is refused before anything is stored', async () => {
      await expect(store.append([drive(car, 1), drive(car, 2, Number.NaN)])).rejects.toThrow(RangeError)
      expect(await store.count()).toBe(0)
    })

    test('shuffled, repeated and cut into any chunks, the same readings give the same content', async () => {
      const devices = [car, otherCar]
      const set = devices.flatMap((device) => Array.from({ length: 12 }, (_, second) => drive(device, second * 400)))
      const expected = await Promise.all(devices.map(async (device) => set.filter((reading) => reading.device === device.id)))
      const plan = fc.record({
        order: fc.shuffledSubarray(
          set.flatMap((_, at) => [at, at + set.length]),
          { minLength: set.length * 2 },
        ),
        chunks: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 }),
      })
      await fc.assert(
        fc.asyncProperty(plan, async ({ order, chunks }) => {
          const fresh = await openTelemetryStore(await freshUrl())
          try {
            const batch = order.flatMap((at) => set[at % set.length] ?? [])
            let stored = 0
            for (let from = 0, turn = 0; from < batch.length; turn += 1) {
              const length = chunks[turn % chunks.length] ?? 1
              const appended = await fresh.append(batch.slice(from, from + length))
              expect(appended.conflicts).toEqual([])
              stored += appended.stored
              from += length
            }
            expect(stored).toBe(set.length)
            expect(await Promise.all(devices.map((device) => all(fresh, device)))).toEqual(expected)
          } finally {
            await fresh.close()
          }
        }),
        { numRuns: 8 },
      )
    })
  })
}

function span(device: DeviceRef, fromSecond: number, toSecond: number): DeviceChange {
  return { device, fromMs: t0 + fromSecond * 1000, toMs: t0 + toSecond * 1000 }
}

function sorted(changes: readonly DeviceChange[]): DeviceChange[] {
  return changes.toSorted((one, other) => (one.device.id < other.device.id ? -1 : 1))
}

function covers(changes: readonly DeviceChange[], device: DeviceRef, fromSecond: number, toSecond: number): boolean {
  const wanted = span(device, fromSecond, toSecond)
  return changes.some((change) => change.device.id === device.id && change.fromMs <= wanted.fromMs && change.toMs >= wanted.toMs)
}
