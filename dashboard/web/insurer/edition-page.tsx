// One edition: what it says of itself, its tables, and the whole document.

import type { EditionDetail } from '../../api/edition-shapes.ts'
import { formatDateTime } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Show } from '../parts/notice.tsx'
import { Table } from '../parts/table.tsx'
import { edition } from '../resources.ts'
import { documentText, type EditionTable, editionTables } from './edition-tables.ts'
import { viewerTimeZone } from './editions-page.tsx'

export function EditionPage({ hash }: { readonly hash: string }) {
  usePageTitle(t('editions.title'))
  return (
    <article>
      <p class="crumb">
        <a href="/editions">← {t('editions.title')}</a>
      </p>
      <Show from={edition(hash)}>{(found) => <EditionDocument edition={found} />}</Show>
    </article>
  )
}

function EditionDocument({ edition }: { readonly edition: EditionDetail }) {
  const title = documentText(edition.document, 'title')
  return (
    <>
      <h1>{title === '' ? edition.planId : title}</h1>
      <p class="lead">{documentText(edition.document, 'note')}</p>
      <p class="edition-facts">
        <span class={`edition-status edition-status-${edition.status}`}>{t(`editions.${edition.status}`)}</span>{' '}
        {edition.activeFromMs === null
          ? ''
          : t('editions.since', { time: formatDateTime(edition.activeFromMs, locale.value, viewerTimeZone) })}
        <code class="edition-hash">{edition.hash}</code>
      </p>
      <div class="edition-tables">
        {editionTables(edition.document).map((table) => (
          <DocumentTable key={table.path} table={table} />
        ))}
      </div>
      <details class="edition-document">
        <summary>{t('editions.document')}</summary>
        <pre>{JSON.stringify(edition.document, null, 2)}</pre>
      </details>
    </>
  )
}

function DocumentTable({ table }: { readonly table: EditionTable }) {
  return (
    <section class="edition-table">
      <h2>{table.path.replaceAll('.', ' › ')}</h2>
      <Table
        caption={table.path}
        columns={table.columns.map((title, index) => ({
          key: String(index),
          title,
          isNumber: index > 0,
          cell: (row: readonly string[]) => row[index] ?? '',
        }))}
        rows={table.rows}
        rowKey={(row) => row.join(' ')}
      />
    </section>
  )
}
