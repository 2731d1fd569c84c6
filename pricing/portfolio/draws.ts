// Draws from the distributions of the trade, out of a seeded generator: the same seed gives the same numbers.

import type { Random } from '../../devices/simulator/random.ts'

/** Standard normal, by Box and Muller (1958). */
export function normal(random: Random): number {
  // 1 − u is never 0.
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}

/** Gamma with this shape and scale 1, by Marsaglia and Tsang (2000). @throws RangeError for a shape of 0 or less */
export function gamma(random: Random, shape: number): number {
  if (!(shape > 0)) throw new RangeError(`a gamma distribution has no shape ${shape}`)
  if (shape < 1) return gamma(random, shape + 1) * (1 - random.next()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** Above it a Poisson variable is drawn in parts: exp(−mean) must not become 0. */
const meanPerPartMax = 500

/** Poisson, by inversion. */
export function poisson(random: Random, mean: number): number {
  let count = 0
  for (let left = mean; left > 0; left -= meanPerPartMax) {
    const part = Math.min(left, meanPerPartMax)
    let probability = Math.exp(-part)
    let below = probability
    const at = random.next()
    let drawn = 0
    while (at >= below && probability > 0) {
      drawn += 1
      probability *= part / drawn
      below += probability
    }
    count += drawn
  }
  return count
}

/** One of the levels, by their shares. */
export function level<Level extends string>(random: Random, shares: Readonly<Record<Level, number>>): Level {
  let left = random.next()
  let last: Level | undefined
  for (const name in shares) {
    last = name
    left -= shares[name]
    if (left < 0) return name
  }
  if (last === undefined) throw new RangeError('nothing to draw from')
  return last
}
