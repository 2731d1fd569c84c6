// One's own account, the same for every role: name and language, how it is protected, and where it is signed in.

import { useSignal } from '@preact/signals'
import type { Account } from '../../api/sign-in-shapes.ts'
import { isLocale, type Locale, locales } from '../../messages/locale.ts'
import { announce } from '../announce.ts'
import { post } from '../api.ts'
import { chooseLocale, locale } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { failureText, Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { askSession } from '../session.ts'
import '../style/account.css'
import { account } from './account-resources.ts'
import { a } from './account-words.ts'
import { Field } from './field.tsx'
import { PasskeysSection } from './passkeys-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { RecoverySection } from './recovery-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { TotpSection } from './totp-section.tsx'

const languageNames: Readonly<Record<Locale, string>> = { en: 'English', 'zh-CN': '简体中文' }

export function AccountPage() {
  usePageTitle(a('account.title'))
  return (
    <>
      <h1 class="account-title">{a('account.title')}</h1>
      <Show from={account} lines={8}>
        {(value) => (
          <>
            {value.isAdvised ? <Advice /> : null}
            <Profile account={value} />
            <PasskeysSection account={value} />
            <TotpSection account={value} />
            <RecoverySection account={value} />
            <PasswordSection account={value} />
            <SessionsSection />
          </>
        )}
      </Show>
    </>
  )
}

function Advice() {
  return (
    <aside class="notice account-advice">
      <p class="notice-title">{a('account.advice.title')}</p>
      <p class="notice-text">{a('account.advice.text')}</p>
    </aside>
  )
}

function Profile({ account: { user } }: { readonly account: Account }) {
  const name = useSignal(user.name)
  const problem = useSignal('')
  const isSaved = useSignal(false)

  const save = async (change: { readonly name?: string; readonly locale?: Locale }): Promise<void> => {
    const outcome = await post<unknown>('/api/v1/account', change)
    problem.value = outcome.kind === 'failure' ? failureText(outcome.failure) : ''
    if (outcome.kind === 'failure') return
    if (change.locale !== undefined) await chooseLocale(change.locale)
    isSaved.value = change.name !== undefined
    announce(a('account.saved'))
    await Promise.all([account.refresh(), askSession()])
  }

  return (
    <Section title={a('account.profile')}>
      <form
        class="account-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (name.value.trim() !== '') void save({ name: name.value })
        }}
      >
        <Field
          name={a('account.name')}
          value={name.value}
          autocomplete="name"
          maxLength={120}
          onInput={(text) => {
            name.value = text
            isSaved.value = false
          }}
        />
        <Field
          name={a('account.email')}
          value={user.email}
          hint={a('account.email.hint')}
          autocomplete="username"
          isReadOnly
          onInput={() => undefined}
        />
        <fieldset class="choices">
          <legend class="field-name">{a('account.language')}</legend>
          {locales.map((language) => (
            <label key={language} class="choice" lang={language}>
              <input
                type="radio"
                name="language"
                value={language}
                checked={locale.value === language}
                onChange={(event) => {
                  const chosen = event.currentTarget.value
                  if (isLocale(chosen)) void save({ locale: chosen })
                }}
              />
              <span>{languageNames[language]}</span>
            </label>
          ))}
        </fieldset>
        <p class="form-problem" role="alert">
          {problem.value}
        </p>
        <button type="submit" class="button" disabled={name.value.trim() === '' || name.value.trim() === user.name}>
          {isSaved.value ? a('account.saved') : a('account.save')}
        </button>
      </form>
    </Section>
  )
}
