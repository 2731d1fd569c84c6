// The dialog that asks who is there before something one would regret. It opens over whatever page asked for it; the request that
// waits goes on when the proof was taken, and not otherwise.

import { useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import type { StepUp } from '../../api/sign-in-shapes.ts'
import { type Failure, get, post } from '../api.ts'
import { Failed, Skeleton } from '../parts/notice.tsx'
import type { Loaded } from '../resources.ts'
import { settleProof } from '../step-up.ts'
import '../style/account.css'
import { a } from './account-words.ts'
import { ProofForm } from './proof-form.tsx'

const url = '/api/v1/step-up'
const passkeyOptions = { url: `${url}/passkey-options`, body: {} }

export function StepUpDialog() {
  const frame = useRef<HTMLDialogElement>(null)
  const state = useSignal<Loaded<StepUp>>({ kind: 'loading' })
  const id = useId()
  const isSettled = useRef(false)

  /** Closing gives the focus back to where it was. */
  const settle = (isProved: boolean): void => {
    if (isSettled.current) return
    isSettled.current = true
    frame.current?.close()
    settleProof(isProved)
  }

  const load = async (): Promise<void> => {
    const outcome = await get<StepUp>('step-up')
    state.value =
      outcome.kind === 'answer' ? { kind: 'ready', value: outcome.value } : { kind: 'failed', failure: outcome.failure }
  }
  useEffect(() => {
    frame.current?.showModal()
    void load()
  }, [])

  const prove = async (proof: object): Promise<Failure | undefined> => {
    const outcome = await post<StepUp>(url, proof)
    if (outcome.kind === 'failure') return outcome.failure
    settle(true)
    return undefined
  }
  const now = state.value

  return (
    <dialog ref={frame} class="dialog" aria-labelledby={id} onClose={() => settle(false)}>
      <h2 id={id}>{a('proof.title')}</h2>
      <p class="dialog-text">{a('proof.text')}</p>
      {now.kind === 'loading' ? <Skeleton lines={2} /> : null}
      {now.kind === 'failed' ? <Failed failure={now.failure} retry={() => void load()} /> : null}
      {now.kind === 'ready' ? (
        <ProofForm proofs={now.value.proofs} submit={a('proof.confirm')} passkeyOptions={passkeyOptions} onProof={prove} />
      ) : null}
      <button type="button" class="button" onClick={() => settle(false)}>
        {a('proof.cancel')}
      </button>
    </dialog>
  )
}
