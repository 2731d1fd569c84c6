// The signals driving events are found in: vehicle-axis acceleration where a device gives it, else slopes of speed and yaw rate
// times speed; never from coordinates. Biases are removed, and what a phone's gravity removal took is put back.

import { isHighPassed, meansOver, undoHighPass, usualStepMs, withoutBias } from './axis-signal.ts'
import { at } from './columns.ts'
import type { BehaviourThresholds } from './thresholds.ts'
import type { Window } from './window.ts'

export interface ManoeuvreSignals {
  readonly tMs: Float64Array
  readonly rows: number
  readonly stepMs: number
  readonly longitudinalFrom: 'accelerometer' | 'speed'
  readonly lateralFrom: 'accelerometer' | 'yaw-rate'
  /** m/s², NaN where not known. */
  readonly longitudinalMps2: Float64Array
  readonly lateralMps2: Float64Array
  /** Whether anything of it is. */
  readonly isLateralKnown: boolean
  /** NaN where not known. */
  readonly yawDegPerS: Float64Array
  readonly speedKph: Float64Array
  /** The accelerometer went through a high-pass; restored where that was undone. */
  readonly isHighPassed: boolean
  readonly isRestored: boolean
}

/** @param window only its filled part */
export function prepareSignals(window: Window, thresholds: BehaviourThresholds): ManoeuvreSignals {
  const { detect } = thresholds
  const { tMs } = window
  const rows = tMs.length
  const uses = (name: (typeof detect.filters)[number]): boolean => detect.filters.includes(name)
  const mean = (values: Float64Array): Float64Array => (uses('mean') ? meansOver(tMs, values, detect.meanMs) : values)
  const unbiased = (values: Float64Array): Float64Array => (uses('bias') ? withoutBias(values, thresholds.event) : values)
  const longitudinalFrom = countKnown(window.longitudinalMps2) * 2 >= rows ? 'accelerometer' : 'speed'
  const lateralFrom = countKnown(window.lateralMps2) * 2 >= rows ? 'accelerometer' : 'yaw-rate'
  const stepMs = usualStepMs(tMs, rows)
  const isYawKnown = countKnown(window.yawDegPerS) > 0
  const yawDegPerS = isYawKnown ? mean(window.yawDegPerS) : window.yawDegPerS
  let longitudinal = longitudinalFrom === 'accelerometer' ? unbiased(mean(window.longitudinalMps2)) : slopesOf(window, thresholds)
  let lateral = lateralFrom === 'accelerometer' ? unbiased(mean(window.lateralMps2)) : lateralOfYaw(yawDegPerS, window.speedKph)
  // One sensor gives both axes; the longitudinal one shows best whether it was filtered.
  const isFiltered =
    longitudinalFrom === 'accelerometer' &&
    stepMs <= detect.fastStepMsMax &&
    isHighPassed(tMs, longitudinal, window.speedKph, detect)
  const isRestored = isFiltered && uses('restore')
  if (isRestored) longitudinal = undoHighPass(tMs, longitudinal, detect.restoreLeakMs.longitudinal, detect)
  if (isRestored && lateralFrom === 'accelerometer') lateral = undoHighPass(tMs, lateral, detect.restoreLeakMs.lateral, detect)
  return {
    tMs,
    rows,
    stepMs,
    longitudinalFrom,
    lateralFrom,
    longitudinalMps2: longitudinal,
    lateralMps2: lateral,
    isLateralKnown: isYawKnown || lateralFrom === 'accelerometer',
    yawDegPerS,
    speedKph: window.speedKph,
    isHighPassed: isFiltered,
    isRestored,
  }
}

/** Slopes of the speeds really reported, over a baseline long enough that repeated or truncated values do not become events. */
function slopesOf({ tMs, toldKph }: Window, { event }: BehaviourThresholds): Float64Array {
  const rows = tMs.length
  const slopes = new Float64Array(rows).fill(Number.NaN)
  let from = -1
  for (let row = 0; row < rows; row += 1) {
    if (Number.isNaN(at(toldKph, row))) continue
    if (from < 0) {
      from = row
      continue
    }
    const baselineMs = at(tMs, row) - at(tMs, from)
    if (baselineMs < event.slopeMsMin) continue
    if (baselineMs <= event.slopeMsMax) {
      const slope = (at(toldKph, row) - at(toldKph, from)) / 3.6 / (baselineMs / 1000)
      for (let between = from + 1; between <= row; between += 1) slopes[between] = slope
    }
    from = row
  }
  return slopes
}

/** Lateral acceleration of a turning vehicle: speed × yaw rate; both positive to the left. */
function lateralOfYaw(yawDegPerS: Float64Array, speedKph: Float64Array): Float64Array {
  const lateral = new Float64Array(speedKph.length)
  for (let row = 0; row < lateral.length; row += 1)
    lateral[row] = (at(speedKph, row) / 3.6) * ((at(yawDegPerS, row) * Math.PI) / 180)
  return lateral
}

function countKnown(column: Float64Array): number {
  let known = 0
  for (let row = 0; row < column.length; row += 1) if (!Number.isNaN(at(column, row))) known += 1
  return known
}
