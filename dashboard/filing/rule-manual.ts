// The rule manual: every rule, table, rounding step and limit of an edition in words, generated from the edition itself.

import type { Behaviour, ClassFactor, Edition, PairFactor } from '../../pricing/edition/edition-document.ts'
import { workedExample } from '../../pricing/filing/worked-example.ts'
import { type CellChange, editionDifference } from '../../pricing/lifecycle/edition-difference.ts'
import type { WorksheetStep } from '../../pricing/worksheet.ts'
import type { Locale } from '../messages/locale.ts'
import type { CurvePicture } from '../pdf/pictures.ts'
import { printable } from '../pdf/printable.ts'
import type { Column, Row } from '../pdf/table.ts'
import { isRate } from './filed-changes.ts'
import {
  behaviourName,
  type FiledEdition,
  factorName,
  figuresIn,
  filingWords,
  freeText,
  inputLevelName,
  inputName,
  isFilingKey,
  labelOr,
  levelName,
  listed,
  nameOfStep,
  observedText,
  reportFrame,
  type SayFiling,
} from './filing-words.ts'
import { guardSentences } from './guard-sentences.ts'
import type { Block, Report } from './report.ts'

interface Teller {
  readonly edition: Edition
  readonly locale: Locale
  readonly say: SayFiling
  readonly figures: ReturnType<typeof figuresIn>
}

export function ruleManual(filed: FiledEdition, locale: Locale): Report {
  const { edition, former } = filed
  const say = filingWords(locale)
  const teller: Teller = { edition, locale, say, figures: figuresIn(locale, edition.currency) }
  return {
    ...reportFrame(filed, locale, say('manual.title')),
    contents: say('contents'),
    blocks: [
      ...orderBlocks(teller),
      ...baseBlocks(teller),
      { kind: 'chapter', title: say('manual.factors') },
      ...(edition.factors.length === 0
        ? [{ kind: 'paragraph', text: say('manual.factors.none') } as const]
        : edition.factors.flatMap((factor) => factorBlocks(factor, teller))),
      ...bonusBlocks(teller),
      ...distanceBlocks(teller),
      { kind: 'chapter', title: say('manual.behaviours') },
      ...behaviourBlocks(teller),
      ...limitBlocks(teller),
      ...roundingBlocks(teller),
      { kind: 'chapter', title: say('manual.guards') },
      { kind: 'list', items: guardSentences(edition, locale) },
      ...inputBlocks(teller),
      { kind: 'chapter', title: say('manual.changes') },
      ...changeBlocks(former, teller),
      ...caseBlocks(teller),
    ],
  }
}

const factorColumn = (say: SayFiling): Column => ({ title: say('manual.factor'), width: 62, align: 'right' })
/** Beside tables this narrow there is room for the curve. */
const pointColumn = (title: string): Column => ({ title, width: 110, align: 'right' })

function orderBlocks({ edition, locale, say, figures }: Teller): readonly Block[] {
  const steps = withTermChange(workedExample(edition)?.worksheet.steps ?? [], edition)
  const does = (step: WorksheetStep): string => {
    if (step.operation === 'round') return say('order.round', { amount: figures.money(step.operand) })
    if (step.operation === 'divide') return say('order.divide', { parts: step.operand })
    if (step.operation !== 'clamp') return say(`order.${step.operation}`)
    const { min, max } = edition.behaviourBounds
    if (step.id === 'clamp') return say('order.clamp', { min: figures.factor(min), max: figures.factor(max) })
    return say(step.id === 'term-change' ? 'order.term-change' : 'order.premium-bounds')
  }
  return [
    { kind: 'chapter', title: say('manual.order') },
    { kind: 'paragraph', text: say('manual.order.text') },
    {
      kind: 'table',
      columns: [{ title: say('manual.order.step'), width: 170 }, { title: say('manual.order.does') }],
      rows: steps.map((step, index): Row => ({ cells: [`${index + 1}. ${nameOfStep(step, locale)}`, does(step)] })),
    },
  ]
}

/** A policy in its first term has no such step; the rule is there all the same. */
function withTermChange(steps: readonly WorksheetStep[], { guardRails }: Edition): readonly WorksheetStep[] {
  if (guardRails.maxChangePerTerm === undefined || steps.some(({ id }) => id === 'term-change')) return steps
  const rule: WorksheetStep = { id: 'term-change', operation: 'clamp', operand: 1, amountMinor: 0, figures: {} }
  return steps.flatMap((step) => (step.id === 'instalment' ? [rule, step] : [step]))
}

function baseBlocks({ edition, locale, say, figures }: Teller): readonly Block[] {
  return [
    { kind: 'chapter', title: say('manual.base') },
    { kind: 'paragraph', text: say('manual.base.text') },
    {
      kind: 'table',
      columns: [
        { title: say('manual.base.coverage'), width: 220 },
        { title: say('manual.base.amount'), width: 84, align: 'right' },
      ],
      rows: edition.baseRates.map(({ coverage, annualMinor, label }) => ({
        cells: [labelOr(label, locale, printable(coverage)), figures.money(annualMinor)],
      })),
    },
  ]
}

function factorBlocks(factor: ClassFactor, teller: Teller): readonly Block[] {
  const [heading, ...table] = tableBlocks(factor, teller)
  return [...(heading === undefined ? [] : [heading]), ...whereBlocks(factor, teller), ...table]
}

function whereBlocks({ where }: ClassFactor, { edition, locale, say }: Teller): readonly Block[] {
  if (where === undefined) return []
  const levels = listed(
    where.levels.map((level) => inputLevelName(edition, where.input, level, locale)),
    locale,
  )
  return [{ kind: 'paragraph', text: say('manual.where.text', { input: inputName(edition, where.input, locale), levels }) }]
}

function tableBlocks(factor: ClassFactor, teller: Teller): readonly Block[] {
  const { edition, locale, say, figures } = teller
  const level = (name: string) => levelName(factor.id, name, locale)
  const heading: Block = { kind: 'heading', title: factorName(factor, locale) }
  switch (factor.kind) {
    case 'levels':
      return [
        heading,
        { kind: 'paragraph', text: say('manual.levels.text', { input: inputName(edition, factor.input, locale) }) },
        {
          kind: 'table',
          columns: [{ title: say('manual.level'), width: 220 }, factorColumn(say)],
          rows: Object.entries(factor.levels).map(([name, value]) => ({ cells: [level(name), figures.factor(value)] })),
        },
      ]
    case 'bands':
      return [
        heading,
        { kind: 'paragraph', text: say('manual.bands.text', { input: inputName(edition, factor.input, locale) }) },
        {
          kind: 'table',
          columns: [
            { title: say('manual.level'), width: 150 },
            { title: say('manual.from'), width: 62, align: 'right' },
            { title: say('manual.below'), width: 62, align: 'right' },
            factorColumn(say),
          ],
          rows: factor.bands.map(({ level: name, below, factor: value }, index) => ({
            cells: [level(name), end(factor.bands[index - 1]?.below, figures), end(below, figures), figures.factor(value)],
          })),
        },
      ]
    case 'curve':
      return [
        heading,
        { kind: 'paragraph', text: say('manual.curve.text', { input: inputName(edition, factor.input, locale) }) },
        curveTable(
          factor.curve,
          inputName(edition, factor.input, locale),
          (x) => figures.number(x),
          factorName(factor, locale),
          teller,
        ),
      ]
    case 'pair':
      return [heading, ...pairBlocks(factor, teller)]
  }
}

/** More columns than these do not stand side by side on a page. */
const matrixColumnsMax = 5

function pairBlocks(factor: PairFactor, { edition, locale, say, figures }: Teller): readonly Block[] {
  const level = (name: string) => levelName(factor.id, name, locale)
  const [row, column] = factor.inputs.map((name) => inputName(edition, name, locale))
  const names = { row: row ?? '', column: column ?? '' }
  const text: Block = { kind: 'paragraph', text: say('manual.pair.text', names) }
  const cell = (at: number, across: number) => figures.factor(factor.factors[at]?.[across] ?? 1)
  if (factor.columns.length <= matrixColumnsMax) {
    const columns = factor.columns.map((second): Column => ({ title: level(second.level), width: 62, align: 'right' }))
    const rows = factor.rows.map((first, at) => ({
      cells: [level(first.level), ...factor.columns.map((_, across) => cell(at, across))],
    }))
    return [text, { kind: 'table', columns: [{ title: names.row, width: 100 }, ...columns], rows }]
  }
  const rows = factor.rows.flatMap((first, at) =>
    factor.columns.map((second, across) => ({ cells: [level(first.level), level(second.level), cell(at, across)] })),
  )
  const columns = [{ title: names.row, width: 160 }, { title: names.column, width: 160 }, factorColumn(say)]
  return [text, { kind: 'table', columns, rows }]
}

function end(value: number | undefined, figures: Teller['figures']): string {
  return value === undefined ? '' : figures.number(value)
}

function curveTable(
  curve: readonly (readonly [number, number])[],
  title: string,
  formatX: (x: number) => string,
  name: string,
  { say, figures }: Teller,
  factorTitle: string = say('manual.factor'),
): Block {
  const picture: CurvePicture = { points: curve, formatX, formatY: (y) => figures.number(y, 2), meaning: `${name}: ${title}` }
  return {
    kind: 'table',
    columns: [pointColumn(title), { ...factorColumn(say), title: factorTitle }],
    rows: curve.map(([x, y]) => ({ cells: [formatX(x), figures.factor(y)] })),
    picture,
  }
}

function bonusBlocks({ edition: { bonusMalus }, say, figures }: Teller): readonly Block[] {
  if (bonusMalus === undefined) return []
  const { start, perClaimFreeYear, perAtFaultClaim, decimals, floor, cap } = bonusMalus
  const values = { start, free: perClaimFreeYear, claim: perAtFaultClaim, decimals, floor, cap }
  const written = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, figures.number(value)]))
  return [
    { kind: 'chapter', title: say('manual.bonus') },
    { kind: 'paragraph', text: say('manual.bonus.text', written) },
  ]
}

function distanceBlocks(teller: Teller): readonly Block[] {
  const { edition, say, figures } = teller
  const { exposure } = edition
  if (exposure === undefined) return []
  return [
    { kind: 'chapter', title: say('manual.distance') },
    { kind: 'paragraph', text: say('manual.distance.text', { k: figures.number(exposure.k) }) },
    curveTable(exposure.curve, say('manual.distance.km'), (km) => figures.number(km), say('manual.distance'), teller),
  ]
}

function behaviourBlocks(teller: Teller): readonly Block[] {
  const { edition, say } = teller
  if (edition.behaviours.length === 0) return [{ kind: 'paragraph', text: say('manual.behaviours.none') }]
  return [
    { kind: 'paragraph', text: say('manual.behaviours.text') },
    ...edition.behaviours.flatMap((behaviour) => oneBehaviour(behaviour, teller)),
  ]
}

function oneBehaviour(behaviour: Behaviour, teller: Teller): readonly Block[] {
  const { edition, locale, say, figures } = teller
  const { measure, rungMps2, k, curve, untestedFactor } = behaviour
  const name = behaviourName(behaviour, edition, locale)
  const known = `measure.${measure}`
  const rung = rungMps2 === undefined ? '' : `${figures.number(rungMps2)}\u00a0m/s²`
  const sentences = [
    isFilingKey(known) ? say(known, { rung }) : printable(measure),
    edition.product === 'motor' ? say('manual.behaviour.k.km', { k: figures.km(k) }) : say('manual.behaviour.k.days', { k }),
    boundsSentence(behaviour, teller),
    untestedFactor === undefined ? '' : say('manual.behaviour.untested', { factor: figures.factor(untestedFactor) }),
  ]
  const text = sentences.filter((sentence) => sentence !== '').join(locale === 'zh-CN' ? '' : ' ')
  const own = say('manual.behaviour.own')
  const table = curveTable(curve, say('manual.behaviour.observed'), (x) => observedText(behaviour, x, locale), name, teller, own)
  return [{ kind: 'heading', title: name }, { kind: 'paragraph', text }, table]
}

function boundsSentence({ min, max }: Behaviour, { say, figures }: Teller): string {
  if (min !== undefined && max !== undefined)
    return say('manual.behaviour.bounds', { min: figures.factor(min), max: figures.factor(max) })
  if (min !== undefined) return say('manual.behaviour.min', { min: figures.factor(min) })
  return max === undefined ? '' : say('manual.behaviour.max', { max: figures.factor(max) })
}

function limitBlocks({ edition, say, figures }: Teller): readonly Block[] {
  const { minAnnualMinor, maxAnnualMinor } = edition.premiumBounds
  const { min, max } = edition.behaviourBounds
  return [
    { kind: 'chapter', title: say('manual.limits') },
    {
      kind: 'list',
      items: [
        say('manual.limits.behaviour', {
          decimals: edition.rounding.factorDecimals,
          min: figures.factor(min),
          max: figures.factor(max),
        }),
        ...(minAnnualMinor === undefined ? [] : [say('manual.limits.min', { amount: figures.money(minAnnualMinor) })]),
        ...(maxAnnualMinor === undefined ? [] : [say('manual.limits.max', { amount: figures.money(maxAnnualMinor) })]),
        ...(minAnnualMinor === undefined && maxAnnualMinor === undefined ? [say('manual.limits.none')] : []),
      ],
    },
  ]
}

function roundingBlocks({ edition: { rounding, instalments }, say, figures }: Teller): readonly Block[] {
  return [
    { kind: 'chapter', title: say('manual.rounding') },
    { kind: 'paragraph', text: say('manual.rounding.factors', { decimals: rounding.factorDecimals }) },
    { kind: 'paragraph', text: say('manual.instalments', { parts: instalments }) },
    {
      kind: 'table',
      columns: [
        { title: say('manual.rounding.step'), width: 220 },
        { title: say('manual.rounding.to'), width: 100, align: 'right' },
      ],
      rows: rounding.steps.map(({ after, toMinor }) => ({ cells: [say(`rounding.${after}`), figures.money(toMinor)] })),
    },
  ]
}

function inputBlocks({ edition, locale, say, figures }: Teller): readonly Block[] {
  const rows = Object.entries(edition.inputs).map(([name, input]): Row => {
    const allowed =
      input.kind === 'number'
        ? say('manual.inputs.range', { min: figures.number(input.min), max: figures.number(input.max) })
        : listed(
            input.levels.map((level) => inputLevelName(edition, name, level, locale)),
            locale,
          )
    const byDefault =
      typeof input.default === 'number' ? figures.number(input.default) : inputLevelName(edition, name, input.default, locale)
    return { cells: [{ title: inputName(edition, name, locale), note: printable(name) }, allowed, byDefault] }
  })
  return [
    { kind: 'chapter', title: say('manual.inputs') },
    { kind: 'paragraph', text: say('manual.inputs.text') },
    {
      kind: 'table',
      columns: [
        { title: say('manual.inputs.name'), width: 170 },
        { title: say('manual.inputs.allowed') },
        { title: say('manual.inputs.default'), width: 84, align: 'right' },
      ],
      rows,
    },
  ]
}

function changeBlocks(former: Edition | undefined, { edition, say, figures }: Teller): readonly Block[] {
  if (former === undefined) return [{ kind: 'paragraph', text: say('manual.changes.none') }]
  const changes = editionDifference(former, edition).filter(isRate)
  if (changes.length === 0) return [{ kind: 'paragraph', text: say('manual.changes.same') }]
  const write = (value: CellChange['before']) => (typeof value === 'number' ? figures.number(value) : freeText(value ?? ''))
  const row = ({ table, level, column, before, after }: CellChange): Row => ({
    cells: [{ title: printable(table), note: printable([level, column].join(' · ')) }, write(before), write(after)],
  })
  return [
    {
      kind: 'table',
      columns: [
        { title: say('manual.changes.where') },
        { title: say('manual.changes.before'), width: 96, align: 'right' },
        { title: say('manual.changes.after'), width: 96, align: 'right' },
      ],
      rows: changes.map(row),
    },
  ]
}

function caseBlocks({ edition, say, figures }: Teller): readonly Block[] {
  return [
    { kind: 'chapter', title: say('manual.cases') },
    { kind: 'paragraph', text: say('manual.cases.text') },
    {
      kind: 'table',
      columns: [
        { title: say('manual.cases.name') },
        { title: say('manual.cases.class'), width: 84, align: 'right' },
        { title: say('manual.cases.own'), width: 84, align: 'right' },
      ],
      rows: edition.testCases.map(({ name, classPremiumMinor, premiumMinor }) => ({
        cells: [printable(name), figures.money(classPremiumMinor), figures.money(premiumMinor)],
      })),
    },
  ]
}
