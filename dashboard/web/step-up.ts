// Between a request that asks for a fresh proof of who is there and the dialog that gets it: requests wait here, together, for one
// answer. The dialog itself is account/step-up-dialog.tsx.

import { signal } from '@preact/signals'

/** Whether somebody is to be asked now. */
export const isProofWanted = signal(false)

let waiting: ((isProved: boolean) => void)[] = []

/** @returns whether it was proved; false when the person would rather not */
export function proveAgain(): Promise<boolean> {
  isProofWanted.value = true
  return new Promise((resolve) => {
    waiting.push(resolve)
  })
}

export function settleProof(isProved: boolean): void {
  isProofWanted.value = false
  const all = waiting
  waiting = []
  for (const resolve of all) resolve(isProved)
}
