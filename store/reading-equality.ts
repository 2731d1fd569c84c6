// When two readings of the same device and instant say the same: what tells a duplicate from a conflict, in every store.

import type { Reading } from '../devices/contract/reading.ts'

/** Same signals with the same values; 0 and -0 are the same value, since not every store can tell them apart. */
export function saysTheSame(one: Reading, other: Reading): boolean {
  const values: Readonly<Record<string, number | boolean | undefined>> = one.values
  const others: Readonly<Record<string, number | boolean | undefined>> = other.values
  for (const name in values) if (values[name] !== others[name]) return false
  for (const name in others) if (values[name] === undefined && others[name] !== undefined) return false
  return true
}

/** @throws RangeError for what no parser lets through and no store can keep: a time or a number that is not finite */
export function assertStorable(reading: Reading): void {
  const numbers: readonly unknown[] = Object.values(reading.values).filter((value) => typeof value === 'number')
  if (Number.isSafeInteger(reading.takenAtMs) && numbers.every(Number.isFinite)) return
  throw new RangeError(
    `A reading of ${JSON.stringify(reading.device)} at ${reading.takenAtMs} holds a number that is not finite.`,
  )
}
