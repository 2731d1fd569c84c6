// Passkeys of the account: adding one, naming it, taking it away; and what stands in the way where there can be none.

import { useSignal } from '@preact/signals'
import type { Account, RecoveryCodes } from '../../api/sign-in-shapes.ts'
import { formatDate } from '../../messages/format.ts'
import { browserWords } from '../../sign-in/browser-words.ts'
import { announce } from '../announce.ts'
import { post } from '../api.ts'
import { locale } from '../language.ts'
import { failureText } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { viewerTimeZone } from '../viewer-time-zone.ts'
import { account as accountResource } from './account-resources.ts'
import { a } from './account-words.ts'
import { Field } from './field.tsx'
import { hasPasskeys, makePasskey } from './passkey.ts'
import { shownCodes } from './recovery-section.tsx'
import { SureButton } from './sure-button.tsx'

type Passkey = Account['passkeys'][number]

export function PasskeysSection({ account }: { readonly account: Account }) {
  return (
    <Section title={a('passkeys.title')} note={a('passkeys.note')}>
      {account.passkeys.length === 0 ? (
        <p class="account-state">{a('passkeys.none')}</p>
      ) : (
        <ul class="account-list">
          {account.passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      {account.isDemo ? <p class="field-hint">{a('account.demo')}</p> : <Adding here={account.passkeysHere} />}
    </Section>
  )
}

function Adding({ here }: { readonly here: Account['passkeysHere'] }) {
  const name = useSignal('')
  const isOpen = useSignal(false)
  const isBusy = useSignal(false)
  const problem = useSignal('')

  const add = async (): Promise<void> => {
    isBusy.value = true
    problem.value = await create(name.value.trim())
    isBusy.value = false
    if (problem.value === '') isOpen.value = false
  }

  if (!hasPasskeys) return <p class="field-hint">{a('passkeys.no-browser')}</p>
  if (here.kind !== 'named') return <NoPasskeysHere here={here} />
  if (!isOpen.value)
    return (
      <button
        type="button"
        class="button"
        onClick={() => {
          name.value = suggestedName()
          isOpen.value = true
        }}
      >
        {a('passkeys.add')}
      </button>
    )
  return (
    <form
      class="account-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <Field
        name={a('passkeys.name')}
        value={name.value}
        hint={a('passkeys.name.hint')}
        maxLength={60}
        isFocused
        onInput={(text) => (name.value = text)}
      />
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
      <p class="account-buttons">
        <button type="submit" class="button button-main" disabled={isBusy.value || name.value.trim() === ''}>
          {a('passkeys.create')}
        </button>
        <button type="button" class="button" onClick={() => (isOpen.value = false)}>
          {a('proof.cancel')}
        </button>
      </p>
    </form>
  )
}

/** @returns what went wrong, or nothing */
async function create(name: string): Promise<string> {
  const made = await makePasskey()
  if (made.kind === 'failure') return failureText(made.failure)
  if (made.kind === 'exists') return a('passkeys.exists')
  if (made.kind === 'none') return a('passkeys.failed')
  const { token, response } = made
  const outcome = await post<RecoveryCodes>('/api/v1/account/passkeys', { token, name, response })
  if (outcome.kind === 'failure') {
    const { failure } = outcome
    if (failure.kind === 'refused' && failure.problem === 'wrong-proof') return a('passkeys.failed')
    return failureText(failure)
  }
  announce(a('passkeys.added'))
  shownCodes.value = outcome.value.recoveryCodes
  await accountResource.refresh()
  return ''
}

function NoPasskeysHere({ here }: { readonly here: Account['passkeysHere'] }) {
  if (here.kind === 'needs-https') return <p class="field-hint">{a('passkeys.needs-https')}</p>
  return (
    <p class="field-hint">
      {a('passkeys.needs-name')}{' '}
      {here.openAt === undefined ? (
        a('passkeys.needs-name.set')
      ) : (
        <a href={`${here.openAt}/account`}>{a('passkeys.open-at', { address: here.openAt })}</a>
      )}
    </p>
  )
}

function PasskeyRow({ passkey }: { readonly passkey: Passkey }) {
  const name = useSignal<string | undefined>(undefined)
  const problem = useSignal('')
  const { id, isSuspect, isBackedUp, createdAtMs, lastUsedAtMs } = passkey
  const path = `/api/v1/account/passkeys/${encodeURIComponent(id)}`
  const day = (atMs: number) => formatDate(atMs, locale.value, viewerTimeZone)

  const change = async (step: 'rename' | 'remove', body: object): Promise<void> => {
    const outcome = await post<unknown>(`${path}/${step}`, body)
    problem.value = outcome.kind === 'failure' ? failureText(outcome.failure) : ''
    if (outcome.kind === 'failure') return
    name.value = undefined
    if (step === 'remove') announce(a('passkeys.removed'))
    await accountResource.refresh()
  }

  return (
    <li class="account-row">
      {name.value === undefined ? (
        <div>
          <p class="account-row-name">{passkey.name}</p>
          <p class="field-hint">
            {[
              a('passkeys.made', { day: day(createdAtMs) }),
              lastUsedAtMs === null ? a('passkeys.unused') : a('passkeys.used', { day: day(lastUsedAtMs) }),
              ...(isBackedUp ? [a('passkeys.kept')] : []),
            ].join(' · ')}
          </p>
          {isSuspect ? <p class="form-problem">{a('passkeys.suspect')}</p> : null}
        </div>
      ) : (
        <form
          class="account-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void change('rename', { name: name.value })
          }}
        >
          <Field name={a('passkeys.name')} value={name.value} maxLength={60} isFocused onInput={(text) => (name.value = text)} />
          <button type="submit" class="button" disabled={name.value.trim() === ''}>
            {a('account.save')}
          </button>
        </form>
      )}
      <p class="account-buttons">
        {name.value === undefined ? (
          <button type="button" class="button" onClick={() => (name.value = passkey.name)}>
            {a('passkeys.rename')}
          </button>
        ) : null}
        <SureButton text={a('passkeys.remove')} sure={a('passkeys.remove.sure')} onSure={() => void change('remove', {})} />
      </p>
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
    </li>
  )
}

function suggestedName(): string {
  const { browser, system } = browserWords(navigator.userAgent)
  return browser === '' || system === '' ? `${browser}${system}` : a('passkeys.name.suggestion', { browser, system })
}
