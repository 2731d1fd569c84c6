// Limits how often something costly or guessable may be asked for, by whoever asks. One window of time per asker.

import type { Services } from './services.ts'

export interface ThrottleLimits {
  readonly perWindowMax: number
  readonly windowMs: number
  /** Askers remembered at a time; the oldest are forgotten first. */
  readonly trackedMax: number
}

export type Throttled = { readonly kind: 'admitted' } | { readonly kind: 'throttled'; readonly retryAfterMs: number }

export function createThrottle({ perWindowMax, windowMs, trackedMax }: ThrottleLimits) {
  const windows = new Map<string, { readonly startedAtMs: number; count: number }>()
  return (asker: string, nowMs: number): Throttled => {
    const known = windows.get(asker)
    if (known === undefined || nowMs - known.startedAtMs >= windowMs) {
      windows.delete(asker)
      const [oldest] = windows.keys()
      if (windows.size >= trackedMax && oldest !== undefined) windows.delete(oldest)
      windows.set(asker, { startedAtMs: nowMs, count: 1 })
      return { kind: 'admitted' }
    }
    if (known.count >= perWindowMax) return { kind: 'throttled', retryAfterMs: known.startedAtMs + windowMs - nowMs }
    known.count += 1
    return { kind: 'admitted' }
  }
}

/** One throttle for each running dashboard. */
export function throttled(limits: ThrottleLimits): (services: Services, asker: string) => Throttled {
  const throttles = new WeakMap<Services, ReturnType<typeof createThrottle>>()
  return (services, asker) => {
    const throttle = throttles.get(services) ?? createThrottle(limits)
    throttles.set(services, throttle)
    return throttle(asker, services.nowMs())
  }
}
