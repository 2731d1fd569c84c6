// Reads an edition's document into tables a person can follow, without knowing every plan's form: whatever is a list of
// pairs, a list of rows or a list of named factors becomes a table, in the document's order; single figures become one table.

export interface EditionTable {
  /** Where in the document, such as `behaviours.braking.curve`. */
  readonly path: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Test cases are for machines, and head fields are shown above the tables. */
const hidden = new Set(['testCases', 'schema', 'planId', 'product', 'title', 'note'])

export function editionTables(document: unknown): readonly EditionTable[] {
  if (!isRecord(document)) return []
  const entries = Object.entries(document).filter(([key]) => !hidden.has(key))
  const single = entries.filter(([, value]) => isPlain(value))
  const head: EditionTable[] =
    single.length === 0 ? [] : [{ path: '', columns: ['', ''], rows: single.map(([key, value]) => [key, write(value)]) }]
  return [...head, ...entries.filter(([, value]) => !isPlain(value)).flatMap(([key, value]) => tablesOf(key, value))]
}

export function documentText(document: unknown, key: string): string {
  const value = isRecord(document) ? document[key] : undefined
  return typeof value === 'string' ? value : ''
}

function tablesOf(path: string, value: unknown): readonly EditionTable[] {
  if (Array.isArray(value)) return [listTable(path, value)]
  if (!isRecord(value)) return []
  const entries = Object.entries(value)
  const single = entries.filter(([, entry]) => isPlain(entry))
  const rest = entries.filter(([, entry]) => !isPlain(entry))
  const own: EditionTable[] =
    single.length === 0 ? [] : [{ path, columns: ['', ''], rows: single.map(([key, entry]) => [key, write(entry)]) }]
  return [...own, ...rest.flatMap(([key, entry]) => tablesOf(`${path}.${key}`, entry))]
}

function listTable(path: string, list: readonly unknown[]): EditionTable {
  if (list.every(Array.isArray)) {
    const rows = list.map((row: readonly unknown[]) => row.map(write))
    return { path, columns: (rows[0] ?? []).map((_, index) => ['x', 'factor'][index] ?? ''), rows }
  }
  if (list.every(isRecord)) {
    const columns = [...new Set(list.flatMap((row) => Object.keys(row)))]
    return { path, columns, rows: list.map((row) => columns.map((column) => write(row[column]))) }
  }
  return { path, columns: [''], rows: list.map((entry) => [write(entry)]) }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}

function write(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
