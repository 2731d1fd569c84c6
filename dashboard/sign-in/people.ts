// The accounts of one insurer, and closing and opening them. Nobody closes their own, and one insurer can always sign in.

import { type Expression, sql } from 'kysely'
import type { Book, Role } from '../../store/book/schema.ts'
import { endAllSessions } from './session-list.ts'

export interface PersonListed {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly seenAtMs: number | null
  readonly hasSecondFactor: boolean
  readonly isClosed: boolean
}

export interface PeopleQuery {
  readonly insurerId: string
  /** Part of a name or an e-mail address. */
  readonly search: string
  /** After this name and id, in the order of the list. */
  readonly after: readonly [string, string] | undefined
  readonly limit: number
}

/** By name. */
export async function listPeople(book: Book, { insurerId, search, after, limit }: PeopleQuery): Promise<PersonListed[]> {
  let query = book
    .selectFrom('user')
    .leftJoin('account_visits', 'account_visits.user_id', 'user.id')
    .leftJoin('closed_accounts', 'closed_accounts.user_id', 'user.id')
    .select((from) => [
      'user.id',
      'user.name',
      'user.email',
      'user.role',
      'account_visits.seen_at_ms',
      'closed_accounts.closed_at_ms',
      from
        .or([
          from.exists(
            from
              .selectFrom('totp_secrets')
              .select('totp_secrets.user_id')
              .whereRef('totp_secrets.user_id', '=', 'user.id')
              .where('totp_secrets.confirmed_at_ms', 'is not', null),
          ),
          from.exists(from.selectFrom('passkeys').select('passkeys.id').whereRef('passkeys.user_id', '=', 'user.id')),
        ])
        .as('hasSecondFactor'),
    ])
    .where('user.insurer_id', '=', insurerId)
    .orderBy('user.name')
    .orderBy('user.id')
    .limit(limit)
  if (search !== '')
    query = query.where((from) =>
      from.or([holds(from.fn('lower', ['user.name']), search), holds(from.ref('user.email'), search)]),
    )
  if (after !== undefined) {
    const [name, id] = after
    query = query.where((from) =>
      from.or([from('user.name', '>', name), from.and([from('user.name', '=', name), from('user.id', '>', id)])]),
    )
  }
  const rows = await query.execute()
  return rows.map(({ id, name, email, role, seen_at_ms, closed_at_ms, hasSecondFactor }) => ({
    id,
    name,
    email,
    role,
    seenAtMs: seen_at_ms,
    hasSecondFactor: Boolean(hasSecondFactor),
    isClosed: closed_at_ms !== null,
  }))
}

/** In the order they are checked. */
export type Closed =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'yourself' }
  | { readonly kind: 'last-insurer' }
  | { readonly kind: 'closed' }

interface Closer {
  readonly id: string
  readonly insurerId: string
}

/** Ends the account's sessions, too. */
export async function closeAccount(book: Book, closer: Closer, userId: string, nowMs: number): Promise<Closed> {
  const outcome = await book.transaction().execute(async (change): Promise<Closed> => {
    const user = await findPerson(change, closer.insurerId, userId)
    if (user === undefined) return { kind: 'unknown' }
    if (user.id === closer.id) return { kind: 'yourself' }
    const others = await change
      .selectFrom('user')
      .select('user.id')
      .leftJoin('closed_accounts', 'closed_accounts.user_id', 'user.id')
      .where('user.insurer_id', '=', closer.insurerId)
      .where('user.role', '=', 'insurer')
      .where('user.id', '!=', userId)
      .where('closed_accounts.user_id', 'is', null)
      .executeTakeFirst()
    // The caller is one, unless somebody closed the caller's account a moment ago.
    if (user.role === 'insurer' && others === undefined) return { kind: 'last-insurer' }
    await change
      .insertInto('closed_accounts')
      .values({ user_id: userId, closed_at_ms: nowMs, closed_by: closer.id })
      .onConflict((known) => known.column('user_id').doNothing())
      .execute()
    return { kind: 'closed' }
  })
  if (outcome.kind === 'closed') await endAllSessions(book, userId)
  return outcome
}

/** False when this insurer has no such account. */
export async function openAccount(book: Book, insurerId: string, userId: string): Promise<boolean> {
  if ((await findPerson(book, insurerId, userId)) === undefined) return false
  await book.deleteFrom('closed_accounts').where('user_id', '=', userId).execute()
  return true
}

export interface HolderListed {
  readonly id: string
  readonly name: string
  readonly policies: readonly string[]
}

/** Policyholders who have no account yet, by part of their name or of a policy's id. */
export async function holdersWithoutAccount(
  book: Book,
  insurerId: string,
  search: string,
  limit: number,
): Promise<HolderListed[]> {
  const rows = await book
    .selectFrom('policyholders')
    .leftJoin('policies', 'policies.policyholder_id', 'policyholders.id')
    .select((from) => [
      'policyholders.id',
      'policyholders.name',
      from.fn<string | null>('group_concat', ['policies.id', from.val(' ')]).as('policies'),
    ])
    .where('policyholders.insurer_id', '=', insurerId)
    .where('policyholders.user_id', 'is', null)
    .where((from) =>
      from.or([holds(from.fn('lower', ['policyholders.name']), search), holds(from.fn('lower', ['policies.id']), search)]),
    )
    .groupBy('policyholders.id')
    .orderBy('policyholders.name')
    .orderBy('policyholders.id')
    .limit(limit)
    .execute()
  return rows.map(({ id, name, policies }) => ({ id, name, policies: policies === null ? [] : policies.split(' ') }))
}

/** Whether a text holds a part, whatever is in it. */
function holds(text: Expression<unknown>, part: string) {
  return sql<boolean>`instr(${text}, ${part.toLowerCase()}) > 0`
}

function findPerson(book: Book, insurerId: string, userId: string) {
  return book
    .selectFrom('user')
    .select(['id', 'role'])
    .where('id', '=', userId)
    .where('insurer_id', '=', insurerId)
    .executeTakeFirst()
}
