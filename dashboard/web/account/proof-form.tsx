// Asks for one proof of who is there, by the way that suits best, with the other ways beside it. Used by the dialog before what one
// would regret, and after the password when signing in.

import { useSignal } from '@preact/signals'
import type { ProofKind } from '../../api/sign-in-shapes.ts'
import type { Failure } from '../api.ts'
import { failureText } from '../parts/notice.tsx'
import { a } from './account-words.ts'
import { Field } from './field.tsx'
import { hasPasskeys, showPasskey } from './passkey.ts'

interface ProofFormProps {
  readonly proofs: readonly ProofKind[]
  readonly submit: string
  /** Where to ask for a passkey, and what has to come along. */
  readonly passkeyOptions: { readonly url: string; readonly body: object }
  /** @returns what went wrong, or undefined when it was taken */
  readonly onProof: (proof: object) => Promise<Failure | undefined>
}

const fieldOf = { password: 'password', code: 'code', 'recovery-code': 'recoveryCode' } as const

export function ProofForm({ proofs, submit, passkeyOptions, onProof }: ProofFormProps) {
  const possible = proofs.filter((proof) => proof !== 'passkey' || hasPasskeys)
  const way = useSignal<ProofKind>(possible[0] ?? 'password')
  const typed = useSignal('')
  const problem = useSignal('')
  const isBusy = useSignal(false)
  const now = way.value

  const offer = async (): Promise<void> => {
    if (isBusy.value) return
    problem.value = ''
    isBusy.value = true
    problem.value = now === 'passkey' ? await offerPasskey() : await give({ [fieldOf[now]]: typed.value }, now)
    isBusy.value = false
  }
  const offerPasskey = async (): Promise<string> => {
    const shown = await showPasskey(passkeyOptions.url, passkeyOptions.body)
    if (shown.kind === 'failure') return proofProblem(shown.failure, 'passkey')
    if (shown.kind !== 'answer') return a('proof.passkey.none')
    return give({ passkey: { token: shown.token, response: shown.response } }, 'passkey')
  }
  const give = async (proof: object, kind: ProofKind): Promise<string> => {
    const failure = await onProof(proof)
    typed.value = ''
    return failure === undefined ? '' : proofProblem(failure, kind)
  }

  return (
    <form
      class="proof"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void offer()
      }}
    >
      <ProofField key={now} way={now} typed={typed.value} onInput={(text) => (typed.value = text)} />
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
      <button type="submit" class="button button-main" disabled={isBusy.value || (now !== 'passkey' && typed.value === '')}>
        {now === 'passkey' ? a('proof.use.passkey') : submit}
      </button>
      {possible.length > 1 ? (
        <p class="proof-others">
          {possible
            .filter((other) => other !== now)
            .map((other) => (
              <button
                key={other}
                type="button"
                class="button-plain"
                onClick={() => {
                  way.value = other
                  typed.value = ''
                  problem.value = ''
                }}
              >
                {a(`proof.use.${other}`)}
              </button>
            ))}
        </p>
      ) : null}
    </form>
  )
}

interface ProofFieldProps {
  readonly way: ProofKind
  readonly typed: string
  readonly onInput: (text: string) => void
}

function ProofField({ way, typed, onInput }: ProofFieldProps) {
  const shared = { value: typed, onInput, isFocused: true }
  switch (way) {
    case 'password':
      return <Field {...shared} name={a('proof.password')} type="password" autocomplete="current-password" maxLength={128} />
    case 'code':
      return (
        <Field
          {...shared}
          name={a('proof.code')}
          hint={a('proof.code.hint')}
          autocomplete="one-time-code"
          inputMode="numeric"
          maxLength={7}
        />
      )
    case 'recovery-code':
      return <Field {...shared} name={a('proof.recovery-code')} hint={a('proof.recovery-code.hint')} maxLength={40} />
    case 'passkey':
      return <p class="field-hint">{a('proof.passkey.hint')}</p>
  }
}

function proofProblem(failure: Failure, kind: ProofKind): string {
  if (failure.kind === 'too-many') return a('proof.too-many')
  if (failure.kind !== 'refused') return failureText(failure)
  switch (failure.problem) {
    case 'wrong-proof':
      return a(`proof.wrong.${kind}`)
    case 'code-used':
      return a('proof.used')
    case 'passkey-suspect':
      return a('proof.suspect')
    case 'challenge-over':
      return a('proof.over')
    case 'passkeys-need-name':
      return a('proof.passkey.no-name')
    default:
      return failureText(failure)
  }
}
