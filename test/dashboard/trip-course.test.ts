// Thinning a course for drawing.

import { expect, test } from 'vitest'
import { thinnedRows } from '../../dashboard/api/trip-course.ts'

test('a short course is drawn reading by reading', () => {
  expect(thinnedRows([3, 1, 2], 10)).toEqual([0, 1, 2])
  expect(thinnedRows([], 10)).toEqual([])
})

test('a long course keeps its ends, every peak and every stop', () => {
  const speedKph = Array.from({ length: 50_000 }, (_, row) => 60 + Math.sin(row / 100))
  speedKph[12_345] = 131
  speedKph[23_456] = 0
  const rows = thinnedRows(speedKph, 2000)
  expect(rows.length).toBeLessThanOrEqual(2000)
  expect(rows.at(0)).toBe(0)
  expect(rows.at(-1)).toBe(49_999)
  expect(rows).toContain(12_345)
  expect(rows).toContain(23_456)
  expect([...rows].sort((a, b) => a - b)).toEqual(rows)
})

test('rows without a speed do not hide those with one', () => {
  const speedKph = Array.from({ length: 10_000 }, (_, row) => (row % 3 === 0 ? 50 + (row % 7) : Number.NaN))
  const rows = thinnedRows(speedKph, 100)
  expect(rows.filter((row) => Number.isNaN(speedKph[row])).length).toBeLessThanOrEqual(2)
})
