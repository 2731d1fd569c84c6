// Judges what somebody offers as proof of who they are: a password, a code, a recovery code or a passkey's answer. Every guess
// counts against the limits before it is looked at. Used when signing in and on a session that is to prove it again.

import type { Attempts } from '../sign-in/attempts.ts'
import type { PasskeyResponse } from '../sign-in/passkeys.ts'
import { isProtected } from '../sign-in/second-factors.ts'
import type { Proof } from '../sign-in/step-up.ts'
import { noteFailedProof, type ProofFor } from './failed-proofs.ts'
import { type Refusal, refuse } from './route.ts'
import type { Services } from './services.ts'
import type { ProofKind } from './sign-in-shapes.ts'

export interface Offered {
  readonly password?: string
  readonly code?: string
  readonly recoveryCode?: string
  readonly passkey?: { readonly token: string; readonly response: PasskeyResponse }
}

/** Who has to be proved, and from where they ask. */
export interface Claim {
  readonly user: { readonly id: string; readonly email: string }
  readonly address: string
  readonly headers: Headers
  readonly to: ProofFor
}

export type Judged = { readonly kind: 'proved'; readonly by: Proof } | Refusal

/** With a second factor a password proves nothing more on a session that it has opened. */
export async function proofsOf(services: Services, userId: string): Promise<readonly ProofKind[]> {
  const state = await services.signIn.secondFactors.stateOf(userId)
  if (!isProtected(state)) return ['password']
  return [
    ...(state.passkeys > 0 ? (['passkey'] as const) : []),
    ...(state.totpSinceMs === null ? [] : (['code'] as const)),
    ...(state.recoveryCodesLeft > 0 ? (['recovery-code'] as const) : []),
  ]
}

export async function judgeProof(services: Services, claim: Claim, offered: Offered): Promise<Judged> {
  const { password, code, recoveryCode, passkey } = offered
  const all = [password, code, recoveryCode, passkey].filter((proof) => proof !== undefined)
  if (all.length !== 1) return refuse('bad-request', 'body: exactly one proof')
  if (passkey !== undefined) return judgePasskey(services, claim, passkey)
  if (password !== undefined) return judgePassword(services, claim, password)
  if (code !== undefined) return judgeCode(services, claim, code)
  return judgeRecoveryCode(services, claim, recoveryCode ?? '')
}

async function judgePassword(services: Services, claim: Claim, password: string): Promise<Judged> {
  const { user, address } = claim
  return limited(services, services.attempts, { address, account: user.email, claim }, async () => {
    const isRight = await services.sessions.hasPassword(user.id, password)
    const proofs = await proofsOf(services, user.id)
    return isRight && proofs.includes('password') ? { kind: 'proved', by: 'password' } : refuse('wrong-proof')
  })
}

async function judgeCode(services: Services, claim: Claim, code: string): Promise<Judged> {
  const { user, address } = claim
  const { codeAttempts, secondFactors } = services.signIn
  return limited(services, codeAttempts, { address, account: `code ${user.id}`, claim }, async () => {
    const verdict = await secondFactors.checkTotp(user.id, code, services.nowMs())
    if (verdict === 'right') return { kind: 'proved', by: 'totp' }
    return refuse(verdict === 'used' ? 'code-used' : 'wrong-proof')
  })
}

async function judgeRecoveryCode(services: Services, claim: Claim, code: string): Promise<Judged> {
  const { user, address } = claim
  const { codeAttempts, secondFactors } = services.signIn
  return limited(services, codeAttempts, { address, account: `recovery ${user.id}`, claim }, async () => {
    const isRight = await secondFactors.useRecoveryCode(user.id, code, services.nowMs())
    return isRight ? { kind: 'proved', by: 'recovery-code' } : refuse('wrong-proof')
  })
}

/** The question it answers was asked of this person. */
async function judgePasskey(
  services: Services,
  claim: Claim,
  { token, response }: NonNullable<Offered['passkey']>,
): Promise<Judged> {
  const asked = services.signIn.challenges.take('passkey', token, services.nowMs())
  if (asked === undefined || asked.userId !== claim.user.id) return refuse('challenge-over')
  const verdict = await judgePasskeyAnswer(services, claim, asked.challenge, response)
  if (verdict.kind === 'refused') return verdict
  return verdict.userId === claim.user.id ? { kind: 'proved', by: 'passkey' } : refuse('wrong-proof')
}

/** Whose passkey answered. One that may have been copied is written into the log. */
export async function judgePasskeyAnswer(
  services: Services,
  { address, headers, ...claimed }: Pick<Claim, 'address' | 'headers'> & Partial<Pick<Claim, 'user' | 'to'>>,
  challenge: string,
  response: PasskeyResponse,
): Promise<{ readonly kind: 'answered'; readonly userId: string } | Refusal> {
  const party = services.signIn.relyingParty(headers)
  if (party.kind !== 'named') return refuse('passkeys-need-name')
  const { user, to = 'sign-in' } = claimed
  const guess = { address, account: `passkey ${response.id}`, claim: user === undefined ? undefined : { user, to } }
  return limited(services, services.signIn.codeAttempts, guess, async () => {
    const verdict = await services.signIn.passkeys.judge(party, challenge, response, services.nowMs())
    if (verdict.kind === 'verified') return { kind: 'answered', userId: verdict.userId }
    if (verdict.kind === 'refused') return refuse('wrong-proof')
    services.log.warn({ userId: verdict.userId, passkey: verdict.id }, 'a passkey answered as a copy of it would')
    if (user === undefined) noteFailedProof(services, { id: verdict.userId }, to, refuse('passkey-suspect'))
    return refuse('passkey-suspect')
  })
}

interface Guess {
  readonly address: string
  /** What is counted against. */
  readonly account: string
  /** Whose proof it would be; undefined where only a right one tells. */
  readonly claim: Pick<Claim, 'user' | 'to'> | undefined
}

/** Counts the guess first; a right one is no guess. */
async function limited<Right>(
  services: Services,
  attempts: Attempts,
  { address, account, claim }: Guess,
  judge: () => Promise<Right | Refusal>,
): Promise<Right | Refusal> {
  const admission = attempts.admit(address, account, services.nowMs())
  if (admission.kind === 'refused') {
    const refusal = { ...refuse('too-many-attempts'), retryAfterMs: admission.retryAfterMs }
    if (claim !== undefined) noteFailedProof(services, claim.user, claim.to, refusal, admission)
    return refusal
  }
  const judged = await judge()
  if (!isRefusal(judged)) attempts.succeeded(address, account)
  else if (claim !== undefined) noteFailedProof(services, claim.user, claim.to, judged)
  return judged
}

function isRefusal(judged: unknown): judged is Refusal {
  return typeof judged === 'object' && judged !== null && 'kind' in judged && judged.kind === 'refused'
}
