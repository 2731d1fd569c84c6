// An edition's own test cases, rated.

import type { EditionDocument, TestCase } from '../edition/edition-document.ts'
import { compileEdition, type Price } from './compile.ts'

/** A test case of the edition that does not come out as it says. */
interface FailedCase extends Price {
  readonly index: number
  readonly name: string
  readonly expected: Price
}

/** Those that fail, with what they came to; none when the edition is good. */
export function failedCases(edition: EditionDocument): readonly FailedCase[] {
  const { price } = compileEdition(edition)
  return edition.testCases.flatMap(({ name, facts, premiumMinor, classPremiumMinor }, index) => {
    const came = price(facts)
    const isGood = came.premiumMinor === premiumMinor && came.classPremiumMinor === classPremiumMinor
    return isGood ? [] : [{ ...came, index, name, expected: { premiumMinor, classPremiumMinor } }]
  })
}

/** The same cases with what they come to: for a plan that was changed on purpose. */
export function withCasesRated(edition: EditionDocument): EditionDocument {
  const { price } = compileEdition(edition)
  return { ...edition, testCases: edition.testCases.map((one): TestCase => ({ ...one, ...price(one.facts) })) }
}
