// A page of a PDF as a printer would put it on paper: grey dots, by `pdftoppm`.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findService } from '../services.ts'

export interface PrintedPage {
  readonly width: number
  readonly height: number
  /** 0 is black, 255 is white. */
  readonly shadeAt: (x: number, y: number) => number
}

/** The first page. */
export function printedPage(pdf: Uint8Array, dpi: number): PrintedPage {
  const folder = mkdtempSync(join(tmpdir(), 'merit-print-'))
  try {
    const file = join(folder, 'document.pdf')
    writeFileSync(file, pdf)
    const target = join(folder, 'page')
    execFileSync(findService('pdftoppm') ?? 'pdftoppm', ['-r', String(dpi), '-gray', '-f', '1', '-singlefile', file, target])
    return portableGrayMap(readFileSync(`${target}.pgm`))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Netpbm's binary form: a line each of magic, size and depth, then a byte a dot. */
function portableGrayMap(bytes: Buffer): PrintedPage {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 64).toString('latin1'))
  if (head === null) throw new Error('not a grey map')
  const [width, height, start] = [Number(head[1]), Number(head[2]), head[0].length]
  return { width, height, shadeAt: (x, y) => bytes[start + y * width + x] ?? 255 }
}

/** The smallest box around everything dark in the corner that the shares of the page name. */
export function darkBounds(
  { width, height, shadeAt }: PrintedPage,
  { fromX, toY }: { readonly fromX: number; readonly toY: number },
): readonly [left: number, top: number, right: number, bottom: number] {
  let [left, top, right, bottom] = [width, height, 0, 0]
  // A row of letters below the code is lighter than its modules: only what is nearly black counts.
  for (let y = 0; y < height * toY; y++) {
    for (let x = Math.floor(width * fromX); x < width; x++) {
      if (shadeAt(x, y) > 60) continue
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y + 1)
    }
  }
  return [left, top, right, bottom]
}
