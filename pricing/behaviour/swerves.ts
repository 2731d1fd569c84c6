// Swerves: two quick opposite swings of the vehicle that leave it on its old heading. Told apart from turns, which turn it.

import { at } from './columns.ts'
import { type Episode, findEpisodes } from './episodes.ts'
import type { ManoeuvreSignals } from './manoeuvre-signals.ts'
import type { BehaviourThresholds } from './thresholds.ts'

interface Swing extends Episode {
  readonly sign: 1 | -1
}

export interface Swerve {
  /** Of its first swing. */
  readonly side: 'left' | 'right'
  readonly first: number
  readonly last: number
  readonly peak: number
  readonly peakRow: number
}

/** None from devices too slow to see one. Out and straight back is one swerve, named after the stronger. */
export function findSwerves(signals: ManoeuvreSignals, thresholds: BehaviourThresholds): readonly Swerve[] {
  const { detect, event } = thresholds
  if (!(signals.stepMs <= detect.fastStepMsMax)) return []
  const { swingMps2Min, swingMsMax, peakMps2Min, pauseMsMax, outAndBackMs } = detect.swerve
  const { tMs } = signals
  const rule = {
    levels: [swingMps2Min],
    durationMsMin: event.durationMsMin,
    debounceMs: 0,
    neighbourMsMax: event.slopeMsMax,
    sampleMsMax: event.sampleMsMax,
  }
  const swingsTo = (sign: 1 | -1): readonly Swing[] =>
    findEpisodes(tMs, signals.lateralMps2, sign, rule).map((episode) => ({ ...episode, sign }))
  const swings = [...swingsTo(1), ...swingsTo(-1)].sort((one, other) => one.first - other.first)
  const swerves: Swerve[] = []
  for (let index = 0; index + 1 < swings.length; index += 1) {
    const [one, other] = [swings[index], swings[index + 1]]
    if (one === undefined || other === undefined || one.sign === other.sign) continue
    const isQuick = [one, other].every(({ first, last }) => at(tMs, last) - at(tMs, first) <= swingMsMax)
    if (!isQuick || at(tMs, other.first) - at(tMs, one.last) > pauseMsMax) continue
    const stronger = one.peak >= other.peak ? one : other
    if (stronger.peak < peakMps2Min || Math.abs(turnedDeg(signals, one.first, other.last)) >= detect.turnDegMin) continue
    const swerve: Swerve = {
      side: one.sign > 0 ? 'left' : 'right',
      first: one.first,
      last: other.last,
      peak: stronger.peak,
      peakRow: stronger.peakRow,
    }
    index += 1
    const before = swerves.at(-1)
    const isWayBack =
      before !== undefined && before.side !== swerve.side && at(tMs, swerve.first) - at(tMs, before.first) <= outAndBackMs
    if (!isWayBack) swerves.push(swerve)
    else if (swerve.peak > before.peak) swerves[swerves.length - 1] = { ...swerve, first: before.first }
    else swerves[swerves.length - 1] = { ...before, last: swerve.last }
  }
  return swerves
}

/** How far the vehicle turned from one row to another, degrees, positive to the left; 0 where the yaw rate is not known. */
export function turnedDeg({ tMs, yawDegPerS }: ManoeuvreSignals, first: number, last: number): number {
  let degrees = 0
  for (let row = first; row <= last; row += 1) {
    const yaw = at(yawDegPerS, row)
    const stepMs = row + 1 < tMs.length ? at(tMs, row + 1) - at(tMs, row) : row > 0 ? at(tMs, row) - at(tMs, row - 1) : 0
    if (!Number.isNaN(yaw)) degrees += (yaw * Math.min(stepMs, 1000)) / 1000
  }
  return degrees
}
