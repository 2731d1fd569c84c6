// A few sentences to write, with how many characters are left.

import { useId } from 'preact/hooks'

/** As the API takes it. */
export const wordsCharactersMax = 500

interface WordsFieldProps {
  readonly name: string
  readonly hint: (left: number) => string
  readonly words: string
  readonly isRequired?: boolean
  readonly onInput: (words: string) => void
}

export function WordsField({ name, hint, words, isRequired = false, onInput }: WordsFieldProps) {
  const id = useId()
  return (
    <label class="field" for={id}>
      <span class="field-name">{name}</span>
      <textarea
        id={id}
        rows={4}
        maxLength={wordsCharactersMax}
        required={isRequired}
        value={words}
        aria-describedby={`${id}-hint`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <span id={`${id}-hint`} class="field-hint">
        {hint(wordsCharactersMax - words.length)}
      </span>
    </label>
  )
}
