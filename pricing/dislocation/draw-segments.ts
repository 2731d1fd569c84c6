// The segment chart: the mean change of each level of each segment, a bar to the left of the middle for less and to the right
// for more; and the same figures as a table.

import type { DislocationWords } from './dislocation-words.ts'
import type { PictureTable } from './draw-dislocation.ts'
import type { DislocationReport } from './report-form.ts'
import { limitedColour, line, picture, rectangle, text, unlimitedColour } from './svg-text.ts'

const width = 760
const margin = { top: 56, bottom: 16 } as const
const headHeight = 30
const rowHeight = 24
/** Where the bars may be; the figures stand to their right, the levels to their left. */
const plot = { left: 190, right: 560, middle: 375 } as const
/** A change that fills half the plot; the largest when that is more. */
const changeMin = 0.05

/** An SVG document; as high as there are levels. */
export function drawSegments({ segments }: DislocationReport, words: DislocationWords): string {
  const levels = segments.flatMap((segment) => segment.levels)
  const most = levels.reduce(
    (max, { meanChange, meanUncappedChange }) => Math.max(max, Math.abs(meanChange), Math.abs(meanUncappedChange)),
    changeMin,
  )
  const xOf = (change: number): number => plot.middle + ((plot.right - plot.middle) * change) / most
  const height = margin.top + segments.length * headHeight + levels.length * rowHeight + margin.bottom
  const parts: string[] = []
  let y: number = margin.top
  for (const { id, levels: rows } of segments) {
    parts.push(text(0, y + 20, words.segmentTitle(id), { 'font-weight': 600 }))
    y += headHeight
    for (const { level, policies, meanChange, meanUncappedChange } of rows) {
      parts.push(
        text(12, y + 15, words.levelTitle(id, level), { 'font-size': 12 }),
        bar(xOf(0), xOf(meanChange), y + 4, 9, limitedColour),
        bar(xOf(0), xOf(meanUncappedChange), y + 13, 5, unlimitedColour),
        text(plot.right + 76, y + 15, words.signedPercent(meanChange, 1), { 'font-size': 12, 'text-anchor': 'end' }),
        text(width, y + 15, words.count(policies), { 'font-size': 12, 'text-anchor': 'end' }),
      )
      y += rowHeight
    }
  }
  return picture({ width, height, title: words.segmentsCaption, caption: words.segmentsCaption }, [
    rectangle(0, 9, 14, 14, limitedColour),
    text(20, 20, words.withLimits),
    rectangle(330, 9, 14, 14, unlimitedColour),
    text(350, 20, words.withoutLimits),
    text(plot.right + 76, 46, words.meanChange, { 'font-size': 12, 'text-anchor': 'end' }),
    text(width, 46, words.policies, { 'font-size': 12, 'text-anchor': 'end' }),
    line(xOf(0), margin.top, xOf(0), height - margin.bottom, 0.9),
    ...parts,
  ])
}

function bar(from: number, to: number, y: number, height: number, fill: string): string {
  return from === to ? '' : rectangle(Math.min(from, to), y, Math.abs(to - from), height, fill)
}

export function segmentsTable({ segments, currency }: DislocationReport, words: DislocationWords): PictureTable {
  return {
    caption: words.segmentsCaption,
    head: [
      words.segment,
      words.level,
      words.policies,
      words.before,
      words.after,
      words.meanChange,
      `${words.meanChange} · ${words.withoutLimits}`,
    ],
    rows: segments.flatMap(({ id, levels }) =>
      levels.map(({ level, policies, beforeMinor, afterMinor, meanChange, meanUncappedChange }) => [
        words.segmentTitle(id),
        words.levelTitle(id, level),
        words.count(policies),
        words.money(beforeMinor, currency),
        words.money(afterMinor, currency),
        words.signedPercent(meanChange, 1),
        words.signedPercent(meanUncappedChange, 1),
      ]),
    ),
  }
}
