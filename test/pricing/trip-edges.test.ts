// Where trips begin, go on and end on real roads: tunnels, silent devices, ignition told once, engines idling, ferries, tow
// trucks, and the night on which the clock changes.

import { expect, test } from 'vitest'
import type { VehicleReading } from '../../devices/contract/reading.ts'
import type { VehicleValues } from '../../devices/contract/signals.ts'
import { localClock } from '../../pricing/behaviour/local-clock.ts'
import { motorFacts } from '../../pricing/experience.ts'
import { noDriving } from '../../pricing/rating/facts.ts'
import { isRateable } from '../../pricing/trip-facts.ts'
import { defaultMotorClass } from './default-class.ts'
import { type FoundTrip, mondayMs, onlyTrip, reading, tripsIn } from './drives.ts'

type Signals = 'fix' | 'speed'

/** Northwards, a reading a second: the speed of each second, and what the device knows of it. */
function northwards(
  seconds: number,
  speedKph: (second: number) => number,
  values: (second: number) => VehicleValues = () => ({}),
  lost: (second: number) => readonly Signals[] | 'silent' = () => [],
): readonly VehicleReading[] {
  const readings: VehicleReading[] = []
  let latitude = 52
  for (let second = 0; second <= seconds; second += 1) {
    const kph = speedKph(second)
    latitude += kph / 3.6 / 111_195
    const missing = lost(second)
    if (missing === 'silent') continue
    readings.push(
      reading(mondayMs + second * 1000, {
        ...(missing.includes('speed') ? {} : { Speed: kph }),
        ...(missing.includes('fix') ? {} : { Latitude: latitude, Longitude: 5 }),
        ...values(second),
      }),
    )
  }
  return readings
}

const minutesOf = ({ startedAtMs, endedAtMs }: FoundTrip) => (endedAtMs - startedAtMs) / 60_000
const within = (from: number, to: number) => (second: number) => second >= from && second < to

test('a tunnel without a fix costs nothing while the wheels tell the speed', () => {
  const inside = within(300, 900)
  const trip = onlyTrip(
    northwards(
      1200,
      () => 80,
      undefined,
      (second) => (inside(second) ? ['fix'] : []),
    ),
  )
  expect(trip.facts).toMatchObject({ seenM: trip.facts.distanceM, completeness: 1, doubts: [] })
  expect(trip.facts.distanceM).toBeCloseTo((1200 * 80) / 3.6, -1)
})

test('a tunnel without fix and speed is bridged: one trip, the whole way, less confidence', () => {
  const inside = within(300, 900)
  for (const lost of [['fix', 'speed'] as const, 'silent' as const]) {
    const trip = onlyTrip(
      northwards(
        1200,
        () => 80,
        () => ({ AccelerationLongitudinal: 0 }),
        (second) => (inside(second) ? lost : []),
      ),
    )
    expect(minutesOf(trip)).toBe(20)
    expect(trip.facts.distanceM / ((1200 * 80) / 3.6)).toBeCloseTo(1, 2)
    expect(trip.facts.seenM / trip.facts.distanceM).toBeCloseTo(0.5, 1)
    expect(trip.facts.confidence).toBeLessThan(1)
    if (lost === 'silent') expect(trip.facts).toMatchObject({ doubts: ['gaps'] })
  }
})

test.each([
  { when: 'it comes back as far on as only driving takes it', minutes: 20, beforeKph: 80, duringKph: 60, trips: 1 },
  { when: 'it comes back where it was lost', minutes: 10, beforeKph: 80, duringKph: 0, trips: 2 },
  { when: 'it comes back no further than on foot', minutes: 10, beforeKph: 80, duringKph: 5, trips: 2 },
  { when: 'it is away for longer than any tunnel is', minutes: 40, beforeKph: 80, duringKph: 80, trips: 2 },
  { when: 'it stood for minutes before it fell silent', minutes: 10, beforeKph: 0, duringKph: 80, trips: 2 },
])('a silence of $minutes minutes: $trips when $when', ({ minutes, beforeKph, duringKph, trips }) => {
  const endS = 420 + minutes * 60
  const speed = (second: number) => (second < 300 || second >= endS ? 80 : second < 420 ? beforeKph : duringKph)
  const readings = northwards(endS + 300, speed, undefined, (second) => (second >= 420 && second < endS ? 'silent' : []))
  expect(tripsIn(readings)).toHaveLength(trips)
})

test('a device that tells its ignition only when it changes keeps one trip through a long jam', () => {
  const jam = within(300, 900)
  const told = (second: number): VehicleValues => (second === 0 ? { Ignition: true } : second === 1200 ? { Ignition: false } : {})
  const trip = onlyTrip(northwards(1260, (second) => (jam(second) || second > 1190 ? 0 : 50), told))
  expect(minutesOf(trip)).toBe(20)
})

test('an ignition that was never told off does not keep a parked car on its trip for ever', () => {
  const trips = tripsIn(
    northwards(
      7200,
      (second) => (second < 300 ? 50 : 0),
      (second) => (second === 0 ? { Ignition: true } : {}),
    ),
  )
  expect(trips.map(minutesOf)).toEqual([299 / 60])
})

test('an engine that runs at a stand keeps the trip, and starts none', () => {
  const stand = within(300, 720)
  const running = northwards(
    1000,
    (second) => (stand(second) ? 0 : 50),
    () => ({ EngineSpeed: 750 }),
  )
  expect(tripsIn(running)).toHaveLength(1)
  const off = northwards(
    1000,
    (second) => (stand(second) ? 0 : 50),
    (second) => ({ EngineSpeed: stand(second) ? 0 : 1500 }),
  )
  expect(tripsIn(off)).toHaveLength(2)
  expect(
    tripsIn(
      northwards(
        1000,
        () => 0,
        () => ({ EngineSpeed: 750 }),
      ),
    ),
  ).toHaveLength(0)
})

test('a tow is told as not driven, and does not rate', () => {
  const trip = onlyTrip(
    northwards(
      1200,
      (second) => 40 + 20 * Math.sin(second / 9),
      () => ({ Ignition: false, AccelerationLongitudinal: -4, SpeedLimit: 30, PhoneHandling: true }),
    ),
  )
  expect(trip.facts).toMatchObject({ role: 'not-driven', distanceM: 0, carried: { reason: 'engine-off' }, maxSpeedKph: 0 })
  expect(trip.facts.carried.metres).toBeGreaterThan(12_000)
  expect(trip.facts).toMatchObject({ events: [], observations: [], speeding: { count: 0, metres: 0 }, phone: { seconds: 0 } })
  expect(isRateable(trip.facts)).toBe(false)
  expect(motorFacts(defaultMotorClass, [trip]).driving, 'as if there were no trip').toEqual(noDriving)
})

test('a car that is switched on at the end of its tow has driven from there on', () => {
  const [towed, driven] = tripsIn(
    northwards(
      1800,
      (second) => 40 + 20 * Math.sin(second / 9),
      (second) => ({ Ignition: second >= 900 }),
    ),
  )
  expect(towed?.facts.role).toBe('not-driven')
  expect(driven?.facts).toMatchObject({ role: 'driven', carried: { metres: 0 } })
  expect(driven?.startedAtMs).toBe(mondayMs + 900_000)
})

test('what was found on a ferry counts for nobody', () => {
  const wavesMps2 = (isAboard: boolean, second: number): number => (isAboard && second % 60 === 7 ? -4 : 0)
  const trip = onlyTrip(
    ferry((isAboard, second) => ({
      EngineSpeed: isAboard ? 0 : 1800,
      AccelerationLongitudinal: wavesMps2(isAboard, second),
      SpeedLimit: isAboard ? 10 : 90,
    })),
  )
  expect(trip.facts).toMatchObject({ carried: { reason: 'engine-off' }, speeding: { count: 0 } })
  expect(trip.facts.counts.brake[0]).toBe(0)
})

test.each([
  ['for a while', (second: number) => ({ EngineSpeed: second < 700 ? 0 : 1800 })],
  ['all the way, its ignition never told', () => ({ EngineSpeed: 0 })],
  ['all the way, its ignition told once', (second: number) => ({ EngineSpeed: 0, ...(second === 0 ? { Ignition: true } : {}) })],
] as const)('a hybrid that drives on its battery %s has driven all of it', (_, told) => {
  const inTown = onlyTrip(northwards(1200, (second) => 45 + 25 * Math.sin(second / 11), told))
  expect(inTown.facts).toMatchObject({ role: 'driven', carried: { metres: 0, reason: null } })
  expect(isRateable(inTown.facts)).toBe(true)
  const atCruise = onlyTrip(northwards(1200, () => 79, told))
  expect(atCruise.facts, 'however evenly').toMatchObject({ role: 'driven', carried: { metres: 0, reason: null } })
})

/** To the quay, across at 30 km/h, and on. */
const ferry = (dynamics: (isAboard: boolean, second: number) => VehicleValues): readonly VehicleReading[] => {
  const aboard = within(600, 1800)
  return northwards(
    2400,
    (second) => {
      if (!aboard(second)) return second >= 560 && second < 600 ? 0 : Math.max(6, 50 + 15 * Math.sin(second / 8))
      return Math.min(30, (second - 600) / 4, (1800 - second) / 4)
    },
    (second) => dynamics(aboard(second), second),
  )
}

test.each([
  ['engine-off', (isAboard: boolean) => ({ EngineSpeed: isAboard ? 0 : 1800 })],
  [
    'no-vehicle-dynamics',
    (isAboard: boolean, second: number) => ({
      AccelerationLongitudinal: isAboard ? 0.02 : Math.cos(second / 8) * 0.5,
      AccelerationLateral: isAboard ? -0.03 : 0.3,
      AngularVelocityYaw: isAboard ? 0.1 : 2,
    }),
  ],
] as const)('a ferry within a trip is no driven kilometre: %s', (reason, dynamics) => {
  const trip = onlyTrip(ferry(dynamics))
  expect(trip.facts).toMatchObject({ role: 'driven', carried: { reason } })
  expect(trip.facts.carried.metres).toBeGreaterThan(8500)
  expect(trip.facts.carried.metres).toBeLessThan(9500)
  const land = onlyTrip(ferry(() => ({ EngineSpeed: 1800 })))
  expect(land.facts.carried.metres, 'with its engine running it drives, however even it is').toBe(0)
  expect(Math.abs(land.facts.distanceM - trip.facts.distanceM - trip.facts.carried.metres)).toBeLessThan(5)
})

test.each([
  ['the hour that is skipped', Date.UTC(2024, 2, 31, 0, 50)],
  ['the hour that comes twice', Date.UTC(2024, 9, 27, 0, 50)],
])('%s makes a trip neither longer nor shorter, and all of it is night', (_, startMs) => {
  const readings = Array.from({ length: 1201 }, (_unused, second) =>
    reading(startMs + second * 1000, { Speed: 72 + (second % 7) }),
  )
  const { facts: measured } = onlyTrip(readings, localClock('Europe/Amsterdam'))
  expect(measured).toMatchObject({ durationS: 1200, nightShare: 1, nightM: measured.distanceM })
})
