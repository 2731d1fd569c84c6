// What compiled rating promises for any edition and any facts: what the interpreter says, byte for byte; a worksheet that
// recomputes from what is printed; bounds that hold; more kilometres that never cost less.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ClassFactor, EditionDocument } from '../../pricing/edition/edition-document.ts'
import { editionProblems } from '../../pricing/edition/edition-problems.ts'
import { bonusMalusCoefficient, compileBonusMalus } from '../../pricing/rating/bonus-malus.ts'
import { compileEdition } from '../../pricing/rating/compile.ts'
import { type Facts, noDriving } from '../../pricing/rating/facts.ts'
import { roundHalfEven } from '../../pricing/rating/rounding.ts'
import { interpretEdition } from './interpret-edition.ts'
import { randomEdition, randomFacts } from './random-editions.ts'
import { recomputeWorksheet } from './recompute-worksheet.ts'

const editionAndFacts = randomEdition.chain((edition) => fc.tuple(fc.constant(edition), randomFacts(edition.product)))
const runs = { numRuns: 300 }

test('the editions by chance are valid ones', () => {
  fc.assert(
    fc.property(randomEdition, (edition) => {
      expect(editionProblems(edition)).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('compiled rating and the interpreter write the same worksheet, byte for byte', () => {
  fc.assert(
    fc.property(editionAndFacts, ([edition, facts]) => {
      const compiled = compileEdition(edition)
      const steps = interpretEdition(edition, facts)
      expect(JSON.stringify(compiled.worksheet(facts))).toBe(JSON.stringify(steps))
      expect(compiled.price(facts)).toEqual({
        premiumMinor: steps.at(-1)?.amountMinor,
        classPremiumMinor: interpretEdition(edition, withoutExperience(facts)).at(-1)?.amountMinor,
      })
    }),
    runs,
  )
})

/** The same policy on the first day of its first term. */
function withoutExperience({ previousTermAnnualMinor: _, ...facts }: Facts): Facts {
  const nothing = { days: 0, minutes: 0 }
  if (facts.product === 'motor') return { ...facts, driving: noDriving }
  const living = { ...facts.living, water: nothing, freeze: nothing, fire: nothing, intrusion: nothing, humidity: nothing }
  return { ...facts, living }
}

test('every worksheet recomputes exactly from what is printed on it', () => {
  fc.assert(
    fc.property(editionAndFacts, ([edition, facts]) => {
      const { worksheet, price } = compileEdition(edition)
      expect(recomputeWorksheet(worksheet(facts))).toBe(price(facts).premiumMinor)
      for (const { operation, operand } of worksheet(facts))
        if (operation === 'multiply') expect(roundHalfEven(operand, edition.rounding.factorDecimals)).toBe(operand)
    }),
    runs,
  )
})

test('bounds hold: of all behaviours, of one, of the premium and of its change', () => {
  fc.assert(
    fc.property(editionAndFacts, ([edition, facts]) => {
      const { behaviourBounds, behaviours, premiumBounds, guardRails } = edition
      for (const { id, operand, amountMinor } of compileEdition(edition).worksheet(facts)) {
        const own = behaviours.find((behaviour) => id.endsWith(`:${behaviour.id}`))
        const within = (value: number, min = 0, max = Number.POSITIVE_INFINITY): void => {
          expect(value).toBeGreaterThanOrEqual(min)
          expect(value).toBeLessThanOrEqual(max)
        }
        if (id === 'clamp') within(operand, behaviourBounds.min, behaviourBounds.max)
        if (own !== undefined) within(operand, own.min, own.max)
        if (id === 'premium-bounds') within(amountMinor, premiumBounds.minAnnualMinor, premiumBounds.maxAnnualMinor)
        const { previousTermAnnualMinor: before = 0 } = facts
        const { maxChangePerTerm: change = 0 } = guardRails
        if (id === 'term-change') within(amountMinor, before * (1 - change), before * (1 + change))
      }
    }),
    runs,
  )
})

test('more declared kilometres never cost less, whatever the edition', () => {
  const two = fc.tuple(fc.nat(60_000), fc.nat(60_000))
  fc.assert(
    fc.property(editionAndFacts, two, ([edition, facts], [one, other]) => {
      const { price } = compileEdition(edition)
      const premium = (kmPerYear: number): number => price({ ...facts, class: { ...facts.class, kmPerYear } }).premiumMinor
      expect(premium(Math.max(one, other))).toBeGreaterThanOrEqual(premium(Math.min(one, other)))
    }),
    runs,
  )
})

test('more of what is measured never costs less', () => {
  fc.assert(
    fc.property(editionAndFacts, fc.integer({ min: 1, max: 4 }), ([edition, facts], times) => {
      const { price } = compileEdition(edition)
      expect(price(worse(facts, times)).premiumMinor).toBeGreaterThanOrEqual(price(facts).premiumMinor)
    }),
    runs,
  )
})

function worse(facts: Facts, times: number): Facts {
  if (facts.product === 'home') {
    const { water } = facts.living
    return { ...facts, living: { ...facts.living, water: { ...water, minutes: water.minutes * times } } }
  }
  const { brakes, nightKm, speedingKm } = facts.driving
  const driving = {
    ...facts.driving,
    brakes: brakes.map((of) => of * times),
    nightKm: nightKm * times,
    speedingKm: speedingKm * times,
  }
  return { ...facts, driving }
}

test('off-balance: a table twice as high is a base rate twice as high, to the cent', () => {
  fc.assert(
    fc.property(editionAndFacts, ([edition, facts]) => {
      const table = edition.factors.findIndex(({ kind, where }) => kind !== 'curve' && where === undefined)
      fc.pre(table >= 0)
      const onDouble = (of: EditionDocument): EditionDocument => ({
        ...of,
        baseRates: of.baseRates.map((rate) => ({ ...rate, annualMinor: rate.annualMinor * 2 })),
      })
      const doubled = {
        ...edition,
        factors: edition.factors.map((factor, index) => (index === table ? doubledTable(factor) : factor)),
      }
      expect(compileEdition(doubled).price(facts)).toEqual(compileEdition(onDouble(edition)).price(facts))
    }),
    { numRuns: 100 },
  )
})

function doubledTable(factor: ClassFactor): ClassFactor {
  if (factor.kind === 'levels')
    return { ...factor, levels: Object.fromEntries(Object.entries(factor.levels).map(([level, of]) => [level, of * 2])) }
  if (factor.kind === 'bands') return { ...factor, bands: factor.bands.map((band) => ({ ...band, factor: band.factor * 2 })) }
  if (factor.kind === 'pair') return { ...factor, factors: factor.factors.map((row) => row.map((of) => of * 2)) }
  return factor
}

test('the order of the keys of an edition and of facts does not matter', () => {
  fc.assert(
    fc.property(editionAndFacts, ([edition, facts]) => {
      const reversed: EditionDocument = { ...edition, ...Object.fromEntries(Object.entries(edition).reverse()) }
      const shuffled: Facts = { ...facts, class: Object.fromEntries(Object.entries(facts.class).reverse()) }
      expect(compileEdition(reversed).worksheet(shuffled)).toEqual(compileEdition(edition).worksheet(facts))
    }),
    { numRuns: 100 },
  )
})

const french = compileBonusMalus({ start: 1, perClaimFreeYear: 0.95, perAtFaultClaim: 1.25, decimals: 2, floor: 0.5, cap: 3.5 })

test('thirteen years without a claim lead down the published ladder to .50 and no further', () => {
  const coefficients = Array.from({ length: 15 }, (_, years) => bonusMalusCoefficient(french, new Array<number>(years).fill(0)))
  // Annex to article A121-1 of the French insurance code, as insurers print it.
  expect(coefficients).toEqual([1, 0.95, 0.9, 0.85, 0.8, 0.76, 0.72, 0.68, 0.64, 0.6, 0.57, 0.54, 0.51, 0.5, 0.5])
})

test.each([
  [[1], 1.25],
  [[2], 1.56],
  [[1, 0], 1.18],
  [[1, 0, 0], 1.12],
  [[0, 0, 1], 1.12],
  [[6], 3.5],
  [[50], 3.5],
])('claims by year %j give the coefficient %d', (claimsByYear, coefficient) => {
  expect(bonusMalusCoefficient(french, claimsByYear)).toBe(coefficient)
})
