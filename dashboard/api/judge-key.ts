// What a program with a key may not do, whatever its role may: change a person's own account, what a person has to be there for, more
// than its key allows, and ask without end.

import { everyone, type Refusal, type Route, refuse } from './route.ts'
import type { Services } from './services.ts'
import { throttled } from './throttle.ts'

/** Ten a second for a minute: more than a program that reads a book page by page needs. */
export const keyLimits = { perWindowMax: 600, windowMs: 60_000, trackedMax: 10_000 } as const
const throttle = throttled(keyLimits)

/** By the roles, not by the list they stand in. */
export function isForEveryone({ access }: Pick<Route, 'access'>): boolean {
  return access !== 'public' && everyone.every((role) => access.includes(role))
}

/** Undefined: it may try. */
export function judgeKey(
  services: Services,
  route: Pick<Route, 'access' | 'stepUp' | 'method'>,
  key: { readonly id: string; readonly canWrite: boolean },
): Refusal | undefined {
  const admission = throttle(services, key.id)
  if (admission.kind === 'throttled') return { ...refuse('too-many-requests'), retryAfterMs: admission.retryAfterMs }
  // What everybody may do is done to one's own account.
  if (isForEveryone(route) || route.stepUp) return refuse('not-allowed', 'a person has to do this: sign in without a key')
  if (route.method !== 'get' && !key.canWrite) return refuse('not-allowed', 'this key may only read')
  return undefined
}
