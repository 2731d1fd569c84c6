// The additive model on claims of a known truth: what it finds, what it promises of its tables, and what it refuses.

import { beforeAll, expect, test } from 'vitest'
import type { AdditiveModel, AdditiveSettings } from '../../../pricing/additive/additive-model.ts'
import { predictAdditive } from '../../../pricing/additive/additive-model.ts'
import { type AdditiveOutcome, defaultSettings, fitAdditive } from '../../../pricing/additive/fit-additive.ts'
import type { AdditiveSpec } from '../../../pricing/additive/training-data.ts'
import { type Column, type DataTable, numeric } from '../../../pricing/fit/data-table.ts'
import { claimsTable, frequencyByFuel, fuels, trueFrequency } from './claims-table.ts'

const spec: AdditiveSpec = {
  family: { kind: 'poisson' },
  response: 'Claims',
  exposure: 'Years',
  factors: [{ column: 'Age' }, { column: 'Vehicle age' }, { column: 'Fuel' }, { column: 'Noise' }],
}
const settings: AdditiveSettings = { ...defaultSettings, folds: 3, pairs: 2, mainBinsMax: 30, pairBinsMax: 15 }
const table = claimsTable(40_000, 11)
let model: AdditiveModel

beforeAll(() => {
  model = fitted(table, spec)
})

function run(of: DataTable, by: AdditiveSpec, with_: AdditiveSettings = settings): AdditiveOutcome {
  const fitting = fitAdditive(of, by, with_)
  for (;;) {
    const step = fitting.next()
    if (step.done === true) return step.value
  }
}

function fitted(of: DataTable, by: AdditiveSpec, with_: AdditiveSettings = settings): AdditiveModel {
  const outcome = run(of, by, with_)
  if (outcome.kind !== 'fitted') throw new Error(JSON.stringify(outcome))
  return outcome.model
}

function numbersOf(of: DataTable, name: string): Float64Array {
  const column = of.columns.get(name)
  return column?.kind === 'numeric' ? column.values : new Float64Array(0)
}

test('it finds the pair that only together has an effect, and prices it near the truth', () => {
  expect(model.pairs[0]?.factors).toEqual(['Vehicle age', 'Fuel'])
  const unseen = claimsTable(3000, 12)
  const fuel = unseen.columns.get('Fuel')
  const errors = predictAdditive(model, unseen).map((mean, row) => {
    const level = fuel?.kind === 'categorical' ? (fuel.levels[fuel.codes[row] ?? 0] ?? '') : ''
    const truth = trueFrequency(numbersOf(unseen, 'Age')[row] ?? 0, level, numbersOf(unseen, 'Vehicle age')[row] ?? 0)
    return Math.abs(Math.log(mean / truth))
  })
  expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.1)
})

test('it foretells better than its mains alone, and those better than one mean, on rows left out', () => {
  const mains = fitted(table, spec, { ...settings, pairs: 0 })
  expect(model.training.heldOutDeviance).toBeLessThan(mains.training.heldOutDeviance - 0.001)
  expect(mains.training.heldOutDeviance).toBeLessThan(mains.training.homogeneousDeviance - 0.005)
})

test('with tables by fuel it finds what a pair alone cannot say, and every level has its own table', () => {
  const [seen, unseen] = [claimsTable(30_000, 21, frequencyByFuel), claimsTable(3000, 22, frequencyByFuel)]
  const onePair = { ...settings, pairs: 1 }
  const byFuel = fitted(seen, { ...spec, by: 'Fuel' }, onePair)
  expect(byFuel.pairs.flatMap(({ factors, where }) => (where === undefined ? [] : [{ factors, where }]))).toEqual(
    fuels.map((level) => ({ factors: ['Age', 'Vehicle age'], where: { factor: 'Fuel', level } })),
  )
  const offBy = (model: AdditiveModel): number => {
    const fuel = unseen.columns.get('Fuel')
    const errors = predictAdditive(model, unseen).map((mean, row) => {
      const level = fuel?.kind === 'categorical' ? (fuel.levels[fuel.codes[row] ?? 0] ?? '') : ''
      const truth = frequencyByFuel(numbersOf(unseen, 'Age')[row] ?? 0, level, numbersOf(unseen, 'Vehicle age')[row] ?? 0)
      return Math.abs(Math.log(mean / truth))
    })
    return errors.reduce((sum, error) => sum + error, 0) / errors.length
  }
  const ofPairs = offBy(fitted(seen, spec, { ...settings, pairs: 6 }))
  expect(offBy(byFuel)).toBeLessThan(ofPairs / 2)
  for (const { effects, exposure, where } of byFuel.pairs) {
    if (where === undefined) continue
    effects.forEach((line, row) => {
      const mean = line.reduce((sum, effect, column) => sum + effect * (exposure[row]?.[column] ?? 0), 0)
      expect(Math.abs(mean)).toBeLessThan(1e-6)
    })
  }
})

test('the training rows are foretold in total', () => {
  const years = numbersOf(table, 'Years')
  const expected = predictAdditive(model, table).reduce((sum, mean, row) => sum + mean * (years[row] ?? 0), 0)
  expect(expected / model.training.total).toBeCloseTo(1, 10)
})

test('tables are pure: mains average to nothing, pairs along every row and every column', () => {
  const mean = (values: readonly number[], weights: readonly number[]) =>
    values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0) / weights.reduce((sum, weight) => sum + weight, 0)
  for (const { effects, exposure } of model.mains) expect(Math.abs(mean(effects, exposure))).toBeLessThan(1e-9)
  for (const { effects, exposure } of model.pairs) {
    effects.forEach((line, row) => {
      expect(Math.abs(mean(line, exposure[row] ?? []))).toBeLessThan(1e-9)
    })
    effects[0]?.forEach((_, column) => {
      const [values, weights] = [effects, exposure].map((lines) => lines.map((line) => line[column] ?? 0))
      expect(Math.abs(mean(values ?? [], weights ?? []))).toBeLessThan(1e-9)
    })
  }
})

test('the same seed gives the same bytes, another seed another model', () => {
  expect(JSON.stringify(fitted(table, spec))).toBe(JSON.stringify(model))
  expect(JSON.stringify(fitted(table, spec, { ...settings, seed: 2 }).mains)).not.toBe(JSON.stringify(model.mains))
})

test('a factor that must fall falls for everyone, pairs included', () => {
  const falling = fitted(table, {
    ...spec,
    factors: [{ column: 'Age', direction: 'down' }, { column: 'Noise', direction: 'down' }, ...spec.factors.slice(1, 3)],
  })
  expect(falling.pairs.some(({ factors }) => factors.includes('Age') || factors.includes('Noise'))).toBe(true)
  for (const fuel of fuels) {
    for (const vehicleAge of [0, 7, 14]) {
      for (const [name, values] of [
        ['Age', 78],
        ['Noise', 8],
      ] as const) {
        const people = Array.from({ length: values }, (_, value) => value)
        const at = (column: string, other: number) => numeric(people.map((value) => (column === name ? value : other)))
        const of: DataTable = {
          rows: values,
          columns: new Map<string, Column>([
            ['Age', at('Age', 30)],
            ['Noise', at('Noise', 3)],
            ['Vehicle age', at('Vehicle age', vehicleAge)],
            ['Fuel', { kind: 'categorical', levels: [fuel], codes: new Int32Array(values) }],
          ]),
        }
        const means = predictAdditive(falling, of)
        means.slice(1).forEach((mean, before) => {
          expect(mean).toBeLessThanOrEqual((means[before] ?? 0) * (1 + 1e-12))
        })
      }
    }
  }
  const freely = model.mains.find(({ factor }) => factor === 'Noise')?.effects ?? []
  expect(freely.some((effect, at) => effect > (freely[at - 1] ?? effect))).toBe(true)
})

test('amounts are explained as well as counts: gamma and Tweedie', () => {
  const claims = numbersOf(table, 'Claims')
  const paid = numeric(claims.map((count, row) => count * (numbersOf(table, 'Age')[row] ?? 0) * 10))
  const withPaid = { rows: table.rows, columns: new Map([...table.columns, ['Paid', paid] as const]) }
  const tweedie = fitted(
    withPaid,
    { ...spec, family: { kind: 'tweedie', power: 1.5 }, response: 'Paid' },
    { ...settings, pairs: 0 },
  )
  expect(tweedie.training.deviance).toBeLessThan(tweedie.training.homogeneousDeviance)
  const kept = Int32Array.from(claims.keys()).filter((row) => (claims[row] ?? 0) > 0)
  const pick = (values: Float64Array) => numeric(Array.from(kept, (row) => values[row] ?? 0))
  const severity = {
    rows: kept.length,
    columns: new Map([
      ['Paid', pick(paid.values)],
      ['Claims', pick(claims)],
      ['Age', pick(numbersOf(table, 'Age'))],
    ] as const),
  }
  const gamma = fitted(severity, {
    family: { kind: 'gamma' },
    response: 'Paid',
    exposure: 'Claims',
    factors: [{ column: 'Age' }],
  })
  // A claim costs ten times the age of the driver, exactly.
  const ages = [20, 40, 70]
  const means = predictAdditive(gamma, { rows: 3, columns: new Map([['Age', numeric(ages)]]) })
  ages.forEach((age, at) => {
    expect(Math.abs((means[at] ?? 0) / (age * 10) - 1)).toBeLessThan(0.06)
  })
})

test('stopping the generator cancels the fit; until then it says how far it is', () => {
  const fitting = fitAdditive(table, spec, settings)
  expect(fitting.next().value).toEqual({ phase: 'screening', fold: 0, folds: 3, round: 1 })
  fitting.return({ kind: 'bad-data', problem: { kind: 'no-rows' } })
  expect(fitting.next().done).toBe(true)
})

const bad = (name: string, row: number, value: number): DataTable => {
  const values = numbersOf(table, name).slice()
  values[row] = value
  return { rows: table.rows, columns: new Map([...table.columns, [name, numeric(values)] as const]) }
}

test.each([
  ['a missing exposure', bad('Years', 4, Number.NaN), spec, { kind: 'not-finite', column: 'Years', row: 5 }],
  ['an exposure of nothing', bad('Years', 4, 0), spec, { kind: 'exposure-not-positive', column: 'Years', row: 5 }],
  ['claims below none', bad('Claims', 2, -1), spec, { kind: 'impossible-response', column: 'Claims', row: 3 }],
  ['a missing factor', bad('Age', 9, Number.NaN), spec, { kind: 'not-finite', column: 'Age', row: 10 }],
  ['a column that is not there', table, { ...spec, response: 'Losses' }, { kind: 'no-column', column: 'Losses' }],
  ['a response of text', table, { ...spec, response: 'Fuel' }, { kind: 'wrong-kind', column: 'Fuel', expected: 'numeric' }],
  ['tables by what is no factor', table, { ...spec, by: 'Years' }, { kind: 'no-column', column: 'Years' }],
  ['tables by a number', table, { ...spec, by: 'Age' }, { kind: 'wrong-kind', column: 'Age', expected: 'categorical' }],
  [
    'a direction for levels',
    table,
    { ...spec, factors: [{ column: 'Fuel', direction: 'up' as const }] },
    { kind: 'wrong-kind', column: 'Fuel', expected: 'numeric' },
  ],
])('%s is refused with its place', (_, of, by, problem) => {
  expect(run(of, by)).toMatchObject({ kind: 'bad-data', problem })
})
