// The worked example: what is known and measured of one policy, and its worksheet step by step.

import type { WorkedExample } from '../../pricing/filing/worked-example.ts'
import type { Facts } from '../../pricing/rating/facts.ts'
import type { Locale } from '../messages/locale.ts'
import { stepTitle, worksheetLines } from '../messages/worksheet.ts'
import { printable, typeset } from '../pdf/printable.ts'
import type { Field } from '../pdf/table.ts'
import {
  type FiledEdition,
  figuresIn,
  filingWords,
  inputLevelName,
  inputName,
  isFilingKey,
  listed,
  nameOfStep,
  reportFrame,
} from './filing-words.ts'
import type { Report } from './report.ts'

/** Labels of what was measured are long. */
const labelWidth = 190

export function exampleReport(filed: FiledEdition, example: WorkedExample, locale: Locale): Report {
  const { edition } = filed
  const { testCase, worksheet } = example
  const say = filingWords(locale)
  const figures = figuresIn(locale, edition.currency)
  const lines = worksheetLines(worksheet, locale)
  return {
    ...reportFrame(filed, locale, say('example.title')),
    blocks: [
      { kind: 'paragraph', text: say('example.text') },
      { kind: 'chapter', title: say('example.case') },
      { kind: 'paragraph', text: printable(testCase.name) },
      { kind: 'heading', title: say('example.facts') },
      { kind: 'fields', labelWidth, fields: knownFields(filed, testCase.facts, locale) },
      { kind: 'heading', title: say('example.driving') },
      { kind: 'fields', labelWidth, fields: measuredFields(testCase.facts, filed, locale) },
      { kind: 'chapter', title: say('example.steps') },
      {
        kind: 'table',
        columns: [
          { title: say('example.step') },
          { title: say('example.factor'), width: 66, align: 'right' },
          { title: say('example.amount'), width: 84, align: 'right' },
        ],
        rows: worksheet.steps.map((step, index) => ({
          cells: [
            { title: nameOfStep(step, locale), note: typeset(lines[index]?.sentence ?? '') },
            step.operation === 'start' || step.operation === 'clamp' ? '' : typeset(lines[index]?.operand ?? ''),
            figures.money(step.amountMinor),
          ],
          ...(index === worksheet.steps.length - 1 ? { kind: 'total' as const } : {}),
        })),
      },
      {
        kind: 'paragraph',
        text: say('example.result', {
          own: figures.money(worksheet.premiumMinor),
          class: figures.money(worksheet.classPremiumMinor),
        }),
      },
    ],
  }
}

function knownFields({ edition }: FiledEdition, facts: Facts, locale: Locale): readonly Field[] {
  const say = filingWords(locale)
  const figures = figuresIn(locale, edition.currency)
  const known = Object.entries(facts.class).map(([name, value]) => ({
    label: inputName(edition, name, locale),
    value: typeof value === 'number' ? figures.number(value) : inputLevelName(edition, name, value, locale),
  }))
  const { claimsByYear, previousTermAnnualMinor } = facts
  if (claimsByYear !== undefined)
    known.push({ label: say('known.claimsByYear'), value: listed(claimsByYear.map(String), locale) })
  if (previousTermAnnualMinor !== undefined)
    known.push({ label: say('known.previousTermAnnualMinor'), value: figures.money(previousTermAnnualMinor) })
  return known
}

function measuredFields(facts: Facts, { edition }: FiledEdition, locale: Locale): readonly Field[] {
  const say = filingWords(locale)
  const figures = figuresIn(locale, edition.currency)
  const measured: Readonly<Record<string, unknown>> = facts.product === 'motor' ? facts.driving : facts.living
  return Object.entries(measured).map(([name, value]): Field => {
    const key = `measured.${name}`
    const label = isFilingKey(key) ? say(key) : printable(name)
    if (Array.isArray(value))
      return {
        label,
        value: listed(
          value.map((count) => String(count)),
          locale,
        ),
      }
    if (typeof value === 'number') return { label, value: name.endsWith('Km') ? figures.km(value) : figures.number(value, 1) }
    const peril = typeof value === 'object' && value !== null && 'minutes' in value && 'days' in value ? value : undefined
    return {
      label: say('measured.peril', { name: stepTitle({ id: `credit:${name}` }, locale) }),
      value: say('measured.peril.value', { minutes: String(peril?.minutes ?? 0), days: String(peril?.days ?? 0) }),
    }
  })
}
