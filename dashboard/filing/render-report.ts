// Draws a report as a tagged A4 PDF. A table of contents needs the pages of the chapters, so a document with one is laid out
// twice: once to learn them, once with them.

import {
  artifact,
  closePaper,
  draw,
  gap,
  heightOf,
  need,
  newPage,
  openPaper,
  type Paper,
  pageNumber,
  text,
} from '../pdf/paper.ts'
import { type CurvePicture, curveHeight, drawCurve, drawHistogram } from '../pdf/pictures.ts'
import { accent, contentWidth, page, styles, type TextStyle } from '../pdf/styles.ts'
import { type Column, drawFields, drawTable, type Row } from '../pdf/table.ts'
import type { Block, Report } from './report.ts'

/** @returns the bytes of the PDF, the same for the same report */
export function renderReport(report: Report): Promise<Uint8Array> {
  const pages = new Map<string, number>()
  if (report.contents !== undefined) layOut(report, pages)
  return closePaper(layOut(report, pages), report.footer)
}

/** @param pages of the chapters: read for the contents, written as they are met */
function layOut(report: Report, pages: Map<string, number>): Paper {
  const paper = openPaper({ locale: report.locale, title: report.documentTitle, atMs: report.atMs })
  text(paper, 'P', 'Merit', styles.brand)
  gap(paper, 6)
  text(paper, 'H1', report.title, styles.title)
  text(paper, 'P', report.subtitle, styles.small)
  gap(paper, 12)
  drawFields(paper, report.fields)
  const chapters = report.blocks.flatMap((block) => (block.kind === 'chapter' ? [block.title] : []))
  if (report.contents !== undefined) {
    gap(paper, 18)
    drawContents(paper, report.contents, chapters, pages)
    newPage(paper)
  } else gap(paper, 14)
  let chapter = 0
  report.blocks.forEach((block, index) => {
    if (block.kind === 'chapter') {
      chapter += 1
      if (index > 0) gap(paper, chapterGap)
      drawChapter(paper, chapter, block.title, roomFor(paper, report.blocks, index + 1))
      pages.set(block.title, pageNumber(paper))
    } else drawBlock(paper, block, roomFor(paper, report.blocks, index + 1))
  })
  return paper
}

function drawContents(paper: Paper, heading: string, chapters: readonly string[], pages: ReadonlyMap<string, number>): void {
  text(paper, 'H2', heading, styles.heading)
  gap(paper, 4)
  const contents = paper.doc.struct('TOC', { lang: paper.lang })
  paper.root.add(contents)
  chapters.forEach((title, index) => {
    const top = paper.y
    const number = pages.get(title)
    const right: TextStyle = { ...styles.body, align: 'right' }
    contents.add(
      paper.doc.struct('TOCI', { lang: paper.lang }, [
        () => {
          draw(paper, `${index + 1}`, styles.body, page.side, top, 22)
          draw(paper, title, styles.body, page.side + 22, top, contentWidth - 62)
          draw(paper, number === undefined ? '' : String(number), right, page.width - page.side - 40, top, 40)
        },
      ]),
    )
    paper.doc.goTo(page.side, top, contentWidth, 15, destinationOf(index + 1))
    paper.y += 17
  })
  contents.end()
}

function destinationOf(chapter: number): string {
  return `chapter-${chapter}`
}

function drawChapter(paper: Paper, number: number, title: string, following: number): void {
  need(paper, 40 + following)
  const label = `${number}  ${title}`
  paper.doc.addNamedDestination(destinationOf(number), 'XYZ', page.side, paper.y, null)
  paper.doc.outline.addItem(label)
  text(paper, 'H2', label, styles.chapter)
  gap(paper, gapAfter.chapter)
}

/** Of what a heading or a paragraph must not be parted from: down to the first rows of a table. */
function roomFor(paper: Paper, blocks: readonly Block[], index: number): number {
  const block = blocks[index]
  switch (block?.kind) {
    case 'heading':
      return 34 + roomFor(paper, blocks, index + 1)
    case 'paragraph': {
      const isBeforeTable = blocks[index + 1]?.kind === 'table'
      const height = heightOf(paper, block.text, styles.body, contentWidth) + gapAfter.paragraph
      return height + (isBeforeTable ? roomFor(paper, blocks, index + 1) : 0)
    }
    case 'histogram':
      return 190
    case 'table':
      return block.picture === undefined ? 70 : curveHeight + 20
    case 'chapter':
    case undefined:
      return 0
    default:
      return 44
  }
}

/** Above a chapter that is not the first block, points. */
const chapterGap = 16
/** Below a block, points. */
const gapAfter: Readonly<Record<Block['kind'], number>> = {
  chapter: 4,
  heading: 2,
  paragraph: 5,
  note: 5,
  list: 3,
  fields: 6,
  table: 8,
  histogram: 8,
}

function drawBlock(paper: Paper, block: Exclude<Block, { kind: 'chapter' }>, following: number): void {
  switch (block.kind) {
    case 'heading':
      gap(paper, 8)
      need(paper, 24 + following)
      text(paper, 'H3', block.title, styles.subheading)
      break
    case 'paragraph':
      text(paper, 'P', block.text, styles.body)
      break
    case 'note':
      text(paper, 'P', block.text, styles.small)
      break
    case 'list':
      for (const item of block.items) drawItem(paper, item)
      break
    case 'fields':
      drawFields(paper, block.fields, block.labelWidth)
      break
    case 'table':
      if (block.picture === undefined) drawTable(paper, block.columns, block.rows)
      else drawTableWithPicture(paper, block.columns, block.rows, block.picture)
      break
    case 'histogram':
      drawHistogram(paper, block.bars, block.caption)
  }
  gap(paper, gapAfter[block.kind])
}

const itemIndent = 12

function drawItem(paper: Paper, item: string): void {
  const height = heightOf(paper, item, styles.body, contentWidth - itemIndent)
  need(paper, height)
  const top = paper.y
  artifact(paper, () => paper.doc.circle(page.side + 3, top + 7, 1.4).fill(accent))
  const body = () => draw(paper, item, styles.body, page.side + itemIndent, top, contentWidth - itemIndent)
  paper.root.add(paper.doc.struct('P', { lang: paper.lang }, [body]))
  paper.y += height + 2
}

function drawTableWithPicture(paper: Paper, columns: readonly Column[], rows: readonly Row[], picture: CurvePicture): void {
  need(paper, curveHeight + gapAfter.table)
  const [startPage, top] = [pageNumber(paper), paper.y]
  const tableWidth = columns.reduce((sum, { width = 0 }) => sum + width + 14, 0)
  const left = page.side + tableWidth + 10
  drawCurve(paper, picture, left, top + 8, page.width - page.side - left)
  drawTable(paper, columns, rows)
  if (pageNumber(paper) === startPage) paper.y = Math.max(paper.y, top + curveHeight + gapAfter.table)
}
