// Reads an edition's document into tables a person can follow, without knowing every plan's form: whatever is a list of
// pairs, a list of rows or a list of named factors becomes a table, in the document's order; single figures become one table.

export interface EditionTable {
  /** Where in the document, such as `behaviours.braking.curve`. */
  readonly path: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Test cases are for machines, and head fields are shown above the tables. */
const hidden: ReadonlySet<string> = new Set(['testCases', 'schema', 'planId', 'product', 'title', 'note'])

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
  if (Array.isArray(value))
    return value.some(hasTables) ? value.flatMap((entry, index) => partTables(path, entry, index)) : [listTable(path, value)]
  if (!isRecord(value)) return []
  if (value['kind'] === 'pair') return [pairTable(path, value)]
  const entries = Object.entries(value)
  const single = entries.filter(([, entry]) => isPlain(entry))
  const rest = entries.filter(([, entry]) => !isPlain(entry))
  const own: EditionTable[] =
    single.length === 0 ? [] : [{ path, columns: ['', ''], rows: single.map(([key, entry]) => [key, write(entry)]) }]
  return [...own, ...rest.flatMap(([key, entry]) => tablesOf(`${path}.${key}`, entry))]
}

/** A part that has tables of its own, such as a factor with its bands. */
function hasTables(entry: unknown): boolean {
  return isRecord(entry) && Object.values(entry).some((value) => !isPlain(value))
}

function partTables(path: string, entry: unknown, index: number): readonly EditionTable[] {
  const name = isRecord(entry) ? (entry['id'] ?? entry['coverage'] ?? index) : index
  return tablesOf(`${path}.${write(name)}`, entry)
}

/** Rows down, columns across. */
function pairTable(path: string, pair: Readonly<Record<string, unknown>>): EditionTable {
  const levels = (axis: unknown): readonly string[] =>
    Array.isArray(axis) ? axis.map((entry: unknown) => (isRecord(entry) ? write(entry['level']) : '')) : []
  const factors: readonly unknown[] = Array.isArray(pair['factors']) ? pair['factors'] : []
  const rows = levels(pair['rows']).map((level, index) => {
    const row = factors[index]
    return [level, ...(Array.isArray(row) ? row.map(write) : [])]
  })
  return { path, columns: [write(pair['inputs']), ...levels(pair['columns'])], rows }
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

/** What fits one cell: a figure, a text, the plan's own words, a list of names. */
function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null || isWords(value) || isNames(value)
}

function isWords(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && 'en' in value && 'zh-CN' in value
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === 'string')
}

function write(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (isWords(value)) return Object.values(value).join(' · ')
  if (isNames(value)) return value.join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
