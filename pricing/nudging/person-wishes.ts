// What the holder of a policy wishes about being told something: in which hours not, and which kinds not at all. Who never said
// anything has the usual hours.

import type { Kysely } from 'kysely'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { BookSchema } from '../../store/book/schema.ts'
import { type MessageRules, messageRules } from './decide-message.ts'

export interface PersonWishes {
  readonly rules: MessageRules
  /** Whoever holds the policy wants no messages about goals. */
  readonly isMuted: boolean
}

const kinds = Compile(Type.Array(Type.String()))

export async function wishesOf(book: Kysely<BookSchema>, policyId: string): Promise<PersonWishes> {
  const row = await book
    .selectFrom('policies')
    .innerJoin('policyholders', 'policyholders.id', 'policies.policyholder_id')
    .innerJoin('person_settings', 'person_settings.user_id', 'policyholders.user_id')
    .select(['person_settings.muted', 'person_settings.quiet_from_hour', 'person_settings.quiet_to_hour'])
    .where('policies.id', '=', policyId)
    .executeTakeFirst()
  if (row === undefined) return { rules: messageRules, isMuted: false }
  const muted: unknown = JSON.parse(row.muted)
  return {
    rules: { ...messageRules, quietFromHour: row.quiet_from_hour, quietToHour: row.quiet_to_hour },
    isMuted: kinds.Check(muted) && muted.includes('goal'),
  }
}
