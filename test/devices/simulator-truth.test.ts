// What the simulator says really happened, against what is scored of what a car tells by itself.

import { expect, test } from 'vitest'
import { driverNames } from '../../devices/simulator/drive.ts'
import { holdsTrue, lived } from './simulator-truths.ts'

for (const style of driverNames)
  for (const equipment of ['tracker', 'obd'] as const)
    test(`a ${style} driver told by ${equipment}: every trip once, and what was clearly done in it`, () => {
      holdsTrue(style, equipment, 20)
    })

test('ferries and tow trucks are trips that nobody drove', () => {
  const year = lived('calm', 'tracker', 'family', 365, ({ role }, number) => role === 'carried' || number % 20 === 0)
  expect(year.found).toHaveLength(year.truths.length)
  const carried = year.truths.flatMap(({ role, purpose }, index) => (role === 'carried' ? [{ purpose, index }] : []))
  expect(new Set(carried.map(({ purpose }) => purpose))).toEqual(new Set(['ferry', 'tow']))
  year.truths.forEach(({ role }, index) => {
    expect(year.found[index]?.facts.role, `trip ${index}`).toBe(role === 'carried' ? 'not-driven' : 'driven')
  })
})
