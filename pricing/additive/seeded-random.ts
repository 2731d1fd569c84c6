// A sequence of numbers that a seed decides, the same on every machine: which row belongs to which fold.

/** Numbers from 0 to below 1. Mulberry32 (Tommy Ettinger, public domain): integer arithmetic only. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}
