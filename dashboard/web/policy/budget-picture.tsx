// The week's budget as a picture: how much of it is left for what was done, and where it begins to fall.

import type { GoalState } from '../../api/nudge-routes.ts'
import { formatMoney } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { Figure } from '../parts/figure.tsx'
import { percent } from '../premium/step-scale.ts'
import { budgetShape } from './budget-shape.ts'

type Budget = NonNullable<GoalState['week']['budget']>

interface BudgetPictureProps {
  readonly budget: Budget
  readonly currency: string
  /** An amount of what is done, with its unit. */
  readonly amount: (of: number) => string
  readonly caption: string
}

const plotHeight = 52
const topPx = 8
/** Words nearer to each other than this share of the width would be written over one another. */
const markShareMin = 0.36

export function BudgetPicture({ budget, currency, amount, caption }: BudgetPictureProps) {
  const { line, allowedAt, spentAt, now } = budgetShape(budget)
  const money = (minor: number): string => formatMoney(minor, currency, locale.value)
  const points = line.map(([across, down]) => `${across * 100} ${down * 100}`).join('L')
  const rows = [
    { key: 'now', done: budget.done, leftMinor: budget.leftMinor },
    { key: 'allowed', done: budget.allowed, leftMinor: budget.budgetMinor },
    { key: 'spent', done: budget.spentAt, leftMinor: 0 },
  ] as const
  return (
    <Figure
      title={t('goal.picture')}
      caption={caption}
      columns={[
        { key: 'when', title: t('goal.picture.when'), cell: ({ key }) => t(`goal.picture.${key}`) },
        { key: 'done', title: t('goal.picture.done'), isNumber: true, cell: ({ done }) => amount(done) },
        { key: 'left', title: t('goal.picture.left'), isNumber: true, cell: ({ leftMinor }) => money(leftMinor) },
      ]}
      rows={rows}
      rowKey={({ key }) => key}
    >
      <svg class="budget" width="100%" height={topPx + plotHeight + 24} role="img" aria-label={t('goal.picture')}>
        <svg x="0" y={topPx} width="100%" height={plotHeight} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <path class="budget-area" d={`M${points}L100 100L0 100Z`} />
          <path class="budget-line" d={`M${points}`} />
        </svg>
        <line class="budget-now" x1={percent(now[0])} x2={percent(now[0])} y1="0" y2={topPx + plotHeight} />
        <circle class="budget-left" cx={percent(now[0])} cy={topPx + now[1] * plotHeight} r="5" />
        <text class="budget-mark" x={percent(allowedAt)} y={topPx + plotHeight + 18} text-anchor={anchorAt(allowedAt)}>
          {amount(budget.allowed)}
        </text>
        {spentAt - allowedAt < markShareMin ? null : (
          <text class="budget-mark" x={percent(spentAt)} y={topPx + plotHeight + 18} text-anchor="end">
            {amount(budget.spentAt)}
          </text>
        )}
      </svg>
    </Figure>
  )
}

function anchorAt(share: number): 'start' | 'middle' | 'end' {
  return share < 0.2 ? 'start' : share > 0.6 ? 'end' : 'middle'
}
