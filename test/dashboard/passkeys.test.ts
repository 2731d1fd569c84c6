// Passkeys over HTTP, against an authenticator that can be told to lie.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { jsonPost, type Person, type RunningDashboard, runDashboard } from './running-dashboard.ts'
import { type SoftAuthenticator, softAuthenticator, type Wish } from './soft-authenticator.ts'

const origin = 'https://merit.example'
const rpId = 'merit.example'

let office: RunningDashboard
let nowMs = Date.now()
beforeAll(async () => {
  office = await runDashboard({ publicUrl: origin, nowMs: () => nowMs })
})
afterAll(() => office.stop())

interface Question {
  readonly token: string
  readonly options: { readonly challenge: string; readonly userVerification?: string }
}

async function newQuestion(who: Person): Promise<Question> {
  return (await office.ask(who, '/api/v1/account/passkey-options', { method: 'POST', body: {} })).json()
}

function add(who: Person, token: string, response: unknown): Promise<Response> {
  return office.ask(who, '/api/v1/account/passkeys', { method: 'POST', body: { token, name: 'Phone', response } })
}

async function registered(who: Person): Promise<SoftAuthenticator> {
  const authenticator = softAuthenticator()
  const { token, options } = await newQuestion(who)
  const answer = await add(who, token, authenticator.create({ challenge: options.challenge, origin, rpId, counter: 0 }))
  if (answer.status !== 201) throw new Error(await answer.text())
  return authenticator
}

async function question(): Promise<Question> {
  return (await fetch(`${office.url}/api/auth/sign-in/passkey-options`, jsonPost({}))).json()
}

async function enter(token: string, response: unknown): Promise<string> {
  const answer = await fetch(`${office.url}/api/auth/sign-in/passkey`, jsonPost({ token, response }))
  const said: { type?: string; user?: { email: string } } = await answer.json()
  return said.user?.email ?? `${said.type?.replace('urn:merit:problem:', '')}`
}

async function signIn(authenticator: SoftAuthenticator, wish: Partial<Wish> = {}): Promise<string> {
  const { token, options } = await question()
  return enter(token, authenticator.answer({ challenge: options.challenge, origin, rpId, ...wish }))
}

test('a passkey signs in without a password, and each answer and each question works once', async () => {
  const phone = await registered('maker')
  const { token, options } = await question()
  expect(options.userVerification).toBe('required')
  const answer = phone.answer({ challenge: options.challenge, origin, rpId, counter: 1 })
  expect(await enter(token, answer)).toBe('maker@merit.example')
  expect(await enter(token, answer), 'the same question again').toBe('challenge-over')
  expect(await enter((await question()).token, answer), 'a replay to another question').toBe('wrong-proof')
})

test('an answer for another origin, for another name, or without user verification opens nothing', async () => {
  const phone = await registered('tester')
  expect(await signIn(phone, { origin: 'https://merit.example.evil.example' })).toBe('wrong-proof')
  expect(await signIn(phone, { rpId: 'evil.example' })).toBe('wrong-proof')
  expect(await signIn(phone, { isVerified: false })).toBe('wrong-proof')
  expect(await signIn(softAuthenticator()), 'a passkey of nobody').toBe('wrong-proof')
  expect(await signIn(phone, { counter: 1 })).toBe('tester@merit.example')
})

test('nothing is registered for another origin, without user verification, with an old question or with somebody else’s', async () => {
  const refusalOf = async (response: Response) => ((await response.json()) satisfies { type: string }).type
  const tried = async (wish: Partial<Wish>) => {
    const { token, options } = await newQuestion('insurer')
    return refusalOf(
      await add('insurer', token, softAuthenticator().create({ challenge: options.challenge, origin, rpId, ...wish })),
    )
  }
  expect(await tried({ origin: 'https://evil.example' })).toMatch(/wrong-proof$/)
  expect(await tried({ rpId: 'evil.example' })).toMatch(/wrong-proof$/)
  expect(await tried({ isVerified: false })).toMatch(/wrong-proof$/)
  expect(await tried({ challenge: 'b3RoZXI' })).toMatch(/wrong-proof$/)
  const late = await newQuestion('insurer')
  nowMs += 5 * 60_000
  expect(
    await refusalOf(
      await add('insurer', late.token, softAuthenticator().create({ challenge: late.options.challenge, origin, rpId })),
    ),
  ).toMatch(/challenge-over$/)
  const others = await newQuestion('approver')
  expect(
    await refusalOf(
      await add('insurer', others.token, softAuthenticator().create({ challenge: others.options.challenge, origin, rpId })),
    ),
  ).toMatch(/challenge-over$/)
})

test('a counter that does not rise is a copy’s: the passkey is taken no more, whatever it then says', async () => {
  const phone = await registered('approver')
  expect(await signIn(phone, { counter: 5 })).toBe('approver@merit.example')
  expect(await signIn(phone, { counter: 5 })).toBe('passkey-suspect')
  expect(await signIn(phone, { counter: 6 })).toBe('passkey-suspect')
  const { passkeys }: { passkeys: { isSuspect: boolean }[] } = await (await office.ask('approver', '/api/v1/account')).json()
  expect(passkeys.map(({ isSuspect }) => isSuspect)).toEqual([true])
})

test('whoever has a passkey signs in with the password and that, and with nobody else’s', async () => {
  const phone = await registered('anna')
  const bertsPhone = await registered('bert')
  const begin = async () => {
    const first = await fetch(
      `${office.url}/api/auth/sign-in/email`,
      jsonPost({ email: 'anna@merit.example', password: 'correct horse battery' }),
    )
    const { secondFactor }: { secondFactor: { token: string; proofs: string[] } } = await first.json()
    expect(secondFactor.proofs).toEqual(['passkey', 'recovery-code'])
    const asked: Question = await (
      await fetch(`${office.url}/api/auth/sign-in/passkey-options`, jsonPost({ token: secondFactor.token }))
    ).json()
    return { token: secondFactor.token, asked }
  }
  for (const [authenticator, status] of [
    [bertsPhone, 422],
    [phone, 200],
  ] as const) {
    const { token, asked } = await begin()
    const response = authenticator.answer({ challenge: asked.options.challenge, origin, rpId })
    const passkey = { token: asked.token, response }
    expect((await fetch(`${office.url}/api/auth/sign-in/second-factor`, jsonPost({ token, passkey }))).status).toBe(status)
  }
})
