// The editions of the rate plans, newest first, each with its hash.

import type { Edition } from '../../api/edition-shapes.ts'
import { formatDateTime } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Empty, Show } from '../parts/notice.tsx'
import { editions } from '../resources.ts'
import { pathOf } from '../routes.ts'

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
            <ol class="editions">
              {all.map((edition) => (
                <li key={edition.id}>
                  <EditionRow edition={edition} />
                </li>
              ))}
            </ol>
          )
        }
      </Show>
    </article>
  )
}

/** Editions belong to no policy, so they are shown by the clock of whoever looks. */
export const viewerTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone

function EditionRow({ edition }: { readonly edition: Edition }) {
  return (
    <a class="edition-row" href={pathOf({ kind: 'edition', hash: edition.hash })}>
      <span class="edition-plan">{edition.title || edition.planId}</span>
      <span class={`edition-status edition-status-${edition.status}`}>{t(`editions.${edition.status}`)}</span>
      <span class="edition-since">
        {edition.activeFromMs === null
          ? ''
          : t('editions.since', { time: formatDateTime(edition.activeFromMs, locale.value, viewerTimeZone) })}
      </span>
      <code class="edition-hash">{edition.hash}</code>
    </a>
  )
}
