// Where a statement's QR code leads: whether it is genuine, by its number or by its file. Anybody may ask; nothing personal is shown.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
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

type Answered =
  | { readonly kind: 'asking' | 'too-large' | 'unreadable' }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly again: () => void }
  | { readonly kind: 'answered'; readonly asked: 'code' | 'file'; readonly verified: VerifiedStatement }

export function VerifyPage({ code: given }: { readonly code: string }) {
  const say = (key: VerifyKey): string => sayVerify(locale.value, key)
  usePageTitle(say('title'))
  const code = useSignal(given)
  const answer = useSignal<Answered | undefined>(undefined)
  const asks = useRef(0)
  /** What was asked last is what is shown, however late the others come. */
  const begin = (): ((what: Answered) => void) => {
    asks.current += 1
    const own = asks.current
    answer.value = { kind: 'asking' }
    return (what) => {
      if (own === asks.current) answer.value = what
    }
  }
  const ask = async (asked: 'code' | 'file', written: string, show = begin()): Promise<void> => {
    const outcome = await call('getVerifyCode', { params: { code: written } })
    if (outcome.kind === 'answer') show({ kind: 'answered', asked, verified: outcome.value })
    else show({ kind: 'failed', failure: outcome.failure, again: () => void ask(asked, written) })
  }
  const askFile = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    const show = begin()
    if (file.size > fileBytesMax) {
      show({ kind: 'too-large' })
      return
    }
    let fingerprint: string
    try {
      const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
      fingerprint = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    } catch {
      // Moved or taken away since it was chosen.
      show({ kind: 'unreadable' })
      return
    }
    await ask('file', fingerprint, show)
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
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault()
              if (globalThis.isSecureContext) void askFile(event.dataTransfer?.files[0])
            }}
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
              <label class="button verify-file">
                {say('file')}
                <input
                  type="file"
                  class="for-screen-readers"
                  accept="application/pdf"
                  onChange={(event) => {
                    void askFile(event.currentTarget.files?.[0])
                    // The same file may be chosen again after it was mended.
                    event.currentTarget.value = ''
                  }}
                />
              </label>
            ) : (
              <p class="section-note">{say('file.insecure')}</p>
            )}
          </form>
          <div role="status">{answer.value === undefined ? null : <Answer answer={answer.value} say={say} />}</div>
        </div>
      </main>
    </div>
  )
}

function Answer({ answer, say }: { readonly answer: Answered; readonly say: (key: VerifyKey) => string }) {
  if (answer.kind === 'failed') return <Failed failure={answer.failure} retry={answer.again} />
  if (answer.kind === 'asking') return <p class="verify-answer">{say('checking')}</p>
  if (answer.kind !== 'answered') return <p class="verify-answer">{say(answer.kind)}</p>
  const { asked, verified } = answer
  if (verified.kind === 'unknown')
    return (
      <section class="verify-answer">
        <h2>{say('unknown')}</h2>
        <p>{say(`unknown.${asked}`)}</p>
      </section>
    )
  const isIssued = verified.by === 'file' || verified.issuedAtMs !== null
  return (
    <section class="verify-answer">
      <h2>{say(isIssued ? 'genuine' : 'known')}</h2>
      <p>{say(isIssued ? `genuine.${verified.by}` : 'known.code')}</p>
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
