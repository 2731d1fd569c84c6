// Pictures in a PDF, drawn as vectors: a histogram and a curve. Each is a figure with its meaning in words for those who do not
// see it; the same data stands beside it as a table.

import { draw, heightOf, need, type Paper } from './paper.ts'
import { accent, contentWidth, muted, page, rule, styles, type TextStyle } from './styles.ts'

const axisStyle: TextStyle = { size: 7.5, color: muted }

export interface Bar {
  readonly label: string
  readonly value: number
  /** Written above the bar. */
  readonly amount: string
}

const plotHeight = 130
const labelsHeight = 26
const labelWidthMin = 34

/** Bars side by side over the whole width, with their caption below. */
export function drawHistogram(paper: Paper, bars: readonly Bar[], caption: string): void {
  const captionHeight = heightOf(paper, caption, styles.small, contentWidth)
  need(paper, plotHeight + labelsHeight + captionHeight)
  const top = paper.y
  const highest = Math.max(1, ...bars.map(({ value }) => value))
  const step = contentWidth / Math.max(1, bars.length)
  const labelEvery = Math.ceil(labelWidthMin / step)
  const baseline = top + plotHeight
  const picture = () => {
    const { doc } = paper
    bars.forEach(({ label, value, amount }, index) => {
      const height = ((plotHeight - 14) * value) / highest
      const x = page.side + index * step
      if (height > 0) doc.rect(x + step * 0.1, baseline - height, step * 0.8, height).fill(accent)
      drawCentred(paper, amount, x, baseline - height - 11, step)
      // Narrow bars have no room for every label.
      if (index % labelEvery === 0) drawCentred(paper, label, x - step, baseline + 4, 3 * step)
    })
    doc
      .lineWidth(0.6)
      .moveTo(page.side, baseline)
      .lineTo(page.side + contentWidth, baseline)
      .stroke(muted)
  }
  paper.root.add(paper.doc.struct('Figure', { lang: paper.lang, alt: caption }, [picture]))
  paper.y = baseline + labelsHeight
  const captionTop = paper.y
  paper.root.add(
    paper.doc.struct('P', { lang: paper.lang }, [() => draw(paper, caption, styles.small, page.side, captionTop, contentWidth)]),
  )
  paper.y += captionHeight
}

export interface CurvePicture {
  readonly points: readonly (readonly [x: number, y: number])[]
  readonly formatX: (x: number) => string
  readonly formatY: (y: number) => string
  /** What the picture shows, in a sentence. */
  readonly meaning: string
}

export const curveHeight = 104

/** A line through the points with a dashed one where nothing changes, at 1. Takes no room: the caller has it beside a table. */
export function drawCurve(paper: Paper, curve: CurvePicture, left: number, top: number, width: number): void {
  const { points, formatX, formatY, meaning } = curve
  const [xs, ys] = [points.map(([x]) => x), [...points.map(([, y]) => y), 1]]
  const [xMin, xMax, yMin, yMax] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const [plotLeft, plotTop, plotWidth, plotDepth] = [left + 38, top + 6, width - 46, curveHeight - 24]
  const across = (x: number) => plotLeft + (plotWidth * (x - xMin)) / Math.max(xMax - xMin, Number.EPSILON)
  const down = (y: number) => plotTop + plotDepth - (plotDepth * (y - yMin)) / Math.max(yMax - yMin, Number.EPSILON)
  const picture = () => {
    const { doc } = paper
    doc.lineWidth(0.6).rect(plotLeft, plotTop, plotWidth, plotDepth).stroke(rule)
    doc
      .dash(2, { space: 2 })
      .moveTo(plotLeft, down(1))
      .lineTo(plotLeft + plotWidth, down(1))
      .stroke(muted)
      .undash()
    points.forEach(([x, y], index) => {
      if (index === 0) doc.moveTo(across(x), down(y))
      else doc.lineTo(across(x), down(y))
    })
    doc.lineWidth(1.4).lineJoin('round').stroke(accent)
    for (const [x, y] of points) doc.circle(across(x), down(y), 1.8).fill(accent)
    const right: TextStyle = { ...axisStyle, align: 'right' }
    draw(paper, formatY(yMax), right, left, plotTop - 4, 33)
    draw(paper, formatY(yMin), right, left, plotTop + plotDepth - 6, 33)
    if (down(1) - plotTop > 9 && plotTop + plotDepth - down(1) > 9) draw(paper, formatY(1), right, left, down(1) - 5, 33)
    draw(paper, formatX(xMin), axisStyle, plotLeft, plotTop + plotDepth + 4, plotWidth / 2)
    draw(paper, formatX(xMax), right, plotLeft + plotWidth / 2, plotTop + plotDepth + 4, plotWidth / 2)
  }
  paper.root.add(paper.doc.struct('Figure', { lang: paper.lang, alt: meaning }, [picture]))
}

function drawCentred(paper: Paper, text: string, x: number, top: number, width: number): void {
  draw(paper, text, { ...axisStyle, align: 'center' }, x, top, width)
}
