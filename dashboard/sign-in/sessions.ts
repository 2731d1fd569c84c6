// Sessions of people: better-auth over the book, reached only through its server-side calls. Its own HTTP router is not
// mounted, so nothing but what the route table lists can be asked of it.

import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Book, Role } from '../../store/book/schema.ts'
import { passwordCharactersMax, passwordCharactersMin, userByEmail } from './accounts.ts'
import { hashPassword, verifyPassword } from './password.ts'

/** A week without a visit signs a person out. */
export const sessionSecondsMax = 7 * 24 * 60 * 60
/** A visit prolongs the session at most once a day, so that reading does not write. */
const sessionRenewalSeconds = 24 * 60 * 60

export interface SessionOptions {
  readonly book: Book
  /** Signs the session cookie; at least 32 characters. */
  readonly secret: string
  /** The address people type. With https the cookie is `Secure`. */
  readonly publicUrl: string
  /** False refuses accounts that the demo made. */
  readonly demo: boolean
}

/** The signed-in person behind a request. */
export interface Caller {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly locale: string
}

export interface Credentials {
  readonly email: string
  readonly password: string
  /** False ends the session with the browser. */
  readonly rememberMe: boolean
}

/** `refused` says nothing about why: an unknown account, a wrong password and a closed demo look alike. */
export type SignedIn =
  | { readonly kind: 'signed-in'; readonly caller: Caller; readonly cookies: readonly string[] }
  | { readonly kind: 'refused' }

export interface Recognised {
  readonly caller: Caller
  readonly cookies: readonly string[]
}

export interface Sessions {
  signIn(credentials: Credentials, headers: Headers): Promise<SignedIn>
  /** Ends the session; the cookies take it out of the browser. */
  signOut(headers: Headers): Promise<readonly string[]>
  /** `cookies` prolong the session, now and then. */
  callerOf(headers: Headers): Promise<Recognised | undefined>
  /** Sessions nobody came back to would stay for ever. */
  forgetExpired(now: Date): Promise<void>
}

const UserSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  role: Type.Enum(['insurer', 'policyholder', 'maker', 'tester'] as const),
  locale: Type.String(),
  demo: Type.Union([Type.Boolean(), Type.Integer()]),
})
const userForm = Compile(UserSchema)

/** Nobody's address: what a closed demo account is looked up as, so that the answer takes as long as any refusal. */
const nobody = 'nobody@merit.invalid'

export function openSessions(options: SessionOptions): Sessions {
  const auth = authOver(options)

  const callerIn = (user: unknown): Caller | undefined => {
    if (!userForm.Check(user) || (Boolean(user.demo) && !options.demo)) return undefined
    return { id: user.id, name: user.name, email: user.email, role: user.role, locale: user.locale }
  }

  return {
    async signIn({ email, password, rememberMe }, headers) {
      const known = await userByEmail(options.book, email)
      const isClosed = known !== undefined && known.demo === 1 && !options.demo
      const body = { email: isClosed ? nobody : email, password, rememberMe }
      const answer = await refusedAsUndefined(auth.api.signInEmail({ body, headers, returnHeaders: true }))
      const caller = callerIn(answer?.response.user)
      if (answer === undefined || caller === undefined) return { kind: 'refused' }
      return { kind: 'signed-in', caller, cookies: answer.headers.getSetCookie() }
    },
    async signOut(headers) {
      const answer = await auth.api.signOut({ headers, returnHeaders: true })
      return answer.headers.getSetCookie()
    },
    async callerOf(headers) {
      const session = await auth.api.getSession({ headers, returnHeaders: true })
      const caller = callerIn(session.response?.user)
      return caller === undefined ? undefined : { caller, cookies: session.headers.getSetCookie() }
    },
    async forgetExpired(now) {
      await options.book.deleteFrom('session').where('expiresAt', '<', now.toISOString()).execute()
    },
  }
}

/** Refusals of the library (a wrong password, a malformed address) are expected; its operating failures are not. */
async function refusedAsUndefined<Value>(answer: Promise<Value>): Promise<Value | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return undefined
    throw error
  }
}

function authOver({ book, secret, publicUrl }: SessionOptions) {
  return betterAuth({
    appName: 'Merit',
    baseURL: publicUrl,
    secret,
    database: { db: book, type: 'sqlite' },
    telemetry: { enabled: false },
    logger: { disabled: true },
    // The route table limits sign-ins by address and account before they get here.
    rateLimit: { enabled: false },
    session: { expiresIn: sessionSecondsMax, updateAge: sessionRenewalSeconds },
    user: {
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        locale: { type: 'string', required: true, input: false },
        demo: { type: 'boolean', required: true, input: false },
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordCharactersMin,
      maxPasswordLength: passwordCharactersMax,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(password, hash) },
    },
    advanced: {
      cookiePrefix: 'merit',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { disableIpTracking: true },
    },
  })
}
