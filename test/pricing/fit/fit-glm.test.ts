// Every family, link and kind of term against R's figures, and what is refused instead of fitted.

import { expect, test } from 'vitest'
import { type DataTable, numeric } from '../../../pricing/fit/data-table.ts'
import { type Fit, type FitOutcome, fitGlm } from '../../../pricing/fit/fit-glm.ts'
import type { ModelSpec } from '../../../pricing/fit/model-spec.ts'
import { predictMeans } from '../../../pricing/fit/predict-means.ts'
import { devianceResiduals, pearsonResiduals } from '../../../pricing/fit/residuals.ts'
import { age, claimCounts, fuel, purePremium, region, severity, smallClaims, smallTable } from './small-claims.ts'

const table = smallTable()

function fitted(model: ModelSpec, of: DataTable = table): Fit {
  return fitOf(fitGlm(model, of))
}

function fitOf(outcome: FitOutcome): Fit {
  if (outcome.kind !== 'fitted') throw new Error(JSON.stringify(outcome))
  return outcome.fit
}

/** Rows of estimate, standard error, statistic, p-value by name; the rest as R's summary has it. */
function expectR(
  fit: Fit,
  rows: Readonly<Record<string, readonly number[]>>,
  whole: Partial<Record<'deviance' | 'phi' | 'aic', number>>,
): void {
  expect(fit.coefficients.map(({ name }) => name)).toEqual(Object.keys(rows))
  for (const { name, estimate = Number.NaN, standardError, statistic, pValue } of fit.coefficients) {
    const expected = rows[name] ?? []
    for (const [index, value] of [estimate, standardError, statistic, pValue].entries()) {
      expect((value ?? Number.NaN) / (expected[index] ?? Number.NaN), `${name} ${index}`).toBeCloseTo(1, 7)
    }
  }
  for (const [name, value] of Object.entries({ deviance: fit.deviance, phi: fit.phi, aic: fit.aic ?? Number.NaN })) {
    const expected = Object.entries(whole).find(([key]) => key === name)?.[1]
    if (expected !== undefined) expect(value / expected, name).toBeCloseTo(1, 10)
  }
}

test('Poisson counts with an offset', () => {
  // glm(claims ~ region + fuel + age, poisson, d, offset = log(exposure))
  const fit = fitted(claimCounts([region, fuel, age]))
  expectR(
    fit,
    {
      '(Intercept)': [-1.2311527142242, 0.66042125061645, -1.8641930632532, 0.06229459715886],
      'region=hill': [-0.4424537632192, 0.46339061156509, -0.95481814300213, 0.33966967074943],
      'region=plain': [-0.32521095766637, 0.45707565938305, -0.71150355743145, 0.47677224713655],
      'fuel=petrol': [0.067567342201782, 0.40065029762547, 0.1686441832247, 0.86607652508663],
      age: [0.018590917741548, 0.010874780435774, 1.7095441927628, 0.087350192985926],
    },
    { deviance: 54.0489312644726, phi: 1, aic: 114.88189338756 },
  )
  expect([fit.degreesOfFreedom, fit.rank]).toEqual([55, 5])
  // residuals(fit, 'deviance')[1:3] and 'pearson'
  const first = (values: Float64Array): number[] => [...values.slice(0, 3)]
  const expected = {
    deviance: [1.3048150830095, -1.161012979631, 0.74453211675235],
    pearson: [1.8591774814258, -0.82096015094271, 0.87534222454671],
  }
  expect(first(devianceResiduals(fit))).toEqual(expected.deviance.map((value) => expect.closeTo(value, 9)))
  expect(first(pearsonResiduals(fit))).toEqual(expected.pearson.map((value) => expect.closeTo(value, 9)))
  expect(devianceResiduals(fit).reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(fit.deviance, 9)
})

test('gamma mean claims weighted by their number', () => {
  // glm(amount / claims ~ region + fuel, Gamma('log'), d[d$claims > 0, ], weights = claims)
  expectR(
    fitted(severity),
    {
      '(Intercept)': [6.8928005550014, 0.28478536408083, 24.203492961264, 2.7514339250445e-16],
      'region=hill': [-0.17952993547754, 0.3223933085277, -0.55686619644003, 0.5837972995992],
      'region=plain': [-0.40559570331934, 0.31357165934982, -1.2934705392711, 0.21058876087501],
      'fuel=petrol': [-0.57836585324886, 0.27778711119904, -2.0820471142538, 0.050391982152017],
    },
    { deviance: 14.5941971539181, phi: 0.468505909114731, aic: 429.005437188751 },
  )
})

test('Tweedie pure premiums weighted by exposure', () => {
  // library(statmod); glm(amount / exposure ~ region + fuel, tweedie(var.power = 1.5, link.power = 0), d, weights = exposure)
  const fit = fitted(purePremium)
  expectR(
    fit,
    {
      '(Intercept)': [6.4543031343039, 0.46194686778398, 13.971959946966, 6.7066711303244e-20],
      'region=hill': [-0.48173305262223, 0.58530816121863, -0.82304174884432, 0.41397542885779],
      'region=plain': [-0.51921954414252, 0.59286735055764, -0.87577692320914, 0.38489243888295],
      'fuel=petrol': [-0.40283665735661, 0.49322644560712, -0.81673774986002, 0.41753932292445],
    },
    { deviance: 2934.86266541216, phi: 51.502631228057 },
  )
  expect(fit.aic).toBeUndefined()
})

test('binomial by logit and by log', () => {
  const hadClaim = numeric(
    Float64Array.from(smallClaims.trim().split('\n').slice(1), (line) => (Number(line.split(',')[4]) > 0 ? 1 : 0)),
  )
  const binary = { rows: table.rows, columns: new Map([...table.columns, ['had', hadClaim]]) }
  const model: ModelSpec = {
    schema: 'model/1',
    name: 'had a claim',
    family: { kind: 'binomial' },
    response: { column: 'had' },
    terms: [region, { kind: 'number', column: 'age', transform: 'log' }],
  }
  // glm((claims > 0) ~ region + log(age), binomial, d)
  expectR(
    fitted(model, binary),
    {
      '(Intercept)': [-4.893534237706, 2.7806159378628, -1.7598741958831, 0.078429139367064],
      'region=hill': [-0.35910679421304, 0.65147036945617, -0.55122506110726, 0.58147940244048],
      'region=plain': [-0.20947014806158, 0.66015283783495, -0.31730553298621, 0.75101177941543],
      'log(age)': [1.2258173982817, 0.72514309451498, 1.6904489714567, 0.090942092882188],
    },
    { deviance: 77.5228371229348, phi: 1, aic: 85.5228371229348 },
  )
  // glm(I((claims > 0) * 1) ~ region, binomial('log'), d)
  expectR(
    fitted({ ...model, link: 'log', terms: [region] }, binary),
    {
      '(Intercept)': [-0.83290912216534, 0.23773475869342, -3.5035226937069, 0.00045914753075046],
      'region=hill': [-0.1656197026624, 0.38305181754331, -0.43236892523992, 0.66547329951632],
      'region=plain': [-0.1115524837139, 0.37922079112301, -0.29416236220474, 0.76863383950992],
    },
    { deviance: 80.5574735014217, aic: 86.5574735014218 },
  )
})

test('binomial shares weighted by their trials', () => {
  const grouped = smallTable('group,share,trials\na,0.25,8\nb,0.5,6\nc,0.1,10\nd,0.4,5\n')
  const x = { rows: 4, columns: new Map([...grouped.columns, ['x', numeric([1, 3, 0, 2])]]) }
  const model: ModelSpec = {
    schema: 'model/1',
    name: 'shares',
    family: { kind: 'binomial' },
    response: { column: 'share' },
    weight: 'trials',
    terms: [{ kind: 'number', column: 'x' }],
  }
  // glm(c(.25, .5, .1, .4) ~ c(1, 3, 0, 2), binomial, weights = c(8, 6, 10, 5))
  expectR(
    fitted(model, x),
    {
      '(Intercept)': [-1.9697611567934, 0.77471125644833, -2.5425745920149, 0.011003911111372],
      x: [0.70244216270664, 0.39668459001451, 1.7707825824062, 0.07659686342411],
    },
    { deviance: 0.149470426692701, aic: 12.8301611057999 },
  )
})

test('interactions of levels with levels and with a number', () => {
  // glm(claims ~ region * fuel + age, poisson, d, offset = log(exposure))
  const crossed = fitted(claimCounts([region, fuel, { kind: 'interaction', of: ['region', 'fuel'] }, age]))
  expect(crossed.deviance).toBeCloseTo(53.0658936603776, 9)
  const cell = crossed.coefficients.find(({ name }) => name === 'region:fuel=hill:petrol')
  expect(cell?.estimate).toBeCloseTo(-1.0043462377762, 9)
  expect(cell?.standardError).toBeCloseTo(1.0151597033251, 9)
  // glm(claims ~ region * age, poisson, d, offset = log(exposure))
  const slopes = fitted(claimCounts([region, age, { kind: 'interaction', of: ['region', 'age'] }]))
  expect(slopes.deviance).toBeCloseTo(50.274697358704, 9)
  expect(slopes.coefficients.at(-1)?.estimate).toBeCloseTo(-0.039345922534949, 9)
})

test('splines: a natural cubic one spans the same space as ns(), and B-splines have the coefficients of bs()', () => {
  // library(splines); glm(claims ~ ns(age, knots = c(35, 55), Boundary.knots = c(18, 80)), poisson, d, offset = log(exposure))
  const spline = { kind: 'spline', column: 'age', knots: [35, 55], boundary: [18, 80] } as const
  const natural = fitted(claimCounts([{ ...spline, basis: 'natural', knots: [35, 55], boundary: [18, 80] }]))
  expect([natural.deviance, natural.degreesOfFreedom]).toEqual([expect.closeTo(51.101373221085, 9), 56])
  // glm(claims ~ bs(age, knots = c(35, 55), Boundary.knots = c(18, 80)), poisson, d, offset = log(exposure))
  const b = fitted(claimCounts([{ ...spline, basis: 'b', knots: [35, 55], boundary: [18, 80] }]))
  expect(b.deviance).toBeCloseTo(50.2529734876503, 9)
  const expected = [-3.2797269683434, 3.5504732638659, 0.93595576625755, 4.6373193926556, 2.9038385568157, 2.4454347408237]
  expect(b.coefficients.map(({ estimate }) => estimate)).toEqual(expected.map((value) => expect.closeTo(value, 7)))
})

test('a column that the others determine is reported as aliased, and the rest is as R has it', () => {
  const numbers = table.columns.get('age')
  if (numbers?.kind !== 'numeric') throw new Error('age')
  const twice = numeric(numbers.values.map((value) => 2 * value + 1))
  const doubled = { rows: table.rows, columns: new Map([...table.columns, ['age2', twice]]) }
  const copied = fitted(claimCounts([region, age, { kind: 'number', column: 'age2' }, fuel]), doubled)
  // d$age2 <- 2 * d$age + 1; coef(glm(claims ~ region + age + age2 + fuel, …)): age2 is NA
  expect(copied.coefficients.map(({ name, kind }) => `${name} ${kind}`)).toContain('age2 aliased')
  expect(copied.coefficients.find(({ name }) => name === 'age')?.estimate).toBeCloseTo(0.0185909177415479, 11)
  expect([copied.rank, copied.deviance]).toEqual([5, expect.closeTo(54.0489312644726, 9)])

  const again = fitted(claimCounts([region, fuel, { id: 'again', kind: 'levels', column: 'region', reference: 'coast' }, age]))
  expect(again.coefficients.filter(({ kind }) => kind === 'aliased').map(({ name }) => name)).toEqual([
    'again=hill',
    'again=plain',
  ])
  expect(again.deviance).toBeCloseTo(54.0489312644726, 9)
})

test('a number that follows from the levels is aliased beside them', () => {
  const column = table.columns.get('region')
  if (column?.kind !== 'categorical') throw new Error('region')
  const height = numeric(Float64Array.from(column.codes, (code) => [0, 300, 40][code] ?? 0))
  const withHeight = { rows: table.rows, columns: new Map([...table.columns, ['height', height]]) }
  const fit = fitted(claimCounts([region, { kind: 'number', column: 'height' }, age, fuel]), withHeight)
  expect(fit.coefficients.filter(({ kind }) => kind === 'aliased').map(({ name }) => name)).toEqual(['height'])
  expect(fit.coefficients.find(({ name }) => name === 'age')?.estimate).toBeCloseTo(0.018590917741548, 9)
})

test('without a reference the level with the most exposure is compared with', () => {
  const fit = fitted(claimCounts([{ kind: 'levels', column: 'fuel' }]))
  expect(fit.coefficients.map(({ name }) => name)).toEqual(['(Intercept)', 'fuel=diesel'])
})

test('predictions on the same rows are the fitted means, and an unknown level is named', () => {
  const fit = fitted(claimCounts([region, fuel, age]))
  const predicted = predictMeans(fit, table)
  if (predicted.kind !== 'predicted') throw new Error(predicted.kind)
  expect([...predicted.mu]).toEqual([...fit.mu].map((mean) => expect.closeTo(mean, 12)))
  expect(predictMeans(fit, smallTable(smallClaims.replace('plain,petrol,28,', 'moon,petrol,28,')))).toEqual({
    kind: 'unknown-level',
    term: 'region',
    level: 'moon',
  })
})

const header = 'region,fuel,age,exposure,claims,amount\n'
const counts = claimCounts([region, fuel])

test.each<[string, ModelSpec, string, FitOutcome]>([
  [
    'a cell that is missing',
    counts,
    'coast,diesel,30,NA,1,9\nhill,petrol,30,1,0,0\n',
    { kind: 'bad-data', problem: { kind: 'not-finite', column: 'exposure', row: 1, value: Number.NaN } },
  ],
  [
    'a negative exposure',
    counts,
    'coast,diesel,30,1,1,9\nhill,petrol,30,-0.5,0,0\n',
    { kind: 'bad-data', problem: { kind: 'exposure-not-positive', column: 'exposure', row: 2, value: -0.5 } },
  ],
  [
    'a negative weight',
    { ...counts, weight: 'age' },
    'coast,diesel,30,1,1,9\nhill,petrol,-3,1,0,0\n',
    { kind: 'bad-data', problem: { kind: 'negative-weight', column: 'age', row: 2, value: -3 } },
  ],
  [
    'a negative count',
    counts,
    'coast,diesel,30,1,1,9\nhill,petrol,30,1,-1,0\n',
    { kind: 'bad-data', problem: { kind: 'impossible-response', column: 'claims', row: 2, value: -1, family: 'poisson' } },
  ],
  [
    'no claim at all',
    counts,
    'coast,diesel,30,1,0,0\nhill,petrol,30,1,0,0\n',
    { kind: 'bad-data', problem: { kind: 'constant-response', column: 'claims', value: 0 } },
  ],
  [
    'no row that is kept',
    severity,
    'coast,diesel,30,1,0,0\nhill,petrol,30,1,0,0\n',
    { kind: 'bad-data', problem: { kind: 'no-rows' } },
  ],
  [
    'a column that is not there',
    claimCounts([{ kind: 'levels', column: 'brand' }]),
    'coast,diesel,30,1,1,9\n',
    {
      kind: 'bad-data',
      problem: { kind: 'no-column', column: 'brand', columns: ['region', 'fuel', 'age', 'exposure', 'claims', 'amount'] },
    },
  ],
  [
    'a number where levels are meant',
    claimCounts([{ kind: 'levels', column: 'age' }]),
    'coast,diesel,30,1,1,9\n',
    { kind: 'bad-data', problem: { kind: 'wrong-kind', column: 'age', expected: 'categorical' } },
  ],
  [
    'a reference that is no level',
    claimCounts([{ kind: 'levels', column: 'region', reference: 'sea' }]),
    'coast,diesel,30,1,1,9\nhill,petrol,30,1,0,0\n',
    { kind: 'bad-data', problem: { kind: 'unknown-reference', term: 'region', reference: 'sea', levels: ['coast', 'hill'] } },
  ],
  [
    'a single level',
    counts,
    'coast,diesel,30,1,1,9\ncoast,petrol,30,1,0,0\n',
    { kind: 'bad-data', problem: { kind: 'one-level', term: 'region', level: 'coast' } },
  ],
  [
    'the logarithm of 0',
    claimCounts([{ kind: 'number', column: 'age', transform: 'log' }]),
    'coast,diesel,30,1,1,9\ncoast,petrol,0,1,0,0\n',
    { kind: 'bad-data', problem: { kind: 'log-of-non-positive', term: 'log(age)', row: 2, value: 0 } },
  ],
  [
    'a logit of counts',
    { ...counts, link: 'logit' },
    'coast,diesel,30,1,1,9\nhill,petrol,30,1,0,0\n',
    { kind: 'bad-data', problem: { kind: 'link-not-for-family', link: 'logit', family: 'poisson' } },
  ],
  [
    'a level without a claim',
    claimCounts([region]),
    'coast,diesel,30,1,1,9\nhill,petrol,30,1,0,0\n',
    { kind: 'separated', places: [{ term: 'region', level: 'hill', response: 'none' }] },
  ],
  [
    'fewer rows than a dispersion takes',
    severity,
    'coast,diesel,30,1,1,9\nhill,petrol,30,1,1,5\nhill,diesel,30,1,1,7\n',
    { kind: 'bad-data', problem: { kind: 'too-few-rows', rows: 3, parameters: 3 } },
  ],
  [
    'a relativity selected for a level that is none',
    claimCounts([{ kind: 'levels', column: 'region', selected: { sea: 1.1 } }]),
    'coast,diesel,30,1,1,9\nhill,petrol,30,1,1,5\n',
    { kind: 'bad-data', problem: { kind: 'unknown-selected', term: 'region', level: 'sea', levels: ['coast', 'hill'] } },
  ],
])('%s is refused with its place', (_, model, rows, expected) => {
  expect(fitGlm(model, smallTable(header + rows))).toEqual(expected)
})

test('an age that foretells every claim is separation that no single level shows', () => {
  const rows = Array.from({ length: 40 }, (_, index) => `coast,diesel,${20 + index},1,${index < 20 ? 0 : 1},0`).join('\n')
  const model: ModelSpec = {
    schema: 'model/1',
    name: 'm',
    family: { kind: 'binomial' },
    response: { column: 'claims' },
    terms: [age],
  }
  const outcome = fitGlm(model, smallTable(`${header}${rows}\n`))
  expect(outcome).toEqual({ kind: 'separated', places: [{ term: 'age', response: 'unbounded' }] })
})

test('a fit that has not converged says so and returns nothing that could be filed', () => {
  const outcome = fitGlm(claimCounts([region, fuel, age]), table, { iterationsMax: 2 })
  expect(outcome).toEqual({ kind: 'not-converged', iterations: 2, change: expect.any(Number) })
})
