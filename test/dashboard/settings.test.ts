// What a person sets is kept as it was sent, is refused when it makes no sense, and decides what is counted as new.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Settings } from '../../dashboard/inbox/settings.ts'
import { driveAtMs, type RunningDashboard, runDashboard } from './running-dashboard.ts'

let office: RunningDashboard
beforeAll(async () => {
  office = await runDashboard()
})
afterAll(() => office.stop())

const read = async (): Promise<Settings> => {
  const settings: Settings = await (await office.ask('anna', '/api/v1/settings')).json()
  return settings
}
const keep = (settings: unknown) => office.ask('anna', '/api/v1/settings', { method: 'POST', body: settings })

test('settings are kept whole, belong to one person, and the former ones sent again undo it', async () => {
  const usual = await read()
  expect(usual).toMatchObject({ units: 'km', degrees: 'c', quietFromHour: 21, quietToHour: 8, opening: 'premium', muted: [] })
  const changed: Settings = {
    muted: ['goal', 'privacy'],
    quietFromHour: 0,
    quietToHour: 0,
    units: 'mi',
    degrees: 'f',
    opening: 'messages',
    locale: 'zh-CN',
  }
  expect(await (await keep(changed)).json()).toEqual(changed)
  expect(await read()).toEqual(changed)
  expect(await (await office.ask('bert', '/api/v1/settings')).json()).toMatchObject({ units: 'km', muted: [] })
  await keep(usual)
  expect(await read()).toEqual(usual)
})

test('an hour, a unit or a page that does not exist is refused, and nothing is changed', async () => {
  const usual = await read()
  for (const wrong of [
    { quietFromHour: 24 },
    { units: 'li' },
    { degrees: 'k' },
    { opening: 'book' },
    { muted: ['all'] },
    { role: 'insurer' },
  ])
    expect((await keep({ ...usual, ...wrong })).status).toBe(400)
  expect(await read()).toEqual(usual)
})

test('a kind that is muted stands among the messages and is not counted as new', async () => {
  await office.book
    .insertInto('person_messages')
    .values({ id: 'one', policy_id: 'motor-a', kind: 'privacy', at_ms: driveAtMs + 1, facts: '{"what":"resumed"}' })
    .execute()
  const unread = async (): Promise<unknown> => (await office.ask('anna', '/api/v1/messages/unread')).json()
  expect(await unread()).toEqual({ unread: 1 })
  await keep({ ...(await read()), muted: ['privacy'] })
  expect(await unread()).toEqual({ unread: 0 })
  const answer: { readonly messages: readonly { readonly id: string }[] } = await (
    await office.ask('anna', '/api/v1/messages')
  ).json()
  expect(answer.messages.map(({ id }) => id)).toEqual(['one'])
})
