// Tables in a PDF: labelled fields, and rows under columns whose heads are repeated on every page a table reaches.

import { artifact, draw, heightOf, need, type Paper, ruleAt } from './paper.ts'
import { accent, band, contentWidth, muted, page, rule, styles, type TextStyle } from './styles.ts'

export interface Field {
  readonly label: string
  readonly value: string
}

/** A cell of one text, or of a title with smaller words below it. */
export type Cell = string | { readonly title: string; readonly note: string }

export interface Column {
  readonly title: string
  /** Points; the columns without a width share what is left. */
  readonly width?: number
  readonly align?: 'left' | 'right'
}

export interface Row {
  readonly cells: readonly Cell[]
  /** A total is heavier, its last cell in the accent colour; a group stands on a band over the rows that follow it. */
  readonly kind?: 'total' | 'group'
}

export interface TableLook {
  readonly size?: number
  /** Between the columns, points. */
  readonly columnGap?: number
}

const labelWidth = 104
const rowPadding = 4

/** @param width of the labels @param tableWidth of labels and values */
export function drawFields(
  paper: Paper,
  list: readonly Field[],
  width: number = labelWidth,
  tableWidth: number = contentWidth,
): void {
  if (list.length === 0) return
  const table = openTable(paper)
  for (const { label, value } of list) {
    const valueWidth = tableWidth - width
    const height = Math.max(heightOf(paper, label, styles.label, width - 8), heightOf(paper, value, styles.body, valueWidth))
    need(paper, height)
    const top = paper.y
    table.add(
      tableRow(paper, [
        tableCell(paper, 'TH', 'Row', () => draw(paper, label, styles.label, page.side, top + 0.8, width - 8)),
        tableCell(paper, 'TD', undefined, () => draw(paper, value, styles.body, page.side + width, top, valueWidth)),
      ]),
    )
    paper.y += height + 1.5
  }
  table.end()
}

/** No row is cut by the end of a page, and the head never stands alone. */
export function drawTable(paper: Paper, columns: readonly Column[], rows: readonly Row[], look: TableLook = {}): void {
  const places = placeColumns(columns, look.columnGap ?? 14)
  const last = places.at(-1) ?? nowhere
  const tableWidth = last.x + last.width - page.side
  const body: TextStyle = { size: look.size ?? styles.body.size }
  const heights = rows.map((row) => rowHeight(paper, row, places, body))
  const headHeight =
    Math.max(...columns.map(({ title }, index) => heightOf(paper, title, styles.column, places[index]?.width ?? 0))) + 3
  need(paper, headHeight + (heights[0] ?? 0) + (heights[1] ?? 0))
  const table = openTable(paper)
  const head = () => {
    const top = paper.y
    const cells = columns.map(({ title, align = 'left' }, index) =>
      tableCell(paper, 'TH', 'Column', () => {
        const { x, width } = places[index] ?? nowhere
        draw(
          paper,
          title,
          { ...styles.column, align },
          x,
          top + headHeight - 3 - heightOf(paper, title, styles.column, width),
          width,
        )
      }),
    )
    table.add(tableRow(paper, cells))
    paper.y += headHeight
    ruleAt(paper, paper.y, muted, tableWidth)
  }
  head()
  rows.forEach((row, index) => {
    const height = heights[index] ?? 0
    // A group goes with its first row, and the last row is not left alone on a page.
    const isKept = row.kind === 'group' || index === rows.length - 2
    const kept = isKept ? (heights[index + 1] ?? 0) : 0
    if (need(paper, height + kept)) head()
    if (row.kind === 'group') bandAt(paper, height, tableWidth)
    drawRow(paper, table, row, places, body)
    paper.y += height
    ruleAt(paper, paper.y, row.kind === 'total' || index === rows.length - 1 ? muted : rule, tableWidth)
  })
  table.end()
}

/** A little wider than the text, so that the words stay in line with those of the other rows. */
function bandAt(paper: Paper, height: number, width: number): void {
  artifact(paper, () => paper.doc.rect(page.side - 6, paper.y + 0.5, width + 12, height - 1).fill(band))
}

interface Place {
  readonly x: number
  readonly width: number
  readonly align: 'left' | 'right'
}
const nowhere: Place = { x: page.side, width: 0, align: 'left' }

function placeColumns(columns: readonly Column[], columnGap: number): readonly Place[] {
  const fixed = columns.reduce((sum, { width = 0 }) => sum + width, 0)
  const open = columns.filter(({ width }) => width === undefined).length
  const share = open === 0 ? 0 : (contentWidth - fixed - columnGap * (columns.length - 1)) / open
  let x: number = page.side
  return columns.map(({ width = share, align = 'left' }) => {
    const place = { x, width, align }
    x += width + columnGap
    return place
  })
}

function rowHeight(paper: Paper, { cells }: Row, places: readonly Place[], body: TextStyle): number {
  const heights = cells.map((cell, index) => {
    const width = places[index]?.width ?? 0
    if (typeof cell === 'string') return heightOf(paper, cell, body, width)
    return heightOf(paper, cell.title, styles.step, width) + heightOf(paper, cell.note, styles.small, width)
  })
  return Math.max(...heights) + 2 * rowPadding + 1
}

function drawRow(
  paper: Paper,
  table: PDFKit.PDFStructureElement,
  { cells, kind }: Row,
  places: readonly Place[],
  body: TextStyle,
): void {
  const top = paper.y + rowPadding
  const drawn = cells.map((cell, index) => {
    const { x, width, align } = places[index] ?? nowhere
    const isLast = index === cells.length - 1
    const weight = kind === undefined ? {} : ({ weight: 'semibold' } as const)
    const color = kind === 'total' && isLast ? { color: accent } : {}
    const style: TextStyle = { ...body, align, ...weight, ...color }
    return tableCell(paper, index === 0 ? 'TH' : 'TD', index === 0 ? 'Row' : undefined, () => {
      if (typeof cell === 'string') return draw(paper, cell, style, x, top, width)
      draw(paper, cell.title, styles.step, x, top, width)
      draw(paper, cell.note, styles.small, x, top + heightOf(paper, cell.title, styles.step, width), width)
    })
  })
  table.add(tableRow(paper, drawn))
}

export interface Headline {
  readonly label: string
  readonly amount: string
  readonly note: string
}

/** The one figure a document is about, on a band of its own. */
export function drawHeadline(paper: Paper, words: Headline): void {
  const height = 78
  need(paper, height)
  const top = paper.y
  artifact(paper, () => paper.doc.roundedRect(page.side, top, contentWidth, height, 6).fill(band))
  const x = page.side + 18
  const width = contentWidth - 36
  const paragraph = (content: string, style: TextStyle, y: number) =>
    paper.root.add(paper.doc.struct('P', { lang: paper.lang }, [() => draw(paper, content, style, x, y, width)]))
  paragraph(words.label, styles.small, top + 11)
  paragraph(words.amount, styles.amount, top + 24)
  paragraph(words.note, { ...styles.body, align: 'right', color: muted }, top + 42)
  paper.y += height
}

function openTable({ doc, root, lang }: Paper): PDFKit.PDFStructureElement {
  const table = doc.struct('Table', { lang })
  root.add(table)
  return table
}

function tableRow({ doc, lang }: Paper, cells: PDFKit.PDFStructureElement[]): PDFKit.PDFStructureElement {
  return doc.struct('TR', { lang }, cells)
}

function tableCell(
  { doc, lang }: Paper,
  type: 'TH' | 'TD',
  scope: 'Row' | 'Column' | undefined,
  drawing: () => void,
): PDFKit.PDFStructureElement {
  const options = scope === undefined ? { lang } : { lang, scope }
  return doc.struct(type, options, [drawing])
}
