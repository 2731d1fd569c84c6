// The latest large changes of the premium: what they came to, what moved it most, and the whole notice as a PDF.

import type { Notice } from '../../api/notice-routes.ts'
import type { Policy } from '../../api/shapes.ts'
import { formatDate, formatMoney, formatPercent } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { DocumentIcon } from '../parts/icons.tsx'
import { Section } from '../parts/section.tsx'
import { notices, useLoaded } from '../resources.ts'
import '../style/notices.css'

/** Older ones stay in the API and on the command line. */
const shownMax = 3

export function NoticesSection({ policy }: { readonly policy: Policy }) {
  const state = useLoaded(notices[locale.value](policy.id))
  // A premium that never changed much has nothing to explain, and says nothing.
  if (state.kind !== 'ready' || state.value.length === 0) return null
  return (
    <Section title={t('notice.section')} note={t('notice.section.note')}>
      <ul class="changes">
        {state.value.slice(0, shownMax).map((notice) => (
          <li key={notice.number}>
            <Entry policy={policy} notice={notice} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Entry({ policy, notice }: { readonly policy: Policy; readonly notice: Notice }) {
  const { oldMinor, newMinor, currency, number } = notice
  const language = locale.value
  const date = formatDate(notice.changedAtMs, language, policy.timeZone)
  const money = (minor: number): string => formatMoney(minor, currency, language)
  const signed = (minor: number): string => formatMoney(minor, currency, language, { sign: 'always' })
  const share = formatPercent(Math.abs(newMinor - oldMinor) / Math.max(1, oldMinor), language, 1)
  const groups = notice.groups
    .filter(({ changeMinor }) => changeMinor !== 0)
    .toSorted((one, other) => Math.abs(other.changeMinor) - Math.abs(one.changeMinor))
  return (
    <article class="change">
      <h3 class="change-head">
        <span>{date}</span>
        <span class={newMinor > oldMinor ? 'change-sum change-more' : 'change-sum'}>
          {signed(newMinor - oldMinor)} ({share})
        </span>
      </h3>
      <p class="change-text">{t('notice.change', { was: money(oldMinor), now: money(newMinor) })}</p>
      <ul class="change-reasons">
        {groups.map(({ heading, title, changeMinor }) => (
          <li key={heading}>
            <span>{title}</span>
            <span class="change-amount">{signed(changeMinor)}</span>
          </li>
        ))}
      </ul>
      <p>
        <a
          class="button"
          href={`/api/v1/policies/${encodeURIComponent(policy.id)}/notice.pdf?number=${number}&locale=${language}`}
          target="_blank"
          rel="noopener"
          aria-label={t('notice.pdf.label', { date })}
        >
          <DocumentIcon />
          {t('notice.pdf')}
        </a>
      </p>
    </article>
  )
}
