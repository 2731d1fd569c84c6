// The words that all documents of a filing share: its messages, and what the parts of an edition are called.

import type { Behaviour, ClassFactor, Edition, Words } from '../../pricing/edition/edition-document.ts'
import type { WorksheetStep } from '../../pricing/worksheet.ts'
import { filingMessages as en, type FilingKey } from '../messages/filing.en.ts'
import { filingMessages as zhCN } from '../messages/filing.zh-CN.ts'
import { formatDateTime, formatFixed, formatKm, formatMoney, formatNumber, formatPercent } from '../messages/format.ts'
import type { Locale } from '../messages/locale.ts'
import { fill, type MessageValues, sayIfKnown } from '../messages/say.ts'
import { formatShare, stepTitle } from '../messages/worksheet.ts'
import { printable, typeset } from '../pdf/printable.ts'
import type { Field } from '../pdf/table.ts'
import type { Report } from './report.ts'

export type SayFiling = (key: FilingKey, values?: MessageValues) => string

export function filingWords(locale: Locale): SayFiling {
  const messages = locale === 'zh-CN' ? zhCN : en
  return (key, values = {}) => typeset(fill(messages[key], values, locale))
}

/** What a filing is about, for every document of it. */
export interface FiledEdition {
  readonly edition: Edition
  /** The edition it is to replace. */
  readonly former?: Edition
  readonly submittedAtMs: number
}

const longTextMax = 4000

export function freeText(text: string): string {
  return printable(text, longTextMax)
}

/** Head, date and foot that every document of the filing has. */
export function reportFrame(filed: FiledEdition, locale: Locale, title: string): Omit<Report, 'blocks'> {
  const { edition, former, submittedAtMs } = filed
  const say = filingWords(locale)
  const planTitle = printable(edition.title)
  const fields: readonly Field[] = [
    { label: say('field.plan'), value: printable(edition.planId) },
    { label: say('field.title'), value: planTitle },
    { label: say('field.currency'), value: edition.currency },
    { label: say('field.submitted'), value: typeset(formatDateTime(submittedAtMs, locale, 'UTC')).concat(' UTC') },
    { label: say('field.hash'), value: edition.hash },
    { label: say('field.former'), value: former === undefined ? say('field.former.none') : former.hash },
  ]
  return {
    locale,
    atMs: submittedAtMs,
    title,
    documentTitle: `${title}: ${planTitle}`,
    subtitle: say(`product.${edition.product}`),
    fields,
    footer: {
      left: say('footer.edition', { plan: printable(edition.planId), hash: edition.hash.slice(0, 12) }),
      page: (page, pages) => say('footer.page', { page, pages }),
    },
  }
}

export function labelOr(label: Words | undefined, locale: Locale, otherwise: string): string {
  return label === undefined ? otherwise : printable(label[locale])
}

export function factorName(factor: ClassFactor, locale: Locale): string {
  return labelOr(factor.label, locale, stepTitle({ id: `class:${factor.id}` }, locale))
}

export function behaviourName({ id }: Behaviour, edition: Edition, locale: Locale): string {
  return stepTitle({ id: `${edition.product === 'motor' ? 'behaviour' : 'credit'}:${id}` }, locale)
}

export function nameOfStep(step: WorksheetStep, locale: Locale): string {
  return labelOr(step.label, locale, stepTitle(step, locale))
}

export function inputName(edition: Edition, name: string, locale: Locale): string {
  const known = `input.${name}`
  return labelOr(edition.inputs[name]?.label, locale, isFilingKey(known) ? filingWords(locale)(known) : printable(name))
}

export function levelName(factorId: string, level: string, locale: Locale): string {
  return sayIfKnown(locale, `level.${factorId}.${level}`) ?? printable(level)
}

/** The level of an input: class factors name their levels, and one that reads the input alone names them for it. */
export function inputLevelName({ factors }: Edition, input: string, level: string, locale: Locale): string {
  const factor = factors.find((candidate) => candidate.kind !== 'pair' && candidate.input === input)
  return factor === undefined ? printable(level) : levelName(factor.id, level, locale)
}

export function isFilingKey(key: string): key is FilingKey {
  return Object.hasOwn(en, key)
}

export function listed(names: readonly string[], locale: Locale): string {
  return names.join(locale === 'zh-CN' ? '、' : ', ')
}

/** Figures as a filing writes them. */
export function figuresIn(locale: Locale, currency: string) {
  return {
    money: (minor: number) => typeset(formatMoney(minor, currency, locale)),
    change: (minor: number) => typeset(formatMoney(minor, currency, locale, { sign: 'always' })),
    factor: (value: number) => formatFixed(value, locale, 4),
    number: (value: number, decimalsMax = 4) => formatNumber(value, locale, decimalsMax),
    km: (value: number) => typeset(formatKm(value, locale)),
    share: (value: number) => typeset(formatShare(value, locale)),
    percent: (value: number) => typeset(formatPercent(value, locale, 1)),
  }
}

/** What happens to an observed rate when it is written: a share in per cent, counts and minutes as they are. */
export function observedText(behaviour: Behaviour, value: number, locale: Locale): string {
  const isShare = ['night', 'speeding', 'phone'].includes(behaviour.measure)
  return isShare ? typeset(formatShare(value, locale)) : formatNumber(value, locale, 2)
}
