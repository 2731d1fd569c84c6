// Simulated fleets that people run from the page: started, paused, stopped, watched, and cleaned up after. Each is a process of its
// own, which whoever composes the office knows how to launch; this holds them to what the book says.

import type { Logger } from 'pino'
import { Compile } from 'typebox/compile'
import { problemOf } from '../../devices/faults/fault-switch.ts'
import { shippedScenarioNames } from '../../devices/scenario/shipped-scenarios.ts'
import type { Truth } from '../../devices/simulator/truth.ts'
import type { RunStatus } from '../../store/book/maker-tester-rows.ts'
import type { Book } from '../../store/book/schema.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import type { Caller } from '../sign-in/sessions.ts'
import { removalUndoMs, runsAtOnceMax } from './run-limits.ts'
import { addRun, parseTruths, removeRunData } from './run-rows.ts'
import { type RunCommand, type RunOptions, type RunProgress, RunReportSchema } from './run-shapes.ts'
import type { ScenarioReport } from './scenario-report.ts'

/** A process that was told to stop signs its devices off first; then it is ended. */
const stopMsMax = 15_000
/** How often progress is written to the book; pages are told of every step. */
const writeMs = 2000
const sweepMs = 1000
/** What is kept of one run's truth: some weeks of a large fleet. */
const truthsMax = 20_000

export interface RunProcess {
  send(command: RunCommand): void
  onReport(listener: (report: unknown) => void): void
  /** @param lastWords what it said at its end */
  onExit(listener: (lastWords: string) => void): void
  kill(): void
}

export type Started =
  | { readonly kind: 'started'; readonly id: string }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown-scenario' }
  | { readonly kind: 'bad-fault'; readonly problem: string }
  | { readonly kind: 'cannot-launch' }

export interface Runs {
  start(caller: Pick<Caller, 'id' | 'insurerId'>, options: RunOptions): Promise<Started>
  /** False when the run is not in a state for it. */
  command(id: string, command: RunCommand): Promise<boolean>
  /** Its devices and their data go when the time to take it back is over. */
  remove(id: string): Promise<boolean>
  keep(id: string): Promise<boolean>
  onChange(listener: (id: string) => void): () => void
  /** The newest, which the book has some seconds later. */
  progressOf(id: string): RunProgress | undefined
  close(): Promise<void>
}

export interface RunsOptions {
  readonly book: Book
  readonly telemetry: TelemetryStore
  /** Undefined where no process can be started. */
  readonly launch: ((id: string) => RunProcess) | undefined
  readonly log: Logger
  readonly nowMs: () => number
}

interface Live {
  readonly process: RunProcess
  readonly ended: Promise<void>
  progress: RunProgress | undefined
  truths: Truth[]
  isChanged: boolean
  report: ScenarioReport | undefined
  problem: string | undefined
  killer: NodeJS.Timeout | undefined
}

const alive = ['starting', 'running', 'paused', 'stopping'] as const satisfies readonly RunStatus[]
const reports = Compile(RunReportSchema)

/** Runs that an earlier office left are over: their processes ended with it. */
export async function startRuns({ book, telemetry, launch, log, nowMs }: RunsOptions): Promise<Runs> {
  const live = new Map<string, Live>()
  const listeners = new Set<(id: string) => void>()
  const tell = (id: string): void => {
    for (const listener of listeners) listener(id)
  }
  const set = async (
    id: string,
    values: { status?: RunStatus; reason?: string | null; ended_at_ms?: number },
    from?: RunStatus,
  ) => {
    let update = book.updateTable('runs').set(values).where('id', '=', id)
    if (from !== undefined) update = update.where('status', '=', from)
    const changed = await update.executeTakeFirst()
    if (changed.numUpdatedRows > 0n) tell(id)
    return changed.numUpdatedRows > 0n
  }

  const left = await book.selectFrom('runs').select('id').where('status', 'in', alive).execute()
  for (const { id } of left) {
    await withdrawCredentials(book, id)
    await set(id, { status: 'stopped', reason: 'office-restarted', ended_at_ms: nowMs() })
  }

  async function write(id: string, run: Live): Promise<void> {
    if (!run.isChanged) return
    run.isChanged = false
    await book
      .updateTable('runs')
      .set({
        progress: run.progress === undefined ? null : JSON.stringify(run.progress),
        truth: JSON.stringify(run.truths),
        report: run.report === undefined ? null : JSON.stringify(run.report),
      })
      .where('id', '=', id)
      .execute()
  }

  function take(id: string, run: Live, report: unknown): void {
    if (!reports.Check(report)) return
    if (report.kind === 'failed') run.problem = report.problem
    else if (report.kind === 'report') run.report = report.report
    else if (report.kind === 'truth') run.truths = [...run.truths, ...report.truths].slice(-truthsMax)
    else {
      run.progress = report.progress
      void set(id, { status: 'running' }, 'starting').catch((error: unknown) =>
        log.warn({ err: error, run: id }, 'a run could not be noted'),
      )
      tell(id)
    }
    run.isChanged = true
  }

  async function finish(id: string, run: Live, lastWords: string): Promise<void> {
    clearTimeout(run.killer)
    await write(id, run)
    live.delete(id)
    // A process that was killed could not take its secrets back.
    await withdrawCredentials(book, id)
    const before = await book.selectFrom('runs').select('status').where('id', '=', id).executeTakeFirst()
    const wasAsked = before?.status === 'stopping'
    const isDone = run.report?.ended === 'completely'
    const problem = run.problem ?? (lastWords === '' ? 'process-ended' : lastWords.slice(0, 500))
    const reason = isDone ? 'finished' : wasAsked ? null : problem
    await set(id, { status: isDone || wasAsked ? 'stopped' : 'failed', reason, ended_at_ms: nowMs() })
  }

  function stop(run: Live): void {
    run.process.send('stop')
    run.killer ??= setTimeout(() => run.process.kill(), stopMsMax)
  }

  const writer = setInterval(() => {
    for (const [id, run] of live)
      void write(id, run).catch((error: unknown) => log.warn({ err: error, run: id }, 'a run could not be written'))
  }, writeMs)
  let sweeping: Promise<void> = Promise.resolve()
  const sweeper = setInterval(() => {
    sweeping = sweeping
      .then(sweep)
      .catch((error: unknown) => log.warn({ err: error }, 'a run could not be cleaned up; trying again'))
  }, sweepMs)

  async function sweep(): Promise<void> {
    const due = await book
      .selectFrom('runs')
      .select('id')
      .where('status', '=', 'removing')
      .where('remove_at_ms', '<=', nowMs())
      .execute()
    for (const { id } of due) {
      await removeRunData(book, telemetry, id, nowMs())
      await set(id, { status: 'removed' })
    }
  }

  return {
    async start(caller, options) {
      if (launch === undefined) return { kind: 'cannot-launch' }
      const refusal = refusalOf(options)
      if (refusal !== undefined) return refusal
      if (live.size >= runsAtOnceMax) return { kind: 'too-many' }
      const id = await addRun(book, caller, options, nowMs())
      const process = launch(id)
      const ended = Promise.withResolvers<void>()
      const run: Live = {
        process,
        ended: ended.promise,
        progress: undefined,
        truths: [...parseTruths(null)],
        isChanged: false,
        report: undefined,
        problem: undefined,
        killer: undefined,
      }
      live.set(id, run)
      process.onReport((report) => take(id, run, report))
      process.onExit((lastWords) => {
        finish(id, run, lastWords)
          .catch((error: unknown) => log.error({ err: error, run: id }, 'the end of a run could not be noted'))
          .finally(ended.resolve)
      })
      return { kind: 'started', id }
    },
    async command(id, command) {
      const run = live.get(id)
      if (run === undefined) return false
      if (command === 'pause' && !(await set(id, { status: 'paused' }, 'running'))) return false
      if (command === 'resume' && !(await set(id, { status: 'running' }, 'paused'))) return false
      if (command !== 'stop') {
        run.process.send(command)
        return true
      }
      await set(id, { status: 'stopping' })
      stop(run)
      return true
    },
    async remove(id) {
      if (live.has(id)) return false
      const changed = await book
        .updateTable('runs')
        .set({ status: 'removing', remove_at_ms: nowMs() + removalUndoMs })
        .where('id', '=', id)
        .where('status', 'in', ['stopped', 'failed'])
        .executeTakeFirst()
      tell(id)
      return changed.numUpdatedRows > 0n
    },
    async keep(id) {
      const changed = await book
        .updateTable('runs')
        .set({ status: 'stopped', remove_at_ms: null })
        .where('id', '=', id)
        .where('status', '=', 'removing')
        .where('remove_at_ms', '>', nowMs())
        .executeTakeFirst()
      tell(id)
      return changed.numUpdatedRows > 0n
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    progressOf: (id) => live.get(id)?.progress,
    async close() {
      clearInterval(writer)
      clearInterval(sweeper)
      await sweeping
      for (const [id, run] of live) {
        await set(id, { status: 'stopping' })
        stop(run)
      }
      await Promise.all([...live.values()].map((run) => run.ended))
    },
  }
}

function refusalOf({ vehicles, homes, scenario, faults = [] }: RunOptions): Started | undefined {
  if (scenario === undefined && vehicles + homes === 0) return { kind: 'nothing' }
  if (scenario !== undefined && !shippedScenarioNames().includes(scenario)) return { kind: 'unknown-scenario' }
  for (const [index, fault] of faults.entries()) {
    const problem = problemOf(fault)
    if (problem !== undefined)
      return { kind: 'bad-fault', problem: `body/faults/${index}/${problem.field}: ${problem.problem}; ${problem.mend}` }
  }
  return undefined
}

async function withdrawCredentials(book: Book, id: string): Promise<void> {
  await book
    .deleteFrom('device_credentials')
    .where('purpose', '=', 'local')
    .where('device_id', 'in', (devices) => devices.selectFrom('devices').select('id').where('simulated_by', '=', id))
    .execute()
}
