// What is held of a policy, taking it along, pausing what is collected, and having it erased.

import Type from 'typebox'
import { isLocale, locales } from '../messages/locale.ts'
import { pauseCollecting, pauseDaysMax, resumeCollecting, runningPause } from '../privacy/collecting.ts'
import { consequencesFor } from '../privacy/consequences.ts'
import { askForErasure, erasureOf, undoErasure } from '../privacy/erasure.ts'
import { exportNotes } from '../privacy/export-notes.ts'
import { exportZip } from '../privacy/export-zip.ts'
import { heldTables, readingsHeld } from '../privacy/held-tables.ts'
import { tellAboutPrivacy } from '../privacy/privacy-messages.ts'
import { policyOf } from './policies.ts'
import { fields, guardedRoute, noInput, refuse, reply } from './route.ts'
import type { Services } from './services.ts'
import type { Policy } from './shapes.ts'
import { throttled } from './throttle.ts'

const roles = ['policyholder'] as const
const ofOne = { ...noInput, params: fields({ id: Type.String({ minLength: 1, maxLength: 128 }) }) } as const
const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const Ticket = Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9-]+$' })
/** Beyond what a Date can hold nothing happens. */
const instantMsMax = 8_640_000_000_000_000
/** Reading everything anew is work; nobody needs it more often. */
const admitExport = throttled({ perWindowMax: 12, windowMs: 3_600_000, trackedMax: 20_000 })

const HeldSchema = Type.Object({
  readings: Type.Integer(),
  trips: Type.Integer(),
  homeDays: Type.Integer(),
  premiums: Type.Integer(),
  disputes: Type.Integer(),
})

export const PrivacySchema = Type.Object({
  product: Type.Enum(['motor', 'home'] as const),
  timeZone: Type.String(),
  held: HeldSchema,
  /** The pause that runs or is about to. */
  pause: orNull(Type.Object({ fromMs: Type.Integer(), untilMs: orNull(Type.Integer()) })),
  erasure: orNull(
    Type.Object({
      askedAtMs: Type.Integer(),
      dueAtMs: Type.Integer(),
      status: Type.Enum(['waiting', 'journal', 'stores', 'done'] as const),
      changedAtMs: Type.Integer(),
    }),
  ),
  consequences: orNull(
    Type.Object({
      currency: Type.String(),
      nowMinor: Type.Integer(),
      afterMonthMinor: Type.Integer({ description: 'After another month measured like those before.' }),
      withoutMinor: Type.Integer({ description: 'Without anything that was measured.' }),
    }),
  ),
})

export type Privacy = Type.Static<typeof PrivacySchema>

const ProgressSchema = Type.Object({
  state: Type.Enum(['unknown', 'running', 'done', 'failed'] as const),
  readings: Type.Integer(),
  readingsDone: Type.Integer(),
})
export type ExportProgress = Type.Static<typeof ProgressSchema>

/** Of the exports of the last hour or so, by caller and ticket. */
const progressOf = new WeakMap<Services, Map<string, ExportProgress>>()
const progressKeptMax = 1000

function noteProgress(services: Services, key: string, progress: ExportProgress): void {
  const known = progressOf.get(services) ?? new Map<string, ExportProgress>()
  progressOf.set(services, known)
  known.set(key, progress)
  const [oldest] = known.keys()
  if (known.size > progressKeptMax && oldest !== undefined) known.delete(oldest)
}

export const privacyRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/privacy',
    summary:
      'How much is held of one’s own policy, whether collecting is paused, and what pausing or erasing would do to the premium.',
    roles,
    ...ofOne,
    response: PrivacySchema,
    async handle({ services, caller, params }) {
      const policy = await policyOf(services.book, caller, params.id)
      return policy === undefined ? refuse('not-found') : reply(await privacyOf(services, policy))
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/policies/:id/collecting',
    summary: `Pauses what is collected, until a time at most ${pauseDaysMax} days away or until it is resumed; or resumes it. Takes effect two seconds later.`,
    roles,
    ...ofOne,
    body: fields({
      isPaused: Type.Boolean(),
      untilMs: Type.Optional(orNull(Type.Integer({ minimum: 0, maximum: instantMsMax }))),
    }),
    response: PrivacySchema,
    async handle({ services, caller, params, body }) {
      const policy = await policyOf(services.book, caller, params.id)
      if (policy === undefined) return refuse('not-found')
      if (body.isPaused) {
        const outcome = await pauseCollecting(services.book, policy.id, body.untilMs ?? null, services.nowMs())
        if (outcome.kind === 'bad-end') return refuse('bad-request', `body/untilMs: lies ahead, at most ${pauseDaysMax} days`)
      } else await resumeCollecting(services.book, policy.id, services.nowMs())
      return reply(await privacyOf(services, policy))
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/policies/:id/erasure',
    summary: 'Asks for everything that was measured to be erased, in seven days; pauses collecting at once.',
    roles,
    stepUp: true,
    ...ofOne,
    status: 201,
    response: PrivacySchema,
    async handle({ services, caller, params }) {
      const policy = await policyOf(services.book, caller, params.id)
      if (policy === undefined) return refuse('not-found')
      await askForErasure(services.book, policy.id, services.nowMs())
      return reply(await privacyOf(services, policy))
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/policies/:id/erasure/undo',
    summary: 'Undoes an erasure that is not due yet; collecting goes on.',
    roles,
    ...ofOne,
    problems: ['not-now'],
    response: PrivacySchema,
    async handle({ services, caller, params }) {
      const policy = await policyOf(services.book, caller, params.id)
      if (policy === undefined) return refuse('not-found')
      if (!(await undoErasure(services.book, policy.id, services.nowMs()))) return refuse('not-now')
      return reply(await privacyOf(services, policy))
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/export.zip',
    summary: 'Everything held of one’s own policy, as CSV and JSON, with a page that says what is what.',
    roles,
    ...ofOne,
    query: fields({ locale: Type.Optional(Type.Enum(locales)), ticket: Type.Optional(Ticket) }),
    problems: ['too-many-attempts'],
    response: Type.Unknown(),
    contentType: 'application/zip',
    async handle({ services, caller, params, query }) {
      const policy = await policyOf(services.book, caller, params.id)
      if (policy === undefined) return refuse('not-found')
      const admission = admitExport(services, caller.id)
      if (admission.kind === 'throttled') return { ...refuse('too-many-attempts'), retryAfterMs: admission.retryAfterMs }
      const nowMs = services.nowMs()
      const locale = query.locale ?? (isLocale(caller.locale) ? caller.locale : 'en')
      const tables = await heldTables(services, { policyId: policy.id, userId: caller.id }, nowMs)
      await services.book
        .transaction()
        .execute((transaction) => tellAboutPrivacy(transaction, policy.id, { what: 'exported' }, nowMs))
      const readings = await readingsHeld(services, policy.id)
      const note = (state: ExportProgress['state'], readingsDone: number): void => {
        if (query.ticket !== undefined) noteProgress(services, `${caller.id} ${query.ticket}`, { state, readings, readingsDone })
      }
      const fileName = `merit-${policy.id.replaceAll(/[^A-Za-z0-9._-]/g, '-')}.zip`
      const notes = exportNotes(tables, { locale, policyId: policy.id, atMs: nowMs, timeZone: policy.timeZone })
      const zip = exportZip(tables, notes, nowMs, (done) => note('running', done))
      return { kind: 'stream', contentType: 'application/zip', fileName, pieces: watched(zip, note, readings) }
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/export-progress',
    summary: 'How far an export is that was asked for with this ticket.',
    roles,
    ...ofOne,
    query: fields({ ticket: Ticket }),
    response: ProgressSchema,
    async handle({ services, caller, params, query }) {
      if ((await policyOf(services.book, caller, params.id)) === undefined) return refuse('not-found')
      const known = progressOf.get(services)?.get(`${caller.id} ${query.ticket}`)
      const none: ExportProgress = { state: 'unknown', readings: 0, readingsDone: 0 }
      return reply(known ?? none)
    },
  }),
]

/** Says at the end how it ended; whoever goes away in the middle has ended it too. */
async function* watched(
  pieces: AsyncIterable<Uint8Array>,
  note: (state: ExportProgress['state'], readingsDone: number) => void,
  readings: number,
): AsyncIterable<Uint8Array> {
  note('running', 0)
  let isWhole = false
  try {
    yield* pieces
    isWhole = true
  } finally {
    note(isWhole ? 'done' : 'failed', isWhole ? readings : 0)
  }
}

async function privacyOf(services: Services, policy: Policy): Promise<Privacy> {
  const { book } = services
  const [pause, erasure, consequences] = await Promise.all([
    runningPause(book, policy.id, services.nowMs()),
    erasureOf(book, policy.id),
    consequencesFor(book, policy.id),
  ])
  const countOf = async (table: 'premium_changes' | 'disputes'): Promise<number> => {
    const row = await book
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .where('policy_id', '=', policy.id)
      .executeTakeFirstOrThrow()
    return row.rows
  }
  const homeDays = await book
    .selectFrom('home_days')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'home_days.device_id')
    .select(({ fn }) => fn.countAll<number>().as('rows'))
    .where('policy_devices.policy_id', '=', policy.id)
    .executeTakeFirstOrThrow()
  return {
    product: policy.product,
    timeZone: policy.timeZone,
    held: {
      readings: await readingsHeld(services, policy.id),
      trips: policy.trips,
      homeDays: homeDays.rows,
      premiums: await countOf('premium_changes'),
      disputes: await countOf('disputes'),
    },
    pause: pause === undefined ? null : { fromMs: pause.from_ms, untilMs: pause.until_ms },
    erasure:
      erasure === undefined || erasure.status === 'undone'
        ? null
        : {
            askedAtMs: erasure.asked_at_ms,
            dueAtMs: erasure.due_at_ms,
            status: erasure.status,
            changedAtMs: erasure.changed_at_ms,
          },
    consequences: consequences === undefined ? null : { ...consequences },
  }
}
