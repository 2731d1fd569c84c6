// What a statement says, as plain text in the reader's language, block by block. Pure; drawing it is render-statement.ts.

import type { Driving, Facts, Living } from '../../pricing/rating/facts.ts'
import { atRung, type Rungs } from '../../pricing/trip-facts.ts'
import type { Worksheet, WorksheetStep } from '../../pricing/worksheet.ts'
import { formatDateTime, formatKm, formatMoney, formatNumber } from '../messages/format.ts'
import type { Locale } from '../messages/locale.ts'
import { fill, type MessageValues } from '../messages/say.ts'
import { statementMessages as en, type StatementKey } from '../messages/statement.en.ts'
import { statementMessages as zhCN } from '../messages/statement.zh-CN.ts'
import { formatShare, premiumSentences, worksheetLines } from '../messages/worksheet.ts'
import { printable, typeset } from '../pdf/printable.ts'
import type { QrCode } from '../pdf/qr.ts'
import type { Field, Headline } from '../pdf/table.ts'
import { subjectOf } from './statement-subject.ts'

export interface StatementFacts {
  readonly locale: Locale
  readonly premiumId: string
  readonly worksheet: Worksheet
  readonly computedAtMs: number
  readonly issuedAtMs: number
  readonly timeZone: string
  readonly policyholder: string
  /** The facts of `factsHash`: the summary says nothing that the premium does not rest on. */
  readonly facts: Facts
  /** Where anybody can see that the statement is genuine: an http or https address. */
  readonly verifyUrl: string
  /** At which the edition counts hard events. */
  readonly rungs: Rungs
}

interface StatementRow {
  readonly title: string
  readonly sentence: string
  readonly factor: string
  readonly amount: string
}

export interface Statement {
  readonly locale: Locale
  /** What the statement is about, for programs: written into the PDF, and read back by read-statement.ts. */
  readonly subject: string
  readonly issuedAtMs: number
  readonly title: string
  readonly documentTitle: string
  readonly product: string
  readonly fields: readonly Field[]
  readonly headline: Headline
  readonly code: QrCode
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
    subject: subjectOf(facts.premiumId, worksheet),
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
    code: {
      url: facts.verifyUrl,
      caption: say('code.caption'),
      meaning: say('code.meaning', { premium: printable(facts.premiumId) }),
    },
    why: { heading: say('why'), sentences: premiumSentences(worksheet, locale).map(typeset) },
    worksheet: {
      heading: say('worksheet'),
      intro: say('worksheet.intro'),
      columns: [say('worksheet.step'), say('worksheet.factor'), say('worksheet.amount')],
      rows: worksheetLines(worksheet, locale).map((line, index) => ({
        title: printable(line.title),
        sentence: typeset(line.sentence),
        factor: isOperandShown(worksheet.steps[index]) ? typeset(line.operand) : '',
        amount: typeset(line.amount),
      })),
    },
    summary: summaryOf(facts, say),
    proof: {
      heading: say('proof.heading'),
      text: say('proof.text'),
      fields: [
        { label: say('proof.premium'), value: printable(facts.premiumId) },
        { label: say('proof.edition'), value: printable(worksheet.editionHash) },
        { label: say('proof.facts'), value: printable(worksheet.factsHash) },
        { label: say('proof.command'), value: `npm run -s merit -- verify ${printable(facts.premiumId)}` },
      ],
    },
    footer: {
      zone: say('footer.zone', { zone: printable(timeZone) }),
      page: (page, pages) => say('footer.page', { page, pages }),
    },
  }
}

/** The base rate is its own amount; a limit keeps a factor that is made of the ones above it and multiplies nothing itself. */
function isOperandShown(step: WorksheetStep | undefined): boolean {
  return step !== undefined && step.operation !== 'start' && step.operation !== 'clamp'
}

function summaryOf({ facts, rungs, locale }: StatementFacts, say: Say): Statement['summary'] {
  return facts.product === 'motor' ? drivingSummary(facts.driving, rungs, locale, say) : livingSummary(facts.living, locale, say)
}

function drivingSummary(driving: Driving, rungs: Rungs, locale: Locale, say: Say): Statement['summary'] {
  const heading = say('trips.heading')
  if (driving.trips === 0) return { heading, text: say('trips.none'), fields: [] }
  const counted = {
    brake: atRung(driving.brakes, rungs.braking),
    acceleration: atRung(driving.accelerations, rungs.acceleration),
    cornering: atRung(driving.turns, rungs.cornering),
  }
  const km = (value: number) => typeset(formatKm(value, locale))
  const share = (part: number, whole: number) => formatShare(whole > 0 ? part / whole : 0, locale)
  const none = say('summary.unknown')
  return {
    heading,
    text: say('trips.text', { days: Math.max(1, Math.round(driving.observedDays)) }),
    fields: [
      { label: say('trips.count'), value: formatNumber(driving.trips, locale) },
      { label: say('trips.distance'), value: km(driving.distanceKm) },
      { label: say('trips.events'), value: say('trips.events.value', counted) },
      { label: say('trips.night'), value: say('trips.share', { share: share(driving.nightKm, driving.distanceKm) }) },
      {
        label: say('trips.speeding'),
        value:
          driving.limitKnownKm > 0
            ? say('trips.speeding.value', {
                share: share(driving.speedingKm, driving.limitKnownKm),
                km: km(driving.limitKnownKm),
              })
            : none,
      },
    ],
  }
}

function livingSummary(living: Living, locale: Locale, say: Say): Statement['summary'] {
  const heading = say('home.heading')
  if (living.days === 0) return { heading, text: say('home.none'), fields: [] }
  return {
    heading,
    text: say('home.text'),
    fields: [
      { label: say('home.days'), value: formatNumber(living.days, locale) },
      { label: say('home.live'), value: formatNumber(living.liveDays, locale) },
      { label: say('home.valve'), value: formatNumber(living.valveTests, locale) },
    ],
  }
}
