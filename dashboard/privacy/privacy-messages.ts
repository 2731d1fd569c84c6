// What a person is told about their own decisions on privacy: kept as figures, worded where it is shown.

import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { BookSchema } from '../../store/book/schema.ts'

export type PrivacyNews =
  | { readonly what: 'paused'; readonly untilMs: number | null }
  | { readonly what: 'resumed' | 'exported' | 'erasure-undone' }
  | { readonly what: 'erasure-asked'; readonly dueAtMs: number }
  | { readonly what: 'erased'; readonly readings: number; readonly trips: number; readonly homeDays: number }

export async function tellAboutPrivacy(
  transaction: Kysely<BookSchema>,
  policyId: string,
  news: PrivacyNews,
  nowMs: number,
): Promise<void> {
  await transaction
    .insertInto('person_messages')
    .values({ id: `privacy:${randomUUID()}`, policy_id: policyId, kind: 'privacy', at_ms: nowMs, facts: JSON.stringify(news) })
    .execute()
}
