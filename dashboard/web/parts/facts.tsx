// A few named figures in a row: term above, value below.

import type { ComponentChildren } from 'preact'

export interface Fact {
  readonly term: string
  readonly value: ComponentChildren
}

export function Facts({ facts, isLarge = false }: { readonly facts: readonly Fact[]; readonly isLarge?: boolean }) {
  return (
    <dl class={isLarge ? 'facts facts-large' : 'facts'}>
      {facts.map(({ term, value }) => (
        <div key={term} class="fact">
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
