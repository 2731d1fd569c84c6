// The pictures: one well-formed figure each, with its words and the same data as a table, in both languages.

import { expect, test } from 'vitest'
import { diagnosticWords as english } from '../../../dashboard/messages/diagnostics.en.ts'
import { diagnosticWords as chinese } from '../../../dashboard/messages/diagnostics.zh-CN.ts'
import { type Column, categorical, numeric } from '../../../pricing/fit/data-table.ts'
import { niceScale } from '../../../pricing/fit-diagnostics/chart.ts'
import { diagnosticsPage } from '../../../pricing/fit-diagnostics/diagnostics-page.ts'
import { modelFigures } from '../../../pricing/fit-diagnostics/model-figures.ts'

const rows = 200
const exposure = Array.from({ length: rows }, (_, row) => 0.5 + (row % 3) / 4)
const observed = exposure.map((_, row) => (row % 7 === 0 ? 1 : 0) + (row > 180 ? 1 : 0))
const table = {
  rows,
  columns: new Map<string, Column>([
    ['Fuel <&>', categorical(exposure.map((_, row) => (row % 2 === 0 ? 'petrol & "gas"' : '柴油')))],
    ['Age', numeric(exposure.map((_, row) => 18 + (row % 50)))],
  ]),
}
const model = { name: 'Additive', expected: exposure.map((years, row) => years * (0.1 + row / 400)) }
const current = { name: 'GLM', expected: exposure.map((years, row) => years * (0.2 + (row % 5) / 50)) }

test.each([
  ['English', english],
  ['Chinese', chinese],
])('every figure in %s is well-formed SVG with a caption, a table of the same data and no missing number', (_, words) => {
  const figures = modelFigures(table, { observed, exposure }, model, current, ['Fuel <&>', 'Age'], words)
  expect(figures.map(({ id }) => id)).toEqual(['double-lift', 'lorenz', 'calibration', 'one-way-Fuel <&>', 'one-way-Age'])
  for (const { svg, text } of figures) {
    expect(unclosed(svg)).toEqual([])
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    expect(svg).toContain('<desc')
    expect(text.caption.length).toBeGreaterThan(20)
    for (const row of text.rows) expect(row).toHaveLength(text.head.length)
    expect(JSON.stringify(text)).not.toMatch(/NaN|undefined/)
  }
  const page = diagnosticsPage(figures, words)
  expect(page).toContain(`<html lang="${words.language}">`)
  expect(page.match(/<figure>/g)).toHaveLength(figures.length)
})

/** Elements that are opened and never closed, or closed in the wrong order. */
function unclosed(svg: string): readonly string[] {
  const open: string[] = []
  for (const [, slash, name = '', attributes = ''] of svg.matchAll(/<(\/?)([a-z]+)((?:\s[a-zA-Z:-]+="[^"<]*")*\s*\/?)>/g)) {
    if (slash === '/') {
      if (open.pop() !== name) return [...open, name]
    } else if (!attributes.endsWith('/')) open.push(name)
  }
  const tags = svg.match(/</g)?.length ?? 0
  const read = [...svg.matchAll(/<\/?[a-z]+(?:\s[a-zA-Z:-]+="[^"<]*")*\s*\/?>/g)].length
  return tags === read ? open : [...open, 'a tag that is not one']
}

test('axes end at round numbers around the values', () => {
  expect(niceScale(0, 0.87, 0, 100).ticks.map((tick) => Math.round(tick * 1000) / 1000)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  expect(niceScale(0.31, 2.2, 0, 100)).toMatchObject({ decimals: 1 })
  expect(niceScale(3, 3, 0, 100).ticks.length).toBeGreaterThan(1)
})
