// Who is signed in, and signing in and out.

import { effect, signal } from '@preact/signals'
import type { DemoAccounts, Session } from '../api/shapes.ts'
import type { ProofKind, SignedIn } from '../api/sign-in-shapes.ts'
import { type Failure, get, post, signedOutBy } from './api.ts'
import { forgetSettings } from './memory.ts'
import { forgetKept } from './offline/kept.ts'
import { settleProof } from './step-up.ts'

export type User = Session['user']

export type Presence =
  | { readonly kind: 'asking' }
  | { readonly kind: 'unreachable'; readonly failure: Failure }
  | { readonly kind: 'nobody'; readonly wasSignedIn: boolean }
  | { readonly kind: 'somebody'; readonly user: User }

export const presence = signal<Presence>({ kind: 'asking' })

effect(() => {
  if (signedOutBy.value === 0) return
  settleProof(false)
  presence.value = { kind: 'nobody', wasSignedIn: presence.peek().kind === 'somebody' }
})

export async function askSession(): Promise<void> {
  const outcome = await get<Session>('session')
  if (outcome.kind === 'answer') presence.value = { kind: 'somebody', user: outcome.value.user }
  else if (outcome.failure.kind !== 'signed-out' && presence.value.kind !== 'somebody')
    presence.value = { kind: 'unreachable', failure: outcome.failure }
}

export type Entered =
  | { readonly kind: 'entered' }
  /** The password was right, and is not enough. */
  | { readonly kind: 'second-factor'; readonly token: string; readonly proofs: readonly ProofKind[] }
  | { readonly kind: 'failed'; readonly failure: Failure }

export async function signIn(email: string, password: string): Promise<Entered> {
  const outcome = await post<SignedIn>('/api/auth/sign-in/email', { email, password })
  if (outcome.kind === 'failure') return { kind: 'failed', failure: outcome.failure }
  if ('secondFactor' in outcome.value) return { kind: 'second-factor', ...outcome.value.secondFactor }
  return enter()
}

/** With any passkey of this address; undefined when the person gave none. */
export async function signInWithPasskey(): Promise<Entered | undefined> {
  const { showPasskey } = await import('./account/passkey.ts')
  const shown = await showPasskey('/api/auth/sign-in/passkey-options', {})
  if (shown.kind === 'failure') return { kind: 'failed', failure: shown.failure }
  if (shown.kind !== 'answer') return undefined
  const { token, response } = shown
  const outcome = await post<Session>('/api/auth/sign-in/passkey', { token, response })
  return outcome.kind === 'failure' ? { kind: 'failed', failure: outcome.failure } : enter()
}

async function enter(): Promise<Entered> {
  await askSession()
  const now = presence.value
  return now.kind === 'unreachable' ? { kind: 'failed', failure: now.failure } : { kind: 'entered' }
}

/** Loads the page anew afterwards, so that nothing of the account stays in memory. */
export async function signOut(): Promise<void> {
  await post<unknown>('/api/auth/sign-out', {})
  forgetSettings()
  await forgetKept()
  location.assign('/')
}

/** Empty where Merit is not a demo. */
export async function demoAccounts(): Promise<DemoAccounts['accounts']> {
  const outcome = await get<DemoAccounts>('demo-accounts')
  return outcome.kind === 'answer' ? outcome.value.accounts : []
}
