// The means that a fit foretells for other rows of the same kind.

import { type DataProblem, UnfitData } from './data-problem.ts'
import type { DataTable } from './data-table.ts'
import { buildDesign, type Design, interceptName } from './design.ts'
import { inverseLink } from './family.ts'
import type { Fit } from './fit-glm.ts'
import { modelRows } from './model-rows.ts'
import type { ModelSpec } from './model-spec.ts'

export type Predicted =
  | { readonly kind: 'predicted'; readonly mu: Float64Array; readonly y: Float64Array; readonly prior: Float64Array }
  | { readonly kind: 'bad-data'; readonly problem: DataProblem }
  /** A level that the fit has not seen has no estimate. */
  | { readonly kind: 'unknown-level'; readonly term: string; readonly level: string }

/** @param table has the columns of the model, its response included */
export function predictMeans(fit: Fit, table: DataTable): Predicted {
  try {
    const design = buildDesign(withReferences(fit), modelRows(fit.model, fit.family, table))
    return meansOver(fit, design)
  } catch (error) {
    if (error instanceof UnfitData) return { kind: 'bad-data', problem: error.problem }
    throw error
  }
}

/** The references that the fit chose by exposure. */
function withReferences({ model, design }: Fit): ModelSpec {
  const references = new Map(design.terms.flatMap((term) => (term.kind === 'factor' ? [[term.id, term.reference] as const] : [])))
  const terms = model.terms.map((term) => {
    const reference = term.kind === 'levels' || term.kind === 'bands' ? references.get(term.id ?? term.column) : undefined
    return reference === undefined ? term : { ...term, reference }
  })
  return { ...model, terms }
}

function meansOver(fit: Fit, design: Design): Predicted {
  const estimates = new Map(fit.coefficients.map(({ name, estimate }) => [name, estimate ?? 0]))
  const { offset, y, prior, rows } = design.rows
  const eta = offset.map((value) => value + (estimates.get(interceptName) ?? 0))
  const known = new Map(fit.design.terms.map((term) => [term.id, term]))
  for (const term of design.terms) {
    if (term.kind === 'dense') {
      term.columns.forEach((column, index) => {
        const slope = estimates.get(design.parameters[term.first + index]?.name ?? '') ?? 0
        for (let row = 0; row < rows; row++) eta[row] = (eta[row] ?? 0) + slope * (column[row] ?? 0)
      })
      continue
    }
    const fitted = known.get(term.id)
    const unknown = term.levels.find((level) => fitted?.kind === 'factor' && !fitted.levels.includes(level))
    if (unknown !== undefined) return { kind: 'unknown-level', term: term.id, level: unknown }
    const values = Float64Array.from(
      term.parameterOf,
      (parameter) => estimates.get(design.parameters[parameter]?.name ?? '') ?? 0,
    )
    for (let row = 0; row < rows; row++) eta[row] = (eta[row] ?? 0) + (values[term.codes[row] ?? 0] ?? 0)
  }
  return { kind: 'predicted', mu: eta.map((value) => inverseLink(fit.link, value)), y, prior }
}
