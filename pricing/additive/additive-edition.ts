// An additive model as an edition of a rate plan: its intercept the base rate, its tables the factors. Every premium of the model is
// then a worksheet like any other; how far rounding may take the two apart is stated and tested.

import type { Axis, Band, ClassFactor, EditionDocument, Input } from '../edition/edition-document.ts'
import { factorMax } from '../edition/edition-document.ts'
import { noDriving } from '../rating/facts.ts'
import { withCasesRated } from '../rating/failed-cases.ts'
import { roundHalfEven } from '../rating/rounding.ts'
import type { AdditiveModel, MainTable, PairTable } from './additive-model.ts'
import { binCount, binNames, binOf, type FactorBins } from './factor-bins.ts'

export interface AdditivePlan {
  readonly planId: string
  readonly title: string
  readonly note: string
  readonly currency: string
  readonly coverage: string
  /** What one of the model's response costs in minor units: the mean claim for a model of claim counts, 100 for one of euros. */
  readonly minorPerResponse: number
  readonly factorDecimals: number
}

export type AdditiveEdition =
  | { readonly kind: 'edition'; readonly edition: EditionDocument }
  /** A factor that an edition does not take; a stronger prior or a band joined by hand brings it inside. */
  | { readonly kind: 'factor-out-of-range'; readonly factor: string; readonly cell: string; readonly value: number }
  /** More or less than an edition's base rate can be. */
  | { readonly kind: 'base-out-of-range'; readonly annualMinor: number }

/** Of base rates; a billion minor units. */
const annualMinorMax = 1_000_000_000

export function additiveEdition(model: AdditiveModel, plan: AdditivePlan): AdditiveEdition {
  const annualMinor = roundHalfEven(Math.exp(model.intercept) * plan.minorPerResponse)
  if (annualMinor < 1 || annualMinor > annualMinorMax) return { kind: 'base-out-of-range', annualMinor }
  const round = (effect: number): number => roundHalfEven(Math.exp(effect), plan.factorDecimals)
  const factors = [...model.mains.map((main) => mainFactor(main, round)), ...model.pairs.map((pair) => pairFactor(pair, round))]
  for (const factor of factors) {
    for (const [cell, value] of cellsOf(factor)) {
      if (!(value > 0 && value <= factorMax)) return { kind: 'factor-out-of-range', factor: factor.id, cell, value }
    }
  }
  const inputs = Object.fromEntries(model.mains.map((main) => [inputName(main.factor), inputOf(main)]))
  const usual = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.default]))
  const edition = withCasesRated({
    schema: 'edition/2',
    planId: plan.planId,
    product: 'motor',
    title: plan.title,
    note: plan.note,
    currency: plan.currency,
    inputs,
    baseRates: [{ coverage: plan.coverage, annualMinor }],
    factors,
    behaviours: [],
    behaviourBounds: { min: 1, max: 1 },
    premiumBounds: {},
    rounding: { factorDecimals: plan.factorDecimals, steps: [{ after: 'instalment', toMinor: 1 }] },
    instalments: 1,
    guardRails: { discountOnly: false, noMidTermRerate: false, notForNonRenewal: false },
    testCases: [
      {
        name: 'The most common of everything',
        facts: { product: 'motor', class: usual, driving: noDriving },
        premiumMinor: 0,
        classPremiumMinor: 0,
      },
    ],
  })
  return { kind: 'edition', edition }
}

/**
 * The largest share by which a worksheet's unrounded amount may differ from the model's mean × `minorPerResponse`: half a unit
 * of the last place of the base rate and of every factor, at the smallest factor of each table.
 */
export function editionTolerance({ baseRates, factors, rounding }: EditionDocument): number {
  const base = baseRates.reduce((sum, { annualMinor }) => sum + annualMinor, 0)
  const halfUnit = 0.5 / 10 ** rounding.factorDecimals
  const logs = factors.map((factor) => Math.log1p(halfUnit / Math.min(...cellsOf(factor).map(([, value]) => value)) / (1 - 1e-3)))
  return Math.expm1(logs.reduce((sum, log) => sum + log, Math.log1p(0.5 / (base - 0.5)))) + 1e-9
}

/** The names of inputs are letters and digits. */
export function inputName(factor: string): string {
  return factor
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .replace(/^(?![A-Za-z])/, 'x')
    .slice(0, 40)
}

function factorId(...factors: readonly string[]): string {
  return factors.map(kebab).join('-by-').slice(0, idCharactersMax)
}

/** The level stays whole, so that the tables of two levels never share an id. */
function levelId(id: string, level: string): string {
  const suffix = `-${kebab(level)}`
  return `${id.slice(0, idCharactersMax - suffix.length)}${suffix}`
}

const idCharactersMax = 40

function kebab(name: string): string {
  return inputName(name)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
}

function mainFactor({ factor, bins, effects }: MainTable, round: (effect: number) => number): ClassFactor {
  const [id, input, label] = [factorId(factor), inputName(factor), { en: factor, 'zh-CN': factor }]
  if (bins.kind === 'level') {
    return {
      id,
      kind: 'levels',
      input,
      levels: Object.fromEntries(bins.levels.map((level, at) => [level, round(effects[at] ?? 0)])),
      label,
    }
  }
  const rounded = effects.map(round)
  const starts = rounded.flatMap((value, bin) => (bin === 0 || value !== rounded[bin - 1] ? [bin] : []))
  const bands = axisAt(bins, starts).map((band, at): Band => ({ ...band, factor: rounded[starts[at] ?? 0] ?? 1 }))
  return { id, kind: 'bands', input, bands, label }
}

function pairFactor({ factors, rows, columns, effects, where }: PairTable, round: (effect: number) => number): ClassFactor {
  const rounded = effects.map((line) => line.map(round))
  const rowStarts = startsOfLines(rows, rounded)
  const columnStarts = startsOfLines(
    columns,
    Array.from({ length: binCount(columns) }, (_, column) => rounded.map((line) => line[column] ?? 1)),
  )
  const [one, other] = factors
  const name = `${one} × ${other}`
  const label = where === undefined ? name : `${name}, ${where.level}`
  return {
    id: where === undefined ? factorId(one, other) : levelId(factorId(one, other), where.level),
    kind: 'pair',
    inputs: [inputName(one), inputName(other)],
    rows: axisAt(rows, rowStarts),
    columns: axisAt(columns, columnStarts),
    factors: rowStarts.map((row) => columnStarts.map((column) => rounded[row]?.[column] ?? 1)),
    label: { en: label, 'zh-CN': label },
    ...(where === undefined ? {} : { where: { input: inputName(where.factor), levels: [where.level] } }),
  }
}

/** Neighbouring bands that say the same are one; levels stay apart. */
function startsOfLines(bins: FactorBins, lines: readonly (readonly number[])[]): readonly number[] {
  return lines.flatMap((line, at) => {
    const before = lines[at - 1]
    const isSame = bins.kind === 'number' && before?.every((value, index) => value === line[index]) === true
    return isSame ? [] : [at]
  })
}

function axisAt(bins: FactorBins, starts: readonly number[]): Axis {
  if (bins.kind === 'level') return bins.levels.map((level) => ({ level }))
  const edges = starts.slice(1).map((start) => bins.edges[start - 1] ?? 0)
  return binNames({ ...bins, edges }).map((level, at) => {
    const below = edges[at]
    return below === undefined ? { level } : { level, below }
  })
}

/** The default is where most exposure is. */
function inputOf({ bins, exposure }: MainTable): Input {
  const most = exposure.indexOf(Math.max(...exposure))
  if (bins.kind === 'level') return { kind: 'level', levels: [...bins.levels], default: bins.levels[most] ?? '' }
  const { min, max, edges } = bins
  const usual = most === 0 ? min : (edges[most - 1] ?? min)
  return { kind: 'number', min, max, default: binOf([min, max], usual) === 0 ? min : usual }
}

function cellsOf(factor: ClassFactor): readonly (readonly [cell: string, value: number])[] {
  switch (factor.kind) {
    case 'levels':
      return Object.entries(factor.levels)
    case 'bands':
      return factor.bands.map(({ level, factor: value }) => [level, value])
    case 'curve':
      return factor.curve.map(([x, value]) => [`${x}`, value])
    case 'pair':
      return factor.factors.flatMap((line, row) =>
        line.map((value, column) => [`${factor.rows[row]?.level} × ${factor.columns[column]?.level}`, value] as const),
      )
  }
}
