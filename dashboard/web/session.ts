// Who is signed in, and signing in and out.

import { effect, signal } from '@preact/signals'
import type { DemoAccounts, Session } from '../api/shapes.ts'
import { type Failure, get, post, signedOutBy } from './api.ts'

export type User = Session['user']

export type Presence =
  | { readonly kind: 'asking' }
  | { readonly kind: 'unreachable'; readonly failure: Failure }
  | { readonly kind: 'nobody'; readonly wasSignedIn: boolean }
  | { readonly kind: 'somebody'; readonly user: User }

export const presence = signal<Presence>({ kind: 'asking' })

effect(() => {
  if (signedOutBy.value > 0) presence.value = { kind: 'nobody', wasSignedIn: presence.peek().kind === 'somebody' }
})

export async function askSession(): Promise<void> {
  const outcome = await get<Session>('session')
  if (outcome.kind === 'answer') presence.value = { kind: 'somebody', user: outcome.value.user }
  else if (outcome.failure.kind !== 'signed-out' && presence.value.kind !== 'somebody')
    presence.value = { kind: 'unreachable', failure: outcome.failure }
}

/** @returns what went wrong, or undefined when somebody is signed in now */
export async function signIn(email: string, password: string): Promise<Failure | undefined> {
  const outcome = await post<unknown>('/api/auth/sign-in/email', { email, password })
  if (outcome.kind === 'failure') return outcome.failure
  await askSession()
  return presence.value.kind === 'unreachable' ? presence.value.failure : undefined
}

/** Loads the page anew afterwards, so that nothing of the account stays in memory. */
export async function signOut(): Promise<void> {
  await post<unknown>('/api/auth/sign-out', {})
  location.assign('/')
}

/** Empty where Merit is not a demo. */
export async function demoAccounts(): Promise<DemoAccounts['accounts']> {
  const outcome = await get<DemoAccounts>('demo-accounts')
  return outcome.kind === 'answer' ? outcome.value.accounts : []
}
