// The shut-off valve: when it was last tested, and what that saves, in money of the real edition.

import type { Valve as ValveState } from '../../api/month-routes.ts'
import { formatDay, formatMoney } from '../../messages/format.ts'
import { sayOwnPage } from '../../messages/own-pages.ts'
import { locale } from '../language.ts'
import { valve } from '../own-resources.ts'
import { useLoaded } from '../resources.ts'

export function Valve({ policyId }: { readonly policyId: string }) {
  const found = useLoaded(valve(policyId))
  if (found.kind !== 'ready') return null
  return (
    <div class="valve">
      <h3>{sayOwnPage(locale.value, 'home-line.valve')}</h3>
      <p>
        {testWords(found.value)} {savingWords(found.value)}
      </p>
    </div>
  )
}

function testWords({ testedOn, testedDaysAgo }: ValveState): string {
  const language = locale.value
  if (testedOn === null) return sayOwnPage(language, 'home-line.valve.untested')
  if (testedDaysAgo === 0) return sayOwnPage(language, 'home-line.valve.today')
  return sayOwnPage(language, 'home-line.valve.tested', { day: formatDay(testedOn, language), ago: testedDaysAgo ?? 0 })
}

function savingWords({ testedOn, savingMinor, currency }: ValveState): string {
  const language = locale.value
  if (savingMinor <= 0) return sayOwnPage(language, 'home-line.valve.nothing')
  const amount = formatMoney(savingMinor, currency, language)
  return sayOwnPage(language, testedOn === null ? 'home-line.valve.would' : 'home-line.valve.saves', { amount })
}
