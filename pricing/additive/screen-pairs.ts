// Which pairs of factors are worth a table: those that leave the most claims unexplained, cell by cell on a coarse grid, beyond
// what chance leaves. After FAST (Lou, Caruana, Gehrke and Hooker, Accurate intelligible models with pairwise interactions, 2013).

export interface ScreenedPair {
  readonly factors: readonly [string, string]
  /** Score statistic of the coarse cells less its expectation without an interaction; at or below 0 it is chance. */
  readonly gain: number
}

export interface CoarseFactor {
  readonly name: string
  readonly size: number
  readonly codes: Uint16Array
}

/**
 * All pairs, the most promising first. a - b of a cell has the variance phi b where nothing is left to explain.
 * @param by every pair is looked at for each of its levels
 * @param prior keeps thin cells from deciding
 */
export function screenPairs(
  factors: readonly CoarseFactor[],
  by: CoarseFactor | undefined,
  a: Float64Array,
  b: Float64Array,
  phi: number,
  prior: number,
): readonly ScreenedPair[] {
  const pairs = factors.flatMap((one, at) => factors.slice(at + 1).map((other) => [one, other] as const))
  return pairs
    .map(([one, other]) => ({
      factors: [one.name, other.name] as const,
      gain: gainOf([one, other, ...(by === undefined ? [] : [by])], a, b, phi, prior),
    }))
    .sort((one, other) => other.gain - one.gain)
}

function gainOf(factors: readonly CoarseFactor[], a: Float64Array, b: Float64Array, phi: number, prior: number): number {
  const cells = factors.reduce((size, factor) => size * factor.size, 1)
  const score = new Float64Array(cells)
  const held = new Float64Array(cells)
  for (let row = 0; row < a.length; row++) {
    let cell = 0
    for (const { size, codes } of factors) cell = cell * size + (codes[row] ?? 0)
    score[cell] = (score[cell] ?? 0) + (a[row] ?? 0) - (b[row] ?? 0)
    held[cell] = (held[cell] ?? 0) + (b[row] ?? 0)
  }
  let gain = 0
  score.forEach((difference, cell) => {
    const b = held[cell] ?? 0
    if (b > 0) gain += (difference * difference - phi * b) / (phi * (b + prior))
  })
  return gain
}
