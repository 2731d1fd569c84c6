// What is paid this month and why: the amount, three sentences, and the way from the class price to the own price.

import { useEffect, useRef } from 'preact/hooks'
import type { Policy, Premium } from '../../api/shapes.ts'
import { formatDateTime, formatMoney } from '../../messages/format.ts'
import { premiumSentences } from '../../messages/worksheet.ts'
import { announce } from '../announce.ts'
import { locale, t } from '../language.ts'
import { liveTrips, premiumArrivals } from '../live.ts'
import { liveTripOf } from '../live-trips.ts'
import { Amount } from '../parts/amount.tsx'
import { DocumentIcon } from '../parts/icons.tsx'
import { Empty, Show } from '../parts/notice.tsx'
import { premium } from '../resources.ts'
import { pathOf } from '../routes.ts'
import { ClassPrice } from './class-price.tsx'
import { MonthEstimate } from './month-estimate.tsx'
import { PremiumHistoryLine } from './premium-history.tsx'
import { PremiumSteps } from './premium-steps.tsx'

interface PremiumSectionProps {
  readonly policy: Policy
  readonly isOwn: boolean
}

/** A premium that arrived longer ago is no news when the page is drawn again. */
const newForMs = 4000

export function PremiumSection({ policy, isOwn }: PremiumSectionProps) {
  if (policy.premium === null) {
    return (
      <section class="premium premium-pending" aria-busy="true">
        <Heading policy={policy} isOwn={isOwn} />
        <Empty title={t('premium.pending.title')} text={t('premium.pending.text')} />
      </section>
    )
  }
  return (
    <Show from={premium(policy.id)} lines={8}>
      {(current) => <PremiumStatement policy={policy} current={current} isOwn={isOwn} />}
    </Show>
  )
}

function Heading({ policy, isOwn }: PremiumSectionProps) {
  return (
    <header class="premium-head">
      <h1>{isOwn ? t('premium.title') : t('premium.of', { name: policy.policyholder.name })}</h1>
      <p class="premium-policy">
        {t(`product.${policy.product}.long`)}
        <span class="premium-policy-id">{t('policy.number', { id: policy.id })}</span>
      </p>
    </header>
  )
}

function PremiumStatement({ policy, current, isOwn }: PremiumSectionProps & { readonly current: Premium }) {
  const { currency, premiumMinor } = current
  const language = locale.value
  const arrival = premiumArrivals.value.get(policy.id)
  const isNew = arrival?.premiumMinor === premiumMinor && performance.now() - arrival.arrivedAtMs < newForMs
  usePremiumAnnouncement(policy.id, premiumMinor, currency)
  return (
    <section class="premium" aria-label={isOwn ? t('premium.title') : t('premium.own-price.other')}>
      <div class="premium-words">
        <Heading policy={policy} isOwn={isOwn} />
        {isOwn ? (
          <MonthEstimate policy={policy} current={current} isNew={isNew} />
        ) : (
          <p class="premium-amount" key={`${premiumMinor}`} data-new={isNew ? '' : undefined}>
            <Amount minor={premiumMinor} currency={currency} />
            <span class="premium-period">{t('premium.a-month')}</span>
          </p>
        )}
        <DrivingNow policyId={policy.id} />
        <div class="premium-sentences">
          {premiumSentences(current, language).map((sentence) => (
            <p key={sentence}>{holdSigns(sentence)}</p>
          ))}
        </div>
        <PremiumHistoryLine policy={policy} currency={currency} />
        <p class="premium-links">
          <a
            class="button"
            href={`/api/v1/policies/${encodeURIComponent(policy.id)}/statement.pdf?locale=${language}`}
            target="_blank"
            rel="noopener"
            aria-label={t('premium.statement.label')}
          >
            <DocumentIcon />
            {t('premium.statement')}
          </a>
        </p>
        {isOwn ? (
          <p class="month-promise">
            {t('month.promise')} <a href={pathOf({ kind: 'privacy', policyId: policy.id })}>{t('month.promise.link')}</a>
          </p>
        ) : null}
        <p class="premium-time">
          {t('premium.as-of', { time: formatDateTime(current.computedAtMs, language, policy.timeZone) })}
        </p>
      </div>
      <div class="premium-why">
        <PremiumSteps policyId={policy.id} current={current} isOwn={isOwn} />
        <ClassPrice current={current} />
      </div>
    </section>
  )
}

/** A calm mark beside the price while somebody drives; it leads to the drawing further down. */
function DrivingNow({ policyId }: { readonly policyId: string }) {
  if (liveTripOf(liveTrips.value, policyId) === undefined) return null
  return (
    <p class="driving-now">
      <a href="#live">
        <span class="live-mark" />
        {t('trip.live.title')}
      </a>
    </p>
  )
}

/** A word joiner keeps a sign on the line of its amount. */
function holdSigns(sentence: string): string {
  return sentence.replaceAll(/[+\u2212](?=\S)/g, '$&\u2060')
}

function usePremiumAnnouncement(policyId: string, premiumMinor: number, currency: string): void {
  const firstMinor = useRef(premiumMinor)
  const saidMinor = useRef(premiumMinor)
  useEffect(() => {
    if (saidMinor.current === premiumMinor || premiumArrivals.peek().get(policyId) === undefined) return
    saidMinor.current = premiumMinor
    announce(
      t('premium.changed', {
        amount: formatMoney(premiumMinor, currency, locale.value),
        change: formatMoney(premiumMinor - firstMinor.current, currency, locale.value, { sign: 'always' }),
      }),
    )
  }, [policyId, premiumMinor, currency])
}
