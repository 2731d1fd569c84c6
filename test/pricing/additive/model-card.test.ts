// The card of an additive model says what the model is made of, from the model alone.

import { expect, test } from 'vitest'
import { type AdditiveModel, cellCount } from '../../../pricing/additive/additive-model.ts'
import { defaultSettings } from '../../../pricing/additive/fit-additive.ts'
import { modelCard } from '../../../pricing/additive/model-card.ts'

const age = { kind: 'number', edges: [25], min: 18, max: 80 } as const
const fuel = { kind: 'level', levels: ['diesel', 'petrol'] } as const
const model: AdditiveModel = {
  family: { kind: 'poisson' },
  response: 'Claims',
  exposure: 'Years',
  intercept: -2,
  mains: [
    { factor: 'Fuel', bins: fuel, effects: [0, 0], exposure: [50, 50] },
    { factor: 'Age', bins: age, effects: [Math.log(2), 0], exposure: [25, 75], direction: 'down' },
  ],
  pairs: [
    {
      factors: ['Age', 'Fuel'],
      rows: age,
      columns: fuel,
      effects: [
        [0.1, -0.1],
        [0, 0],
      ],
      exposure: [
        [12, 13],
        [38, 37],
      ],
      gain: 4,
    },
  ],
  settings: defaultSettings,
  training: { rows: 120, exposure: 100, total: 12, deviance: 0.3, heldOutDeviance: 0.31, homogeneousDeviance: 0.33, rounds: [] },
}

test('data, split, losses, tables by importance, constraints, limits and fairness', () => {
  const card = modelCard(model)
  expect(card.data).toEqual({ rows: 120, exposure: 100, total: 12 })
  expect(card.split).toEqual({ folds: defaultSettings.folds, seed: defaultSettings.seed })
  expect(card.losses).toEqual({ homogeneous: 0.33, heldOut: 0.31, training: 0.3 })
  expect(card.tables.map(({ factors }) => factors)).toEqual([['Age'], ['Age', 'Fuel'], ['Fuel']])
  expect(card.tables[0]?.highest).toBeCloseTo(2, 12)
  expect(card.tables[0]?.importance).toBeCloseTo(Math.log(2) / 2, 12)
  expect(card.constraints).toEqual([{ factor: 'Age', direction: 'down' }])
  expect(card.limits).toEqual([
    { kind: 'rows-not-policies' },
    { kind: 'thin-cells', cells: 3, of: cellCount(model), exposureBelow: 30 },
    { kind: 'outside-seen', factor: 'Age', min: 18, max: 80 },
  ])
  expect(card.fairness).toContainEqual({ kind: 'stand-ins-not-tested', factors: ['Fuel', 'Age'] })
})
