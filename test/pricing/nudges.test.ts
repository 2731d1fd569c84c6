// Nudges: what one change would save, on the real edition.

import { expect, test } from 'vitest'
import { readShippedPlan } from '../../pricing/install-editions.ts'
import { nudgesOf } from '../../pricing/nudges.ts'
import { type Driving, type Facts, type Living, noDriving, noLiving } from '../../pricing/rating/facts.ts'
import { ratePremium } from '../../pricing/rating/rate.ts'
import { defaultHomeClass, defaultMotorClass } from './default-class.ts'

const { edition: motor } = await readShippedPlan('motor')
const { edition: home } = await readShippedPlan('home')

const driver = (driving: Partial<Driving>): Facts => ({
  product: 'motor',
  class: defaultMotorClass,
  driving: { ...noDriving, ...driving },
})
const resident = (living: Partial<Living>): Facts => ({
  product: 'home',
  class: defaultHomeClass,
  living: { ...noLiving, ...living },
})

const lively: Partial<Driving> = {
  trips: 200,
  observedDays: 120,
  distanceKm: 4000,
  longitudinalKm: 4000,
  lateralKm: 4000,
  limitKnownKm: 3000,
  phoneKnownKm: 4000,
  brakes: [800, 400, 200, 100, 40, 10, 0],
  accelerations: [900, 500, 200, 100, 40, 10, 0],
  turns: [900, 600, 400, 300, 40, 10, 0],
  nightKm: 600,
  speedingKm: 300,
  phoneS: 12_000,
  phoneKnownS: 288_000,
}

test('every behaviour that a driver controls is asked about, the largest saving first', () => {
  const nudges = nudgesOf(motor, driver(lively))
  expect(nudges.map(({ behaviour }) => behaviour).toSorted()).toEqual([
    'acceleration',
    'braking',
    'cornering',
    'mileage',
    'night',
    'phone',
    'speeding',
  ])
  const savings = nudges.map(({ savingMinor }) => savingMinor)
  expect(savings).toEqual(savings.toSorted((one, other) => other - one))
  expect(Math.min(...savings)).toBeGreaterThanOrEqual(1)
})

test('a saving is what the premium really falls by', () => {
  const braking = nudgesOf(motor, driver(lively)).find(({ behaviour }) => behaviour === 'braking')
  const calmer = driver({ ...lively, brakes: [800, 360, 200, 100, 40, 10, 0] })
  expect(braking?.figures).toEqual({ from: 100, to: 90, unit: 'per-1000-km' })
  expect(braking?.savingMinor).toBe(ratePremium(motor, driver(lively)) - ratePremium(motor, calmer))
})

test('a new driver can only win by driving less', () => {
  expect(nudgesOf(motor, driver({})).map(({ behaviour, figures }) => ({ behaviour, figures }))).toEqual([
    { behaviour: 'mileage', figures: { from: 12_000, to: 10_800, unit: 'km' } },
  ])
})

test('nothing is suggested that has been reached', () => {
  const spotless = driver({ ...lively, brakes: noDriving.brakes, nightKm: 0, speedingKm: 0, phoneS: 0 })
  const behaviours = nudgesOf(motor, spotless).map(({ behaviour }) => behaviour)
  expect(behaviours).not.toContain('braking')
  expect(behaviours).not.toContain('night')
  expect(behaviours).not.toContain('speeding')
  expect(behaviours).not.toContain('phone')
})

test('a home with water sensors can test its valve, and connect its sensors', () => {
  const quiet = { days: 30, minutes: 0 }
  const nudges = nudgesOf(
    home,
    resident({ days: 60, liveDays: 30, water: quiet, freeze: quiet, humidity: { days: 30, minutes: 9000 } }),
  )
  expect(nudges.map(({ behaviour }) => behaviour).toSorted()).toEqual(['humidity', 'live-days', 'valve-test'])
  expect(nudges.find(({ behaviour }) => behaviour === 'live-days')?.figures).toEqual({ from: 30, to: 60, unit: 'live-days' })
})

test('a new home can win by connecting its sensors', () => {
  expect(nudgesOf(home, resident({})).map(({ behaviour }) => behaviour)).toEqual(['live-days'])
})

test('a home that is connected every day and has nothing to mend is left alone', () => {
  const quiet = { days: 300, minutes: 0 }
  const living = {
    days: 300,
    liveDays: 300,
    water: quiet,
    freeze: quiet,
    fire: quiet,
    intrusion: quiet,
    humidity: quiet,
    valveTests: 3,
  }
  expect(nudgesOf(home, resident(living))).toEqual([])
})
