// Asks the browser for a passkey, to show or to make. A person who turns it down is an outcome; the library that talks to the browser
// is fetched when it is first needed.

import type { NewPasskeyQuestion, PasskeyQuestion } from '../../api/sign-in-shapes.ts'
import { type Outcome, post } from '../api.ts'

export const hasPasskeys = typeof PublicKeyCredential === 'function'

export type FromBrowser<Response> =
  | { readonly kind: 'answer'; readonly token: string; readonly response: Response }
  /** Turned down, timed out, or this device has none that fits. */
  | { readonly kind: 'none' }
  /** This device has one for the account already. */
  | { readonly kind: 'exists' }
  | Extract<Outcome<never>, { kind: 'failure' }>

export async function showPasskey(url: string, body: object) {
  const question = await post<PasskeyQuestion>(url, body)
  if (question.kind === 'failure') return question
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const { token, options } = question.value
  return answered(token, () => startAuthentication({ optionsJSON: options }))
}

export async function makePasskey() {
  const question = await post<NewPasskeyQuestion>('/api/v1/account/passkey-options', {})
  if (question.kind === 'failure') return question
  const { startRegistration } = await import('@simplewebauthn/browser')
  const { token, options } = question.value
  return answered(token, () => startRegistration({ optionsJSON: options }))
}

async function answered<Response>(token: string, start: () => Promise<Response>): Promise<FromBrowser<Response>> {
  try {
    return { kind: 'answer', token, response: await start() }
  } catch (error) {
    return { kind: error instanceof Error && error.name === 'InvalidStateError' ? 'exists' : 'none' }
  }
}
