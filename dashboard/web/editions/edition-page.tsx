// One edition: where it is in its life and what may be done now, its checks, how it differs, its tables, and who did what.

import { useEffect } from 'preact/hooks'
import type { EditionDetail } from '../../api/edition-shapes.ts'
import { formatDateTime, formatPercent } from '../../messages/format.ts'
import { documentText } from '../insurer/edition-tables.ts'
import { locale, t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Facts } from '../parts/facts.tsx'
import { Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
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
import { PlanEditor } from './plan/plan-editor.tsx'
import { submitHold } from './plan/submit-hold.ts'
import { w } from './workbench-words.ts'
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
            {detail.actions.includes('edit') ? <Draft detail={detail} /> : <Submitted detail={detail} />}
          </>
        )}
      </Show>
    </article>
  )
}

/** The plan first: what is done with it comes when it is right. */
function Draft({ detail }: { readonly detail: EditionDetail }) {
  return (
    <>
      <Plan detail={detail} note={w('plan.edit.note')} />
      <EditionActions detail={detail} hold={submitHold(detail)} />
      <ReplayStart detail={detail} />
      <EditionTablesAsCsv detail={detail} />
      <History detail={detail} />
    </>
  )
}

function Submitted({ detail }: { readonly detail: EditionDetail }) {
  return (
    <>
      <EditionActions detail={detail} hold="" />
      <EditionChecks detail={detail} />
      {detail.basedOn === null ? null : <EditionDifferences id={detail.id} />}
      <ReplayStart detail={detail} />
      <EditionTablesAsCsv detail={detail} />
      <History detail={detail} />
      <Plan detail={detail} note={w('plan.read.note')} />
    </>
  )
}

function Plan({ detail, note }: { readonly detail: EditionDetail; readonly note: string }) {
  return (
    <section class="plan-section" aria-labelledby="edition-plan">
      <h2 id="edition-plan">{w('plan.edit')}</h2>
      <p class="section-note">{note}</p>
      <PlanEditor detail={detail} />
      <details class="edition-document">
        <summary>{t('editions.document')}</summary>
        <pre>{JSON.stringify(detail.document, null, 2)}</pre>
      </details>
    </section>
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
