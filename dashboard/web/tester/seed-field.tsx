// The seed of whatever is simulated: the same one gives the same readings.

import type { Signal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { m } from '../maker/maker-words.ts'

export function SeedField({ value }: { readonly value: Signal<string> }) {
  const id = useId()
  return (
    <label class="field" for={id}>
      <span class="field-name">{m('runs.seed')}</span>
      <input
        id={id}
        type="text"
        required
        maxLength={40}
        pattern="[A-Za-z0-9._\-]+"
        title={m('runs.seed.hint')}
        value={value.value}
        onInput={(event) => {
          value.value = event.currentTarget.value
        }}
      />
    </label>
  )
}
