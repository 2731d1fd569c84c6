// The chosen goal: what this week is worth, what is left of it, and the message that waits.

import { useSignal } from '@preact/signals'
import type { GoalState } from '../../api/nudge-routes.ts'
import type { Policy } from '../../api/shapes.ts'
import { formatKm, formatMoney, formatNumber, formatPercent } from '../../messages/format.ts'
import { nudgeGoal } from '../../messages/nudge.ts'
import { sayIfKnown } from '../../messages/say.ts'
import { announce } from '../announce.ts'
import type { Failure } from '../api.ts'
import { locale, t } from '../language.ts'
import { failureText } from '../parts/notice.tsx'
import { BudgetPicture } from './budget-picture.tsx'
import { closeMessage, pauseMessages, setGoal } from './set-goal.ts'
import '../style/goal.css'

interface GoalPanelProps {
  readonly policy: Policy
  readonly state: GoalState
  readonly isOwn: boolean
}

export function GoalPanel({ policy, state, isOwn }: GoalPanelProps) {
  const problem = useSignal('')
  const { goal, week, message, isPaused } = state
  if (goal === null) return null
  const act = async (done: Promise<Failure | undefined>, words: string): Promise<void> => {
    const failure = await done
    problem.value = failure === undefined ? '' : failureText(failure)
    if (failure === undefined && words !== '') announce(words)
  }
  const money = (minor: number): string => formatMoney(minor, goal.currency, locale.value)
  return (
    <div class="goal">
      {message !== null && isOwn ? (
        <p class="goal-message" role="status">
          {t(`goal.message.${message.kind}`, { budget: money(message.budgetMinor), left: money(message.leftMinor) })}
          <button type="button" class="button-plain" onClick={() => void act(closeMessage(policy.id, message.id), '')}>
            {t('goal.message.close')}
          </button>
        </p>
      ) : null}
      <p class="goal-title">
        <span class="goal-label">{t('goal.yours')}</span>
        {nudgeGoal(goal, locale.value)}
      </p>
      <Week goal={goal} week={week} product={policy.product} />
      {isOwn ? (
        <p class="goal-buttons">
          <button type="button" class="button-plain" onClick={() => void act(setGoal(policy.id, null), t('goal.dropped'))}>
            {t('goal.drop')}
          </button>
          <button
            type="button"
            class="button-plain"
            onClick={() => void act(pauseMessages(policy.id, !isPaused), isPaused ? '' : t('goal.paused'))}
          >
            {isPaused ? t('goal.resume') : t('goal.pause')}
          </button>
          <span class="goal-quiet">{isPaused ? t('goal.paused') : t('goal.quiet')}</span>
        </p>
      ) : null}
      <p role="alert" class="form-problem">
        {problem.value}
      </p>
    </div>
  )
}

type ChosenGoal = NonNullable<GoalState['goal']>

interface WeekProps {
  readonly goal: ChosenGoal
  readonly week: GoalState['week']
  readonly product: Policy['product']
}

function Week({ goal, week: { budget }, product }: WeekProps) {
  const language = locale.value
  if (budget === null) return <p>{t(product === 'home' ? 'goal.week.unmeasured' : 'goal.week.none')}</p>
  const money = (minor: number): string => formatMoney(minor, goal.currency, language)
  const { budgetMinor, leftMinor, done, allowed } = budget
  const words =
    leftMinor === budgetMinor
      ? t('goal.week.whole', { budget: money(budgetMinor) })
      : t('goal.week', { left: money(leftMinor), budget: money(budgetMinor) })
  return (
    <>
      <p class="goal-left">{words}</p>
      <BudgetPicture
        budget={budget}
        currency={goal.currency}
        amount={(of) => amountWords(goal.behaviour, of)}
        caption={`${t('goal.week.text', {
          done: amountWords(goal.behaviour, done),
          allowed: amountWords(goal.behaviour, allowed),
        })} ${t('goal.likely', { share: formatPercent(goal.attainability, language) })}${language === 'en' ? '.' : '。'}`}
      />
    </>
  )
}

const secondsPerMinute = 60

function amountWords(behaviour: string, amount: number): string {
  const shown = behaviour === 'phone' ? amount / secondsPerMinute : amount
  return (
    sayIfKnown(locale.value, `goal.unit.${behaviour}`, {
      amount: formatNumber(shown, locale.value, 1),
      distance: formatKm(shown, locale.value),
    }) ?? formatNumber(shown, locale.value, 1)
  )
}
