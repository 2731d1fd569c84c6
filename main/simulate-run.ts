// The process of a run that somebody started from the page: registers the run's devices, publishes as the options say, tells the
// office what it does and what it really did, and does what the office says.

import { Compile } from 'typebox/compile'
import { registerDevice } from '../broker/registry.ts'
import { findRun } from '../dashboard/runs/run-rows.ts'
import { type Run, RunCommandSchema, type RunReport } from '../dashboard/runs/run-shapes.ts'
import type { DrivingStyle } from '../devices/simulator/drive.ts'
import type { Fleet } from '../devices/simulator/fleet.ts'
import type { HouseholdStyle, Mishap } from '../devices/simulator/household.ts'
import type { Truth } from '../devices/simulator/truth.ts'
import type { Book } from '../store/book/schema.ts'
import type { Configuration } from './configuration.ts'
import { createPicture } from './fleet-picture.ts'
import { type LocalFleetMember, runLocalFleet } from './local-fleet.ts'
import { runScenarioOfPage } from './scenario/run-scenario-of-page.ts'

const reportMs = 1000
const dayMs = 86_400_000
const minuteMs = 60_000
/** Soon enough to be seen, late enough that the home was dry before. */
const leakAfterMs = 3 * minuteMs
const leakMinutes = 20
/** Rates are over this many reports. */
const rateReports = 5

const drivingStyles = ['calm', 'average', 'hurried'] as const satisfies readonly DrivingStyle[]
const householdStyles = ['tended', 'average', 'neglected'] as const satisfies readonly HouseholdStyle[]
const commands = Compile(RunCommandSchema)

interface RunTask {
  readonly configuration: Configuration
  readonly book: Book
  readonly id: string
  readonly signal: AbortSignal
}

/** Resolves when the run was stopped. */
export async function simulateRun({ configuration, book, id, signal }: RunTask): Promise<void> {
  const run = await findRun(book, id)
  const row = await book.selectFrom('runs').select('insurer_id').where('id', '=', id).executeTakeFirst()
  if (run === undefined || row === undefined) return
  if (run.options.scenario !== undefined) return runScenarioOfPage(run, signal)
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  signal.addEventListener('abort', stop)
  process.once('disconnect', stop)

  const startMs = Math.floor(Date.now() / 1000) * 1000 - run.options.historyDays * dayMs
  const members = await registerMembers(book, run, row.insurer_id, startMs)
  const picture = createPicture(members)
  let truths: Truth[] = []
  let fleet: Fleet | undefined
  const hear = (message: unknown) => {
    if (!commands.Check(message)) return
    if (message === 'stop') stop()
    else if (message === 'pause') fleet?.pause()
    else fleet?.resume()
  }
  process.on('message', hear)
  const published: number[] = []
  const report = (): void => {
    if (fleet === undefined) return
    if (truths.length > 0) tell({ kind: 'truth', truths: truths.map(plain) })
    truths = []
    const counts = fleet.counts()
    published.push(counts.published)
    if (published.length > rateReports + 1) published.shift()
    const spanS = ((published.length - 1) * reportMs) / 1000
    const readingsPerSecond = spanS === 0 ? 0 : (counts.published - (published[0] ?? 0)) / spanS
    const reachedMs = Math.round(fleet.reachedMs())
    tell({ kind: 'progress', progress: { ...counts, readingsPerSecond, reachedMs, startMs, picture: picture.now() } })
  }
  const timer = setInterval(report, reportMs)
  try {
    await runLocalFleet({
      configuration,
      book,
      members,
      seed: run.options.seed,
      signal: stopping.signal,
      speed: run.options.speed,
      startMs,
      publishMs: reportMs,
      onReading: picture.see,
      onTruth: (truth) => truths.push(truth),
      onStart(started) {
        fleet = started
        report()
      },
    })
    report()
  } catch (error) {
    tell({ kind: 'failed', problem: error instanceof Error ? error.message.slice(0, 500) : 'unexpected' })
    throw error
  } finally {
    clearInterval(timer)
    process.off('message', hear)
    if (process.connected) process.disconnect()
  }
}

/** As it goes over the channel: nothing that could change on the way. */
function plain(truth: Truth): Extract<RunReport, { kind: 'truth' }>['truths'][number] {
  return truth.kind === 'trip' ? { ...truth, manoeuvres: [...truth.manoeuvres] } : { ...truth }
}

function tell(report: RunReport): void {
  if (process.connected) process.send?.(report)
}

async function registerMembers(book: Book, run: Run, insurerId: string, startMs: number): Promise<readonly LocalFleetMember[]> {
  const { vehicles, homes, mishaps } = run.options
  const register = async (kind: 'vehicle' | 'home', number: number): Promise<string> => {
    const id = `sim-${run.id}-${kind === 'vehicle' ? 'v' : 'h'}${String(number).padStart(3, '0')}`
    await registerDevice(book, { id, kind, insurerId, simulatedBy: run.id }, Date.now())
    return id
  }
  const members: LocalFleetMember[] = []
  for (let number = 1; number <= vehicles; number += 1)
    members.push({ id: await register('vehicle', number), kind: 'vehicle', style: styleOf(drivingStyles, number) })
  for (let number = 1; number <= homes; number += 1) {
    const leak: Mishap = { kind: 'leak', atMs: startMs + leakAfterMs, minutes: leakMinutes }
    const certain = mishaps && number % 2 === 1 ? { mishaps: [leak] } : {}
    members.push({ id: await register('home', number), kind: 'home', style: styleOf(householdStyles, number), ...certain })
  }
  return members
}

function styleOf<Style>(styles: readonly [Style, ...Style[]], number: number): Style {
  return styles[number % styles.length] ?? styles[0]
}
