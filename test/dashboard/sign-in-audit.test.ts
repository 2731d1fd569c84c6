// What the audit says of those who could not show who they are, the audit as a file, and taking a lost second factor off.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../dashboard/audit/verify-audit.ts'
import { createAccount } from '../../dashboard/sign-in/accounts.ts'
import { createSeal } from '../../dashboard/sign-in/sealed-text.ts'
import { openSecondFactors } from '../../dashboard/sign-in/second-factors.ts'
import { accountCommands } from '../../main/command-line/account-commands.ts'
import { readConfiguration } from '../../main/configuration.ts'
import { terminalMessages } from '../../main/messages/terminal-messages.ts'
import { openBook } from '../../store/book/open-book.ts'
import { jsonPost, password, people, type RunningDashboard, runDashboard } from './running-dashboard.ts'

let office: RunningDashboard
beforeAll(async () => {
  office = await runDashboard()
})
afterAll(() => office.stop())

interface Event {
  readonly action: string
  readonly actor: { readonly name: string }
}

async function actionsOf(filter: string): Promise<readonly string[]> {
  const answer = await office.ask('insurer', `/api/v1/audit?limit=100&${filter}`)
  const { items }: { readonly items: readonly Event[] } = await answer.json()
  return items.map(({ action, actor }) => `${actor.name}: ${action}`)
}

function guess(email: string): Promise<Response> {
  return fetch(`${office.url}/api/auth/sign-in/email`, jsonPost({ email, password: 'wrong' }))
}

test('failed sign-ins stand in the audit, a lock-out once, and an address that is nobody’s does not', async () => {
  await guess('nobody@merit.example')
  for (let round = 0; round < 13; round += 1) await guess(people.bert.email)
  // Nine: the address was counted once for nobody.
  await expect
    .poll(() => actionsOf('action=sign-in.failed'))
    .toEqual(Array.from({ length: 9 }, () => `${people.bert.name}: sign-in.failed`))
  await expect.poll(() => actionsOf('action=sign-in.locked')).toEqual([`${people.bert.name}: sign-in.locked`])
  const step = await office.ask('maker', '/api/v1/step-up', { method: 'POST', body: { password: 'wrong' } })
  expect(step.status).toBe(429)
  await expect.poll(() => actionsOf('action=step-up.locked')).toEqual([`${people.maker.name}: step-up.locked`])
  expect((await verifyAudit(office.book, 'merit')).kind).toBe('fits')
})

test('the audit as a file holds what the filter lets through, in words, and runs nothing in a spreadsheet', async () => {
  const ask = { method: 'POST', body: { name: '=HYPERLINK("https://evil.example")' } }
  expect((await office.ask('tester', '/api/v1/account', ask)).status).toBe(200)
  const end = { method: 'POST', body: {} }
  expect((await office.ask('tester', '/api/v1/account/sessions/end-others', end)).status).toBe(200)
  const answer = await office.ask('insurer', '/api/v1/audit.csv?action=account.sessions.end-others&locale=en')
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const [heading, row, ...rest] = (await answer.text()).split('\r\n')
  expect(heading).toContain('No.,When,Who')
  expect(row).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
  expect(row).toContain('account.sessions.end-others,signed out everywhere else')
  expect(rest).toEqual([''])
  expect(await (await office.ask('insurer', '/api/v1/audit.csv?locale=zh-CN')).text()).toContain('序号,时间,操作人')
})

test('who lost phone and recovery codes is helped on the command line, and that is written down', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'merit-reset-'))
  const configuration = readConfiguration({ MERIT_DATA_DIR: folder })
  const book = await openBook(configuration.bookUrl)
  const account = await createAccount(book, { ...people.anna, password, locale: 'en', demo: false })
  if (account.kind !== 'created') throw new Error(account.kind)
  const factors = openSecondFactors(book, createSeal('a secret of the tests, long enough for anyone'))
  const reset = accountCommands.find(({ name }) => name === 'account reset-second-factor')
  const run = (email: string) => reset?.run({ configuration, say: terminalMessages('en'), isJson: false }, [email])

  await expect(run(people.anna.email)).rejects.toThrow('has no second factor')
  await expect(run('nobody@merit.example')).rejects.toThrow('There is no account')
  await factors.renewRecoveryCodes(account.id, 1)
  const passkey = { id: 'k', user_id: account.id, name: 'Phone', public_key: 'AA', counter: 0, transports: '[]' }
  const times = { created_at_ms: 1, last_used_at_ms: null, suspect_at_ms: null }
  await book
    .insertInto('passkeys')
    .values({ ...passkey, ...times, is_backed_up: 0 })
    .execute()
  const answer = await run('ANNA@merit.example')
  expect(answer?.text).toContain('with the password alone again')
  expect(await factors.stateOf(account.id)).toEqual({ totpSinceMs: null, passkeys: 0, recoveryCodesLeft: 0 })
  const rows = await book.selectFrom('audit_events').select(['action', 'actor_role', 'subject_id', 'detail']).execute()
  const detail = '{"codes":false,"passkeys":1,"sessions":0}'
  expect(rows).toEqual([{ action: 'account.reset-second-factor', actor_role: 'operator', subject_id: account.id, detail }])
  expect((await verifyAudit(book, 'merit')).kind).toBe('fits')
  await book.destroy()
  rmSync(folder, { recursive: true, force: true })
})
