// Simulated fleets over the API: started, watched, paused, resumed, stopped, held against what was scored, and cleaned up after.

import Type from 'typebox'
import { faults } from '../../devices/faults/fault-list.ts'
import { shippedScenarios } from '../../devices/scenario/shipped-scenarios.ts'
import { findRun, listRuns, scoreOfRun } from '../runs/run-rows.ts'
import { type Run, RunOptionsSchema, RunSchema, RunScoreSchema } from '../runs/run-shapes.ts'
import type { Caller } from '../sign-in/sessions.ts'
import type { EventSink } from './live-hub.ts'
import { listOrder, pageOf, pageOfItems, pageQuery } from './page.ts'
import { answered, fields, guardedRoute, noInput, type Reply, refuse, reply } from './route.ts'
import type { Services } from './services.ts'

const roles = ['tester'] as const
const ofOne = { ...noInput, params: fields({ id: Type.String({ minLength: 1, maxLength: 64 }) }) } as const
const byAge = listOrder('runs', Type.Tuple([Type.String()]))

const WordsSchema = Type.Object({ en: Type.String(), 'zh-CN': Type.String() })
export const ScenarioListSchema = Type.Object({
  scenarios: Type.Array(
    Type.Object({
      name: Type.String(),
      title: WordsSchema,
      story: WordsSchema,
      days: Type.Integer(),
      vehicles: Type.Integer(),
      homes: Type.Integer(),
      seed: Type.String(),
      faults: Type.Array(Type.String()),
    }),
  ),
  /** What can be switched on besides. */
  faults: Type.Array(
    Type.Object({
      name: Type.String(),
      title: WordsSchema,
      does: WordsSchema,
      expected: WordsSchema,
      unit: Type.Enum(['share', 's'] as const),
      of: WordsSchema,
      min: Type.Number(),
      max: Type.Number(),
      usual: Type.Number(),
    }),
  ),
})
export type ScenarioList = Type.Static<typeof ScenarioListSchema>

const sizeOf = (groups: readonly { readonly count: number }[] = []): number => groups.reduce((sum, { count }) => sum + count, 0)

function scenarioList(): ScenarioList {
  return {
    scenarios: shippedScenarios().map(({ name, title, story, days, seed, vehicles, homes, faults: switched = [] }) => ({
      name,
      title,
      story,
      days,
      seed,
      vehicles: sizeOf(vehicles),
      homes: sizeOf(homes),
      faults: [...new Set(switched.map(({ fault }) => fault))],
    })),
    faults: faults.map(({ name, title, does, expected, intensity: { unit, of, min, max, usual } }) => ({
      name,
      title,
      does,
      expected,
      unit,
      of,
      min,
      max,
      usual,
    })),
  }
}

export const runRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/scenarios',
    summary: 'The scenarios that can be run, and every fault that can be switched on.',
    roles,
    ...noInput,
    response: ScenarioListSchema,
    handle: async () => reply(scenarioList()),
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/runs',
    summary: 'Starts a simulated fleet: vehicles and homes of a seed, published over MQTT. At most three run at once.',
    roles,
    ...noInput,
    body: RunOptionsSchema,
    status: 201,
    problems: ['not-now', 'unavailable'],
    response: RunSchema,
    async handle({ services, caller, body }) {
      const started = await services.runs.start(caller, body)
      if (started.kind === 'nothing') return refuse('bad-request', 'body: at least one vehicle or home')
      if (started.kind === 'unknown-scenario') return refuse('bad-request', 'body/scenario: there is no such scenario')
      if (started.kind === 'bad-fault') return refuse('bad-request', started.problem)
      if (started.kind === 'too-many') return refuse('not-now', 'three fleets run already; stop one first')
      if (started.kind === 'cannot-launch') return refuse('unavailable')
      return answerWith(services, caller, started.id)
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/runs',
    summary: 'Simulated fleets, the newest first.',
    roles,
    ...noInput,
    query: fields(pageQuery),
    response: pageOf(RunSchema),
    handle: async ({ services, caller, query }) =>
      answered(pageOfItems(byAge, await listRuns(services.book, caller.insurerId), ({ id }) => id, query)),
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/runs/:id',
    summary: 'One simulated fleet, how far it is and where its devices are.',
    roles,
    ...ofOne,
    response: RunSchema,
    handle: ({ services, caller, params }) => answerWith(services, caller, params.id),
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/runs/:id/live',
    summary: 'Server-sent events of a fleet: its progress and picture every second, until it has ended.',
    roles,
    problems: ['too-many-streams'],
    ...ofOne,
    response: RunSchema,
    contentType: 'text/event-stream',
    async handle({ services, caller, params }) {
      if ((await findRun(services.book, params.id, caller.insurerId)) === undefined) return refuse('not-found')
      const leave = services.deviceStreams.enter(caller.id)
      if (leave === undefined) return refuse('too-many-streams')
      return {
        kind: 'events',
        open(sink) {
          sink.onEnd(leave)
          streamRun(services, caller, params.id, sink)
        },
      }
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/runs/:id/score',
    summary: 'What the simulator did against what pricing made of it: trips, events, leaks, with precision and recall.',
    roles,
    ...ofOne,
    response: RunScoreSchema,
    async handle({ services, caller, params }) {
      const run = await current(services, caller, params.id)
      return run === undefined ? refuse('not-found') : reply(await scoreOfRun(services.book, run, services.nowMs()))
    },
  }),
  ...(['pause', 'resume', 'stop'] as const).map((command) =>
    guardedRoute({
      method: 'post',
      path: `/api/v1/runs/:id/${command}`,
      summary: `${command === 'pause' ? 'Pauses' : command === 'resume' ? 'Resumes' : 'Stops'} a simulated fleet.`,
      roles,
      problems: ['not-now'],
      ...ofOne,
      response: RunSchema,
      async handle({ services, caller, params }) {
        if ((await findRun(services.book, params.id, caller.insurerId)) === undefined) return refuse('not-found')
        return (await services.runs.command(params.id, command)) ? answerWith(services, caller, params.id) : refuse('not-now')
      },
    }),
  ),
  ...(['remove', 'keep'] as const).map((what) =>
    guardedRoute({
      method: 'post',
      path: `/api/v1/runs/:id/${what}`,
      summary:
        what === 'remove'
          ? 'Removes a fleet’s devices and all they left, in twenty seconds; devices that a policy has stay.'
          : 'Keeps what was about to be removed.',
      roles,
      problems: ['not-now'],
      ...ofOne,
      response: RunSchema,
      async handle({ services, caller, params }) {
        if ((await findRun(services.book, params.id, caller.insurerId)) === undefined) return refuse('not-found')
        return (await services.runs[what](params.id)) ? answerWith(services, caller, params.id) : refuse('not-now')
      },
    }),
  ),
]

async function current(services: Services, caller: Caller, id: string): Promise<Run | undefined> {
  const run = await findRun(services.book, id, caller.insurerId)
  return run === undefined ? undefined : { ...run, progress: services.runs.progressOf(id) ?? run.progress }
}

async function answerWith(services: Services, caller: Caller, id: string): Promise<Reply<Run>> {
  const run = await current(services, caller, id)
  return run === undefined ? refuse('not-found') : reply(run)
}

function streamRun(services: Services, caller: Caller, id: string, sink: EventSink): void {
  const send = async (): Promise<void> => {
    const run = await current(services, caller, id)
    if (run === undefined) return sink.end()
    sink.send('run', run)
  }
  const report = (error: unknown): void => {
    services.log.warn({ err: error, run: id }, 'a run could not be followed')
    sink.end()
  }
  sink.onEnd(services.runs.onChange((changed) => void (changed === id && send().catch(report))))
  void send().catch(report)
}
