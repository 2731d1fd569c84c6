// What is still to win: one line for each change, with what it saves and how likely it is; one of them may be the goal.

import { useSignal } from '@preact/signals'
import type { RankedNudge } from '../../api/nudge-routes.ts'
import type { Policy } from '../../api/shapes.ts'
import { formatMoney, formatPercent } from '../../messages/format.ts'
import { nudgeGoal } from '../../messages/nudge.ts'
import { announce } from '../announce.ts'
import { locale, t } from '../language.ts'
import { Empty, failureText, Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { goal as goalResource, nudges, useLoaded } from '../resources.ts'
import { GoalPanel } from './goal-panel.tsx'
import { setGoal } from './set-goal.ts'

interface NudgesSectionProps {
  readonly policy: Policy
  readonly isOwn: boolean
}

export function NudgesSection({ policy, isOwn }: NudgesSectionProps) {
  const chosen = useLoaded(goalResource(policy.id))
  const goal = chosen.kind === 'ready' ? chosen.value : undefined
  return (
    <Section
      title={t('nudge.title')}
      note={
        <>
          <p>{t('nudge.note')}</p>
          {isOwn && goal?.goal === null ? <p>{t('goal.note.choose')}</p> : null}
          {isOwn ? <a href={`/policies/${encodeURIComponent(policy.id)}/what-if`}>{t('nudge.what-if')}</a> : null}
        </>
      }
    >
      {goal === undefined || goal.goal === null ? null : <GoalPanel policy={policy} state={goal} isOwn={isOwn} />}
      <Show from={nudges(policy.id)}>
        {(found) =>
          found.length === 0 ? (
            <Empty
              title={t('nudge.none.title')}
              text={policy.product === 'home' ? t('nudge.none.text.home') : t('nudge.none.text')}
            />
          ) : (
            <NudgeList policy={policy} found={found} goal={goal?.goal?.behaviour} isOwn={isOwn} />
          )
        }
      </Show>
    </Section>
  )
}

interface NudgeListProps {
  readonly policy: Policy
  /** The best first. */
  readonly found: readonly RankedNudge[]
  readonly goal: string | undefined
  readonly isOwn: boolean
}

function NudgeList({ policy, found, goal, isOwn }: NudgeListProps) {
  const largest = Math.max(1, ...found.map(({ savingMinor }) => savingMinor))
  const problem = useSignal('')
  const choose = async (nudge: RankedNudge): Promise<void> => {
    const failure = await setGoal(policy.id, nudge.behaviour)
    problem.value = failure === undefined ? '' : failureText(failure)
    if (failure === undefined) announce(t('goal.chosen', { goal: nudgeGoal(nudge, locale.value) }))
  }
  return (
    <>
      <ul class="nudges">
        {found.map((nudge) => (
          <li key={nudge.id} class="nudge">
            <span class="nudge-goal">{nudgeGoal(nudge, locale.value)}</span>
            <span class="nudge-saving">
              {t('nudge.saves', { amount: formatMoney(nudge.savingMinor, nudge.currency, locale.value) })}
            </span>
            <span class="nudge-likely">{t('goal.likely', { share: formatPercent(nudge.attainability, locale.value) })}</span>
            {isOwn && nudge.behaviour !== goal ? (
              <button
                type="button"
                class="button-plain nudge-choose"
                aria-label={t('goal.choose.label', { goal: nudgeGoal(nudge, locale.value) })}
                onClick={() => void choose(nudge)}
              >
                {t('goal.choose')}
              </button>
            ) : null}
            <svg class="nudge-bar" width="100%" height="3" aria-hidden="true">
              <rect width={`${(nudge.savingMinor / largest) * 100}%`} height="3" />
            </svg>
          </li>
        ))}
      </ul>
      <p role="alert" class="form-problem">
        {problem.value}
      </p>
    </>
  )
}
