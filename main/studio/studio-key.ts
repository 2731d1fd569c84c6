// The key that the studio's flows call the API with: made when it starts, gone when it ends. It acts for the insurer of this
// installation that was first, under one of its accounts.

import { makeApiKey, revokeApiKey } from '../../dashboard/sign-in/api-keys.ts'
import type { Book } from '../../store/book/schema.ts'
import { firstInsurerId } from '../../store/book/tenant-rows.ts'

/** A studio that was killed leaves a key that nobody knows; it ends by itself. */
const keyMsMax = 24 * 3_600_000

export interface StudioKey {
  readonly key: string
  revoke(nowMs: number): Promise<void>
}

/** Undefined where the insurer has no account yet, or as many keys as it may. */
export async function makeStudioKey(book: Book, nowMs: number): Promise<StudioKey | undefined> {
  const account = await book
    .selectFrom('user')
    .leftJoin('closed_accounts', 'closed_accounts.user_id', 'user.id')
    .select('id')
    .where('role', '=', 'insurer')
    .where('insurer_id', '=', firstInsurerId)
    .where('closed_accounts.user_id', 'is', null)
    .orderBy('createdAt')
    .executeTakeFirst()
  if (account === undefined) return undefined
  const maker = { id: account.id, insurerId: firstInsurerId }
  const made = await makeApiKey(
    book,
    maker,
    { name: 'Studio', role: 'insurer', canWrite: true, expiresAtMs: nowMs + keyMsMax },
    nowMs,
  )
  if (made.kind !== 'made') return undefined
  return {
    key: made.key,
    revoke: async (at) => void (await revokeApiKey(book, { ...maker, role: 'insurer' }, made.id, at)),
  }
}
