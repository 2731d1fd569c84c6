// Signing in and out of the running dashboard.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAccount } from '../../dashboard/sign-in/accounts.ts'
import { cookieIn, jsonPost, password, people, type RunningDashboard, runDashboard } from './running-dashboard.ts'

let office: RunningDashboard
beforeAll(async () => {
  office = await runDashboard()
})
afterAll(() => office.stop())

const { email } = people.anna

function signIn(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${office.url}/api/auth/sign-in/email`, jsonPost(body, headers))
}

function sessionWith(cookie: string): Promise<Response> {
  return fetch(`${office.url}/api/v1/session`, { headers: { cookie } })
}

test('a correct password opens a session that only the browser’s own requests carry', async () => {
  const response = await signIn({ email, password }, { origin: office.url, 'sec-fetch-site': 'same-origin' })
  expect(response.status).toBe(200)
  const answer: { user: Record<string, unknown> } = await response.json()
  expect(answer.user).toMatchObject({ email, name: people.anna.name, role: 'policyholder', locale: 'en' })
  expect(JSON.stringify(answer)).not.toContain('token')
  const [cookie = ''] = response.headers.getSetCookie()
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Lax/i)
  expect(cookie).toMatch(/Max-Age=604800/)
  // Over plain HTTP on loopback a Secure cookie would never come back.
  expect(cookie).not.toMatch(/Secure/)
  expect((await sessionWith(cookieIn(response))).status).toBe(200)
})

test('signing out ends the session on the server, not only in the browser', async () => {
  const cookie = cookieIn(await signIn({ email, password }))
  const out = await fetch(`${office.url}/api/auth/sign-out`, jsonPost({}, { cookie }))
  expect(out.status).toBe(200)
  expect(out.headers.getSetCookie().join()).toMatch(/merit\.session_token=; Max-Age=0/)
  expect((await sessionWith(cookie)).status).toBe(401)
})

test('a session ends with the browser when it was not to be remembered', async () => {
  const response = await signIn({ email, password, rememberMe: false })
  expect(response.headers.getSetCookie().find((cookie) => cookie.startsWith('merit.session_token'))).not.toMatch(/Max-Age/)
})

test('a forged or altered cookie is nobody’s', async () => {
  const cookie = cookieIn(await signIn({ email, password }))
  for (const forged of [
    cookie.replace(/=./, '=!'),
    `${cookie.slice(0, -6)}AAAAAA`,
    'merit.session_token=x.y',
    'merit.session_token=',
  ])
    expect((await sessionWith(forged)).status).toBe(401)
})

test('a wrong password and an unknown account get the same answer in the same time', async () => {
  const timed = async (body: unknown) => {
    const startedAt = performance.now()
    const response = await signIn(body)
    const { id, ...problem }: Record<string, unknown> = await response.json()
    expect(typeof id).toBe('string')
    return { problem, cookies: response.headers.getSetCookie(), ms: performance.now() - startedAt }
  }
  const wrong: number[] = []
  const unknown: number[] = []
  for (let round = 0; round < 4; round += 1) {
    const one = await timed({ email: people.bert.email, password: 'wrong' })
    const other = await timed({ email: 'nobody@merit.example', password: 'wrong' })
    expect(one.problem).toEqual(other.problem)
    expect(one.problem['status']).toBe(401)
    expect([...one.cookies, ...other.cookies]).toEqual([])
    wrong.push(one.ms)
    unknown.push(other.ms)
  }
  // The password hash takes tens of milliseconds; skipping it for unknown accounts would show.
  expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...wrong) / 3)
})

test('guessing is answered with 429 and how long to wait, and a right guess comes too late', async () => {
  let nowMs = Date.now()
  const guesser = await runDashboard({ nowMs: () => nowMs })
  const guess = (body: unknown) => fetch(`${guesser.url}/api/auth/sign-in/email`, jsonPost(body))
  const eleven = async (address: string) => {
    const statuses: number[] = []
    for (let round = 0; round < 11; round += 1)
      statuses.push((await guess({ email: address, password: `guess ${round}` })).status)
    return statuses
  }
  const limited = [...Array.from({ length: 10 }, () => 401), 429]
  expect(await eleven('nobody@merit.example'), 'an account that is not there').toEqual(limited)
  nowMs += 60_000
  expect(await eleven(email)).toEqual(limited)
  const late = await guess({ email, password })
  expect(late.status).toBe(429)
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
  await guesser.stop()
})

test('accounts of the demo are refused where the demo is off, like any wrong password', async () => {
  await createAccount(office.book, { ...people.maker, email: 'demo@merit.example', password, locale: 'en', demo: true })
  expect((await signIn({ email: 'demo@merit.example', password })).status).toBe(401)
  const accounts = await (await fetch(`${office.url}/api/v1/demo-accounts`)).json()
  expect(accounts).toEqual({ accounts: [] })
})

test('an account keeps its password when somebody makes it again', async () => {
  const again = await createAccount(office.book, {
    ...people.anna,
    email: 'ANNA@merit.example',
    password: 'another one',
    locale: 'en',
    demo: false,
  })
  expect(again.kind).toBe('exists')
  expect((await signIn({ email: 'Anna@Merit.example', password })).status).toBe(200)
  const account = { ...people.anna, password, locale: 'en', demo: false }
  expect((await createAccount(office.book, { ...account, email: 'no address' })).kind).toBe('bad-email')
  expect((await createAccount(office.book, { ...account, email: 'new@merit.example', password: 'short' })).kind).toBe(
    'bad-password',
  )
})

test('over https the cookie is Secure, and demo accounts are offered on loopback only', async () => {
  const demoAccounts = [{ role: 'maker', name: 'Max', email: 'demo@merit.example', password }] as const
  const secure = await runDashboard({ publicUrl: 'https://merit.example', demo: true, demoAccounts: [...demoAccounts] })
  const response = await fetch(
    `${secure.url}/api/auth/sign-in/email`,
    jsonPost({ email, password }, { origin: 'https://merit.example' }),
  )
  expect(response.headers.getSetCookie().join()).toMatch(/__Secure-merit\.session_token=.*Secure/)
  expect(await (await fetch(`${secure.url}/api/v1/demo-accounts`)).json()).toEqual({ accounts: demoAccounts })
  await secure.stop()
})
