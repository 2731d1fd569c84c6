// Writes down when somebody could not show who they are: with the account that was tried, in its insurer's audit. An address that is
// nobody's belongs to no insurer, so it is not there; the limits on guessing bound how much one account can fill.

import type { Admission } from '../sign-in/attempts.ts'
import { recordAudit } from './audit.ts'
import type { Refusal } from './route.ts'
import type { Services } from './services.ts'

/** What was to be opened with the proof. */
export type ProofFor = 'sign-in' | 'second-factor' | 'step-up'

export type Tried = { readonly id: string } | { readonly email: string }

/**
 * Never waited for: an account that is there would take longer to refuse than one that is not. Of a lock-out the first refusal is
 * written down, and not every one that follows.
 */
export function noteFailedProof(services: Services, tried: Tried, to: ProofFor, refusal: Refusal, admission?: Admission): void {
  if (admission?.kind === 'refused' && !admission.isFirst) return
  const isLocked = refusal.problem === 'too-many-attempts'
  record(services, tried, `${to}.${isLocked ? 'locked' : 'failed'}`, isLocked ? {} : { because: refusal.problem }).catch(
    (error) => services.log.error({ err: error }, 'the audit lacks a failed sign-in'),
  )
}

async function record(
  { book, nowMs }: Services,
  tried: Tried,
  action: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  const [column, value] = 'id' in tried ? (['id', tried.id] as const) : (['email', tried.email.toLowerCase()] as const)
  const user = await book
    .selectFrom('user')
    .select(['id', 'name', 'role', 'insurer_id as insurerId'])
    .where(column, '=', value)
    .executeTakeFirst()
  if (user === undefined) return
  await recordAudit(book, { caller: user, action, subjectKind: 'account', subjectId: user.id, detail }, nowMs())
}
