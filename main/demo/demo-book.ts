// Makes the demo's book in an empty data folder: editions, accounts, devices and policies. What the devices then say comes over
// MQTT like everybody's; nothing is written into the book behind pricing's back.

import { randomInt } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { registerDevice } from '../../broker/registry.ts'
import { createAccount } from '../../dashboard/sign-in/accounts.ts'
import { installEditions } from '../../pricing/install-editions.ts'
import { addInsurer } from '../../pricing/insurers.ts'
import { addPolicy } from '../../pricing/policies.ts'
import type { Book } from '../../store/book/schema.ts'
import { firstInsurerId } from '../../store/book/tenant-rows.ts'
import { demoPolicies, demoSignIns, secondInsurer } from './demo-cast.ts'

const roles = ['insurer', 'policyholder', 'maker', 'tester'] as const
const AccountsSchema = Type.Array(
  Type.Object({
    role: Type.Enum(roles),
    name: Type.String(),
    email: Type.String(),
    password: Type.String(),
    /** The second insurer's people say so. */
    insurer: Type.Optional(Type.String()),
  }),
)
const accounts = Compile(AccountsSchema)
export type DemoAccount = Type.Static<typeof AccountsSchema>[number]

/** The demo book could not be made: a mistake in the cast. */
export class DemoBroken extends Error {
  readonly code = 'demo-broken'
}

/** Passwords are made for this data folder: a demo that somebody exposes is not open to whoever read the source. */
export async function makeDemoBookWhenEmpty(book: Book, dataDir: string, nowMs: number, onMake: () => void): Promise<void> {
  if (!(await isEmpty(book))) return
  onMake()
  await installEditions(book, nowMs)
  const second = await addInsurer(book, secondInsurer, nowMs)
  if (second.kind !== 'added') throw new DemoBroken(`The demo's second insurer was refused (${second.kind}).`)
  const made = demoSignIns.map((signIn) => ({ ...signIn, password: newPassword() }))
  // Written first: whoever finds accounts in the book finds their passwords too.
  writeFileSync(fileIn(dataDir), `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
  const holders = new Map<string, string>()
  for (const account of made) {
    const created = await createAccount(book, { ...account, locale: 'en', demo: true, insurerId: idOf(account.insurer) })
    if (created.kind !== 'created') throw new DemoBroken(`The demo account ${account.email} was refused (${created.kind}).`)
    if (account.role === 'policyholder') holders.set(account.name, await addHolder(book, account, created.id, nowMs))
  }
  for (const policy of demoPolicies) {
    const holder =
      holders.get(policy.holder) ?? (await addHolder(book, { name: policy.holder, insurer: policy.insurer }, null, nowMs))
    holders.set(policy.holder, holder)
    const { id, label } = policy.device
    const kind = policy.product === 'motor' ? 'vehicle' : 'home'
    const insurerId = idOf(policy.insurer)
    const registered = await registerDevice(book, { id, label, kind, insurerId }, nowMs)
    if (registered.kind !== 'registered') throw new DemoBroken(`The demo device ${id} was refused (${registered.kind}).`)
    const { product, timeZone, classFacts } = policy
    const added = await addPolicy(
      book,
      { id: policy.id, product, deviceIds: [id], policyholder: { id: holder }, timeZone, classFacts, insurerId },
      nowMs,
    )
    if (added.kind !== 'added') throw new DemoBroken(`The demo policy ${policy.id} was refused (${added.kind}).`)
  }
}

/** Empty when the demo was never made here. */
export function readDemoAccounts(dataDir: string): readonly DemoAccount[] {
  try {
    const value: unknown = JSON.parse(readFileSync(fileIn(dataDir), 'utf8'))
    return accounts.Check(value) ? value : []
  } catch {
    return []
  }
}

async function isEmpty(book: Book): Promise<boolean> {
  const device = await book.selectFrom('devices').select('id').limit(1).executeTakeFirst()
  const user = await book.selectFrom('user').select('id').limit(1).executeTakeFirst()
  const policy = await book.selectFrom('policies').select('id').limit(1).executeTakeFirst()
  return device === undefined && user === undefined && policy === undefined
}

function idOf(insurer: string | undefined): string {
  return insurer === undefined ? firstInsurerId : secondInsurer.id
}

interface Holder {
  readonly name: string
  readonly insurer?: string | undefined
}

async function addHolder(book: Book, { name, insurer }: Holder, userId: string | null, nowMs: number): Promise<string> {
  const id = `holder-${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`
  await book
    .insertInto('policyholders')
    .values({ id, name, user_id: userId, created_at_ms: nowMs, insurer_id: idOf(insurer) })
    .execute()
  return id
}

/** Without letters and digits that are taken for one another. */
const passwordAlphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Twelve characters of 31 are 59 bits: plenty behind a rate limit, and easy to type from a terminal. */
function newPassword(): string {
  const group = () => Array.from({ length: 4 }, () => passwordAlphabet[randomInt(passwordAlphabet.length)]).join('')
  return `${group()}-${group()}-${group()}`
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'demo-accounts.json')
}
