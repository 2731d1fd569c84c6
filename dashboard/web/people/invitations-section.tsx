// Inviting somebody, and the invitations that nobody has accepted yet.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Holder, Invitation } from '../../api/people-routes.ts'
import { formatDate } from '../../messages/format.ts'
import { a } from '../account/account-words.ts'
import { Field } from '../account/field.tsx'
import { SureButton } from '../account/sure-button.tsx'
import { announce } from '../announce.ts'
import { type Failure, get, post } from '../api.ts'
import { locale, t } from '../language.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { failureText, Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { resource } from '../resources.ts'
import { viewerTimeZone } from '../viewer-time-zone.ts'

const invitations = resource<readonly Invitation[]>('invitations')
const roles = ['policyholder', 'insurer', 'maker', 'tester'] as const
type InvitedRole = (typeof roles)[number]

export function InvitationsSection() {
  return (
    <>
      <Section title={a('invite.title')} note={a('invite.note')}>
        <InviteForm />
      </Section>
      <Section title={a('invitations.title')}>
        <Show from={invitations}>{(list) => <OpenInvitations list={list} />}</Show>
      </Section>
    </>
  )
}

interface Made {
  readonly email: string
  readonly link: string
  readonly expiresAtMs: number
}

function InviteForm() {
  const email = useSignal('')
  const role = useSignal<InvitedRole>('policyholder')
  const holder = useSignal<Holder | undefined>(undefined)
  const problem = useSignal('')
  const isBusy = useSignal(false)
  const made = useSignal<Made | undefined>(undefined)

  const invite = async (): Promise<void> => {
    const address = email.value.trim()
    const isFor = role.value === 'policyholder' ? holder.value : undefined
    if (address === '' || (role.value === 'policyholder' && isFor === undefined)) {
      problem.value = a('invite.missing')
      return
    }
    isBusy.value = true
    const body = { email: address, role: role.value, ...(isFor === undefined ? {} : { policyholderId: isFor.id }) }
    const outcome = await post<{ readonly token: string; readonly expiresAtMs: number }>('/api/v1/invitations', body)
    isBusy.value = false
    problem.value = outcome.kind === 'failure' ? inviteProblem(outcome.failure) : ''
    if (outcome.kind === 'failure') return
    const { token, expiresAtMs } = outcome.value
    made.value = { email: address, link: `${location.origin}/invitation/${token}`, expiresAtMs }
    email.value = ''
    holder.value = undefined
    await invitations.refresh()
  }

  if (made.value !== undefined)
    return (
      <div class="account-form">
        <h3>{a('invite.link', { email: made.value.email })}</h3>
        <CopyText text={made.value.link} label={a('invite.link', { email: made.value.email })} />
        <p class="field-hint">
          {a('invite.link.text', { day: formatDate(made.value.expiresAtMs, locale.value, viewerTimeZone) })}
        </p>
        <p class="account-buttons">
          <button type="button" class="button" onClick={() => (made.value = undefined)}>
            {a('invite.another')}
          </button>
        </p>
      </div>
    )
  return (
    <form
      class="account-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void invite()
      }}
    >
      <fieldset class="choices">
        <legend class="field-name">{a('invite.role')}</legend>
        {roles.map((one) => (
          <label key={one} class="choice">
            <input
              type="radio"
              name="invited-role"
              checked={role.value === one}
              onChange={() => {
                role.value = one
              }}
            />
            <span>{one === 'insurer' ? a('invite.role.insurer') : t(`role.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      {role.value === 'policyholder' ? (
        <HolderChoice chosen={holder.value} onChoose={(chosen) => (holder.value = chosen)} />
      ) : null}
      <Field name={a('account.email')} type="email" value={email.value} onInput={(text) => (email.value = text)} />
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
      <button type="submit" class="button button-main" disabled={isBusy.value}>
        {a('invite.submit')}
      </button>
    </form>
  )
}

interface HolderChoiceProps {
  readonly chosen: Holder | undefined
  readonly onChoose: (holder: Holder | undefined) => void
}

function HolderChoice({ chosen, onChoose }: HolderChoiceProps) {
  const search = useSignal('')
  const found = useSignal<readonly Holder[] | undefined>(undefined)
  useEffect(() => {
    const asked = search.value
    void get<readonly Holder[]>(`people/holders?${new URLSearchParams({ search: asked })}`).then((outcome) => {
      if (asked === search.value && outcome.kind === 'answer') found.value = outcome.value
    })
  }, [search.value])

  if (chosen !== undefined)
    return (
      <p class="holder-chosen">
        <span>{a('invite.holder.chosen', { name: chosen.name })}</span>
        <button type="button" class="button-plain" onClick={() => onChoose(undefined)}>
          {a('invite.holder.other')}
        </button>
      </p>
    )
  return (
    <div class="holder-choice">
      <Field
        name={a('invite.holder')}
        type="search"
        value={search.value}
        hint={a('invite.holder.hint')}
        onInput={(text) => (search.value = text)}
      />
      {found.value === undefined ? null : found.value.length === 0 ? (
        <p class="field-hint">{a('invite.holder.none')}</p>
      ) : (
        <ul class="holder-list">
          {found.value.map((holder) => (
            <li key={holder.id}>
              <button type="button" class="holder" onClick={() => onChoose(holder)}>
                {holder.name}
                <span class="cell-note">{holder.policies.join(' · ')}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function OpenInvitations({ list }: { readonly list: readonly Invitation[] }) {
  const problem = useSignal('')
  const withdraw = async (id: string): Promise<void> => {
    const outcome = await post<unknown>(`/api/v1/invitations/${encodeURIComponent(id)}/withdraw`, {})
    problem.value = outcome.kind === 'failure' ? failureText(outcome.failure) : ''
    if (outcome.kind === 'answer') announce(a('invitations.withdrawn'))
    await invitations.refresh()
  }
  if (list.length === 0) return <p class="account-state">{a('invitations.none')}</p>
  return (
    <>
      <ul class="account-list">
        {list.map(({ id, email, role, policyholder, invitedBy, expiresAtMs }) => (
          <li key={id} class="account-row">
            <div>
              <p class="account-row-name">{email}</p>
              <p class="field-hint">
                {[
                  a('invitations.for', { role: t(`role.${role}`) }),
                  ...(policyholder === null ? [] : [policyholder]),
                  a('invitations.by', {
                    name: invitedBy ?? '–',
                    day: formatDate(expiresAtMs, locale.value, viewerTimeZone),
                  }),
                ].join(' · ')}
              </p>
            </div>
            <SureButton
              text={a('invitations.withdraw')}
              sure={a('invitations.withdraw.sure')}
              label={a('invitations.withdraw.label', { email })}
              onSure={() => void withdraw(id)}
            />
          </li>
        ))}
      </ul>
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
    </>
  )
}

function inviteProblem(failure: Failure): string {
  if (failure.kind === 'conflict') {
    return failure.detail.includes('policyholder') ? a('invite.holder-has') : a('invite.exists')
  }
  if (failure.kind === 'refused' && failure.detail.startsWith('body/email')) return a('invite.bad-email')
  return failureText(failure)
}
