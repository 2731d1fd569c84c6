// What lies behind one bar of the premium: its trips or days, each with how much it moved the bar, the most first.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Policy, Premium } from '../../api/shapes.ts'
import type { BehindBar } from '../../api/trip-shapes.ts'
import { formatDateTime, formatDay, formatDistance, formatDuration, formatMoney } from '../../messages/format.ts'
import { type OwnPageKey, sayOwnPage } from '../../messages/own-pages.ts'
import { stepSentence, stepTitle } from '../../messages/worksheet.ts'
import { type Failure, get } from '../api.ts'
import { minutesOf, perils } from '../homes/home-strip.ts'
import { locale, t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Empty, Failed, Show, Skeleton } from '../parts/notice.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { policy as policyResource, premium as premiumResource } from '../resources.ts'
import { pathOf } from '../routes.ts'
import { eventWords } from '../trips/event-words.ts'
import '../style/behind.css'

const words = (key: OwnPageKey, values?: Readonly<Record<string, string | number>>): string =>
  sayOwnPage(locale.value, key, values)
/** Below this an amount would be written as none. */
const visibleMinorMin = 0.5

interface StepPageProps {
  readonly policyId: string
  readonly stepId: string
}

export function StepPage({ policyId, stepId }: StepPageProps) {
  return (
    <article class="single">
      <p class="crumb">
        <a href={pathOf({ kind: 'policy', policyId })}>← {words('bar.back')}</a>
      </p>
      <Show from={policyResource(policyId)} lines={3}>
        {(policy) => (
          <Show from={premiumResource(policyId)} lines={6}>
            {(current) => <Step policy={policy} current={current} stepId={stepId} />}
          </Show>
        )}
      </Show>
    </article>
  )
}

function Step({ policy, current, stepId }: { readonly policy: Policy; readonly current: Premium; readonly stepId: string }) {
  const step = current.steps.find(({ id }) => id === stepId)
  const title = step === undefined ? stepId : stepTitle(step, locale.value)
  usePageTitle(words('bar.title', { step: title }))
  if (step === undefined) return <Failed failure={{ kind: 'not-found' }} retry={() => location.reload()} />
  return (
    <>
      <h1>{words('bar.title', { step: title })}</h1>
      <p class="behind-sentence">{stepSentence(step, current.currency, locale.value)}</p>
      <Behind key={current.id} policy={policy} stepId={stepId} title={title} />
    </>
  )
}

type Item = BehindBar['items'][number]

interface BehindProps {
  readonly policy: Policy
  readonly stepId: string
  readonly title: string
}

function Behind({ policy, stepId, title }: BehindProps) {
  const found = useSignal<BehindBar | undefined>(undefined)
  const failure = useSignal<Failure | undefined>(undefined)
  const load = async (cursor: string | null): Promise<void> => {
    const query = cursor === null ? '' : `?cursor=${cursor}`
    const path = `policies/${encodeURIComponent(policy.id)}/steps/${encodeURIComponent(stepId)}${query}`
    const outcome = await get<BehindBar>(path)
    failure.value = outcome.kind === 'failure' ? outcome.failure : undefined
    if (outcome.kind === 'answer')
      found.value = { ...outcome.value, items: [...(found.value?.items ?? []), ...outcome.value.items] }
  }
  useEffect(() => {
    void load(null)
  }, [])
  if (failure.value !== undefined) return <Failed failure={failure.value} retry={() => void load(null)} />
  const behind = found.value
  if (behind === undefined) return <Skeleton lines={8} />
  const { changeMinor, currency, count, items, next } = behind
  const amount = formatMoney(Math.abs(changeMinor), currency, locale.value)
  const direction = Math.abs(changeMinor) < visibleMinorMin ? 'still' : changeMinor < 0 ? 'lowers' : 'raises'
  return (
    <>
      <p class="behind-change">{words(`bar.change.${direction}`, { amount })}</p>
      {items.length === 0 ? (
        <Empty title={words('bar.none.title')} text={words(`bar.none.text.${policy.product}`)} />
      ) : (
        <>
          <p class="section-text">
            {words(policy.product === 'motor' ? 'bar.trips' : 'bar.days', { count })} {words('bar.why-small')}
          </p>
          <Table
            caption={words('bar.title', { step: title })}
            columns={columns(policy, behind)}
            rows={items}
            rowKey={keyOf}
            isStacked
          />
          {next === null ? null : (
            <button type="button" class="button" onClick={() => void load(next)}>
              {words('bar.more')}
            </button>
          )}
        </>
      )}
    </>
  )
}

function keyOf(item: Item): string {
  return item.kind === 'trip' ? item.trip.id : `${item.day.deviceId} ${item.day.day}`
}

function columns(policy: Policy, { currency, items }: BehindBar): readonly Column<Item>[] {
  const language = locale.value
  const most = Math.max(...items.map(({ movedMinor }) => Math.abs(movedMinor)), Number.MIN_VALUE)
  const distance: Column<Item> = {
    key: 'distance',
    title: words('bar.distance'),
    isNumber: true,
    cell: (item) => (item.kind === 'trip' ? formatDistance(item.trip.distanceM, language) : ''),
  }
  return [
    {
      key: 'when',
      title: words('bar.when'),
      cell: (item) =>
        item.kind === 'day' ? (
          formatDay(item.day.day, language)
        ) : (
          <a href={pathOf({ kind: 'trip', policyId: policy.id, tripId: item.trip.id })}>
            {formatDateTime(item.trip.startedAtMs, language, policy.timeZone)}
          </a>
        ),
    },
    ...(policy.product === 'motor' ? [distance] : []),
    {
      key: 'noticed',
      title: words('bar.noticed'),
      cell: (item) => (item.kind === 'trip' ? eventWords(item.trip.counts, language) : dayWords(item.day)),
    },
    {
      key: 'moved',
      title: words('bar.moved'),
      isNumber: true,
      cell: ({ movedMinor }) => (
        <span class={movedMinor < 0 ? 'behind-moved behind-lowers' : 'behind-moved behind-raises'}>
          <span>{movedWords(movedMinor, currency)}</span>
          <svg class="behind-bar" width="80" height="8" aria-hidden="true">
            <line x1="40" x2="40" y1="0" y2="8" />
            <rect
              x={movedMinor < 0 ? 40 - (38 * Math.abs(movedMinor)) / most : 40}
              width={(38 * Math.abs(movedMinor)) / most}
              y="1"
              height="6"
            />
          </svg>
        </span>
      ),
    },
  ]
}

function movedWords(movedMinor: number, currency: string): string {
  if (Math.abs(movedMinor) < visibleMinorMin) return words('bar.moved.little')
  return formatMoney(movedMinor, currency, locale.value, { sign: 'always' })
}

function dayWords(day: Extract<Item, { kind: 'day' }>['day']): string {
  const noticed = perils.flatMap((peril) => {
    const minutes = minutesOf(day, peril)
    return minutes > 0 ? [`${t(`home.${peril}`)} ${formatDuration(minutes * 60, locale.value)}`] : []
  })
  return noticed.length === 0 ? t('home.state.quiet') : noticed.join(t('app.list-comma'))
}
