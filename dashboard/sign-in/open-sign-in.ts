// What signing in works with beside sessions: second factors, passkeys, the questions that wait for an answer, and the limits on
// guessing. Made once and handed to the routes.

import type { Book } from '../../store/book/schema.ts'
import { type Attempts, createAttempts } from './attempts.ts'
import { type Challenges, createChallenges } from './challenges.ts'
import { openPasskeys, type Passkeys } from './passkeys.ts'
import { type RelyingParty, relyingPartyOf } from './relying-party.ts'
import { createSeal } from './sealed-text.ts'
import { openSecondFactors, type SecondFactors } from './second-factors.ts'

/** A code has a million forms, three of them right: five guesses in a quarter of an hour find it in years. */
export const codeLimits = { perAddressMax: 20, perAccountMax: 5, windowMs: 15 * 60_000, trackedMax: 20_000 }
/** Every look at the sign-in page may ask for one; this keeps one address from filling the memory of those that wait. */
export const challengeLimits = { perAddressMax: 60, perAccountMax: 60, windowMs: 60_000, trackedMax: 20_000 }

export interface SignIn {
  readonly secondFactors: SecondFactors
  readonly passkeys: Passkeys
  readonly challenges: Challenges
  readonly codeAttempts: Attempts
  readonly challengeAttempts: Attempts
  /** Whether accounts of the demo may enter. */
  readonly demo: boolean
  relyingParty(headers: Headers): RelyingParty
}

export interface SignInOptions {
  readonly book: Book
  readonly secret: string
  /** The address people type, or empty. */
  readonly publicUrl: string
  readonly isLoopback: boolean
  readonly demo: boolean
}

export function openSignIn({ book, secret, publicUrl, isLoopback, demo }: SignInOptions): SignIn {
  return {
    secondFactors: openSecondFactors(book, createSeal(secret)),
    passkeys: openPasskeys(book),
    challenges: createChallenges(),
    codeAttempts: createAttempts(codeLimits),
    challengeAttempts: createAttempts(challengeLimits),
    demo,
    relyingParty: (headers) => relyingPartyOf({ publicUrl, isLoopback, host: headers.get('host') ?? '' }),
  }
}
