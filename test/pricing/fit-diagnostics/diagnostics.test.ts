// The diagnostics of a model on rows small enough to work out by hand, and what holds for any rows.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { categorical, numeric } from '../../../pricing/fit/data-table.ts'
import { calibration } from '../../../pricing/fit-diagnostics/calibration.ts'
import { doubleLift } from '../../../pricing/fit-diagnostics/double-lift.ts'
import { lorenz } from '../../../pricing/fit-diagnostics/lorenz.ts'
import { oneWay } from '../../../pricing/fit-diagnostics/one-way.ts'
import { groupsByExposure, orderBy } from '../../../pricing/fit-diagnostics/rated-rows.ts'

const four = { observed: [0, 1, 1, 2], exposure: [1, 1, 1, 1], expected: [0.1, 0.2, 0.3, 0.4] }

test('the Gini index of four rows, by hand', () => {
  // Areas under 0, 0, ¼, ½, 1 in steps of ¼: 0 + 1/32 + 3/32 + 6/32 = 10/32; 1 − 20/32.
  expect(lorenz(four, 'm').gini).toBeCloseTo(0.375, 12)
  expect(lorenz(four, 'm').points).toEqual([
    { exposureShare: 0, observedShare: 0 },
    { exposureShare: 0.25, observedShare: 0 },
    { exposureShare: 0.5, observedShare: 0.25 },
    { exposureShare: 0.75, observedShare: 0.5 },
    { exposureShare: 1, observedShare: 1 },
  ])
  expect(lorenz({ ...four, expected: [4, 3, 2, 1] }, 'm').gini).toBeCloseTo(-0.375, 12)
})

test('one rate for all sorts nothing, in whatever order the rows stand', () => {
  expect(lorenz({ observed: [5, 0, 0, 1], exposure: [1, 2, 1, 2], expected: [1, 2, 1, 2] }, 'm').gini).toBeCloseTo(0, 12)
})

const row = fc.record({
  observed: fc.integer({ min: 0, max: 4 }),
  exposure: fc.integer({ min: 1, max: 8 }).map((eighths) => eighths / 8),
  expected: fc.double({ min: 0.01, max: 3, noNaN: true }),
  other: fc.double({ min: 0.01, max: 3, noNaN: true }),
})
const rowsOf = fc.array(row, { minLength: 12, maxLength: 80 }).filter((rows) => rows.some(({ observed }) => observed > 0))

test('the Gini index stands between −1 and 1 and does not care for a level', () => {
  fc.assert(
    fc.property(rowsOf, (rows) => {
      const of = (scale: number) => ({
        observed: rows.map(({ observed }) => observed),
        exposure: rows.map(({ exposure }) => exposure),
        expected: rows.map(({ expected }) => expected * scale),
      })
      const { gini } = lorenz(of(1), 'm')
      expect(Math.abs(gini)).toBeLessThanOrEqual(1)
      expect(lorenz(of(4), 'm').gini).toBeCloseTo(gini, 9)
    }),
  )
})

test('groups hold every row once, in the order of the keys, with about the same exposure', () => {
  fc.assert(
    fc.property(rowsOf, fc.integer({ min: 1, max: 10 }), (rows, groups) => {
      const keys = Float64Array.from(rows, ({ expected }) => expected)
      const exposure = rows.map((one) => one.exposure)
      const order = orderBy(keys)
      const groupOf = groupsByExposure(order, exposure, groups)
      const inOrder = Array.from(order, (at) => groupOf[at] ?? -1)
      expect([...inOrder].sort((one, other) => one - other)).toEqual(inOrder)
      const share = exposure.reduce((sum, years) => sum + years, 0) / groups
      for (let group = 0; group < groups; group++) {
        const held = exposure.reduce((sum, years, at) => sum + (groupOf[at] === group ? years : 0), 0)
        expect(Math.abs(held - share)).toBeLessThanOrEqual(1 + 1e-9)
      }
    }),
  )
})

test('calibration adds up to everything, and a model equal to the truth is in balance', () => {
  const result = calibration(four, 'm', 2)
  expect(result.groups.map(({ observedRate }) => observedRate)).toEqual([0.5, 1.5])
  expect(result.groups.map(({ expectedRate }) => Math.round(expectedRate * 1e9) / 1e9)).toEqual([0.15, 0.35])
  expect(result.balance).toBeCloseTo(4, 12)
  // Residuals of the first group: −½ and ½ over two years.
  expect(result.groups[0]?.standardError).toBeCloseTo(Math.sqrt(0.5) / 2, 12)
  expect(calibration({ ...four, expected: [0.5, 0.5, 1.5, 1.5] }, 'm', 2)).toMatchObject({ balance: 1, within: 2 })
})

test('a proposed model that is the truth has no error in the double lift; a level apart changes nothing', () => {
  const lift = doubleLift(
    { observed: [1, 2, 3, 4], exposure: [1, 1, 1, 1], expected: [2, 2, 2, 2] },
    [10, 20, 30, 40],
    ['old', 'new'],
    2,
  )
  expect(lift.proposedError).toBeCloseTo(0, 12)
  expect(lift.groups.map(({ observedRelative }) => observedRelative)).toEqual([0.6, 1.4])
  expect(lift.groups.map(({ currentRelative }) => currentRelative)).toEqual([1, 1])
  expect(lift.currentError).toBeCloseTo(0.4, 12)
})

test('one way shows every level with its share of the exposure, in the order of levels and bands', () => {
  const rows = { observed: [1, 0, 2], exposure: [1, 0.5, 0.5], expected: [0.5, 0.5, 1] }
  expect(oneWay(rows, 'Fuel', categorical(['petrol', 'diesel', 'petrol']), 'm').levels).toMatchObject([
    { level: 'diesel', observedRate: 0, expectedRate: 1, exposureShare: 0.25 },
    { level: 'petrol', observedRate: 2, expectedRate: 1, exposureShare: 0.75 },
  ])
  expect(oneWay(rows, 'Age', numeric([30, 20, 40]), 'm').levels.map(({ level }) => level)).toEqual(['20-29', '30-39', '40'])
})
