// What the simulator says really happened, against what the product's own behaviour code makes of the readings: every trip, and the
// manoeuvres that are clearly above or below what counts. Near a threshold noise decides, and nobody is held to it.

import { expect, test } from 'vitest'
import type { VehicleReading } from '../../devices/contract/reading.ts'
import { type DrivingStyle, driverNames } from '../../devices/simulator/drive.ts'
import type { LifeName } from '../../devices/simulator/life/life-names.ts'
import { livedTrips } from '../../devices/simulator/life/lived-trips.ts'
import { town } from '../../devices/simulator/town.ts'
import type { Manoeuvre, Stretch, TripTruth } from '../../devices/simulator/truth.ts'
import { type Equipment, equipmentNames } from '../../devices/simulator/vehicle/equipment.ts'
import { truthOf } from '../../devices/simulator/vehicle/plan-trip.ts'
import { readingsOfTrip } from '../../devices/simulator/vehicle/trip-readings.ts'
import { inVehicleAxes } from '../../pricing/behaviour/phone-translator.ts'
import { behaviourThresholds } from '../../pricing/behaviour/thresholds.ts'
import { defaultRungs } from '../../pricing/trip-facts.ts'
import { type FoundTrip, tripsIn } from '../pricing/drives.ts'

const dayMs = 86_400_000
const mondayMs = Date.UTC(2026, 4, 3, 22)
/** Share of a threshold by which a true size may miss it and be neither expected nor wrong. */
const marginShare = 0.15
const apartMsMax = 2500

type Row = 'brake' | 'acceleration' | 'cornering' | 'speeding'
const rows: readonly Row[] = ['brake', 'acceleration', 'cornering', 'speeding']
const rowOf = (kind: Manoeuvre['kind']): Row => (kind === 'left-turn' || kind === 'right-turn' ? 'cornering' : kind)
const least: Readonly<Record<Row, number>> = {
  brake: defaultRungs.braking,
  acceleration: defaultRungs.acceleration,
  cornering: defaultRungs.cornering,
  speeding: behaviourThresholds.speeding.toleranceKph,
}

interface Lived {
  readonly truths: readonly TripTruth[]
  readonly found: readonly FoundTrip[]
}

function lived(style: DrivingStyle, equipment: Equipment, life: LifeName, days: number, fromMs = mondayMs): Lived {
  const vehicle = { seed: 'truth', device: `${style} ${equipment}`, style, equipment, life, map: town, odometerKm: 9000 }
  const truths: TripTruth[] = []
  const found: FoundTrip[] = []
  for (const plan of livedTrips(vehicle, fromMs, fromMs + days * dayMs)) {
    truths.push(truthOf(plan))
    const readings = [...readingsOfTrip(plan)]
    found.push(...tripsIn(equipment === 'phone' ? measurable(readings) : readings))
  }
  return { truths, found }
}

/** As a trip that has ended is measured: what the phone felt is put into the vehicle's axes. */
function measurable(readings: readonly VehicleReading[]): readonly VehicleReading[] {
  return inVehicleAxes(readings)
}

const meets = (one: Stretch, other: Stretch, apartMs = apartMsMax): boolean =>
  one.startMs <= other.endMs + apartMs && one.endMs >= other.startMs - apartMs

function eventShares({ truths, found }: Lived, row: Row) {
  const truly = truths.flatMap(({ manoeuvres, seen = [], unseen = [] }) =>
    manoeuvres
      .filter(({ kind }) => rowOf(kind) === row && seen.includes(kind))
      .map((manoeuvre) => ({ ...manoeuvre, isHidden: unseen.some((stretch) => meets(manoeuvre, stretch, 0)) })),
  )
  const limit = least[row]
  const isLong = ({ clearMs }: Manoeuvre) =>
    row !== 'speeding' || (clearMs ?? 0) >= behaviourThresholds.speeding.durationMsMin + apartMsMax
  const expected = truly.filter((one) => !one.isHidden && one.peak >= limit * (1 + marginShare) && isLong(one))
  const possible = truly.filter(({ isHidden, peak }) => isHidden || peak >= limit * (1 - marginShare))
  const hidden = truths.flatMap(({ unseen = [] }) => unseen)
  const scored = found
    .flatMap(({ facts }) => facts.events.filter(({ kind, peak }) => rowOf(kind) === row && peak >= limit))
    .filter((event) => !hidden.some((stretch) => meets(event, stretch, 0)))
  return {
    expected: expected.length,
    missed: expected.filter((one) => !scored.some((other) => meets(one, other))),
    scored: scored.length,
    wrong: scored.filter((one) => !possible.some((other) => meets(one, other))),
  }
}

/** One in twenty may be missed or wrong, and the only one of few. */
const allowed = (count: number): number => Math.max(1, Math.floor(count / 20))

const inTotal = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

for (const style of driverNames)
  for (const equipment of equipmentNames)
    test(`a ${style} driver told by ${equipment}: every trip once, and what was clearly done in it`, () => {
      const life = style === 'night-shift' ? 'night-shift' : 'commuter'
      const days = equipment === 'phone' ? 12 : 30
      const all = lived(style, equipment, life, days)
      const { truths, found } = all
      expect(truths.length).toBeGreaterThan(20)
      expect(found).toHaveLength(truths.length)
      truths.forEach(({ startedAtMs: startMs, endedAtMs: endMs, distanceM, role }, index) => {
        const trip = found[index]
        expect(trip !== undefined && trip.startedAtMs >= startMs && trip.endedAtMs <= endMs).toBe(true)
        const told = (trip?.facts.distanceM ?? 0) + (trip?.facts.carried.metres ?? 0)
        if (role !== 'carried' && (equipment === 'tracker' || equipment === 'obd'))
          expect(Math.abs(told - distanceM)).toBeLessThan(20 + 0.02 * distanceM)
      })
      for (const row of rows) {
        const { expected, missed, scored, wrong } = eventShares(all, row)
        expect(missed.length, `${row}: missed of ${expected}: ${JSON.stringify(missed)}`).toBeLessThanOrEqual(allowed(expected))
        expect(wrong.length, `${row}: wrong of ${scored}: ${JSON.stringify(wrong)}`).toBeLessThanOrEqual(allowed(scored))
      }
      const driven = truths.filter(({ role }) => role === 'driver')
      const nightM = inTotal(driven.map((truth) => truth.nightM ?? 0))
      const scoredNightM = inTotal(found.map(({ facts }) => facts.nightM))
      if (equipment === 'tracker' || equipment === 'obd')
        expect(Math.abs(scoredNightM - nightM)).toBeLessThan(200 + 0.03 * nightM)
      if (style === 'night-shift') expect(inTotal(driven.map(({ nightSeconds = 0 }) => nightSeconds))).toBeGreaterThan(90 * days)
      if (equipment === 'tracker' || equipment === 'phone') {
        // Without a position a phone does not know that it moves; the hand itself begins to be felt two seconds before.
        const known = driven.flatMap(({ phoneUse = [], unseen = [] }) =>
          phoneUse.filter((use) => !unseen.some((one) => meets(use, one, 0) && one.startMs !== use.startMs - 2000)),
        )
        const handledS = inTotal(known.map(({ startMs, endMs }) => (endMs - startMs) / 1000))
        const scoredS = inTotal(found.map(({ facts }) => facts.phone.seconds))
        expect(Math.abs(scoredS - handledS)).toBeLessThan(30 + 0.05 * handledS)
        if (style === 'distracted') expect(handledS).toBeGreaterThan(60 * days)
      }
    })

test('ferries and tow trucks are trips that nobody drove, and a lift is somebody else’s drive', () => {
  const year = lived('calm', 'tracker', 'family', 365)
  expect(year.found).toHaveLength(year.truths.length)
  const carried = year.truths.flatMap(({ role, purpose }, index) => (role === 'carried' ? [{ purpose, index }] : []))
  expect(new Set(carried.map(({ purpose }) => purpose))).toEqual(new Set(['ferry', 'tow']))
  year.truths.forEach(({ role }, index) => {
    expect(year.found[index]?.facts.role, `trip ${index}`).toBe(role === 'carried' ? 'not-driven' : 'driven')
  })
})
