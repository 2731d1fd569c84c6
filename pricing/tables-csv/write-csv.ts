// Tables of an edition as CSV (RFC 4180): commas, decimal points, one line of column names; and all of them as one zip.

import { stringify } from 'csv-stringify/sync'
import { strToU8, zipSync } from 'fflate'
import type { EditionDocument } from '../edition/edition-document.ts'
import { type EditionTable, editionTables } from './edition-tables.ts'

export function tableCsv({ columns, rows }: EditionTable): string {
  return stringify([columns.map(({ name }) => name), ...rows.map((row) => row.map((cell) => cell ?? ''))], {
    record_delimiter: '\r\n',
    cast: { number: (figure) => String(figure) },
  })
}

/** ZIP knows no time before 1980; with one time the same tables are the same bytes. */
const zippedAt = new Date(1980, 0, 1)

/** Each table as `NAME.csv`. */
export function tablesZip(edition: EditionDocument): Uint8Array {
  const files = editionTables(edition).map((table) => [`${table.name}.csv`, strToU8(tableCsv(table))] as const)
  return zipSync(Object.fromEntries(files), { mtime: zippedAt, level: 6 })
}
