// The notices a policy was given, out of the book: with both worksheets, so that every part can be put into words.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Book } from '../../store/book/schema.ts'
import { parseWorksheet } from '../premium-of.ts'
import type { Worksheet } from '../worksheet.ts'
import type { Part } from './decompose.ts'

/** More than a policy gathers in years; the newest are the ones that matter. */
export const noticesMax = 100

const partsForm = Compile(Type.Array(Type.Object({ id: Type.String(), changeMinor: Type.Integer() })))

export interface PremiumNotice {
  readonly policyId: string
  /** Of the change it explains; with the policy's id the notice's own address. */
  readonly number: number
  readonly oldMinor: number
  readonly newMinor: number
  readonly currency: string
  /** When the premium it compares with was the latest, and when this change came. */
  readonly fromMs: number
  readonly changedAtMs: number
  readonly noticedAtMs: number
  readonly parts: readonly Part[]
  readonly before: Worksheet
  readonly after: Worksheet
}

/** A stored notice does not hold what this version of Merit writes. */
export class BadNotice extends Error {
  readonly code = 'bad-notice'
}

/** The newest first. */
export async function noticesOf(book: Book, policyId: string): Promise<readonly PremiumNotice[]> {
  const rows = await book
    .selectFrom('premium_notices as notice')
    .innerJoin('premiums as old', 'old.id', 'notice.old_premium_id')
    .innerJoin('premiums as new', 'new.id', 'notice.new_premium_id')
    .innerJoin('premium_changes as was', (join) =>
      join.onRef('was.policy_id', '=', 'notice.policy_id').onRef('was.number', '=', 'notice.from_number'),
    )
    .innerJoin('premium_changes as is', (join) =>
      join.onRef('is.policy_id', '=', 'notice.policy_id').onRef('is.number', '=', 'notice.number'),
    )
    .select([
      'notice.number as number',
      'notice.old_minor as oldMinor',
      'notice.new_minor as newMinor',
      'notice.currency as currency',
      'notice.parts as parts',
      'notice.noticed_at_ms as noticedAtMs',
      'was.changed_at_ms as fromMs',
      'is.changed_at_ms as changedAtMs',
      'old.worksheet as before',
      'new.worksheet as after',
    ])
    .where('notice.policy_id', '=', policyId)
    .orderBy('notice.number', 'desc')
    .limit(noticesMax)
    .execute()
  return rows.map((row) => {
    const parts: unknown = JSON.parse(row.parts)
    if (!partsForm.Check(parts)) throw new BadNotice(`The parts of notice ${policyId}/${row.number} do not fit their schema.`)
    return { ...row, policyId, parts, before: parseWorksheet(row.before), after: parseWorksheet(row.after) }
  })
}
