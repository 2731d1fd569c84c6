// Checks a table of claims before an additive model is fitted to it, and orders its rows by fold.

import type { DataProblem } from '../fit/data-problem.ts'
import { type CategoricalColumn, type Column, type DataTable, takeRows } from '../fit/data-table.ts'
import { isPossible } from '../fit/family.ts'
import { binsMax } from './factor-bins.ts'
import type { LogFamily, Stretch } from './loss-rows.ts'
import type { Direction } from './monotone.ts'
import { seededRandom } from './seeded-random.ts'

export interface AdditiveSpec {
  readonly family: LogFamily
  /** In total for the row: claims, or money. */
  readonly response: string
  /** What the response grows with in proportion: years insured, or claims. */
  readonly exposure: string
  /** In the order of the worksheet. */
  readonly factors: readonly { readonly column: string; readonly direction?: Direction }[]
  /** One of the factors, of few levels: the pairs of the others have a table for each of them. */
  readonly by?: string
}

export interface TrainingData {
  readonly rows: number
  readonly weights: Float64Array
  readonly totals: Float64Array
  /** Of the factors, by name. */
  readonly columns: ReadonlyMap<string, Column>
  readonly folds: readonly Stretch[]
}

export type CheckedData =
  | { readonly kind: 'data'; readonly data: TrainingData }
  | { readonly kind: 'bad-data'; readonly problem: DataProblem }

/** With more, a level's own tables are mostly thin cells. */
const byLevelsMax = 8

/** @param folds 2 or more; rows are dealt to them by the seed */
export function trainingData(table: DataTable, spec: AdditiveSpec, seed: number, folds: number): CheckedData {
  const problem = problemOf(table, spec)
  if (problem !== undefined) return { kind: 'bad-data', problem }
  const { order, stretches } = dealRows(table.rows, seed, folds)
  const ordered = takeRows(table, order)
  const columns = new Map(
    spec.factors.flatMap(({ column }) => {
      const found = ordered.columns.get(column)
      return found === undefined ? [] : [[column, found] as const]
    }),
  )
  const numbers = (name: string): Float64Array => {
    const column = ordered.columns.get(name)
    return column?.kind === 'numeric' ? column.values : new Float64Array(0)
  }
  const data = { rows: table.rows, weights: numbers(spec.exposure), totals: numbers(spec.response), columns, folds: stretches }
  return { kind: 'data', data }
}

function problemOf(table: DataTable, { family, response, exposure, factors, by }: AdditiveSpec): DataProblem | undefined {
  const columns = [...table.columns.keys()]
  const names = factors.map(({ column }) => column)
  const absent = [response, exposure, ...names].find((name) => !table.columns.has(name))
  if (absent !== undefined) return { kind: 'no-column', column: absent, columns }
  if (table.rows === 0) return { kind: 'no-rows' }
  const [totals, weights] = [table.columns.get(response), table.columns.get(exposure)]
  if (totals?.kind !== 'numeric') return { kind: 'wrong-kind', column: response, expected: 'numeric' }
  if (weights?.kind !== 'numeric') return { kind: 'wrong-kind', column: exposure, expected: 'numeric' }
  for (let row = 0; row < table.rows; row++) {
    const [weight, total] = [weights.values[row] ?? Number.NaN, totals.values[row] ?? Number.NaN]
    if (!Number.isFinite(weight)) return { kind: 'not-finite', column: exposure, row: row + 1, value: weight }
    if (weight <= 0) return { kind: 'exposure-not-positive', column: exposure, row: row + 1, value: weight }
    if (!isPossible(family, total)) {
      return { kind: 'impossible-response', column: response, row: row + 1, value: total, family: family.kind }
    }
  }
  if (totals.values.every((total) => total === 0)) return { kind: 'constant-response', column: response, value: 0 }
  for (const { column, direction } of factors) {
    const found = table.columns.get(column)
    if (found === undefined) continue
    const problem = factorProblem(column, direction, found)
    if (problem !== undefined) return problem
  }
  return by === undefined ? undefined : byProblem(by, names, table)
}

function byProblem(by: string, factors: readonly string[], { columns }: DataTable): DataProblem | undefined {
  if (!factors.includes(by)) return { kind: 'no-column', column: by, columns: factors }
  const column = columns.get(by)
  if (column?.kind !== 'categorical') return { kind: 'wrong-kind', column: by, expected: 'categorical' }
  const found = column.levels.length
  return found > byLevelsMax ? { kind: 'too-many-parameters', found, max: byLevelsMax } : undefined
}

function factorProblem(column: string, direction: Direction | undefined, values: Column): DataProblem | undefined {
  if (values.kind === 'categorical') {
    // Which of two texts is more has no answer.
    if (direction !== undefined) return { kind: 'wrong-kind', column, expected: 'numeric' }
    if (values.levels.length > binsMax) return { kind: 'too-many-parameters', found: values.levels.length, max: binsMax }
    return onlyLevel(column, values)
  }
  const bad = values.values.findIndex((value) => !Number.isFinite(value))
  if (bad !== -1) return { kind: 'not-finite', column, row: bad + 1, value: values.values[bad] ?? Number.NaN }
  const first = values.values[0] ?? 0
  return values.values.every((value) => value === first) ? { kind: 'one-level', term: column, level: `${first}` } : undefined
}

function onlyLevel(term: string, { codes, levels }: CategoricalColumn): DataProblem | undefined {
  const first = codes[0] ?? 0
  return codes.every((code) => code === first) ? { kind: 'one-level', term, level: levels[first] ?? '' } : undefined
}

function dealRows(rows: number, seed: number, folds: number): { order: Int32Array; stretches: readonly Stretch[] } {
  const random = seededRandom(seed)
  const foldOf = Uint8Array.from({ length: rows }, () => Math.floor(random() * folds))
  const order = new Int32Array(rows)
  const stretches: Stretch[] = []
  let at = 0
  for (let fold = 0; fold < folds; fold++) {
    const from = at
    for (let row = 0; row < rows; row++) if (foldOf[row] === fold) order[at++] = row
    stretches.push([from, at])
  }
  return { order, stretches }
}
