// What is asked once more before it is done: what will happen, in its own place, with the way back beside it.

import { m } from './maker-words.ts'

interface AskAgainProps {
  readonly text: string
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

export function AskAgain({ text, onConfirm, onCancel }: AskAgainProps) {
  return (
    <div class="care-notice">
      <p>{text}</p>
      <p class="refusal-acts">
        <button type="button" class="button" onClick={onConfirm}>
          {m('care.confirm')}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          {m('care.cancel')}
        </button>
      </p>
    </div>
  )
}
