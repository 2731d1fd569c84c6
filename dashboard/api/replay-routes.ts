// Replays of a draft over the book, for the insurer: started, watched, cancelled, taken up again, and what came of them.

import Type from 'typebox'
import { parseClaimsCsv } from '../../pricing/dislocation/claims-csv.ts'
import type { ReplayPrepared } from '../../pricing/dislocation/prepare-replay.ts'
import { findReplay, listReplays, policiesCsv, reportOfReplay } from '../../pricing/dislocation/replays-of.ts'
import { DislocationReportSchema } from '../../pricing/dislocation/report-form.ts'
import type { Caller } from '../sign-in/sessions.ts'
import type { EventSink } from './live-hub.ts'
import { listOrder, pageOf, pageOfItems, pageQuery } from './page.ts'
import { NewReplaySchema, ReplayEventSchema, ReplaySchema } from './replay-shapes.ts'
import { answered, fields, guardedRoute, noInput, type Refusal, type Reply, refuse, reply } from './route.ts'
import type { Services } from './services.ts'

const roles = ['insurer'] as const
const ofOne = { ...noInput, params: fields({ id: Type.String({ minLength: 1, maxLength: 64 }) }) } as const

const newestFirst = listOrder('replays', Type.Tuple([Type.String()]))

export const replayRoutes = [
  guardedRoute({
    method: 'post',
    path: '/api/v1/replays',
    problems: ['not-found'],
    summary: 'Runs a draft over every policy of its plan. The same draft, book and seed asked for again is one replay.',
    roles,
    ...noInput,
    body: NewReplaySchema,
    status: 201,
    response: ReplaySchema,
    async handle({ services, caller, body: { edition, document, expectedClaims, ...terms } }) {
      if ((edition === undefined) === (document === undefined))
        return refuse('bad-request', 'body: exactly one of edition and document')
      const claims = expectedClaims === undefined ? undefined : parseClaimsCsv(expectedClaims)
      if (claims?.kind === 'bad') return refuse('bad-request', `body/expectedClaims: ${claims.problem}`)
      const draft = edition === undefined ? { document } : { hash: edition }
      const prepared = await services.replays.start({
        ...terms,
        insurerId: caller.insurerId,
        draft,
        expectedClaims: claims?.claims,
      })
      return prepared.kind === 'added' || prepared.kind === 'exists'
        ? answerWith(services, caller, prepared.id)
        : refusalOf(prepared)
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/replays',
    summary: 'Replays, the newest first.',
    roles,
    ...noInput,
    query: fields(pageQuery),
    response: pageOf(ReplaySchema),
    handle: async ({ services, caller, query }) =>
      answered(pageOfItems(newestFirst, await listReplays(services.book, caller.insurerId), ({ id }) => id, query)),
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/replays/:id',
    summary: 'How far a replay is.',
    roles,
    ...ofOne,
    response: ReplaySchema,
    handle: ({ services, caller, params }) => answerWith(services, caller, params.id),
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/replays/:id/live',
    problems: ['too-many-streams'],
    summary: 'Server-sent events of a replay’s progress, until it is no longer running.',
    roles,
    ...ofOne,
    response: ReplayEventSchema,
    contentType: 'text/event-stream',
    async handle({ services, caller, params }) {
      if ((await findReplay(services.book, params.id, caller.insurerId)) === undefined) return refuse('not-found')
      if (!services.live.hasRoomFor(caller.id)) return refuse('too-many-streams')
      return { kind: 'events', open: (sink) => streamProgress(services, params.id, sink) }
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/replays/:id/cancel',
    problems: ['not-now'],
    summary: 'Stops a replay; what is done of it is kept.',
    roles,
    ...ofOne,
    response: ReplaySchema,
    async handle({ services, caller, params }) {
      if ((await findReplay(services.book, params.id, caller.insurerId)) === undefined) return refuse('not-found')
      return (await services.replays.cancel(params.id)) ? answerWith(services, caller, params.id) : refuse('not-now')
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/replays/:id/resume',
    problems: ['not-now'],
    summary: 'Goes on with a replay that was cancelled or failed.',
    roles,
    ...ofOne,
    response: ReplaySchema,
    async handle({ services, caller, params }) {
      if ((await findReplay(services.book, params.id, caller.insurerId)) === undefined) return refuse('not-found')
      return (await services.replays.resume(params.id)) ? answerWith(services, caller, params.id) : refuse('not-now')
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/replays/:id/report',
    problems: ['not-now'],
    summary: 'The dislocation report of a replay that is done, the worst movers with their worksheets’ differences included.',
    roles,
    ...ofOne,
    response: DislocationReportSchema,
    async handle({ services, caller, params }) {
      if ((await findReplay(services.book, params.id, caller.insurerId)) === undefined) return refuse('not-found')
      const report = await reportOfReplay(services.book, params.id)
      return report === undefined ? refuse('not-now') : reply(report)
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/replays/:id/policies.csv',
    summary: 'What becomes of every policy, one line each; amounts in minor units a year.',
    roles,
    ...ofOne,
    response: Type.Unknown(),
    contentType: 'text/csv',
    async handle({ services, caller, params }) {
      if ((await findReplay(services.book, params.id, caller.insurerId)) === undefined) return refuse('not-found')
      const bytes = new TextEncoder().encode(await policiesCsv(services.book, params.id))
      return { kind: 'file', contentType: 'text/csv', fileName: `replay-${params.id}.csv`, bytes }
    },
  }),
]

async function answerWith(
  services: Services,
  { insurerId }: Pick<Caller, 'insurerId'>,
  id: string,
): Promise<Reply<Type.Static<typeof ReplaySchema>>> {
  const found = await findReplay(services.book, id, insurerId)
  return found === undefined ? refuse('not-found') : reply({ ...found })
}

function refusalOf(prepared: Exclude<ReplayPrepared, { kind: 'added' | 'exists' }>): Refusal {
  switch (prepared.kind) {
    case 'unknown-edition':
      return refuse('not-found')
    case 'invalid':
      return refuse('bad-request', `body/document: ${prepared.problems.join('; ')}`)
    case 'no-champion':
      return refuse('bad-request', `body: there is no edition in force for the plan ${prepared.planId}`)
    case 'other-plan':
      return refuse('bad-request', `body: ${prepared.problem}`)
    case 'no-policies':
      return refuse('bad-request', `body: the plan ${prepared.planId} has no policies`)
  }
}

/** Where it is now, then every step, and the end of the stream with the end of the work. */
function streamProgress({ replays, book, log }: Services, id: string, sink: EventSink): void {
  const send = async (): Promise<void> => {
    const now = await findReplay(book, id)
    if (now !== undefined) sink.send('progress', now)
    if (now?.status !== 'running') sink.end()
  }
  const report = (error: unknown): void => {
    log.warn({ err: error, replay: id }, 'a replay could not be followed')
    sink.end()
  }
  const stop = replays.onProgress((progress) => {
    if (progress.id === id) void send().catch(report)
  })
  sink.onEnd(stop)
  void send().catch(report)
}
