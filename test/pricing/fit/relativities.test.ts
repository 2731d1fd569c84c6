// Relativities: monotone and smoothed, selected beside indicated, off-balance to 1, and as class factors of an edition.

import fc from 'fast-check'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { ClassFactorSchema } from '../../../pricing/edition/edition-document.ts'
import { classFactorsOf } from '../../../pricing/fit/class-factors.ts'
import { type Fit, fitGlm } from '../../../pricing/fit/fit-glm.ts'
import type { ModelSpec, Term } from '../../../pricing/fit/model-spec.ts'
import { isotonic, smoothed } from '../../../pricing/fit/monotone.ts'
import { offBalance } from '../../../pricing/fit/off-balance.ts'
import { type Relativities, relativitiesOf } from '../../../pricing/fit/relativities.ts'
import { age, claimCounts, fuel, region, smallTable } from './small-claims.ts'

function fitted(model: ModelSpec): Fit {
  const outcome = fitGlm(model, smallTable())
  if (outcome.kind !== 'fitted') throw new Error(JSON.stringify(outcome))
  return outcome.fit
}

function tableOf(fit: Fit): Relativities {
  const relativities = relativitiesOf(fit)
  if (relativities === undefined) throw new Error('no relativities')
  return relativities
}

const points = fc.array(
  fc.record({ value: fc.double({ min: -5, max: 5, noNaN: true }), weight: fc.integer({ min: 1, max: 1000 }) }),
  {
    minLength: 1,
    maxLength: 30,
  },
)

test('isotonic regression pools neighbours that are out of order', () => {
  // isoreg(c(1, 3, 2, 4, 3.5, 5))$yf
  expect(isotonic([1, 3, 2, 4, 3.5, 5], [1, 1, 1, 1, 1, 1], 'increasing')).toEqual([1, 2.5, 2.5, 3.75, 3.75, 5])
  expect(isotonic([1, 2], [3, 1], 'decreasing')).toEqual([1.25, 1.25])
})

test('isotonic values rise, keep the weighted mean, and are nearer than any other rising values tried', () => {
  fc.assert(
    fc.property(
      points,
      fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 30, maxLength: 30 }),
      (given, other) => {
        const values = given.map(({ value }) => value)
        const weights = given.map(({ weight }) => weight)
        const risen = isotonic(values, weights, 'increasing')
        for (const [index, value] of risen.entries())
          expect(value).toBeGreaterThanOrEqual((risen[index - 1] ?? -Infinity) - 1e-12)
        const distance = (to: readonly number[]): number =>
          values.reduce((sum, value, index) => sum + (weights[index] ?? 0) * (value - (to[index] ?? 0)) ** 2, 0)
        const rival = [...other].sort((a, b) => a - b).slice(0, values.length)
        expect(distance(risen)).toBeLessThanOrEqual(distance(rival) + 1e-9)
        const mean = (of: readonly number[]): number => of.reduce((sum, value, index) => sum + (weights[index] ?? 0) * value, 0)
        expect(mean(risen)).toBeCloseTo(mean(values), 6)
      },
    ),
  )
})

test('smoothing leaves a straight line as it is, and in the limit makes one', () => {
  const line = [1, 1.5, 2, 2.5, 3]
  expect(smoothed(line, [5, 1, 9, 2, 2], 100)).toEqual(line.map((value) => expect.closeTo(value, 10)))
  const straight = smoothed([0, 3, 1, 4], [1, 1, 1, 1], 1e6)
  // coef(lm(c(0, 3, 1, 4) ~ I(0:3))): 0.5 and 1
  expect(straight).toEqual([0.5, 1.5, 2.5, 3.5].map((value) => expect.closeTo(value, 4)))
  expect(smoothed([0, 3, 1, 4], [1, 1, 1, 1], 0)).toEqual([0, 3, 1, 4])
})

test('after the off-balance factor the selected relativities bring in what the indicated did', () => {
  const rows = fc.array(fc.tuple(fc.double({ min: 0.01, max: 10, noNaN: true }), fc.double({ min: 0.2, max: 5, noNaN: true })), {
    minLength: 1,
  })
  fc.assert(
    fc.property(rows, (given) => {
      const expected = Float64Array.from(given, ([amount]) => amount)
      const change = Float64Array.from(given, ([, ratio]) => ratio)
      const factor = offBalance({ expected, change })
      expect(offBalance({ expected, change: change.map((ratio) => ratio * factor) })).toBeCloseTo(1, 12)
    }),
  )
})

const ageBands: Term = {
  id: 'driver-age',
  kind: 'bands',
  column: 'age',
  bands: [
    { level: 'under 30', below: 30 },
    { level: '30-44', below: 45 },
    { level: '45-59', below: 60 },
    { level: '60 and over' },
  ],
  reference: '45-59',
  monotone: 'increasing',
  smoothness: 0.5,
}

test('indicated, shaped and selected stand side by side, and the reference is 1 in each', () => {
  const chosen: Term = { kind: 'levels', column: 'region', reference: 'coast', selected: { hill: 0.8 } }
  const fit = fitted(claimCounts([chosen, ageBands]))
  const relativities = tableOf(fit)
  const [ofRegion, ofAge] = relativities.factors
  expect(ofRegion?.levels.map(({ level, selected }) => [level, selected])).toEqual([
    ['coast', 1],
    ['hill', 0.8],
    ['plain', Number(Math.exp(fit.coefficients[2]?.estimate ?? 0).toFixed(4))],
  ])
  expect(ofAge?.levels.find(({ level }) => level === '45-59')).toMatchObject({
    indicated: 1,
    shaped: 1,
    selected: 1,
    interval: [1, 1],
  })
  const shaped = ofAge?.levels.map((level) => level.shaped) ?? []
  expect([...shaped].sort((a, b) => a - b)).toEqual(shaped)
  expect(ofAge?.levels.map((level) => level.indicated)).not.toEqual(shaped)
  // Poisson with a log link fits every level of a factor exactly.
  for (const level of ofAge?.levels ?? []) expect(level.fitted).toBeCloseTo(level.observed, 8)
  // The square root of the claims of each region over 1,082.
  expect(ofRegion?.levels.map((level) => level.credibility)).toEqual(
    [14, 7, 8].map((claims) => expect.closeTo(Math.sqrt(claims / 1082.2), 4)),
  )
  expect(relativities.offBalance).not.toBe(1)
  expect(relativities.selectedBase).toBe(relativities.indicatedBase * relativities.offBalance)
})

test('without a selection the base stays, but for the rounding of the relativities', () => {
  expect(tableOf(fitted(claimCounts([region, fuel]))).offBalance).toBeCloseTo(1, 4)
})

test('a fit becomes class factors that the form of an edition accepts and that give its means', () => {
  const fit = fitted(claimCounts([region, fuel, { kind: 'interaction', of: ['region', 'fuel'] }, ageBands]))
  const exported = classFactorsOf(fit, tableOf(fit))
  expect(exported.notExported).toEqual([])
  expect(exported.factors.map(({ id, kind }) => [id, kind])).toEqual([
    ['region', 'levels'],
    ['fuel', 'levels'],
    ['region-fuel', 'pair'],
    ['driver-age', 'bands'],
  ])
  expect(Compile(Type.Array(ClassFactorSchema)).Check(exported.factors)).toBe(true)
  const pair = exported.factors.find((factor) => factor.kind === 'pair')
  expect(pair?.rows.map(({ level }) => level)).toEqual(['coast', 'hill', 'plain'])
  expect(pair?.columns.map(({ level }) => level)).toEqual(['diesel', 'petrol'])
  const cell = fit.coefficients.find(({ name }) => name === 'region:fuel=hill:petrol')?.estimate ?? 0
  expect(pair?.factors[1]).toEqual([1, Number(Math.exp(cell).toFixed(4))])
})

test('a number becomes a curve that is 1 at its mean, and what an edition cannot say is named', () => {
  const ratio: Term = { id: 'claims-per-age', kind: 'number', column: 'age', per: 'exposure' }
  const fit = fitted(
    claimCounts([age, { kind: 'number', column: 'age', power: 2 }, ratio, fuel, { kind: 'interaction', of: ['fuel', 'age'] }]),
  )
  const exported = classFactorsOf(fit, tableOf(fit))
  const curve = exported.factors.find((factor) => factor.kind === 'curve')
  if (curve?.kind !== 'curve') throw new Error('no curve')
  expect(curve.input).toBe('age')
  const xs = curve.curve.map(([x]) => x)
  expect([...xs].sort((a, b) => a - b)).toEqual(xs)
  const [first] = curve.curve
  const [last] = curve.curve.slice(-1)
  const slope = (name: string): number => fit.coefficients.find((coefficient) => coefficient.name === name)?.estimate ?? 0
  const effect = (x: number): number => Math.exp(slope('age') * x + slope('age^2') * x * x)
  expect((first?.[1] ?? 0) / (last?.[1] ?? 1)).toBeCloseTo(effect(first?.[0] ?? 0) / effect(last?.[0] ?? 0), 2)
  expect(exported.notExported).toEqual([
    { term: 'claims-per-age', reason: 'ratio' },
    { term: 'fuel:age', reason: 'with-number' },
  ])
})
