// Accounts are made by people who run Merit (the command line, the demo), never over HTTP: this is the only place that
// creates one, so role, locale and the demo mark cannot come from a browser.

import { randomUUID } from 'node:crypto'
import type { Book, Role } from '../../store/book/schema.ts'
import { firstInsurerId } from '../../store/book/tenant-rows.ts'
import { hashPassword } from './password.ts'

export interface NewAccount {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly password: string
  /** `en` or `zh-CN`. */
  readonly locale: string
  /** True for accounts of the demo: they are refused while demo mode is off. */
  readonly demo: boolean
  /** The first insurer of the installation when absent. */
  readonly insurerId?: string | undefined
}

/** In the order they are checked. `exists` leaves the account as it was, its password included. */
export type AccountCreated =
  | { readonly kind: 'bad-email' }
  | { readonly kind: 'bad-password' }
  | { readonly kind: 'unknown-insurer'; readonly insurerId: string }
  | { readonly kind: 'exists'; readonly id: string }
  | { readonly kind: 'created'; readonly id: string }

/** NIST SP 800-63B §3.1.1.2: at least eight characters, no rules of composition. */
export const passwordCharactersMin = 8
/** Long enough for any passphrase; a limit keeps hashing cheap. */
export const passwordCharactersMax = 128

export const emailForm = /^[^\s@<>"]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/

export async function createAccount(book: Book, account: NewAccount): Promise<AccountCreated> {
  const email = account.email.toLowerCase()
  if (!emailForm.test(email)) return { kind: 'bad-email' }
  if (account.password.length < passwordCharactersMin || account.password.length > passwordCharactersMax)
    return { kind: 'bad-password' }

  const { insurerId = firstInsurerId } = account
  const insurer = await book.selectFrom('insurers').select('id').where('id', '=', insurerId).executeTakeFirst()
  if (insurer === undefined) return { kind: 'unknown-insurer', insurerId }
  const known = await userByEmail(book, email)
  if (known !== undefined) return { kind: 'exists', id: known.id }

  const password = await hashPassword(account.password)
  const id = randomUUID()
  const now = new Date().toISOString()
  const times = { createdAt: now, updatedAt: now }
  await book.transaction().execute(async (change) => {
    await change
      .insertInto('user')
      .values({
        id,
        email,
        name: account.name,
        emailVerified: 0,
        image: null,
        role: account.role,
        locale: account.locale,
        demo: account.demo ? 1 : 0,
        insurer_id: insurerId,
        ...times,
      })
      .execute()
    await change
      .insertInto('account')
      .values({ id: randomUUID(), accountId: id, providerId: 'credential', userId: id, password, ...noProvider, ...times })
      .execute()
  })
  return { kind: 'created', id }
}

/** Columns that only accounts of an outside provider fill. */
const noProvider = {
  accessToken: null,
  refreshToken: null,
  idToken: null,
  accessTokenExpiresAt: null,
  refreshTokenExpiresAt: null,
  scope: null,
}

export function userByEmail(book: Book, email: string): Promise<{ id: string; demo: number } | undefined> {
  return book.selectFrom('user').select(['id', 'demo']).where('email', '=', email.toLowerCase()).executeTakeFirst()
}
