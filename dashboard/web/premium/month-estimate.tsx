// What this month will come to: the estimate with its range, how it comes about in a sentence, and what the price is today. Until it
// is loaded, and where it cannot be, the price as it stands.

import type { ComponentChildren } from 'preact'
import type { Month } from '../../api/month-routes.ts'
import type { Policy, Premium } from '../../api/shapes.ts'
import { formatMoney } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { month as monthResource } from '../own-resources.ts'
import { Amount } from '../parts/amount.tsx'
import { useLoaded } from '../resources.ts'
import { rangeMarks } from './month-range.ts'
import { percent } from './step-scale.ts'
import '../style/month.css'

interface MonthEstimateProps {
  readonly policy: Policy
  readonly current: Premium
  /** The amount arrived while the page was open. */
  readonly isNew: boolean
}

export function MonthEstimate({ policy, current, isNew }: MonthEstimateProps) {
  const loaded = useLoaded(monthResource(policy.id))
  const { currency, premiumMinor } = current
  if (loaded.kind !== 'ready')
    return (
      <>
        <Figure minor={premiumMinor} currency={currency} isNew={isNew} />
        {loaded.kind === 'loading' ? <div class="month-waiting" /> : null}
      </>
    )
  const { estimate } = loaded.value
  if (estimate.kind === 'estimate') return <Ranged month={loaded.value} estimate={estimate} isNew={isNew} />
  const money = (minor: number): string => formatMoney(minor, currency, locale.value)
  return (
    <>
      <Figure minor={estimate.premiumMinor} currency={currency} isNew={isNew} />
      <p class="month-words">
        {estimate.kind === 'settled'
          ? t('month.settled')
          : t('month.early', {
              min: estimate.weeksMin,
              weeks: estimate.weeks,
              class: money(loaded.value.classPremiumMinor),
            })}
      </p>
    </>
  )
}

interface RangedProps {
  readonly month: Month
  readonly estimate: Extract<Month['estimate'], { kind: 'estimate' }>
  readonly isNew: boolean
}

function Ranged({ month, estimate, isNew }: RangedProps) {
  const { currency, daysLeft } = month
  const { lowMinor, expectedMinor, highMinor, premiumMinor, weeks } = estimate
  const name = monthName(month.month)
  const money = (minor: number): string => formatMoney(minor, currency, locale.value)
  const isPoint = lowMinor === highMinor
  const words =
    daysLeft === 0
      ? t('month.last-day', { month: name })
      : isPoint
        ? t('month.certain', { month: name, weeks })
        : t('month.range', { low: money(lowMinor), high: money(highMinor), month: name, weeks })
  return (
    <>
      <Figure
        minor={expectedMinor}
        currency={currency}
        isNew={isNew}
        before={isPoint ? undefined : t('month.about')}
        period={daysLeft === 0 ? undefined : t('month.period', { month: name })}
      />
      {isPoint ? null : <RangePicture month={month} estimate={estimate} />}
      <p class="month-words">{words}</p>
      {daysLeft === 0 ? null : <p class="month-now">{t('month.now', { amount: money(premiumMinor), days: daysLeft })}</p>}
    </>
  )
}

interface FigureProps {
  readonly minor: number
  readonly currency: string
  readonly isNew: boolean
  readonly before?: ComponentChildren
  readonly period?: ComponentChildren
}

function Figure({ minor, currency, isNew, before, period = t('premium.a-month') }: FigureProps) {
  return (
    <p class="premium-amount" key={`${minor}`} data-new={isNew ? '' : undefined}>
      {before === undefined ? null : <span class="month-about">{before}</span>}
      <Amount minor={minor} currency={currency} />
      <span class="premium-period">{period}</span>
    </p>
  )
}

function RangePicture({ month, estimate }: Pick<RangedProps, 'month' | 'estimate'>) {
  const { currency, classPremiumMinor: classMinor } = month
  const { lowMinor, highMinor, expectedMinor, premiumMinor: nowMinor } = estimate
  const marks = rangeMarks({ lowMinor, highMinor, nowMinor, classMinor })
  const expected = rangeMarks({ lowMinor, highMinor, nowMinor: expectedMinor, classMinor }).now
  const isNarrow = marks.high - marks.low < markShare
  const money = (minor: number): string => formatMoney(minor, currency, locale.value)
  const label = t('month.picture', {
    low: money(lowMinor),
    high: money(highMinor),
    now: money(nowMinor),
    class: money(classMinor),
  })
  return (
    <svg class="month-range" width="100%" height="46" role="img" aria-label={label}>
      <line class="month-ground" x1="0" x2="100%" y1="14" y2="14" />
      <line class="month-class" x1={percent(marks.class)} x2={percent(marks.class)} y1="4" y2="24" />
      <rect class="month-bar" x={percent(marks.low)} width={percent(marks.high - marks.low)} y="9" height="10" rx="5" />
      <circle class="month-expected" cx={percent(expected)} cy="14" r="6" />
      {isNarrow ? (
        <Mark at={(marks.low + marks.high) / 2}>{`${money(lowMinor)} – ${money(highMinor)}`}</Mark>
      ) : (
        <>
          <Mark at={marks.low}>{money(lowMinor)}</Mark>
          <Mark at={marks.high}>{money(highMinor)}</Mark>
        </>
      )}
      {isFree(marks.class, [marks.low, marks.high]) ? <Mark at={marks.class}>{t('month.mark.class')}</Mark> : null}
    </svg>
  )
}

/** The width of a word below the bar, as a share of it. */
const markShare = 0.24

/** A word below the bar; at its ends it keeps within it. */
function Mark({ at, children }: { readonly at: number; readonly children: string }) {
  const anchor = at < markShare / 2 ? 'start' : at > 1 - markShare / 2 ? 'end' : 'middle'
  return (
    <text class="month-mark" x={percent(at)} y="40" text-anchor={anchor}>
      {children}
    </text>
  )
}

/** Whether a word at this place is not written over another. */
function isFree(at: number, taken: readonly number[]): boolean {
  return taken.every((other) => Math.abs(other - at) > markShare)
}

/** @param month YYYY-MM */
export function monthName(month: string): string {
  const atMs = Date.parse(`${month}-01T00:00:00Z`)
  return new Intl.DateTimeFormat(locale.value === 'en' ? 'en-GB' : locale.value, { month: 'long', timeZone: 'UTC' }).format(atMs)
}
