// Asks the API and says plainly what went wrong. The server is held to dashboard/api/shapes.ts by its own tests and is built
// from the same source, so answers are taken at their declared type.

import { signal } from '@preact/signals'
import type { Problem } from '../api/shapes.ts'
import { noteAnswer } from './offline/kept.ts'
import { proveAgain } from './step-up.ts'

export type Failure =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'forbidden' }
  /** It asked for a fresh proof of who is there, and nobody gave it. */
  | { readonly kind: 'unproved' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'conflict'; readonly detail: string; readonly problem?: string }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'refused'; readonly detail: string; readonly problem?: string }
  | { readonly kind: 'server'; readonly id: string }

export type Outcome<Answer> =
  | { readonly kind: 'answer'; readonly value: Answer }
  | { readonly kind: 'failure'; readonly failure: Failure }

/** Rises when the server says that nobody is signed in any more. */
export const signedOutBy = signal(0)

/** Slow networks take seconds; nobody waits longer than this for a page. */
const answerWithinMs = 20_000

export function get<Answer>(path: string): Promise<Outcome<Answer>> {
  return ask<Answer>(`/api/v1/${path}`, {})
}

export function post<Answer>(url: string, body: unknown): Promise<Outcome<Answer>> {
  return ask<Answer>(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}

/** What asks for a fresh proof of who is there is asked again once the proof was given. */
export async function ask<Answer>(url: string, init: RequestInit): Promise<Outcome<Answer>> {
  const outcome = await askOnce<Answer>(url, init)
  const isUnproved = outcome.kind === 'failure' && outcome.failure.kind === 'unproved'
  return isUnproved && (await proveAgain()) ? askOnce<Answer>(url, init) : outcome
}

async function askOnce<Answer>(url: string, init: RequestInit): Promise<Outcome<Answer>> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(answerWithinMs), credentials: 'same-origin' })
    noteAnswer(response.headers)
    if (!response.ok) return { kind: 'failure', failure: await readFailure(response) }
    const value: Answer = await response.json()
    return { kind: 'answer', value }
  } catch {
    return { kind: 'failure', failure: { kind: 'unreachable' } }
  }
}

async function readFailure(response: Response): Promise<Failure> {
  if (response.status === 401) {
    signedOutBy.value += 1
    return { kind: 'signed-out' }
  }
  if (response.status === 404) return { kind: 'not-found' }
  if (response.status === 429) return { kind: 'too-many' }
  const problem = await readProblem(response)
  const name = problem.type?.split(':').at(-1) ?? ''
  if (response.status === 403) return { kind: name === 'step-up-needed' ? 'unproved' : 'forbidden' }
  if (response.status >= 500) return { kind: 'server', id: problem.id ?? String(response.status) }
  const detail = problem.detail ?? problem.title ?? problem.message ?? String(response.status)
  return { kind: response.status === 409 ? 'conflict' : 'refused', detail, problem: name }
}

async function readProblem(response: Response): Promise<Partial<Problem> & { readonly message?: string }> {
  try {
    return await response.json()
  } catch {
    return {}
  }
}
