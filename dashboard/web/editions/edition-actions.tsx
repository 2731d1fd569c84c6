// What may be done with an edition now, bound to the document that is looked at, with a word for those who come after.

import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { EditionDetail } from '../../api/edition-shapes.ts'
import { announce } from '../announce.ts'
import { post } from '../api.ts'
import { t } from '../language.ts'
import { failureText } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { WordsField } from '../parts/words-field.tsx'
import { navigate } from '../router.ts'
import { pathOf } from '../routes.ts'
import { editions, refreshEdition } from './edition-resources.ts'

type Action = EditionDetail['actions'][number]
const moves: readonly Exclude<Action, 'edit'>[] = ['submit', 'approve', 'schedule', 'withdraw', 'discard']

interface EditionActionsProps {
  readonly detail: EditionDetail
  /** Why it cannot be submitted just now; empty when it can. */
  readonly hold: string
}

export function EditionActions({ detail, hold }: EditionActionsProps) {
  const { id, hash, actions, status, isShadow } = detail
  const comment = useSignal('')
  const from = useSignal('')
  const problem = useSignal('')
  const isBusy = useSignal(false)
  const isSure = useSignal(false)
  const fieldId = useId()
  const possible = moves.filter((move) => actions.includes(move))
  const mayShadow = status === 'submitted' || status === 'approved' || status === 'scheduled'
  const waitsForOthers = status === 'submitted' && !actions.includes('approve')
  if (possible.length === 0 && !mayShadow) return null

  const act = async (path: string, body: object, done: string): Promise<boolean> => {
    isBusy.value = true
    const outcome = await post<unknown>(`/api/v1/editions/${encodeURIComponent(id)}/${path}`, { hash, ...body })
    isBusy.value = false
    problem.value = outcome.kind === 'failure' ? failureText(outcome.failure) : ''
    if (outcome.kind === 'failure') return false
    comment.value = ''
    announce(done)
    return true
  }
  const move = async (action: (typeof moves)[number]): Promise<void> => {
    // What cannot be taken back is asked twice.
    if (action === 'discard' && !isSure.value) {
      isSure.value = true
      return
    }
    const when = action === 'schedule' && from.value !== '' ? { activeFromMs: new Date(from.value).getTime() } : {}
    const words = action === 'discard' ? {} : { comment: comment.value }
    if (!(await act(action, { ...words, ...when }, t(`edition.done.${action}`)))) return
    if (action === 'discard') {
      void editions.refresh()
      navigate(pathOf({ kind: 'editions' }))
    } else await refreshEdition(id, detail.basedOn !== null)
  }
  const shadow = async (): Promise<void> => {
    const done = t(isShadow ? 'edition.done.unshadow' : 'edition.done.shadow')
    isBusy.value = true
    const outcome = await post<unknown>(`/api/v1/editions/${encodeURIComponent(id)}/shadow`, { on: !isShadow })
    isBusy.value = false
    problem.value = outcome.kind === 'failure' ? failureText(outcome.failure) : ''
    if (outcome.kind === 'answer') announce(done)
    await refreshEdition(id, detail.basedOn !== null)
  }

  return (
    <Section title={t('edition.next')} note={waitsForOthers ? t('edition.four-eyes') : t(`edition.next.${status}`)}>
      <form class="dispute-form" noValidate onSubmit={(submitted) => submitted.preventDefault()}>
        {possible.some((action) => action !== 'discard') ? (
          <WordsField
            name={t('edition.comment')}
            hint={(left) => t('edition.comment.hint', { left })}
            words={comment.value}
            onInput={(words) => {
              comment.value = words
            }}
          />
        ) : null}
        {possible.includes('schedule') ? (
          <label class="field" for={fieldId}>
            <span class="field-name">{t('edition.from')}</span>
            <input
              id={fieldId}
              type="datetime-local"
              value={from.value}
              onInput={(event) => {
                from.value = event.currentTarget.value
              }}
            />
            <span class="field-hint">{t('edition.from.hint')}</span>
          </label>
        ) : null}
        <p class="form-problem" role="alert">
          {problem.value}
        </p>
        {hold === '' || !possible.includes('submit') ? null : <p class="field-hint">{hold}</p>}
        <p class="dispute-buttons">
          {possible.map((action, index) => (
            <button
              key={action}
              type="button"
              class={index === 0 ? 'button button-main' : 'button'}
              disabled={isBusy.value || (action === 'submit' && hold !== '')}
              onClick={() => void move(action)}
            >
              {action === 'discard' && isSure.value ? t('edition.act.discard.sure') : t(`edition.act.${action}`)}
            </button>
          ))}
          {mayShadow ? (
            <button type="button" class="button" disabled={isBusy.value} onClick={() => void shadow()}>
              {t(isShadow ? 'edition.act.unshadow' : 'edition.act.shadow')}
            </button>
          ) : null}
        </p>
      </form>
    </Section>
  )
}
