// Editions and facts by chance, for properties: valid by construction, with every part of the document now and then.

import fc from 'fast-check'
import { behaviourThresholds } from '../../pricing/behaviour/thresholds.ts'
import type { Behaviour, ClassFactor, EditionDocument } from '../../pricing/edition/edition-document.ts'
import { type Facts, noDriving, noLiving } from '../../pricing/rating/facts.ts'
import { measureNames, measures } from '../../pricing/rating/measure-table.ts'

const factor = fc.integer({ min: 1000, max: 30_000 }).map((tenThousandths) => tenThousandths / 10_000)
const words = fc.option(fc.constant({ en: 'Own name', 'zh-CN': '自有名称' }), { nil: undefined })

/** Points with x going up by at least one; factors that rise. */
const risingCurve = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 0, max: 2500 })), { minLength: 2, maxLength: 9 })
  .map((steps) => {
    let [x, y] = [-1, 5000]
    return steps.map(([dx, dy]): [number, number] => {
      x += dx
      y += dy
      return [x / 10, y / 10_000]
    })
  })

const bands = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), factor), { minLength: 1, maxLength: 6 }).map((rows) => {
  let below = 0
  return rows.map(([width, relativity], index) => {
    below += width
    const band = { level: `band-${index}`, factor: relativity }
    return index === rows.length - 1 ? band : { ...band, below }
  })
})

const levels = ['north', 'south', 'constructor']
const levelFactors = fc
  .tuple(factor, factor, factor)
  .map((of) => Object.fromEntries(levels.map((level, i) => [level, of[i] ?? 1])))

const anybodysFactor: fc.Arbitrary<ClassFactor> = fc.oneof(
  fc.record({ id: fc.constant('area'), kind: fc.constant('levels'), input: fc.constant('area'), levels: levelFactors }),
  fc.record({ id: fc.constant('age'), kind: fc.constant('bands'), input: fc.constant('age'), bands }),
  fc.record({ id: fc.constant('slope'), kind: fc.constant('curve'), input: fc.constant('age'), curve: risingCurve }),
  fc.tuple(bands, levelFactors).map(([rows, columns]) => ({
    id: 'pair',
    kind: 'pair' as const,
    inputs: ['age', 'area'] satisfies [string, string],
    rows: rows.map(({ factor: _, ...row }) => row),
    columns: levels.map((level) => ({ level })),
    factors: rows.map((row) => levels.map((level) => Math.round((columns[level] ?? 1) * row.factor * 100) / 100 || 0.01)),
  })),
)

/** Now and then for the people of some areas only. */
const classFactor: fc.Arbitrary<ClassFactor> = fc
  .tuple(anybodysFactor, fc.option(fc.subarray(levels, { minLength: 1 }), { nil: undefined }))
  .map(([factor, only]) => (only === undefined ? factor : { ...factor, where: { input: 'area', levels: only } }))

const bonusMalus = fc.constant({ start: 1, perClaimFreeYear: 0.95, perAtFaultClaim: 1.25, decimals: 2, floor: 0.5, cap: 3.5 })

function behaviourOf(product: 'motor' | 'home'): fc.Arbitrary<Behaviour> {
  const names = measureNames.filter((name) => measures[name].product === product)
  return fc
    .record({
      measure: fc.constantFrom(...names),
      rungMps2: fc.constantFrom(...behaviourThresholds.event.ladderMps2),
      k: fc.integer({ min: 1, max: 5000 }),
      curve: risingCurve,
      bounds: fc.option(fc.record({ min: fc.constant(0.9), max: fc.constant(1.1) }), { nil: {} }),
      untestedFactor: fc.constant(1.06),
    })
    .map(({ measure, rungMps2, bounds, untestedFactor, ...rest }) => ({
      id: measure,
      measure,
      ...rest,
      ...bounds,
      ...(measures[measure].hasRung ? { rungMps2 } : {}),
      ...(measures[measure].hasValve ? { untestedFactor } : {}),
    }))
}

const roundings = fc.subarray(['class', 'exposure', 'behaviour'] as const).chain((after) =>
  fc
    .tuple(fc.constantFrom(1, 5, 100), fc.integer({ min: 2, max: 6 }))
    .map(([toMinor, factorDecimals]): EditionDocument['rounding'] => ({
      factorDecimals: Math.max(4, factorDecimals),
      steps: [...after, 'instalment' as const].map((one) => ({ after: one, toMinor })),
    })),
)

export const randomEdition: fc.Arbitrary<EditionDocument> = fc.constantFrom('motor' as const, 'home' as const).chain((product) =>
  fc
    .record({
      factors: fc.uniqueArray(classFactor, { selector: ({ id }) => id, maxLength: 4 }),
      baseRates: fc.uniqueArray(
        fc.record({
          coverage: fc.constantFrom('liability', 'own-damage', 'theft'),
          annualMinor: fc.integer({ min: 100, max: 90_000 }),
        }),
        { selector: ({ coverage }) => coverage, minLength: 1, maxLength: 3 },
      ),
      label: words,
      bonusMalus: fc.option(bonusMalus, { nil: undefined }),
      exposure: fc.option(fc.record({ k: fc.integer({ min: 1, max: 400 }), curve: risingCurve }), { nil: undefined }),
      behaviours: fc.uniqueArray(behaviourOf(product), { selector: ({ id }) => id, maxLength: 6 }),
      behaviourBounds: fc.constantFrom({ min: 0.62, max: 1.47 }, { min: 0.9, max: 1 }, { min: 0.1, max: 10 }),
      premiumBounds: fc.constantFrom({}, { minAnnualMinor: 30_000 }, { minAnnualMinor: 20_000, maxAnnualMinor: 90_000 }),
      rounding: roundings,
      instalments: fc.integer({ min: 1, max: 12 }),
      maxChange: fc.option(fc.constantFrom(0.1, 0.25, 2), { nil: undefined }),
    })
    .map(({ label, bonusMalus: rule, exposure, maxChange, factors, ...rest }) => ({
      schema: 'edition/2' as const,
      planId: 'random',
      product,
      title: 'By chance',
      note: '',
      currency: 'EUR',
      inputs: {
        age: { kind: 'number' as const, min: 0, max: 120, default: 40 },
        area: { kind: 'level' as const, levels: [...levels], default: 'north' },
        kmPerYear: { kind: 'number' as const, min: 0, max: 100_000, default: 12_000 },
      },
      factors: label === undefined ? factors : factors.map((one) => ({ ...one, label })),
      ...(rule === undefined ? {} : { bonusMalus: rule }),
      ...(exposure === undefined || product === 'home' ? {} : { exposure }),
      ...rest,
      guardRails: {
        discountOnly: false,
        noMidTermRerate: false,
        notForNonRenewal: false,
        ...(maxChange === undefined ? {} : { maxChangePerTerm: maxChange }),
      },
      testCases: [],
    })),
)

const amount = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 30_000, noNaN: true }))
const ladder = fc.array(fc.nat(3000), { minLength: 7, maxLength: 7 })
const peril = fc.record({ days: fc.nat(365), minutes: amount })
const classValues = fc.record({
  age: fc.oneof(fc.nat(120), fc.double({ min: 0, max: 120, noNaN: true })),
  area: fc.constantFrom(...levels),
  kmPerYear: fc.nat(60_000),
})
const stated = {
  claimsByYear: fc.array(fc.constantFrom(0, 0, 0, 0, 1, 2), { maxLength: 20 }),
  previousTermAnnualMinor: fc.integer({ min: 1000, max: 200_000 }),
}

export function randomFacts(product: 'motor' | 'home'): fc.Arbitrary<Facts> {
  const driving = fc.record({
    observedDays: fc.double({ min: 0, max: 365, noNaN: true }),
    distanceKm: amount,
    longitudinalKm: amount,
    lateralKm: amount,
    limitKnownKm: amount,
    phoneKnownKm: amount,
    brakes: ladder,
    accelerations: ladder,
    turns: ladder,
    nightKm: amount,
    speedingKm: amount,
    phoneS: amount,
    phoneKnownS: amount,
  })
  const living = fc.record({ water: peril, freeze: peril, fire: peril, intrusion: peril, humidity: peril, valveTests: fc.nat(2) })
  return fc
    .record({
      class: classValues,
      claimsByYear: stated.claimsByYear,
      previous: fc.option(stated.previousTermAnnualMinor, { nil: undefined }),
      driving,
      living,
    })
    .map(({ class: values, claimsByYear, previous, driving: driven, living: lived }): Facts => {
      const rated = { class: values, claimsByYear, ...(previous === undefined ? {} : { previousTermAnnualMinor: previous }) }
      return product === 'motor'
        ? { product, ...rated, driving: { ...noDriving, ...driven } }
        : { product, ...rated, living: { ...noLiving, ...lived } }
    })
}
