// How long a device waits before it connects again: doubling, capped and jittered, so that a fleet that lost its broker at the
// same instant does not come back at the same instant.

export interface ReconnectLimits {
  readonly firstMs: number
  readonly mostMs: number
}

/** Half a second is long enough for a restart of the broker; half a minute short enough not to be noticed on a dashboard. */
export const reconnectLimits: ReconnectLimits = { firstMs: 500, mostMs: 30_000 }

/**
 * @param attempt 0 for the first try after a connection that worked
 * @param random from 0 to 1
 * @returns milliseconds, from half of the doubled delay up to all of it
 */
export function reconnectDelayMs(attempt: number, random: number, limits: ReconnectLimits = reconnectLimits): number {
  const cappedMs = Math.min(limits.mostMs, limits.firstMs * 2 ** Math.min(attempt, 30))
  return Math.round(cappedMs * (0.5 + random / 2))
}
