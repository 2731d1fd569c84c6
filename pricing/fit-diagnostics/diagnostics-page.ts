// The pictures of a model on one page that stands by itself: each with its caption and the table of the same data.

import { escapeText } from './chart.ts'
import type { DiagnosticWords, PictureText } from './diagnostic-words.ts'

export interface Figure {
  /** Becomes part of a file's name. */
  readonly id: string
  readonly svg: string
  readonly text: PictureText
}

const style = `
  body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, 'Noto Sans', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif; color: #1b1b1b; background: #fff }
  h1 { font-size: 1.5rem } h2 { font-size: 1.125rem; margin: 2.5rem 0 .5rem }
  figure { margin: 0; break-inside: avoid } figure svg { width: 100%; height: auto }
  details { margin: .5rem 0 } table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .875rem }
  th, td { padding: .2rem .75rem .2rem 0; text-align: right; border-bottom: 1px solid #e7e9ed } th:first-child, td:first-child { text-align: left }
`

export function diagnosticsPage(figures: readonly Figure[], words: DiagnosticWords): string {
  const title = escapeText(words.pageTitle)
  return (
    `<!doctype html>\n<html lang="${words.language}">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${title}</title><style>${style}</style></head>\n<body>\n<h1>${title}</h1>\n` +
    `${figures.map((figure) => figureHtml(figure, words)).join('\n')}\n</body>\n</html>\n`
  )
}

export function figureHtml({ svg, text }: Figure, words: DiagnosticWords): string {
  const cells = (tag: 'th' | 'td', values: readonly string[]): string =>
    `<tr>${values.map((value) => `<${tag}>${escapeText(value)}</${tag}>`).join('')}</tr>`
  return (
    `<h2>${escapeText(text.title)}</h2>\n<figure>${svg}\n<figcaption>${escapeText(text.caption)}</figcaption></figure>\n` +
    `<details><summary>${escapeText(words.tableOfSame)}</summary><table><thead>${cells('th', text.head)}</thead>` +
    `<tbody>${text.rows.map((row) => cells('td', row)).join('')}</tbody></table></details>`
  )
}
