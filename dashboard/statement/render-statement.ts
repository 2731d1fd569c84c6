// Draws a statement as a tagged A4 PDF. The order of its blocks is here; type, pages and tables are those of every PDF.

import { closePaper, gap, openPaper, section, text } from '../pdf/paper.ts'
import { drawQr, qrSize } from '../pdf/qr.ts'
import { contentWidth, page, styles } from '../pdf/styles.ts'
import { drawFields, drawHeadline, drawTable } from '../pdf/table.ts'
import type { Statement } from './statement.ts'

/** The worksheet's columns: what the step says takes what the two columns of figures leave. */
const factorWidth = 60
const amountWidth = 74

/** @returns the bytes of the PDF, the same for the same statement */
export function renderStatement(statement: Statement): Promise<Uint8Array> {
  const paper = openPaper({
    locale: statement.locale,
    title: statement.documentTitle,
    subject: statement.subject,
    atMs: statement.issuedAtMs,
  })
  const top = paper.y
  text(paper, 'P', 'Merit', styles.brand)
  gap(paper, 6)
  text(paper, 'H1', statement.title, styles.title)
  text(paper, 'P', statement.product, styles.small)
  gap(paper, 12)
  drawFields(paper, statement.fields, undefined, contentWidth - qrSize - 16)
  // Its quiet zone reaches into the margin, so that the dark modules end where the text does.
  drawQr(paper, statement.code, page.width - page.side - qrSize + 6, top + 14)
  gap(paper, 14)
  drawHeadline(paper, statement.headline)
  gap(paper, 18)
  section(paper, statement.why.heading, 40)
  for (const sentence of statement.why.sentences) text(paper, 'P', sentence, styles.body)
  gap(paper, 16)
  section(paper, statement.worksheet.heading, 90)
  text(paper, 'P', statement.worksheet.intro, styles.small)
  gap(paper, 6)
  const [step, factor, amount] = statement.worksheet.columns
  drawTable(
    paper,
    [
      { title: step },
      { title: factor, width: factorWidth, align: 'right' },
      { title: amount, width: amountWidth, align: 'right' },
    ],
    statement.worksheet.rows.map((row, index, rows) => ({
      cells: [{ title: row.title, note: row.sentence }, row.factor, row.amount],
      ...(index === rows.length - 1 ? { kind: 'total' } : {}),
    })),
  )
  gap(paper, 18)
  section(paper, statement.summary.heading, 90)
  text(paper, 'P', statement.summary.text, styles.small)
  gap(paper, 4)
  drawFields(paper, statement.summary.fields)
  gap(paper, 16)
  section(paper, statement.proof.heading, 110)
  text(paper, 'P', statement.proof.text, styles.body)
  gap(paper, 6)
  drawFields(paper, statement.proof.fields)
  return closePaper(paper, { left: statement.footer.zone, page: statement.footer.page })
}
