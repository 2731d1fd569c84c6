// Asks a browser for a passkey: of somebody in particular, or of whoever holds one for this address.

import { type Refusal, refuse } from './route.ts'
import type { Services } from './services.ts'
import type { PasskeyQuestion } from './sign-in-shapes.ts'

interface Asked {
  readonly headers: Headers
  readonly address: string
  readonly userId?: string
}

export async function askForPasskey(services: Services, { headers, address, userId }: Asked): Promise<PasskeyQuestion | Refusal> {
  const { signIn } = services
  const nowMs = services.nowMs()
  const admission = signIn.challengeAttempts.admit(address, userId ?? address, nowMs)
  if (admission.kind === 'refused') return { ...refuse('too-many-attempts'), retryAfterMs: admission.retryAfterMs }
  const party = signIn.relyingParty(headers)
  if (party.kind !== 'named') return refuse('passkeys-need-name')
  const options = await signIn.passkeys.requestOptions(party, userId)
  const { challenge } = options
  const token = signIn.challenges.issue({ kind: 'passkey', challenge, ...(userId === undefined ? {} : { userId }) }, nowMs)
  return { token, options }
}
