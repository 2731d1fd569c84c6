// The test cases of a plan in the editor: what each expects beside what it comes to now, green or red, mended either way.

import { formatMoney } from '../../../messages/format.ts'
import { announce } from '../../announce.ts'
import { locale } from '../../language.ts'
import { w } from '../workbench-words.ts'
import type { DraftSession } from './draft-session.ts'
import { at, insert, jsonOf, listAt, put, textAt } from './json-tree.ts'
import { minorOf, PlanGrid, type PlanView } from './plan-grid.tsx'
import { PlanPart, RowButton } from './plan-part.tsx'

interface TestCasesProps {
  readonly view: PlanView
  readonly session: DraftSession
}

export function TestCases({ view, session }: TestCasesProps) {
  const { document, edit, isEditable } = view
  const cases = listAt(document, ['testCases'])
  const results = session.trial.value?.testCases ?? []
  const currency = textAt(document, ['currency'])
  const came = (index: number) => results[index]?.came ?? undefined
  const cameText = (minor: number | undefined): string =>
    minor === undefined ? '–' : (minor / minorOf(document)).toFixed(Math.round(Math.log10(minorOf(document))))
  const failing = results.flatMap(({ isGood }, index) => (isGood ? [] : [index]))
  const expectNow = (indexes: readonly number[]): void => {
    let changed = document
    for (const index of indexes) {
      const price = came(index)
      if (price === undefined) continue
      changed = put(
        put(changed, ['testCases', index, 'premiumMinor'], price.premiumMinor),
        ['testCases', index, 'classPremiumMinor'],
        price.classPremiumMinor,
      )
    }
    edit(changed)
    announce(w('plan.case.expected'))
  }
  return (
    <PlanPart
      view={view}
      id="test-cases"
      title={w('plan.cases')}
      note={w('plan.cases.note')}
      wholes={cases.flatMap((_, index) => [
        ['testCases', index],
        ['testCases', index, 'facts'],
      ])}
    >
      <p class={failing.length === 0 ? 'edition-good' : 'edition-bad'} role="status">
        {results.length === 0
          ? w('plan.cases.waiting')
          : failing.length === 0
            ? w('plan.cases.good', { all: results.length })
            : w('plan.cases.failing', { count: failing.length, all: results.length })}
      </p>
      <PlanGrid
        view={view}
        caption={w('plan.cases')}
        headTitle={w('plan.case.state')}
        columns={[
          w('plan.case.name'),
          w('plan.case.class', { currency }),
          w('plan.case.came'),
          w('plan.case.own', { currency }),
          w('plan.case.came'),
        ]}
        rows={cases.map((_, index) => ({
          key: String(index),
          head:
            results[index] === undefined
              ? '…'
              : results[index]?.isGood === true
                ? `✓ ${w('plan.case.good')}`
                : `✗ ${w('plan.case.bad')}`,
          places: [
            { kind: 'text', path: ['testCases', index, 'name'] },
            { kind: 'money', path: ['testCases', index, 'classPremiumMinor'] },
            {
              kind: 'money',
              path: ['testCases', index, 'cameClass'],
              isFixed: true,
              shown: cameText(came(index)?.classPremiumMinor),
            },
            { kind: 'money', path: ['testCases', index, 'premiumMinor'] },
            { kind: 'money', path: ['testCases', index, 'cameOwn'], isFixed: true, shown: cameText(came(index)?.premiumMinor) },
          ],
        }))}
        rowActions={(index) => {
          const name = textAt(cases[index], ['name'])
          const price = came(index)
          const amount =
            price === undefined ? '' : formatMoney(price.premiumMinor, currency === '' ? 'EUR' : currency, locale.value)
          return (
            <>
              <RowButton
                text={w('plan.case.expect')}
                label={w('plan.case.expect.label', { name, amount })}
                isDisabled={price === undefined || results[index]?.isGood === true}
                onPress={() => expectNow([index])}
              />
              <RowButton
                text={w('plan.case.look')}
                label={w('plan.case.look.label', { name })}
                onPress={() => session.chooseFacts(at(document, ['testCases', index, 'facts']))}
              />
              <RowButton
                text={w('plan.case.delete')}
                label={w('plan.case.delete.label', { name })}
                isDisabled={cases.length === 1}
                onPress={() => {
                  edit(put(document, ['testCases', index], undefined))
                  announce(w('plan.case.deleted'))
                }}
              />
            </>
          )
        }}
      />
      {isEditable && failing.length > 1 ? (
        <p>
          <button type="button" class="button" onClick={() => expectNow(failing)}>
            {w('plan.cases.expect', { count: failing.length })}
          </button>
        </p>
      ) : null}
    </PlanPart>
  )
}

/** The example with what it comes to, as one more case. */
export function withCase(view: PlanView, session: DraftSession, name: string): void {
  const facts = session.facts.value
  const price = session.trial.value?.example.draft
  if (facts === undefined || price === null || price === undefined) return
  const { premiumMinor, classPremiumMinor } = price
  const count = listAt(view.document, ['testCases']).length
  view.edit(insert(view.document, ['testCases'], count, jsonOf({ name, facts, premiumMinor, classPremiumMinor })))
  announce(w('plan.case.added'))
}
