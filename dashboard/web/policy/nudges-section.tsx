// What is still to win: one line for each change, with what it saves.

import type { Nudge, Policy } from '../../api/shapes.ts'
import { formatMoney } from '../../messages/format.ts'
import { nudgeGoal } from '../../messages/nudge.ts'
import { locale, t } from '../language.ts'
import { Empty, Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { nudges } from '../resources.ts'

export function NudgesSection({ policy }: { readonly policy: Policy }) {
  return (
    <Section title={t('nudge.title')} note={t('nudge.note')}>
      <Show from={nudges(policy.id)}>
        {(found) =>
          found.length === 0 ? (
            <Empty
              title={t('nudge.none.title')}
              text={policy.product === 'home' ? t('nudge.none.text.home') : t('nudge.none.text')}
            />
          ) : (
            <NudgeList found={found} />
          )
        }
      </Show>
    </Section>
  )
}

function NudgeList({ found }: { readonly found: readonly Nudge[] }) {
  const largest = Math.max(1, ...found.map(({ savingMinor }) => savingMinor))
  return (
    <ul class="nudges">
      {found
        .toSorted((a, b) => b.savingMinor - a.savingMinor)
        .map((nudge) => (
          <li key={nudge.id} class="nudge">
            <span class="nudge-goal">{nudgeGoal(nudge, locale.value)}</span>
            <span class="nudge-saving">
              {t('nudge.saves', { amount: formatMoney(nudge.savingMinor, nudge.currency, locale.value) })}
            </span>
            <svg class="nudge-bar" width="100%" height="3" aria-hidden="true">
              <rect width={`${(nudge.savingMinor / largest) * 100}%`} height="3" />
            </svg>
          </li>
        ))}
    </ul>
  )
}
