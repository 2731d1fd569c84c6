// The selected relativities of a fit as the class factors of an edition: levels, bands, pairs, and curves for numbers. What an edition
// cannot say is named, not left out in silence.

import { type Axis, type ClassFactor, factorMax } from '../edition/edition-document.ts'
import { factorValues } from '../edition/factor-values.ts'
import { interceptName } from './design.ts'
import type { Fit } from './fit-glm.ts'
import { columnOf } from './model-rows.ts'
import { type ModelSpec, type Term, termId } from './model-spec.ts'
import { type FactorRelativities, type Relativities, relativityDecimals } from './relativities.ts'
import { splineAt } from './spline-basis.ts'

/** Points of a curve: between them an edition goes straight. */
const curvePointsMax = 41

export interface NotExported {
  readonly term: string
  /** `ratio`: of two inputs; `with-number`: an interaction with a number; `out-of-range`: a factor of 0 or above the edition's limit. */
  readonly reason: 'ratio' | 'with-number' | 'out-of-range'
}

export interface ExportedFactors {
  readonly factors: readonly ClassFactor[]
  /** The mean at every reference level and at the mean of every curve's input: what the base rate has to be per unit of exposure. */
  readonly base: number
  readonly notExported: readonly NotExported[]
}

export function classFactorsOf(fit: Fit, relativities: Relativities): ExportedFactors {
  const notExported: NotExported[] = []
  const factors: ClassFactor[] = []
  const { model } = fit
  let base = relativities.selectedBase
  const done = new Set<string>()
  for (const term of model.terms) {
    const term_ = termId(term)
    if (term.kind === 'levels' || term.kind === 'bands' || term.kind === 'interaction') {
      const table = relativities.factors.find((candidate) => candidate.term === term_)
      if (table === undefined) notExported.push({ term: term_, reason: 'with-number' })
      else factors.push(tableFactor(model, term, table))
      continue
    }
    if (term.kind === 'number' && term.per !== undefined) {
      notExported.push({ term: term_, reason: 'ratio' })
      continue
    }
    if (done.has(term.column)) continue
    done.add(term.column)
    const { curve, atMean } = curveOf(fit, term.column)
    base *= atMean
    factors.push({ id: slug(term.column), kind: 'curve', input: inputName(term.column), curve })
  }
  const outside = factors.filter((factor) => factorValues(factor).some((value) => !(value > 0 && value <= factorMax)))
  return {
    factors: factors.filter((factor) => !outside.includes(factor)),
    base,
    notExported: [...notExported, ...outside.map(({ id }): NotExported => ({ term: id, reason: 'out-of-range' }))],
  }
}

type TableTerm = Extract<Term, { kind: 'levels' | 'bands' | 'interaction' }>

function tableFactor(model: ModelSpec, term: TableTerm, { levels }: FactorRelativities): ClassFactor {
  const selected = new Map(levels.map((level) => [level.level, level.selected]))
  const id = slug(termId(term))
  switch (term.kind) {
    case 'levels':
      return { id, kind: 'levels', input: inputName(term.column), levels: Object.fromEntries(selected) }
    case 'bands': {
      const bands = term.bands.map((band) => ({ ...band, factor: selected.get(band.level) ?? 1 }))
      return { id, kind: 'bands', input: inputName(term.column), bands }
    }
    case 'interaction': {
      const [left, right] = term.of.map((name) =>
        axisOf(
          model,
          name,
          levels.map(({ level }) => level),
          term.of.indexOf(name),
        ),
      )
      if (left === undefined || right === undefined) throw new Error(`${id} has no axes`)
      const factors = left.axis.map((a) => right.axis.map((b) => selected.get(`${a.level}:${b.level}`) ?? 1))
      return { id, kind: 'pair', inputs: [left.input, right.input], rows: left.axis, columns: right.axis, factors }
    }
  }
}

function axisOf(
  model: ModelSpec,
  name: string,
  pairs: readonly string[],
  side: number,
): { input: string; axis: Axis } | undefined {
  const term = model.terms.find((candidate) => termId(candidate) === name)
  if (term?.kind === 'bands') return { input: inputName(term.column), axis: term.bands }
  if (term?.kind !== 'levels') return undefined
  const levels = [...new Set(pairs.map((pair) => pair.split(':')[side] ?? ''))]
  return { input: inputName(term.column), axis: levels.map((level) => ({ level })) }
}

/** Everything the model says about one number, relative to its weighted mean. */
function curveOf(fit: Fit, column: string): { readonly curve: [number, number][]; readonly atMean: number } {
  const values = columnOf(fit.design.rows.table, column)
  if (values.kind !== 'numeric') throw new Error(`${column} is not numeric`)
  const { exposure } = fit.design.rows
  let weighted = 0
  let weights = 0
  for (let row = 0; row < exposure.length; row++) {
    weighted += (exposure[row] ?? 0) * (values.values[row] ?? 0)
    weights += exposure[row] ?? 0
  }
  const mean = weighted / weights
  const atMean = Math.exp(effectAt(fit, column, mean))
  const sorted = Float64Array.from(values.values).sort()
  const places = Array.from(
    { length: curvePointsMax },
    (_, index) => sorted[Math.round((index * (sorted.length - 1)) / (curvePointsMax - 1))] ?? mean,
  )
  const curve = [...new Set(places)].map((x): [number, number] => [
    x,
    Number((Math.exp(effectAt(fit, column, x)) / atMean).toFixed(relativityDecimals)),
  ])
  return { curve, atMean }
}

/** On the scale of the linear predictor. */
function effectAt({ model, coefficients }: Fit, column: string, x: number): number {
  return model.terms.reduce((sum, term) => {
    if (
      (term.kind !== 'number' && term.kind !== 'spline') ||
      term.column !== column ||
      (term.kind === 'number' && term.per !== undefined)
    ) {
      return sum
    }
    const own = coefficients.filter((coefficient) => coefficient.term === termId(term) && coefficient.name !== interceptName)
    const values =
      term.kind === 'spline' ? splineAt(term, x) : [(term.transform === 'log' ? Math.log(x) : x) ** (term.power ?? 1)]
    return own.reduce((of, { estimate = 0 }, index) => of + estimate * (values[index] ?? 0), sum)
  }, 0)
}

/** As an edition spells the ids of factors. */
function slug(name: string): string {
  const dashed = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return dashed.slice(0, 40) || 'factor'
}

/** As an edition spells the names of inputs. */
function inputName(column: string): string {
  const joined = column.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '')
  const name = joined.replace(/^[^A-Za-z]+/, '').slice(0, 40)
  return name === '' ? 'input' : `${name.charAt(0).toLowerCase()}${name.slice(1)}`
}
