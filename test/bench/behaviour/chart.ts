// A chart of values over time as SVG: axes with round steps, lines that break where nothing is known, and bands behind them.

export interface Line {
  readonly label: string
  readonly color: string
  /** In order of x; NaN breaks the line. */
  readonly points: readonly (readonly [number, number])[]
}

export interface Band {
  readonly from: number
  readonly to: number
  readonly color: string
  /** Filled, or only outlined. */
  readonly isFilled: boolean
}

export interface Chart {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** To the left of the vertical axis. */
  readonly gutter: number
  readonly title: string
  readonly x: { readonly from: number; readonly to: number; readonly unit: string }
  /** At least this much is shown; values beyond it widen it. */
  readonly y: { readonly from: number; readonly to: number }
  readonly lines: readonly Line[]
  readonly bands: readonly Band[]
  /** Dashed, at these values. */
  readonly marks: readonly number[]
  readonly hasXLabels: boolean
}

const ink = '#1d2733'
const faint = '#d5dbe2'
const bandPxMin = 2.5
const lineHeight = 15

export function drawChart(chart: Chart): string {
  const { left, top, width, height, gutter, x } = chart
  const values = chart.lines.flatMap(({ points }) => points.map(([, value]) => value)).filter((value) => !Number.isNaN(value))
  const y = values.reduce(({ from, to }, value) => ({ from: Math.min(from, value), to: Math.max(to, value) }), {
    from: chart.y.from,
    to: chart.y.to,
  })
  const xPx = (value: number): number => left + gutter + ((value - x.from) / (x.to - x.from)) * (width - gutter)
  const yPx = (value: number): number => top + height - ((value - y.from) / (y.to - y.from)) * height
  const right = left + width
  const yLabels = stepsBetween(y.from, y.to, 6).map(
    (value) =>
      `<line x1="${left + gutter}" x2="${right}" y1="${px(yPx(value))}" y2="${px(yPx(value))}" stroke="${faint}"/>` +
      text(left + gutter - 7, yPx(value) + 4, shown(value), 'end'),
  )
  const xLabels = stepsBetween(x.from, x.to, Math.floor(width / 90)).map((value) => {
    const label = chart.hasXLabels ? text(xPx(value), top + height + 17, shown(value), 'middle') : ''
    return `<line x1="${px(xPx(value))}" x2="${px(xPx(value))}" y1="${top + height}" y2="${top + height + 4}" stroke="${ink}"/>${label}`
  })
  const bands = chart.bands.map(({ from, to, color, isFilled }) => {
    const wide = Math.max(bandPxMin, xPx(to) - xPx(from))
    const start = (xPx(from) + xPx(to) - wide) / 2
    const look = isFilled ? `fill="${color}" fill-opacity="0.45"` : `fill="${color}" fill-opacity="0.12"`
    return `<rect x="${px(start)}" y="${top}" width="${px(wide)}" height="${height}" ${look}/>`
  })
  const marks = chart.marks.map(
    (value) =>
      `<line x1="${left + gutter}" x2="${right}" y1="${px(yPx(value))}" y2="${px(yPx(value))}" stroke="${ink}" stroke-dasharray="5 4" stroke-opacity="0.6"/>`,
  )
  const lines = chart.lines.map(
    ({ color, points }) =>
      `<path d="${pathOf(points, xPx, yPx)}" fill="none" stroke="${color}" stroke-width="${points.length > 1000 ? 0.9 : 1.5}" stroke-linejoin="round"/>`,
  )
  let at = right
  const keys =
    chart.lines.length < 2
      ? []
      : chart.lines.toReversed().map(({ label, color }) => {
          at -= label.length * 7 + 30
          return `<line x1="${at}" x2="${at + 16}" y1="${top - 15}" y2="${top - 15}" stroke="${color}" stroke-width="3"/>${text(at + 21, top - 11, label, 'start')}`
        })
  return [
    text(left, top - 11, chart.title, 'start', 'font-weight="600"'),
    ...keys,
    ...yLabels,
    ...bands,
    ...marks,
    ...lines,
    ...xLabels,
    `<line x1="${left + gutter}" x2="${right}" y1="${top + height}" y2="${top + height}" stroke="${ink}"/>`,
    chart.hasXLabels ? text(right, top + height + 34, x.unit, 'end') : '',
  ].join('\n')
}

export interface StripRow {
  readonly label: string
  readonly color: string
  readonly bands: readonly Band[]
}

/** A row for each kind of event, so that they are told apart without their colours too. */
export function drawStrip(chart: Pick<Chart, 'left' | 'top' | 'width' | 'gutter' | 'x'>, rows: readonly StripRow[]): string {
  const { left, top, width, gutter, x } = chart
  const xPx = (value: number): number => left + gutter + ((value - x.from) / (x.to - x.from)) * (width - gutter)
  return rows
    .map(({ label, color, bands }, index) => {
      const y = top + index * lineHeight
      const ticks = bands.map(({ from, to, isFilled }) => {
        const wide = Math.max(5, xPx(to) - xPx(from))
        const look = isFilled ? `fill="${color}"` : `fill="#ffffff" stroke="${color}" stroke-width="1.5"`
        return `<rect x="${px((xPx(from) + xPx(to) - wide) / 2)}" y="${y + 2}" width="${px(wide)}" height="${lineHeight - 4}" ${look}/>`
      })
      return [
        text(left + gutter - 7, y + 12, label, 'end'),
        `<line x1="${left + gutter}" x2="${left + width}" y1="${y + lineHeight / 2}" y2="${y + lineHeight / 2}" stroke="${faint}"/>`,
        ...ticks,
      ].join('')
    })
    .join('\n')
}

function pathOf(points: Line['points'], xPx: (value: number) => number, yPx: (value: number) => number): string {
  let path = ''
  let isOpen = false
  for (const [x, y] of points) {
    if (Number.isNaN(y)) isOpen = false
    else {
      path += `${isOpen ? 'L' : 'M'}${px(xPx(x))} ${px(yPx(y))}`
      isOpen = true
    }
  }
  return path
}

/** Multiples of 1, 2 or 5 times a power of ten, at most so many. */
function stepsBetween(from: number, to: number, most: number): readonly number[] {
  const power = 10 ** Math.floor(Math.log10((to - from) / most))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => (to - from) / size <= most) ?? 10 * power
  const first = Math.ceil(from / step)
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, index) => (first + index) * step)
}

export function text(x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end', more = ''): string {
  const safe = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<text x="${px(x)}" y="${px(y)}" text-anchor="${anchor}" fill="${ink}" ${more}>${safe}</text>`
}

function shown(value: number): string {
  return String(Math.round(value * 100) / 100).replace('-', '−')
}

function px(value: number): string {
  return String(Math.round(value * 10) / 10)
}
