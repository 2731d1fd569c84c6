// A scenario that somebody started from the page: tells the office how it goes and where its devices are, does what the office says,
// and hands over the report at the end. It runs over a Merit of its own, so nothing of it stays in the book.

import { Compile } from 'typebox/compile'
import { type Run, RunCommandSchema, type RunReport } from '../../dashboard/runs/run-shapes.ts'
import { shippedScenario } from '../../devices/scenario/shipped-scenarios.ts'
import { createPicture } from '../fleet-picture.ts'
import { runScenario, type ScenarioProgress } from './run-scenario.ts'

const commands = Compile(RunCommandSchema)

/** Resolves when it has ended, or was stopped. */
export async function runScenarioOfPage({ options }: Run, signal: AbortSignal): Promise<void> {
  const scenario = shippedScenario(options.scenario ?? '')
  if (scenario === undefined) return
  const stopping = new AbortController()
  const stop = () => stopping.abort()
  signal.addEventListener('abort', stop)
  process.once('disconnect', stop)
  const gate = createGate(stopping.signal)
  const hear = (message: unknown) => {
    if (!commands.Check(message)) return
    if (message === 'stop') stop()
    else gate.set(message === 'pause')
  }
  process.on('message', hear)
  const picture = createPicture([])
  let before: ScenarioProgress | undefined
  try {
    const report = await runScenario({
      scenario: { ...scenario, faults: [...(scenario.faults ?? []), ...(options.faults ?? [])] },
      seed: options.seed,
      signal: stopping.signal,
      mayGoOn: gate.open,
      onReading: picture.see,
      onProgress(progress) {
        tell({ kind: 'progress', progress: progressOf(progress, before, picture.now()) })
        before = progress
      },
    })
    tell({ kind: 'report', report })
  } catch (error) {
    tell({ kind: 'failed', problem: error instanceof Error ? error.message.slice(0, 500) : 'unexpected' })
    throw error
  } finally {
    process.off('message', hear)
    if (process.connected) process.disconnect()
  }
}

type Progress = Extract<RunReport, { kind: 'progress' }>['progress']

function progressOf(now: ScenarioProgress, before: ScenarioProgress | undefined, picture: Progress['picture']): Progress {
  const { devices, online, published, acknowledged, phase, reachedMs, startMs, endMs } = now
  const spanS = before === undefined ? 0 : (now.atMs - before.atMs) / 1000
  const readingsPerSecond = spanS > 0 ? Math.max(0, (published - (before?.published ?? 0)) / spanS) : 0
  const counts = { devices, online: Math.max(0, online), batches: 0, published, acknowledged, accepted: acknowledged }
  return {
    ...counts,
    ...{ duplicate: 0, rejected: 0, dropped: 0, readingsPerSecond },
    ...{ reachedMs: Math.round(reachedMs), startMs, endMs, phase, picture },
  }
}

/** What devices wait at while somebody has paused the run. */
function createGate(signal: AbortSignal) {
  let closed: PromiseWithResolvers<void> | undefined
  const set = (isPaused: boolean): void => {
    if (isPaused) closed ??= Promise.withResolvers<void>()
    else {
      closed?.resolve()
      closed = undefined
    }
  }
  signal.addEventListener('abort', () => set(false))
  return { set, open: (): Promise<void> => closed?.promise ?? Promise.resolve() }
}

function tell(report: RunReport): void {
  if (process.connected) process.send?.(report)
}
