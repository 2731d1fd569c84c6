// The end of an invitation's link: what it is for, and coming in with a name and a password.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { OpenInvitation } from '../../api/invitation-routes.ts'
import { post } from '../api.ts'
import { locale, t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Failed, failureText, Skeleton } from '../parts/notice.tsx'
import type { Loaded } from '../resources.ts'
import { navigate } from '../router.ts'
import { askSession } from '../session.ts'
import { Switches, Wordmark } from '../shell.tsx'
import '../style/account.css'
import { a } from './account-words.ts'
import { Field } from './field.tsx'
import { passwordCharactersMin } from './password-section.tsx'

interface InvitationPageProps {
  readonly token: string
  readonly signedInAs: string | undefined
}

export function InvitationPage({ token, signedInAs }: InvitationPageProps) {
  const state = useSignal<Loaded<OpenInvitation>>({ kind: 'loading' })
  usePageTitle(a('invitation.title'))
  const load = async (): Promise<void> => {
    const outcome = await post<OpenInvitation>('/api/auth/invitation', { token })
    state.value =
      outcome.kind === 'answer' ? { kind: 'ready', value: outcome.value } : { kind: 'failed', failure: outcome.failure }
  }
  useEffect(() => {
    void load()
  }, [])
  const now = state.value

  return (
    <div class="entrance">
      <header class="entrance-top">
        <Wordmark />
        <div class="top-tools">
          <Switches />
        </div>
      </header>
      <main id="content" class="entrance-main" tabIndex={-1}>
        {now.kind === 'loading' ? <Skeleton lines={4} /> : null}
        {now.kind === 'failed' ? <NoInvitation failure={now.failure} retry={() => void load()} /> : null}
        {now.kind === 'ready' ? <Acceptance token={token} invitation={now.value} signedInAs={signedInAs} /> : null}
      </main>
    </div>
  )
}

function NoInvitation(props: Parameters<typeof Failed>[0]) {
  const { failure } = props
  const isOver = failure.kind === 'refused' && failure.problem === 'invitation-over'
  if (!isOver && failure.kind !== 'not-found') return <Failed {...props} />
  const which = isOver ? 'over' : 'unknown'
  return (
    <div class="notice">
      <h1 class="notice-title">{a(`invitation.${which}.title`)}</h1>
      <p class="notice-text">{a(`invitation.${which}.text`)}</p>
      <a class="button" href="/">
        {a('invitation.sign-in')}
      </a>
    </div>
  )
}

interface AcceptanceProps extends InvitationPageProps {
  readonly invitation: OpenInvitation
}

function Acceptance({ token, invitation, signedInAs }: AcceptanceProps) {
  const name = useSignal(invitation.name ?? '')
  const password = useSignal('')
  const problem = useSignal('')
  const isBusy = useSignal(false)

  const accept = async (): Promise<void> => {
    if (isBusy.value) return
    if (name.value.trim() === '' || password.value.length < passwordCharactersMin) {
      problem.value = a('invitation.missing')
      return
    }
    isBusy.value = true
    const body = { token, name: name.value, password: password.value, locale: locale.value }
    const outcome = await post<unknown>('/api/auth/invitation/accept', body)
    isBusy.value = false
    if (outcome.kind === 'failure') {
      const { failure } = outcome
      const isOver = failure.kind === 'refused' && failure.problem === 'invitation-over'
      problem.value =
        failure.kind === 'conflict' ? a('invitation.exists') : isOver ? a('invitation.over.text') : failureText(failure)
      return
    }
    if (signedInAs !== undefined) {
      // Nothing of the account before stays in memory.
      location.assign('/')
      return
    }
    await askSession()
    navigate('/')
  }

  return (
    <section class="entrance-form">
      <p class="entrance-claim">{a('invitation.title')}</p>
      <h1>
        {a('invitation.lead', {
          insurer: invitation.insurer,
          email: invitation.email,
          role: t(`role.${invitation.role}`),
        })}
      </h1>
      {invitation.name === null ? null : <p class="form-note">{a('invitation.holder', { name: invitation.name })}</p>}
      {signedInAs === undefined ? null : <p class="form-note">{a('invitation.signed-in', { name: signedInAs })}</p>}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void accept()
        }}
      >
        <input type="email" name="email" autocomplete="username" value={invitation.email} readOnly hidden />
        <Field
          name={a('invitation.name')}
          value={name.value}
          autocomplete="name"
          maxLength={120}
          onInput={(text) => (name.value = text)}
        />
        <Field
          name={a('invitation.password')}
          value={password.value}
          type="password"
          autocomplete="new-password"
          maxLength={128}
          hint={a('password.next.hint')}
          onInput={(text) => (password.value = text)}
        />
        <p class="form-problem" role="alert">
          {problem.value}
        </p>
        <button type="submit" class="button button-main" disabled={isBusy.value}>
          {a('invitation.submit')}
        </button>
      </form>
    </section>
  )
}
