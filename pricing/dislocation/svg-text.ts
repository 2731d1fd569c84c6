// The few SVG elements that the pictures of a dislocation report are made of, as text. Colours are of the middle, so that they
// hold on white paper and on a dark page alike; text takes the colour around it.

export const limitedColour = '#2f6fd0'
export const unlimitedColour = '#d9822b'
export const gridColour = '#8a93a0'
const fontFamily = 'Inter, "Noto Sans", "Noto Sans SC", system-ui, sans-serif'

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

type Attributes = Readonly<Record<string, string | number>>

function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => `${key}="${escaped(numberText(value))}"`)
  return `<${name} ${written.join(' ')}${content === '' ? '/>' : `>${content}</${name}>`}`
}

/** Hundredths of a pixel are enough, and the same picture has the same bytes. */
function numberText(value: string | number): string {
  return typeof value === 'string' ? value : String(Math.round(value * 100) / 100)
}

export function rectangle(x: number, y: number, width: number, height: number, fill: string, more: Attributes = {}): string {
  return element('rect', { x, y, width, height, fill, ...more })
}

export function line(x1: number, y1: number, x2: number, y2: number, opacity: number): string {
  return element('line', { x1, y1, x2, y2, stroke: gridColour, 'stroke-width': 1, 'stroke-opacity': opacity })
}

export function text(x: number, y: number, words: string, more: Attributes = {}): string {
  return element('text', { x, y, fill: 'currentColor', 'font-size': 13, ...more }, escaped(words))
}

export interface Picture {
  readonly width: number
  readonly height: number
  readonly title: string
  readonly caption: string
}

export function picture({ width, height, title, caption }: Picture, parts: readonly string[]): string {
  const content = [`<title>${escaped(title)}</title>`, `<desc>${escaped(caption)}</desc>`, ...parts].join('')
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'font-family': fontFamily,
    },
    content,
  )
}
