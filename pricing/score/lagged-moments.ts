// How strongly an acceleration persists over one and two seconds, in constant memory. Products of values a second apart leave
// out what vibration and sensor noise add to every single value, and mean the same at 1 Hz as at 100 Hz.

/** What was learnt of one signal; mutable, filled by `addValue`. */
export interface LaggedMoments {
  /** The block being filled: what is faster than this is vibration. */
  blockStartMs: number
  blockSum: number
  blockCount: number
  /** Closed blocks of the last seconds, newest at `newest`. */
  readonly tMs: Float64Array
  readonly value: Float64Array
  newest: number
  held: number
  /** Seconds and sum of products at a lag of one second, and of two. */
  oneS: number
  oneSum: number
  twoS: number
  twoSum: number
}

/** Values this close together are averaged. */
export const blockMs = 200
const lagMs = 1000
/** 1 Hz devices are late by tenths of a second. */
const lagSlackMs = 300
/** A value stands for the time since the one before, at most this. */
const standsMsMax = 1000
/** Two seconds and the slack in blocks, rounded up to a power of two. */
const blocksHeld = 16

export function emptyMoments(): LaggedMoments {
  return {
    blockStartMs: Number.NaN,
    blockSum: 0,
    blockCount: 0,
    tMs: new Float64Array(blocksHeld),
    value: new Float64Array(blocksHeld),
    newest: 0,
    held: 0,
    oneS: 0,
    oneSum: 0,
    twoS: 0,
    twoSum: 0,
  }
}

/** @param tMs later than every one before */
export function addValue(moments: LaggedMoments, tMs: number, value: number): void {
  if (tMs - moments.blockStartMs < blockMs) {
    moments.blockSum += value
    moments.blockCount += 1
    return
  }
  closeBlock(moments)
  moments.blockStartMs = tMs
  moments.blockSum = value
  moments.blockCount = 1
}

/** Ends the open block; to be called once nothing more comes. Calling it again changes nothing. */
export function closeBlock(moments: LaggedMoments): void {
  if (moments.blockCount === 0) return
  const tMs = moments.blockStartMs
  const value = moments.blockSum / moments.blockCount
  moments.blockCount = 0
  const { tMs: times, value: values, held, newest } = moments
  let one = Number.NaN
  let two = Number.NaN
  let oneOffMs = lagSlackMs
  let twoOffMs = lagSlackMs
  for (let back = 0; back < held; back += 1) {
    const slot = (newest - back) & (blocksHeld - 1)
    const agoMs = tMs - (times[slot] ?? Number.NaN)
    if (!(agoMs <= 2 * lagMs + lagSlackMs)) break
    const offOneMs = Math.abs(agoMs - lagMs)
    const offTwoMs = Math.abs(agoMs - 2 * lagMs)
    if (offOneMs <= oneOffMs) {
      one = values[slot] ?? Number.NaN
      oneOffMs = offOneMs
    } else if (offTwoMs <= twoOffMs) {
      two = values[slot] ?? Number.NaN
      twoOffMs = offTwoMs
    }
  }
  const lastsS = held === 0 ? 0 : Math.min(tMs - (times[newest] ?? tMs), standsMsMax) / 1000
  if (!Number.isNaN(one)) {
    moments.oneS += lastsS
    moments.oneSum += lastsS * value * one
  }
  if (!Number.isNaN(two)) {
    moments.twoS += lastsS
    moments.twoSum += lastsS * value * two
  }
  moments.newest = (newest + 1) & (blocksHeld - 1)
  times[moments.newest] = tMs
  values[moments.newest] = value
  moments.held = Math.min(held + 1, blocksHeld)
}

/** Mean square of what lasts a second; 0 when nothing does. */
export function sustained(moments: LaggedMoments): number {
  return moments.oneS > 0 ? Math.max(0, moments.oneSum / moments.oneS) : 0
}

/** Mean square of the change from one second to the next, without what noise adds to it. */
export function changing(moments: LaggedMoments): number {
  if (moments.oneS === 0 || moments.twoS === 0) return 0
  return Math.max(0, 2 * (moments.oneSum / moments.oneS - moments.twoSum / moments.twoS))
}
