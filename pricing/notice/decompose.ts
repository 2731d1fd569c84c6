// Explains the difference between two premiums to the cent: how much of it each step of the worksheet is responsible for.
//
// A worksheet is a product: a sum of base rates times one ratio for every step. Each part is the Shapley value of its step, the
// step's effect averaged over every order in which the steps could have changed. For a product it has a closed form: the
// difference of the step's ratio times the integral over t from 0 to 1 of the product of all other ratios, each taken
// t of the way from old to new (Owen 1972, the multilinear extension of a game). Limits are steps with a ratio of their own, and
// all rounding together is one more.

import type { Worksheet } from '../worksheet.ts'
import { allocate } from './allocate.ts'
import { type Ratios, ratiosOf, roundingId } from './ratios.ts'

export interface Part {
  /** The step's id in the worksheet; `rounding` for all rounding together. */
  readonly id: string
  readonly changeMinor: number
}

/** In the order they are checked. */
export type Decomposition =
  | { readonly kind: 'different-products' }
  | { readonly kind: 'different-currencies' }
  | { readonly kind: 'parts'; readonly oldMinor: number; readonly newMinor: number; readonly parts: readonly Part[] }

/**
 * The parts sum to the difference exactly, a step that did not change has none, the order of the steps is of no account, and
 * old and new exchanged gives every part its opposite. Parts are in the worksheet's order, the new one's first; steps that
 * changed by less than half a cent stay, at 0.
 */
export function decompose(before: Worksheet, after: Worksheet): Decomposition {
  if (before.product !== after.product) return { kind: 'different-products' }
  if (before.currency !== after.currency) return { kind: 'different-currencies' }
  const [from, to] = [ratiosOf(before), ratiosOf(after)]
  const isForward = isCanonical(from, to)
  const exact = isForward ? shapleyValues(from, to) : shapleyValues(to, from)
  const differenceMinor = after.premiumMinor - before.premiumMinor
  const cents = allocate(exact, isForward ? differenceMinor : -differenceMinor, roundingId)
  const order = [...after.steps, ...before.steps].map(({ id }) => id)
  const places = new Map(order.toReversed().map((id, index) => [id, order.length - index]))
  const parts = [...cents]
    .map(([id, minor]) => ({ id, changeMinor: isForward || minor === 0 ? minor : -minor }))
    .toSorted((one, other) => (places.get(one.id) ?? order.length + 1) - (places.get(other.id) ?? order.length + 1))
  return { kind: 'parts', oldMinor: before.premiumMinor, newMinor: after.premiumMinor, parts }
}

const baseId = 'base'

/** @returns of every step that differs its part of the difference, minor units with a fraction */
function shapleyValues(from: Ratios, to: Ratios): ReadonlyMap<string, number> {
  const players = [
    { id: baseId, from: total(from.base), to: total(to.base) },
    ...unionOf(from.steps, to.steps).map((id) => ({ id, from: from.steps.get(id) ?? 1, to: to.steps.get(id) ?? 1 })),
  ]
  const values = new Map<string, number>()
  for (const player of players) {
    const weight = () => integralOfProduct(players.filter((other) => other !== player))
    if (player.id === baseId) {
      const changed = unionOf(from.base, to.base).filter((id) => (from.base.get(id) ?? 0) !== (to.base.get(id) ?? 0))
      if (changed.length === 0) continue
      // A sum times a product is linear in each of its summands, so that each has the same weight.
      const each = weight()
      for (const id of changed) values.set(id, ((to.base.get(id) ?? 0) - (from.base.get(id) ?? 0)) * each)
    } else if (player.from !== player.to) values.set(player.id, (player.to - player.from) * weight())
  }
  return values
}

/** Over t from 0 to 1 of Π (from + t × (to − from)): the polynomial multiplied out, then integrated term by term. */
function integralOfProduct(players: readonly { readonly from: number; readonly to: number }[]): number {
  let coefficients: readonly number[] = [1]
  for (const { from, to } of players) {
    const slope = to - from
    const times = (constant: number, index: number) => constant * from + (coefficients[index - 1] ?? 0) * slope
    coefficients =
      slope === 0
        ? coefficients.map((constant) => constant * from)
        : [...coefficients, 0].map((constant, index) => times(constant, index))
  }
  return coefficients.reduce((sum, coefficient, power) => sum + coefficient / (power + 1), 0)
}

/** One of the two directions is the one that is computed, so that the other gives the very opposite. */
function isCanonical(from: Ratios, to: Ratios): boolean {
  for (const id of unionOf(from.base, to.base)) {
    const difference = (to.base.get(id) ?? 0) - (from.base.get(id) ?? 0)
    if (difference !== 0) return difference > 0
  }
  for (const id of unionOf(from.steps, to.steps)) {
    const difference = (to.steps.get(id) ?? 1) - (from.steps.get(id) ?? 1)
    if (difference !== 0) return difference > 0
  }
  return true
}

/** Sorted, so that the order of the steps is of no account to the last bit. */
function unionOf(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): readonly string[] {
  return [...new Set([...one.keys(), ...other.keys()])].toSorted()
}

function total(amounts: ReadonlyMap<string, number>): number {
  return [...amounts.values()].reduce((sum, amount) => sum + amount, 0)
}
