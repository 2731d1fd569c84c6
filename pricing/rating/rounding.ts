// Rounding half to even and interpolation in tables: with + − × ÷ all the arithmetic that rating uses.

/** Sums of binary fractions miss a decimal tie by less than this; it is treated as the tie it is written as. */
const tieTolerance = 1e-9

/** Half to even at this many decimals: 0.5 → 0, 1.5 → 2, 2.5 → 2. */
export function roundHalfEven(value: number, decimals = 0): number {
  return roundAtScale(value, scaleOf(decimals))
}

/** 10 to the power of `decimals`. */
export function scaleOf(decimals: number): number {
  let scale = 1
  for (let place = 0; place < decimals; place += 1) scale *= 10
  return scale
}

/** Half to even at the decimals of a scale that `scaleOf` made. */
export function roundAtScale(value: number, scale: number): number {
  const scaled = value * scale
  const below = Math.floor(scaled)
  const rest = scaled - below
  const isTie = Math.abs(rest - 0.5) <= tieTolerance
  const isUp = isTie ? below % 2 !== 0 : rest > 0.5
  return (isUp ? below + 1 : below) / scale
}

/** An amount half to even to a multiple of `toMinor`. */
export function roundToMultiple(amountMinor: number, toMinor: number): number {
  return roundAtScale(amountMinor / toMinor, 1) * toMinor
}

/** Cut, not rounded, to the decimals of a scale; what misses the next decimal by an error of binary fractions only has it. */
export function truncateAtScale(value: number, scale: number): number {
  return Math.floor(value * scale + tieTolerance) / scale
}

/** x ascending; at least one point. */
export type Curve = readonly (readonly [x: number, y: number])[]

/** Straight between the points, level before the first and after the last. */
export function interpolate(curve: Curve, x: number): number {
  let left: readonly [number, number] | undefined
  for (const point of curve) {
    if (x <= point[0]) {
      if (left === undefined || x === point[0]) return point[1]
      return left[1] + ((point[1] - left[1]) * (x - left[0])) / (point[0] - left[0])
    }
    left = point
  }
  return left?.[1] ?? 1
}

/** Bühlmann's Z = n ÷ (n + K): how much the own experience counts, 0 without any and towards 1 with much of it. */
export function credibility(exposure: number, k: number): number {
  return exposure <= 0 ? 0 : exposure / (exposure + k)
}
