// Rating: the shipped plans' own cases, goldens of a worksheet, rounding, monotone mileage, the clamp, and credibility.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Edition } from '../../pricing/edition/edition-document.ts'
import { readShippedPlan } from '../../pricing/install-editions.ts'
import { type Driving, type Facts, type MotorFacts, noDriving, noLiving } from '../../pricing/rating/facts.ts'
import { failedCases } from '../../pricing/rating/failed-cases.ts'
import { rate, ratePremium } from '../../pricing/rating/rate.ts'
import { credibility, interpolate, roundHalfEven } from '../../pricing/rating/rounding.ts'
import { defaultHomeClass, defaultMotorClass } from './default-class.ts'
import { recomputeWorksheet } from './recompute-worksheet.ts'

const motor = await shipped('motor')
const home = await shipped('home')

async function shipped(name: 'motor' | 'home'): Promise<Edition> {
  return (await readShippedPlan(name)).edition
}

const driver = (driving: Partial<Driving>, known: MotorFacts['class'] = {}): MotorFacts => ({
  product: 'motor',
  class: { ...defaultMotorClass, ...known },
  driving: { ...noDriving, ...driving },
})

/** 4,000 km in 100 days, all signals known, nothing happened. */
const spotless: Partial<Driving> = {
  trips: 100,
  observedDays: 100,
  distanceKm: 4000,
  longitudinalKm: 4000,
  lateralKm: 4000,
  limitKnownKm: 4000,
  phoneKnownKm: 4000,
  phoneKnownS: 288_000,
}

test.each([
  ['motor', motor],
  ['home', home],
])("the %s plan's own test cases come out to the cent", (_, edition) => {
  expect(failedCases(edition)).toEqual([])
})

test('a golden worksheet of a driver', () => {
  const worksheet = rate(motor, 'motor-1', driver({ ...spotless, brakes: [900, 400, 200, 100, 50, 20, 5], nightKm: 160 }))
  expect(worksheet.steps.map(({ id, operation, operand }) => `${id} ${operation} ${operand}`)).toEqual([
    'base-rate start 42000',
    'base-rate:own-damage add 24000',
    'class:driver-age multiply 1',
    'class:region multiply 1',
    'class:vehicle-age multiply 1',
    'class:age-power multiply 1',
    'bonus-malus multiply 1',
    'round:class round 1',
    'mileage multiply 1.0278',
    'round:exposure round 1',
    'behaviour:braking multiply 1.0426',
    'behaviour:acceleration multiply 0.96',
    'behaviour:cornering multiply 0.96',
    'behaviour:night multiply 1',
    'behaviour:speeding multiply 0.9304',
    'behaviour:phone multiply 0.9391',
    'clamp clamp 0.8395',
    'round:behaviour round 1',
    'premium-bounds clamp 56947',
    'instalment divide 12',
    'round round 1',
  ])
  expect(worksheet.steps.find(({ id }) => id === 'behaviour:braking')?.figures).toEqual({
    observed: 100,
    unit: 'per-1000-km',
    credibility: 0.8,
    ownFactor: 1.0533,
    exposureKm: 4000,
    rungMps2: 3.1,
  })
  expect(worksheet).toMatchObject({
    premiumMinor: 4746,
    classPremiumMinor: 5500,
    currency: 'EUR',
    period: 'month',
    planId: 'motor',
  })
})

test('a golden worksheet of a home', () => {
  const living = { ...noLiving, days: 40, liveDays: 30, water: { days: 30, minutes: 0 }, humidity: { days: 30, minutes: 6000 } }
  const worksheet = rate(home, 'home-1', { product: 'home', class: defaultHomeClass, living })
  expect(worksheet.steps.map(({ id, operation, operand }) => `${id} ${operation} ${operand}`)).toEqual([
    'base-rate start 17400',
    'base-rate:contents add 9000',
    'class:building multiply 1',
    'class:sum-insured multiply 1',
    'class:region multiply 1',
    'round:class round 1',
    'credit:water multiply 0.9705',
    'credit:freeze multiply 1',
    'credit:fire multiply 1',
    'credit:intrusion multiply 1',
    'credit:humidity multiply 1.002',
    'clamp clamp 0.9724',
    'round:behaviour round 1',
    'premium-bounds clamp 25671',
    'instalment divide 12',
    'round round 1',
  ])
  expect(worksheet.premiumMinor).toBe(2139)
})

test('every worksheet can be recomputed to the cent from its printed factors', () => {
  const amount = fc.double({ min: 0, max: 20_000, noNaN: true })
  const counts = fc.array(fc.nat(500), { minLength: 7, maxLength: 7 })
  fc.assert(
    fc.property(
      fc.record({
        observedDays: fc.double({ min: 0, max: 365, noNaN: true }),
        distanceKm: amount,
        longitudinalKm: amount,
        lateralKm: amount,
        limitKnownKm: amount,
        brakes: counts,
        turns: counts,
        speedingKm: fc.double({ min: 0, max: 500, noNaN: true }),
      }),
      fc.integer({ min: 17, max: 95 }),
      (driving, driverAgeYears) => {
        const worksheet = rate(motor, 'any', driver(driving, { driverAgeYears }))
        expect(recomputeWorksheet(worksheet.steps)).toBe(worksheet.premiumMinor)
        expect(Number.isInteger(worksheet.premiumMinor)).toBe(true)
      },
    ),
    { numRuns: 100 },
  )
})

test('the same facts have the same hash however they are written down, other facts another', () => {
  const facts = driver(spotless)
  const shuffled: Facts = { driving: facts.driving, class: facts.class, product: 'motor' }
  expect(rate(motor, 'a', shuffled).factsHash).toBe(rate(motor, 'b', facts).factsHash)
  expect(rate(motor, 'a', driver({ ...spotless, nightKm: 1 })).factsHash).not.toBe(rate(motor, 'a', facts).factsHash)
})

test('nothing measured is exactly the class price, with a credibility of zero', () => {
  const worksheet = rate(motor, 'new', driver({}))
  expect(worksheet.premiumMinor).toBe(worksheet.classPremiumMinor)
  for (const step of worksheet.steps.filter(({ id }) => id.startsWith('behaviour:')))
    expect([step.operand, step.figures['credibility']]).toEqual([1, 0])
})

test('a behaviour that no sensor could see changes nothing', () => {
  const worksheet = rate(motor, 'no-limit', driver({ distanceKm: 4000, observedDays: 100 }))
  const operands = Object.fromEntries(worksheet.steps.map(({ id, operand }) => [id, operand]))
  expect(operands).toMatchObject({
    'behaviour:speeding': 1,
    'behaviour:phone': 1,
    'behaviour:braking': 1,
    'behaviour:cornering': 1,
  })
})

test('experience counts half at K and more with every kilometre', () => {
  expect([credibility(0, 1000), credibility(1000, 1000), credibility(3000, 1000)]).toEqual([0, 0.5, 0.75])
})

test('more kilometres never cost less', () => {
  let before = 0
  for (let kmPerYear = 0; kmPerYear <= 60_000; kmPerYear += 250) {
    const premiumMinor = ratePremium(motor, driver({}, { kmPerYear }))
    expect(premiumMinor).toBeGreaterThanOrEqual(before)
    before = premiumMinor
  }
})

test('one trip on the first day barely moves the mileage', () => {
  const worksheet = rate(motor, 'day-one', driver({ trips: 1, observedDays: 0.03, distanceKm: 60 }))
  const { kmPerYear } = worksheet.steps.find(({ id }) => id === 'mileage')?.figures ?? {}
  expect(Math.abs(Number(kmPerYear) - 12_000)).toBeLessThan(10)
})

test('the combined behaviour factor is held within the bounds of the plan', () => {
  const awful = { ...spotless, distanceKm: 40_000, longitudinalKm: 40_000, limitKnownKm: 40_000, phoneKnownKm: 40_000 }
  const many = [40_000, 40_000, 0, 0, 0, 0, 0]
  const worksheet = rate(
    motor,
    'worst',
    driver({ ...awful, brakes: many, accelerations: many, nightKm: 20_000, speedingKm: 20_000, phoneS: 200_000 }),
  )
  expect(worksheet.steps.find(({ id }) => id === 'clamp')).toMatchObject({ operation: 'clamp', operand: 1.47 })
  const unbounded = { ...motor, behaviourBounds: { min: 0.99, max: 1.47 } }
  expect(rate(unbounded, 'best', driver(spotless)).steps.find(({ id }) => id === 'clamp')?.operand).toBe(0.99)
})

test('a valve that was seen to work earns the full credit for water', () => {
  const living = { ...noLiving, days: 60, liveDays: 60, water: { days: 60, minutes: 0 } }
  const premium = (valveTests: number): number =>
    ratePremium(home, { product: 'home', class: defaultHomeClass, living: { ...living, valveTests } })
  expect(premium(1)).toBeLessThan(premium(0))
  expect(premium(2)).toBe(premium(1))
})

test('a level that the plan does not have is an error that names those it has', () => {
  expect(() => rate(motor, 'x', driver({}, { region: 'moon' }))).toThrow(
    'no level "moon" of region; there are country, town, city',
  )
  expect(() => rate(motor, 'x', driver({}, { region: 'constructor' }))).toThrow('no level "constructor"')
})

test.each([
  [0.5, 0, 0],
  [1.5, 0, 2],
  [2.5, 0, 2],
  [3.5, 0, 4],
  [-0.5, 0, 0],
  [-1.5, 0, -2],
  [2.4999, 0, 2],
  [2.5001, 0, 3],
  [1.005, 2, 1],
  [1.015, 2, 1.02],
  [0.12345, 4, 0.1234],
  [0.12355, 4, 0.1236],
])('%d rounded half to even at %i decimals is %d', (value, decimals, expected) => {
  expect(roundHalfEven(value, decimals)).toBeCloseTo(expected, 12)
})

test('interpolation is straight between the points and level outside', () => {
  const curve = [
    [0, 1],
    [10, 2],
    [20, 2.5],
  ] as const
  expect([-5, 0, 5, 10, 15, 20, 99].map((x) => interpolate(curve, x))).toEqual([1, 1, 1.5, 2, 2.25, 2.5, 2.5])
})
