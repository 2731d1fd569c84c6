// Where a curve's points are on its chart and what a place on the chart is as a point. Only arithmetic.

import { type CurvePoint, rounded, tidy } from './plan-tables.ts'

export const chartSize = { width: 460, height: 240, left: 44, right: 14, top: 14, bottom: 30 } as const

export interface CurveScale {
  readonly fromX: number
  readonly toX: number
  readonly low: number
  readonly high: number
  readonly xTicks: readonly number[]
  readonly yTicks: readonly number[]
}

/** Room for every curve shown, 1 included, and a little more above and below so that a point can be dragged beyond. */
export function curveScale(curves: readonly (readonly CurvePoint[])[]): CurveScale {
  const points = curves.flat()
  const xs = points.map(({ x }) => x)
  const factors = points.map(({ factor }) => factor)
  const fromX = Math.min(0, ...xs)
  const toX = Math.max(fromX + 1e-6, ...xs)
  const [least, most] = [Math.min(1, ...factors), Math.max(1, ...factors)]
  const room = Math.max(0.05, (most - least) * 0.15)
  const low = Math.max(0, least - room)
  const high = most + room
  return { fromX, toX, low, high, xTicks: ticks(fromX, toX, 5), yTicks: ticks(low, high, 5) }
}

export function placeOf({ x, factor }: CurvePoint, scale: CurveScale): { readonly left: number; readonly top: number } {
  const { width, height, left, right, top, bottom } = chartSize
  return {
    left: rounded(left + ((x - scale.fromX) / (scale.toX - scale.fromX)) * (width - left - right), 2),
    top: rounded(top + ((scale.high - factor) / (scale.high - scale.low)) * (height - top - bottom), 2),
  }
}

/** @param left in the units of the chart */
export function pointAt(left: number, top: number, scale: CurveScale, decimals: number): CurvePoint {
  const size = chartSize
  const x = scale.fromX + ((left - size.left) / (size.width - size.left - size.right)) * (scale.toX - scale.fromX)
  const factor = scale.high - ((top - size.top) / (size.height - size.top - size.bottom)) * (scale.high - scale.low)
  return { x: tidy(x), factor: Math.max(10 ** -decimals, rounded(factor, Math.min(decimals, 3))) }
}

/** Level before the first point and after the last. */
export function linePath(points: readonly CurvePoint[], scale: CurveScale): string {
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return ''
  const all = [{ x: scale.fromX, factor: first.factor }, ...points, { x: scale.toX, factor: last.factor }]
  return `M${all
    .map((point) => placeOf(point, scale))
    .map(({ left, top }) => `${left} ${top}`)
    .join('L')}`
}

/** What a point may be moved to: between its neighbours, and where more may not cost less, not below the one before. */
export function heldPoint(points: readonly CurvePoint[], index: number, wanted: CurvePoint, isRising: boolean): CurvePoint {
  const [before, after] = [points[index - 1], points[index + 1]]
  const width = (points.at(-1)?.x ?? 1) - (points[0]?.x ?? 0)
  const least = before === undefined ? Math.min(0, points[0]?.x ?? 0) : before.x + width / 1000
  const most = after === undefined ? Number.POSITIVE_INFINITY : after.x - width / 1000
  const x = Math.min(Math.max(wanted.x, least), most)
  const floor = isRising ? (before?.factor ?? 0) : 0
  const ceiling = isRising ? (after?.factor ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY
  return { x: x === wanted.x ? x : tidy(x), factor: Math.min(Math.max(wanted.factor, floor), ceiling) }
}

function ticks(from: number, to: number, count: number): readonly number[] {
  const rough = (to - from) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((multiple) => multiple * power >= rough) ?? 10) * power
  const first = Math.ceil(from / step - 1e-9)
  const found: number[] = []
  for (let number = first; number * step <= to + step * 1e-9; number += 1) found.push(Number((number * step).toPrecision(12)))
  return found
}
