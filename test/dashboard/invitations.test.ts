// Invitations and closed accounts over HTTP: a link works once, for a week, for the insurer who made it; a closed account is out at once.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AnotherInsurer, addAnotherInsurer } from './another-insurer.ts'
import { cookieIn, jsonPost, password, people, type RunningDashboard, runDashboard } from './running-dashboard.ts'

let office: RunningDashboard
let other: AnotherInsurer
let nowMs = Date.now()
beforeAll(async () => {
  office = await runDashboard({ nowMs: () => nowMs })
  other = await addAnotherInsurer(office)
})
afterAll(() => office.stop())

interface Link {
  readonly id: string
  readonly token: string
}

async function inviteAs(who: 'insurer' | 'yvonne', body: unknown): Promise<Response> {
  const ask = { method: 'POST', body }
  return who === 'yvonne' ? other.ask(who, '/api/v1/invitations', ask) : office.ask(who, '/api/v1/invitations', ask)
}

async function linkFor(email: string, who: 'insurer' | 'yvonne' = 'insurer'): Promise<Link> {
  return (await inviteAs(who, { email, role: 'maker' })).json()
}

function look(token: string): Promise<Response> {
  return fetch(`${office.url}/api/auth/invitation`, jsonPost({ token }))
}

function accept(token: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const body = { token, name: 'Newcomer', password: 'a new long password', locale: 'zh-CN' }
  return fetch(`${office.url}/api/auth/invitation/accept`, jsonPost(body, headers))
}

test('who follows the link comes in with the role and insurer of the invitation, and the link is used up', async () => {
  const { token } = await linkFor('newcomer@merit.example', 'yvonne')
  expect(await (await look(token)).json()).toMatchObject({ email: 'newcomer@merit.example', role: 'maker', insurer: 'The Other' })
  const answer = await accept(token)
  const { user }: { user: Record<string, unknown> } = await answer.json()
  expect(user).toMatchObject({ role: 'maker', locale: 'zh-CN', insurerId: 'other', name: 'Newcomer' })
  const devices = await fetch(`${office.url}/api/v1/devices`, { headers: { cookie: cookieIn(answer) } })
  const { items }: { items: { id: string }[] } = await devices.json()
  expect(items.map(({ id }) => id)).toEqual(['car-y'])
  expect((await accept(token)).status).toBe(410)
  expect((await look(token)).status).toBe(410)
})

test('of two who use one link together one comes in', async () => {
  const { token } = await linkFor('both@merit.example')
  const statuses = await Promise.all([accept(token), accept(token)])
  const inside = statuses.filter(({ status }) => status === 200)
  expect(inside).toHaveLength(1)
  const accounts = await office.book.selectFrom('user').select('id').where('email', '=', 'both@merit.example').execute()
  expect(accounts).toHaveLength(1)
})

test('a link ends after a week, when it is withdrawn, and when a new one is made for the same address', async () => {
  const [old, withdrawn, former] = [
    await linkFor('old@merit.example'),
    await linkFor('gone@merit.example'),
    await linkFor('twice@merit.example'),
  ]
  await linkFor('twice@merit.example')
  expect((await accept(former.token)).status).toBe(410)
  const withdraw = `/api/v1/invitations/${withdrawn.id}/withdraw`
  expect((await other.ask('yvonne', withdraw, { method: 'POST', body: {} })).status, 'by another insurer').toBe(404)
  expect((await office.ask('insurer', withdraw, { method: 'POST', body: {} })).status).toBe(200)
  expect((await accept(withdrawn.token)).status).toBe(410)
  const before = nowMs
  nowMs += 7 * 24 * 60 * 60_000
  expect((await accept(old.token)).status).toBe(410)
  nowMs = before
})

test('a policyholder is invited to the policies of the insurer’s own holder, and to nobody’s of another', async () => {
  const holder = { id: 'holder-new', name: 'Nina New', user_id: null, created_at_ms: nowMs, insurer_id: 'merit' }
  await office.book.insertInto('policyholders').values(holder).execute()
  const wanted = { email: 'nina@merit.example', role: 'policyholder', policyholderId: holder.id }
  expect((await inviteAs('yvonne', wanted)).status).toBe(404)
  expect((await inviteAs('insurer', { ...wanted, role: 'insurer' })).status).toBe(400)
  const link: Link = await (await inviteAs('insurer', wanted)).json()
  expect(await (await look(link.token)).json()).toMatchObject({ name: 'Nina New', role: 'policyholder' })
  expect((await accept(link.token)).status).toBe(200)
  expect((await inviteAs('insurer', { ...wanted, email: 'second@merit.example' })).status).toBe(409)
})

test('an address that signs in with another insurer is told to the one who was invited, not to the one who invites', async () => {
  const invited = await inviteAs('yvonne', { email: people.anna.email, role: 'maker' })
  expect(invited.status).toBe(201)
  const { token }: Link = await invited.json()
  expect((await accept(token)).status).toBe(409)
})

test('a closed account is out at once and stays out, and comes in again when it is opened', async () => {
  const idOf = async (email: string) =>
    (await office.book.selectFrom('user').select('id').where('email', '=', email).executeTakeFirstOrThrow()).id
  const change = async (id: string, step: 'close' | 'open', who: 'insurer' | 'yvonne' = 'insurer') => {
    const [path, ask] = [`/api/v1/people/${id}/${step}`, { method: 'POST', body: {} }] as const
    return (await (who === 'yvonne' ? other.ask(who, path, ask) : office.ask(who, path, ask))).status
  }
  const signIn = async () =>
    (await fetch(`${office.url}/api/auth/sign-in/email`, jsonPost({ email: people.tester.email, password }))).status
  const tester = await idOf(people.tester.email)
  expect(await change(tester, 'close', 'yvonne')).toBe(404)
  expect(await change(tester, 'close')).toBe(200)
  expect((await office.ask('tester', '/api/v1/status')).status).toBe(401)
  expect(await signIn()).toBe(401)
  expect(await change(tester, 'open')).toBe(200)
  expect(await signIn()).toBe(200)
  expect(await change(await idOf(people.insurer.email), 'close'), 'oneself').toBe(409)
})

test('guessing links ends in 429, and so does trying one person’s codes', async () => {
  // After the week that was looked into above.
  nowMs += 8 * 24 * 60 * 60_000
  const statuses: number[] = []
  for (let round = 0; round < 21; round += 1) statuses.push((await look(`guess ${round}`)).status)
  expect(statuses).toEqual([...Array.from({ length: 20 }, () => 404), 429])
  nowMs += 15 * 60_000
  // A fresh proof of who it is, which turning codes on asks for.
  await office.ask('maker', '/api/v1/step-up', { method: 'POST', body: { password } })
  await office.ask('maker', '/api/v1/account/totp', { method: 'POST', body: {} })
  const codes: number[] = []
  for (let round = 0; round < 6; round += 1) {
    const answer = await office.ask('maker', '/api/v1/account/totp/confirm', { method: 'POST', body: { code: 'abcdef' } })
    codes.push(answer.status)
    if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(60)
  }
  expect(codes).toEqual([422, 422, 422, 422, 422, 429])
})
