// Taking everything along: the browser downloads the file by itself, and the page tells how far the server is with it.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { ExportProgress } from '../../api/privacy-routes.ts'
import { announce } from '../announce.ts'
import { call } from '../client.ts'
import { locale } from '../language.ts'
import { Section } from '../parts/section.tsx'
import { p } from './privacy-words.ts'

const askEveryMs = 500
/** The server may not have begun with it yet; after so many answers that it knows nothing it broke off. */
const unknownMax = 20

export function ExportSection({ policyId }: { readonly policyId: string }) {
  const progress = useSignal<ExportProgress | undefined>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const follow = (ticket: string, unknowns: number): void => {
    timer.current = setTimeout(async () => {
      const outcome = await call('getPoliciesIdExportProgress', { params: { id: policyId }, query: { ticket } })
      const now = outcome.kind === 'answer' ? outcome.value : undefined
      const isUnknown = now === undefined || now.state === 'unknown'
      if (isUnknown && unknowns >= unknownMax) progress.value = { state: 'failed', readings: 0, readingsDone: 0 }
      else if (!isUnknown) progress.value = now
      if (now?.state === 'done') announce(p('export.done', { all: now.readings }))
      else if (progress.peek()?.state !== 'failed') follow(ticket, isUnknown ? unknowns + 1 : 0)
    }, askEveryMs)
  }
  const start = (): void => {
    const ticket = crypto.randomUUID()
    const link = document.createElement('a')
    link.href = `/api/v1/policies/${encodeURIComponent(policyId)}/export.zip?locale=${locale.value}&ticket=${ticket}`
    link.download = ''
    link.click()
    clearTimeout(timer.current)
    progress.value = { state: 'running', readings: 0, readingsDone: 0 }
    follow(ticket, 0)
  }
  const now = progress.value
  return (
    <Section title={p('export')}>
      <p class="section-text">{p('export.text')}</p>
      <button type="button" class="button" disabled={now?.state === 'running'} onClick={start}>
        {p('export.start')}
      </button>
      <div class="privacy-state" role="status">
        {now === undefined ? null : (
          <>
            <p class={now.state === 'failed' ? 'form-problem' : undefined}>{progressText(now)}</p>
            {now.state === 'running' && now.readings > 0 ? (
              <progress max={now.readings} value={now.readingsDone} aria-label={p('export')} />
            ) : null}
          </>
        )}
      </div>
    </Section>
  )
}

function progressText({ state, readings, readingsDone }: ExportProgress): string {
  if (state === 'failed') return p('export.failed')
  if (state === 'done') return p('export.done', { all: readings })
  return readings === 0 ? p('export.packing') : p('export.running', { done: readingsDone, all: readings })
}
