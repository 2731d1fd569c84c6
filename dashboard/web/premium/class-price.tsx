// How the class price comes about: what is known without measuring, from the base rate on, and how to recompute it all.

import type { Premium } from '../../api/shapes.ts'
import { formatMoney } from '../../messages/format.ts'
import { type PathStep, premiumPath, stepGroup } from '../../messages/premium-path.ts'
import { stepOperand, stepSentence, stepTitle } from '../../messages/worksheet.ts'
import { locale, t } from '../language.ts'
import { type Column, Table } from '../parts/table.tsx'

/** Enough of a hash to compare by eye. */
const hashCharacters = 12

export function ClassPrice({ current }: { readonly current: Premium }) {
  const { currency, editionHash, factsHash } = current
  const { classSteps } = premiumPath(current)
  return (
    <details class="class-price">
      <summary>{t('premium.class.title')}</summary>
      <p class="class-price-text">{t('premium.class.caption')}</p>
      <Table
        caption={t('premium.class.title')}
        columns={classColumns(currency)}
        rows={classSteps}
        rowKey={({ step }) => step.id}
        isStacked
      />
      <p class="class-price-text">
        {t('premium.recompute', {
          edition: editionHash.slice(0, hashCharacters),
          facts: factsHash.slice(0, hashCharacters),
        })}
      </p>
    </details>
  )
}

function classColumns(currency: string): readonly Column<PathStep>[] {
  const language = locale.value
  return [
    {
      key: 'step',
      title: t('premium.table.step'),
      cell: ({ step }) => (
        <>
          {stepTitle(step, language)}
          <span class="cell-note">{stepSentence(step, currency, language)}</span>
        </>
      ),
    },
    {
      key: 'factor',
      title: t('premium.table.factor'),
      isNumber: true,
      // A base rate is an amount of a year, and the sentence says what it is a month.
      cell: ({ step }) => (stepGroup(step.id) === 'base' ? '' : stepOperand(step, currency, language)),
    },
    {
      key: 'after',
      title: t('premium.table.after'),
      isNumber: true,
      cell: ({ toMinor }) => formatMoney(toMinor, currency, language),
    },
  ]
}
