// A dislocation report as one HTML file that needs nothing else: each picture with its caption and the table of the same figures.

import { dislocationWords } from '../../dashboard/messages/dislocation-words.ts'
import type { Locale } from '../../dashboard/messages/locale.ts'
import {
  dislocationTable,
  drawDislocation,
  histogramTable,
  type PictureTable,
} from '../../pricing/dislocation/draw-dislocation.ts'
import { drawSegments, segmentsTable } from '../../pricing/dislocation/draw-segments.ts'
import type { DislocationReport } from '../../pricing/dislocation/report-form.ts'
import { escaped } from '../../pricing/dislocation/svg-text.ts'

const style = `
  :root { color-scheme: light dark; font-family: Inter, "Noto Sans", "Noto Sans SC", system-ui, sans-serif; line-height: 1.4 }
  body { max-width: 800px; margin: 2rem auto; padding: 0 1rem }
  figure { margin: 0 0 3rem }
  table { border-collapse: collapse; margin: 1rem 0 2rem; font-size: 0.85rem; font-variant-numeric: tabular-nums }
  th, td { padding: 0.2rem 0.9rem 0.2rem 0; text-align: right; vertical-align: bottom; white-space: nowrap }
  th:first-child, td:first-child { text-align: left }
  th { border-bottom: 1px solid currentColor }`

export function dislocationPage(report: DislocationReport, locale: Locale): string {
  const words = dislocationWords(locale)
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escaped(words.title)}</title>`,
    `<style>${style}</style></head><body><h1>${escaped(words.title)}</h1>`,
    figure(drawDislocation(report, words), histogramTable(report, words)),
    tableText(dislocationTable(report, words)),
    figure(drawSegments(report, words), segmentsTable(report, words)),
    '</body></html>\n',
  ].join('\n')
}

function figure(svg: string, table: PictureTable): string {
  return `<figure>${svg}<figcaption>${escaped(table.caption)}</figcaption>${rowsText(table)}</figure>`
}

function tableText(table: PictureTable): string {
  return `<h2>${escaped(table.caption)}</h2>${rowsText(table)}`
}

function rowsText({ head, rows }: PictureTable): string {
  const cells = (name: 'th' | 'td', row: readonly string[]): string =>
    `<tr>${row.map((cell) => `<${name}>${escaped(cell)}</${name}>`).join('')}</tr>`
  return `<table><thead>${cells('th', head)}</thead><tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table>`
}
