// The one thing Merit asks of the sign-in library that it does not offer: a session for somebody who has proved who they are, whether
// by password, code or passkey. Reachable from the server alone.

import type { BetterAuthPlugin } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'

export interface SessionWanted {
  readonly userId: string
  /** False ends the session with the browser. */
  readonly rememberMe: boolean
}

const serverOnly = { scope: 'server' } as const

export const openSessionPlugin = {
  id: 'open-session',
  endpoints: {
    openSession: createAuthEndpoint({ method: 'POST', body: wanted(), metadata: serverOnly }, async (ctx) => {
      const { userId, rememberMe } = ctx.body
      const user = await ctx.context.internalAdapter.findUserById(userId)
      if (user === null) return undefined
      const session = await ctx.context.internalAdapter.createSession(userId, !rememberMe)
      await setSessionCookie(ctx, { session, user }, !rememberMe)
      return { sessionId: session.id, user }
    }),
  },
} satisfies BetterAuthPlugin

/** The body comes from this server, typed: there is nothing to check in it. */
function wanted(): WantedForm {
  return {
    '~standard': {
      version: 1,
      vendor: 'merit',
      validate: (value) => (isWanted(value) ? { value } : { issues: [{ message: 'is no wish for a session' }] }),
    },
  }
}

type Judged = { readonly value: SessionWanted; readonly issues?: undefined } | { readonly issues: readonly { message: string }[] }

/** As the library takes forms: standardschema.dev. */
interface WantedForm {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => Judged
    readonly types?: { readonly input: SessionWanted; readonly output: SessionWanted }
  }
}

function isWanted(value: unknown): value is SessionWanted {
  return typeof value === 'object' && value !== null && 'userId' in value && 'rememberMe' in value
}
