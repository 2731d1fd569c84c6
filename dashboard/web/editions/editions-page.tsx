// The editions of each plan on the way from a draft to what is in force and what was, and a new draft to begin with.

import { useSignal } from '@preact/signals'
import type { Edition } from '../../api/edition-shapes.ts'
import { formatDateTime } from '../../messages/format.ts'
import { announce } from '../announce.ts'
import { post } from '../api.ts'
import { locale, t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Empty, failureText, Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { navigate } from '../router.ts'
import { pathOf } from '../routes.ts'
import { viewerTimeZone } from '../viewer-time-zone.ts'
import { editions } from './edition-resources.ts'
import '../style/editions.css'

export function EditionsPage() {
  usePageTitle(t('editions.title'))
  return (
    <article>
      <h1>{t('editions.title')}</h1>
      <p class="lead">{t('editions.caption')}</p>
      <Show from={editions}>
        {(all) =>
          all.length === 0 ? (
            <Empty title={t('editions.none.title')} text={t('editions.none.text')} />
          ) : (
            [...Map.groupBy(all, ({ planId }) => planId)].map(([planId, ofPlan]) => (
              <Plan key={planId} planId={planId} ofPlan={ofPlan} />
            ))
          )
        }
      </Show>
    </article>
  )
}

function Plan({ planId, ofPlan }: { readonly planId: string; readonly ofPlan: readonly Edition[] }) {
  const problem = useSignal('')
  const inForce = ofPlan.find(({ status }) => status === 'active')
  const begin = async (from: string): Promise<void> => {
    const outcome = await post<Edition>('/api/v1/editions', { from })
    if (outcome.kind === 'failure') {
      problem.value = failureText(outcome.failure)
      return
    }
    announce(t('edition.drafted'))
    void editions.refresh()
    navigate(pathOf({ kind: 'edition', hash: outcome.value.id }))
  }
  const product = ofPlan[0]?.product ?? 'motor'
  return (
    <Section
      title={planId === product ? t(`product.${product}`) : planId}
      note={
        inForce === undefined ? null : (
          <button type="button" class="button" onClick={() => void begin(inForce.id)}>
            {t('edition.draft.new')}
          </button>
        )
      }
    >
      <p role="alert" class="form-problem">
        {problem.value}
      </p>
      <ol class="editions">
        {ofPlan.map((edition) => (
          <li key={edition.id}>
            <EditionRow edition={edition} />
          </li>
        ))}
      </ol>
    </Section>
  )
}

function EditionRow({ edition }: { readonly edition: Edition }) {
  const { id, planId, title, hash, submitter, approver, authors } = edition
  const people = approver ?? submitter ?? authors.join(t('app.list-comma'))
  return (
    <a class="edition-row" href={pathOf({ kind: 'edition', hash: id })}>
      <span class="edition-plan">{title === '' ? planId : title}</span>
      <EditionStatus edition={edition} />
      <span class="edition-since">
        {windowWords(edition)}
        {people === '' ? '' : ` · ${people}`}
      </span>
      <code class="edition-hash">{hash.slice(0, shownHashDigits)}</code>
    </a>
  )
}

/** Enough to tell editions apart; the whole is on the edition's page. */
const shownHashDigits = 12

export function EditionStatus({ edition: { status, isShadow } }: { readonly edition: Pick<Edition, 'status' | 'isShadow'> }) {
  return (
    <span class="edition-marks">
      <span class={`edition-status edition-status-${status}`}>{t(`editions.${status}`)}</span>
      {isShadow ? <span class="edition-status">{t('edition.shadow')}</span> : null}
    </span>
  )
}

/** In force from when to when; until then since when the book knows it. */
export function windowWords({ activeFromMs, activeUntilMs, knownAtMs }: Edition): string {
  const time = (atMs: number): string => formatDateTime(atMs, locale.value, viewerTimeZone)
  if (activeFromMs === null) return t('edition.known', { time: time(knownAtMs) })
  return activeUntilMs === null
    ? t('editions.since', { time: time(activeFromMs) })
    : t('edition.window', { from: time(activeFromMs), until: time(activeUntilMs) })
}
