// A reading on its way through the faults: what it says by now, when it was really taken, and what is expected of it.

import type { Reading } from '../contract/reading.ts'
import { type RefusalCode, refusalCodes } from '../contract/receipt.ts'

export interface SentReading {
  /** When it was taken, whatever the device's clock says: faults come and go by this time. */
  readonly trueMs: number
  /** `t` as it is sent. */
  readonly takenAtMs: number
  readonly values: Readonly<Record<string, unknown>>
  /** Why it will be refused; undefined when it is to be stored. */
  readonly refusal?: RefusalCode
}

export function sentReading(reading: Reading): SentReading {
  return { trueMs: reading.takenAtMs, takenAtMs: reading.takenAtMs, values: reading.values }
}

/** Of two reasons the one that is checked first is the one that is told. */
export function refusedFor(reading: SentReading, code: RefusalCode): SentReading {
  const { refusal = code } = reading
  return { ...reading, refusal: refusalCodes.indexOf(code) < refusalCodes.indexOf(refusal) ? code : refusal }
}
