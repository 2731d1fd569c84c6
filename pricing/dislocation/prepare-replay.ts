// From what somebody wants replayed to a replay in the book, cut into chunks of policies. Its id is a hash of all that decides
// its result, so the same asked for twice is one.

import type { Kysely } from 'kysely'
import { readCursor } from '../../store/book/cursors.ts'
import type { Book, BookSchema } from '../../store/book/schema.ts'
import { canonicalJson, contentHash, sha256 } from '../canonical-json.ts'
import { parseRateableEdition } from '../edition/parse-edition.ts'
import { activeEdition } from '../lifecycle/active-edition.ts'
import { listEditions, type Ownership } from '../lifecycle/edition-book.ts'
import { type Detection, overrides } from './detection.ts'
import { type ReplayRequest, targetLossRatioDefault } from './replay-request.ts'

/** Policies priced between two savings of what is done: well under a second. */
const policiesPerChunk = 250
/** Where readings are measured again a policy takes seconds. */
const policiesPerMeasuredChunk = 5
/** 80 bits of the hash. */
const idDigits = 20

export interface WantedReplay {
  /** The draft, as parsed JSON; or the hash of one in the book. */
  readonly draft: { readonly document: unknown } | { readonly hash: string }
  /** Whose editions and policies there are; everybody's when absent. */
  readonly insurerId?: Ownership
  readonly detection?: Detection | undefined
  /** 0 to 2^32 − 1; 1 unless said otherwise. */
  readonly seed?: number | undefined
  readonly targetLossRatio?: number | undefined
  /** Minor units a year by policy; the others take the class price times the target loss ratio. */
  readonly expectedClaims?: Readonly<Record<string, number>> | undefined
}

/** In the order they are checked. */
export type ReplayPrepared =
  | { readonly kind: 'unknown-edition'; readonly hash: string }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }
  | { readonly kind: 'no-champion'; readonly planId: string }
  | { readonly kind: 'other-plan'; readonly problem: string }
  | { readonly kind: 'no-policies'; readonly planId: string }
  | { readonly kind: 'exists'; readonly id: string }
  | { readonly kind: 'added'; readonly id: string }

export async function prepareReplay(
  book: Book,
  wanted: WantedReplay,
  nowMs: number,
  chunkPolicies = policiesPerChunk,
): Promise<ReplayPrepared> {
  const document = 'hash' in wanted.draft ? await documentOf(book, wanted.draft.hash, wanted.insurerId) : wanted.draft.document
  if (document === undefined && 'hash' in wanted.draft) return { kind: 'unknown-edition', hash: wanted.draft.hash }
  // What its test cases expect may still be open: the replay is what settles it.
  const parsed = parseRateableEdition(document)
  if (parsed.kind === 'invalid') return parsed
  const { edition: draft } = parsed
  return book.transaction().execute(async (transaction): Promise<ReplayPrepared> => {
    const { insurerId } = wanted
    const [inPlan] = await listEditions(transaction, draft.planId, insurerId)
    const champion = await activeEdition(transaction, draft.planId)
    if (champion === undefined || inPlan === undefined) return { kind: 'no-champion', planId: draft.planId }
    if (champion.product !== draft.product || champion.currency !== draft.currency)
      return {
        kind: 'other-plan',
        problem: `The draft is for ${draft.product} in ${draft.currency}, the edition in force for ${champion.product} in ${champion.currency}.`,
      }
    const policies = await transaction
      .selectFrom('policies')
      .select(['id', 'current_premium_id as premiumId'])
      .where('plan_id', '=', draft.planId)
      .orderBy('id')
      .execute()
    if (policies.length === 0) return { kind: 'no-policies', planId: draft.planId }
    const detection = overrides(wanted.detection ?? {})
    const isMeasured = Object.keys(detection).length > 0
    // A premium's id is a hash of its policy, its edition and the facts it rests on.
    const state = [
      policies.map(({ id, premiumId }) => [id, premiumId]),
      isMeasured ? ((await readCursor(transaction, 'pricing')) ?? null) : null,
    ]
    const championDocument = await documentOf(transaction, champion.hash)
    const request: ReplayRequest = {
      draft: JSON.parse(parsed.document),
      champion: championDocument,
      planId: draft.planId,
      bookState: contentHash(state),
      detection,
      seed: wanted.seed ?? 1,
      targetLossRatio: wanted.targetLossRatio ?? targetLossRatioDefault,
      expectedClaims: { ...wanted.expectedClaims },
    }
    const text = canonicalJson(request)
    const id = sha256(text).slice(0, idDigits)
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('replays')
      .values({
        id,
        plan_id: draft.planId,
        insurer_id: inPlan.insurer_id,
        draft_hash: draft.hash,
        champion_hash: champion.hash,
        request: text,
        status: 'running',
        policies: policies.length,
        policies_done: 0,
        created_at_ms: nowMs,
        finished_at_ms: null,
        problem: null,
        report: null,
        report_hash: null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows !== 1n) return { kind: 'exists', id }
    await addChunks(
      transaction,
      id,
      policies.map((policy) => policy.id),
      isMeasured ? Math.min(policiesPerMeasuredChunk, chunkPolicies) : chunkPolicies,
    )
    return { kind: 'added', id }
  })
}

async function addChunks(
  transaction: Kysely<BookSchema>,
  replayId: string,
  policyIds: readonly string[],
  size: number,
): Promise<void> {
  for (let start = 0; start < policyIds.length; start += size) {
    const [from] = policyIds.slice(start)
    const to = policyIds[Math.min(start + size, policyIds.length) - 1]
    if (from === undefined || to === undefined) continue
    await transaction
      .insertInto('replay_chunks')
      .values({ replay_id: replayId, number: start / size + 1, from_policy_id: from, to_policy_id: to, result: null })
      .execute()
  }
}

async function documentOf(book: Kysely<BookSchema>, hash: string, insurerId?: Ownership): Promise<unknown> {
  let query = book.selectFrom('editions').select('document').where('hash', '=', hash)
  if (insurerId !== undefined) query = query.where('insurer_id', '=', insurerId)
  const row = await query.executeTakeFirst()
  return row === undefined ? undefined : JSON.parse(row.document)
}
