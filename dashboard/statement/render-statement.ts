// Draws a statement as a tagged A4 PDF with its font embedded. Knows type sizes and positions; every word comes in.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import type { Field, Statement, StatementRow } from './statement.ts'

const page = { width: 595.28, height: 841.89, side: 56, top: 52, bottom: 64 } as const
const contentWidth = page.width - 2 * page.side
const contentBottom = page.height - page.bottom
const ink = '#16202a'
const muted = '#596673'
const accent = '#0b6b4d'
const rule = '#d3dae0'
const band = '#f1f6f3'
/** The worksheet's columns: what the step says takes what the two columns of figures leave. */
const factorWidth = 60
const amountWidth = 74
const columnGap = 14
const stepWidth = contentWidth - factorWidth - amountWidth - 2 * columnGap
const labelWidth = 104

type Weight = 'regular' | 'semibold'
interface TextStyle {
  readonly size: number
  readonly weight?: Weight
  readonly color?: string
  readonly align?: 'left' | 'right'
  readonly width?: number
}

const styles = {
  brand: { size: 11, weight: 'semibold', color: accent },
  title: { size: 19, weight: 'semibold' },
  heading: { size: 11.5, weight: 'semibold' },
  body: { size: 9.5 },
  small: { size: 8.5, color: muted },
  label: { size: 8.5, color: muted },
  amount: { size: 27, weight: 'semibold', color: accent },
  column: { size: 8, weight: 'semibold', color: muted },
  step: { size: 9.5, weight: 'semibold' },
  figure: { size: 9.5, align: 'right' },
  total: { size: 9.5, weight: 'semibold', align: 'right' },
} as const satisfies Readonly<Record<string, TextStyle>>

/** @returns the bytes of the PDF, the same for the same statement */
export function renderStatement(statement: Statement): Promise<Uint8Array> {
  const doc = openDocument(statement)
  const bytes = collect(doc)
  const writer = createWriter(doc, statement.locale)

  writer.text('P', 'Merit', styles.brand)
  writer.gap(6)
  writer.text('H1', statement.title, styles.title)
  writer.text('P', statement.product, styles.small)
  writer.gap(12)
  writer.fields(statement.fields)
  writer.gap(14)
  writer.headline(statement.headline)
  writer.gap(18)
  writer.section(statement.why.heading, 40)
  for (const sentence of statement.why.sentences) writer.text('P', sentence, styles.body)
  writer.gap(16)
  writer.section(statement.worksheet.heading, 90)
  writer.text('P', statement.worksheet.intro, styles.small)
  writer.gap(6)
  writer.worksheet(statement.worksheet.columns, statement.worksheet.rows)
  writer.gap(18)
  writer.section(statement.summary.heading, 90)
  writer.text('P', statement.summary.text, styles.small)
  writer.gap(4)
  writer.fields(statement.summary.fields)
  writer.gap(16)
  writer.section(statement.proof.heading, 110)
  writer.text('P', statement.proof.text, styles.body)
  writer.gap(6)
  writer.fields(statement.proof.fields)
  writer.end(statement.footer)
  doc.end()
  return bytes
}

const fontFolder = new URL('../../node_modules/@expo-google-fonts/noto-sans-sc/', import.meta.url)
const fontFiles: Readonly<Record<Weight, string>> = {
  regular: '400Regular/NotoSansSC_400Regular.ttf',
  semibold: '600SemiBold/NotoSansSC_600SemiBold.ttf',
}
const fonts = new Map<Weight, Buffer>()

/** Ten megabytes each: read once, subset by pdfkit for every document. */
function font(weight: Weight): Buffer {
  const bytes = fonts.get(weight) ?? readFileSync(fileURLToPath(new URL(fontFiles[weight], fontFolder)))
  fonts.set(weight, bytes)
  return bytes
}

function openDocument(statement: Statement): PDFKit.PDFDocument {
  const issuedAt = new Date(statement.issuedAtMs)
  return new PDFDocument({
    size: 'A4',
    margins: { top: page.top, bottom: 0, left: page.side, right: page.side },
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: statement.locale,
    font: '',
    info: {
      Title: escapeMarkup(statement.documentTitle),
      Author: 'Merit',
      Creator: 'Merit',
      CreationDate: issuedAt,
      ModDate: issuedAt,
    },
  })
}

/** pdfkit writes the title into XML metadata as it is. */
function escapeMarkup(text: string): string {
  return text.replaceAll(/[<>&"]/g, '')
}

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    doc.once('end', () => resolve(Buffer.concat(chunks)))
    doc.once('error', reject)
  })
}

function createWriter(doc: PDFKit.PDFDocument, lang: string) {
  doc.registerFont('regular', font('regular'))
  doc.registerFont('semibold', font('semibold'))
  const root = doc.struct('Document', { lang })
  doc.addStructure(root)
  // By itself the font sets quotation marks as wide as a Chinese character.
  const features: { features?: ['pwid'] } = lang === 'en' ? { features: ['pwid'] } : {}
  let y: number = page.top

  const set = (style: TextStyle) => doc.font(style.weight ?? 'regular').fontSize(style.size)
  const heightOf = (text: string, style: TextStyle, width: number) =>
    text === '' ? 0 : set(style).heightOfString(text, { width, ...features })
  const draw = (text: string, style: TextStyle, x: number, top: number, width: number) => {
    if (text === '') return
    set(style).fillColor(style.color ?? ink)
    doc.text(text, x, top, { width, align: style.align ?? 'left', ...features })
  }
  const artifact = (drawing: () => void) => {
    doc.markContent('Artifact', { type: 'Layout' })
    drawing()
    doc.endMarkedContent()
  }
  const line = (top: number, color = rule) =>
    artifact(() =>
      doc
        .lineWidth(0.6)
        .moveTo(page.side, top)
        .lineTo(page.width - page.side, top)
        .stroke(color),
    )
  /** Starts a new page when less than this is left. */
  const need = (height: number): boolean => {
    if (y + height <= contentBottom) return false
    doc.addPage()
    y = page.top
    return true
  }
  const cell = (type: 'TH' | 'TD', scope: 'Row' | 'Column' | undefined, drawing: () => void) => {
    const options = scope === undefined ? { lang } : { lang, scope }
    return doc.struct(type, options, [drawing])
  }

  function text(tag: string, content: string, style: TextStyle): void {
    const height = heightOf(content, style, contentWidth)
    need(height)
    const top = y
    root.add(doc.struct(tag, { lang }, [() => draw(content, style, page.side, top, contentWidth)]))
    y += height
  }

  function section(heading: string, following: number): void {
    need(following)
    text('H2', heading, styles.heading)
    y += 3
  }

  function fields(list: readonly Field[]): void {
    if (list.length === 0) return
    const table = doc.struct('Table', { lang })
    root.add(table)
    for (const { label, value } of list) {
      const valueWidth = contentWidth - labelWidth
      const height = Math.max(heightOf(label, styles.label, labelWidth - 8), heightOf(value, styles.body, valueWidth))
      need(height)
      const top = y
      const cells = [
        cell('TH', 'Row', () => draw(label, styles.label, page.side, top + 0.8, labelWidth - 8)),
        cell('TD', undefined, () => draw(value, styles.body, page.side + labelWidth, top, valueWidth)),
      ]
      table.add(doc.struct('TR', { lang }, cells))
      y += height + 1.5
    }
    table.end()
  }

  function headline(words: Statement['headline']): void {
    const height = 78
    need(height)
    const top = y
    artifact(() => doc.roundedRect(page.side, top, contentWidth, height, 6).fill(band))
    const x = page.side + 18
    const width = contentWidth - 36
    root.add(doc.struct('P', { lang }, [() => draw(words.label, styles.small, x, top + 11, width)]))
    root.add(doc.struct('P', { lang }, [() => draw(words.amount, styles.amount, x, top + 24, width)]))
    const note = { ...styles.body, align: 'right', color: muted } as const
    root.add(doc.struct('P', { lang }, [() => draw(words.note, note, x, top + 42, width)]))
    y += height
  }

  function worksheet(columns: Statement['worksheet']['columns'], rows: readonly StatementRow[]): void {
    const table = doc.struct('Table', { lang })
    root.add(table)
    const factorX = page.side + stepWidth + columnGap
    const amountX = factorX + factorWidth + columnGap
    const right = { ...styles.column, align: 'right' } as const
    const header = () => {
      const top = y
      table.add(
        doc.struct('TR', { lang }, [
          cell('TH', 'Column', () => draw(columns[0], styles.column, page.side, top, stepWidth)),
          cell('TH', 'Column', () => draw(columns[1], right, factorX, top, factorWidth)),
          cell('TH', 'Column', () => draw(columns[2], right, amountX, top, amountWidth)),
        ]),
      )
      y += heightOf(columns[0], styles.column, stepWidth) + 3
      line(y, muted)
    }
    header()
    rows.forEach((row, index) => {
      const isLast = index === rows.length - 1
      const titleHeight = heightOf(row.title, styles.step, stepWidth)
      const height = titleHeight + heightOf(row.sentence, styles.small, stepWidth) + 9
      if (need(height)) header()
      const top = y + 4
      const amountStyle = isLast ? { ...styles.total, color: accent } : styles.figure
      table.add(
        doc.struct('TR', { lang }, [
          cell('TH', 'Row', () => {
            draw(row.title, styles.step, page.side, top, stepWidth)
            draw(row.sentence, styles.small, page.side, top + titleHeight, stepWidth)
          }),
          cell('TD', undefined, () => draw(row.factor, styles.figure, factorX, top, factorWidth)),
          cell('TD', undefined, () => draw(row.amount, amountStyle, amountX, top, amountWidth)),
        ]),
      )
      y += height
      line(y, isLast ? muted : rule)
    })
    table.end()
  }

  function end(footer: Statement['footer']): void {
    root.end()
    const { start, count } = doc.bufferedPageRange()
    for (let index = start; index < start + count; index += 1) {
      doc.switchToPage(index)
      doc.markContent('Artifact', { type: 'Pagination' })
      const top = page.height - 44
      draw(footer.zone, styles.small, page.side, top, contentWidth)
      draw(footer.page(index + 1, count), { ...styles.small, align: 'right' }, page.side, top, contentWidth)
      doc.endMarkedContent()
    }
  }

  const gap = (height: number) => {
    y += height
  }
  return { text, section, fields, headline, worksheet, gap, end }
}
