// Recovery codes: how many are left, new ones, and the one time they are shown.

import { signal, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Account, RecoveryCodes } from '../../api/sign-in-shapes.ts'
import { announce } from '../announce.ts'
import { post } from '../api.ts'
import { t } from '../language.ts'
import { failureText } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { account as accountResource } from './account-resources.ts'
import { a } from './account-words.ts'
import { SureButton } from './sure-button.tsx'

/** Fewer than this, and somebody should make new ones. */
const fewCodes = 4

/** Just made, by whatever section made them: here until the person has kept them. */
export const shownCodes = signal<readonly string[] | null>(null)

export function RecoverySection({ account }: { readonly account: Account }) {
  const problem = useSignal('')
  const left = account.recoveryCodesLeft
  const isProtected = account.totpSinceMs !== null || account.passkeys.length > 0

  const renew = async (): Promise<void> => {
    const outcome = await post<RecoveryCodes>('/api/v1/account/recovery-codes', {})
    problem.value = outcome.kind === 'failure' ? failureText(outcome.failure) : ''
    if (outcome.kind === 'answer') shownCodes.value = outcome.value.recoveryCodes
    await accountResource.refresh()
  }

  return (
    <Section title={a('recovery.title')} note={a('recovery.note')}>
      {shownCodes.value !== null ? (
        <NewCodes codes={shownCodes.value} email={account.user.email} />
      ) : isProtected ? (
        <>
          <p class={left < fewCodes ? 'account-state account-state-warn' : 'account-state'}>
            {a(left < fewCodes ? 'recovery.few' : 'recovery.left', { left })}
          </p>
          <SureButton text={a('recovery.renew')} sure={a('recovery.renew.sure')} onSure={() => void renew()} />
        </>
      ) : (
        <p class="account-state">{a('recovery.none')}</p>
      )}
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
    </Section>
  )
}

function NewCodes({ codes, email }: { readonly codes: readonly string[]; readonly email: string }) {
  const isCopied = useSignal(false)
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    frame.current?.focus()
    frame.current?.scrollIntoView({ block: 'center' })
  }, [])
  const text = `${a('recovery.file', { email })}\n\n${codes.join('\n')}\n`

  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      // Without a secure context there is no clipboard; they can be downloaded, or selected by hand.
      return
    }
    isCopied.value = true
    announce(t('app.copied'))
  }
  const download = (): void => {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
    const link = document.createElement('a')
    link.href = url
    link.download = a('recovery.file-name')
    link.click()
    URL.revokeObjectURL(url)
  }

  return (
    <div ref={frame} class="new-codes" tabIndex={-1}>
      <h3>{a('recovery.show.title')}</h3>
      <p>{a('recovery.show.text')}</p>
      <ol class="code-list">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p class="account-buttons">
        <button type="button" class="button" onClick={() => void copy()}>
          {isCopied.value ? t('app.copied') : a('recovery.copy')}
        </button>
        <button type="button" class="button" onClick={download}>
          {a('recovery.download')}
        </button>
        <button
          type="button"
          class="button button-main"
          onClick={() => {
            shownCodes.value = null
          }}
        >
          {a('recovery.kept')}
        </button>
      </p>
    </div>
  )
}
