// The dislocation histogram: how many policies pay how much more or less, with the limits of the draft and without them side by
// side; and the same figures as a table. Pure: the same report and words give the same bytes.

import type { DislocationWords } from './dislocation-words.ts'
import type { DislocationReport } from './report-form.ts'
import { limitedColour, line, picture, rectangle, text, unlimitedColour } from './svg-text.ts'

const width = 760
const height = 360
const plot = { left: 64, right: 744, top: 56, bottom: 300 } as const
const barGap = 3
const ticksMin = 3

/** Of the same figures as a picture. */
export interface PictureTable {
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** An SVG document. */
export function drawDislocation({ capped, uncapped }: DislocationReport, words: DislocationWords): string {
  const most = Math.max(
    1,
    ...capped.histogram.map(({ policies }) => policies),
    ...uncapped.histogram.map(({ policies }) => policies),
  )
  const { step, top } = scaleFor(most)
  const slot = (plot.right - plot.left) / capped.histogram.length
  const yOf = (policies: number): number => plot.bottom - ((plot.bottom - plot.top) * policies) / top
  const ticks = Array.from({ length: Math.floor(top / step) + 1 }, (_, index) => index * step)
  const barWidth = (slot - barGap) / 2
  const bar = (index: number, policies: number, side: 0 | 1): string =>
    policies === 0
      ? ''
      : rectangle(
          plot.left + index * slot + barGap / 2 + side * barWidth,
          yOf(policies),
          barWidth,
          plot.bottom - yOf(policies),
          side === 0 ? limitedColour : unlimitedColour,
        )
  return picture({ width, height, title: words.title, caption: words.histogramCaption }, [
    ...legend(words),
    ...ticks.map((tick) => line(plot.left, yOf(tick), plot.right, yOf(tick), tick === 0 ? 0.9 : 0.3)),
    ...ticks.map((tick) => text(plot.left - 8, yOf(tick) + 4, words.count(tick), { 'text-anchor': 'end', 'font-size': 12 })),
    ...capped.histogram.map(({ policies }, index) => bar(index, policies, 0)),
    ...uncapped.histogram.map(({ policies }, index) => bar(index, policies, 1)),
    ...edges(capped.histogram, slot, words),
    text((plot.left + plot.right) / 2, height - 12, words.change, { 'text-anchor': 'middle' }),
  ])
}

function legend(words: DislocationWords): readonly string[] {
  const at = 24
  const second = plot.left + 330
  return [
    rectangle(plot.left, at - 11, 14, 14, limitedColour),
    text(plot.left + 20, at, words.withLimits),
    rectangle(second, at - 11, 14, 14, unlimitedColour),
    text(second + 20, at, words.withoutLimits),
    text(plot.left - 8, plot.top - 12, words.policies, { 'text-anchor': 'end', 'font-size': 12 }),
  ]
}

/** Every second edge is written; the line of no change is drawn through. */
function edges(histogram: DislocationReport['capped']['histogram'], slot: number, words: DislocationWords): readonly string[] {
  return histogram.flatMap(({ from }, index): readonly string[] => {
    if (from === null) return []
    const x = plot.left + index * slot
    const isZero = from === 0
    const isWritten = Math.round(from * 100) % 10 === 0
    return [
      line(x, isZero ? plot.top : plot.bottom, x, plot.bottom + 5, 0.9),
      isWritten ? text(x, plot.bottom + 20, words.signedPercent(from, 0), { 'text-anchor': 'middle', 'font-size': 12 }) : '',
    ]
  })
}

/** Whole steps of 1, 2 or 5 times a power of ten, at least three of them. */
function scaleFor(most: number): { readonly step: number; readonly top: number } {
  let step = 1
  for (const next of [2, 5, 10]) {
    let magnitude = 1
    while (most / (next * magnitude) >= ticksMin) {
      step = Math.max(step, next * magnitude)
      magnitude *= 10
    }
  }
  return { step, top: Math.ceil(most / step) * step }
}

/** The bands, with policies and money. */
export function dislocationTable({ capped, uncapped, currency }: DislocationReport, words: DislocationWords): PictureTable {
  return {
    caption: words.bandsCaption,
    head: [words.change, words.policies, words.before, words.after, `${words.policies} · ${words.withoutLimits}`],
    rows: capped.bands.map(({ from, to, policies, beforeMinor, afterMinor }, index) => [
      from === 0 && to === 0 ? words.unchanged : words.range(from, to),
      words.count(policies),
      words.money(beforeMinor, currency),
      words.money(afterMinor, currency),
      words.count(uncapped.bands[index]?.policies ?? 0),
    ]),
  }
}

/** The bars of the picture themselves. */
export function histogramTable({ capped, uncapped }: DislocationReport, words: DislocationWords): PictureTable {
  return {
    caption: words.histogramCaption,
    head: [words.change, words.withLimits, words.withoutLimits],
    rows: capped.histogram.map(({ from, to, policies }, index) => [
      words.range(from, to),
      words.count(policies),
      words.count(uncapped.histogram[index]?.policies ?? 0),
    ]),
  }
}
