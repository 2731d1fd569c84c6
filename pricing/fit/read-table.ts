// Reads a table from a CSV file, compressed by gzip or not.

import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type ParsedTable, parseTable, type TableOptions } from './parse-table.ts'

/** Above this a file has been mistaken for a table: it would not fit beside its columns in the memory of one machine. */
export const tableBytesMax = 2_000_000_000

const inflate = promisify(gunzip)

/** @throws the file system's own error, and zlib's for a file that is not gzip */
export async function readTable(file: string, options: TableOptions = {}): Promise<ParsedTable> {
  const bytes = await readFile(file)
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  return parseTable(isGzip ? await inflate(bytes, { maxOutputLength: tableBytesMax }) : bytes, options)
}
