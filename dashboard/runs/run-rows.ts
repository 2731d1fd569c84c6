// Runs in the book: written, read as a page is told of them, their devices, and taking all of it away again.

import { randomBytes } from 'node:crypto'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { DeviceRef } from '../../devices/contract/reading.ts'
import type { Truth } from '../../devices/simulator/truth.ts'
import { parseHomeDayFacts } from '../../pricing/home-day-facts.ts'
import { parseTripFacts } from '../../pricing/trip-facts.ts'
import type { RunRow } from '../../store/book/maker-tester-rows.ts'
import type { Book } from '../../store/book/schema.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import type { Caller } from '../sign-in/sessions.ts'
import { scoreRun } from './run-score.ts'
import { ProgressSchema, type Run, type RunOptions, RunOptionsSchema, type RunScore, TruthSchema } from './run-shapes.ts'
import { ScenarioReportSchema } from './scenario-report.ts'

const options = Compile(RunOptionsSchema)
const progress = Compile(ProgressSchema)
const report = Compile(ScenarioReportSchema)
const truths = Compile(Type.Array(TruthSchema))
export const runsShown = 50
/** Pricing measures a reading within seconds; what is younger is not compared yet. */
const measuredAfterMs = 15_000

export async function addRun(
  book: Book,
  caller: Pick<Caller, 'id' | 'insurerId'>,
  wanted: RunOptions,
  nowMs: number,
): Promise<string> {
  const id = `r${randomBytes(4).toString('hex')}`
  await book
    .insertInto('runs')
    .values({
      id,
      insurer_id: caller.insurerId,
      started_by: caller.id,
      status: 'starting',
      reason: null,
      options: JSON.stringify(wanted),
      progress: null,
      truth: null,
      report: null,
      created_at_ms: nowMs,
      ended_at_ms: null,
      remove_at_ms: null,
    })
    .execute()
  return id
}

export async function findRun(book: Book, id: string, insurerId?: string): Promise<Run | undefined> {
  let query = book.selectFrom('runs').selectAll().where('id', '=', id).where('status', '<>', 'removed')
  if (insurerId !== undefined) query = query.where('insurer_id', '=', insurerId)
  const row = await query.executeTakeFirst()
  if (row === undefined) return undefined
  const [run] = await named(book, [row])
  return run
}

/** The newest first. */
export async function listRuns(book: Book, insurerId: string): Promise<readonly Run[]> {
  const rows = await book
    .selectFrom('runs')
    .selectAll()
    .where('insurer_id', '=', insurerId)
    .where('status', '<>', 'removed')
    .orderBy('created_at_ms', 'desc')
    .limit(runsShown)
    .execute()
  return named(book, rows)
}

async function named(book: Book, rows: readonly RunRow[]): Promise<readonly Run[]> {
  const ids = [...new Set(rows.map((row) => row.started_by))]
  const people = ids.length === 0 ? [] : await book.selectFrom('user').select(['id', 'name']).where('id', 'in', ids).execute()
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return rows.flatMap((row) => {
    const wanted: unknown = JSON.parse(row.options)
    const counted: unknown = row.progress === null ? null : JSON.parse(row.progress)
    const ended: unknown = row.report === null ? null : JSON.parse(row.report)
    if (!options.Check(wanted)) return []
    return [
      {
        id: row.id,
        status: row.status,
        reason: row.reason,
        startedBy: names.get(row.started_by) ?? '',
        options: wanted,
        progress: progress.Check(counted) ? counted : null,
        report: report.Check(ended) ? ended : null,
        createdAtMs: row.created_at_ms,
        endedAtMs: row.ended_at_ms,
        removeAtMs: row.remove_at_ms,
      },
    ]
  })
}

export function devicesOfRun(book: Book, id: string): Promise<DeviceRef[]> {
  return book.selectFrom('devices').select(['id', 'kind']).where('simulated_by', '=', id).execute()
}

export function parseTruths(text: string | null): readonly Truth[] {
  const value: unknown = text === null ? [] : JSON.parse(text)
  return truths.Check(value) ? value : []
}

/** What the run's devices did against what is stored of them now. */
export async function scoreOfRun(book: Book, run: Run, nowMs: number): Promise<RunScore> {
  const row = await book.selectFrom('runs').select('truth').where('id', '=', run.id).executeTakeFirst()
  const ids = (await devicesOfRun(book, run.id)).map((device) => device.id)
  const trips =
    ids.length === 0
      ? []
      : await book
          .selectFrom('trips')
          .select(['device_id', 'started_at_ms', 'ended_at_ms', 'facts'])
          .where('device_id', 'in', ids)
          .execute()
  const days =
    ids.length === 0
      ? []
      : await book.selectFrom('home_days').select(['device_id', 'facts']).where('device_id', 'in', ids).execute()
  const speed = run.options.speed
  const reachedMs = run.progress?.reachedMs ?? 0
  const isOver = run.endedAtMs !== null && nowMs - run.endedAtMs > measuredAfterMs
  return scoreRun({
    truths: parseTruths(row?.truth ?? null),
    trips: trips.map((trip) => ({
      device: trip.device_id,
      startedAtMs: trip.started_at_ms,
      endedAtMs: trip.ended_at_ms,
      facts: parseTripFacts(trip.facts),
    })),
    days: days.map((day) => ({ device: day.device_id, facts: parseHomeDayFacts(day.facts) })),
    untilMs: isOver ? reachedMs : reachedMs - measuredAfterMs * Math.max(1, reachedMs < nowMs - measuredAfterMs ? speed : 1),
  })
}

/** Everything the run's devices left, and the devices; those that a policy has since been given stay. @returns how many went */
export async function removeRunData(book: Book, telemetry: TelemetryStore, id: string, nowMs: number): Promise<number> {
  const insured = new Set((await book.selectFrom('policy_devices').select('device_id').execute()).map((row) => row.device_id))
  const devices = (await devicesOfRun(book, id)).filter((device) => !insured.has(device.id))
  for (const device of devices) {
    await telemetry.erase(device, nowMs)
    await book.transaction().execute(async (changes) => {
      for (const table of [
        'trip_sums',
        'unsummed_trips',
        'trips',
        'home_days',
        'quarantine',
        'device_connections',
        'device_states',
        'device_credentials',
      ] as const)
        await changes.deleteFrom(table).where('device_id', '=', device.id).execute()
      await changes.deleteFrom('devices').where('id', '=', device.id).execute()
    })
  }
  return devices.length
}
