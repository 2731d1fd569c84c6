// Bühlmann-Straub against R's actuar on a table of our own, its special cases, and the rule of limited fluctuation.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type CredibilityOutcome,
  credibility,
  credibilityPremium,
  type Experience,
  estimateCredibility,
} from '../../../pricing/credibility/buhlmann-straub.ts'
import { claimsForFullCredibility, customaryRule, limitedFluctuation } from '../../../pricing/credibility/full-credibility.ts'

/** Of four risks, one of them without a fourth period. */
const portfolio: readonly Experience[] = [
  { id: 'a', ratios: [0.12, 0.15, 0.09, 0.14], weights: [120, 130, 125, 140] },
  { id: 'b', ratios: [0.3, 0.26, 0.41, Number.NaN], weights: [40, 45, 38, 0] },
  { id: 'c', ratios: [0.08, 0.11, 0.07, 0.1], weights: [200, 210, 190, 220] },
  { id: 'd', ratios: [0.22, 0.19, 0.25, 0.18], weights: [75, 80, 90, 60] },
]

function estimated(outcome: CredibilityOutcome): Extract<CredibilityOutcome, { kind: 'estimated' }> {
  if (outcome.kind !== 'estimated') throw new Error(outcome.kind)
  return outcome
}

function expectFigures(outcome: CredibilityOutcome, [mean, between, within, ...rest]: readonly number[]): void {
  const { structure, risks } = estimated(outcome)
  const found = [
    structure.mean,
    structure.between,
    structure.within,
    ...risks.map((risk) => risk.credibility),
    ...risks.map((risk) => risk.premium),
  ]
  for (const [index, value] of [mean, between, within, ...rest].entries())
    expect((found[index] ?? 0) / (value ?? 1)).toBeCloseTo(1, 8)
}

// library(actuar); d <- data.frame(id = 1:4, r1 = …, w4 = …) with NA for the missing period
test('unbiased estimators are those of actuar', () => {
  // f <- cm(~id, d, ratios = r1:r4, weights = w1:w4); c(f$means$portfolio, f$unbiased, unlist(f$cred), predict(f))
  expectFigures(
    estimateCredibility(portfolio),
    [
      0.18361508844073, 0.0062839329384873, 0.10822289713123, 0.96764103210235, 0.87717947142231, 0.97942940283939,
      0.94655190755831, 0.12760131674971, 0.30267860983882, 0.092642373933084, 0.21153805324129,
    ],
  )
})

test('iterative pseudo-estimators are those of actuar', () => {
  // cm(~id, d, ratios = r1:r4, weights = w1:w4, method = 'iterative'), which stops at a change of 1.5e-8
  expectFigures(
    estimateCredibility(portfolio, 'iterative'),
    [
      0.18484714476517, 0.0098469565989441, 0.10822289713123, 0.97910515093312, 0.91797558333734, 0.98677422660512,
      0.96521891569512, 0.12696343770084, 0.3083171085991, 0.091976456765722, 0.21213157599505,
    ],
  )
})

test('with equal weights it is the model of Bühlmann', () => {
  // b <- data.frame(id = 1:3, r1 = c(3, 9, 5), r2 = c(4, 7, 6), r3 = c(2, 8, 4)); cm(~id, b, ratios = r1:r3)
  const ones = [1, 1, 1]
  expectFigures(
    estimateCredibility([
      { id: '1', ratios: [3, 4, 2], weights: ones },
      { id: '2', ratios: [9, 7, 8], weights: ones },
      { id: '3', ratios: [5, 6, 4], weights: ones },
    ]),
    [
      5.3333333333333, 6, 1, 0.94736842105263, 0.94736842105263, 0.94736842105263, 3.1228070175439, 7.859649122807,
      5.0175438596491,
    ],
  )
})

test.each(['unbiased', 'iterative'] as const)(
  'risks that differ less than chance would have them are believed nothing (%s)',
  (method) => {
    // cm(~id, data.frame(id = 1:2, r1 = c(1, 3), r2 = c(3, 1.2)), ratios = r1:r2) predicts 2.05 for both
    const { structure, risks } = estimated(
      estimateCredibility(
        [
          { id: '1', ratios: [1, 3], weights: [1, 1] },
          { id: '2', ratios: [3, 1.2], weights: [1, 1] },
        ],
        method,
      ),
    )
    expect(structure).toMatchObject({ between: 0, k: Number.POSITIVE_INFINITY })
    expect(risks.map(({ credibility: z, premium }) => [z, premium])).toEqual([
      [0, expect.closeTo(2.05, 12)],
      [0, expect.closeTo(2.05, 12)],
    ])
  },
)

test.each<[string, readonly Experience[], CredibilityOutcome]>([
  [
    'a weight that is negative',
    [{ id: 'a', ratios: [1, 2], weights: [1, -1] }],
    { kind: 'bad-experience', id: 'a', period: 2, reason: 'negative-weight' },
  ],
  [
    'a ratio that is missing',
    [{ id: 'a', ratios: [1, Number.NaN], weights: [1, 1] }],
    { kind: 'bad-experience', id: 'a', period: 2, reason: 'not-finite' },
  ],
  [
    'rows of uneven length',
    [{ id: 'a', ratios: [1], weights: [1, 1] }],
    { kind: 'bad-experience', id: 'a', period: 1, reason: 'uneven' },
  ],
  ['one risk', [{ id: 'a', ratios: [1, 2], weights: [1, 1] }], { kind: 'too-few-risks', found: 1 }],
  [
    'one period each',
    [
      { id: 'a', ratios: [1], weights: [1] },
      { id: 'b', ratios: [2], weights: [1] },
    ],
    { kind: 'too-few-periods' },
  ],
])('%s is named', (_, experience, expected) => {
  expect(estimateCredibility(experience)).toEqual(expected)
})

test('a premium lies between the class and the own experience, and nears the own one with exposure', () => {
  const positive = fc.double({ min: 0.01, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(positive, positive, positive, positive, (classMean, own, exposure, k) => {
      const z = credibility(exposure, k)
      const premium = credibilityPremium(classMean, own, z)
      const slack = 1e-9 * Math.max(classMean, own)
      expect(premium).toBeGreaterThanOrEqual(Math.min(classMean, own) - slack)
      expect(premium).toBeLessThanOrEqual(Math.max(classMean, own) + slack)
      expect(credibility(exposure * 2, k)).toBeGreaterThanOrEqual(z)
    }),
  )
  expect(credibility(500, 500)).toBe(0.5)
})

test('full credibility: 1,082 claims by the customary rule, 1,537 at 95 % within 5 %', () => {
  // (qnorm(.95) / .05)^2 and (qnorm(.975) / .05)^2
  expect(claimsForFullCredibility(customaryRule)).toBeCloseTo(270.55434540954 * 4, 6)
  expect(claimsForFullCredibility({ probability: 0.95, within: 0.05, amountVariation: 0 })).toBeCloseTo(1536.5835282776, 6)
  expect(claimsForFullCredibility({ ...customaryRule, amountVariation: 2 })).toBeCloseTo(270.55434540954 * 20, 5)
  expect([0, 270.55, 1082.2, 5000].map((claims) => limitedFluctuation(claims, 1082.2))).toEqual([0, expect.closeTo(0.5, 4), 1, 1])
})
