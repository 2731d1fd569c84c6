// Who may call the routes of signing in, accounts, people and invitations, and what they are called with: lines of the table in
// access.test.ts.

import type { Route } from '../../dashboard/api/route.ts'
import { password, people } from './running-dashboard.ts'

const everyone = [401, 200, 200, 200, 200, 200] as const
/** The address is an IP, which passkeys cannot be bound to. */
const noName = [401, 422, 422, 422, 422, 422] as const
const insurer = [401, 403, 403, 200, 403, 403] as const

export const accountAccess: Readonly<Record<string, readonly number[]>> = {
  //                                            nobody anna bert insurer maker tester
  'post /api/auth/sign-in/email': /*         */ [200, 200, 200, 200, 200, 200],
  // Nobody was asked for one.
  'post /api/auth/sign-in/second-factor': /* */ [422, 422, 422, 422, 422, 422],
  'post /api/auth/sign-in/passkey-options': /**/ [422, 422, 422, 422, 422, 422],
  'post /api/auth/sign-in/passkey': /*       */ [422, 422, 422, 422, 422, 422],
  'post /api/auth/sign-out': /*              */ [200, 200, 200, 200, 200, 200],
  // There is no such invitation.
  'post /api/auth/invitation': /*            */ [404, 404, 404, 404, 404, 404],
  'post /api/auth/invitation/accept': /*     */ [404, 404, 404, 404, 404, 404],
  'get /api/v1/session': everyone,
  'get /api/v1/demo-accounts': /*            */ [200, 200, 200, 200, 200, 200],
  'get /api/v1/step-up': everyone,
  'post /api/v1/step-up': everyone,
  'post /api/v1/step-up/passkey-options': noName,
  'get /api/v1/account': everyone,
  'post /api/v1/account': everyone,
  'post /api/v1/account/password': everyone,
  'get /api/v1/account/sessions': everyone,
  // Nobody has one of this id.
  'post /api/v1/account/sessions/:id/end': /**/ [401, 404, 404, 404, 404, 404],
  'post /api/v1/account/sessions/end-others': everyone,
  'post /api/v1/account/totp': everyone,
  // The code is wrong.
  'post /api/v1/account/totp/confirm': /*    */ [401, 422, 422, 422, 422, 422],
  'post /api/v1/account/totp/remove': everyone,
  // Without a second factor there is nothing to recover.
  'post /api/v1/account/recovery-codes': /*  */ [401, 409, 409, 409, 409, 409],
  'post /api/v1/account/passkey-options': noName,
  'post /api/v1/account/passkeys': noName,
  'post /api/v1/account/passkeys/:id/rename': [401, 404, 404, 404, 404, 404],
  'post /api/v1/account/passkeys/:id/remove': [401, 404, 404, 404, 404, 404],
  'get /api/v1/audit.csv': insurer,
  'get /api/v1/people': insurer,
  'get /api/v1/people/holders': insurer,
  // There is no such account.
  'post /api/v1/people/:id/close': /*        */ [401, 403, 403, 404, 403, 403],
  'post /api/v1/people/:id/open': /*         */ [401, 403, 403, 404, 403, 403],
  'get /api/v1/invitations': insurer,
  'post /api/v1/invitations': /*             */ [401, 403, 403, 201, 403, 403],
  'post /api/v1/invitations/:id/withdraw': /**/ [401, 403, 403, 404, 403, 403],
}

const passkeyAnswer = {
  id: 'AA',
  rawId: 'AA',
  type: 'public-key',
  clientExtensionResults: {},
  response: { clientDataJSON: 'AA', authenticatorData: 'AA', signature: 'AA' },
}
const newPasskey = {
  id: 'AA',
  rawId: 'AA',
  type: 'public-key',
  clientExtensionResults: {},
  response: { clientDataJSON: 'AA', attestationObject: 'AA' },
}

let tokens = 0
/** Undefined for every other route. */
export function accountBody({ path }: Pick<Route, 'path'>): unknown {
  tokens += 1
  const token = `no token of anybody ${tokens}`
  const bodies: Readonly<Record<string, unknown>> = {
    '/api/auth/sign-in/email': { email: people.anna.email, password },
    '/api/auth/sign-in/second-factor': { token, code: '123456' },
    '/api/auth/sign-in/passkey': { token, response: passkeyAnswer },
    '/api/auth/invitation': { token },
    '/api/auth/invitation/accept': { token, name: 'New', password, locale: 'en' },
    '/api/v1/step-up': { password },
    '/api/v1/account': { locale: 'en' },
    '/api/v1/account/password': { current: password, next: password },
    '/api/v1/account/totp/confirm': { code: 'no code' },
    '/api/v1/account/passkeys': { token, name: 'Phone', response: newPasskey },
    '/api/v1/account/passkeys/:id/rename': { name: 'Phone' },
    '/api/v1/invitations': { email: `new-${tokens}@merit.example`, role: 'maker' },
  }
  return bodies[path]
}
