// What was refused from a device: when, by which rule, where in the message, and the message itself.

import type { QuarantineEntry } from '../../api/shapes.ts'
import { formatDateTime } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Empty, Show } from '../parts/notice.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { quarantine } from '../resources.ts'

const viewerTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone

export function QuarantinePage({ deviceId }: { readonly deviceId: string }) {
  const title = t('quarantine.title', { id: deviceId })
  usePageTitle(title)
  return (
    <article>
      <p class="crumb">
        <a href="/">← {t('devices.title')}</a>
      </p>
      <h1>{title}</h1>
      <p class="lead">{t('quarantine.text')}</p>
      <Show from={quarantine(deviceId)} lines={5}>
        {(entries) =>
          entries.length === 0 ? (
            <Empty title={t('quarantine.none.title')} text={t('quarantine.none.text')} />
          ) : (
            <Table caption={title} columns={columns()} rows={entries} rowKey={({ id }) => id} isStacked />
          )
        }
      </Show>
    </article>
  )
}

function columns(): readonly Column<QuarantineEntry>[] {
  return [
    {
      key: 'when',
      title: t('quarantine.when'),
      cell: ({ receivedAtMs }) => formatDateTime(receivedAtMs, locale.value, viewerTimeZone),
      sortBy: ({ receivedAtMs }) => receivedAtMs,
    },
    { key: 'code', title: t('quarantine.code'), cell: ({ code }) => <code>{code}</code>, sortBy: ({ code }) => code },
    { key: 'path', title: t('quarantine.path'), cell: ({ path }) => (path === '' ? '–' : <code>{path}</code>) },
    { key: 'message', title: t('quarantine.message'), cell: ({ message }) => message },
    {
      key: 'payload',
      title: t('quarantine.payload'),
      cell: ({ payload }) => <code class="payload">{payload}</code>,
    },
  ]
}
