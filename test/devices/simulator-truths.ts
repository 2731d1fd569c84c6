// Holds simulated weeks against what the product's own behaviour code makes of their readings: every trip, and the manoeuvres that are
// clearly above or below what counts. Near a threshold noise decides, and nobody is held to it.

import { expect } from 'vitest'
import type { DrivingStyle } from '../../devices/simulator/drive.ts'
import type { LifeName } from '../../devices/simulator/life/life-names.ts'
import { livedTrips } from '../../devices/simulator/life/lived-trips.ts'
import { town } from '../../devices/simulator/town.ts'
import type { Manoeuvre, Stretch, TripTruth } from '../../devices/simulator/truth.ts'
import type { Equipment } from '../../devices/simulator/vehicle/equipment.ts'
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

export interface Lived {
  readonly truths: readonly TripTruth[]
  readonly found: readonly FoundTrip[]
}

/** @param isWanted of the truths; the others are not measured */
export function lived(
  style: DrivingStyle,
  equipment: Equipment,
  life: LifeName,
  days: number,
  isWanted = (_: TripTruth, __: number): boolean => true,
): Lived {
  const vehicle = { seed: 'truth', device: `${style} ${equipment}`, style, equipment, life, map: town, odometerKm: 9000 }
  const truths: TripTruth[] = []
  const found: FoundTrip[] = []
  let number = 0
  for (const plan of livedTrips(vehicle, mondayMs, mondayMs + days * dayMs)) {
    number += 1
    const truth = truthOf(plan)
    if (!isWanted(truth, number)) continue
    truths.push(truth)
    const readings = [...readingsOfTrip(plan)]
    found.push(...tripsIn(equipment === 'phone' ? inVehicleAxes(readings) : readings))
  }
  return { truths, found }
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

export function holdsTrue(style: DrivingStyle, equipment: Equipment, days: number): void {
  const life = style === 'night-shift' ? 'night-shift' : 'commuter'
  const all = lived(style, equipment, life, days)
  const { truths, found } = all
  expect(truths.length).toBeGreaterThan(12)
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
  if (equipment === 'tracker' || equipment === 'obd') expect(Math.abs(scoredNightM - nightM)).toBeLessThan(200 + 0.03 * nightM)
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
}
