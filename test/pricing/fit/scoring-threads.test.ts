// Terms of levels in one group of cells or in several, one thread or three: the same fit, and for threads the same bytes.

import { expect, test } from 'vitest'
import { groupFactors } from '../../../pricing/fit/cell-groups.ts'
import { type Column, categorical, type DataTable, numeric } from '../../../pricing/fit/data-table.ts'
import { buildDesign, type FactorTerm } from '../../../pricing/fit/design.ts'
import { type Fit, fitGlm } from '../../../pricing/fit/fit-glm.ts'
import { modelRows } from '../../../pricing/fit/model-rows.ts'
import type { ModelSpec } from '../../../pricing/fit/model-spec.ts'

const rows = 70_000

/** A linear congruential generator (Numerical Recipes), so that the table is the same everywhere. */
function table(levelsOf: readonly number[]): DataTable {
  let state = 7
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const columns = new Map<string, Column>(
    levelsOf.map((levels, index) => [
      `f${index}`,
      categorical(Array.from({ length: rows }, () => `${Math.floor(random() * levels)}`)),
    ]),
  )
  const x = numeric(Float64Array.from({ length: rows }, () => random() * 10))
  const exposure = numeric(Float64Array.from({ length: rows }, () => 0.1 + random()))
  const claims = numeric(Float64Array.from({ length: rows }, (_, row) => (random() < 0.1 + 0.02 * (x.values[row] ?? 0) ? 1 : 0)))
  return { rows, columns: new Map([...columns, ['x', x], ['exposure', exposure], ['claims', claims]]) }
}

function modelOf(factors: number): ModelSpec {
  return {
    schema: 'model/1',
    name: 'm',
    family: { kind: 'poisson' },
    response: { column: 'claims' },
    logOffset: 'exposure',
    terms: [
      ...Array.from({ length: factors }, (_, index) => ({ kind: 'levels', column: `f${index}` }) as const),
      { kind: 'number', column: 'x' },
    ],
  }
}

function fitted(model: ModelSpec, of: DataTable, threads: number): Fit {
  const outcome = fitGlm(model, of, { threads })
  if (outcome.kind !== 'fitted') throw new Error(JSON.stringify(outcome))
  return outcome.fit
}

function groupCount(model: ModelSpec, of: DataTable): number {
  const design = buildDesign(model, modelRows(model, model.family, of))
  const factors = design.terms.filter((term): term is FactorTerm => term.kind === 'factor')
  return groupFactors(factors, rows, 1).length
}

test('one, two and three threads give the same bytes', () => {
  const of = table([5, 12, 3])
  const [one, ...others] = [1, 2, 3].map((threads) => fitted(modelOf(3), of, threads))
  for (const other of others) {
    expect(other.coefficients).toEqual(one?.coefficients)
    expect(other.mu).toEqual(one?.mu)
    expect(other.covariance).toEqual(one?.covariance)
    expect(Object.is(other.deviance, one?.deviance)).toBe(true)
  }
})

test('terms with many levels take several groups of cells, and the score equations hold for each level of each term', () => {
  const of = table([300, 40, 25, 60, 7])
  const model = modelOf(5)
  expect(groupCount(model, of)).toBeGreaterThan(1)
  expect(groupCount(modelOf(2), of)).toBe(1)
  const { mu, design } = fitted(model, of, 1)
  // At the maximum of a Poisson likelihood with a log link, expected equals observed in every level, and so does the sum of x times it.
  for (const term of design.terms) {
    const columns =
      term.kind === 'factor' ? term.levels.map((_, code) => (row: number) => (term.codes[row] === code ? 1 : 0)) : []
    const numbers = term.kind === 'dense' ? term.columns.map((column) => (row: number) => column[row] ?? 0) : []
    for (const of_ of [...columns.slice(0, 5), ...numbers]) {
      let observed = 0
      let expected = 0
      for (let row = 0; row < rows; row++) {
        observed += of_(row) * (design.rows.y[row] ?? 0)
        expected += of_(row) * (mu[row] ?? 0)
      }
      expect(expected / observed).toBeCloseTo(1, 6)
    }
  }
})
