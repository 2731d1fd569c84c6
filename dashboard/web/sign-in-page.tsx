// Signing in with e-mail and password, and a second factor where there is one, or with a passkey; in a demo also through one of its
// doors with one click.

import { useSignal } from '@preact/signals'
import { useEffect, useId } from 'preact/hooks'
import type { DemoAccounts } from '../api/shapes.ts'
import type { Failure } from './api.ts'
import { t } from './language.ts'
import { ArrowIcon } from './parts/icons.tsx'
import { later } from './parts/later.tsx'
import { failureText } from './parts/notice.tsx'
import { navigate } from './router.ts'
import { demoAccounts, type Entered, signIn, signInWithPasskey } from './session.ts'
import { Switches, Wordmark } from './shell.tsx'

const SecondFactorForm = later(async () => (await import('./account/second-factor-form.tsx')).SecondFactorForm)

/** Passkeys are bound to a name: there are none at an address of figures, or without the browser's help. */
const mayUsePasskey = typeof PublicKeyCredential === 'function' && !/^[\d.]+$|^\[/.test(location.hostname)

type DemoAccount = DemoAccounts['accounts'][number]

const doorOrder: readonly DemoAccount['role'][] = ['policyholder', 'insurer', 'maker', 'tester']

export function SignInPage({ wasSignedIn }: { readonly wasSignedIn: boolean }) {
  const email = useSignal('')
  const password = useSignal('')
  const isShown = useSignal(false)
  const problem = useSignal('')
  const busyWith = useSignal<string | undefined>(undefined)
  const accounts = useSignal<readonly DemoAccount[]>([])
  const secondFactor = useSignal<Extract<Entered, { kind: 'second-factor' }> | undefined>(undefined)
  const id = useId()

  useEffect(() => {
    document.title = `${t('sign-in.title')} · ${t('app.name')}`
    void demoAccounts().then((found) => {
      accounts.value = found.toSorted((a, b) => doorOrder.indexOf(a.role) - doorOrder.indexOf(b.role))
    })
  }, [accounts])

  const enter = async (address: string, secret: string, isDoor: boolean): Promise<void> => {
    if (busyWith.value !== undefined) return
    problem.value = ''
    if (address === '' || secret === '') {
      problem.value = t('sign-in.error.missing')
      return
    }
    busyWith.value = address
    const entered = await signIn(address, secret)
    busyWith.value = undefined
    password.value = ''
    if (entered.kind === 'failed') problem.value = signInProblem(entered.failure)
    else if (entered.kind === 'second-factor') secondFactor.value = entered
    else if (isDoor) navigate('/')
  }
  const enterWithPasskey = async (): Promise<void> => {
    if (busyWith.value !== undefined) return
    problem.value = ''
    busyWith.value = 'passkey'
    const entered = await signInWithPasskey()
    busyWith.value = undefined
    if (entered === undefined) problem.value = t('sign-in.passkey.failed')
    else if (entered.kind === 'failed') problem.value = passkeyProblem(entered.failure)
  }
  const factor = secondFactor.value

  return (
    <div class="entrance">
      <header class="entrance-top">
        <Wordmark />
        <div class="top-tools">
          <Switches />
        </div>
      </header>
      <main id="content" class={accounts.value.length > 0 ? 'entrance-main entrance-main-demo' : 'entrance-main'} tabIndex={-1}>
        <section class="entrance-form" aria-labelledby={`${id}-title`}>
          <p class="entrance-claim">{t('app.claim')}</p>
          <h1 id={`${id}-title`}>{t('sign-in.title')}</h1>
          {wasSignedIn ? <p class="form-note">{t('sign-in.expired')}</p> : null}
          {factor === undefined ? null : (
            <SecondFactorForm
              token={factor.token}
              proofs={factor.proofs}
              onBack={() => {
                secondFactor.value = undefined
              }}
            />
          )}
          <form
            noValidate
            hidden={factor !== undefined}
            onSubmit={(event) => {
              event.preventDefault()
              void enter(email.value.trim(), password.value, false)
            }}
          >
            <label class="field" for={`${id}-email`}>
              <span class="field-name">{t('sign-in.email')}</span>
              <input
                id={`${id}-email`}
                type="email"
                name="email"
                autocomplete="username"
                required
                value={email.value}
                aria-describedby={`${id}-problem`}
                onInput={(event) => {
                  email.value = event.currentTarget.value
                }}
              />
            </label>
            <div class="field">
              <label class="field-name" for={`${id}-password`}>
                {t('sign-in.password')}
              </label>
              <span class="field-with-button">
                <input
                  id={`${id}-password`}
                  {...(isShown.value ? { type: 'text' } : { type: 'password' })}
                  name="password"
                  autocomplete="current-password"
                  required
                  value={password.value}
                  aria-describedby={`${id}-problem`}
                  onInput={(event) => {
                    password.value = event.currentTarget.value
                  }}
                />
                <button
                  type="button"
                  class="field-button"
                  aria-pressed={isShown.value}
                  onClick={() => {
                    isShown.value = !isShown.value
                  }}
                >
                  {isShown.value ? t('sign-in.hide-password') : t('sign-in.show-password')}
                </button>
              </span>
            </div>
            <p id={`${id}-problem`} class="form-problem" role="alert">
              {problem.value}
            </p>
            <button type="submit" class="button button-main" disabled={busyWith.value !== undefined}>
              {busyWith.value === undefined ? t('sign-in.submit') : t('sign-in.busy')}
            </button>
            {mayUsePasskey ? (
              <button
                type="button"
                class="button entrance-passkey"
                disabled={busyWith.value !== undefined}
                onClick={() => void enterWithPasskey()}
              >
                {t('sign-in.passkey')}
              </button>
            ) : null}
          </form>
        </section>
        {accounts.value.length === 0 ? null : (
          <section class="doors" aria-labelledby={`${id}-doors`}>
            <h2 id={`${id}-doors`}>{t('sign-in.demo.title')}</h2>
            <p class="doors-text">{t('sign-in.demo.text')}</p>
            {insurersOf(accounts.value).map((insurer) => (
              <div key={insurer ?? ''}>
                {insurer === undefined ? null : <p class="doors-text doors-other">{t('sign-in.demo.other', { insurer })}</p>}
                <Doors
                  accounts={accounts.value.filter((account) => account.insurer === insurer)}
                  isBusy={busyWith.value !== undefined}
                  onEnter={(account) => void enter(account.email, account.password, true)}
                />
              </div>
            ))}
          </section>
        )}
      </main>
    </div>
  )
}

/** The first one, which is not named, first. */
function insurersOf(accounts: readonly DemoAccount[]): readonly (string | undefined)[] {
  const named = new Set(accounts.flatMap(({ insurer }) => (insurer === undefined ? [] : [insurer])))
  return [undefined, ...named]
}

interface DoorsProps {
  readonly accounts: readonly DemoAccount[]
  readonly isBusy: boolean
  readonly onEnter: (account: DemoAccount) => void
}

function Doors({ accounts, isBusy, onEnter }: DoorsProps) {
  return (
    <ul>
      {accounts.map((account, index, all) => (
        <li key={account.email}>
          <button type="button" class="door" disabled={isBusy} onClick={() => onEnter(account)}>
            <span class="door-role">
              {t(`role.${account.role}`)}
              <ArrowIcon />
            </span>
            <span class="door-text">
              {account.role === 'insurer' && all[index - 1]?.role === 'insurer'
                ? t('sign-in.demo.insurer-again')
                : t(`sign-in.demo.${account.role}`)}
            </span>
            <span class="door-name">{account.name}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function passkeyProblem(failure: Failure): string {
  return failure.kind === 'refused' ? t('sign-in.passkey.refused') : signInProblem(failure)
}

function signInProblem(failure: Failure): string {
  if (failure.kind === 'signed-out' || failure.kind === 'refused') return t('sign-in.error.wrong')
  return failureText(failure)
}
