// Trying out a document that is in no edition yet: what is wrong with it and where, how its test cases come out, how it differs from
// the edition in force, and what an example pays by both. Nothing is kept.

import Type from 'typebox'
import { classFactsFor } from '../../pricing/class-facts.ts'
import type { EditionDocument } from '../../pricing/edition/edition-document.ts'
import { activeEdition } from '../../pricing/lifecycle/active-edition.ts'
import { checkDraft, draftDocument } from '../../pricing/lifecycle/draft-document.ts'
import { findEdition } from '../../pricing/lifecycle/edition-book.ts'
import { editionDifference } from '../../pricing/lifecycle/edition-difference.ts'
import { compileEdition } from '../../pricing/rating/compile.ts'
import { type Facts, HomeFactsSchema, MotorFactsSchema } from '../../pricing/rating/facts.ts'
import { WorksheetStepSchema } from '../../pricing/worksheet.ts'
import { editionProblemWords } from '../messages/edition-problem-words.ts'
import { locales } from '../messages/locale.ts'
import { documentBytesMax, insurer, ofOneEdition, refuseEdition } from './edition-answers.ts'
import { CellChangeSchema, EditionCheckSchema } from './edition-shapes.ts'
import { fields, guardedRoute, reply } from './route.ts'

const RatedSchema = Type.Object({
  premiumMinor: Type.Integer(),
  classPremiumMinor: Type.Integer(),
  steps: Type.Array(WorksheetStepSchema),
})
const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

export const EditionTrialSchema = Type.Object({
  /** True when it may be kept as a draft: its form is an edition's, whatever else is wrong with it. */
  isForm: Type.Boolean(),
  problems: Type.Array(
    Type.Object({
      /** A pointer into the document, such as `/factors/0/bands/1/below`. */
      path: Type.String(),
      /** What is wrong and what mends it, in the caller's language. */
      text: Type.String(),
    }),
  ),
  testCases: EditionCheckSchema.properties.testCases,
  /** Against the edition of the plan that is in force; empty when there is none. */
  changes: Type.Array(CellChangeSchema),
  /** Null where it cannot be rated. */
  example: Type.Object({ draft: orNull(RatedSchema), active: orNull(RatedSchema) }),
})

export type EditionTrial = Type.Static<typeof EditionTrialSchema>

/** `/factors/0 is not sorted: …` in its two parts. */
export function problemAt(problem: string): { readonly path: string; readonly text: string } {
  const [, path = '', text = problem] = /^((?:\/[^\s/:]+)*):?\s*(.*)$/s.exec(problem) ?? []
  return { path, text }
}

function rated(document: EditionDocument, facts: Facts) {
  const inputs = classFactsFor(document, { ...facts.class, claimsByYear: facts.claimsByYear ?? [] })
  if (inputs.kind === 'bad' || document.product !== facts.product) return null
  return compileEdition(document).rate({ ...facts, class: inputs.facts.class })
}

export const editionTryRoutes = [
  guardedRoute({
    method: 'post',
    path: '/api/v1/editions/:id/try',
    summary:
      'What a document would be in the place of an edition’s: its problems, test cases, difference, and an example. Nothing changes.',
    roles: insurer,
    ...ofOneEdition,
    body: fields({
      document: Type.Unknown(),
      /** What problems are said in. */
      locale: Type.Optional(Type.Enum(locales)),
      facts: Type.Optional(Type.Union([MotorFactsSchema, HomeFactsSchema])),
    }),
    bodyBytesMax: documentBytesMax,
    response: EditionTrialSchema,
    async handle({ services: { book }, caller, params: { id }, body: { document: value, facts, locale = 'en' } }) {
      const row = await findEdition(book, id, caller.insurerId)
      if (row === undefined) return refuseEdition(caller, { kind: 'unknown' }, id)
      const active = await activeEdition(book, row.plan_id)
      const placed = (problems: readonly string[]) =>
        problems.map(problemAt).map(({ path, text }) => ({ path, text: editionProblemWords(locale, text) }))
      const ofActive = facts === undefined || active === undefined ? null : rated(active, facts)
      const draft = draftDocument(value)
      if (draft.kind === 'bad-form') {
        const example = { draft: null, active: ofActive }
        return reply({ isForm: false, problems: placed(draft.problems), testCases: [], changes: [], example })
      }
      const { document } = draft
      const { problems, testCases } = checkDraft(document)
      const example = { draft: facts === undefined || problems.length > 0 ? null : rated(document, facts), active: ofActive }
      const changes = active === undefined ? [] : [...editionDifference(active, document)]
      return reply({ isForm: true, problems: placed(problems), testCases: [...testCases], changes, example })
    },
  }),
]
