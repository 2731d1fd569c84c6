// What was asked of somebody who is signing in and waits for an answer: it is taken once, and not for long. Kept in memory; after a
// restart people begin again. Time comes in from the caller.

import { randomBytes } from 'node:crypto'

/** Long enough to find the phone, short enough that nothing lies around. */
export const challengeMsMax = 5 * 60_000
/** The oldest are forgotten first; addresses are limited long before. */
const waitingMax = 10_000
const tokenBytes = 24

export type Challenge =
  /** The password was right; the second factor is to come. */
  | { readonly kind: 'second-factor'; readonly userId: string; readonly rememberMe: boolean }
  /** `userId` where it has to be somebody's: after the password, or on a session. */
  | { readonly kind: 'passkey'; readonly challenge: string; readonly userId?: string }
  | { readonly kind: 'new-passkey'; readonly challenge: string; readonly userId: string }

type Kind = Challenge['kind']
type OfKind<Wanted extends Kind> = Extract<Challenge, { readonly kind: Wanted }>

export interface Challenges {
  /** @returns the token to answer with */
  issue(challenge: Challenge, nowMs: number): string
  /** What the token stands for, which stays. */
  look<Wanted extends Kind>(kind: Wanted, token: string, nowMs: number): OfKind<Wanted> | undefined
  /** What the token stands for, once. */
  take<Wanted extends Kind>(kind: Wanted, token: string, nowMs: number): OfKind<Wanted> | undefined
}

export function createChallenges(): Challenges {
  const waiting = new Map<string, { readonly challenge: Challenge; readonly untilMs: number }>()

  const look = <Wanted extends Kind>(kind: Wanted, token: string, nowMs: number): OfKind<Wanted> | undefined => {
    const found = waiting.get(token)
    if (found === undefined || found.untilMs <= nowMs) return undefined
    return isOfKind(found.challenge, kind) ? found.challenge : undefined
  }

  return {
    issue(challenge, nowMs) {
      for (const [token, { untilMs }] of waiting) {
        if (untilMs > nowMs && waiting.size < waitingMax) break
        waiting.delete(token)
      }
      const token = randomBytes(tokenBytes).toString('base64url')
      waiting.set(token, { challenge, untilMs: nowMs + challengeMsMax })
      return token
    },
    look,
    take(kind, token, nowMs) {
      const found = look(kind, token, nowMs)
      if (found !== undefined) waiting.delete(token)
      return found
    },
  }
}

function isOfKind<Wanted extends Kind>(challenge: Challenge, kind: Wanted): challenge is OfKind<Wanted> {
  return challenge.kind === kind
}
