// A draft's document: whether it may be kept as one, what is wrong with it, and how its test cases come out. A draft may be
// wrong in what it says, never in its form.

import { Compile } from 'typebox/compile'
import { canonicalJson, sha256 } from '../canonical-json.ts'
import { type EditionDocument, EditionSchema } from '../edition/edition-document.ts'
import { editionProblems } from '../edition/edition-problems.ts'
import { formProblems } from '../edition/form-problems.ts'
import { parseEdition } from '../edition/parse-edition.ts'
import { compileEdition } from '../rating/compile.ts'

const form = Compile(EditionSchema)

export type DraftDocument =
  | { readonly kind: 'document'; readonly document: EditionDocument; readonly text: string; readonly hash: string }
  | { readonly kind: 'bad-form'; readonly problems: readonly string[] }

/** @param value as parsed JSON; an edition of the first form is brought into the second */
export function draftDocument(value: unknown): DraftDocument {
  if (form.Check(value)) return addressed(value)
  const parsed = parseEdition(value)
  if (parsed.kind === 'invalid') return { kind: 'bad-form', problems: formProblems(value) }
  const { hash: _, ...document } = parsed.edition
  return addressed(document)
}

export function addressed(document: EditionDocument): Extract<DraftDocument, { kind: 'document' }> {
  const text = canonicalJson(document)
  return { kind: 'document', document, text, hash: sha256(text) }
}

export interface CaseResult {
  readonly name: string
  readonly isGood: boolean
  readonly expected: { readonly premiumMinor: number; readonly classPremiumMinor: number }
  /** Null where it cannot be rated. */
  readonly came: { readonly premiumMinor: number; readonly classPremiumMinor: number } | null
}

export interface DraftCheck {
  /** Each at its place, with what mends it; failing test cases are not among them. */
  readonly problems: readonly string[]
  readonly testCases: readonly CaseResult[]
}

export function checkDraft(document: EditionDocument): DraftCheck {
  const problems = editionProblems(document)
  // With a gap in a table nothing is rated.
  const compiled = problems.length > 0 ? undefined : compileEdition(document)
  const testCases = document.testCases.map(({ name, facts, premiumMinor, classPremiumMinor }): CaseResult => {
    const came = compiled?.price(facts) ?? null
    const isGood = came?.premiumMinor === premiumMinor && came.classPremiumMinor === classPremiumMinor
    return { name, isGood, expected: { premiumMinor, classPremiumMinor }, came }
  })
  return { problems, testCases }
}

/** Everything that keeps a draft from being submitted. */
export function faultsOf({ problems, testCases }: DraftCheck): number {
  return problems.length + testCases.filter(({ isGood }) => !isGood).length
}

const dated = /, \d{4}-\d{2}-\d{2}( \(\d+\))?$/

/** The title of what is made from an edition: its title and the day; another edition's content has another address. */
export function nextTitle(title: string, day: string, isTaken: (title: string) => boolean): string {
  const base = `${title.replace(dated, '')}, ${day}`
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? base : `${base} (${number})`
    if (!isTaken(candidate)) return candidate
  }
}
