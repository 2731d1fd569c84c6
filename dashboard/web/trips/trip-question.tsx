// "Was this you driving?": one tap says it, another takes it back. A confirmation is kept; anybody else is a dispute that the
// insurer decides.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Trip } from '../../api/shapes.ts'
import type { TripRole } from '../../api/trip-shapes.ts'
import { announce } from '../announce.ts'
import { post } from '../api.ts'
import { t } from '../language.ts'
import { failureText } from '../parts/notice.tsx'
import { tripDisputes, trip as tripResource, trips } from '../resources.ts'
import '../style/question.css'

const roles = ['driver', 'passenger', 'not-my-car'] as const
type Said = Trip['said']

interface TripQuestionProps {
  readonly policyId: string
  readonly tripId: string
  readonly said: Said
}

export function TripQuestion({ policyId, tripId, said }: TripQuestionProps) {
  /** Undefined while what the server says stands. */
  const own = useSignal<Said>(undefined)
  const problem = useSignal('')
  const isBusy = useSignal(false)
  const box = useRef<HTMLDivElement>(null)
  const wasSaid = useRef(false)
  const stands = own.value === undefined ? said : own.value
  const isSaid = stands !== null && stands !== undefined

  useEffect(() => {
    // What somebody pressed is gone: whoever uses the keyboard goes on with what took its place.
    if (own.value !== undefined && wasSaid.current !== isSaid) box.current?.querySelector('button')?.focus()
    wasSaid.current = isSaid
  }, [isSaid, own.value])

  const say = async (role: TripRole['role']): Promise<void> => {
    isBusy.value = true
    const outcome = await post<TripRole>(`/api/v1/trips/${encodeURIComponent(tripId)}/role`, { role })
    isBusy.value = false
    if (outcome.kind === 'failure') {
      const { failure } = outcome
      problem.value =
        failure.kind === 'conflict'
          ? t('said.settled')
          : failure.kind === 'too-many'
            ? t('dispute.problem.too-many')
            : failureText(failure)
      return
    }
    problem.value = ''
    own.value = outcome.value.role
    announce(outcome.value.role === null ? t('said.undone') : t(`said.${outcome.value.role}.done`))
    await Promise.all([tripResource(tripId).refresh(), trips(policyId).refresh(), tripDisputes(tripId).refresh()])
    own.value = undefined
  }

  return (
    <div class="question" ref={box}>
      {isSaid ? (
        <p class="question-said">
          {t(`said.${stands}.done`)}
          <button type="button" class="button" disabled={isBusy.value} onClick={() => void say(null)}>
            {t('said.undo')}
          </button>
        </p>
      ) : (
        <fieldset class="question-choices">
          <legend>{t('said.question')}</legend>
          {roles.map((role) => (
            <button
              key={role}
              type="button"
              class={role === 'driver' ? 'button button-main' : 'button'}
              disabled={isBusy.value}
              onClick={() => void say(role)}
            >
              {t(`said.${role}`)}
            </button>
          ))}
        </fieldset>
      )}
      <p role="alert" class="form-problem">
        {problem.value}
      </p>
    </div>
  )
}
