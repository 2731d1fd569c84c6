// One edition in each state that a route of editions asks for, made by two people who are neither of the callers.

import type { Route } from '../../dashboard/api/route.ts'
import { draftFrom } from '../../pricing/lifecycle/edit-drafts.ts'
import { moveEdition } from '../../pricing/lifecycle/move-editions.ts'
import { setShadow } from '../../pricing/lifecycle/shadow.ts'
import type { EditionRow } from '../../store/book/edition-rows.ts'
import type { Book } from '../../store/book/schema.ts'

export interface EditionsAtHand {
  readonly active: string
  of(route: Pick<Route, 'path'>): EditionRow
  bodyOf(route: Pick<Route, 'path'>): unknown
}

const author = { id: 'somebody', name: 'Somebody' }
const approver = { id: 'somebody-else', name: 'Somebody Else' }

export async function editionsAtHand(book: Book): Promise<EditionsAtHand> {
  const active = await book
    .selectFrom('editions')
    .selectAll()
    .where('plan_id', '=', 'motor')
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow()
  let made = 0
  const inState = async (...steps: readonly ('submit' | 'approve')[]): Promise<EditionRow> => {
    made += 1
    const random = new Uint8Array([made, made, made, made, made])
    const draft = await draftFrom(book, active.id, `Draft ${made}`, author, { nowMs: Date.now(), random })
    if (draft.kind !== 'done') throw new Error(draft.kind)
    for (const kind of steps) {
      const by = kind === 'submit' ? author : approver
      const moved = await moveEdition(book, draft.row.id, { kind, seenHash: draft.row.hash, comment: '' }, by, Date.now())
      if (moved.kind !== 'done') throw new Error(moved.kind)
    }
    return draft.row
  }
  const draft = await inState()
  const byEnd: Readonly<Record<string, EditionRow>> = {
    discard: await inState(),
    submit: await inState(),
    approve: await inState('submit'),
    schedule: await inState('submit', 'approve'),
    withdraw: await inState('submit'),
    shadow: await inState('submit'),
  }
  await setShadow(book, byEnd['shadow']?.id ?? '', true, author, Date.now())
  const of = ({ path }: Pick<Route, 'path'>) => byEnd[path.split('/').at(-1) ?? ''] ?? draft
  return {
    active: active.id,
    of,
    bodyOf(route) {
      const { hash, document } = of(route)
      const end = route.path.split('/').at(-1)
      if (end === 'document') return { hash, document: JSON.parse(document) }
      if (end === 'try') return { document: JSON.parse(document) }
      if (end === 'shadow') return { on: true }
      if (end === 'preview') return { csv: 'level,factor' }
      return end === 'import' ? { csv: '', hash, takenHash: hash } : { hash }
    },
  }
}
