// Randomness out of a seed: the same seed gives the same numbers on every machine. Generators are made by name, so that one
// more number drawn in one place changes nothing in another.

export interface Random {
  /** From 0 (inclusive) to 1 (exclusive), in steps of 2⁻³². */
  next(): number
  between(min: number, max: number): number
  /** A whole number from min to max, both inclusive. */
  whole(min: number, max: number): number
  chance(probability: number): boolean
  /** Bell-shaped around the mean; never further away than 3.47 standard deviations. */
  around(mean: number, deviation: number): number
  /** @throws RangeError on an empty list */
  pick<Item>(list: readonly Item[]): Item
}

/** @param names what the numbers are for, outermost first, for instance seed, device, day */
export function randomFor(...names: readonly (string | number)[]): Random {
  const next = sfc32(...hashTriple(names.join('/')))
  const between = (min: number, max: number): number => min + next() * (max - min)
  return {
    next,
    between,
    whole: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    // The sum of four uniform numbers: bell-shaped, bounded, and without a transcendental function that machines round apart.
    around: (mean, deviation) => mean + (next() + next() + next() + next() - 2) * Math.sqrt(3) * deviation,
    pick(list) {
      const item = list[Math.floor(next() * list.length)]
      if (item === undefined) throw new RangeError('nothing to pick from')
      return item
    },
  }
}

/** Small Fast Counter, 32 bit, by Chris Doty-Humphrey (PractRand); after its recommended twelve rounds of warming up. */
function sfc32(seedA: number, seedB: number, seedC: number): () => number {
  let [a, b, c, counter] = [seedA | 0, seedB | 0, seedC | 0, 1]
  const next = (): number => {
    const result = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + result
    c |= 0
    return (result >>> 0) / 2 ** 32
  }
  for (let round = 0; round < 12; round += 1) next()
  return next
}

/** Three FNV-1a hashes of the text, each from its own offset; for spreading seeds, not for secrets. */
function hashTriple(text: string): [number, number, number] {
  const hashFrom = (offset: number): number => {
    let hash = offset
    for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
    return hash
  }
  return [hashFrom(0x811c9dc5), hashFrom(0x5bd1e995), hashFrom(0x2545f491)]
}
