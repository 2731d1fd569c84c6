// Keys that programs call the API with: random, shown once, kept as a hash. A key is of one insurer, has one role, and acts under the
// account that made it: when that is closed, its keys open nothing.

import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import type { ApiKeyRow } from '../../store/book/api-key-row.ts'
import type { Book } from '../../store/book/schema.ts'

export const keyRoles = ['insurer', 'maker'] as const
export type KeyRole = (typeof keyRoles)[number]

/** RFC 6750; the beginning tells people, and programs that look for leaked secrets, what it is. */
const keyForm = /^merit_[A-Za-z0-9_-]{43}$/
const bearerForm = /^Bearer +(\S+)$/i
const keyBytes = 32
/** Enough to tell keys apart, too little to try the rest. */
const prefixCharacters = 12
/** When a key was last used is written down at most this often, so that reading does not write. */
const usedMsMin = 60_000
/** Of one account at a time: nobody keeps an eye on more. */
export const keysMax = 50
/** Until then a key that was revoked can be taken back. */
export const revokeUndoMs = 10 * 60_000

export interface KeyWanted {
  readonly name: string
  readonly role: KeyRole
  readonly canWrite: boolean
  /** Undefined: until it is revoked. */
  readonly expiresAtMs?: number | undefined
}

export interface KeyMaker {
  readonly id: string
  readonly insurerId: string
}

export type KeyMade = { readonly kind: 'too-many' } | { readonly kind: 'made'; readonly id: string; readonly key: string }

export async function makeApiKey(book: Book, maker: KeyMaker, wanted: KeyWanted, nowMs: number): Promise<KeyMade> {
  const key = `merit_${randomBytes(keyBytes).toString('base64url')}`
  const id = randomUUID()
  return book.transaction().execute(async (change): Promise<KeyMade> => {
    const { count } = await change
      .selectFrom('api_keys')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('made_by', '=', maker.id)
      .where('revoked_at_ms', 'is', null)
      .where((where) => where.or([where('expires_at_ms', 'is', null), where('expires_at_ms', '>', nowMs)]))
      .executeTakeFirstOrThrow()
    if (count >= keysMax) return { kind: 'too-many' }
    await change
      .insertInto('api_keys')
      .values({
        id,
        insurer_id: maker.insurerId,
        made_by: maker.id,
        name: wanted.name,
        role: wanted.role,
        can_write: wanted.canWrite ? 1 : 0,
        prefix: key.slice(0, prefixCharacters),
        key_sha256: hashOf(key),
        created_at_ms: nowMs,
        expires_at_ms: wanted.expiresAtMs ?? null,
        used_at_ms: null,
        revoked_at_ms: null,
      })
      .execute()
    return { kind: 'made', id, key }
  })
}

/** The key in an Authorization header: undefined where there is no such header, empty where it holds something else. */
export function presentedKey(headers: Headers): string | undefined {
  const header = headers.get('Authorization')
  if (header === null) return undefined
  const key = bearerForm.exec(header)?.[1] ?? ''
  return keyForm.test(key) ? key : ''
}

export interface KeyHolder {
  readonly key: ApiKeyRow
  readonly userId: string
  readonly userEmail: string
  readonly locale: string
  readonly isDemo: boolean
}

/** Whose key it is, while it opens anything: not revoked, not expired, and its account not closed. */
export async function holderOfKey(book: Book, key: string, nowMs: number): Promise<KeyHolder | undefined> {
  const hash = hashOf(key)
  const row = await book
    .selectFrom('api_keys')
    .innerJoin('user', 'user.id', 'api_keys.made_by')
    .leftJoin('closed_accounts', 'closed_accounts.user_id', 'user.id')
    .selectAll('api_keys')
    .select(['user.email as user_email', 'user.locale as user_locale', 'user.demo as user_demo'])
    .where('key_sha256', '=', hash)
    .where('closed_accounts.user_id', 'is', null)
    .executeTakeFirst()
  if (row === undefined || !timingSafeEqual(Buffer.from(row.key_sha256), Buffer.from(hash))) return undefined
  const { user_email: userEmail, user_locale: locale, user_demo: demo, ...found } = row
  if (found.revoked_at_ms !== null || (found.expires_at_ms !== null && found.expires_at_ms <= nowMs)) return undefined
  if (found.used_at_ms === null || nowMs - found.used_at_ms >= usedMsMin)
    await book.updateTable('api_keys').set({ used_at_ms: nowMs }).where('id', '=', found.id).execute()
  return { key: found, userId: found.made_by, userEmail, locale, isDemo: demo !== 0 }
}

/** An insurer sees every key of the insurer, anybody else their own. */
export function listApiKeys(
  book: Book,
  viewer: KeyMaker & { readonly role: string },
): Promise<readonly (ApiKeyRow & { maker: string })[]> {
  let found = book
    .selectFrom('api_keys')
    .innerJoin('user', 'user.id', 'api_keys.made_by')
    .selectAll('api_keys')
    .select('user.name as maker')
    .where('api_keys.insurer_id', '=', viewer.insurerId)
  if (viewer.role !== 'insurer') found = found.where('made_by', '=', viewer.id)
  return found.orderBy('created_at_ms', 'desc').orderBy('api_keys.id').execute()
}

/** At once. @returns false when there is none, or none that this viewer may revoke */
export async function revokeApiKey(
  book: Book,
  viewer: KeyMaker & { readonly role: string },
  id: string,
  nowMs: number,
): Promise<boolean> {
  return change(book, viewer, id, { revoked_at_ms: nowMs }, (row) => row.revoked_at_ms === null)
}

/** Within ten minutes. */
export async function restoreApiKey(
  book: Book,
  viewer: KeyMaker & { readonly role: string },
  id: string,
  nowMs: number,
): Promise<boolean> {
  return change(
    book,
    viewer,
    id,
    { revoked_at_ms: null },
    (row) => row.revoked_at_ms !== null && nowMs - row.revoked_at_ms < revokeUndoMs,
  )
}

async function change(
  book: Book,
  viewer: KeyMaker & { readonly role: string },
  id: string,
  values: Pick<ApiKeyRow, 'revoked_at_ms'>,
  may: (row: ApiKeyRow) => boolean,
): Promise<boolean> {
  const row = (await listApiKeys(book, viewer)).find((candidate) => candidate.id === id)
  if (row === undefined || !may(row)) return false
  const changed = await book
    .updateTable('api_keys')
    .set(values)
    .where('id', '=', id)
    .where('revoked_at_ms', row.revoked_at_ms === null ? 'is' : '=', row.revoked_at_ms)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
