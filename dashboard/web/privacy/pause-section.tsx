// Pausing what is collected and resuming it, with what either does to the premium.

import { useSignal } from '@preact/signals'
import type { Privacy } from '../../api/privacy-routes.ts'
import { formatDateTime, formatMoney } from '../../messages/format.ts'
import { announce } from '../announce.ts'
import { call } from '../client.ts'
import { locale } from '../language.ts'
import { failureText } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { p } from './privacy-words.ts'

const dayMs = 86_400_000
const spans = [
  { name: 'open', days: undefined },
  { name: 'day', days: 1 },
  { name: 'week', days: 7 },
  { name: 'month', days: 30 },
] as const

interface PauseSectionProps {
  readonly policyId: string
  readonly privacy: Privacy
  readonly onChanged: () => Promise<void>
}

export function PauseSection({ policyId, privacy, onChanged }: PauseSectionProps) {
  const span = useSignal<(typeof spans)[number]>(spans[0])
  const problem = useSignal('')
  const isAsked = useSignal(false)
  const set = async (isPaused: boolean): Promise<void> => {
    const { days } = span.value
    isAsked.value = true
    const body = { isPaused, untilMs: !isPaused || days === undefined ? null : Date.now() + days * dayMs }
    const outcome = await call('postPoliciesIdCollecting', { params: { id: policyId }, body })
    problem.value = outcome.kind === 'failure' ? p('failed', { reason: failureText(outcome.failure) }) : ''
    if (outcome.kind === 'answer') {
      announce(p(isPaused ? 'pause.told' : 'pause.resumed'))
      await onChanged()
    }
    isAsked.value = false
  }
  const { pause, erasure } = privacy
  const isErasing = erasure !== null && erasure.status !== 'done'
  return (
    <Section title={p('pause')}>
      <p class="section-text">{p('pause.text')}</p>
      {pause === null ? (
        <>
          <PremiumWords privacy={privacy} />
          <fieldset class="choices privacy-choices">
            <legend class="field-name">{p('pause.for')}</legend>
            {spans.map((one) => (
              <label key={one.name} class="choice">
                <input type="radio" name="pause" checked={span.value === one} onChange={() => (span.value = one)} />
                <span>{p(`pause.${one.name}`)}</span>
              </label>
            ))}
          </fieldset>
          <button type="button" class="button" disabled={isAsked.value} onClick={() => void set(true)}>
            {p('pause.start')}
          </button>
        </>
      ) : (
        <>
          <p class="notice notice-title privacy-now">{pausedText(privacy)}</p>
          {isErasing ? null : (
            <button type="button" class="button" disabled={isAsked.value} onClick={() => void set(false)}>
              {p('pause.resume')}
            </button>
          )}
        </>
      )}
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
    </Section>
  )
}

function PremiumWords({ privacy: { consequences } }: { readonly privacy: Privacy }) {
  if (consequences === null) return null
  const { currency, nowMinor, afterMonthMinor } = consequences
  const now = formatMoney(nowMinor, currency, locale.value)
  const later = formatMoney(afterMonthMinor, currency, locale.value)
  return <p class="section-text">{afterMonthMinor === nowMinor ? p('pause.same', { now }) : p('pause.lost', { now, later })}</p>
}

function pausedText({ pause, timeZone }: Privacy): string {
  if (pause === null || pause.untilMs === null) return p('pause.runs')
  return p('pause.runs-until', { date: formatDateTime(pause.untilMs, locale.value, timeZone) })
}
