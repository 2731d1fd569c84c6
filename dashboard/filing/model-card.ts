// The model card of an edition: what it is, what it reads, how far it can move a price, and what it is not for.

import type { Behaviour } from '../../pricing/edition/edition-document.ts'
import { factorValues } from '../../pricing/edition/factor-values.ts'
import { workedExample } from '../../pricing/filing/worked-example.ts'
import type { Locale } from '../messages/locale.ts'
import type { Row } from '../pdf/table.ts'
import {
  behaviourName,
  type FiledEdition,
  factorName,
  figuresIn,
  filingWords,
  freeText,
  inputName,
  listed,
  reportFrame,
} from './filing-words.ts'
import { guardSentences } from './guard-sentences.ts'
import type { Report } from './report.ts'

export function modelCard(filed: FiledEdition, locale: Locale): Report {
  const { edition } = filed
  const say = filingWords(locale)
  const figures = figuresIn(locale, edition.currency)
  const range = (name: string, factors: readonly number[]): Row => ({
    cells: [name, figures.factor(Math.min(...factors)), figures.factor(Math.max(...factors))],
  })
  const stated = Object.keys(edition.inputs).map((name) => inputName(edition, name, locale))
  const measured = edition.behaviours.map((behaviour) => behaviourName(behaviour, edition, locale))
  const { min, max } = edition.behaviourBounds
  return {
    ...reportFrame(filed, locale, say('card.title')),
    blocks: [
      { kind: 'chapter', title: say('card.what') },
      { kind: 'paragraph', text: say('card.what.text', { steps: workedExample(edition)?.worksheet.steps.length ?? 0 }) },
      { kind: 'chapter', title: say('card.data') },
      { kind: 'paragraph', text: edition.note === '' ? say('card.data.none') : freeText(edition.note) },
      { kind: 'chapter', title: say('card.inputs') },
      {
        kind: 'list',
        items: [
          say('card.inputs.class', { names: stated.length === 0 ? say('none') : listed(stated, locale) }),
          ...(edition.bonusMalus === undefined ? [] : [say('card.inputs.claims')]),
          say('card.inputs.behaviour', { names: measured.length === 0 ? say('none') : listed(measured, locale) }),
          say(`card.inputs.not.${edition.product}`),
        ],
      },
      { kind: 'chapter', title: say('card.quality') },
      { kind: 'paragraph', text: say(`card.quality.${edition.product}`) },
      { kind: 'chapter', title: say('card.range') },
      { kind: 'paragraph', text: say('card.range.text', { min: figures.factor(min), max: figures.factor(max) }) },
      {
        kind: 'table',
        columns: [
          { title: say('card.range.row'), width: 220 },
          { title: say('card.range.low'), width: 84, align: 'right' },
          { title: say('card.range.high'), width: 84, align: 'right' },
        ],
        rows: [
          ...edition.factors.map((factor) => range(factorName(factor, locale), factorValues(factor))),
          ...(edition.bonusMalus === undefined
            ? []
            : [range(say('manual.bonus'), [edition.bonusMalus.floor, edition.bonusMalus.cap])]),
          ...(edition.exposure === undefined
            ? []
            : [
                range(
                  say('manual.distance'),
                  edition.exposure.curve.map(([, factor]) => factor),
                ),
              ]),
          ...edition.behaviours.map((behaviour) => range(behaviourName(behaviour, edition, locale), behaviourFactors(behaviour))),
        ],
      },
      { kind: 'chapter', title: say('memo.guards') },
      { kind: 'list', items: guardSentences(edition, locale) },
      { kind: 'chapter', title: say('card.limits') },
      { kind: 'list', items: [say('card.limits.claims'), say('card.limits.renewal')] },
      { kind: 'chapter', title: say('card.fairness') },
      { kind: 'paragraph', text: say('card.fairness.text') },
      { kind: 'chapter', title: say('card.care') },
      { kind: 'paragraph', text: say('card.care.text') },
    ],
  }
}

/** At full credibility and without any, with and without a tested valve. */
function behaviourFactors({ curve, min, max, untestedFactor = 1 }: Behaviour): readonly number[] {
  const own = curve.flatMap(([, factor]) => [factor, factor * untestedFactor])
  return [1, ...own].map((factor) => Math.min(max ?? factor, Math.max(min ?? factor, factor)))
}
