// How strong an acceleration is and how fast it changes, in constant memory. It is known from products of values some time
// apart, because what vibration and sensor noise add to every single value drops out of them, at 1 Hz as at 100 Hz.

/** What was learnt of one signal; mutable, filled by `addValue`. */
export interface LaggedMoments {
  /** The block being filled: what is faster than this is vibration. */
  blockStartMs: number
  blockSum: number
  blockCount: number
  /** Closed blocks of the last seconds, the newest at `newest`. */
  readonly tMs: Float64Array
  readonly value: Float64Array
  newest: number
  held: number
  /** By lag: seconds in which both values were known, and the sum of their products. */
  readonly seconds: Float64Array
  readonly sums: Float64Array
}

/** Values this close together are averaged. */
export const blockMs = 200
/** The first two need a sensor, the others only a value a second. */
const lagsMs = [400, 800, 1000, 2000] as const
/** 1 Hz devices are late by tenths of a second. */
const slacksMs = [120, 120, 300, 300] as const
const reachMs = 2300
/** A value stands for the time since the one before, at most this. */
const standsMsMax = 2000
/** Of what is tolerable. More says something about the sensor or about one accident, not about a way of driving. */
export const shareMax = 0.8
/** `reachMs` in blocks, rounded up to a power of two. */
const blocksHeld = 16
/** Of the seconds known at a lag of one second, so many must be known at a shorter one to believe it. */
const shareKnownMin = 0.5

export function emptyMoments(): LaggedMoments {
  return {
    blockStartMs: Number.NaN,
    blockSum: 0,
    blockCount: 0,
    tMs: new Float64Array(blocksHeld),
    value: new Float64Array(blocksHeld),
    newest: 0,
    held: 0,
    seconds: new Float64Array(lagsMs.length),
    sums: new Float64Array(lagsMs.length),
  }
}

export function copyMoments(from: LaggedMoments, into: LaggedMoments): void {
  into.blockStartMs = from.blockStartMs
  into.blockSum = from.blockSum
  into.blockCount = from.blockCount
  into.tMs.set(from.tMs)
  into.value.set(from.value)
  into.newest = from.newest
  into.held = from.held
  into.seconds.set(from.seconds)
  into.sums.set(from.sums)
}

/**
 * @param tMs later than every one before
 * @param value share of the tolerable acceleration, signed
 */
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
  const value = Math.min(shareMax, Math.max(-shareMax, moments.blockSum / moments.blockCount))
  moments.blockCount = 0
  const { tMs: times, value: values, held, newest } = moments
  const lastsS = held === 0 ? 0 : Math.min(tMs - (times[newest] ?? tMs), standsMsMax) / 1000
  let back = 0
  for (let lag = 0; lag < lagsMs.length; lag += 1) {
    const wantedMs = tMs - (lagsMs[lag] ?? reachMs)
    while (back < held && (times[(newest - back) & (blocksHeld - 1)] ?? 0) > wantedMs) back += 1
    // The nearest is the first block at or before the wanted instant, or the one after it.
    const before = back < held ? (newest - back) & (blocksHeld - 1) : -1
    const after = back > 0 ? (newest - back + 1) & (blocksHeld - 1) : -1
    const beforeOffMs = before < 0 ? Number.POSITIVE_INFINITY : wantedMs - (times[before] ?? 0)
    const afterOffMs = after < 0 ? Number.POSITIVE_INFINITY : (times[after] ?? 0) - wantedMs
    const nearest = beforeOffMs <= afterOffMs ? before : after
    if (Math.min(beforeOffMs, afterOffMs) > (slacksMs[lag] ?? 0)) continue
    moments.seconds[lag] = (moments.seconds[lag] ?? 0) + lastsS
    moments.sums[lag] = (moments.sums[lag] ?? 0) + lastsS * value * (values[nearest] ?? 0)
  }
  moments.newest = (newest + 1) & (blocksHeld - 1)
  times[moments.newest] = tMs
  values[moments.newest] = value
  moments.held = Math.min(held + 1, blocksHeld)
}

/** Seconds in which values a second or two apart were known. */
export function pairedS(moments: LaggedMoments): number {
  return Math.max(secondsAt(moments, 2), secondsAt(moments, 3))
}

/**
 * Mean square without noise: the autocovariance, a parabola around lag 0, taken back to lag 0 from two lags at which noise no
 * longer agrees with itself.
 */
export function meanSquare(moments: LaggedMoments): number {
  const isFast = secondsAt(moments, 1) > shareKnownMin * secondsAt(moments, 2) && secondsAt(moments, 1) > 0
  const [near, far] = isFast ? [covariance(moments, 0), covariance(moments, 1)] : [covariance(moments, 2), covariance(moments, 3)]
  if (Number.isNaN(near)) return Number.isNaN(far) ? 0 : Math.max(0, far)
  return Math.max(0, Number.isNaN(far) ? near : (4 * near - far) / 3)
}

/** Mean square of the change from one second to the next, without what noise adds to it; 0 where it cannot be known. */
export function meanSquareChange(moments: LaggedMoments): number {
  const change = 2 * (covariance(moments, 2) - covariance(moments, 3))
  return Number.isNaN(change) ? 0 : Math.max(0, change)
}

function secondsAt(moments: LaggedMoments, lag: number): number {
  return moments.seconds[lag] ?? 0
}

/** NaN when no two values were so far apart. */
function covariance(moments: LaggedMoments, lag: number): number {
  return (moments.sums[lag] ?? 0) / secondsAt(moments, lag)
}
