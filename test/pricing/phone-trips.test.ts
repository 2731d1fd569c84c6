// A phone that knows nothing of the car it lies in, from its payloads to the book: its trip has the events of the car's own sensors.

import { afterEach, beforeEach, expect, test } from 'vitest'
import type { VehicleReading } from '../../devices/contract/reading.ts'
import { encodeTelemetry, parseTelemetry } from '../../devices/contract/telemetry.ts'
import { batchesOf } from '../../devices/publish-readings.ts'
import { canonicalJson } from '../../pricing/canonical-json.ts'
import type { Pricing } from '../../pricing/start-pricing.ts'
import { parseTripFacts } from '../../pricing/trip-facts.ts'
import { rereadTrips } from '../../pricing/verify/reread-readings.ts'
import { amsterdam, mondayMs } from './drives.ts'
import { derivedState, type OpenStores, openStores, startStill } from './open-stores.ts'
import { asCar, asPhone, hertz, townDrive } from './phone-drive.ts'

const laterMs = mondayMs + 86_400_000
const motions = townDrive(6 * 60)
const phone = asPhone(motions, { angles: () => [-135, 40, 10] })

let stores: OpenStores
let pricing: Pricing
let nowMs = laterMs

beforeEach(async () => {
  nowMs = laterMs
  stores = await openStores()
  for (const id of ['car', 'phone']) await stores.addDevice(id, 'vehicle')
  pricing = await startStill(stores, () => nowMs)
  await pricing.settle()
})
afterEach(async () => {
  await pricing.close()
  await stores.close()
})

/** As the bytes of a device become readings. */
async function publish(device: string, readings: readonly VehicleReading[]): Promise<void> {
  for (const batch of batchesOf(readings, { readingsMax: 500, spanMsMax: Number.POSITIVE_INFINITY })) {
    const bytes = Buffer.from(encodeTelemetry('vehicle', 1, nowMs, batch))
    const parsed = parseTelemetry(bytes, { id: device, kind: 'vehicle' }, laterMs)
    expect(parsed.rejected).toEqual([])
    await stores.append(parsed.readings)
  }
}

async function tripOf(device: string) {
  const [row, ...others] = await stores.book.selectFrom('trips').selectAll().where('device_id', '=', device).execute()
  if (row === undefined || others.length > 0) throw new Error('one trip was expected')
  return { status: row.status, facts: parseTripFacts(row.facts) }
}

const kinds = (events: readonly { readonly kind: string }[]) => events.map(({ kind }) => kind)

test('a tilted phone has the trip of the car it lies in, event by event', async () => {
  await publish('car', asCar(motions))
  await publish('phone', phone)
  await pricing.settle()
  const [car, tilted] = [await tripOf('car'), await tripOf('phone')]
  expect(kinds(car.facts.events)).toEqual(expect.arrayContaining(['brake', 'acceleration', 'left-turn']))
  expect(kinds(tilted.facts.events)).toEqual(kinds(car.facts.events))
  tilted.facts.events.forEach((event, index) => {
    const twin = car.facts.events[index]
    expect(Math.abs(event.startMs - (twin?.startMs ?? 0))).toBeLessThan(500)
    expect(Math.abs(event.peak - (twin?.peak ?? 0))).toBeLessThan(0.4)
  })
  expect(tilted.facts.counts).toEqual(car.facts.counts)
  expect(tilted.facts).toMatchObject({ longitudinalFrom: 'accelerometer', lateralFrom: 'accelerometer' })
  expect(tilted.facts.distanceM).toBe(car.facts.distanceM)
})

test('measured again from what is stored, it is the same trip', async () => {
  await publish('phone', phone)
  await pricing.settle()
  const { measured } = await rereadTrips(stores.telemetry, { id: 'phone', kind: 'vehicle' }, amsterdam)
  const stored = await stores.book.selectFrom('trips').select('facts').execute()
  expect(measured.map(({ facts }) => canonicalJson(facts))).toEqual(stored.map(({ facts }) => facts))
})

test('while it is driven the speed has to do; once it has ended the whole trip tells, in whatever portions it came', async () => {
  nowMs = mondayMs + 3 * 60_000 + 1000
  const half = 3 * 60 * hertz
  await publish('phone', phone.slice(0, half))
  await pricing.settle()
  expect(await tripOf('phone')).toMatchObject({ status: 'open', facts: { longitudinalFrom: 'speed' } })
  nowMs = laterMs
  await publish('phone', phone.slice(half))
  await pricing.settle()
  const inPortions = await derivedState(stores.book)
  expect(await tripOf('phone')).toMatchObject({ status: 'ended', facts: { longitudinalFrom: 'accelerometer' } })
  await pricing.close()
  await stores.close()

  stores = await openStores()
  for (const id of ['car', 'phone']) await stores.addDevice(id, 'vehicle')
  await publish('phone', phone.slice(half))
  await publish('phone', phone.slice(0, half + 40))
  pricing = await startStill(stores, () => nowMs)
  await pricing.settle()
  expect(await derivedState(stores.book)).toBe(inPortions)
})
