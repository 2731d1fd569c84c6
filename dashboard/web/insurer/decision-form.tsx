// Accepting or rejecting a dispute, with a reason that its holder reads.

import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { Dispute } from '../../api/dispute-shapes.ts'
import { announce } from '../announce.ts'
import { post } from '../api.ts'
import { t } from '../language.ts'
import { WordsField } from '../parts/words-field.tsx'
import { settledText } from '../trips/dispute-card.tsx'

interface DecisionFormProps {
  readonly dispute: Dispute
  readonly onDecided: () => void
}

export function DecisionForm({ dispute, onDecided }: DecisionFormProps) {
  const reason = useSignal('')
  const problem = useSignal('')
  const isBusy = useSignal(false)
  const id = useId()

  const decide = async (accept: boolean): Promise<void> => {
    if (reason.value.trim() === '') {
      problem.value = t('disputes.reason.missing')
      return
    }
    isBusy.value = true
    const outcome = await post<Dispute>(`/api/v1/disputes/${encodeURIComponent(dispute.id)}/decision`, {
      accept,
      reason: reason.value,
    })
    isBusy.value = false
    if (outcome.kind === 'failure') {
      problem.value = settledText(outcome.failure)
      return
    }
    problem.value = ''
    reason.value = ''
    announce(t(`disputes.done.${accept ? 'accepted' : 'rejected'}`))
    onDecided()
  }

  return (
    <form class="dispute-form" noValidate aria-describedby={`${id}-problem`} onSubmit={(submitted) => submitted.preventDefault()}>
      <WordsField
        name={t('disputes.reason')}
        hint={(left) => t('disputes.reason.hint', { left })}
        words={reason.value}
        isRequired
        onInput={(words) => {
          reason.value = words
        }}
      />
      <p id={`${id}-problem`} class="form-problem" role="alert">
        {problem.value}
      </p>
      <p class="dispute-buttons">
        {dispute.status === 'accepted' ? null : (
          <button type="button" class="button button-main" disabled={isBusy.value} onClick={() => void decide(true)}>
            {t('disputes.accept')}
          </button>
        )}
        {dispute.status === 'rejected' ? null : (
          <button type="button" class="button" disabled={isBusy.value} onClick={() => void decide(false)}>
            {t('disputes.reject')}
          </button>
        )}
      </p>
    </form>
  )
}
