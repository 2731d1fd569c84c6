// The whole path, once: a recorded drive goes in over a real MQTT connection, and the expected premium comes out of the API, to
// the cent. Then the same drive again, and a restart: nothing may count twice.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningMerit, removeFolder, startMerit, temporaryFolder } from './running-merit.ts'
import { findService, howToGet } from './services.ts'
import { startInfluxd } from './store/influxd.ts'

const drive = 'test/data/drives/nds-08.csv'
/** Of the manifest: 8.36 km, measured apart from Merit. */
const driveKm = 8.36
const driveReadings = 1382

/**
 * By hand from the plan: 42,000 + 24,000 cents a year × 1 for age 38 × 1 for town × 1 for a six-year-old car × 1 for 75 kW × 1
 * without claims stated, ÷ 12 = 5,500.00. The drive, 8.4 km of which K = 1,000 km (800 km at night) would count half: braking
 * 1.0796 → 1.0007, accelerating 1.0488 → 1.0004, cornering 0.95 → 0.9996, night 0.95 → 0.9995, together 1.0002;
 * 66,000 × 1.0002 = 66,013.2, rounded 66,013, ÷ 12 = 5,501.08.
 */
const classPremiumMinor = 5500
const drivenPremiumMinor = 5501

let merit: RunningMerit
let cookie: string
const dataDir = temporaryFolder()

beforeAll(async () => {
  merit = await startMerit({ demo: false, dataDir })
})

afterAll(async () => {
  await merit.stop()
  removeFolder(dataDir)
})

async function get(path: string): Promise<Response> {
  return fetch(`${merit.dashboardUrl}${path}`, { headers: { cookie } })
}

async function signIn(email: string, password: string): Promise<string> {
  const response = await fetch(`${merit.dashboardUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: merit.dashboardUrl },
    body: JSON.stringify({ email, password }),
  })
  expect(response.status).toBe(200)
  return response.headers
    .getSetCookie()
    .map((entry) => entry.split(';')[0])
    .join('; ')
}

function stateOf(): Promise<{ readings: unknown; trips: unknown; premium: unknown }> {
  return Promise.all([
    merit.meritJson('readings', 'car'),
    merit.meritJson('trips', 'car'),
    merit.meritJson('premium', 'policy'),
  ]).then(([readings, trips, premium]) => ({ readings, trips, premium }))
}

test('a new driver starts at the class price', async () => {
  await merit.merit('device', 'add', 'car', '--kind', 'vehicle')
  await merit.merit('policy', 'add', '--id', 'policy', '--product', 'motor', '--device', 'car', '--time-zone', 'America/Chicago')
  const account = await merit.meritJson('account', 'add', 'driver@merit.example', '--role', 'policyholder', '--policy', 'policy')
  expect(account).toMatchObject({ email: 'driver@merit.example', password: expect.any(String) })
  if (typeof account !== 'object' || account === null || !('password' in account)) throw new Error('no password')
  cookie = await signIn('driver@merit.example', String(account.password))
  expect(await (await get('/api/v1/policies/policy/premium')).json()).toMatchObject({
    premiumMinor: classPremiumMinor,
    classPremiumMinor,
  })
})

test('a recorded drive over MQTT becomes the expected premium, to the cent', async () => {
  expect(await merit.meritJson('replay', drive, '--device', 'car', '--speed', '600')).toMatchObject({
    accepted: driveReadings,
    duplicate: 0,
    rejected: 0,
  })
  const trips: unknown = await (await get('/api/v1/policies/policy/trips')).json()
  expect(trips).toMatchObject({ trips: [{ status: 'ended' }] })
  const [trip] = tripDistances(trips)
  expect(Math.abs((trip ?? 0) / 1000 - driveKm) / driveKm).toBeLessThan(0.02)
  expect(await (await get('/api/v1/policies/policy/premium')).json()).toMatchObject({
    premiumMinor: drivenPremiumMinor,
    classPremiumMinor,
    currency: 'EUR',
    editionHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    factsHash: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
})

test('the same drive again changes nothing', async () => {
  const before = await stateOf()
  expect(await merit.meritJson('replay', drive, '--device', 'car')).toMatchObject({
    accepted: 0,
    duplicate: driveReadings,
    rejected: 0,
  })
  expect(await stateOf()).toEqual(before)
})

test('a second start goes on where the first ended', async () => {
  const before = await stateOf()
  expect(await merit.stop()).toBe(0)
  merit = await startMerit({ demo: false, dataDir })
  expect(await stateOf()).toEqual(before)
})

test('another policyholder’s policy is not there for this one', async () => {
  await merit.merit('device', 'add', 'foreign-car', '--kind', 'vehicle')
  await merit.merit('policy', 'add', '--id', 'foreign', '--product', 'motor', '--device', 'foreign-car')
  expect((await get('/api/v1/policies/foreign/premium')).status).toBe(404)
})

describe.skipIf(findService('influxd') === undefined)(`readings in a real InfluxDB (${howToGet('influxd')})`, () => {
  test('give the same premium, to the cent', async () => {
    const influxd = await startInfluxd({ signIn: true })
    const folder = temporaryFolder()
    const onInflux = await startMerit({ demo: false, dataDir: folder, environment: { MERIT_TELEMETRY_URL: influxd.url } })
    try {
      await onInflux.merit('device', 'add', 'car', '--kind', 'vehicle')
      await onInflux.merit(
        'policy',
        'add',
        '--id',
        'policy',
        '--product',
        'motor',
        '--device',
        'car',
        '--time-zone',
        'America/Chicago',
      )
      expect(await onInflux.meritJson('replay', drive, '--device', 'car')).toMatchObject({ accepted: driveReadings })
      expect(await onInflux.meritJson('premium', 'policy')).toMatchObject({ premiumMinor: drivenPremiumMinor, classPremiumMinor })
      const before = await onInflux.meritJson('readings', 'car')
      expect(before).toHaveLength(driveReadings)
      expect(await onInflux.meritJson('replay', drive, '--device', 'car')).toMatchObject({
        accepted: 0,
        duplicate: driveReadings,
      })
      expect(await onInflux.meritJson('readings', 'car')).toEqual(before)
    } finally {
      await onInflux.stop()
      await influxd.stop()
      removeFolder(folder)
    }
  })
})

function tripDistances(value: unknown): readonly number[] {
  if (typeof value !== 'object' || value === null || !('trips' in value) || !Array.isArray(value.trips)) return []
  return value.trips.map((trip: unknown) =>
    typeof trip === 'object' && trip !== null && 'distanceM' in trip ? Number(trip.distanceM) : Number.NaN,
  )
}
