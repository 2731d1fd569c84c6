// Who may open the studio: accounts of testers, with their password and, where they have one, their second factor. Merit's own
// sign-in judges, with its limits and its record, and its session decides how long somebody stays: where that is ended, or the
// account closed, the studio is closed too.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { StudioSignIn, StudioUser } from './flow-settings.ts'

const answerMsMax = 15_000
const SignedInSchema = Type.Object({ user: Type.Object({ role: Type.String(), email: Type.String() }) })
const SecondFactorSchema = Type.Object({ secondFactor: Type.Object({ token: Type.String() }) })
const signedIn = Compile(SignedInSchema)
const secondFactor = Compile(SecondFactorSchema)
/** The editor asks for a password only: the code of the authenticator app follows it after a space. */
const withCode = /^(?<password>.*) (?<code>\d{6})$/su

export interface PasswordAndCode {
  readonly password: string
  readonly code: string | undefined
}

export function splitCode(typed: string): PasswordAndCode {
  const { password = typed, code } = withCode.exec(typed)?.groups ?? {}
  return { password, code }
}

interface Guest {
  readonly user: StudioUser
  /** Of Merit's own session: the studio's ends with it. */
  readonly cookies: string
  askedAtMs: number
}

/** An editor asks for many things at once; an account that was closed is out within this. */
const rememberedMs = 5000

export function studioSignIn(apiUrl: string, onRefused: (why: 'wrong' | 'not-a-tester' | 'away') => void): StudioSignIn {
  const inside = new Map<string, Guest>()
  const ask = (path: string, cookies: string, body?: unknown): Promise<Response> =>
    fetch(`${apiUrl}${path}`, {
      headers: { Cookie: cookies, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerMsMax),
    })
  const post = async (path: string, body: unknown): Promise<{ answer: unknown; cookies: string } | undefined> => {
    const response = await ask(path, '', body)
    const text = await response.text()
    if (!response.ok) return undefined
    const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
    return { answer: JSON.parse(text), cookies: cookies.join('; ') }
  }
  const prove = async (email: string, { password, code }: PasswordAndCode) => {
    const first = await post('/api/auth/sign-in/email', { email, password, rememberMe: false })
    if (first === undefined || !secondFactor.Check(first.answer)) return first
    return code === undefined
      ? undefined
      : await post('/api/auth/sign-in/second-factor', { token: first.answer.secondFactor.token, code })
  }
  return {
    async find(username) {
      const guest = inside.get(username)
      if (guest === undefined) return null
      if (Date.now() - guest.askedAtMs < rememberedMs) return guest.user
      try {
        const response = await ask('/api/v1/session', guest.cookies)
        guest.askedAtMs = Date.now()
        if (response.status !== 401) return guest.user
        inside.delete(username)
        return null
      } catch {
        // Merit is starting again: who was inside may look on, and nothing of Merit answers meanwhile.
        return guest.user
      }
    },
    async authenticate(username, typed) {
      try {
        const proven = await prove(username, splitCode(typed))
        if (proven === undefined || !signedIn.Check(proven.answer)) {
          onRefused('wrong')
          return null
        }
        const { cookies, answer } = proven
        const { role, email } = answer.user
        if (role !== 'tester') {
          await ask('/api/auth/sign-out', cookies, {})
          onRefused('not-a-tester')
          return null
        }
        const user: StudioUser = { username: email, permissions: '*' }
        inside.set(email, { user, cookies, askedAtMs: Date.now() })
        return user
      } catch {
        onRefused('away')
        return null
      }
    },
  }
}
