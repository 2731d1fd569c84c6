// The tables of a claims folder as the reference fits saw them: derived columns added, samples taken. Which files a folder must have
// is said by the error for the first that is missing.

import { join } from 'node:path'
import { type Column, type DataTable, numeric, takeRows } from '../../../pricing/fit/data-table.ts'
import { readTable } from '../../../pricing/fit/read-table.ts'

/** The folder does not hold what the benchmark needs. */
export class BadClaimsFolder extends Error {
  readonly code = 'bad-claims-folder'
}

/** One of its files is not there. */
export class NoClaimsFile extends BadClaimsFolder {}

const categoricalColumns: Readonly<Record<string, readonly string[]>> = {
  'swautoins.csv.gz': ['Kilometres', 'Zone', 'Bonus', 'Make'],
}

export async function readClaims(folder: string, file: string): Promise<DataTable> {
  const kinds = new Map((categoricalColumns[file] ?? []).map((name) => [name, 'categorical'] as const))
  let read: Awaited<ReturnType<typeof readTable>>
  try {
    read = await readTable(join(folder, file), { kinds })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw new (isMissing ? NoClaimsFile : BadClaimsFolder)(`${file} cannot be read from ${folder}: ${reason}`)
  }
  if (read.kind === 'table') return read.table
  throw new BadClaimsFolder(`${file} cannot be read: ${JSON.stringify(read.problem)}`)
}

export function numbers(table: DataTable, name: string): Float64Array {
  const column = table.columns.get(name)
  if (column?.kind === 'numeric') return column.values
  throw new BadClaimsFolder(`there is no numeric column ${name}`)
}

export function withColumns(table: DataTable, added: Readonly<Record<string, Column>>): DataTable {
  return { rows: table.rows, columns: new Map([...table.columns, ...Object.entries(added)]) }
}

/** The mean claim of a policy counts with at most this amount. */
const meanClaimMax = 100_000

/** freMTPL2 with the area as a number, as the split of Noll, Salzmann and Wüthrich (2018) uses it. */
export async function readFrequency(folder: string): Promise<DataTable> {
  const table = await readClaims(folder, 'freMTPL2freq.csv.gz')
  const area = table.columns.get('Area')
  if (area?.kind !== 'categorical') throw new BadClaimsFolder('freMTPL2freq.csv.gz has no column Area')
  return withColumns(table, { AreaGLM: numeric(Float64Array.from(area.codes, (code) => code + 1)) })
}

export interface Split {
  readonly train: DataTable
  readonly test: DataTable
}

export async function splitSample(folder: string, table: DataTable): Promise<Split> {
  const rows = numbers(await readClaims(folder, 'reference/testrows_orig_R350.csv.gz'), 'row')
  const isTest = new Uint8Array(table.rows)
  for (const row of rows) isTest[row - 1] = 1
  const all = Int32Array.from({ length: table.rows }, (_, row) => row)
  return {
    train: takeRows(
      table,
      all.filter((row) => isTest[row] === 0),
    ),
    test: takeRows(
      table,
      all.filter((row) => isTest[row] === 1),
    ),
  }
}

/** Each policy with the number of its paid claims, their capped mean and the sum that follows from it. */
export async function readPurePremium(folder: string, frequency: DataTable): Promise<DataTable> {
  const claims = await readClaims(folder, 'freMTPL2sev.csv.gz')
  const rowOf = new Map([...numbers(frequency, 'IDpol')].map((id, row) => [id, row]))
  const amounts = numbers(claims, 'ClaimAmount')
  const sums = new Float64Array(frequency.rows)
  const counts = new Float64Array(frequency.rows)
  numbers(claims, 'IDpol').forEach((id, claim) => {
    // Claims of policies that are not there are left out.
    const row = rowOf.get(id)
    if (row === undefined) return
    sums[row] = (sums[row] ?? 0) + (amounts[claim] ?? 0)
    counts[row] = (counts[row] ?? 0) + 1
  })
  const means = sums.map((sum, row) => ((counts[row] ?? 0) > 0 ? Math.min(meanClaimMax, sum / (counts[row] ?? 1)) : 0))
  return withColumns(frequency, {
    PaidClaims: numeric(counts),
    MeanClaim: numeric(means),
    ClaimAmount: numeric(means.map((mean, row) => mean * (counts[row] ?? 0))),
  })
}
