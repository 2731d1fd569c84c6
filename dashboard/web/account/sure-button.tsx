// A button for what cannot be taken back: it asks once more in its own place, and forgets when it is left.

import { useSignal } from '@preact/signals'

interface SureButtonProps {
  readonly text: string
  readonly sure: string
  readonly label?: string
  readonly onSure: () => void
}

export function SureButton({ text, sure, label, onSure }: SureButtonProps) {
  const isAsked = useSignal(false)
  return (
    <button
      type="button"
      class={isAsked.value ? 'button button-sure' : 'button'}
      {...(label === undefined || isAsked.value ? {} : { 'aria-label': label })}
      onBlur={() => {
        isAsked.value = false
      }}
      onClick={() => {
        if (isAsked.value) onSure()
        isAsked.value = !isAsked.value
      }}
    >
      {isAsked.value ? sure : text}
    </button>
  )
}
