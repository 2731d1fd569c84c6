// A section of a page: its heading beside it on a desk, above it on a phone.

import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface SectionProps {
  readonly title: string
  readonly note?: ComponentChildren
  readonly children: ComponentChildren
}

export function Section({ title, note, children }: SectionProps) {
  const id = useId()
  return (
    <section class="section" aria-labelledby={id}>
      <header class="section-head">
        <h2 id={id}>{title}</h2>
        {note === undefined ? null : <div class="section-note">{note}</div>}
      </header>
      <div class="section-body">{children}</div>
    </section>
  )
}
