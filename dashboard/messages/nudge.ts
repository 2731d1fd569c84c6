// A nudge in words: what would change, and what it saves. Used by the web app, the statement and the messages to devices.

import { formatKm, formatMoney } from './format.ts'
import type { Locale } from './locale.ts'
import { say, sayIfKnown } from './say.ts'
import { formatShare, stepTitle } from './worksheet.ts'

/** From here on a distance a year is said in hundreds. */
const roundKmFrom = 1000

/** The part of a nudge that its words need. */
export interface NudgeFacts {
  readonly behaviour: string
  readonly savingMinor: number
  readonly currency: string
  readonly figures: Readonly<Record<string, number | string>>
}

/** `2 hard brakes per 1,000 km instead of 6`: no verb for the saving and no full stop, so that it can be a heading. */
export function nudgeGoal({ behaviour, figures }: NudgeFacts, locale: Locale): string {
  const unit = String(figures['unit'] ?? '')
  const values = { from: writeFigure(figures['from'], unit, locale), to: writeFigure(figures['to'], unit, locale) }
  return (
    (figures['to'] === 0 ? sayIfKnown(locale, `nudge.${behaviour}.none`, values) : undefined) ??
    sayIfKnown(locale, `nudge.${behaviour}.${unit}`, values) ??
    sayIfKnown(locale, `nudge.${behaviour}`, values) ??
    say(locale, 'nudge.other', { ...values, behaviour: behaviourTitle(behaviour, locale) })
  )
}

/** `saves €3.10 a month` */
export function nudgeSaving({ savingMinor, currency }: NudgeFacts, locale: Locale): string {
  return say(locale, 'nudge.saves', { amount: formatMoney(savingMinor, currency, locale) })
}

/** `2 hard brakes per 1,000 km instead of 6 saves €3.10 a month.` */
export function nudgeSentence(nudge: NudgeFacts, locale: Locale): string {
  const amount = formatMoney(nudge.savingMinor, nudge.currency, locale)
  return say(locale, 'nudge.sentence', { goal: nudgeGoal(nudge, locale), amount })
}

function behaviourTitle(behaviour: string, locale: Locale): string {
  return (
    sayIfKnown(locale, `step.behaviour:${behaviour}.title`) ??
    sayIfKnown(locale, `step.credit:${behaviour}.title`) ??
    stepTitle({ id: behaviour }, locale)
  )
}

/** Goals are round: nobody aims at 9,706 km or 15.1 brakes. */
function writeFigure(value: number | string | undefined, unit: string, locale: Locale): string | number {
  if (typeof value !== 'number') return value ?? ''
  if (unit === 'share') return formatShare(value, locale)
  if (unit.startsWith('km')) return formatKm(value < roundKmFrom ? value : Math.round(value / 100) * 100, locale)
  return value < 10 ? Math.round(value * 10) / 10 : Math.round(value)
}
