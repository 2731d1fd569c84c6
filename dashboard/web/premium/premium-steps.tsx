// The way from the class price to the own price: one row for each thing that was measured, with its bar, what it changes,
// the sentence behind it and how much it counts.

import type { ComponentChildren } from 'preact'
import type { Premium } from '../../api/shapes.ts'
import { formatMoney, formatPercent } from '../../messages/format.ts'
import { isMoved, isPersonal, type PathStep, type PremiumPath, premiumPath } from '../../messages/premium-path.ts'
import { formatShare, stepCredibility, stepOperand, stepSentence, stepTitle } from '../../messages/worksheet.ts'
import { locale, t } from '../language.ts'
import { Figure } from '../parts/figure.tsx'
import type { Column } from '../parts/table.tsx'
import { pathOf } from '../routes.ts'
import { percent, type StepBar, type StepScale, stepScale } from './step-scale.ts'

/** A share below this would be written as 0 %. */
const sayableShareMin = 0.0005

interface PremiumStepsProps {
  readonly policyId: string
  readonly current: Premium
  readonly isOwn: boolean
}

export function PremiumSteps({ policyId, current, isOwn }: PremiumStepsProps) {
  const { currency } = current
  const path = premiumPath(current)
  const scale = stepScale(path)
  const money = (minor: number): string => formatMoney(minor, currency, locale.value)
  const title = isOwn ? t('premium.steps.title') : t('premium.steps.title.other')
  return (
    <>
      <h2 class="premium-why-title">{title}</h2>
      <Figure
        title={title}
        caption={
          path.ownSteps.some(isMoved)
            ? t('premium.steps.caption', { class: money(path.classMinor), own: money(path.ownMinor) })
            : t('premium.steps.caption.none', { class: money(path.classMinor) })
        }
        columns={stepColumns(currency)}
        rows={path.ownSteps}
        rowKey={({ step }) => step.id}
      >
        <ol class="steps">
          <li class="step step-end">
            <span class="step-title">{t('premium.class-price')}</span>
            <Plot>
              <line class="step-class" x1={percent(scale.classAt)} x2={percent(scale.classAt)} y1="50%" y2="100%" />
              <circle class="step-class-dot" cx={percent(scale.classAt)} cy="50%" r="5" />
            </Plot>
            <span class="step-amount">{money(path.classMinor)}</span>
          </li>
          {path.ownSteps.map((change, index) =>
            isUnmeasured(change) ? null : (
              <Step
                key={change.step.id}
                policyId={policyId}
                change={change}
                bar={scale.bars[index]}
                scale={scale}
                currency={currency}
              />
            ),
          )}
          <Unmeasured changes={path.ownSteps.filter(isUnmeasured)} scale={scale} />
          <OwnPrice path={path} scale={scale} amount={money(path.ownMinor)} isOwn={isOwn} />
        </ol>
      </Figure>
    </>
  )
}

/** Fills the height of its row, so that the lines of neighbouring rows meet. */
function Plot({ children }: { readonly children: ComponentChildren }) {
  return (
    <span class="step-plot">
      <svg aria-hidden="true">{children}</svg>
    </span>
  )
}

/** Steps without anything measured say the same; one row says it for all of them. */
function Unmeasured({ changes, scale }: { readonly changes: readonly PathStep[]; readonly scale: StepScale }) {
  if (changes.length === 0) return null
  const names = changes.map(({ step }) => stepTitle(step, locale.value)).join(t('app.list-comma'))
  return (
    <li class="step step-unchanged">
      <div class="step-words">
        <span class="step-title">{t('premium.steps.unmeasured')}</span>
        <p class="step-text">{t('premium.steps.unmeasured.text', { names })}</p>
      </div>
      <Plot>
        <line class="step-class" x1={percent(scale.classAt)} x2={percent(scale.classAt)} y1="0" y2="100%" />
        <line class="step-link" x1={percent(scale.ownAt)} x2={percent(scale.ownAt)} y1="0" y2="100%" />
      </Plot>
      <div class="step-effect" />
    </li>
  )
}

function isUnmeasured(change: PathStep): boolean {
  return change.step.id !== 'mileage' && stepCredibility(change.step) === 0 && !isMoved(change)
}

interface OwnPriceProps {
  readonly path: PremiumPath
  readonly scale: StepScale
  readonly amount: string
  readonly isOwn: boolean
}

function OwnPrice({ path, scale, amount, isOwn }: OwnPriceProps) {
  const from = path.ownSteps.length === 0 ? scale.classAt : scale.ownAt
  return (
    <li class="step step-end step-own">
      <span class="step-title">{isOwn ? t('premium.own-price') : t('premium.own-price.other')}</span>
      <Plot>
        <line class="step-link" x1={percent(from)} x2={percent(from)} y1="0" y2="50%" />
        <line class="step-class" x1={percent(scale.classAt)} x2={percent(scale.classAt)} y1="0" y2="50%" />
        <circle class="step-own-dot" cx={percent(scale.ownAt)} cy="50%" r="6" />
      </Plot>
      <span class="step-amount">{amount}</span>
    </li>
  )
}

interface StepProps {
  readonly policyId: string
  readonly change: PathStep
  readonly bar: StepBar | undefined
  readonly scale: StepScale
  readonly currency: string
}

function Step({ policyId, change, bar, scale, currency }: StepProps) {
  const { step, changeMinor } = change
  const language = locale.value
  const direction = bar?.direction ?? 'unchanged'
  const credibility = stepCredibility(step)
  const effect =
    direction === 'lowers'
      ? t('premium.steps.saves')
      : direction === 'raises'
        ? t('premium.steps.costs')
        : t('premium.steps.unchanged')
  return (
    <li class={`step step-${direction}`}>
      <div class="step-words">
        {isPersonal(step) ? (
          <a
            class="step-title step-open"
            href={pathOf({ kind: 'step', policyId, stepId: step.id })}
            title={t('steps.open', { step: stepTitle(step, language) })}
          >
            {stepTitle(step, language)}
          </a>
        ) : (
          <span class="step-title">{stepTitle(step, language)}</span>
        )}
        <p class="step-text">{stepSentence(step, currency, language)}</p>
      </div>
      <Plot>
        <line class="step-class" x1={percent(scale.classAt)} x2={percent(scale.classAt)} y1="0" y2="100%" />
        {bar === undefined ? null : <Bar bar={bar} />}
      </Plot>
      <div class="step-effect">
        <span class="step-amount">
          <span class="for-screen-readers">{effect} </span>
          {formatMoney(direction === 'unchanged' ? 0 : changeMinor, currency, language, { sign: 'always' })}
        </span>
        {credibility === undefined || credibility < sayableShareMin ? null : <Credibility share={credibility} />}
      </div>
    </li>
  )
}

/** The link from the step above, the bar, and the link to the step below; an arrowhead would hide a small bar. */
function Bar({ bar }: { readonly bar: StepBar }) {
  return (
    <>
      <line class="step-link" x1={percent(bar.from)} x2={percent(bar.from)} y1="0" y2="50%" />
      <line class="step-link" x1={percent(bar.to)} x2={percent(bar.to)} y1="50%" y2="100%" />
      {bar.direction === 'unchanged' ? (
        <circle class="step-still" cx={percent(bar.to)} cy="50%" r="3" />
      ) : (
        <rect class="step-move" x={percent(bar.left)} width={percent(bar.width)} y="50%" height="14" />
      )}
    </>
  )
}

function Credibility({ share }: { readonly share: number }) {
  return (
    <span class="credibility">
      <svg class="credibility-bar" width="44" height="4" aria-hidden="true">
        <rect class="credibility-whole" width="44" height="4" />
        <rect class="credibility-part" width={44 * Math.min(1, Math.max(0, share))} height="4" />
      </svg>
      {t('premium.counts', { share: formatShare(share, locale.value) })}
    </span>
  )
}

function stepColumns(currency: string): readonly Column<PathStep>[] {
  const language = locale.value
  return [
    { key: 'step', title: t('premium.table.step'), cell: ({ step }) => stepTitle(step, language) },
    {
      key: 'factor',
      title: t('premium.table.factor'),
      isNumber: true,
      cell: ({ step }) => stepOperand(step, currency, language),
    },
    {
      key: 'change',
      title: t('premium.table.change'),
      isNumber: true,
      cell: ({ changeMinor }) => formatMoney(changeMinor, currency, language, { sign: 'always' }),
    },
    {
      key: 'after',
      title: t('premium.table.after'),
      isNumber: true,
      cell: ({ toMinor }) => formatMoney(toMinor, currency, language),
    },
    {
      key: 'sure',
      title: t('premium.table.sure'),
      isNumber: true,
      cell: ({ step }) => {
        const share = stepCredibility(step)
        return share === undefined ? '' : formatPercent(share, language, 1)
      },
    },
  ]
}
