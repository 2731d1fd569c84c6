// One line to fill in, with its name, a hint, and what is wrong with it.

import { useId } from 'preact/hooks'

const kinds = {
  text: { type: 'text' },
  password: { type: 'password' },
  email: { type: 'email' },
  search: { type: 'search' },
} as const

interface FieldProps {
  readonly name: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly type?: keyof typeof kinds
  readonly autocomplete?: string
  readonly inputMode?: 'numeric' | 'text'
  readonly maxLength?: number
  readonly hint?: string
  readonly isReadOnly?: boolean
  readonly isFocused?: boolean
}

export function Field(props: FieldProps) {
  const { name, value, onInput, type = 'text', autocomplete = 'off', inputMode = 'text', hint, isReadOnly = false } = props
  const { isFocused = false, maxLength = 254 } = props
  const id = useId()
  return (
    <div class="field">
      <label class="field-name" for={id}>
        {name}
      </label>
      <input
        id={id}
        {...kinds[type]}
        value={value}
        autocomplete={autocomplete}
        inputMode={inputMode}
        maxLength={maxLength}
        readOnly={isReadOnly}
        ref={(input) => {
          if (isFocused && input !== null && input.dataset['met'] === undefined) {
            input.dataset['met'] = ''
            input.focus()
          }
        }}
        {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {hint === undefined ? null : (
        <span id={`${id}-hint`} class="field-hint">
          {hint}
        </span>
      )}
    </div>
  )
}
