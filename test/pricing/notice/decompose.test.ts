// The decomposition of a change of premium: it sums to the cent, it is fair, and it is the Shapley value.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allocate } from '../../../pricing/notice/allocate.ts'
import { decompose, type Part } from '../../../pricing/notice/decompose.ts'
import { roundingId } from '../../../pricing/notice/ratios.ts'
import { isNoticeable } from '../../../pricing/notice/threshold.ts'
import { roundHalfEven } from '../../../pricing/rating/rounding.ts'
import type { Worksheet, WorksheetStep } from '../../../pricing/worksheet.ts'

const ids = ['class:driver-age', 'class:region', 'mileage', 'behaviour:braking', 'behaviour:night', 'behaviour:phone'] as const

interface Plan {
  readonly baseMinor: number
  readonly factors: readonly (readonly [id: string, factor: number])[]
  readonly bounds?: { readonly min: number; readonly max: number }
  readonly boundsDecimals?: number
}

/** As rating writes it: base, factors, the bounds of what was measured, a twelfth, whole cents. */
function worksheet({ baseMinor, factors, bounds = { min: 0.5, max: 2 }, boundsDecimals = 4 }: Plan): Worksheet {
  const steps: WorksheetStep[] = [
    { id: 'base-rate', operation: 'start', operand: baseMinor, amountMinor: baseMinor, figures: {} },
  ]
  let amountMinor = baseMinor
  const note = (id: string, operation: WorksheetStep['operation'], operand: number, figures: WorksheetStep['figures'] = {}) =>
    steps.push({ id, operation, operand, amountMinor, figures })
  const measured = factors.filter(([id]) => id.startsWith('behaviour:'))
  for (const [id, factor] of factors.filter((pair) => !measured.includes(pair))) {
    amountMinor *= factor
    note(id, 'multiply', factor)
  }
  const beforeMinor = amountMinor
  for (const [id, factor] of measured) {
    amountMinor *= factor
    note(id, 'multiply', factor)
  }
  const combined = roundHalfEven(
    measured.reduce((product, [, factor]) => product * factor, 1),
    boundsDecimals,
  )
  const kept = Math.min(bounds.max, Math.max(bounds.min, combined))
  amountMinor = beforeMinor * kept
  note('clamp', 'clamp', kept, { combined, ...bounds })
  amountMinor /= 12
  note('instalment', 'divide', 12)
  amountMinor = roundHalfEven(amountMinor)
  note('round', 'round', 1)
  return {
    policyId: 'motor-1',
    product: 'motor',
    planId: 'motor',
    editionHash: 'edition',
    factsHash: 'facts',
    currency: 'EUR',
    period: 'month',
    premiumMinor: amountMinor,
    classPremiumMinor: amountMinor,
    steps,
  }
}

const factor = fc.integer({ min: 6000, max: 16_000 }).map((tenThousandths) => tenThousandths / 10_000)
const plan: fc.Arbitrary<Plan> = fc.record({
  baseMinor: fc.integer({ min: 10_000, max: 500_000 }),
  factors: fc
    .tuple(factor, factor, factor, factor, factor, factor)
    .map((all) => ids.map((id, index) => [id, all[index] ?? 1] as const)),
  bounds: fc.record({ min: fc.constantFrom(0.5, 0.8, 0.95), max: fc.constantFrom(1.05, 1.3, 3) }),
})

function partsOf(before: Worksheet, after: Worksheet): readonly Part[] {
  const outcome = decompose(before, after)
  if (outcome.kind !== 'parts') throw new Error(outcome.kind)
  return outcome.parts
}

function byId(parts: readonly Part[]): ReadonlyMap<string, number> {
  return new Map(parts.map(({ id, changeMinor }) => [id, changeMinor]))
}

test('the parts are whole cents and sum to the difference', () => {
  fc.assert(
    fc.property(plan, plan, (old, young) => {
      const [before, after] = [worksheet(old), worksheet(young)]
      const parts = partsOf(before, after)
      expect(parts.every(({ changeMinor }) => Number.isInteger(changeMinor))).toBe(true)
      expect(parts.reduce((sum, { changeMinor }) => sum + changeMinor, 0)).toBe(after.premiumMinor - before.premiumMinor)
    }),
  )
})

test('old and new exchanged gives every part its opposite', () => {
  fc.assert(
    fc.property(plan, plan, (old, young) => {
      const there = byId(partsOf(worksheet(old), worksheet(young)))
      const back = byId(partsOf(worksheet(young), worksheet(old)))
      expect(new Map([...back].map(([id, minor]) => [id, minor === 0 ? 0 : -minor]))).toEqual(there)
    }),
  )
})

test('a factor that did not change has no part in it', () => {
  fc.assert(
    fc.property(plan, plan, fc.subarray([...ids]), (old, young, kept) => {
      const factors = young.factors.map(
        ([id, value]) => [id, kept.some((name) => name === id) ? factorOf(old, id) : value] as const,
      )
      const found = byId(partsOf(worksheet(old), worksheet({ ...young, factors })))
      for (const id of kept) expect(found.get(id)).toBeUndefined()
    }),
  )
})

test('the order of the factors is of no account', () => {
  const shuffled = fc.shuffledSubarray([...ids], { minLength: ids.length, maxLength: ids.length })
  fc.assert(
    fc.property(plan, plan, shuffled, (old, young, order) => {
      const inOrder = (one: Plan): Plan => ({ ...one, factors: order.map((id) => [id, factorOf(one, id)] as const) })
      const straight = byId(partsOf(worksheet(old), worksheet(young)))
      const other = byId(partsOf(worksheet(inOrder(old)), worksheet(inOrder(young))))
      expect([...other].sort()).toEqual([...straight].sort())
    }),
  )
})

test('a factor that rose alone has all of the rise, whatever the others are', () => {
  fc.assert(
    fc.property(plan, fc.constantFrom(...ids.slice(0, 3)), factor, (old, id, raised) => {
      const factors = old.factors.map(([name, value]) => [name, name === id ? raised : value] as const)
      const [before, after] = [worksheet(old), worksheet({ ...old, factors })]
      const rest = byId(partsOf(before, after)).get(id) ?? 0
      // At most a cent of rounding at either end may be somebody else's.
      expect(Math.abs(rest - (after.premiumMinor - before.premiumMinor))).toBeLessThanOrEqual(1)
    }),
  )
})

test('it is the Shapley value: every order of change, averaged', () => {
  fc.assert(
    fc.property(plan, plan, (old, young) => {
      const wide = { bounds: { min: 0.01, max: 10 }, boundsDecimals: 8 }
      const [before, after] = [
        { ...old, ...wide },
        { ...young, ...wide },
      ]
      const found = byId(partsOf(worksheet(before), worksheet(after)))
      const amounts = [worksheet(before).premiumMinor, worksheet(after).premiumMinor]
      // Two cents of its own rounding, and as much again of what the rounding of a small premium does to a large part.
      const centsMax = 2 + (2 * Math.max(...amounts)) / Math.min(...amounts)
      for (const [id, exact] of byEnumeration(before, after))
        expect(Math.abs((found.get(id) ?? 0) - exact)).toBeLessThan(centsMax)
    }),
    { numRuns: 10 },
  )
})

/** By its definition: for every order, what each player adds when its turn comes. */
function byEnumeration(old: Plan, young: Plan): ReadonlyMap<string, number> {
  const players = ['base-rate', ...ids]
  const price = (changed: ReadonlySet<string>) =>
    ids.reduce(
      (amount, id) => amount * factorOf(changed.has(id) ? young : old, id),
      (changed.has('base-rate') ? young : old).baseMinor / 12,
    )
  const sums = new Map<string, number>()
  const orders = permutations(players)
  for (const order of orders) {
    const changed = new Set<string>()
    let before = price(changed)
    for (const player of order) {
      changed.add(player)
      const after = price(changed)
      sums.set(player, (sums.get(player) ?? 0) + after - before)
      before = after
    }
  }
  return new Map([...sums].map(([id, sum]) => [id, sum / orders.length]))
}

function permutations(all: readonly string[]): readonly (readonly string[])[] {
  if (all.length <= 1) return [all]
  return all.flatMap((first) => permutations(all.filter((other) => other !== first)).map((rest) => [first, ...rest]))
}

function factorOf({ factors }: Plan, id: string): number {
  return factors.find(([name]) => name === id)?.[1] ?? 1
}

// 500.00 × 1.2 × 0.9 ÷ 12 = 45.00 against 500.00 × 1.5 × 1.1 ÷ 12 = 68.75. By hand, in cents: the first factor adds
// 0.3 × (0.9 + 1.1) ÷ 2 × 4166.67 = 1250, the second 0.2 × (1.2 + 1.5) ÷ 2 × 4166.67 = 1125.
test('two factors that changed share what they did together', () => {
  const before = worksheet({
    baseMinor: 50_000,
    factors: [
      ['class:region', 1.2],
      ['mileage', 0.9],
    ],
  })
  const after = worksheet({
    baseMinor: 50_000,
    factors: [
      ['class:region', 1.5],
      ['mileage', 1.1],
    ],
  })
  expect(decompose(before, after)).toEqual({
    kind: 'parts',
    oldMinor: 4500,
    newMinor: 6875,
    parts: [
      { id: 'class:region', changeMinor: 1250 },
      { id: 'mileage', changeMinor: 1125 },
    ],
  })
})

test('a limit that holds is a part of its own', () => {
  const old = worksheet({ baseMinor: 120_000, factors: [['behaviour:braking', 1]], bounds: { min: 0.9, max: 1.1 } })
  const held = worksheet({ baseMinor: 120_000, factors: [['behaviour:braking', 1.3]], bounds: { min: 0.9, max: 1.1 } })
  const parts = byId(partsOf(old, held))
  expect(held.premiumMinor - old.premiumMinor).toBe(1000)
  // 0.3 × (1 + 1.1 ÷ 1.3) ÷ 2 × 10,000 and (1.1 ÷ 1.3 − 1) × (1 + 1.3) ÷ 2 × 10,000.
  expect(parts).toEqual(
    new Map([
      ['behaviour:braking', 2769],
      ['clamp', -1769],
    ]),
  )
})

test('base rates of several coverages are told apart', () => {
  const sheet = (liabilityMinor: number, damageMinor: number): Worksheet => {
    const annualMinor = liabilityMinor + damageMinor
    return {
      ...worksheet({ baseMinor: 1200, factors: [] }),
      premiumMinor: annualMinor / 12,
      steps: [
        { id: 'base-rate:liability', operation: 'start', operand: liabilityMinor, amountMinor: liabilityMinor, figures: {} },
        { id: 'base-rate:damage', operation: 'add', operand: damageMinor, amountMinor: annualMinor, figures: {} },
        { id: 'instalment', operation: 'divide', operand: 12, amountMinor: annualMinor / 12, figures: {} },
      ],
    }
  }
  const parts = byId(partsOf(sheet(36_000, 24_000), sheet(30_000, 48_000)))
  expect(parts).toEqual(
    new Map([
      ['base-rate:liability', -500],
      ['base-rate:damage', 2000],
    ]),
  )
})

test('other products and other currencies are not compared', () => {
  const sheet = worksheet({ baseMinor: 10_000, factors: [] })
  expect(decompose(sheet, { ...sheet, product: 'home' })).toEqual({ kind: 'different-products' })
  expect(decompose(sheet, { ...sheet, currency: 'CNY' })).toEqual({ kind: 'different-currencies' })
})

test('cents that are missing go to the largest remainders, of equal ones to the first by name', () => {
  const parts = new Map([
    ['b', 1.5],
    ['a', 1.5],
    ['c', -0.25],
  ])
  expect([...allocate(parts, 3, roundingId)].sort()).toEqual([
    ['a', 2],
    ['b', 1],
    ['c', 0],
  ])
  const opposite = new Map([...parts].map(([id, exact]) => [id, -exact]))
  expect([...allocate(opposite, -3, roundingId)].sort()).toEqual([
    ['a', -2],
    ['b', -1],
    ['c', 0],
  ])
})

test.each([
  [4000, 4399, false],
  [4000, 4400, true],
  [4000, 3601, false],
  [4000, 3600, true],
  [4000, 4000, false],
  [0, 0, false],
  [0, 1, true],
])('from %i to %i cents is explained unasked: %s', (oldMinor, newMinor, expected) => {
  expect(isNoticeable(oldMinor, newMinor)).toBe(expected)
})
