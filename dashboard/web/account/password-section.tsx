// Changing the password.

import { useSignal } from '@preact/signals'
import type { Account } from '../../api/sign-in-shapes.ts'
import { announce } from '../announce.ts'
import { post } from '../api.ts'
import { failureText } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { sessions } from './account-resources.ts'
import { a } from './account-words.ts'
import { Field } from './field.tsx'

/** As the API takes it. */
export const passwordCharactersMin = 8

export function PasswordSection({ account }: { readonly account: Account }) {
  const current = useSignal('')
  const next = useSignal('')
  const problem = useSignal('')
  const isDone = useSignal(false)
  const isBusy = useSignal(false)

  const change = async (): Promise<void> => {
    isDone.value = false
    if (next.value.length < passwordCharactersMin) {
      problem.value = a('password.short')
      return
    }
    isBusy.value = true
    const outcome = await post<unknown>('/api/v1/account/password', { current: current.value, next: next.value })
    isBusy.value = false
    if (outcome.kind === 'failure') {
      const { failure } = outcome
      problem.value = failure.kind === 'refused' && failure.problem === 'wrong-proof' ? a('password.wrong') : failureText(failure)
      return
    }
    problem.value = ''
    current.value = ''
    next.value = ''
    isDone.value = true
    announce(a('password.changed'))
    await sessions.refresh()
  }

  return (
    <Section title={a('password.title')} note={a('password.note')}>
      {account.isDemo ? (
        <p class="account-state">{a('account.demo')}</p>
      ) : (
        <form
          class="account-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void change()
          }}
        >
          <Field
            name={a('password.current')}
            value={current.value}
            type="password"
            autocomplete="current-password"
            maxLength={128}
            onInput={(text) => (current.value = text)}
          />
          <Field
            name={a('password.next')}
            value={next.value}
            type="password"
            autocomplete="new-password"
            hint={a('password.next.hint')}
            maxLength={128}
            onInput={(text) => (next.value = text)}
          />
          <p class="form-problem" role="alert">
            {problem.value}
          </p>
          {isDone.value ? <p class="account-state account-state-on">{a('password.changed')}</p> : null}
          <button type="submit" class="button" disabled={isBusy.value || current.value === '' || next.value === ''}>
            {a('password.change')}
          </button>
        </form>
      )}
    </Section>
  )
}
