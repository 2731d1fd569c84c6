// Having everything erased that was measured: first what would happen, in words and amounts; then a fresh proof of who is there; then
// a week in which it can be undone.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Privacy } from '../../api/privacy-routes.ts'
import { formatDateTime, formatMoney } from '../../messages/format.ts'
import { announce } from '../announce.ts'
import { call } from '../client.ts'
import { locale } from '../language.ts'
import { failureText } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { p } from './privacy-words.ts'

const dayMs = 86_400_000
/** While it is being erased. */
const askEveryMs = 3_000

interface EraseProps {
  readonly policyId: string
  readonly privacy: Privacy
  readonly onChanged: () => Promise<void>
}

export function EraseSection({ policyId, privacy, onChanged }: EraseProps) {
  const { erasure } = privacy
  const isUnderway = erasure?.status === 'journal' || erasure?.status === 'stores'
  useEffect(() => {
    if (!isUnderway) return undefined
    const timer = setInterval(() => void onChanged(), askEveryMs)
    return () => clearInterval(timer)
  }, [isUnderway])
  return (
    <Section title={p('erase')}>
      <p class="section-text">{p('erase.text')}</p>
      {isUnderway ? (
        <p class="notice notice-title" role="status">
          {p('erase.running')}
        </p>
      ) : erasure?.status === 'waiting' ? (
        <Waiting policyId={policyId} privacy={privacy} onChanged={onChanged} />
      ) : (
        <>
          {erasure === null ? null : (
            <p class="notice notice-title privacy-now">
              {p('erase.done', { date: formatDateTime(erasure.changedAtMs, locale.value, privacy.timeZone) })}
            </p>
          )}
          <Asking policyId={policyId} privacy={privacy} onChanged={onChanged} />
        </>
      )}
    </Section>
  )
}

function Waiting({ policyId, privacy: { erasure, timeZone }, onChanged }: EraseProps) {
  const problem = useSignal('')
  if (erasure === null) return null
  const undo = async (): Promise<void> => {
    const outcome = await call('postPoliciesIdErasureUndo', { params: { id: policyId } })
    problem.value = outcome.kind === 'failure' ? p('failed', { reason: failureText(outcome.failure) }) : ''
    if (outcome.kind === 'answer') announce(p('erase.undone'))
    await onChanged()
  }
  const days = Math.max(1, Math.ceil((erasure.dueAtMs - Date.now()) / dayMs))
  return (
    <div class="notice">
      <p class="notice-title">{p('erase.waits', { date: formatDateTime(erasure.dueAtMs, locale.value, timeZone) })}</p>
      <p class="notice-text">{p('erase.waits.text', { days })}</p>
      <button type="button" class="button" onClick={() => void undo()}>
        {p('erase.undo')}
      </button>
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
    </div>
  )
}

function Asking({ policyId, privacy, onChanged }: EraseProps) {
  const isOpen = useSignal(false)
  const isSure = useSignal(false)
  const isAsked = useSignal(false)
  const problem = useSignal('')
  const { held, product, consequences } = privacy
  const erase = async (): Promise<void> => {
    isAsked.value = true
    const outcome = await call('postPoliciesIdErasure', { params: { id: policyId } })
    problem.value = outcome.kind === 'failure' ? p('failed', { reason: failureText(outcome.failure) }) : ''
    isAsked.value = false
    if (outcome.kind === 'failure') return
    announce(p('erase.asked'))
    await onChanged()
  }
  if (!isOpen.value)
    return (
      <button type="button" class="button" onClick={() => (isOpen.value = true)}>
        {p('erase.start')}
      </button>
    )
  const goes = { readings: held.readings, trips: held.trips, days: held.homeDays }
  return (
    <div class="privacy-erase">
      <dl class="privacy-consequences">
        <dt>{p('erase.goes')}</dt>
        <dd>{p(`erase.goes.${product}`, goes)}</dd>
        <dt>{p('erase.stays')}</dt>
        <dd>
          <ul>
            {(['premiums', 'disputes', 'views', 'backups'] as const).map((name) => (
              <li key={name}>{p(`erase.stays.${name}`)}</li>
            ))}
          </ul>
        </dd>
        {consequences === null ? null : (
          <>
            <dt>{p('erase.premium')}</dt>
            <dd>{premiumText(consequences)}</dd>
          </>
        )}
        <dt>{p('erase.when')}</dt>
        <dd>{p('erase.when.text')}</dd>
      </dl>
      <label class="privacy-sure">
        <input type="checkbox" checked={isSure.value} onChange={(event) => (isSure.value = event.currentTarget.checked)} />
        <span>{p('erase.sure')}</span>
      </label>
      <p class="privacy-buttons">
        <button type="button" class="button button-cost" disabled={!isSure.value || isAsked.value} onClick={() => void erase()}>
          {p('erase.confirm')}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            isOpen.value = false
            isSure.value = false
          }}
        >
          {p('erase.cancel')}
        </button>
      </p>
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
    </div>
  )
}

function premiumText({ currency, nowMinor, withoutMinor }: NonNullable<Privacy['consequences']>): string {
  const now = formatMoney(nowMinor, currency, locale.value)
  const then = formatMoney(withoutMinor, currency, locale.value)
  return withoutMinor === nowMinor ? p('erase.premium.same', { now }) : p('erase.premium.text', { now, then })
}
