// A tagged A4 PDF being written from top to bottom with its fonts embedded: where the pen is, text that wraps, new pages, page
// numbers at the end. Tables and pictures are in their own files; no word is chosen here.

import PDFDocument from 'pdfkit'
import type { Locale } from '../messages/locale.ts'
import { font } from './fonts.ts'
import { contentBottom, contentWidth, ink, page, rule, styles, type TextStyle } from './styles.ts'

export interface PaperOptions {
  readonly locale: Locale
  readonly title: string
  /** The date the document carries: with it the same content gives the same bytes. */
  readonly atMs: number
  /** What the document is about, for programs. */
  readonly subject?: string
}

export interface Paper {
  readonly doc: PDFKit.PDFDocument
  readonly lang: Locale
  readonly root: PDFKit.PDFStructureElement
  /** Where the next thing goes, points from the top of the page. */
  y: number
  readonly bytes: Promise<Uint8Array>
}

export interface Footer {
  readonly left: string
  readonly page: (page: number, pages: number) => string
}

export function openPaper({ locale, title, atMs, subject }: PaperOptions): Paper {
  const date = new Date(atMs)
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: page.top, bottom: 0, left: page.side, right: page.side },
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: locale,
    font: '',
    info: {
      Title: escapeMarkup(title),
      Author: 'Merit',
      Creator: 'Merit',
      ...(subject === undefined ? {} : { Subject: escapeMarkup(subject) }),
      CreationDate: date,
      ModDate: date,
    },
  })
  const bytes = collect(doc)
  doc.registerFont('regular', font('regular'))
  doc.registerFont('semibold', font('semibold'))
  const root = doc.struct('Document', { lang: locale })
  doc.addStructure(root)
  return { doc, lang: locale, root, y: page.top, bytes }
}

/** Numbers the pages and ends the document. */
export function closePaper(paper: Paper, footer: Footer): Promise<Uint8Array> {
  const { doc, root } = paper
  root.end()
  const { start, count } = doc.bufferedPageRange()
  for (let index = start; index < start + count; index += 1) {
    doc.switchToPage(index)
    doc.markContent('Artifact', { type: 'Pagination' })
    const top = page.height - 44
    draw(paper, footer.left, styles.small, page.side, top, contentWidth)
    draw(paper, footer.page(index + 1, count), { ...styles.small, align: 'right' }, page.side, top, contentWidth)
    doc.endMarkedContent()
  }
  doc.end()
  return paper.bytes
}

/** 1 for the first page. */
export function pageNumber({ doc }: Paper): number {
  const { start, count } = doc.bufferedPageRange()
  return start + count
}

export function heightOf(paper: Paper, text: string, style: TextStyle, width: number): number {
  return text === '' ? 0 : pen(paper, style).heightOfString(text, { width, ...features(paper) })
}

export function widthOf(paper: Paper, text: string, style: TextStyle): number {
  return pen(paper, style).widthOfString(text, features(paper))
}

export function draw(paper: Paper, text: string, style: TextStyle, x: number, top: number, width: number): void {
  if (text === '') return
  pen(paper, style).fillColor(style.color ?? ink)
  paper.doc.text(text, x, top, { width, align: style.align ?? 'left', ...features(paper) })
}

/** A paragraph or heading over the whole width; one that does not fit goes to the next page. */
export function text(paper: Paper, tag: string, content: string, style: TextStyle): void {
  const height = heightOf(paper, content, style, contentWidth)
  need(paper, height)
  const top = paper.y
  paper.root.add(paper.doc.struct(tag, { lang: paper.lang }, [() => draw(paper, content, style, page.side, top, contentWidth)]))
  paper.y += height
}

/** A heading that never stands alone: `following` points have to fit below it. */
export function section(paper: Paper, heading: string, following: number): void {
  need(paper, following)
  text(paper, 'H2', heading, styles.heading)
  paper.y += 3
}

export function gap(paper: Paper, height: number): void {
  paper.y += height
}

/** Starts a new page when less than this is left. @returns whether it did */
export function need(paper: Paper, height: number): boolean {
  if (paper.y + height <= contentBottom) return false
  newPage(paper)
  return true
}

export function newPage(paper: Paper): void {
  paper.doc.addPage()
  paper.y = page.top
}

/** What is drawn for the eye only. */
export function artifact({ doc }: Paper, drawing: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' })
  drawing()
  doc.endMarkedContent()
}

export function ruleAt(paper: Paper, top: number, color: string = rule, width: number = contentWidth): void {
  artifact(paper, () => {
    paper.doc
      .lineWidth(0.6)
      .moveTo(page.side, top)
      .lineTo(page.side + width, top)
      .stroke(color)
  })
}

function pen({ doc }: Paper, style: TextStyle): PDFKit.PDFDocument {
  return doc.font(style.weight ?? 'regular').fontSize(style.size)
}

/** By itself the font sets quotation marks as wide as a Chinese character. */
function features({ lang }: Paper): { features?: ['pwid'] } {
  return lang === 'en' ? { features: ['pwid'] } : {}
}

/** pdfkit writes the title into XML metadata as it is. */
function escapeMarkup(title: string): string {
  return title.replaceAll(/[<>&"]/g, '')
}

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    doc.once('end', () => resolve(Buffer.concat(chunks)))
    doc.once('error', reject)
  })
}
