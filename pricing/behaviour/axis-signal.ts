// One axis of an accelerometer or gyro over time: its mean over a window, its mounting bias, and the long manoeuvres that a
// phone's gravity removal takes away. Pure functions of columns; NaN is "not known" throughout.

import { at, medianOf } from './columns.ts'
import type { DetectionThresholds } from './detection-thresholds.ts'

/** Steps longer than this are gaps: nothing is integrated across them. */
const gapMs = 2500

/** Mean of the known values within half a window before and after each row; NaN where the row itself is not known. */
export function meansOver(tMs: Float64Array, values: Float64Array, windowMs: number): Float64Array {
  const means = new Float64Array(values.length)
  let from = 0
  let to = 0
  let sum = 0
  let known = 0
  for (let row = 0; row < values.length; row += 1) {
    const now = at(tMs, row)
    while (to < values.length && at(tMs, to) <= now + windowMs / 2) {
      const value = at(values, to)
      if (!Number.isNaN(value)) {
        sum += value
        known += 1
      }
      to += 1
    }
    while (at(tMs, from) < now - windowMs / 2) {
      const value = at(values, from)
      if (!Number.isNaN(value)) {
        sum -= value
        known -= 1
      }
      from += 1
    }
    means[row] = Number.isNaN(at(values, row)) ? Number.NaN : sum / known
  }
  return means
}

/** A median of so many values, evenly taken, is as good as that of all. */
const medianOfMax = 1024

/** A tilted mounting adds a constant; over some minutes the median of an axis is that constant. */
export function withoutBias(values: Float64Array, limits: { biasSamplesMin: number; biasMps2Max: number }): Float64Array {
  const known = new Float64Array(Math.min(values.length, medianOfMax))
  const stride = values.length / known.length
  let count = 0
  for (let index = 0; index < known.length; index += 1) {
    const value = at(values, Math.floor(index * stride))
    if (Number.isNaN(value)) continue
    known[count] = value
    count += 1
  }
  const bias = medianOf(known.subarray(0, count))
  if (count < limits.biasSamplesMin || Math.abs(bias) > limits.biasMps2Max) return values
  const unbiased = new Float64Array(values.length)
  for (let row = 0; row < values.length; row += 1) unbiased[row] = at(values, row) - bias
  return unbiased
}

/**
 * Whether everything slower than about a second was filtered out of the axis: then it does not gain what the speed gains, or, where
 * the speed is not known, never gains speed for long, however strong it is. `values` are means without bias.
 */
export function isHighPassed(
  tMs: Float64Array,
  values: Float64Array,
  speedKph: Float64Array,
  detect: DetectionThresholds,
): boolean {
  const gained = new Float64Array(values.length)
  let squares = 0
  let known = 0
  for (let row = 0; row < values.length; row += 1) {
    const value = at(values, row)
    const stepMs = row === 0 ? 0 : at(tMs, row) - at(tMs, row - 1)
    const isKnown = !Number.isNaN(value)
    gained[row] = (row === 0 ? 0 : at(gained, row - 1)) + (isKnown && stepMs <= gapMs ? (value * stepMs) / 1000 : 0)
    if (!isKnown) continue
    squares += value * value
    known += 1
  }
  const strength = Math.sqrt(squares / known)
  if (!(strength >= detect.strengthMps2Min)) return false
  let from = 0
  let gainSquares = 0
  let spans = 0
  let speedSquares = 0
  let products = 0
  let compared = 0
  for (let row = 0; row < values.length; row += 1) {
    while (at(tMs, row) - at(tMs, from) > detect.gainSpanMs) from += 1
    if (from === 0) continue
    const gain = at(gained, row) - at(gained, from)
    gainSquares += gain * gain
    spans += 1
    const speedGain = (at(speedKph, row) - at(speedKph, from)) / 3.6
    if (Number.isNaN(speedGain)) continue
    speedSquares += speedGain * speedGain
    products += gain * speedGain
    compared += 1
  }
  if (compared * 2 >= spans && speedSquares >= compared * detect.speedGainMpsMin ** 2)
    return products < detect.shareMin * speedSquares
  return spans > 0 && Math.sqrt(gainSquares / spans) / strength <= detect.highPassedGainSMax
}

/**
 * The inverse of a first-order high-pass: value + its own integral over the time constant. The integral is forgotten slowly, so
 * that what is left of a bias stays bounded.
 */
export function undoHighPass(
  tMs: Float64Array,
  values: Float64Array,
  leakMs: number,
  { highPassTauMs }: DetectionThresholds,
): Float64Array {
  const mean = meanOf(values)
  const restored = new Float64Array(values.length)
  let integral = 0
  let lastRow = -1
  for (let row = 0; row < values.length; row += 1) {
    const value = at(values, row) - mean
    if (Number.isNaN(value)) {
      restored[row] = Number.NaN
      continue
    }
    const stepMs = lastRow < 0 ? 0 : at(tMs, row) - at(tMs, lastRow)
    if (stepMs > gapMs) integral = 0
    else if (stepMs > 0)
      integral = (integral + ((at(values, lastRow) - mean + value) / 2) * (stepMs / 1000)) * (1 - stepMs / leakMs)
    restored[row] = value + integral / (highPassTauMs / 1000)
    lastRow = row
  }
  return restored
}

function meanOf(values: Float64Array): number {
  let sum = 0
  let known = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    sum += value
    known += 1
  }
  return known > 0 ? sum / known : 0
}

/** Median time between rows; slow and irregular devices show in it. */
export function usualStepMs(tMs: Float64Array, rows: number): number {
  const steps = new Float64Array(Math.max(0, Math.min(rows - 1, medianOfMax)))
  const stride = (rows - 1) / steps.length
  for (let index = 0; index < steps.length; index += 1) {
    const row = 1 + Math.floor(index * stride)
    steps[index] = at(tMs, row) - at(tMs, row - 1)
  }
  return medianOf(steps)
}
