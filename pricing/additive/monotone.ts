// Makes a sequence monotone by changing it as little as possible: pooling of adjacent violators (Ayer et al. 1955), weighted.

export type Direction = 'up' | 'down'

/** The monotone sequence nearest to `values` by weighted squares; a weight of zero counts as next to nothing. */
export function monotone(values: ArrayLike<number>, weights: ArrayLike<number>, direction: Direction): Float64Array {
  const sign = direction === 'up' ? 1 : -1
  const means: number[] = []
  const held: number[] = []
  const sizes: number[] = []
  for (let at = 0; at < values.length; at++) {
    let mean = sign * (values[at] ?? 0)
    let weight = Math.max(weights[at] ?? 0, Number.MIN_VALUE * 2 ** 60)
    let size = 1
    while (means.length > 0 && (means.at(-1) ?? 0) > mean) {
      const before = held.pop() ?? 0
      mean = mean + ((means.pop() ?? 0) - mean) * (before / (before + weight))
      weight += before
      size += sizes.pop() ?? 0
    }
    means.push(mean)
    held.push(weight)
    sizes.push(size)
  }
  const result = new Float64Array(values.length)
  let at = 0
  means.forEach((mean, pool) => {
    const size = sizes[pool] ?? 0
    result.fill(sign * mean, at, at + size)
    at += size
  })
  return result
}
