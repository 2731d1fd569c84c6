// Rows of a CSV file that people open in a spreadsheet: what is written in a cell is read there and never run.

import { stringify } from 'csv-stringify/sync'

/** So that a spreadsheet takes the names for what they are. */
export const byteOrderMark = '\uFEFF'

export function csvRows(cells: readonly (readonly string[])[]): string {
  return stringify(
    cells.map((row) => row.map(asText)),
    { record_delimiter: 'windows' },
  )
}

/** A negative amount is a number and stays one; anything else that begins like a formula is not run. */
function asText(cell: string): string {
  return /^[=+@\t\r\n\uFF1D\uFF0B\uFF20]|^[-\uFF0D](?!\d+(\.\d+)?$)/.test(cell) ? `'${cell}` : cell
}
