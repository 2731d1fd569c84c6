// Who may open the studio: accounts of testers, with their password and, where they have one, their second factor. Merit's own
// sign-in judges, with its limits and its record; nothing of an account is kept here but that it came in.

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

export function studioSignIn(apiUrl: string, onRefused: (why: 'wrong' | 'not-a-tester' | 'away') => void): StudioSignIn {
  const inside = new Map<string, StudioUser>()
  const post = async (
    path: string,
    body: unknown,
    cookie?: string,
  ): Promise<{ answer: unknown; cookies: string } | undefined> => {
    const response = await fetch(`${apiUrl}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(cookie === undefined ? {} : { Cookie: cookie }) },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(answerMsMax),
    })
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
    find: async (username) => inside.get(username) ?? null,
    async authenticate(username, typed) {
      try {
        const parts = splitCode(typed)
        const proven = await prove(username, parts)
        if (proven === undefined || !signedIn.Check(proven.answer)) {
          onRefused('wrong')
          return null
        }
        // The studio keeps a session of its own; Merit's ends here.
        await post('/api/auth/sign-out', {}, proven.cookies)
        const { role, email } = proven.answer.user
        if (role !== 'tester') {
          onRefused('not-a-tester')
          return null
        }
        const user: StudioUser = { username: email, permissions: '*' }
        inside.set(email, user)
        return user
      } catch {
        onRefused('away')
        return null
      }
    },
  }
}
