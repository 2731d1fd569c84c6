// A QR code in a PDF, drawn as vectors: sharp at any size in print. It is a figure and a link, so that a click does what a camera does.

import { encode } from 'uqr'
import { draw, type Paper } from './paper.ts'
import { ink, styles, type TextStyle } from './styles.ts'

/** ISO/IEC 18004 asks for four modules of nothing around the code. */
const quietModules = 4

export interface QrCode {
  /** http or https: what else a camera would open does not belong on paper. */
  readonly url: string
  readonly caption: string
  /** What it is, for those who do not see it. */
  readonly meaning: string
}

export const qrSize = 92

/** Takes no room: the caller has it beside something. @throws RangeError for an address of another scheme */
export function drawQr(paper: Paper, code: QrCode, left: number, top: number): void {
  if (!/^https?:\/\//.test(code.url)) throw new RangeError('a QR code leads to an http or https address')
  const { doc, root, lang } = paper
  const { data, size } = encode(code.url, { ecc: 'M', border: 0 })
  const module = qrSize / (size + 2 * quietModules)
  const inset = quietModules * module
  const picture = () => {
    for (const [row, line] of data.entries()) {
      for (const { from, length } of runsOf(line)) {
        doc.rect(left + inset + from * module, top + inset + row * module, length * module, module)
      }
    }
    doc.fill(ink)
  }
  const link = doc.struct('Link', { lang, alt: code.meaning })
  root.add(link)
  link.add(doc.struct('Figure', { lang, alt: code.meaning }, [picture]))
  const caption: TextStyle = { ...styles.small, size: 7.5, align: 'center' }
  const words = () => draw(paper, code.caption, caption, left, top + qrSize - inset + 3, qrSize)
  link.add(doc.struct('Span', { lang }, [words]))
  // Whoever reads the page by its structure finds the link there.
  const place = { Contents: undefined, structParent: link }
  doc.link(left, top, qrSize, qrSize, code.url, place)
  link.end()
}

/** Dark modules side by side, as one rectangle each: no hair lines between them on screen. */
function runsOf(line: readonly boolean[]): readonly { readonly from: number; readonly length: number }[] {
  const starts = line.flatMap((isDark, at) => (isDark && line[at - 1] !== true ? [at] : []))
  return starts.map((from) => {
    const end = line.indexOf(false, from)
    return { from, length: (end === -1 ? line.length : end) - from }
  })
}
