// The text of a PDF as `pdftotext` reads it.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findService } from '../services.ts'

export function pdfText(pdf: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'merit-pdf-'))
  try {
    const file = join(folder, 'statement.pdf')
    writeFileSync(file, pdf)
    return execFileSync(findService('pdftotext') ?? 'pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
