// One dispute: what was said, where it stands, what that means for the price, and the reason of whoever decided.

import { useSignal } from '@preact/signals'
import type { Dispute } from '../../api/dispute-shapes.ts'
import { formatDateTime } from '../../messages/format.ts'
import { announce } from '../announce.ts'
import { type Failure, post } from '../api.ts'
import { locale, t } from '../language.ts'
import { failureText } from '../parts/notice.tsx'
import { pathOf } from '../routes.ts'
import { disputeWords } from './dispute-words.ts'

interface DisputeCardProps {
  readonly dispute: Dispute
  readonly isHolder: boolean
  readonly onChange: () => void
}

export function DisputeCard({ dispute, isHolder, onChange }: DisputeCardProps) {
  const { status, note, reason, decidedAtMs, createdAtMs, timeZone } = dispute
  const time = (atMs: number): string => formatDateTime(atMs, locale.value, timeZone)
  return (
    <article class="dispute">
      <h3 class="dispute-head">
        {disputeWords(dispute)}
        <DisputeStatus status={status} />
      </h3>
      <p class="dispute-times">
        {t('dispute.reported', { time: time(createdAtMs) })}
        {decidedAtMs === null ? null : ` · ${t('dispute.decided', { time: time(decidedAtMs) })}`}
      </p>
      {note === '' ? null : <Said by={isHolder ? t('dispute.note.yours') : t('dispute.note.theirs')} words={note} />}
      {reason === null || status === 'withdrawn' ? null : <Said by={t('dispute.reason')} words={reason} />}
      <p>{effectWords(dispute)}</p>
      {isHolder ? (
        <Withdraw dispute={dispute} onChange={onChange} />
      ) : (
        <a href={pathOf({ kind: 'dispute', disputeId: dispute.id })}>{t('dispute.open')}</a>
      )}
    </article>
  )
}

export function DisputeStatus({ status }: { readonly status: Dispute['status'] }) {
  return <span class={`dispute-status dispute-status-${status}`}>{t(`dispute.status.${status}`)}</span>
}

export function Said({ by, words }: { readonly by: string; readonly words: string }) {
  return (
    <figure class="dispute-said">
      <figcaption>{by}</figcaption>
      <blockquote>{words}</blockquote>
    </figure>
  )
}

/** What it means for the price, and whether it still means what it was said of. */
export function effectWords({ status, event, match }: Dispute): string {
  if (match === 'gone') return t('dispute.match.gone')
  const effect = {
    open: t('dispute.effect.open'),
    accepted: event === null ? t('dispute.effect.trip') : t('dispute.effect.event'),
    rejected: t('dispute.effect.none'),
    withdrawn: t('dispute.effect.none'),
  }[status]
  return match === 'moved' ? `${effect} ${t('dispute.match.moved')}` : effect
}

function Withdraw({ dispute, onChange }: { readonly dispute: Dispute; readonly onChange: () => void }) {
  const problem = useSignal('')
  const isBusy = useSignal(false)
  if (dispute.status !== 'open' && dispute.status !== 'accepted') return null
  const withdraw = async (): Promise<void> => {
    isBusy.value = true
    const outcome = await post<Dispute>(`/api/v1/disputes/${encodeURIComponent(dispute.id)}/withdraw`, {})
    isBusy.value = false
    problem.value = outcome.kind === 'failure' ? settledText(outcome.failure) : ''
    if (outcome.kind === 'answer') announce(t('dispute.withdrawn'))
    onChange()
  }
  return (
    <>
      <p role="alert" class="form-problem">
        {problem.value}
      </p>
      <button
        type="button"
        class="button"
        disabled={isBusy.value}
        aria-label={t('dispute.withdraw.label', { what: disputeWords(dispute) })}
        onClick={() => void withdraw()}
      >
        {t('dispute.withdraw')}
      </button>
    </>
  )
}

export function settledText(failure: Failure): string {
  return failure.kind === 'conflict' ? t('dispute.problem.settled') : failureText(failure)
}
