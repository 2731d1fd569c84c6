// Estimates that would have to be infinite. A level without any claim (or, binomial, with nothing else) is found before fitting, in the
// sums of the level; a combination of terms that foretells an outcome shows afterwards, in a standard error without bound.

import type { Design } from './design.ts'
import type { Family } from './family.ts'

export interface Separated {
  readonly term: string
  /** Absent when it is not one level of a term of levels. */
  readonly level?: string
  /** `none`: nothing happened in it; `all`: it always happened; `unbounded`: only together with other terms. */
  readonly response: 'none' | 'all' | 'unbounded'
}

/** On the scale of the linear predictor: an estimate this uncertain says that any factor from nothing to everything would do. */
const standardErrorMax = 500

export function separatedLevels({ terms, rows: { y, prior } }: Design, family: Family): readonly Separated[] {
  return terms.flatMap((term) => {
    if (term.kind === 'dense' || family.kind === 'gamma') return []
    const happened = new Float64Array(term.levels.length)
    const weights = new Float64Array(term.levels.length)
    for (let row = 0; row < y.length; row++) {
      const code = term.codes[row] ?? 0
      const weight = prior[row] ?? 0
      happened[code] = (happened[code] ?? 0) + weight * (y[row] ?? 0)
      weights[code] = (weights[code] ?? 0) + weight
    }
    return term.levels.flatMap((level, code): readonly Separated[] => {
      const weight = weights[code] ?? 0
      const share = happened[code] ?? 0
      if (weight === 0) return []
      if (share === 0) return [{ term: term.id, level, response: 'none' }]
      return family.kind === 'binomial' && share === weight ? [{ term: term.id, level, response: 'all' }] : []
    })
  })
}

/** @param covariance of the parameters at a dispersion of 1 */
export function withoutBound({ parameters, terms }: Design, covariance: Float64Array): readonly Separated[] {
  const size = parameters.length
  const scale = new Map<number, number>()
  for (const term of terms) {
    if (term.kind === 'dense') for (const [index, column] of term.columns.entries()) scale.set(term.first + index, spread(column))
  }
  return parameters.flatMap(({ term, level }, index): readonly Separated[] => {
    const standardError = Math.sqrt(covariance[index * size + index] ?? 0) * (scale.get(index) ?? 1)
    if (index === 0 || !(standardError > standardErrorMax)) return []
    return [{ term, ...(level === undefined ? {} : { level }), response: 'unbounded' }]
  })
}

/** The root of the mean square around the mean. */
function spread(column: Float64Array): number {
  let sum = 0
  for (const x of column) sum += x
  const mean = sum / column.length
  let squares = 0
  for (const x of column) squares += (x - mean) ** 2
  return Math.sqrt(squares / column.length)
}
