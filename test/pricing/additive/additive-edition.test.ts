// An additive model as an edition: it parses, and every worksheet comes within the stated tolerance of the model.

import { expect, test } from 'vitest'
import { additiveEdition, editionTolerance, inputName } from '../../../pricing/additive/additive-edition.ts'
import { predictAdditive } from '../../../pricing/additive/additive-model.ts'
import { defaultSettings, fitAdditive } from '../../../pricing/additive/fit-additive.ts'
import { parseEdition } from '../../../pricing/edition/parse-edition.ts'
import { compileEdition } from '../../../pricing/rating/compile.ts'
import { noDriving } from '../../../pricing/rating/facts.ts'
import { claimsTable } from './claims-table.ts'

const factors = ['Age', 'Vehicle age', 'Fuel', 'Noise']
const plan = {
  planId: 'additive',
  title: 'Additive',
  note: '',
  currency: 'EUR',
  coverage: 'liability',
  minorPerResponse: 200_000,
  factorDecimals: 5,
}

function fittedModel(by?: string) {
  const fitting = fitAdditive(
    claimsTable(10_000, 5),
    {
      family: { kind: 'poisson' },
      response: 'Claims',
      exposure: 'Years',
      factors: factors.map((column) => ({ column })),
      ...(by === undefined ? {} : { by }),
    },
    { ...defaultSettings, folds: 2, pairs: 3, pairBinsMax: 12 },
  )
  for (;;) {
    const step = fitting.next()
    if (step.done === true && step.value.kind === 'fitted') return step.value.model
    if (step.done === true) throw new Error(JSON.stringify(step.value))
  }
}
const model = fittedModel()

test('it is an edition that parses, with a table for every factor and every pair', () => {
  const made = additiveEdition(model, plan)
  if (made.kind !== 'edition') throw new Error(JSON.stringify(made))
  expect(made.edition.factors).toHaveLength(model.mains.length + model.pairs.length)
  expect(parseEdition(JSON.parse(JSON.stringify(made.edition))).kind).toBe('edition')
})

test.each([
  ['with pairs for everybody', model],
  ['with pairs by fuel', fittedModel('Fuel')],
])('%s every worksheet is within the stated tolerance of the model, and the tolerance is small', (_, model) => {
  const made = additiveEdition(model, plan)
  if (made.kind !== 'edition') throw new Error(JSON.stringify(made))
  const tolerance = editionTolerance(made.edition)
  expect(tolerance).toBeLessThan(4e-4)
  const ids = made.edition.factors.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const people = claimsTable(2000, 6)
  const means = predictAdditive(model, people)
  const { worksheet } = compileEdition(made.edition)
  for (let row = 0; row < people.rows; row++) {
    const values = factors.map((name) => {
      const column = people.columns.get(name)
      const value = column?.kind === 'numeric' ? column.values[row] : column?.levels[column.codes[row] ?? 0]
      return [inputName(name), value ?? 0] as const
    })
    const steps = worksheet({ product: 'motor', class: Object.fromEntries(values), driving: noDriving })
    const amountMinor = steps.findLast(({ operation }) => operation !== 'round')?.amountMinor ?? 0
    expect(Math.abs(amountMinor / ((means[row] ?? 0) * plan.minorPerResponse) - 1)).toBeLessThan(tolerance)
  }
})

test('a factor or a base rate that an edition does not take is named', () => {
  const main = model.mains[0]
  if (main === undefined) throw new Error('no table')
  const steep = {
    ...model,
    mains: [{ ...main, effects: main.effects.map((effect, bin) => (bin === 2 ? 3 : effect)) }, ...model.mains.slice(1)],
  }
  expect(additiveEdition(steep, plan)).toMatchObject({ kind: 'factor-out-of-range', factor: 'age', cell: '20' })
  expect(additiveEdition(model, { ...plan, minorPerResponse: 0.1 })).toMatchObject({ kind: 'base-out-of-range' })
})
