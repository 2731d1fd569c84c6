// Saying what is wrong with a trip: its role, or one of its events that count, and a note for the insurer.

import { useSignal } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import type { Dispute } from '../../api/dispute-shapes.ts'
import type { TripDetail } from '../../api/shapes.ts'
import { post } from '../api.ts'
import { t } from '../language.ts'
import { failureText } from '../parts/notice.tsx'
import { WordsField, wordsCharactersMax } from '../parts/words-field.tsx'
import { countedEvents, type DrivingEvent } from './counted-events.ts'
import { eventName, strengthOf, timeOf } from './dispute-words.ts'

type Kind = Dispute['kind']

interface DisputeFormProps {
  readonly detail: TripDetail
  readonly onCancel: () => void
  readonly onSent: () => void
}

export function DisputeForm({ detail, onCancel, onSent }: DisputeFormProps) {
  const kind = useSignal<Kind | null>(null)
  const event = useSignal<DrivingEvent | null>(null)
  const note = useSignal('')
  const problem = useSignal('')
  const isBusy = useSignal(false)
  const first = useRef<HTMLFieldSetElement>(null)
  const id = useId()
  const counted = countedEvents(detail.events, detail.counts)
  const choices = kindsFor(counted)
  const events = eventsFor(kind.value, counted)

  // Before the next key can arrive: whoever uses the keyboard goes on where the form begins.
  useLayoutEffect(() => first.current?.querySelector('input')?.focus(), [])

  const send = async (): Promise<void> => {
    if (kind.value === null) {
      problem.value = t('dispute.problem.kind')
      return
    }
    const about = event.value !== null && events.includes(event.value) ? event.value : null
    if (events.length > 0 && about === null) {
      problem.value = t('dispute.problem.event')
      return
    }
    isBusy.value = true
    const outcome = await post<Dispute>(`/api/v1/trips/${encodeURIComponent(detail.id)}/disputes`, {
      kind: kind.value,
      ...(about === null ? {} : { event: { kind: about.kind, startMs: about.startMs } }),
      note: note.value.slice(0, wordsCharactersMax),
    })
    isBusy.value = false
    if (outcome.kind === 'answer') onSent()
    else problem.value = outcome.failure.kind === 'too-many' ? t('dispute.problem.too-many') : failureText(outcome.failure)
  }

  return (
    <form
      class="dispute-form"
      noValidate
      aria-describedby={`${id}-problem`}
      onSubmit={(submitted) => {
        submitted.preventDefault()
        void send()
      }}
    >
      <fieldset ref={first} class="options">
        <legend class="field-name">{t('dispute.what')}</legend>
        {choices.map((choice) => (
          <label key={choice} class="option">
            <input
              type="radio"
              name={`${id}-kind`}
              checked={kind.value === choice}
              onChange={() => {
                kind.value = choice
                problem.value = ''
              }}
            />
            <span class="option-name">{t(`dispute.kind.${choice}`)}</span>
            <span class="option-hint">{t(`dispute.kind.${choice}.hint`)}</span>
          </label>
        ))}
      </fieldset>
      {events.length === 0 ? null : (
        <fieldset class="options options-many">
          <legend class="field-name">
            {t('dispute.event')} <span class="field-hint">{t('dispute.event.hint')}</span>
          </legend>
          {events.map((candidate) => (
            <label key={`${candidate.kind} ${candidate.startMs}`} class="option">
              <input
                type="radio"
                name={`${id}-event`}
                checked={event.value === candidate}
                onChange={() => {
                  event.value = candidate
                  problem.value = ''
                }}
              />
              <span class="option-name">
                {timeOf(candidate.startMs, detail.timeZone)} {eventName(candidate.kind)}
              </span>
              <span class="option-hint">{strengthOf(candidate)}</span>
            </label>
          ))}
        </fieldset>
      )}
      {kind.value === 'passenger' || kind.value === 'not-my-car' ? <p class="field-hint">{t('dispute.calm-hint')}</p> : null}
      <WordsField
        name={t('dispute.note')}
        hint={(left) => t('dispute.note.hint', { left })}
        words={note.value}
        onInput={(words) => {
          note.value = words
        }}
      />
      <p id={`${id}-problem`} class="form-problem" role="alert">
        {problem.value}
      </p>
      <p class="dispute-buttons">
        <button type="submit" class="button button-main" disabled={isBusy.value}>
          {t('dispute.send')}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          {t('dispute.cancel')}
        </button>
      </p>
    </form>
  )
}

function kindsFor(counted: readonly DrivingEvent[]): readonly Kind[] {
  return [
    'passenger',
    'not-my-car',
    ...(eventsFor('avoided-harm', counted).length > 0 ? (['avoided-harm'] as const) : []),
    ...(counted.length > 0 ? (['wrong-event'] as const) : []),
  ]
}

/** Nobody drives above the limit for ten seconds to avoid harm; that the limit was another one is a wrong event. */
function eventsFor(kind: Kind | null, counted: readonly DrivingEvent[]): readonly DrivingEvent[] {
  if (kind === 'wrong-event') return counted
  return kind === 'avoided-harm' ? counted.filter((event) => event.kind !== 'speeding') : []
}
