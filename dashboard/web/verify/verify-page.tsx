// Where a statement's QR code leads: whether it is genuine, by its number or by its file. Anybody may ask; nothing personal is shown.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { VerifiedStatement } from '../../api/verify-routes.ts'
import { formatDateTime, formatMoney } from '../../messages/format.ts'
import { sayVerify, type VerifyKey } from '../../messages/verify.ts'
import { Field } from '../account/field.tsx'
import type { Failure } from '../api.ts'
import { call } from '../client.ts'
import { locale } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Facts } from '../parts/facts.tsx'
import { Failed } from '../parts/notice.tsx'
import { Switches, Wordmark } from '../shell.tsx'
import { viewerTimeZone } from '../viewer-time-zone.ts'
import '../style/account.css'
import '../style/verify.css'

/** A statement has some hundred thousand bytes at most. */
const fileBytesMax = 5_000_000

type Answered = { readonly asked: 'code' | 'file'; readonly verified: VerifiedStatement } | { readonly asked: 'too-large' }

export function VerifyPage({ code: given }: { readonly code: string }) {
  const say = (key: VerifyKey): string => sayVerify(locale.value, key)
  usePageTitle(say('title'))
  const code = useSignal(given)
  const answer = useSignal<Answered | undefined>(undefined)
  const failure = useSignal<Failure | undefined>(undefined)
  const ask = async (asked: 'code' | 'file', written: string): Promise<void> => {
    const outcome = await call('getVerifyCode', { params: { code: written } })
    failure.value = outcome.kind === 'answer' ? undefined : outcome.failure
    answer.value = outcome.kind === 'answer' ? { asked, verified: outcome.value } : undefined
  }
  const askFile = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    if (file.size > fileBytesMax) {
      answer.value = { asked: 'too-large' }
      return
    }
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
    await ask('file', [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join(''))
  }
  useEffect(() => {
    if (given !== '') void ask('code', given)
  }, [given])
  return (
    <div class="entrance">
      <header class="entrance-top">
        <Wordmark />
        <div class="top-tools">
          <Switches />
        </div>
      </header>
      <main id="content" class="entrance-main" tabIndex={-1}>
        <div class="verify">
          <h1>{say('title')}</h1>
          <p class="lead">{say('lead')}</p>
          <form
            class="verify-form"
            onSubmit={(event) => {
              event.preventDefault()
              if (code.value.trim() !== '') void ask('code', code.value.trim())
            }}
          >
            <Field
              name={say('code')}
              hint={say('code.hint')}
              value={code.value}
              onInput={(value) => {
                code.value = value
              }}
            />
            <button type="submit" class="button button-main">
              {say('check')}
            </button>
            {globalThis.isSecureContext ? (
              <label>
                {say('file')}{' '}
                <input type="file" accept="application/pdf" onChange={(event) => void askFile(event.currentTarget.files?.[0])} />
              </label>
            ) : (
              <p class="section-note">{say('file.insecure')}</p>
            )}
          </form>
          <div role="status">
            {failure.value === undefined ? null : <Failed failure={failure.value} retry={() => void ask('code', code.value)} />}
            {answer.value === undefined ? null : <Answer answer={answer.value} say={say} />}
          </div>
        </div>
      </main>
    </div>
  )
}

function Answer({ answer, say }: { readonly answer: Answered; readonly say: (key: VerifyKey) => string }) {
  if (answer.asked === 'too-large') return <p class="verify-answer">{say('too-large')}</p>
  const { asked, verified } = answer
  if (verified.kind === 'unknown')
    return (
      <section class="verify-answer">
        <h2>{say('unknown')}</h2>
        <p>{say(`unknown.${asked}`)}</p>
      </section>
    )
  return (
    <section class="verify-answer">
      <h2>{say('genuine')}</h2>
      <p>{say(`genuine.${verified.by}`)}</p>
      <Facts
        facts={[
          { term: say('amount'), value: formatMoney(verified.premiumMinor, verified.currency, locale.value) },
          { term: say('product'), value: say(verified.product) },
          { term: say('computed'), value: formatDateTime(verified.computedAtMs, locale.value, viewerTimeZone) },
          { term: say('standing'), value: say(verified.isCurrent ? 'current' : 'former') },
        ]}
      />
    </section>
  )
}
