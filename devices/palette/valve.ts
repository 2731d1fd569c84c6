// A home's water while somebody has closed its main valve from outside: nothing flows, and what has run out dries up.

import type { Reading } from '../contract/reading.ts'

/** The floor is wet for a while after the water has stopped. */
export const driesWithinMs = 10 * 60_000

export function behindClosedValve(reading: Reading, closedAtMs: number): Reading {
  if (reading.kind !== 'home' || reading.takenAtMs < closedAtMs) return reading
  const isDry = reading.takenAtMs >= closedAtMs + driesWithinMs
  return { ...reading, values: { ...reading.values, ValveOpen: false, WaterFlow: 0, ...(isDry ? { WaterLeak: false } : {}) } }
}
