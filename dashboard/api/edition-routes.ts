// The life of editions: drafts are made and changed, submitted, approved by somebody else, scheduled, withdrawn. Whatever is
// done is bound to the hash of the document that was seen; done again, it is done already.

import { randomBytes } from 'node:crypto'
import Type from 'typebox'
import { checkDraft } from '../../pricing/lifecycle/draft-document.ts'
import { changeDraft, documentOf, draftFrom, draftOf } from '../../pricing/lifecycle/edit-drafts.ts'
import { findEdition, listEditions } from '../../pricing/lifecycle/edition-book.ts'
import { commentCharactersMax, discardDraft, type Move, moveEdition } from '../../pricing/lifecycle/move-editions.ts'
import { setShadow } from '../../pricing/lifecycle/shadow.ts'
import { shadowReport } from '../../pricing/lifecycle/shadow-report.ts'
import { termOfPolicy } from '../../pricing/lifecycle/term-of-policy.ts'
import { withCasesRated } from '../../pricing/rating/failed-cases.ts'
import type { EditionFault } from '../messages/edition-refusal.ts'
import {
  answerEdition,
  documentBytesMax,
  EditionReference,
  HashSchema,
  insurer,
  ofOneEdition,
  refuseEdition,
} from './edition-answers.ts'
import {
  type Edition,
  EditionCheckSchema,
  EditionDetailSchema,
  EditionSchema,
  PolicyTermSchema,
  ShadowReportSchema,
} from './edition-shapes.ts'
import { toEdition, toEditionDetail } from './editions.ts'
import { listOrder, pageOf, pageOfItems, pageQuery } from './page.ts'
import { policyOf } from './policies.ts'
import { fields, guardedRoute, noInput, refuse, reply } from './route.ts'

const titleCharactersMax = 200
const Comment = Type.Optional(Type.String({ maxLength: commentCharactersMax }))
const seen = { hash: HashSchema }

function moveRoute(kind: Exclude<Move['kind'], 'schedule'>, summary: string) {
  return guardedRoute({
    method: 'post',
    path: `/api/v1/editions/:id/${kind}`,
    summary,
    roles: insurer,
    stepUp: kind === 'approve',
    problems: ['stale', 'wrong-state', 'unfit', ...(kind === 'approve' ? (['four-eyes'] as const) : [])],
    ...ofOneEdition,
    body: fields({ ...seen, comment: Comment }),
    response: EditionSchema,
    async handle({ services, caller, params: { id }, body: { hash, comment = '' } }) {
      const move = { kind, seenHash: hash, comment: comment.trim() }
      return answerEdition(services, caller, await moveEdition(services.book, id, move, caller, services.nowMs()), id)
    },
  })
}

const byPlan = listOrder('editions', Type.Tuple([Type.String()]))

export const editionRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/editions',
    summary: 'Editions of the rate plans with their state and dates: what is not in force yet first, then the latest.',
    roles: insurer,
    ...noInput,
    query: fields({ plan: Type.Optional(EditionReference), ...pageQuery }),
    response: pageOf(EditionSchema),
    async handle({ services: { book }, caller, query: { plan, ...place } }) {
      const page = pageOfItems(byPlan, await listEditions(book, plan, caller.insurerId), ({ id }) => id, place)
      if ('kind' in page) return page
      const items: Edition[] = []
      for (const row of page.items) items.push(await toEdition(book, row, caller))
      return reply({ items, next: page.next })
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/editions/:id',
    summary: 'One edition with its document and all that was done with it.',
    roles: insurer,
    ...ofOneEdition,
    response: EditionDetailSchema,
    async handle({ services: { book }, caller, params: { id } }) {
      const row = await findEdition(book, id, caller.insurerId)
      return row === undefined ? refuseEdition(caller, { kind: 'unknown' }, id) : reply(await toEditionDetail(book, row, caller))
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/editions/:id/check',
    summary: 'What is wrong with an edition’s document, and how its test cases come out.',
    roles: insurer,
    ...ofOneEdition,
    response: EditionCheckSchema,
    async handle({ services: { book }, caller, params: { id } }) {
      const row = await findEdition(book, id, caller.insurerId)
      const document = row && documentOf(row)
      if (row === undefined || document === undefined) return refuseEdition(caller, { kind: 'unknown' }, id)
      const { problems, testCases } = checkDraft(document)
      return reply({ hash: row.hash, problems: [...problems], testCases: [...testCases] })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/editions',
    problems: ['conflict', 'unfit'],
    summary: 'A new draft: of another edition’s content, or of an uploaded document.',
    roles: insurer,
    ...noInput,
    body: fields({
      /** Id or hash of the edition that it begins with; then the title may be given. */
      from: Type.Optional(EditionReference),
      title: Type.Optional(Type.String({ minLength: 1, maxLength: titleCharactersMax })),
      document: Type.Optional(Type.Unknown()),
    }),
    bodyBytesMax: documentBytesMax,
    status: 201,
    response: EditionSchema,
    async handle({ services, caller, body: { from, title, document } }) {
      const time = { nowMs: services.nowMs(), random: randomBytes(8) }
      if ((from === undefined) === (document === undefined)) return refuse('bad-request', 'body: either "from" or "document"')
      const outcome =
        from === undefined
          ? await draftOf(services.book, document, caller, time)
          : await draftFrom(services.book, from, title, caller, time)
      return answerEdition(services, caller, outcome, from ?? '')
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/editions/:id/document',
    problems: ['stale', 'wrong-state', 'unfit'],
    summary: 'Puts another document in a draft’s place; it may have problems, which keep it from being submitted.',
    roles: insurer,
    ...ofOneEdition,
    body: fields({ ...seen, document: Type.Unknown() }),
    bodyBytesMax: documentBytesMax,
    response: EditionSchema,
    async handle({ services, caller, params: { id }, body: { hash, document } }) {
      const outcome = await changeDraft(services.book, id, hash, () => document, caller, services.nowMs())
      return answerEdition(services, caller, outcome, id)
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/editions/:id/rate-test-cases',
    problems: ['stale', 'wrong-state', 'unfit'],
    summary: 'A draft’s test cases expect from now on what they come to: for a plan that was changed on purpose.',
    roles: insurer,
    ...ofOneEdition,
    body: fields(seen),
    response: EditionSchema,
    async handle({ services, caller, params: { id }, body: { hash } }) {
      const row = await findEdition(services.book, id, caller.insurerId)
      const document = row && documentOf(row)
      const problems = document === undefined ? 0 : checkDraft(document).problems.length
      const outcome: EditionFault | Awaited<ReturnType<typeof changeDraft>> =
        problems > 0
          ? { kind: 'has-problems', problems }
          : await changeDraft(services.book, id, hash, withCasesRated, caller, services.nowMs())
      return answerEdition(services, caller, outcome, id)
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/editions/:id/discard',
    problems: ['stale', 'wrong-state'],
    summary: 'Takes a draft out of the book; what was done with it stays.',
    roles: insurer,
    ...ofOneEdition,
    body: fields(seen),
    response: Type.Object({ id: Type.String() }),
    async handle({ services, caller, params: { id }, body: { hash } }) {
      const outcome = await discardDraft(services.book, id, hash, caller, services.nowMs())
      if (outcome.kind === 'discarded' || outcome.kind === 'done') return reply({ id })
      return refuseEdition(caller, outcome, id)
    },
  }),
  moveRoute('submit', 'Submits a draft without problems; from then on its document never changes.'),
  moveRoute('approve', 'Approves a submitted edition: whoever wrote or submitted it may not.'),
  guardedRoute({
    method: 'post',
    path: '/api/v1/editions/:id/schedule',
    problems: ['stale', 'wrong-state', 'wrong-time', 'unfit'],
    summary: 'Sets from when an approved edition is in force, at once when no time is given; never in the past.',
    roles: insurer,
    ...ofOneEdition,
    body: fields({ ...seen, activeFromMs: Type.Optional(Type.Integer()), comment: Comment }),
    response: EditionSchema,
    async handle({ services, caller, params: { id }, body: { hash, activeFromMs, comment = '' } }) {
      const move = { kind: 'schedule', seenHash: hash, comment: comment.trim(), fromMs: activeFromMs } as const
      return answerEdition(services, caller, await moveEdition(services.book, id, move, caller, services.nowMs()), id)
    },
  }),
  moveRoute('withdraw', 'Withdraws an edition that is not in force; what is in force stays as it is.'),
  guardedRoute({
    method: 'post',
    path: '/api/v1/editions/:id/shadow',
    problems: ['wrong-state', 'unfit'],
    summary: 'Prices an edition beside the active one of its plan without charging it, or no longer.',
    roles: insurer,
    ...ofOneEdition,
    body: fields({ on: Type.Boolean() }),
    response: EditionSchema,
    async handle({ services, caller, params: { id }, body: { on } }) {
      return answerEdition(services, caller, await setShadow(services.book, id, on, caller, services.nowMs()), id)
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/term',
    summary: 'The term a policy is in, the edition that counts for it, and from when it does.',
    roles: ['policyholder', 'insurer'],
    ...ofOneEdition,
    response: PolicyTermSchema,
    async handle({ services: { book, nowMs }, caller, params: { id } }) {
      if ((await policyOf(book, caller, id)) === undefined) return refuse('not-found')
      const term = await termOfPolicy(book, id, nowMs())
      return term === undefined ? refuse('not-found') : reply({ ...term })
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/plans/:id/shadow',
    summary: 'What the edition in a plan’s shadow would change over the premiums that are charged now.',
    roles: insurer,
    ...ofOneEdition,
    response: ShadowReportSchema,
    async handle({ services: { book }, caller, params: { id } }) {
      const report = await shadowReport(book, id, caller.insurerId)
      if (report === undefined) return refuse('not-found')
      return reply({ ...report, problems: [...report.problems], largest: [...report.largest] })
    },
  }),
]
