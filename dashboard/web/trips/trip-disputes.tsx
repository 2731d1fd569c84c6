// Under a trip: what was said of it and what became of that. Its holder can say something is wrong and take it back; the
// insurer is led to the decision.

import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { TripDetail } from '../../api/shapes.ts'
import { announce } from '../announce.ts'
import { t } from '../language.ts'
import { premiumArrivals } from '../live.ts'
import { tripDisputes, useLoaded } from '../resources.ts'
import { presence } from '../session.ts'
import { DisputeCard } from './dispute-card.tsx'
import { DisputeForm } from './dispute-form.tsx'
import '../style/disputes.css'

interface TripDisputesProps {
  readonly policyId: string
  readonly detail: TripDetail
}

export function TripDisputes({ policyId, detail }: TripDisputesProps) {
  const known = tripDisputes(detail.id)
  const state = useLoaded(known)
  const arrivedAtMs = premiumArrivals.value.get(policyId)?.arrivedAtMs
  useEffect(() => {
    // A premium that arrives while the page is open may be the decision's.
    if (arrivedAtMs !== undefined) void known.refresh()
  }, [known, arrivedAtMs])
  const now = presence.value
  const isHolder = now.kind === 'somebody' && now.user.role === 'policyholder'
  const disputes = state.kind === 'ready' ? state.value : []
  if (!isHolder && disputes.length === 0) return null
  return (
    <section class="single-part disputes">
      <h2>{isHolder ? t('dispute.title') : t('disputes.title')}</h2>
      {disputes.length === 0 ? null : (
        <ul class="dispute-list">
          {disputes.map((dispute) => (
            <li key={dispute.id}>
              <DisputeCard dispute={dispute} isHolder={isHolder} onChange={() => void known.refresh()} />
            </li>
          ))}
        </ul>
      )}
      {isHolder && detail.status === 'ended' ? (
        <Report detail={detail} isFirst={disputes.length === 0} onSent={() => void known.refresh()} />
      ) : null}
    </section>
  )
}

interface ReportProps {
  readonly detail: TripDetail
  readonly isFirst: boolean
  readonly onSent: () => void
}

function Report({ detail, isFirst, onSent }: ReportProps) {
  const isOpen = useSignal(false)
  const wasOpen = useRef(false)
  const start = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // Whoever closes the form by keyboard goes on from where it was opened.
    if (wasOpen.current && !isOpen.value) start.current?.focus()
    wasOpen.current = isOpen.value
  }, [isOpen.value])
  const close = (): void => {
    isOpen.value = false
  }
  if (isOpen.value)
    return (
      <DisputeForm
        detail={detail}
        onCancel={close}
        onSent={() => {
          announce(t('dispute.sent'))
          close()
          onSent()
        }}
      />
    )
  return (
    <>
      {isFirst ? <p class="section-text">{t('dispute.intro')}</p> : null}
      <button
        ref={start}
        type="button"
        class="button"
        onClick={() => {
          isOpen.value = true
        }}
      >
        {isFirst ? t('dispute.start') : t('dispute.start.more')}
      </button>
    </>
  )
}
