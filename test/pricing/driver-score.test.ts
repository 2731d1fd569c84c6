// The driver's score, and the heat map that tells drivers apart.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { localClock } from '../../pricing/behaviour/local-clock.ts'
import { driverScore, halfLifeMs, type ScoredTrip } from '../../pricing/score/driver-score.ts'
import { addReading, emptyProfile } from '../../pricing/score/driving-profile.ts'
import { type HeatMap, heatAccelerationsMps2, heatDistance, heatMapOf, heatSpeedsKph } from '../../pricing/score/heat-map.ts'
import { ordinaryScore, tripScore } from '../../pricing/score/trip-score.ts'
import { everySecond, mondayMs } from './drives.ts'
import { type DriveRequest, inventDrive } from './score-drives.ts'

const dayMs = 86_400_000

function trip(score: number, km = 20, daysLater = 0, confidence = 1): ScoredTrip {
  const { components } = tripScore([], 'UTC')
  return {
    startedAtMs: mondayMs + daysLater * dayMs,
    score: {
      score,
      confidence,
      components: {
        ...components,
        smoothness: { value: score, figure: 1, unit: '' },
        distance: { value: null, figure: km, unit: 'km' },
      },
    },
  }
}

test('without trips a driver is an ordinary one, with no credibility', () => {
  expect(driverScore([])).toMatchObject({ score: Math.round(ordinaryScore * 100) / 100, credibility: 0, trips: 0 })
})

test('the own score is earned by kilometres: at 300 km half of it is the own', () => {
  const fifteen = Array.from({ length: 15 }, () => trip(50))
  expect(driverScore(fifteen).credibility).toBeCloseTo(0.5, 2)
  expect(driverScore(fifteen).score).toBeCloseTo((50 + ordinaryScore) / 2, 1)
  expect(driverScore(Array.from({ length: 600 }, () => trip(50))).score).toBeLessThan(53)
})

test('far and certain trips count more, old ones less, one long journey not endlessly', () => {
  expect(driverScore([trip(90, 40), trip(50, 10)]).components.smoothness).toBe(82)
  expect(driverScore([trip(90, 20, 0, 1), trip(50, 20, 0, 0.25)]).components.smoothness).toBe(82)
  expect(driverScore([trip(50, 20, 0), trip(90, 20, halfLifeMs / dayMs)]).components.smoothness).toBeCloseTo(76.67, 1)
  expect(driverScore([trip(90, 2000)]).effectiveKm).toBe(150)
})

test('the order trips come in does not matter, and a score stays between 0 and 100', () => {
  const trips = fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 100 }), fc.double({ min: 0, max: 900, noNaN: true }), fc.integer({ min: 0, max: 1e6 }))
      .map(([score, km, minutes]) => trip(score, km, minutes / 1440, 0.7)),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(trips, (list) => {
      const one = driverScore(list)
      const differentTimes = new Set(list.map((each) => each.startedAtMs)).size === list.length
      if (differentTimes) expect(driverScore([...list].reverse())).toEqual(one)
      expect(one.score).toBeGreaterThanOrEqual(0)
      expect(one.score).toBeLessThanOrEqual(100)
    }),
    { numRuns: 100 },
  )
})

function heatOf(request: DriveRequest): HeatMap {
  const profile = emptyProfile()
  const clock = localClock('Europe/Madrid')
  for (const reading of inventDrive(request)) addReading(profile, reading, clock)
  return heatMapOf(profile.heat)
}

test('a heat map shares out the moving time over speeds and accelerations', () => {
  const profile = emptyProfile()
  const clock = localClock('UTC')
  for (const reading of everySecond(Array.from({ length: 101 }, () => ({ Speed: 85 })))) addReading(profile, reading, clock)
  const heat = heatMapOf(profile.heat)
  expect(heat.length).toBe(heatSpeedsKph.length)
  expect(heat[heatSpeedsKph.indexOf(80)]?.[heatAccelerationsMps2.indexOf(-0.1)]).toBe(1000)
  expect(heat.flat().reduce((sum, thousandths) => sum + thousandths, 0)).toBe(1000)
  expect(heatMapOf(emptyProfile().heat)).toEqual([])
})

test('two calm drives by one driver are more alike in their heat maps than a calm and an aggressive one', () => {
  for (const road of ['motorway', 'secondary'] as const) {
    const calm = heatOf({ seed: 1, driver: 'ana', road, style: 'calm' })
    const alike = heatDistance(calm, heatOf({ seed: 2, driver: 'ana', road, style: 'calm' }))
    const unlike = heatDistance(calm, heatOf({ seed: 2, driver: 'ana', road, style: 'aggressive' }))
    expect(alike, road).toBeLessThan(unlike)
  }
})
