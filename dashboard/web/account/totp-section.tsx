// The authenticator app: setting it up with a QR code, and turning it off.

import { useSignal } from '@preact/signals'
import { encode } from 'uqr'
import type { Account, RecoveryCodes } from '../../api/sign-in-shapes.ts'
import { formatDate } from '../../messages/format.ts'
import { announce } from '../announce.ts'
import { post } from '../api.ts'
import { locale } from '../language.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { failureText } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { viewerTimeZone } from '../viewer-time-zone.ts'
import { account as accountResource } from './account-resources.ts'
import { a } from './account-words.ts'
import { Field } from './field.tsx'
import { shownCodes } from './recovery-section.tsx'
import { SureButton } from './sure-button.tsx'

interface Offer {
  readonly secret: string
  readonly uri: string
}

export function TotpSection({ account }: { readonly account: Account }) {
  const offer = useSignal<Offer | undefined>(undefined)
  const problem = useSignal('')
  const since = account.totpSinceMs

  const begin = async (): Promise<void> => {
    const outcome = await post<Offer>('/api/v1/account/totp', {})
    problem.value = outcome.kind === 'failure' ? failureText(outcome.failure) : ''
    if (outcome.kind === 'answer') offer.value = outcome.value
  }
  const remove = async (): Promise<void> => {
    const outcome = await post<unknown>('/api/v1/account/totp/remove', {})
    problem.value = outcome.kind === 'failure' ? failureText(outcome.failure) : ''
    if (outcome.kind === 'answer') announce(a('totp.removed'))
    await accountResource.refresh()
  }

  return (
    <Section title={a('totp.title')} note={a('totp.note')}>
      {account.isDemo ? (
        <p class="account-state">{a('account.demo')}</p>
      ) : since === null ? (
        offer.value === undefined ? (
          <>
            <p class="account-state">{a('totp.off')}</p>
            <button type="button" class="button" onClick={() => void begin()}>
              {a('totp.begin')}
            </button>
          </>
        ) : (
          <Enrolment offer={offer.value} onDone={() => (offer.value = undefined)} />
        )
      ) : (
        <>
          <p class="account-state account-state-on">{a('totp.on', { day: formatDate(since, locale.value, viewerTimeZone) })}</p>
          <SureButton text={a('totp.remove')} sure={a('totp.remove.sure')} onSure={() => void remove()} />
        </>
      )}
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
    </Section>
  )
}

function Enrolment({ offer, onDone }: { readonly offer: Offer; readonly onDone: () => void }) {
  const code = useSignal('')
  const problem = useSignal('')
  const isBusy = useSignal(false)

  const confirm = async (): Promise<void> => {
    isBusy.value = true
    const outcome = await post<RecoveryCodes>('/api/v1/account/totp/confirm', { code: code.value })
    isBusy.value = false
    code.value = ''
    if (outcome.kind === 'failure') {
      const { failure } = outcome
      const isWrong = failure.kind === 'refused' && failure.problem === 'wrong-proof'
      problem.value = isWrong ? a('proof.wrong.code') : failure.kind === 'too-many' ? a('proof.too-many') : failureText(failure)
      return
    }
    announce(a('totp.done'))
    shownCodes.value = outcome.value.recoveryCodes
    onDone()
    await accountResource.refresh()
  }

  return (
    <form
      class="account-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void confirm()
      }}
    >
      <div class="totp-offer">
        <figure>
          <figcaption>{a('totp.scan')}</figcaption>
          <QrCode text={offer.uri} label={a('totp.qr')} />
        </figure>
        <div class="totp-key">
          <p class="field-name">{a('totp.type')}</p>
          <CopyText text={inGroups(offer.secret)} label={a('totp.type')} />
          <p class="field-hint">{a('totp.app.hint')}</p>
        </div>
      </div>
      <Field
        name={a('totp.confirm')}
        value={code.value}
        onInput={(text) => (code.value = text)}
        autocomplete="one-time-code"
        inputMode="numeric"
        maxLength={7}
      />
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
      <button type="submit" class="button button-main" disabled={isBusy.value || code.value.trim() === ''}>
        {a('totp.confirm.submit')}
      </button>
    </form>
  )
}

/** Dark on light in either appearance: not every app reads it the other way round. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, data } = encode(text, { ecc: 'M', border: 3 })
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path class="qr-light" d={`M0 0h${size}v${size}H0z`} />
      <path class="qr-dark" d={path} />
    </svg>
  )
}

function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret
}
