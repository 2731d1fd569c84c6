// What a statement says and that its PDF says it, in both languages.

import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { printable, typeset } from '../../dashboard/pdf/printable.ts'
import { renderStatement } from '../../dashboard/statement/render-statement.ts'
import { composeStatement, type StatementFacts } from '../../dashboard/statement/statement.ts'
import { readStatement } from '../../dashboard/statement/statement-subject.ts'
import { noDriving } from '../../pricing/rating/facts.ts'
import { defaultRungs } from '../../pricing/trip-facts.ts'
import { defaultMotorClass } from '../pricing/default-class.ts'
import { findService, howToGet } from '../services.ts'
import { exampleDriving, exampleWorksheet } from './example-worksheet.ts'
import { pdfText } from './pdf-text.ts'
import { darkBounds, printedPage } from './printed-page.ts'

const pdftotext = findService('pdftotext')
const pdftoppm = findService('pdftoppm')
const bytesMax = 150_000
const printedDpi = 300

const motor: StatementFacts = {
  locale: 'en',
  premiumId: '0123456789abcdef0123',
  worksheet: exampleWorksheet,
  facts: { product: 'motor', class: defaultMotorClass, driving: exampleDriving },
  rungs: defaultRungs,
  computedAtMs: Date.parse('2026-01-31T23:20:00Z'),
  issuedAtMs: Date.parse('2026-02-01T08:00:00Z'),
  timeZone: 'Europe/Amsterdam',
  policyholder: 'Anna Jansen',
  verifyUrl: 'https://merit.example/verify/0123456789abcdef0123',
}
const chinese: StatementFacts = { ...motor, locale: 'zh-CN', policyholder: '王小明', timeZone: 'Asia/Shanghai' }

test.skipIf(pdftotext === undefined)(
  `a statement says the amount, the holder and both hashes in both languages (needs pdftotext: ${howToGet('pdftotext')})`,
  async () => {
    for (const facts of [motor, chinese]) {
      const pdf = await renderStatement(composeStatement(facts))
      const text = pdfText(pdf)
      expect(pdf.length).toBeLessThan(bytesMax)
      expect(text).toContain('€41.37')
      expect(text).toContain(facts.policyholder)
      expect(text).toContain(exampleWorksheet.editionHash)
      expect(text).toContain(exampleWorksheet.factsHash)
    }
  },
)

test.skipIf(pdftotext === undefined)(
  `every step of the worksheet is on the statement, across pages (needs pdftotext: ${howToGet('pdftotext')})`,
  async () => {
    const english = pdfText(await renderStatement(composeStatement(motor)))
    for (const part of ['Base rate', '€480.00', 'Braking', '0.9570', 'Rounding', 'Page 1 of 2', 'Page 2 of 2'])
      expect(english).toContain(part)
    expect(english).not.toContain('0.9000')
    const inChinese = pdfText(await renderStatement(composeStatement(chinese)))
    for (const part of ['保费账单', '刹车', '0.9570', '取整', '第 2 页，共 2 页']) expect(inChinese).toContain(part)
  },
)

test.skipIf(pdftoppm === undefined)(
  `the code on the paper is the address of the page that verifies it (needs pdftoppm: ${howToGet('pdftoppm')})`,
  async () => {
    const pdf = await renderStatement(composeStatement(motor))
    expect(Buffer.from(pdf).toString('latin1')).toContain(`/URI (${motor.verifyUrl})`)
    const { data, size } = encode(motor.verifyUrl, { ecc: 'M', border: 0 })
    const printed = printedPage(pdf, printedDpi)
    // What is dark of the code, from its first module to its last.
    const [left, top, right, bottom] = darkBounds(printed, { fromX: 0.7, toY: 0.2 })
    const module = (right - left) / size
    expect(Math.abs((bottom - top) / (right - left) - 1)).toBeLessThan(0.02)
    for (const [row, line] of data.entries()) {
      for (const [column, isDark] of line.entries()) {
        const shade = printed.shadeAt(Math.round(left + (column + 0.5) * module), Math.round(top + (row + 0.5) * module))
        expect(`${row},${column} ${shade < 128}`).toBe(`${row},${column} ${isDark}`)
      }
    }
  },
)

test('dates are those of the policy’s own clock', () => {
  const computed = (facts: StatementFacts) => composeStatement(facts).fields.map((field) => field.value)
  expect(computed(motor)).toContain('1 Feb 2026, 00:20')
  expect(computed({ ...motor, timeZone: 'America/New_York' })).toContain('31 Jan 2026, 18:20')
})

test('the same statement gives the same bytes', async () => {
  const [one, other] = await Promise.all([renderStatement(composeStatement(motor)), renderStatement(composeStatement(motor))])
  expect(Buffer.compare(one, other)).toBe(0)
})

test('a policy of which nothing has been measured says so', () => {
  const facts = { product: 'motor', class: defaultMotorClass, driving: noDriving } as const
  const { summary } = composeStatement({ ...motor, facts })
  expect(summary).toEqual({ heading: 'Trips behind it', text: 'No trip has been recorded yet.', fields: [] })
})

test('text from outside can neither hide nor reorder anything, and keeps its letters', () => {
  const table: Readonly<Record<string, string>> = {
    'Anna\u202e nesnaJ\u202c': 'Anna nesnaJ',
    'tab\tand\nline\u0000 and \u200bnothing': 'tab and line and nothing',
    'Łukasz Dvořák-Şahin': 'Lukasz Dvorák-Sahin',
    'José Müller-Ångström': 'José Müller-Ångström',
    王小明: '王小明',
    '\ud800lone': 'lone',
  }
  for (const [text, expected] of Object.entries(table)) expect(printable(text)).toBe(expected)
  expect([...printable('é'.repeat(500))].length).toBe(120)
})

test('our own wording keeps to what the font can draw', () => {
  expect(typeset('×\u202f1.0000 (\u2212\u2060€1.00)')).toBe('×\u00a01.0000 (\u2212€1.00)')
})

test('no name can break the document', async () => {
  for (const policyholder of ['<script>alert(1)</script>', 'javascript:alert(1)', '(\\)) Tj ET', '', '🙂 مرحبا'])
    expect((await renderStatement(composeStatement({ ...motor, policyholder }))).length).toBeGreaterThan(1000)
})

test('a program reads back from the PDF which premium it is about, in both languages', async () => {
  for (const facts of [motor, chinese]) {
    expect(readStatement(await renderStatement(composeStatement(facts)))).toEqual({
      premiumId: '0123456789abcdef0123',
      premiumMinor: exampleWorksheet.premiumMinor,
      currency: 'EUR',
      editionHash: exampleWorksheet.editionHash,
      factsHash: exampleWorksheet.factsHash,
    })
  }
  expect(readStatement(new TextEncoder().encode('%PDF-1.7 of somebody else'))).toBeUndefined()
})
