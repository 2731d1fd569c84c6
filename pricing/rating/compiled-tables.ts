// The tables of an edition, looked up once: curves and bands as typed arrays, levels as maps, so that rating only reads.

import type { Axis, ClassFactor, Words } from '../edition/edition-document.ts'
import type { ClassValues } from './facts.ts'
import { type Curve, roundAtScale } from './rounding.ts'
import { UnknownLevel } from './unknown-level.ts'

export interface CompiledCurve {
  readonly xs: Float64Array
  readonly ys: Float64Array
}

export function compileCurve(points: Curve): CompiledCurve {
  return { xs: Float64Array.from(points, ([x]) => x), ys: Float64Array.from(points, ([, y]) => y) }
}

/** Straight between the points, level before the first and after the last; the arithmetic of `interpolate`. */
export function interpolateIn({ xs, ys }: CompiledCurve, x: number): number {
  let left = 0
  let right = xs.length - 1
  if (x <= at(xs, 0)) return at(ys, 0)
  if (x > at(xs, right)) return at(ys, right)
  // The first point at or after x.
  while (right - left > 1) {
    const middle = (left + right) >> 1
    if (x <= at(xs, middle)) right = middle
    else left = middle
  }
  if (x === at(xs, right)) return at(ys, right)
  const leftX = at(xs, left)
  const leftY = at(ys, left)
  return leftY + ((at(ys, right) - leftY) * (x - leftX)) / (at(xs, right) - leftX)
}

/** Of a table that a check of its bounds has been made for. */
function at(values: Float64Array, index: number): number {
  return values[index] ?? Number.NaN
}

/** Where an input's value stands in a table: in the band it is below, or at its level. */
interface CompiledAxis {
  readonly stepId: string
  readonly input: string
  readonly levels: readonly string[]
  /** Ends of the bands, the last at infinity; undefined for a level input. */
  readonly ends: Float64Array | undefined
  readonly positions: ReadonlyMap<number | string, number>
}

function compileAxis(stepId: string, input: string, axis: Axis, isBanded: boolean): CompiledAxis {
  const levels = axis.map(({ level }) => level)
  const ends = isBanded ? Float64Array.from(axis, ({ below }) => below ?? Number.POSITIVE_INFINITY) : undefined
  return { stepId, input, levels, ends, positions: new Map(levels.map((level, index) => [level, index])) }
}

/** @throws UnknownLevel */
function positionOn(axis: CompiledAxis, values: ClassValues): number {
  const value = values[axis.input]
  const { ends } = axis
  if (ends === undefined) {
    const position = value === undefined ? undefined : axis.positions.get(value)
    if (position === undefined)
      throw new UnknownLevel(`${axis.stepId}: no level "${value}" of ${axis.input}; there are ${axis.levels.join(', ')}.`)
    return position
  }
  if (typeof value !== 'number') throw notANumber(axis.stepId, axis.input, value)
  let position = 0
  while (position < ends.length - 1 && value >= at(ends, position)) position += 1
  return position
}

function notANumber(stepId: string, input: string, value: unknown): UnknownLevel {
  return new UnknownLevel(`${stepId}: ${input} is ${JSON.stringify(value) ?? 'missing'}, not a number.`)
}

/** The number a policy states for this input. @throws UnknownLevel */
export function numberOf(stepId: string, input: string, values: ClassValues): number {
  const value = values[input]
  if (typeof value !== 'number') throw notANumber(stepId, input, value)
  return value
}

interface Named {
  readonly id: string
  readonly label: Words | undefined
  /** Whom it is for; undefined: everybody. */
  readonly where: { readonly input: string; readonly levels: ReadonlySet<number | string | undefined> } | undefined
}

export type CompiledFactor =
  | (Named & { readonly kind: 'table'; readonly axis: CompiledAxis; readonly factors: Float64Array })
  | (Named & { readonly kind: 'curve'; readonly input: string; readonly curve: CompiledCurve })
  | (Named & {
      readonly kind: 'pair'
      readonly rows: CompiledAxis
      readonly columns: CompiledAxis
      /** Row after row. */
      readonly factors: Float64Array
    })

/** @param isNumberInput of an input of the edition, by its name */
export function compileFactor(factor: ClassFactor, isNumberInput: (input: string) => boolean): CompiledFactor {
  const where = factor.where && { input: factor.where.input, levels: new Set(factor.where.levels) }
  const named = { id: `class:${factor.id}`, label: factor.label, where }
  switch (factor.kind) {
    case 'levels': {
      const axis = Object.keys(factor.levels).map((level) => ({ level }))
      return {
        ...named,
        kind: 'table',
        axis: compileAxis(named.id, factor.input, axis, false),
        factors: Float64Array.from(Object.values(factor.levels)),
      }
    }
    case 'bands':
      return {
        ...named,
        kind: 'table',
        axis: compileAxis(named.id, factor.input, factor.bands, true),
        factors: Float64Array.from(factor.bands, (band) => band.factor),
      }
    case 'curve':
      return { ...named, kind: 'curve', input: factor.input, curve: compileCurve(factor.curve) }
    case 'pair':
      return {
        ...named,
        kind: 'pair',
        rows: compileAxis(named.id, factor.inputs[0], factor.rows, isNumberInput(factor.inputs[0])),
        columns: compileAxis(named.id, factor.inputs[1], factor.columns, isNumberInput(factor.inputs[1])),
        factors: Float64Array.from(factor.factors.flat()),
      }
  }
}

/** Where class factors were read from, by their number. */
interface FactorPlaces {
  readonly places: Int32Array
  /** Of those read from a curve. */
  readonly values: Float64Array
}

/** The place of a factor that is for others. */
export const notMeant = -1

/** The factor these class values have; `found` receives where it stands, for the trace. @throws UnknownLevel */
export function factorFor(
  factor: CompiledFactor,
  values: ClassValues,
  factorScale: number,
  found: FactorPlaces,
  index: number,
): number {
  const { where } = factor
  if (where !== undefined) {
    const isMeant = where.levels.has(values[where.input])
    found.places[index] = isMeant ? 0 : notMeant
    if (!isMeant) return 1
  }
  switch (factor.kind) {
    case 'table': {
      const position = positionOn(factor.axis, values)
      found.places[index] = position
      return at(factor.factors, position)
    }
    case 'curve': {
      const value = numberOf(factor.id, factor.input, values)
      found.values[index] = value
      return roundAtScale(interpolateIn(factor.curve, value), factorScale)
    }
    case 'pair': {
      const place = positionOn(factor.rows, values) * factor.columns.levels.length + positionOn(factor.columns, values)
      found.places[index] = place
      return at(factor.factors, place)
    }
  }
}
