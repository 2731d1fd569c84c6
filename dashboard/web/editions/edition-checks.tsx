// What is wrong with an edition's document, and how the test cases that it carries come out.

import { useSignal } from '@preact/signals'
import type { EditionCheck, EditionDetail } from '../../api/edition-shapes.ts'
import { formatMoney } from '../../messages/format.ts'
import { announce } from '../announce.ts'
import { post } from '../api.ts'
import { documentText } from '../insurer/edition-tables.ts'
import { locale, t } from '../language.ts'
import { failureText, Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { editionCheck, refreshEdition } from './edition-resources.ts'

type TestCase = EditionCheck['testCases'][number]

export function EditionChecks({ detail }: { readonly detail: EditionDetail }) {
  const problem = useSignal('')
  const currency = documentText(detail.document, 'currency')
  const rateCases = async (): Promise<void> => {
    const path = `/api/v1/editions/${encodeURIComponent(detail.id)}/rate-test-cases`
    const outcome = await post<unknown>(path, { hash: detail.hash })
    problem.value = outcome.kind === 'failure' ? failureText(outcome.failure) : ''
    if (outcome.kind === 'answer') announce(t('edition.checks.rated'))
    await refreshEdition(detail.id, detail.basedOn !== null)
  }
  return (
    <Section title={t('edition.checks')} note={t('edition.checks.note')}>
      <Show from={editionCheck(detail.id)} lines={3}>
        {({ problems, testCases }) => {
          const failing = testCases.filter(({ isGood }) => !isGood).length
          return (
            <>
              <p class={problems.length + failing === 0 ? 'edition-good' : 'edition-bad'}>
                {problems.length > 0
                  ? t('edition.problems', { count: problems.length })
                  : failing > 0
                    ? t('edition.cases.failing', { count: failing, all: testCases.length })
                    : t('edition.cases.good', { all: testCases.length })}
              </p>
              {problems.length === 0 ? null : (
                <ul class="edition-problems">
                  {problems.map((text) => (
                    <li key={text}>{text}</li>
                  ))}
                </ul>
              )}
              <Table
                caption={t('edition.cases')}
                columns={caseColumns(currency)}
                rows={testCases}
                rowKey={({ name }) => name}
                isStacked
              />
              {failing > 0 && problems.length === 0 && detail.actions.includes('edit') ? (
                <p>
                  <button type="button" class="button" onClick={() => void rateCases()}>
                    {t('edition.checks.rate')}
                  </button>{' '}
                  <span class="field-hint">{t('edition.checks.rate.hint')}</span>
                </p>
              ) : null}
              <p class="form-problem" role="alert">
                {problem.value}
              </p>
            </>
          )
        }}
      </Show>
    </Section>
  )
}

function caseColumns(currency: string): readonly Column<TestCase>[] {
  const money = (minor: number): string => (currency === '' ? String(minor) : formatMoney(minor, currency, locale.value))
  return [
    { key: 'name', title: t('edition.case'), cell: ({ name }) => name },
    { key: 'class', title: t('book.class'), isNumber: true, cell: ({ expected }) => money(expected.classPremiumMinor) },
    { key: 'own', title: t('book.own'), isNumber: true, cell: ({ expected }) => money(expected.premiumMinor) },
    {
      key: 'came',
      title: t('edition.case.came'),
      isNumber: true,
      cell: ({ isGood, came }) =>
        isGood ? t('edition.case.same') : came === null ? t('edition.case.none') : money(came.premiumMinor),
    },
  ]
}
