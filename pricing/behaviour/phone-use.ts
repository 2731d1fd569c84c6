// The phone in the driver's hand while the vehicle moves: seconds of it, and the seconds and metres in which it would have been noticed.

import type { Row } from './row.ts'
import type { BehaviourThresholds } from './thresholds.ts'
import type { WaySums } from './way-sums.ts'

/** Mutable; times are NaN where there is nothing. */
export interface PhoneUse {
  /** The last row, and the last word on the phone. */
  rowMs: number
  rowKph: number
  toldAtMs: number
  told: number
  /** The stretch of handling. */
  firstMs: number
  lastMs: number
  fastestAtMs: number
  fastestKph: number
}

/** A stretch of handling that has ended; its evidence is found around the fastest moment. */
export interface UseFound {
  readonly startMs: number
  readonly endMs: number
  readonly peakAtMs: number
  readonly peak: number
}

export function noPhoneUse(): PhoneUse {
  return {
    rowMs: Number.NaN,
    rowKph: Number.NaN,
    toldAtMs: Number.NaN,
    told: Number.NaN,
    firstMs: Number.NaN,
    lastMs: Number.NaN,
    fastestAtMs: Number.NaN,
    fastestKph: Number.NaN,
  }
}

/**
 * @param way where the seconds go
 * @returns the stretch that ended with this row
 */
export function stepPhoneUse(use: PhoneUse, row: Row, way: WaySums, thresholds: BehaviourThresholds): UseFound | undefined {
  if (Number.isNaN(use.toldAtMs) && Number.isNaN(row.phone)) {
    use.rowMs = row.tMs
    use.rowKph = row.heldKph
    return undefined
  }
  const { signal, trip } = thresholds
  const { tMs, heldKph } = row
  const stepMs = tMs - use.rowMs
  if (tMs - use.toldAtMs <= signal.phoneHoldMs && stepMs <= signal.stepMsMax && use.rowKph >= trip.movingKph) {
    way.phoneKnownMs += stepMs
    way.phoneKnownM += row.stepM
    if (use.told === 1) way.phoneHandledMs += stepMs
  }
  use.rowMs = tMs
  use.rowKph = heldKph
  if (!Number.isNaN(row.phone)) {
    use.toldAtMs = tMs
    use.told = row.phone
  }
  const isHandled = use.told === 1 && tMs - use.toldAtMs <= signal.phoneHoldMs
  if (!isHandled || !(heldKph >= trip.movingKph)) return endPhoneUse(use, thresholds)
  if (Number.isNaN(use.firstMs)) {
    use.firstMs = tMs
    use.fastestKph = Number.NEGATIVE_INFINITY
  }
  if (heldKph > use.fastestKph) {
    use.fastestAtMs = tMs
    use.fastestKph = heldKph
  }
  use.lastMs = tMs
  return undefined
}

/** At the end of the stretch or of the trip; undefined when it was too short. */
export function endPhoneUse(use: PhoneUse, { detect }: BehaviourThresholds): UseFound | undefined {
  const { firstMs, lastMs, fastestAtMs, fastestKph } = use
  use.firstMs = Number.NaN
  if (!(lastMs - firstMs >= detect.phoneUseMsMin)) return undefined
  return { startMs: firstMs, endMs: lastMs, peakAtMs: fastestAtMs, peak: Math.round(fastestKph * 1000) / 1000 }
}
