// Draws a notice of a changed premium as a tagged A4 PDF. The order of its blocks is here; type, pages and tables are those of
// every PDF.

import { closePaper, gap, openPaper, section, text } from '../pdf/paper.ts'
import { styles } from '../pdf/styles.ts'
import { drawFields, drawHeadline, drawTable, type Row } from '../pdf/table.ts'
import type { NoticeDocument } from './notice.ts'

const amountWidth = 84
/** Labels of hashes are longer than those of names. */
const proofLabelWidth = 132

/** @returns the bytes of the PDF, the same for the same notice */
export function renderNotice(notice: NoticeDocument): Promise<Uint8Array> {
  const paper = openPaper({ locale: notice.locale, title: notice.documentTitle, atMs: notice.issuedAtMs })
  text(paper, 'P', 'Merit', styles.brand)
  gap(paper, 6)
  text(paper, 'H1', notice.title, styles.title)
  text(paper, 'P', notice.product, styles.small)
  gap(paper, 12)
  drawFields(paper, notice.fields)
  gap(paper, 14)
  drawHeadline(paper, notice.headline)
  gap(paper, 18)
  section(paper, notice.short.heading, 40)
  for (const sentence of notice.short.sentences) text(paper, 'P', sentence, styles.body)
  gap(paper, 16)
  section(paper, notice.reasons.heading, 110)
  text(paper, 'P', notice.reasons.intro, styles.small)
  gap(paper, 6)
  const [what, amount] = notice.reasons.columns
  drawTable(paper, [{ title: what }, { title: amount, width: amountWidth, align: 'right' }], reasonRows(notice.reasons))
  gap(paper, 18)
  section(paper, notice.how.heading, 70)
  text(paper, 'P', notice.how.text, styles.body)
  gap(paper, 16)
  section(paper, notice.rights.heading, 80)
  text(paper, 'P', notice.rights.text, styles.body)
  gap(paper, 3)
  text(paper, 'P', notice.rights.rule, styles.small)
  gap(paper, 16)
  section(paper, notice.proof.heading, 70)
  drawFields(paper, notice.proof.fields, proofLabelWidth)
  return closePaper(paper, { left: notice.footer.zone, page: notice.footer.page })
}

function reasonRows({ groups, total }: NoticeDocument['reasons']): readonly Row[] {
  const rows = groups.flatMap((group): readonly Row[] => [
    { cells: [group.title, group.amount], kind: 'group' },
    ...group.rows.map(({ title, sentence, amount }) => ({ cells: [{ title, note: sentence }, amount] })),
  ])
  return [...rows, { cells: total, kind: 'total' }]
}
