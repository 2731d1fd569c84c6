// What a statement says, as plain text in the reader's language, block by block. Pure; drawing it is render-statement.ts.

import type { Worksheet } from '../../pricing/worksheet.ts'
import { formatDateTime, formatDay, formatDistance, formatDuration, formatMoney, formatNumber } from '../messages/format.ts'
import type { Locale } from '../messages/locale.ts'
import { fill, type MessageValues } from '../messages/say.ts'
import { statementMessages as en, type StatementKey } from '../messages/statement.en.ts'
import { statementMessages as zhCN } from '../messages/statement.zh-CN.ts'
import { formatShare, premiumSentences, worksheetLines } from '../messages/worksheet.ts'
import { printable, typeset } from './printable.ts'

/** What the premium's trips come to. */
export interface TripSummary {
  readonly count: number
  readonly distanceM: number
  readonly durationS: number
  readonly nightShare: number
  readonly counts: {
    readonly brake: number
    readonly acceleration: number
    readonly cornering: number
    readonly speeding: number
  }
  readonly firstAtMs: number
  readonly lastAtMs: number
}

export interface HomeSummary {
  readonly days: number
  readonly liveDays: number
  readonly valveTests: number
  /** Calendar days, YYYY-MM-DD. */
  readonly firstDay: string
  readonly lastDay: string
}

export interface StatementFacts {
  readonly locale: Locale
  readonly worksheet: Worksheet
  readonly computedAtMs: number
  readonly issuedAtMs: number
  readonly timeZone: string
  readonly policyholder: string
  /** Undefined when nothing has been recorded. */
  readonly trips: TripSummary | undefined
  readonly homeDays: HomeSummary | undefined
}

export interface Field {
  readonly label: string
  readonly value: string
}

export interface StatementRow {
  readonly title: string
  readonly sentence: string
  readonly factor: string
  readonly amount: string
}

export interface Statement {
  readonly locale: Locale
  readonly issuedAtMs: number
  readonly title: string
  readonly documentTitle: string
  readonly product: string
  readonly fields: readonly Field[]
  readonly headline: { readonly label: string; readonly amount: string; readonly note: string }
  readonly why: { readonly heading: string; readonly sentences: readonly string[] }
  readonly worksheet: {
    readonly heading: string
    readonly intro: string
    readonly columns: readonly [step: string, factor: string, amount: string]
    readonly rows: readonly StatementRow[]
  }
  readonly summary: { readonly heading: string; readonly text: string; readonly fields: readonly Field[] }
  readonly proof: { readonly heading: string; readonly text: string; readonly fields: readonly Field[] }
  readonly footer: { readonly zone: string; readonly page: (page: number, pages: number) => string }
}

type Say = (key: StatementKey, values?: MessageValues) => string

export function composeStatement(facts: StatementFacts): Statement {
  const { locale, worksheet, timeZone } = facts
  const { currency, product } = worksheet
  const say: Say = (key, values = {}) => typeset(fill((locale === 'zh-CN' ? zhCN : en)[key], values, locale))
  const policy = printable(worksheet.policyId)
  const money = (minor: number) => typeset(formatMoney(minor, currency, locale))
  const time = (atMs: number) => typeset(formatDateTime(atMs, locale, timeZone))
  return {
    locale,
    issuedAtMs: facts.issuedAtMs,
    title: say('title'),
    documentTitle: say('documentTitle', { policy }),
    product: say(`product.${product}`),
    fields: [
      { label: say('field.policyholder'), value: printable(facts.policyholder) },
      { label: say('field.policy'), value: policy },
      { label: say('field.plan'), value: printable(worksheet.planId) },
      { label: say('field.computed'), value: time(facts.computedAtMs) },
      { label: say('field.issued'), value: time(facts.issuedAtMs) },
    ],
    headline: {
      label: say('headline.label'),
      amount: money(worksheet.premiumMinor),
      note: say('headline.class', { amount: money(worksheet.classPremiumMinor) }),
    },
    why: { heading: say('why'), sentences: premiumSentences(worksheet, locale).map(typeset) },
    worksheet: {
      heading: say('worksheet'),
      intro: say('worksheet.intro'),
      columns: [say('worksheet.step'), say('worksheet.factor'), say('worksheet.amount')],
      rows: worksheetLines(worksheet, locale).map((line, index) => ({
        title: printable(line.title),
        sentence: typeset(line.sentence),
        factor: isOperandShown(worksheet, index) ? typeset(line.operand) : '',
        amount: typeset(line.amount),
      })),
    },
    summary: product === 'motor' ? tripSummary(facts, say, time) : homeSummary(facts, say),
    proof: {
      heading: say('proof.heading'),
      text: say('proof.text', { policy }),
      fields: [
        { label: say('proof.edition'), value: printable(worksheet.editionHash) },
        { label: say('proof.facts'), value: printable(worksheet.factsHash) },
      ],
    },
    footer: {
      zone: say('footer.zone', { zone: printable(timeZone) }),
      page: (page, pages) => say('footer.page', { page, pages }),
    },
  }
}

/** The base rate is its own amount, and a limit that held nothing multiplies nothing. */
function isOperandShown({ steps }: Worksheet, index: number): boolean {
  const step = steps[index]
  if (step === undefined || step.operation === 'start') return false
  return step.operation !== 'clamp' || step.amountMinor !== steps[index - 1]?.amountMinor
}

function tripSummary({ trips, locale }: StatementFacts, say: Say, time: (atMs: number) => string): Statement['summary'] {
  const heading = say('trips.heading')
  if (trips === undefined) return { heading, text: say('trips.none'), fields: [] }
  return {
    heading,
    text: say('trips.period', { first: time(trips.firstAtMs), last: time(trips.lastAtMs) }),
    fields: [
      { label: say('trips.count'), value: formatNumber(trips.count, locale) },
      { label: say('trips.distance'), value: typeset(formatDistance(trips.distanceM, locale)) },
      { label: say('trips.duration'), value: typeset(formatDuration(trips.durationS, locale)) },
      { label: say('trips.night'), value: say('trips.night.value', { share: formatShare(trips.nightShare, locale) }) },
      { label: say('trips.events'), value: say('trips.events.value', { ...trips.counts }) },
    ],
  }
}

function homeSummary({ homeDays, locale }: StatementFacts, say: Say): Statement['summary'] {
  const heading = say('home.heading')
  if (homeDays === undefined) return { heading, text: say('home.none'), fields: [] }
  const day = (value: string) => typeset(formatDay(value, locale))
  return {
    heading,
    text: say('home.period', { first: day(homeDays.firstDay), last: day(homeDays.lastDay) }),
    fields: [
      { label: say('home.days'), value: formatNumber(homeDays.days, locale) },
      { label: say('home.live'), value: formatNumber(homeDays.liveDays, locale) },
      { label: say('home.valve'), value: formatNumber(homeDays.valveTests, locale) },
    ],
  }
}
