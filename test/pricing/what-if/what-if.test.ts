// Trying: what can be moved is where the edition distinguishes, leaving everything as it is changes nothing to the cent, and a
// change moves the step it is about.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseStoredEdition } from '../../../pricing/edition/parse-edition.ts'
import type { Facts } from '../../../pricing/rating/facts.ts'
import { ratePremium } from '../../../pricing/rating/rate.ts'
import { controlsOf } from '../../../pricing/what-if/controls.ts'
import { type Changes, tryChanges } from '../../../pricing/what-if/try-changes.ts'

const planOf = (name: string) =>
  parseStoredEdition(readFileSync(new URL(`../../../pricing/plans/${name}.json`, import.meta.url), 'utf8'))
const motor = planOf('motor')
const home = planOf('home')

function factsOf(edition: typeof motor, name: string): Facts {
  const found = edition.testCases.find((each) => each.name.startsWith(name))
  if (found === undefined) throw new Error(name)
  return found.facts
}

const halfAYear = factsOf(motor, 'Half a year of good driving')
const newDriver = factsOf(motor, 'A new driver')
const quietHome = factsOf(home, 'The same without a valve test')
const newHome = factsOf(home, 'A new home')

function tried(edition: typeof motor, facts: Facts, changes: Changes): number {
  const outcome = tryChanges(edition, facts, changes)
  if (outcome.kind !== 'tried') throw new Error(`${outcome.kind} ${outcome.name}`)
  return outcome.worksheet.premiumMinor
}

test('nothing tried is the premium itself', () => {
  for (const [edition, facts] of [
    [motor, halfAYear],
    [motor, newDriver],
    [home, quietHome],
    [home, newHome],
  ] as const)
    expect(tried(edition, facts, {})).toBe(ratePremium(edition, facts))
})

test('every slider spans what the edition distinguishes and holds where the person stands', () => {
  for (const [edition, facts] of [
    [motor, halfAYear],
    [motor, newDriver],
    [home, quietHome],
    [home, newHome],
  ] as const)
    for (const { min, max, step, now, id } of controlsOf(edition, facts).sliders) {
      expect(min, id).toBeLessThanOrEqual(now)
      expect(max, id).toBeGreaterThanOrEqual(now)
      expect(step, id).toBeGreaterThan(0)
      expect((max - min) / step, id).toBeLessThanOrEqual(300)
    }
  expect(controlsOf(motor, halfAYear).sliders.map(({ id, now }) => [id, now])).toEqual([
    ['mileage', 10993],
    ['braking', 10],
    ['acceleration', 5],
    ['cornering', 5],
    ['night', 0.01],
    ['speeding', 0.01],
    ['phone', 0.0005],
    ['experience', 5000],
  ])
  expect(controlsOf(home, quietHome).sliders.map(({ id }) => id)).toEqual([
    'valve-test',
    'water',
    'freeze',
    'fire',
    'intrusion',
    'humidity',
    'experience',
  ])
})

test('a class input spans its bands, and a level lists its levels', () => {
  const choices = controlsOf(motor, halfAYear).classChoices
  expect(choices.map(({ input }) => input)).toEqual(['driverAgeYears', 'region', 'vehicleAgeYears', 'powerKw'])
  const [age, region] = choices
  expect(age).toMatchObject({ kind: 'number', now: 38, step: 1 })
  expect(age?.kind === 'number' && [age.min <= 20, age.max >= 71]).toEqual([true, true])
  expect(region).toMatchObject({ kind: 'level', levels: ['country', 'town', 'city'], now: 'town' })
})

test('each thing tried moves its own step of the worksheet and no factor of another', () => {
  const before = tryChanges(motor, halfAYear, {})
  if (before.kind !== 'tried') throw new Error(before.kind)
  for (const slider of controlsOf(motor, halfAYear).sliders) {
    if (slider.stepId === null) continue
    const after = tryChanges(motor, halfAYear, { [slider.id]: slider.max })
    if (after.kind !== 'tried') throw new Error(after.kind)
    const moved = after.worksheet.steps
      .filter(({ operand, operation }, index) => operation === 'multiply' && operand !== before.worksheet.steps[index]?.operand)
      .map(({ id }) => id)
    expect(moved, slider.id).toEqual([slider.stepId])
    expect(after.worksheet.premiumMinor, slider.id).toBeGreaterThan(before.worksheet.premiumMinor)
  }
})

test('a tested valve saves what the edition says, and another house or town has its own price', () => {
  expect(tried(home, quietHome, { 'valve-test': 1 })).toBe(1751)
  expect(tried(home, quietHome, {})).toBe(1826)
  expect(tried(home, quietHome, { 'class:region': 'city' })).toBeGreaterThan(1826)
  expect(tried(motor, newDriver, { 'class:region': 'city' })).toBe(6160)
})

test('driving on in the same way lets the own way count more', () => {
  const now = tried(motor, halfAYear, {})
  const later = tried(motor, halfAYear, { experience: 9000 })
  expect(later).toBeLessThan(now)
})

test('a new driver can try good driving before having driven', () => {
  expect(tried(motor, newDriver, { experience: 5000 })).toBe(5500)
  expect(tried(motor, newDriver, { experience: 5000, braking: 5 })).toBeLessThan(5500)
  expect(tried(home, newHome, { experience: 180 })).toBeLessThan(2200)
})

test('what the edition does not know is refused by name', () => {
  expect(tryChanges(motor, halfAYear, { humming: 1 })).toEqual({ kind: 'unknown', name: 'humming' })
  expect(tryChanges(motor, halfAYear, { 'class:toString': 1 })).toEqual({ kind: 'unknown', name: 'class:toString' })
  expect(tryChanges(motor, halfAYear, { braking: -1 })).toEqual({ kind: 'out-of-range', name: 'braking' })
  expect(tryChanges(motor, halfAYear, { braking: 'many' })).toEqual({ kind: 'out-of-range', name: 'braking' })
  expect(tryChanges(motor, halfAYear, { 'class:region': 'moon' })).toEqual({ kind: 'out-of-range', name: 'class:region' })
})
