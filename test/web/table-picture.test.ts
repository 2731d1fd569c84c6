// An edition's tables as small pictures.

import { expect, test } from 'vitest'
import { tablePicture } from '../../dashboard/web/editions/table-shapes.ts'

test('factors of levels are bars from 1, above and below', () => {
  const table = {
    path: 'factors.region.levels',
    columns: ['', ''],
    rows: [
      ['country', '0.9'],
      ['town', '1'],
      ['city', '1.2'],
    ],
  }
  const picture = tablePicture(table, 300, 128)
  if (picture === undefined) throw new Error('no picture')
  const [country, town, city] = picture.bars
  expect(country?.y).toBe(picture.oneY)
  expect(country?.isAbove).toBe(false)
  expect(town?.barHeight).toBe(1)
  expect((city?.y ?? 0) + (city?.barHeight ?? 0)).toBeCloseTo(picture.oneY, 5)
  // 0.9 to 1.2 over a hundred units: a tenth is a third of it.
  expect(country?.barHeight).toBeCloseTo(33.3, 1)
  expect(city?.barHeight).toBeCloseTo(66.7, 1)
})

test('a curve is a line over its own span', () => {
  const rows = [
    ['0', '0.8'],
    ['100', '1'],
    ['400', '1.6'],
  ]
  const picture = tablePicture({ path: 'exposure.curve', columns: ['x', 'factor'], rows }, 400, 128)
  expect(picture?.line).toBe('M0 114L100 89L400 14')
  expect(picture?.bars).toEqual([])
})

test.each([
  [
    'bounds, which are no levels',
    {
      path: 'behaviourBounds',
      columns: ['', ''],
      rows: [
        ['max', '1.4'],
        ['min', '0.6'],
      ],
    },
  ],
  [
    'figures that are no factors',
    {
      path: '',
      columns: ['', ''],
      rows: [
        ['instalments', '12'],
        ['note', 'x'],
      ],
    },
  ],
  ['one row', { path: 'a', columns: ['level', 'factor'], rows: [['all', '1.2']] }],
  [
    'factors that are all 1',
    {
      path: 'a',
      columns: ['level', 'factor'],
      rows: [
        ['a', '1'],
        ['b', '1'],
      ],
    },
  ],
  [
    'a curve that stands still',
    {
      path: 'a',
      columns: ['x', 'factor'],
      rows: [
        ['3', '1'],
        ['3', '1.2'],
      ],
    },
  ],
])('%s make no picture', (_, table) => {
  expect(tablePicture(table, 300, 128)).toBeUndefined()
})
