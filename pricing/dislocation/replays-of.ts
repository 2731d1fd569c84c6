// Replays out of the book: how far each is, its report, and what becomes of every policy as a table.

import { setImmediate as nextTurn } from 'node:timers/promises'
import { stringify } from 'csv-stringify/sync'
import { Compile } from 'typebox/compile'
import type { ReplayRow } from '../../store/book/replay-rows.ts'
import type { Book } from '../../store/book/schema.ts'
import type { Ownership } from '../lifecycle/edition-book.ts'
import { BadFacts } from '../stored-facts.ts'
import { changeOf, type Outcome, parseChunkResult } from './outcome.ts'
import { type DislocationReport, DislocationReportSchema } from './report-form.ts'

/** The newest; older ones are found by their id. */
export const replaysMax = 100

export interface ReplayState {
  readonly id: string
  readonly planId: string
  readonly draftHash: string
  readonly championHash: string
  readonly status: ReplayRow['status']
  readonly policies: number
  readonly policiesDone: number
  readonly createdAtMs: number
  readonly finishedAtMs: number | null
  readonly problem: string | null
  /** SHA-256 of the report's canonical form. */
  readonly reportHash: string | null
}

const columns = [
  'id',
  'plan_id as planId',
  'draft_hash as draftHash',
  'champion_hash as championHash',
  'status',
  'policies',
  'policies_done as policiesDone',
  'created_at_ms as createdAtMs',
  'finished_at_ms as finishedAtMs',
  'problem',
  'report_hash as reportHash',
] as const

/** The newest first. */
export function listReplays(book: Book, insurerId?: Ownership): Promise<ReplayState[]> {
  return replaysOf(book, insurerId).orderBy('created_at_ms', 'desc').orderBy('id').limit(replaysMax).execute()
}

export function findReplay(book: Book, id: string, insurerId?: Ownership): Promise<ReplayState | undefined> {
  return replaysOf(book, insurerId).where('id', '=', id).executeTakeFirst()
}

/** One insurer's, or everybody's for whoever runs Merit. */
function replaysOf(book: Book, insurerId: Ownership) {
  const query = book.selectFrom('replays').select(columns)
  return insurerId === undefined ? query : query.where('insurer_id', '=', insurerId)
}

const validator = Compile(DislocationReportSchema)

/** Undefined for a replay that is not there or not done. @throws BadFacts for a report of another version's form */
export async function reportOfReplay(book: Book, id: string): Promise<DislocationReport | undefined> {
  const row = await book.selectFrom('replays').select('report').where('id', '=', id).executeTakeFirst()
  if (row === undefined || row.report === null) return undefined
  const value: unknown = JSON.parse(row.report)
  if (validator.Check(value)) return value
  throw new BadFacts(`The report of replay ${id} does not have the form of one. Run the replay again.`)
}

/** One line per policy, amounts in minor units a year; of a replay that goes on, what is done. Others get their turn between chunks. */
export async function policiesCsv(book: Book, id: string): Promise<string> {
  const numbers = await book
    .selectFrom('replay_chunks')
    .select('number')
    .where('replay_id', '=', id)
    .where('result', 'is not', null)
    .orderBy('number')
    .execute()
  const segments: string[] = []
  const parts: string[] = []
  for (const { number } of numbers) {
    const { result } = await book
      .selectFrom('replay_chunks')
      .select('result')
      .where('replay_id', '=', id)
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    if (result === null) continue
    const { outcomes } = parseChunkResult(result)
    if (parts.length === 0) {
      segments.push(...Object.keys(outcomes[0]?.levels ?? {}).sort())
      parts.push(stringify([[...figureNames, ...segments]]))
    }
    parts.push(stringify(outcomes.map((outcome) => lineOf(outcome, segments))))
    await nextTurn()
  }
  return parts.join('')
}

const figureNames = [
  'policy',
  'onRecordMinor',
  'beforeMinor',
  'afterMinor',
  'uncappedMinor',
  'change',
  'uncappedChange',
  'beforeClassMinor',
  'afterClassMinor',
  'expectedClaimsMinor',
] as const

function lineOf(outcome: Outcome, segments: readonly string[]): readonly (string | number)[] {
  const { policyId, onRecordMinor, beforeMinor, afterMinor, uncappedMinor, beforeClassMinor, afterClassMinor } = outcome
  return [
    policyId,
    onRecordMinor ?? '',
    beforeMinor,
    afterMinor,
    uncappedMinor,
    changeOf(beforeMinor, afterMinor).toFixed(6),
    changeOf(beforeMinor, uncappedMinor).toFixed(6),
    beforeClassMinor,
    afterClassMinor,
    outcome.claimsMinor,
    ...segments.map((segment) => outcome.levels[segment] ?? ''),
  ]
}
