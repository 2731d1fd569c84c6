// The terms of a model over the rows of a table. A term of levels stays a column of codes; only numbers become columns of a
// matrix, so that nothing of the size rows × parameters ever exists. Treatment contrasts: the reference level has no parameter.

import { UnfitData } from './data-problem.ts'
import { levelsOf, type ModelRows, numbersOf, sharedFloats, sharedIntegers } from './model-rows.ts'
import { type ModelSpec, type Term, termId } from './model-spec.ts'
import { splineAt } from './spline-basis.ts'

/** The normal equations take memory by its square and time by its cube. */
export const parametersMax = 2000

/** A term of levels: one code a row, and for each code its parameter, or -1 for what has none. */
export interface FactorTerm {
  readonly kind: 'factor'
  readonly id: string
  readonly levels: readonly string[]
  readonly reference: string
  readonly codes: Int32Array
  readonly parameterOf: Int32Array
  /** The factors of which this is the interaction. */
  readonly parents: readonly FactorTerm[]
}

/** A term of numbers: one column for each parameter, which are `first`, `first + 1`, … */
export interface DenseTerm {
  readonly kind: 'dense'
  readonly id: string
  readonly first: number
  readonly columns: readonly Float64Array[]
}

export type DesignTerm = FactorTerm | DenseTerm

export interface Parameter {
  readonly name: string
  readonly term: string
  /** Of a term of levels. */
  readonly level?: string
}

export interface Design {
  readonly rows: ModelRows
  readonly terms: readonly DesignTerm[]
  /** The intercept is the first. */
  readonly parameters: readonly Parameter[]
}

export const interceptName = '(Intercept)'

/** @throws UnfitData */
export function buildDesign(model: ModelSpec, rows: ModelRows): Design {
  const parameters: Parameter[] = [{ name: interceptName, term: interceptName }]
  const terms = new Map<string, DesignTerm>()
  for (const term of model.terms) {
    const id = termId(term)
    const built = buildTerm(term, id, rows, terms, parameters)
    terms.set(id, built)
    if (parameters.length > parametersMax) {
      throw new UnfitData({ kind: 'too-many-parameters', found: parameters.length, max: parametersMax })
    }
  }
  return { rows, terms: [...terms.values()], parameters }
}

function buildTerm(
  term: Term,
  id: string,
  rows: ModelRows,
  earlier: ReadonlyMap<string, DesignTerm>,
  parameters: Parameter[],
): DesignTerm {
  switch (term.kind) {
    case 'levels': {
      const { levels, codes } = levelsOf(rows.table, term.column)
      checkSelected(id, term.selected, levels)
      return factorTerm(id, presentLevels(levels, codes), term.reference, rows, parameters)
    }
    case 'bands':
      checkSelected(
        id,
        term.selected,
        term.bands.map(({ level }) => level),
      )
      return factorTerm(id, bandCodes(term, rows), term.reference, rows, parameters)
    case 'number':
      return denseTerm(id, [numberColumn(term, id, rows)], [id], parameters)
    case 'spline': {
      const values = numbersOf(rows.table, term.column, rows.givenRow)
      const width = splineAt(term, term.boundary[0]).length
      const columns = Array.from({ length: width }, () => sharedFloats(rows.rows))
      const known = new Map<number, readonly number[]>()
      for (let row = 0; row < rows.rows; row++) {
        const x = values[row] ?? 0
        const at = known.get(x) ?? splineAt(term, x)
        // Ages and the like repeat; a column of distinct values must not fill the memory.
        if (known.size < 10_000) known.set(x, at)
        for (let column = 0; column < width; column++) {
          const target = columns[column]
          if (target !== undefined) target[row] = at[column] ?? 0
        }
      }
      return denseTerm(
        id,
        columns,
        columns.map((_, index) => `${id}.${index + 1}`),
        parameters,
      )
    }
    case 'interaction': {
      const [left, right] = term.of.map((name) => earlier.get(name))
      if (left === undefined || right === undefined)
        throw new UnfitData({ kind: 'no-column', column: id, columns: [...earlier.keys()] })
      return interaction(id, left, right, rows, parameters)
    }
  }
}

/** @throws UnfitData */
function checkSelected(id: string, selected: Readonly<Record<string, number>> | undefined, levels: readonly string[]): void {
  const unknown = Object.keys(selected ?? {}).find((level) => !levels.includes(level))
  if (unknown !== undefined) throw new UnfitData({ kind: 'unknown-selected', term: id, level: unknown, levels })
}

interface Coded {
  readonly levels: readonly string[]
  readonly codes: Int32Array
}

/** Without the levels that no row has, such as those of rows that were not kept. */
function presentLevels(levels: readonly string[], codes: Int32Array): Coded {
  const counts = new Int32Array(levels.length)
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? 0
    counts[code] = (counts[code] ?? 0) + 1
  }
  const present = levels.filter((_, code) => (counts[code] ?? 0) > 0)
  if (present.length === levels.length) return { levels, codes }
  const place = Int32Array.from(levels, (level) => present.indexOf(level))
  return { levels: present, codes: codes.map((code) => place[code] ?? 0) }
}

/** @throws UnfitData where the reference is not a level, or there is nothing to compare */
function factorTerm(
  id: string,
  { levels, codes }: Coded,
  wanted: string | undefined,
  rows: ModelRows,
  parameters: Parameter[],
): FactorTerm {
  if (wanted !== undefined && !levels.includes(wanted)) {
    throw new UnfitData({ kind: 'unknown-reference', term: id, reference: wanted, levels })
  }
  const shared = sharedIntegers(codes.length)
  shared.set(codes)
  const reference = wanted ?? mostExposed(levels, codes, rows.exposure)
  if (levels.length < 2) throw new UnfitData({ kind: 'one-level', term: id, level: reference })
  const parameterOf = Int32Array.from(levels, (level) =>
    level === reference ? -1 : parameters.push({ name: `${id}=${level}`, term: id, level }) - 1,
  )
  return { kind: 'factor', id, levels, reference, codes: shared, parameterOf, parents: [] }
}

/** The level that most is known about is the natural one to compare with. */
function mostExposed(levels: readonly string[], codes: Int32Array, exposure: Float64Array): string {
  const sums = new Float64Array(levels.length)
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? 0
    sums[code] = (sums[code] ?? 0) + (exposure[row] ?? 0)
  }
  return levels[sums.indexOf(Math.max(...sums))] ?? ''
}

function bandCodes({ column, bands }: Extract<Term, { kind: 'bands' }>, rows: ModelRows): Coded {
  const values = numbersOf(rows.table, column, rows.givenRow)
  const bounds = bands.map(({ below }) => below ?? Infinity)
  const codes = new Int32Array(rows.rows)
  for (let row = 0; row < rows.rows; row++) {
    const x = values[row] ?? 0
    let code = 0
    while (x >= (bounds[code] ?? Infinity)) code += 1
    codes[row] = code
  }
  return { levels: bands.map(({ level }) => level), codes }
}

function numberColumn(term: Extract<Term, { kind: 'number' }>, id: string, rows: ModelRows): Float64Array {
  const values = numbersOf(rows.table, term.column, rows.givenRow)
  const per = term.per === undefined ? undefined : numbersOf(rows.table, term.per, rows.givenRow)
  const power = term.power ?? 1
  const column = sharedFloats(rows.rows)
  for (let row = 0; row < rows.rows; row++) {
    const ratio = (values[row] ?? 0) / (per?.[row] ?? 1)
    if (!Number.isFinite(ratio) && term.per !== undefined) {
      throw new UnfitData({ kind: 'exposure-not-positive', column: term.per, row: rows.givenRow(row), value: per?.[row] ?? 0 })
    }
    if (term.transform === 'log' && ratio <= 0) {
      throw new UnfitData({ kind: 'log-of-non-positive', term: id, row: rows.givenRow(row), value: ratio })
    }
    const x = term.transform === 'log' ? Math.log(ratio) : ratio
    column[row] = power === 1 ? x : x ** power
  }
  return column
}

function denseTerm(id: string, columns: readonly Float64Array[], names: readonly string[], parameters: Parameter[]): DenseTerm {
  const first = parameters.length
  for (const name of names) parameters.push({ name, term: id })
  return { kind: 'dense', id, first, columns }
}

function interaction(id: string, left: DesignTerm, right: DesignTerm, rows: ModelRows, parameters: Parameter[]): DesignTerm {
  if (left.kind === 'factor' && right.kind === 'factor') return crossing(id, left, right, rows, parameters)
  const columns: Float64Array[] = []
  const names: string[] = []
  for (const [leftName, leftAt] of contrasts(left, parameters)) {
    for (const [rightName, rightAt] of contrasts(right, parameters)) {
      const column = sharedFloats(rows.rows)
      for (let row = 0; row < rows.rows; row++) column[row] = leftAt(row) * rightAt(row)
      columns.push(column)
      names.push(`${leftName}:${rightName}`)
    }
  }
  return denseTerm(id, columns, names, parameters)
}

function crossing(id: string, left: FactorTerm, right: FactorTerm, rows: ModelRows, parameters: Parameter[]): FactorTerm {
  const width = right.levels.length
  const codes = sharedIntegers(rows.rows)
  for (let row = 0; row < rows.rows; row++) codes[row] = (left.codes[row] ?? 0) * width + (right.codes[row] ?? 0)
  const levels = left.levels.flatMap((a) => right.levels.map((b) => `${a}:${b}`))
  const parameterOf = Int32Array.from(levels, (level, code) => {
    const isBase = (left.parameterOf[Math.floor(code / width)] ?? -1) < 0 || (right.parameterOf[code % width] ?? -1) < 0
    return isBase ? -1 : parameters.push({ name: `${id}=${level}`, term: id, level }) - 1
  })
  const reference = `${left.reference}:${right.reference}`
  return { kind: 'factor', id, levels, reference, codes, parameterOf, parents: [left, right] }
}

/** Each parameter of a term as the value it has in a row. */
function contrasts(term: DesignTerm, parameters: readonly Parameter[]): readonly (readonly [string, (row: number) => number])[] {
  if (term.kind === 'dense') {
    return term.columns.map(
      (column, index) => [parameters[term.first + index]?.name ?? term.id, (row) => column[row] ?? 0] as const,
    )
  }
  return [...term.parameterOf].flatMap((parameter, code) =>
    parameter < 0 ? [] : [[`${term.id}=${term.levels[code]}`, (row: number) => (term.codes[row] === code ? 1 : 0)] as const],
  )
}
