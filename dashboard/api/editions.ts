// Editions out of the book as the API shows them.

import { documentOf } from '../../pricing/lifecycle/edit-drafts.ts'
import { authorsOf, eventsOf } from '../../pricing/lifecycle/edition-book.ts'
import { actionsOf } from '../../pricing/lifecycle/edition-life.ts'
import { shadowOf } from '../../pricing/lifecycle/shadow.ts'
import { editionTables } from '../../pricing/tables-csv/edition-tables.ts'
import type { EditionEventRow, EditionRow } from '../../store/book/edition-rows.ts'
import type { Book } from '../../store/book/schema.ts'
import type { Caller } from '../sign-in/sessions.ts'
import type { Edition, EditionDetail } from './edition-shapes.ts'

export async function toEdition(book: Book, row: EditionRow, caller: Pick<Caller, 'id'>): Promise<Edition> {
  return shapeOf(row, await eventsOf(book, row.id), await shadowOf(book, row.plan_id), caller)
}

export async function toEditionDetail(book: Book, row: EditionRow, caller: Pick<Caller, 'id'>): Promise<EditionDetail> {
  const events = await eventsOf(book, row.id)
  const { policies } = await book
    .selectFrom('policies')
    .innerJoin('premiums', 'premiums.id', 'policies.current_premium_id')
    .select(({ fn }) => fn.countAll<number>().as('policies'))
    .where('premiums.edition_hash', '=', row.hash)
    .executeTakeFirstOrThrow()
  const document = documentOf(row)
  return {
    ...shapeOf(row, events, await shadowOf(book, row.plan_id), caller),
    document,
    tables: document === undefined ? [] : editionTables(document).map(({ name }) => name),
    policies,
    events: events.map((event) => ({
      doneAtMs: event.done_at_ms,
      doneBy: event.done_by_name,
      action: event.action,
      fromStatus: event.from_status,
      toStatus: event.to_status,
      hash: event.hash,
      comment: event.comment,
    })),
  }
}

function shapeOf(
  row: EditionRow,
  events: readonly EditionEventRow[],
  shadow: string | undefined,
  caller: Pick<Caller, 'id'>,
): Edition {
  const document = documentOf(row)
  const authorIds = authorsOf(events)
  const submitted = events.findLast(({ action }) => action === 'submit')
  const approved = row.approved_hash === null ? undefined : events.findLast(({ action }) => action === 'approve')
  const isOwn = authorIds.includes(caller.id) || submitted?.done_by === caller.id
  const rails = document?.guardRails
  const isAuthor = ({ done_by: id, action }: EditionEventRow) => id !== null && (action === 'create' || action === 'edit')
  return {
    id: row.id,
    hash: row.hash,
    planId: row.plan_id,
    product: row.product,
    title: document?.title ?? '',
    status: row.status,
    knownAtMs: row.known_at_ms,
    activeFromMs: row.active_from_ms,
    activeUntilMs: row.active_until_ms,
    basedOn: row.based_on,
    authors: [...new Set(events.filter(isAuthor).map(({ done_by_name: name }) => name ?? ''))],
    submitter: submitted?.done_by_name ?? null,
    approver: approved?.done_by_name ?? null,
    isShadow: shadow === row.hash,
    guardRails: {
      discountOnly: rails?.discountOnly ?? false,
      noMidTermRerate: rails?.noMidTermRerate ?? false,
      notForNonRenewal: rails?.notForNonRenewal ?? false,
      maxChangePerTerm: rails?.maxChangePerTerm ?? null,
    },
    actions: actionsOf(row.status).flatMap((action) =>
      action === 'activate' || action === 'supersede' || (action === 'approve' && isOwn) ? [] : [action],
    ),
  }
}
