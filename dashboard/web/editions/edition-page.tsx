// One edition: where it is in its life and what may be done now, its checks, how it differs, its tables, and who did what.

import { useEffect } from 'preact/hooks'
import type { EditionDetail } from '../../api/edition-shapes.ts'
import { formatDateTime, formatPercent } from '../../messages/format.ts'
import { documentText, editionTables } from '../insurer/edition-tables.ts'
import { locale, t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Facts } from '../parts/facts.tsx'
import { Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { Table } from '../parts/table.tsx'
import { ReplayStart } from '../replays/replay-start.tsx'
import { useLoaded } from '../resources.ts'
import { redirect } from '../router.ts'
import { pathOf } from '../routes.ts'
import { viewerTimeZone } from '../viewer-time-zone.ts'
import { EditionActions } from './edition-actions.tsx'
import { EditionChecks } from './edition-checks.tsx'
import { EditionTablesAsCsv } from './edition-csv.tsx'
import { EditionDifferences } from './edition-differences.tsx'
import { edition } from './edition-resources.ts'
import { EditionStatus, windowWords } from './editions-page.tsx'
import { TablePicture } from './table-picture.tsx'
import '../style/editions.css'

export function EditionPage({ id }: { readonly id: string }) {
  usePageTitle(t('editions.title'))
  const found = useLoaded(edition(id))
  const ownId = found.kind === 'ready' ? found.value.id : id
  useEffect(() => {
    // A hash leads here too, but a draft's hash changes with it.
    if (ownId !== id) redirect(pathOf({ kind: 'edition', hash: ownId }))
  }, [id, ownId])
  return (
    <article>
      <p class="crumb">
        <a href="/editions">← {t('editions.title')}</a>
      </p>
      <Show from={edition(id)} lines={8}>
        {(detail) => (
          <>
            <Head detail={detail} />
            <EditionActions detail={detail} />
            <EditionChecks detail={detail} />
            {detail.basedOn === null ? null : <EditionDifferences id={detail.id} />}
            <ReplayStart detail={detail} />
            <EditionTablesAsCsv detail={detail} />
            <Tables document={detail.document} />
            <History detail={detail} />
          </>
        )}
      </Show>
    </article>
  )
}

function Head({ detail }: { readonly detail: EditionDetail }) {
  const { title, planId, hash, guardRails, policies, authors, submitter, approver } = detail
  const rails = [
    ...(guardRails.discountOnly ? [t('edition.rail.discountOnly')] : []),
    ...(guardRails.noMidTermRerate ? [t('edition.rail.noMidTermRerate')] : []),
    ...(guardRails.notForNonRenewal ? [t('edition.rail.notForNonRenewal')] : []),
    ...(guardRails.maxChangePerTerm === null
      ? []
      : [t('edition.rail.maxChangePerTerm', { share: formatPercent(guardRails.maxChangePerTerm, locale.value) })]),
  ]
  const nobody = t('app.none')
  return (
    <>
      <h1 class="edition-title">
        {title === '' ? planId : title}
        <EditionStatus edition={detail} />
      </h1>
      <p class="lead">{documentText(detail.document, 'note')}</p>
      <Facts
        facts={[
          { term: t('edition.in-force'), value: windowWords(detail) },
          { term: t('edition.policies'), value: String(policies) },
          { term: t('edition.authors'), value: authors.length === 0 ? nobody : authors.join(t('app.list-comma')) },
          { term: t('edition.submitter'), value: submitter ?? nobody },
          { term: t('edition.approver'), value: approver ?? nobody },
        ]}
      />
      {rails.length === 0 ? null : (
        <ul class="edition-rails">
          {rails.map((rail) => (
            <li key={rail}>{rail}</li>
          ))}
        </ul>
      )}
      <p class="edition-facts">
        {t('editions.hash')} <code class="edition-hash">{hash}</code>
      </p>
    </>
  )
}

function Tables({ document }: { readonly document: unknown }) {
  return (
    <Section title={t('edition.tables')}>
      <div class="edition-tables">
        {editionTables(document).map((table) => (
          <section key={table.path} class="edition-table">
            <h3>{table.path.replaceAll('.', ' › ')}</h3>
            <TablePicture table={table} />
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
        ))}
      </div>
      <details class="edition-document">
        <summary>{t('editions.document')}</summary>
        <pre>{JSON.stringify(document, null, 2)}</pre>
      </details>
    </Section>
  )
}

function History({ detail: { events } }: { readonly detail: EditionDetail }) {
  return (
    <Section title={t('edition.history')} note={t('edition.history.note')}>
      <ol class="edition-events">
        {events.map(({ doneAtMs, doneBy, action, comment }, index) => (
          <li key={`${doneAtMs} ${String(index)}`}>
            <span>{formatDateTime(doneAtMs, locale.value, viewerTimeZone)}</span>
            <span>
              {t(`edition.did.${action}`)}
              {doneBy === null ? '' : ` · ${doneBy}`}
            </span>
            {comment === '' ? null : <blockquote>{comment}</blockquote>}
          </li>
        ))}
      </ol>
    </Section>
  )
}
