// The demo's book: two insurers with people, devices and policies of their own.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeDemoBookWhenEmpty, readDemoAccounts } from '../../main/demo/demo-book.ts'
import { demoPolicies, demoSignIns } from '../../main/demo/demo-cast.ts'
import { openBook } from '../../store/book/open-book.ts'

test('the second insurer of the demo has its own people, devices and policies, and shares none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'merit-demo-'))
  const book = await openBook(`sqlite:${join(folder, 'book.db')}`)
  await makeDemoBookWhenEmpty(book, folder, Date.parse('2026-01-01T00:00:00Z'), () => undefined)

  const policies = await book
    .selectFrom('policies')
    .innerJoin('policy_devices', 'policy_devices.policy_id', 'policies.id')
    .innerJoin('devices', 'devices.id', 'policy_devices.device_id')
    .innerJoin('policyholders', 'policyholders.id', 'policies.policyholder_id')
    .select(['policies.id', 'policies.insurer_id', 'devices.insurer_id as ofDevice', 'policyholders.insurer_id as ofHolder'])
    .execute()
  const others = policies.filter((row) => row.insurer_id === 'harbour').map(({ id }) => id)
  expect(others.toSorted()).toEqual(['home-9002', 'motor-9001'])
  expect(policies).toHaveLength(demoPolicies.length)
  for (const row of policies) expect([row.ofDevice, row.ofHolder]).toEqual([row.insurer_id, row.insurer_id])

  const users = await book.selectFrom('user').select(['email', 'insurer_id']).execute()
  for (const { email, insurer_id } of users)
    expect(`${email} ${insurer_id}`).toBe(`${email} ${email.endsWith('@harbour.example') ? 'harbour' : 'merit'}`)
  // Whoever reads the file finds whose people they are, the first insurer's first.
  const written = readDemoAccounts(folder)
  expect(written.map(({ email, insurer }) => `${email} ${insurer ?? ''}`.trim())).toEqual(
    demoSignIns.map(({ email, insurer }) => `${email} ${insurer ?? ''}`.trim()),
  )
  expect(written.slice(0, 5).every(({ insurer }) => insurer === undefined)).toBe(true)
  await book.destroy()
  rmSync(folder, { recursive: true, force: true })
})
