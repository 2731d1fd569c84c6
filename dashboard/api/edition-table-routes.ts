// Tables of editions as CSV, out and in, and the difference between two editions. A table is looked at before it is taken, and
// taken only as it was looked at.

import Type from 'typebox'
import { addressed } from '../../pricing/lifecycle/draft-document.ts'
import { changeDraft, documentOf } from '../../pricing/lifecycle/edit-drafts.ts'
import { findEdition } from '../../pricing/lifecycle/edition-book.ts'
import { editionDifference } from '../../pricing/lifecycle/edition-difference.ts'
import { editionTables } from '../../pricing/tables-csv/edition-tables.ts'
import { takeTable } from '../../pricing/tables-csv/take-table.ts'
import { tableCsv, tablesZip } from '../../pricing/tables-csv/write-csv.ts'
import { csvProblemWords, editionWordsIn } from '../messages/edition-refusal.ts'
import type { Caller } from '../sign-in/sessions.ts'
import {
  answerEdition,
  documentBytesMax,
  EditionReference,
  HashSchema,
  insurer,
  ofOneEdition,
  refuseEdition,
} from './edition-answers.ts'
import { EditionDifferenceSchema, EditionSchema, TablePreviewSchema } from './edition-shapes.ts'
import { fields, guardedRoute, noInput, refuse, reply } from './route.ts'
import type { Services } from './services.ts'

const ofOneTable = {
  ...noInput,
  params: fields({ id: EditionReference, table: Type.String({ minLength: 1, maxLength: 100 }) }),
} as const
const Csv = Type.String()

export const editionTableRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/editions/:id/difference',
    summary: 'How an edition differs from another, cell by cell; from the one it was made from when none is named.',
    roles: insurer,
    ...ofOneEdition,
    query: fields({ with: Type.Optional(EditionReference) }),
    response: EditionDifferenceSchema,
    async handle({ services, caller, params: { id }, query }) {
      const after = await editionWithDocument(services, caller, id)
      if (after === undefined) return refuseEdition(caller, { kind: 'unknown' }, id)
      const reference = query.with ?? after.row.based_on
      if (reference === null) return refuse('bad-request', 'query/with: name the edition to compare with')
      const before = await editionWithDocument(services, caller, reference)
      if (before === undefined) return refuseEdition(caller, { kind: 'unknown' }, reference)
      const headOf = ({ row, document }: typeof after) => ({ id: row.id, hash: row.hash, title: document.title })
      return reply({
        before: headOf(before),
        after: headOf(after),
        changes: [...editionDifference(before.document, after.document)],
      })
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/editions/:id/tables.zip',
    summary: 'Every table of an edition as CSV, in one zip.',
    roles: insurer,
    ...ofOneEdition,
    response: Type.Unknown(),
    contentType: 'application/zip',
    async handle({ services, caller, params: { id } }) {
      const found = await editionWithDocument(services, caller, id)
      if (found === undefined) return refuseEdition(caller, { kind: 'unknown' }, id)
      const bytes = tablesZip(found.document)
      return { kind: 'file', contentType: 'application/zip', fileName: `${found.row.id}-tables.zip`, bytes }
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/editions/:id/tables/:table',
    summary: 'One table of an edition as CSV.',
    roles: insurer,
    ...ofOneTable,
    response: Type.Unknown(),
    contentType: 'text/csv',
    async handle({ services, caller, params: { id, table: name } }) {
      const found = await editionWithDocument(services, caller, id)
      if (found === undefined) return refuseEdition(caller, { kind: 'unknown' }, id)
      const tables = editionTables(found.document)
      const table = tables.find((candidate) => candidate.name === name)
      if (table === undefined) return refuseEdition(caller, { kind: 'unknown-table', tables: tables.map((one) => one.name) }, id)
      const bytes = new TextEncoder().encode(tableCsv(table))
      return { kind: 'file', contentType: 'text/csv', fileName: `${table.name}.csv`, bytes }
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/editions/:id/tables/:table/preview',
    problems: ['unfit'],
    summary: 'What a table as CSV would change in a draft, and everything that keeps it from being taken; nothing is changed.',
    roles: insurer,
    ...ofOneTable,
    body: fields({ csv: Csv }),
    bodyBytesMax: documentBytesMax,
    response: TablePreviewSchema,
    async handle({ services, caller, params: { id, table }, body: { csv } }) {
      const found = await editionWithDocument(services, caller, id)
      if (found === undefined) return refuseEdition(caller, { kind: 'unknown' }, id)
      const { hash } = found.row
      const taken = takeTable(found.document, table, csv)
      if (taken.kind === 'unknown-table') return refuseEdition(caller, taken, id)
      if (taken.kind === 'taken') {
        const changes = [...editionDifference(found.document, taken.document)]
        return reply({ hash, takenHash: addressed(taken.document).hash, problems: [], changes })
      }
      const words = editionWordsIn(caller.locale)
      const problems =
        taken.kind === 'problems'
          ? taken.problems.map((problem) => ({ ...problem, text: csvProblemWords(words, problem) }))
          : taken.problems.map((text) => ({ kind: 'bad-form', line: 0, column: '', found: '', mend: '', text }))
      return reply({ hash, takenHash: null, problems, changes: [] })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/editions/:id/tables/:table/import',
    problems: ['stale', 'wrong-state', 'unfit'],
    summary: 'Takes a table into a draft, exactly as it was looked at: both hashes are those of the preview.',
    roles: insurer,
    ...ofOneTable,
    body: fields({ csv: Csv, hash: HashSchema, takenHash: HashSchema }),
    bodyBytesMax: documentBytesMax,
    response: EditionSchema,
    async handle({ services, caller, params: { id, table }, body: { csv, hash, takenHash } }) {
      const found = await editionWithDocument(services, caller, id)
      if (found === undefined) return refuseEdition(caller, { kind: 'unknown' }, id)
      // Taken before: the call came twice.
      if (found.row.hash === takenHash) return answerEdition(services, caller, { kind: 'done', row: found.row }, id)
      const taken = takeTable(found.document, table, csv)
      if (taken.kind !== 'taken') return refuseEdition(caller, taken, id)
      if (found.row.hash === hash && addressed(taken.document).hash !== takenHash)
        return refuse('stale', 'body/takenHash: this table would make another document than the one that was looked at')
      const outcome = await changeDraft(services.book, id, hash, () => taken.document, caller, services.nowMs())
      return answerEdition(services, caller, outcome, id)
    },
  }),
]

async function editionWithDocument({ book }: Services, { insurerId }: Pick<Caller, 'insurerId'>, reference: string) {
  const row = await findEdition(book, reference, insurerId)
  const document = row && documentOf(row)
  return row === undefined || document === undefined ? undefined : { row, document }
}
