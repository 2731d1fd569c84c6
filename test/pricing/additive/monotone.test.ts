// Projections onto monotone sequences and tables: monotone, nearest, and unchanged where already so.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { monotoneTable, single } from '../../../pricing/additive/grid-tree.ts'
import { monotone } from '../../../pricing/additive/monotone.ts'

test('violators are pooled to their weighted mean', () => {
  expect([...monotone([1, 3, 2, 4], [1, 1, 3, 1], 'up')]).toEqual([1, 2.25, 2.25, 4])
  expect([...monotone([1, 3, 2, 4], [1, 1, 1, 1], 'down')]).toEqual([2.5, 2.5, 2.5, 2.5])
})

const sequence = fc.array(fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: 0.01, max: 9, noNaN: true })), {
  minLength: 1,
  maxLength: 20,
})

test('the result is monotone, keeps the weighted mean, and a monotone sequence stays', () => {
  fc.assert(
    fc.property(sequence, (pairs) => {
      const [values, weights] = [pairs.map(([value]) => value), pairs.map(([, weight]) => weight)]
      const result = [...monotone(values, weights, 'up')]
      result.slice(1).forEach((value, before) => {
        expect(value).toBeGreaterThanOrEqual(result[before] ?? 0)
      })
      const total = (of: readonly number[]) => of.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0)
      expect(total(result)).toBeCloseTo(total(values), 8)
      expect([...monotone(result, weights, 'up')]).toEqual(result)
    }),
  )
})

test('a table is made monotone along both of its sides', () => {
  const axis = (size: number, direction: 'up' | 'down') => ({ size, isOrdered: true, direction })
  const grid = { layers: single, rows: axis(4, 'up'), columns: axis(5, 'down') }
  const cell = fc.double({ min: -2, max: 2, noNaN: true })
  fc.assert(
    fc.property(fc.array(cell, { minLength: 20, maxLength: 20 }), (values) => {
      const result = monotoneTable(grid, Float64Array.from(values), new Float64Array(20).fill(1))
      for (let row = 0; row < 4; row++) {
        for (let column = 0; column < 5; column++) {
          const here = result[row * 5 + column] ?? 0
          if (row > 0) expect(here).toBeGreaterThanOrEqual((result[(row - 1) * 5 + column] ?? 0) - 1e-9)
          if (column > 0) expect(here).toBeLessThanOrEqual((result[row * 5 + column - 1] ?? 0) + 1e-9)
        }
      }
    }),
  )
})
