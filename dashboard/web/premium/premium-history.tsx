// The premiums so far as a small stepped line, with its caption in words.

import type { PaidPremium, Policy } from '../../api/shapes.ts'
import { formatMoney } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { premiumHistory, useLoaded } from '../resources.ts'
import { historyLine } from './history-line.ts'

const width = 320
const height = 56
const premiumsMin = 3

export function PremiumHistoryLine({ policy, currency }: { readonly policy: Policy; readonly currency: string }) {
  const state = useLoaded(premiumHistory(policy.id))
  // A picture of so few says nothing, and its absence needs no apology.
  if (state.kind !== 'ready' || state.value.length < premiumsMin) return null
  return <HistoryFigure history={state.value} currency={currency} />
}

function HistoryFigure({ history, currency }: { readonly history: readonly PaidPremium[]; readonly currency: string }) {
  const ordered = history.toSorted((a, b) => a.computedAtMs - b.computedAtMs)
  const line = historyLine(ordered, { width, height, margin: 5 })
  const money = (minor: number | undefined): string => formatMoney(minor ?? 0, currency, locale.value)
  return (
    <figure class="history">
      <svg class="history-line" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <path d={line.path} />
        <circle cx={line.last.x} cy={line.last.y} r="3.5" />
      </svg>
      <figcaption>
        {t('premium.history.caption', {
          count: ordered.length,
          first: money(ordered.at(0)?.premiumMinor),
          last: money(ordered.at(-1)?.premiumMinor),
        })}
      </figcaption>
    </figure>
  )
}
