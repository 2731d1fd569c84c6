// The insurer's queue: what waits for a decision, the oldest first, and below it what was settled.

import type { Dispute } from '../../api/dispute-shapes.ts'
import { formatDateTime } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Empty, Show } from '../parts/notice.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { disputes } from '../resources.ts'
import { pathOf } from '../routes.ts'
import { DisputeStatus } from '../trips/dispute-card.tsx'
import { disputeWords } from '../trips/dispute-words.ts'
import '../style/disputes.css'

export function DisputesPage() {
  usePageTitle(t('disputes.title'))
  return (
    <article>
      <h1>{t('disputes.title')}</h1>
      <Show from={disputes} lines={6}>
        {(all) =>
          all.length === 0 ? <Empty title={t('disputes.none.title')} text={t('disputes.none.text')} /> : <Queue all={all} />
        }
      </Show>
    </article>
  )
}

function Queue({ all }: { readonly all: readonly Dispute[] }) {
  const open = all.filter(({ status }) => status === 'open').toSorted((a, b) => a.createdAtMs - b.createdAtMs)
  const settled = all.filter(({ status }) => status !== 'open')
  return (
    <>
      <p class="lead">{open.length === 0 ? t('disputes.caption.none') : t('disputes.caption', { count: open.length })}</p>
      {open.length === 0 ? null : (
        <Table caption={t('disputes.title')} columns={columns(false)} rows={open} rowKey={({ id }) => id} isStacked />
      )}
      {settled.length === 0 ? null : (
        <section class="single-part">
          <h2>{t('disputes.settled')}</h2>
          <Table caption={t('disputes.settled')} columns={columns(true)} rows={settled} rowKey={({ id }) => id} isStacked />
        </section>
      )}
    </>
  )
}

function columns(isSettled: boolean): readonly Column<Dispute>[] {
  const time = (atMs: number, timeZone: string): string => formatDateTime(atMs, locale.value, timeZone)
  return [
    {
      key: 'what',
      title: t('disputes.what'),
      cell: (dispute) => <a href={pathOf({ kind: 'dispute', disputeId: dispute.id })}>{disputeWords(dispute)}</a>,
    },
    {
      key: 'holder',
      title: t('disputes.holder'),
      cell: ({ policyholder, policyId }) => t('disputes.of', { name: policyholder, id: policyId }),
    },
    {
      key: 'trip',
      title: t('disputes.trip'),
      cell: ({ tripStartedAtMs, timeZone }) => time(tripStartedAtMs, timeZone),
    },
    {
      key: 'reported',
      title: t('disputes.reported'),
      cell: ({ createdAtMs, timeZone }) => time(createdAtMs, timeZone),
    },
    ...(isSettled
      ? [{ key: 'state', title: t('disputes.state'), cell: ({ status }: Dispute) => <DisputeStatus status={status} /> }]
      : []),
  ]
}
