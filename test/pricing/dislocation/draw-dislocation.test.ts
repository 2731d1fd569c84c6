// The pictures of a report: every bar and every row stands for figures of the report, in both languages.

import { expect, test } from 'vitest'
import { dislocationWords } from '../../../dashboard/messages/dislocation-words.ts'
import { dislocationTable, drawDislocation, histogramTable } from '../../../pricing/dislocation/draw-dislocation.ts'
import { drawSegments, segmentsTable } from '../../../pricing/dislocation/draw-segments.ts'
import { makeReport } from '../../../pricing/dislocation/make-report.ts'
import type { Outcome } from '../../../pricing/dislocation/outcome.ts'

/** Changes of -30, -10, 0, 12 and 40 %, the last two held at 10 %. */
const outcomes = [-0.3, -0.1, 0, 0.12, 0.4].map(
  (change, index): Outcome => ({
    policyId: `p-${index}`,
    onRecordMinor: 100_000,
    beforeMinor: 100_000,
    beforeClassMinor: 100_000,
    afterMinor: Math.round(100_000 * (1 + Math.min(change, 0.1))),
    uncappedMinor: Math.round(100_000 * (1 + change)),
    afterClassMinor: 100_000,
    claimsMinor: 65_000,
    levels: { age: index < 2 ? '< 25' : '≥ 80', 'input:region': '<north> & "south"' },
  }),
)
const report = makeReport(
  {
    planId: 'motor',
    product: 'motor',
    currency: 'EUR',
    draftHash: 'd',
    championHash: 'c',
    bookState: 's',
    seed: 1,
    detection: {},
    targetLossRatio: 0.65,
  },
  [
    {
      outcomes,
      unrated: [],
      up: [],
      down: [],
      changedMeanwhile: 0,
      stated: 0,
      measuredAgain: { trips: 0, unaffected: 0, withoutReadings: 0 },
    },
  ],
)
const en = dislocationWords('en')
const zh = dislocationWords('zh-CN')

test('the histogram has a bar for every step that holds policies, with and without limits', () => {
  const svg = drawDislocation(report, en)
  const bars = [...svg.matchAll(/<rect [^>]*fill="(#[0-9a-f]+)"/g)].map(([, fill]) => fill)
  // A square of the legend each; then 4 steps with limits (two policies share one) and 5 without.
  expect(bars.filter((fill) => fill === '#2f6fd0')).toHaveLength(1 + 4)
  expect(bars.filter((fill) => fill === '#d9822b')).toHaveLength(1 + 5)
  expect(svg).toMatch(/^<svg [^>]*role="img"/)
  expect(svg).toContain(`<desc>${en.histogramCaption}</desc>`)
  expect(drawDislocation(report, en)).toBe(svg)
  expect(drawDislocation(report, zh)).toContain('保费变动')
})

test('the tables say the same as the pictures', () => {
  const whole = (rows: readonly (readonly string[])[], column: number) => rows.reduce((sum, row) => sum + Number(row[column]), 0)
  expect(whole(histogramTable(report, en).rows, 1)).toBe(5)
  expect(whole(histogramTable(report, en).rows, 2)).toBe(5)
  const bands = dislocationTable(report, en)
  expect(bands.rows.filter(([, policies]) => policies !== '0').map((row) => row.slice(0, 2))).toEqual([
    ['below \u221225%', '1'],
    ['\u221210% to \u22125%', '1'],
    ['unchanged', '1'],
    ['+5% to +10%', '2'],
  ])
  expect(dislocationTable(report, zh).rows.at(-1)?.[0]).toBe('高于 +25%')
  expect(segmentsTable(report, en).rows.map((row) => [row[0], row[1], row[2]])).toEqual([
    ['Age of the driver', '< 25', '2'],
    ['Age of the driver', '≥ 80', '3'],
    ['Region', '<north> & "south"', '5'],
  ])
})

test('the segment chart names every level, and a level’s own name cannot become markup', () => {
  const svg = drawSegments(report, en)
  expect(svg).toContain('&lt; 25')
  expect(svg).toContain('&lt;north&gt; &amp; &quot;south&quot;')
  expect(svg).not.toContain('<north>')
  // Mean of -30 % and -10 %.
  expect(svg).toContain('\u221220.0%')
})
