// A payload laid out, with the place that a refusal points at standing out.

import { useEffect, useRef } from 'preact/hooks'
import { highlight } from './decode-payload.ts'

export function PayloadText({ payload, path }: { readonly payload: string; readonly path: string }) {
  const frame = useRef<HTMLPreElement>(null)
  useEffect(() => {
    // Only what scrolls is a stop for the keyboard.
    const { current } = frame
    if (current === null) return
    if (current.scrollHeight > current.clientHeight || current.scrollWidth > current.clientWidth) current.tabIndex = 0
    else current.removeAttribute('tabindex')
  })
  return (
    <pre ref={frame} class="payload-text">
      <code>
        {highlight(payload, path).map(({ text, isOffending }, index) => (isOffending ? <mark key={index}>{text}</mark> : text))}
      </code>
    </pre>
  )
}
