// From outside to an edition that can be rated with: the form, then what must be true beside it, then its own test cases. A
// document is addressed by the hash of its canonical form, whatever form it has.

import { Compile } from 'typebox/compile'
import { canonicalJson, sha256 } from '../canonical-json.ts'
import { failedCases } from '../rating/failed-cases.ts'
import { type Edition, type EditionDocument, EditionSchema } from './edition-document.ts'
import { editionOneProblems, HomeEditionOneSchema, MotorEditionOneSchema, upgradeEditionOne } from './edition-one.ts'
import { editionProblems } from './edition-problems.ts'
import { formProblems } from './form-problems.ts'

export type ParsedEdition =
  | { readonly kind: 'edition'; readonly edition: Edition; readonly hash: string; readonly document: string }
  /** Each problem at its place in the document, as a pointer, and with what mends it. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }

const editionForm = Compile(EditionSchema)
const motorOneForm = Compile(MotorEditionOneSchema)
const homeOneForm = Compile(HomeEditionOneSchema)

/** @param value the document, as parsed JSON; `document` of the outcome is its canonical form */
export function parseEdition(value: unknown): ParsedEdition {
  const parsed = parseRateableEdition(value)
  if (parsed.kind === 'invalid') return parsed
  const failed = failedCases(parsed.edition).map(
    ({ index, name, premiumMinor, classPremiumMinor, expected }) =>
      `/testCases/${index} "${name}" comes to ${premiumMinor} (class ${classPremiumMinor}), not ${expected.premiumMinor} ` +
      `(class ${expected.classPremiumMinor}): mend the plan, or what the case expects`,
  )
  return failed.length > 0 ? { kind: 'invalid', problems: failed } : parsed
}

/** As above, but its test cases may fail: a draft is tried out before what its cases expect is settled. */
export function parseRateableEdition(value: unknown): ParsedEdition {
  if (motorOneForm.Check(value) || homeOneForm.Check(value))
    return address(value, upgradeEditionOne(value), editionOneProblems(value))
  if (!editionForm.Check(value)) return { kind: 'invalid', problems: formProblems(value) }
  return address(value, value, editionProblems(value))
}

function address(value: unknown, edition: EditionDocument, problems: readonly string[]): ParsedEdition {
  if (problems.length > 0) return { kind: 'invalid', problems }
  const document = canonicalJson(value)
  const hash = sha256(document)
  return { kind: 'edition', edition: { ...edition, hash }, hash, document }
}

/** The edition that a row of the book holds. @throws BadEdition when it does not parse */
export function parseStoredEdition(document: string): Edition {
  const known = storedEditions.get(document)
  if (known !== undefined) return known
  const parsed = parseEdition(JSON.parse(document))
  if (parsed.kind === 'invalid') throw new BadEdition(`A stored edition does not parse: ${parsed.problems.join('; ')}`)
  if (storedEditions.size >= storedEditionsMax) storedEditions.clear()
  storedEditions.set(document, parsed.edition)
  return parsed.edition
}

/** A stored document never changes, and every premium asks for it: it is parsed, and its cases are rated, once. */
const storedEditions = new Map<string, Edition>()
/** The active editions of a book are a few; a draft is parsed a few times. */
const storedEditionsMax = 50

/** An edition that pricing was told to use cannot be used; the message says where it is wrong. */
export class BadEdition extends Error {
  readonly code = 'bad-edition'
}
