// Sessions of people: better-auth over the book, reached only through its server-side calls. Its own HTTP router is not
// mounted, so nothing but what the route table lists can be asked of it.

import { betterAuth } from 'better-auth'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Book, Role } from '../../store/book/schema.ts'
import { holderOfKey, presentedKey } from './api-keys.ts'
import { openSessionPlugin, type SessionWanted } from './open-session.ts'
import { hashOfNothing, hashPassword, type Passwords, verifyPassword } from './password.ts'
import { endOtherSessions } from './session-list.ts'
import type { Proof } from './step-up.ts'

/** A week without a visit signs a person out. */
export const sessionSecondsMax = 7 * 24 * 60 * 60
/** A visit prolongs the session at most once a day, so that reading does not write. */
const sessionRenewalSeconds = 24 * 60 * 60
/** When a session was last used is written down at most this often, for the same reason. */
const seenMsMin = 5 * 60_000

export interface SessionOptions {
  readonly book: Book
  /** Signs the session cookie; at least 32 characters. */
  readonly secret: string
  /** The address people type. With https the cookie is `Secure`. */
  readonly publicUrl: string
  /** False refuses accounts that the demo made. */
  readonly demo: boolean
  /** How passwords are checked; a test may count. */
  readonly passwords?: Passwords
  readonly nowMs?: () => number
}

/** The signed-in person behind a request. */
export interface Caller {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly locale: string
  /** Nothing of another insurer is there for this caller. */
  readonly insurerId: string
}

/** What is known of the session a request came on. */
export interface CallerSession {
  readonly id: string
  /** When somebody last proved on it who they are. */
  readonly provedAtMs: number
}

export interface Credentials {
  readonly email: string
  readonly password: string
}

export interface Recognised {
  readonly caller: Caller
  /** Undefined for a program: it has a key instead. */
  readonly session: CallerSession | undefined
  readonly key?: { readonly id: string; readonly canWrite: boolean }
  /** They prolong the session, now and then. */
  readonly cookies: readonly string[]
}

export interface Opened {
  readonly caller: Caller
  readonly cookies: readonly string[]
}

export interface Sessions {
  /** Whose password it is; undefined says nothing about why not. An unknown account takes as much work as a known one. */
  userOf(credentials: Credentials): Promise<string | undefined>
  /** Whether it is the password of somebody who is signed in. */
  hasPassword(userId: string, password: string): Promise<boolean>
  /** A new session for somebody who proved who they are; the one the request came on ends. Undefined for a closed account. */
  open(wanted: SessionWanted & { readonly proof: Proof }, headers: Headers): Promise<Opened | undefined>
  /** Ends the session; the cookies take it out of the browser. */
  signOut(headers: Headers): Promise<readonly string[]>
  callerOf(headers: Headers): Promise<Recognised | undefined>
  /** Signs the account out everywhere but on the session that stays. */
  changePassword(userId: string, password: string, keptSessionId: string): Promise<void>
  /** Somebody has proved again, on this session, who they are. */
  prove(sessionId: string, proof: Proof): Promise<void>
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
  insurerId: Type.String(),
})
const userForm = Compile(UserSchema)

export function openSessions(options: SessionOptions): Sessions {
  const { book, passwords = { hash: hashPassword, verify: verifyPassword }, nowMs = Date.now } = options
  const auth = authOver(options)

  const callerIn = (user: unknown): Caller | undefined => {
    if (!userForm.Check(user) || (Boolean(user.demo) && !options.demo)) return undefined
    const { id, name, email, role, locale, insurerId } = user
    return { id, name, email, role, locale, insurerId }
  }

  const endPresented = async (headers: Headers): Promise<void> => {
    const presented = await auth.api.getSession({ headers })
    if (presented !== null) await book.deleteFrom('session').where('id', '=', presented.session.id).execute()
  }

  const callerOfKey = async (presented: string): Promise<Recognised | undefined> => {
    const holder = await holderOfKey(book, presented, nowMs())
    if (holder === undefined || (holder.isDemo && !options.demo)) return undefined
    const { key, userId: id, userEmail: email, locale } = holder
    const caller = { id, name: `${key.name} (API key)`, email, role: key.role, locale, insurerId: key.insurer_id }
    return { caller, session: undefined, key: { id: key.id, canWrite: key.can_write === 1 }, cookies: [] }
  }

  return {
    async userOf({ email, password }) {
      const known = await signInOf(book, email)
      const isWelcome = known !== undefined && (known.demo === 0 || options.demo) && known.closed_at_ms === null
      // Whoever may not enter is checked against a hash that nothing matches, so that the answer takes as long as any refusal.
      const isRight = await passwords.verify(password, isWelcome && known.password !== null ? known.password : hashOfNothing)
      return isRight && isWelcome ? known.id : undefined
    },
    async hasPassword(userId, password) {
      const hash = await passwordHashOf(book, userId)
      return passwords.verify(password, hash ?? hashOfNothing)
    },
    async open({ userId, rememberMe, proof }, headers) {
      if (!(await mayEnter(book, userId, options.demo))) return undefined
      await endPresented(headers)
      const answer = await auth.api.openSession({ body: { userId, rememberMe }, headers, returnHeaders: true })
      const caller = callerIn(answer.response?.user)
      if (answer.response === undefined || caller === undefined) return undefined
      const at = nowMs()
      const mark = { session_id: answer.response.sessionId, proved_at_ms: at, proved_by: proof, seen_at_ms: at }
      await book.insertInto('session_marks').values(mark).execute()
      await visit(book, userId, at)
      return { caller, cookies: answer.headers.getSetCookie() }
    },
    async signOut(headers) {
      const answer = await auth.api.signOut({ headers, returnHeaders: true })
      return answer.headers.getSetCookie()
    },
    async callerOf(headers) {
      // Whoever shows a key is nobody else, whatever cookies came along.
      const key = presentedKey(headers)
      if (key !== undefined) return key === '' ? undefined : callerOfKey(key)
      const answer = await auth.api.getSession({ headers, returnHeaders: true })
      const caller = callerIn(answer.response?.user)
      if (answer.response === null || caller === undefined) return undefined
      const { id } = answer.response.session
      const mark = await markOf(book, id, caller.id)
      if (mark === undefined || mark.closed_at_ms !== null) return undefined
      const at = nowMs()
      if (at - mark.seen_at_ms >= seenMsMin) {
        await book.updateTable('session_marks').set({ seen_at_ms: at }).where('session_id', '=', id).execute()
        await visit(book, caller.id, at)
      }
      return { caller, session: { id, provedAtMs: mark.proved_at_ms }, cookies: answer.headers.getSetCookie() }
    },
    async changePassword(userId, password, keptSessionId) {
      const changed = { password: await passwords.hash(password), updatedAt: new Date(nowMs()).toISOString() }
      await book.updateTable('account').set(changed).where('userId', '=', userId).where('providerId', '=', 'credential').execute()
      await endOtherSessions(book, userId, keptSessionId)
    },
    async prove(sessionId, proof) {
      const proved = { proved_at_ms: nowMs(), proved_by: proof }
      await book.updateTable('session_marks').set(proved).where('session_id', '=', sessionId).execute()
    },
    async forgetExpired(now) {
      await book.deleteFrom('session').where('expiresAt', '<', now.toISOString()).execute()
    },
  }
}

/** What signing in asks about an account. */
function signInOf(book: Book, email: string) {
  return book
    .selectFrom('user')
    .leftJoin('account', (join) => join.onRef('account.userId', '=', 'user.id').on('account.providerId', '=', 'credential'))
    .leftJoin('closed_accounts', 'closed_accounts.user_id', 'user.id')
    .select(['user.id', 'user.demo', 'account.password', 'closed_accounts.closed_at_ms'])
    .where('user.email', '=', email.toLowerCase())
    .executeTakeFirst()
}

async function passwordHashOf(book: Book, userId: string): Promise<string | undefined> {
  const row = await book
    .selectFrom('account')
    .select('password')
    .where('userId', '=', userId)
    .where('providerId', '=', 'credential')
    .executeTakeFirst()
  return row?.password ?? undefined
}

/** A session from before marks were kept has none, and is nobody's. */
function markOf(book: Book, sessionId: string, userId: string) {
  return book
    .selectFrom('session_marks')
    .leftJoin('closed_accounts', (join) => join.on('closed_accounts.user_id', '=', userId))
    .select(['session_marks.proved_at_ms', 'session_marks.seen_at_ms', 'closed_accounts.closed_at_ms'])
    .where('session_marks.session_id', '=', sessionId)
    .executeTakeFirst()
}

async function mayEnter(book: Book, userId: string, demo: boolean): Promise<boolean> {
  const row = await book
    .selectFrom('user')
    .leftJoin('closed_accounts', 'closed_accounts.user_id', 'user.id')
    .select(['user.demo', 'closed_accounts.closed_at_ms'])
    .where('user.id', '=', userId)
    .executeTakeFirst()
  return row !== undefined && row.closed_at_ms === null && (row.demo === 0 || demo)
}

async function visit(book: Book, userId: string, nowMs: number): Promise<void> {
  await book
    .insertInto('account_visits')
    .values({ user_id: userId, seen_at_ms: nowMs })
    .onConflict((known) => known.column('user_id').doUpdateSet({ seen_at_ms: nowMs }))
    .execute()
}

function authOver({ book, secret, publicUrl }: SessionOptions) {
  return betterAuth({
    appName: 'Merit',
    baseURL: publicUrl,
    secret,
    database: { db: book, type: 'sqlite' },
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Sign-ins are limited by address and account before they get here.
    rateLimit: { enabled: false },
    session: { expiresIn: sessionSecondsMax, updateAge: sessionRenewalSeconds },
    user: {
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        locale: { type: 'string', required: true, input: false },
        demo: { type: 'boolean', required: true, input: false },
        insurerId: { type: 'string', required: true, input: false, fieldName: 'insurer_id' },
      },
    },
    plugins: [openSessionPlugin],
    advanced: {
      cookiePrefix: 'merit',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { disableIpTracking: true },
    },
  })
}
