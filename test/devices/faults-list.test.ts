// The list of faults and the two forms in which they are switched on.

import { expect, test } from 'vitest'
import { faultNames, faults } from '../../devices/faults/fault-list.ts'
import { faultsOf, parseFaults } from '../../devices/faults/fault-switch.ts'

test('every fault says in both languages what it does, what its intensity means and what is expected', () => {
  expect(new Set(faultNames).size).toBe(faults.length)
  for (const { title, does, intensity, expected } of faults) {
    for (const words of [title, does, intensity.of, expected]) {
      expect(words.en).not.toBe('')
      expect(words['zh-CN']).toMatch(/\p{Script=Han}/u)
    }
    expect(intensity.usual).toBeGreaterThanOrEqual(intensity.min)
    expect(intensity.usual).toBeLessThanOrEqual(intensity.max)
  }
})

test('faults are written on a command line with intensity, share of devices and days', () => {
  expect(parseFaults('backfill=0.1,duplicates=0.05@0.5, clock-skew=-30/2-5')).toEqual({
    kind: 'faults',
    switches: [
      { fault: 'backfill', intensity: 0.1 },
      { fault: 'duplicates', intensity: 0.05, share: 0.5 },
      { fault: 'clock-skew', intensity: -30, fromDay: 2, untilDay: 5 },
    ],
  })
})

test.each([
  ['backfil=0.1', 1, /no fault "backfil"/, /backfill/],
  ['backfill=0.1,nonsense', 2, /no fault "nonsense"/, /two-phones/],
  ['backfill', 1, /form/, /NAME=INTENSITY/],
  ['backfill=2', 1, /0 to 1/, /0\.1/],
  ['backfill=0.1@3', 1, /share/, /0 to 1/],
  ['backfill=0.1/5-2', 1, /before it begins/, /later/],
])('%s is refused at part %i', (text, at, problem, mend) => {
  expect(parseFaults(text)).toMatchObject({
    kind: 'bad',
    at,
    problem: expect.stringMatching(problem),
    mend: expect.stringMatching(mend),
  })
})

test('the seed decides which devices have a fault, and no device has one of the other kind', () => {
  const has = (seed: string, id: string) =>
    faultsOf([{ fault: 'duplicates', intensity: 0.1, share: 0.5 }], { id, kind: 'home' }, seed, 0).length
  const ids = Array.from({ length: 400 }, (_, index) => `home-${index}`)
  const chosen = ids.filter((id) => has('a', id) === 1)
  expect(chosen.length).toBeGreaterThan(160)
  expect(chosen.length).toBeLessThan(240)
  expect(ids.filter((id) => has('a', id) === 1)).toEqual(chosen)
  expect(ids.filter((id) => has('b', id) === 1)).not.toEqual(chosen)
  expect(faultsOf([{ fault: 'gps-zero', intensity: 1 }], { id: 'home-1', kind: 'home' }, 'a', 0)).toEqual([])
})
