// After the right password: the second factor.

import type { ProofKind } from '../../api/sign-in-shapes.ts'
import { type Failure, post } from '../api.ts'
import { askSession } from '../session.ts'
import '../style/account.css'
import { a } from './account-words.ts'
import { ProofForm } from './proof-form.tsx'

interface SecondFactorFormProps {
  readonly token: string
  readonly proofs: readonly ProofKind[]
  readonly onBack: () => void
}

export function SecondFactorForm({ token, proofs, onBack }: SecondFactorFormProps) {
  const prove = async (proof: object): Promise<Failure | undefined> => {
    const outcome = await post<unknown>('/api/auth/sign-in/second-factor', { token, ...proof })
    if (outcome.kind === 'failure') return outcome.failure
    await askSession()
    return undefined
  }
  return (
    <div class="second-factor">
      <p class="form-note">{a('second-factor.text')}</p>
      <ProofForm
        proofs={proofs}
        submit={a('second-factor.submit')}
        passkeyOptions={{ url: '/api/auth/sign-in/passkey-options', body: { token } }}
        onProof={prove}
      />
      <button type="button" class="button-plain" onClick={onBack}>
        {a('second-factor.back')}
      </button>
    </div>
  )
}
