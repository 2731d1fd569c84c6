// Scenarios as files: the shipped ones follow their schema, and a wrong one is refused by the place and how to mend it.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { faults } from '../../devices/faults/fault-list.ts'
import { parseScenario, readScenario } from '../../devices/scenario/parse-scenario.ts'
import { pointerToMost } from '../../devices/scenario/plan-scenario.ts'
import {
  scenarioJsonSchema,
  schemaFile,
  shippedScenario,
  shippedScenarioNames,
  shippedScenarios,
} from '../../devices/scenario/shipped-scenarios.ts'

const small = {
  schema: 'scenario/1',
  name: 'small',
  title: { en: 'Small', 'zh-CN': '小' },
  story: { en: 'One car.', 'zh-CN': '一辆车。' },
  seed: '1',
  startDay: '2025-03-03',
  days: 2,
  vehicles: [{ count: 1, driver: 'calm' }],
}

test('ten scenarios are shipped, each under its own name with a story in both languages', () => {
  const shipped = shippedScenarios()
  expect(shipped).toHaveLength(10)
  expect(shipped.map(({ name }) => name)).toEqual(shippedScenarioNames())
  for (const { story } of shipped) {
    expect(story.en.length).toBeGreaterThan(40)
    expect(story['zh-CN']).toMatch(/\p{Script=Han}{4}/u)
  }
  expect(shippedScenario('none-such')).toBeUndefined()
})

test('the scenario of everything at once has every fault that there is, and a hundred devices', () => {
  const scenario = shippedScenario('all-faults')
  expect(new Set(scenario?.faults?.map(({ fault }) => fault))).toEqual(new Set(faults.map(({ name }) => name)))
  const count = [...(scenario?.vehicles ?? []), ...(scenario?.homes ?? [])].reduce((sum, group) => sum + group.count, 0)
  expect(count).toBe(100)
})

test('the JSON Schema beside them is the one that they are read by', () => {
  expect(JSON.parse(readFileSync(schemaFile, 'utf8'))).toEqual(JSON.parse(scenarioJsonSchema()))
})

test.each([
  ['a fault that there is not', { faults: [{ fault: 'backfil', intensity: 0.1 }] }, '/faults/0/fault', /backfill/],
  ['an intensity beyond its fault', { faults: [{ fault: 'oversized', intensity: 0.5 }] }, '/faults/0/intensity', /0\.2/],
  [
    'a window that ends first',
    { faults: [{ fault: 'backfill', intensity: 0.5, fromDay: 1, untilDay: 1 }] },
    '/faults/0/untilDay',
    /later/,
  ],
  ['a fault after the end', { faults: [{ fault: 'backfill', intensity: 0.5, fromDay: 2 }] }, '/faults/0/fromDay', /below 2/],
  ['a field that there is not', { vehicle: [] }, '/vehicle', /schema/],
  ['a driver that there is not', { vehicles: [{ count: 1, driver: 'drunk' }] }, '/vehicles/0/driver', /calm/],
  ['no device at all', { vehicles: [] }, '', /homes/],
  ['a day that is not on the calendar', { startDay: '2025-02-30' }, '/startDay', /such as/],
  [
    'a mishap after the end',
    { homes: [{ count: 1, household: 'average', mishaps: [{ kind: 'leak', day: 2, at: '10:00', minutes: 5 }] }] },
    '/homes/0/mishaps/0/day',
    /0 to 1/,
  ],
  [
    'a time that is on no clock',
    { vehicles: [{ count: 1, driver: 'calm', carried: [{ by: 'ferry', day: 0, at: '24:00' }] }] },
    '/vehicles/0/carried/0/at',
    /schema/,
  ],
])('%s is refused by its place, with how to mend it', (_, change, pointer, mend) => {
  const read = readScenario({ ...small, ...change })
  expect(read).toMatchObject({ kind: 'bad', problems: [{ pointer, mend: expect.stringMatching(mend) }] })
})

test('where most of the devices are asked for is pointed to', () => {
  const read = readScenario({
    ...small,
    homes: [
      { count: 3, household: 'average' },
      { count: 9000, household: 'tended' },
    ],
  })
  if (read.kind === 'bad') throw new Error('refused')
  expect(pointerToMost(read.scenario)).toBe('/homes/1/count')
})

test('what is no JSON is refused', () => {
  expect(parseScenario('{')).toMatchObject({ kind: 'bad', problems: [{ pointer: '' }] })
  expect(readScenario(small)).toMatchObject({ kind: 'scenario' })
})
