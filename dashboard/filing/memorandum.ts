// The filing memorandum: what is filed, what changes, what it does to the book, which promises it keeps, and what was checked.

import type { DislocationReport } from '../../pricing/dislocation/report-form.ts'
import { editionDifference } from '../../pricing/lifecycle/edition-difference.ts'
import { failedCases } from '../../pricing/rating/failed-cases.ts'
import type { Locale } from '../messages/locale.ts'
import { printable } from '../pdf/printable.ts'
import { isRate } from './filed-changes.ts'
import {
  behaviourName,
  type FiledEdition,
  factorName,
  figuresIn,
  filingWords,
  freeText,
  listed,
  reportFrame,
} from './filing-words.ts'
import { guardSentences } from './guard-sentences.ts'
import type { Block, Report } from './report.ts'

export interface Exhibit {
  readonly file: string
  readonly what: string
}

export function memorandum(
  filed: FiledEdition,
  dislocation: DislocationReport | undefined,
  exhibits: readonly Exhibit[],
  locale: Locale,
): Report {
  const { edition, former } = filed
  const say = filingWords(locale)
  const figures = figuresIn(locale, edition.currency)
  const changes = former === undefined ? [] : editionDifference(former, edition).filter(isRate)
  const plan = { plan: printable(edition.planId), product: say(`product.${edition.product}`).toLowerCase() }
  const purpose =
    former === undefined
      ? say('memo.purpose.first', plan)
      : say('memo.purpose.change', {
          ...plan,
          count: changes.length,
          tables: new Set(changes.map(({ table }) => table)).size,
        })
  const factors = edition.factors.map((factor) => factorName(factor, locale))
  const behaviours = edition.behaviours.map((behaviour) => behaviourName(behaviour, edition, locale))
  const count = edition.testCases.length
  const effect: Block =
    dislocation === undefined
      ? { kind: 'paragraph', text: say('memo.effect.none') }
      : {
          kind: 'paragraph',
          text: say('memo.effect.text', {
            policies: dislocation.policies,
            was: figures.money(dislocation.beforeMinor),
            now: figures.money(dislocation.capped.afterMinor),
            change: figures.percent(
              (dislocation.capped.afterMinor - dislocation.beforeMinor) / Math.max(1, dislocation.beforeMinor),
            ),
            rises: dislocation.capped.notices,
          }),
        }
  return {
    ...reportFrame(filed, locale, say('memo.title')),
    blocks: [
      { kind: 'chapter', title: say('memo.purpose') },
      { kind: 'paragraph', text: purpose },
      ...(edition.note === ''
        ? []
        : ([
            { kind: 'chapter', title: say('memo.note') },
            { kind: 'paragraph', text: freeText(edition.note) },
          ] as const)),
      { kind: 'chapter', title: say('memo.method') },
      { kind: 'paragraph', text: say('memo.method.text', { instalments: edition.instalments }) },
      {
        kind: 'list',
        items: [
          ...(factors.length === 0 ? [] : [say('memo.method.class', { count: factors.length, names: listed(factors, locale) })]),
          ...(behaviours.length === 0
            ? []
            : [say('memo.method.behaviour', { count: behaviours.length, names: listed(behaviours, locale) })]),
        ],
      },
      { kind: 'paragraph', text: say('memo.credibility') },
      { kind: 'chapter', title: say('memo.effect') },
      effect,
      { kind: 'chapter', title: say('memo.guards') },
      { kind: 'list', items: guardSentences(edition, locale) },
      { kind: 'chapter', title: say('memo.checks') },
      {
        kind: 'list',
        items: [
          say('memo.checks.cases', { count, good: count - failedCases(edition).length }),
          say('memo.checks.hash'),
          say('memo.checks.manifest'),
        ],
      },
      { kind: 'chapter', title: say('memo.exhibits') },
      {
        kind: 'table',
        columns: [{ title: say('memo.exhibit.file'), width: 150 }, { title: say('memo.exhibit.what') }],
        rows: exhibits.map(({ file, what }) => ({ cells: [file, what] })),
      },
    ],
  }
}
