// Everything held of a policy as a ZIP: each table as CSV and as JSON, and a page that says what is what. Written piece by piece, so
// that years of readings never lie in memory.

import { Zip, ZipDeflate } from 'fflate'
import type { Cell, HeldRow, HeldTable } from './held-tables.ts'

/** Text gathered before it is compressed: enough to compress well, little to hold. */
const gatheredCharactersMax = 256 * 1024
const level = 6

export interface ExportFile {
  readonly name: string
  readonly text: string
}

/**
 * @param notes files of words, first in the archive
 * @param onRows told now and then how many rows of readings have been written
 */
export async function* exportZip(
  tables: readonly HeldTable[],
  notes: readonly ExportFile[],
  atMs: number,
  onRows: (readings: number) => void = () => undefined,
): AsyncIterable<Uint8Array> {
  let ready: Uint8Array[] = []
  let failure: Error | undefined
  const zip = new Zip((error, piece) => {
    if (error !== null) failure = error
    else ready.push(piece)
  })
  const encoder = new TextEncoder()
  function* taken(): Iterable<Uint8Array> {
    if (failure !== undefined) throw failure
    const pieces = ready
    ready = []
    yield* pieces
  }
  const files: readonly { readonly name: string; texts(): AsyncIterable<string> }[] = [
    ...notes.map(({ name, text }) => ({ name, texts: () => once(text) })),
    ...tables.flatMap((table) => [
      { name: `${table.name}.csv`, texts: () => csvTexts(table, table.about === 'readings' ? onRows : undefined) },
      { name: `${table.name}.json`, texts: () => jsonTexts(table) },
    ]),
  ]
  for (const { name, texts } of files) {
    const entry = new ZipDeflate(name, { level })
    entry.mtime = atMs
    zip.add(entry)
    let gathered = ''
    for await (const text of texts()) {
      gathered += text
      if (gathered.length < gatheredCharactersMax) continue
      entry.push(encoder.encode(gathered))
      gathered = ''
      yield* taken()
    }
    entry.push(encoder.encode(gathered), true)
    yield* taken()
  }
  zip.end()
  yield* taken()
}

async function* once(text: string): AsyncIterable<string> {
  yield text
}

/** RFC 4180, and a mark at the start by which spreadsheets know that it is UTF-8. */
async function* csvTexts(table: HeldTable, onRows?: (rows: number) => void): AsyncIterable<string> {
  yield `\uFEFF${table.columns.map(csvCell).join(',')}\r\n`
  let rows = 0
  for await (const row of table.rows()) {
    yield `${table.columns.map((column) => csvCell(row[column] ?? null)).join(',')}\r\n`
    rows += 1
    if (rows % 1000 === 0) onRows?.(rows)
  }
  onRows?.(rows)
}

/** What a spreadsheet would take for a formula is written so that it stays text; a number is a number. */
export function csvCell(value: Cell | object): string {
  if (value === null) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const safe = /^[\s]*[=+\-@|\t\r]/.test(text) || /^[＝＋－＠]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

async function* jsonTexts(table: HeldTable): AsyncIterable<string> {
  let isFirst = true
  for await (const row of table.rows()) {
    yield `${isFirst ? '[\n' : ',\n'}${JSON.stringify(row satisfies HeldRow)}`
    isFirst = false
  }
  yield isFirst ? '[]\n' : '\n]\n'
}
