// What a notice of a changed premium says, in both languages and on its PDF.

import { expect, test } from 'vitest'
import type { Locale } from '../../dashboard/messages/locale.ts'
import { noticeMessages as en } from '../../dashboard/messages/notice.en.ts'
import { noticeMessages as zhCN } from '../../dashboard/messages/notice.zh-CN.ts'
import { composeNotice, type NoticeFacts, reasonsOf } from '../../dashboard/notice/notice.ts'
import { renderNotice } from '../../dashboard/notice/render-notice.ts'
import { decompose } from '../../pricing/notice/decompose.ts'
import { noticeHeadings } from '../../pricing/notice/headings.ts'
import type { PremiumNotice } from '../../pricing/notice/notices-of.ts'
import type { Worksheet, WorksheetStep } from '../../pricing/worksheet.ts'
import { findService, howToGet } from '../services.ts'
import { exampleWorksheet } from './example-worksheet.ts'
import { pdfText } from './pdf-text.ts'

const pdftotext = findService('pdftotext')
const bytesMax = 150_000

type Figures = WorksheetStep['figures']
type Change = { readonly operand?: number; readonly figures?: Figures }

/** The example with some of its steps changed, computed again. */
function changed(changes: Readonly<Record<string, Change>>, more: Partial<Worksheet> = {}): Worksheet {
  let amountMinor = 0
  const steps = exampleWorksheet.steps.map((step) => {
    const change = changes[step.id] ?? {}
    const operand = change.operand ?? step.operand
    if (step.operation === 'start') amountMinor = operand
    else if (step.operation === 'multiply') amountMinor *= operand
    else if (step.operation === 'divide') amountMinor /= operand
    else if (step.operation === 'round') amountMinor = Math.round(amountMinor)
    return { ...step, operand, amountMinor, figures: { ...step.figures, ...change.figures } }
  })
  return { ...exampleWorksheet, ...more, steps, premiumMinor: amountMinor }
}

const before = changed({})
const after = changed(
  {
    'behaviour:night': { operand: 1.08, figures: { observed: 0.14, credibility: 0.41, ownFactor: 1.2, exposureKm: 1400 } },
    'behaviour:braking': { operand: 0.94, figures: { observed: 3.1, credibility: 0.41, exposureKm: 1400 } },
    'behaviour:phone': { operand: 1.02, figures: { observed: 0.03, unit: 'share', credibility: 0.2, exposureKm: 400 } },
    mileage: { operand: 0.98, figures: { kmPerYear: 11_400 } },
    'class:driver-age': { operand: 1.03, figures: { level: '30-59' } },
  },
  { factsHash: 'b'.repeat(64) },
)

function noticeOf(from: Worksheet, to: Worksheet): PremiumNotice {
  const decomposed = decompose(from, to)
  if (decomposed.kind !== 'parts') throw new Error(decomposed.kind)
  return {
    policyId: 'motor-1',
    number: 7,
    oldMinor: decomposed.oldMinor,
    newMinor: decomposed.newMinor,
    currency: 'EUR',
    fromMs: Date.parse('2026-01-31T23:20:00Z'),
    changedAtMs: Date.parse('2026-03-14T08:00:00Z'),
    noticedAtMs: Date.parse('2026-03-14T08:00:00Z'),
    parts: decomposed.parts,
    before: from,
    after: to,
  }
}

const facts: NoticeFacts = {
  locale: 'en',
  notice: noticeOf(before, after),
  timeZone: 'Europe/Amsterdam',
  policyholder: 'Anna Jansen',
}
const chinese: NoticeFacts = { ...facts, locale: 'zh-CN', policyholder: '王小明', timeZone: 'Asia/Shanghai' }

test('every reason is said in words that anyone understands, now and before', () => {
  const sentences = reasonsOf(facts.notice, 'en').flatMap(({ reasons }) =>
    reasons.map(({ sentence }) => sentence.replaceAll('\u00a0', ' ')),
  )
  expect(sentences).toContain(
    'You drove at night on 14% of your kilometres; before, 2%. It counts 41% instead of 29%, because more has been measured.',
  )
  expect(sentences).toContain(
    'You braked hard 3.1 times per 1,000 km; before, 4.9. It counts 41% instead of 29%, because more has been measured.',
  )
  expect(sentences).toContain('You held the phone during 3% of your driving time; before, nothing had been measured.')
  expect(sentences).toContain('Your premium is for 11,400 km a year; before, 10,240 km.')
  expect(sentences).toContain('You are now in the group “30 to 59”; before, “25 to 29”.')
})

test('the reasons stand under the statute’s headings, in its order, and are the whole difference', () => {
  const groups = reasonsOf(facts.notice, 'en')
  expect(groups.map(({ heading }) => heading)).toEqual(['miles-driven', 'driving-behaviour', 'driver'])
  const places = groups.map(({ heading }) => noticeHeadings.indexOf(heading))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  const sum = groups.flatMap(({ reasons }) => reasons).reduce((total, { changeMinor }) => total + changeMinor, 0)
  expect(sum).toBe(facts.notice.newMinor - facts.notice.oldMinor)
  expect(groups.reduce((total, { changeMinor }) => total + changeMinor, 0)).toBe(sum)
})

test('what the insurer changed is told apart from what the policyholder did', () => {
  const other = changed({ 'base-rate': { operand: 54_000 }, 'class:region': { operand: 1.1 } }, { editionHash: 'c'.repeat(64) })
  const groups = reasonsOf(noticeOf(before, other), 'en')
  expect(groups.map(({ heading }) => heading)).toEqual(['rate-change'])
  expect(groups[0]?.reasons.map(({ sentence }) => sentence)).toEqual([
    'Where the price of a year starts: now €540.00; before, €480.00.',
    'You are in the same group, “urban”; its factor is now 1.1000, before 1.0500.',
  ])
})

test('a limit that begins to hold says so', () => {
  const limit = (combined: number, kept: number) => ({ operand: kept, figures: { combined, min: 0.9, max: 1.1 } })
  const steps = (sheet: Worksheet, change: Change): Worksheet => ({
    ...sheet,
    steps: sheet.steps.map((step) => (step.id === 'clamp' ? { ...step, ...change, figures: { ...change.figures } } : step)),
  })
  const held = noticeOf(steps(before, limit(1, 1)), steps(after, limit(1.2, 1.1)))
  const sentences = reasonsOf(held, 'en')
    .filter(({ heading }) => heading === 'premium-capping')
    .flatMap(({ reasons }) => reasons)
  expect(sentences.map(({ sentence }) => sentence)).toEqual([
    'Everything measured together may move a price only so far. This limit holds your price now; before, it did not.',
  ])
})

test('both languages have the same values in every message', () => {
  const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? ''))].sort().join()
  const english: Readonly<Record<string, string>> = en
  const different = Object.entries(zhCN).filter(([key, text]) => names(text) !== names(english[key] ?? ''))
  expect(different.map(([key]) => key)).toEqual([])
})

test.skipIf(pdftotext === undefined)(
  `the PDF says the amounts and the reasons in both languages (needs pdftotext: ${howToGet('pdftotext')})`,
  async () => {
    const expected: Readonly<Record<Locale, readonly string[]>> = {
      en: [
        'Why your premium went up',
        'Anna Jansen',
        'How you drive',
        'You drove at night on 14% of your kilometres',
        'WAC 284-30A-070',
      ],
      'zh-CN': ['您的保费为什么上涨', '王小明', '驾驶行为', '您的夜间里程占 14%', 'WAC 284-30A-070'],
    }
    for (const given of [facts, chinese]) {
      const pdf = await renderNotice(composeNotice(given))
      const text = pdfText(pdf)
      for (const part of expected[given.locale]) expect(text).toContain(part)
      expect(pdf.length).toBeLessThan(bytesMax)
    }
  },
)

test('the same notice gives the same bytes', async () => {
  const [one, other] = await Promise.all([renderNotice(composeNotice(facts)), renderNotice(composeNotice(facts))])
  expect(Buffer.compare(one, other)).toBe(0)
})
