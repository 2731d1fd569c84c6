// The pieces that the pictures of a model are drawn from, as SVG text: a frame with axes, lines, bars, marks and a legend. Colours
// are told apart by people who see few of them (Okabe and Ito), and every series has a mark or a dash of its own for print.

export const chartWidth = 720
export const chartHeight = 400
export const plot = { left: 64, right: chartWidth - 84, top: 44, bottom: chartHeight - 76 } as const

export const inks = {
  observed: '#1b1b1b',
  first: '#0072b2',
  second: '#d55e00',
  bars: '#d9dde3',
  grid: '#e7e9ed',
  text: '#3b4048',
} as const

export interface Scale {
  readonly at: (value: number) => number
  readonly ticks: readonly number[]
  /** Decimals that tell its ticks apart. */
  readonly decimals: number
}

const tickCount = 5

/** Ends at round numbers around the values. */
export function niceScale(low: number, high: number, from: number, to: number): Scale {
  const span = high > low ? high - low : Math.max(Math.abs(high), 1)
  const rough = span / tickCount
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((unit) => unit * power).find((size) => size >= rough) ?? rough
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)]
  const ticks = Array.from({ length: Math.max(last - first, 1) + 1 }, (_, index) => (first + index) * step)
  const [start, end] = [ticks[0] ?? low, ticks.at(-1) ?? high]
  const decimals = Math.max(
    0,
    [0, 1, 2, 3, 4, 5, 6].find((digits) => Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) < 1e-6) ?? 6,
  )
  return { at: (value) => from + ((value - start) / (end - start)) * (to - from), ticks, decimals }
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

export interface TextStyle {
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly size?: number
  readonly rotate?: number
  readonly weight?: number
}

export function text(x: number, y: number, words: string, style: TextStyle = {}): string {
  const { anchor = 'start', size = 12, rotate, weight = 400 } = style
  const turn = rotate === undefined ? '' : ` transform="rotate(${rotate} ${px(x)} ${px(y)})"`
  return `<text x="${px(x)}" y="${px(y)}" text-anchor="${anchor}" font-size="${size}" font-weight="${weight}"${turn}>${escapeText(words)}</text>`
}

/** Enough for any screen, and the same bytes everywhere. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100)
}

export function line(points: readonly (readonly [x: number, y: number])[], ink: string, dash = ''): string {
  const path = points.map(([x, y]) => `${px(x)},${px(y)}`).join(' ')
  return `<polyline points="${path}" fill="none" stroke="${ink}" stroke-width="2" stroke-linejoin="round"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>`
}

export type Mark = 'circle' | 'square' | 'diamond'

export function mark(kind: Mark, x: number, y: number, ink: string): string {
  if (kind === 'circle') return `<circle cx="${px(x)}" cy="${px(y)}" r="4" fill="${ink}"/>`
  const turn = kind === 'diamond' ? ` transform="rotate(45 ${px(x)} ${px(y)})"` : ''
  return `<rect x="${px(x - 3.5)}" y="${px(y - 3.5)}" width="7" height="7" fill="${ink}"${turn}/>`
}

export function bar(x: number, y: number, width: number, height: number): string {
  return `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" fill="${inks.bars}"/>`
}

/** From low to high at one place, with feet. */
export function whisker(x: number, low: number, high: number, ink: string): string {
  return `<path d="M${px(x)} ${px(low)}V${px(high)}M${px(x - 3)} ${px(low)}h6M${px(x - 3)} ${px(high)}h6" stroke="${ink}" stroke-width="1" fill="none"/>`
}

/** Ticks with their grid lines on the left, or ticks alone on the right. */
export function verticalAxis(scale: Scale, side: 'left' | 'right', format: (value: number) => string, title: string): string {
  const isLeft = side === 'left'
  const x = isLeft ? plot.left - 8 : plot.right + 8
  const middle = (plot.top + plot.bottom) / 2
  return [
    ...(isLeft ? scale.ticks.map((tick) => rule(plot.left, scale.at(tick), plot.right, scale.at(tick))) : []),
    ...scale.ticks.map((tick) => text(x, scale.at(tick) + 4, format(tick), { anchor: isLeft ? 'end' : 'start' })),
    text(isLeft ? 16 : chartWidth - 10, middle, title, { anchor: 'middle', rotate: -90 }),
  ].join('')
}

export function rule(x1: number, y1: number, x2: number, y2: number): string {
  return `<path d="M${px(x1)} ${px(y1)}L${px(x2)} ${px(y2)}" stroke="${inks.grid}" stroke-width="1"/>`
}

/** Names under their places; slanted where they would touch each other. */
export function placeNames(names: readonly string[], at: (index: number) => number, title: string): string {
  const room = (plot.right - plot.left) / Math.max(names.length, 1)
  const isTight = names.some((name) => textWidth(name) > room - 4)
  const labels = names.map((name, index) =>
    isTight
      ? text(at(index) + 4, plot.bottom + 16, name, { anchor: 'end', rotate: -40, size: 11 })
      : text(at(index), plot.bottom + 18, name, { anchor: 'middle' }),
  )
  return [
    ...labels,
    text((plot.left + plot.right) / 2, isTight ? chartHeight - 10 : plot.bottom + 44, title, { anchor: 'middle' }),
  ].join('')
}

/** Of 12 px type, roughly; characters beyond Latin are as wide as they are high. */
function textWidth(words: string): number {
  return [...words].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x2e7f ? 12 : 6.7), 0)
}

export interface LegendEntry {
  readonly name: string
  readonly ink: string
  readonly mark?: Mark
  readonly dash?: string
  readonly isBar?: boolean
}

export function legend(entries: readonly LegendEntry[]): string {
  let x: number = plot.left
  return entries
    .map(({ name, ink, mark: kind, dash, isBar }) => {
      const sign =
        isBar === true
          ? bar(x + 4, 13, 14, 12)
          : line(
              [
                [x, 19],
                [x + 22, 19],
              ],
              ink,
              dash,
            ) + (kind === undefined ? '' : mark(kind, x + 11, 19, ink))
      const drawn = sign + text(x + 28, 23, name)
      x += 28 + textWidth(name) + 22
      return drawn
    })
    .join('')
}

/** The whole picture; `title` and `caption` are what a screen reader says of it. */
export function chart(id: string, title: string, caption: string, content: readonly string[]): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${chartWidth} ${chartHeight}" role="img" aria-labelledby="${id}-title ${id}-caption" ` +
    `font-family="system-ui, 'Noto Sans', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif" fill="${inks.text}">` +
    `<title id="${id}-title">${escapeText(title)}</title><desc id="${id}-caption">${escapeText(caption)}</desc>` +
    `<rect width="${chartWidth}" height="${chartHeight}" fill="#ffffff"/>${content.join('')}</svg>`
  )
}
