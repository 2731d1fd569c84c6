// What a filing of an edition is made of, out of the book: the edition, the one it replaces, when it was submitted, and the
// latest replay of it over the book.

import type { Kysely } from 'kysely'
import { Compile } from 'typebox/compile'
import type { EditionRow } from '../../store/book/edition-rows.ts'
import type { BookSchema } from '../../store/book/schema.ts'
import { type DislocationReport, DislocationReportSchema } from '../dislocation/report-form.ts'
import type { Edition } from '../edition/edition-document.ts'
import { parseEdition, parseStoredEdition } from '../edition/parse-edition.ts'
import { eventsOf, findEdition, listEditions, type Ownership } from '../lifecycle/edition-book.ts'

type Reader = Kysely<BookSchema>

export interface Filing {
  readonly id: string
  readonly edition: Edition
  /** The canonical form of the edition, as it is stored. */
  readonly document: string
  readonly former?: Edition
  /** When it was last submitted; of one that never was, when the book learnt it as it is. */
  readonly submittedAtMs: number
  readonly dislocation?: DislocationReport
}

const reportForm = Compile(DislocationReportSchema)

/** A stored report does not hold what this version of Merit writes. */
export class BadReport extends Error {
  readonly code = 'bad-report'
}

/** In the order they are checked. */
export type FilingFound =
  | { readonly kind: 'unknown' }
  /** A draft that is no edition yet: its figures or its test cases do not hold. */
  | { readonly kind: 'bad-form'; readonly problems: readonly string[] }
  | { readonly kind: 'filing'; readonly filing: Filing }

/**
 * @param reference an edition's id, hash or beginning of its hash; or a plan's id for its edition in force
 * @throws BadEdition when the edition it replaces does not parse; BadReport when the replay's report does not
 */
export async function filingOf(book: Reader, reference: string, insurerId?: Ownership): Promise<FilingFound> {
  const row =
    (await findEdition(book, reference, insurerId)) ??
    (await listEditions(book, reference, insurerId)).find(({ status }) => status === 'active')
  if (row === undefined) return { kind: 'unknown' }
  const parsed = parseEdition(JSON.parse(row.document))
  if (parsed.kind === 'invalid') return { kind: 'bad-form', problems: parsed.problems }
  const former = await formerOf(book, row)
  const submission = (await eventsOf(book, row.id)).findLast(({ action, hash }) => action === 'submit' && hash === row.hash)
  const dislocation = await latestReplay(book, row.hash, former?.hash)
  const filing: Filing = {
    id: row.id,
    edition: parsed.edition,
    document: row.document,
    ...(former === undefined ? {} : { former: parseStoredEdition(former.document) }),
    submittedAtMs: submission?.done_at_ms ?? row.known_at_ms,
    ...(dislocation === undefined ? {} : { dislocation }),
  }
  return { kind: 'filing', filing }
}

/** Of the same plan the last that came into force before it; before a draft, the one in force. */
async function formerOf(book: Reader, row: EditionRow): Promise<EditionRow | undefined> {
  const from = row.active_from_ms ?? Number.POSITIVE_INFINITY
  const wasInForce = ({ status }: EditionRow) => status === 'active' || status === 'superseded'
  const others = (await listEditions(book, row.plan_id)).filter((other) => other.hash !== row.hash && wasInForce(other))
  return others
    .filter((other) => (other.active_from_ms ?? Number.POSITIVE_INFINITY) < from)
    .toSorted((one, other) => (other.active_from_ms ?? 0) - (one.active_from_ms ?? 0))[0]
}

/** Against the edition it replaces, the one finished last. */
async function latestReplay(
  book: Reader,
  draftHash: string,
  championHash: string | undefined,
): Promise<DislocationReport | undefined> {
  if (championHash === undefined) return undefined
  const row = await book
    .selectFrom('replays')
    .select(['id', 'report'])
    .where('draft_hash', '=', draftHash)
    .where('champion_hash', '=', championHash)
    .where('status', '=', 'done')
    .orderBy('finished_at_ms', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined || row.report === null) return undefined
  const report: unknown = JSON.parse(row.report)
  if (reportForm.Check(report)) return report
  throw new BadReport(`The report of replay ${row.id} does not fit its schema.`)
}
