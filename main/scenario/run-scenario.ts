// A scenario from its document to its report: a Merit of its own, devices and policies, everything published over MQTT, then what
// is stored, scored and charged held against what was acknowledged and really done. Leaves nothing behind.

import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { registerDevice } from '../../broker/registry.ts'
import { emptyReport, type ScenarioReport } from '../../dashboard/runs/scenario-report.ts'
import type { Reading } from '../../devices/contract/reading.ts'
import type { FaultyDeviceReport } from '../../devices/faults/faulty-device.ts'
import { createLedger, type Ledger } from '../../devices/faults/ledger.ts'
import { planScenario, pointerToMost, type ScenarioPlan } from '../../devices/scenario/plan-scenario.ts'
import type { Scenario } from '../../devices/scenario/scenario-schema.ts'
import type { Truth } from '../../devices/simulator/truth.ts'
import { addPolicy } from '../../pricing/policies.ts'
import type { Book } from '../../store/book/schema.ts'
import { checkStore } from './check-store.ts'
import { insistOnRoom } from './machine-room.ts'
import { type PrivateMerit, startPrivateMerit } from './private-merit.ts'
import { runDevices } from './run-devices.ts'
import { scoreScenario } from './score-scenario.ts'

const progressMs = 500
/** The store takes what the journal holds within moments; a machine that is busy needs longer. */
const drainMsMax = 60_000

export interface ScenarioProgress {
  readonly phase: 'starting' | 'publishing' | 'storing' | 'pricing' | 'checking'
  readonly devices: number
  readonly online: number
  readonly published: number
  readonly acknowledged: number
  /** Simulated time that is reached, and where it began and ends. */
  readonly reachedMs: number
  readonly startMs: number
  readonly endMs: number
  readonly megabytes: number
  /** On a clock that only goes forward. */
  readonly atMs: number
}

export interface ScenarioRun {
  readonly scenario: Scenario
  readonly seed?: string | undefined
  readonly signal: AbortSignal
  readonly onProgress?: (progress: ScenarioProgress) => void
  /** Resolves at once, or when somebody who paused it lets it go on. */
  readonly mayGoOn?: () => Promise<void>
  /** Every reading as it is measured. */
  readonly onReading?: (reading: Reading) => void
  /** Told what a run that is killed would leave, before anything happens. */
  readonly onStart?: (report: ScenarioReport) => void
}

/** @throws DeviceError, CommandError for a machine that is too small */
export async function runScenario({
  scenario,
  seed,
  signal,
  onProgress,
  onStart,
  mayGoOn,
  onReading,
}: ScenarioRun): Promise<ScenarioReport> {
  const startedAt = performance.now()
  const plan = planScenario(scenario, seed === undefined ? {} : { seed })
  insistOnRoom(plan.devices.length, 2, `${scenario.name}#${pointerToMost(scenario)}`)
  const empty = emptyReport(scenario.name, plan.seed, plan.devices.length, scenario.days)
  onStart?.(empty)

  const ledger = createLedger()
  const state: { phase: ScenarioProgress['phase']; online: number; reachedMs: number } = {
    phase: 'starting',
    online: 0,
    reachedMs: plan.startMs,
  }
  const tell = (): void => {
    const { published, acknowledged } = ledger.counts()
    const megabytes = Math.round(process.memoryUsage.rss() / 1_048_576)
    const { startMs, endMs } = plan
    onProgress?.({
      ...state,
      devices: plan.devices.length,
      published,
      acknowledged,
      startMs,
      endMs,
      megabytes,
      atMs: performance.now(),
    })
  }
  const timer = setInterval(tell, progressMs)
  const enter = (phase: ScenarioProgress['phase']): void => {
    state.phase = phase
    tell()
  }
  enter('starting')
  const merit = await startPrivateMerit(pino({ level: 'silent' }))
  try {
    const secrets = await enrol(merit.book, plan)
    const truths: Truth[] = []
    enter('publishing')
    const connections = await runDevices({
      plan,
      mqttUrl: merit.mqttUrl,
      secretOf: (id) => secrets.get(id) ?? '',
      ledger,
      unfaulted: merit.unfaulted,
      ...(mayGoOn === undefined ? {} : { mayGoOn }),
      ...(onReading === undefined ? {} : { onReading }),
      onTruth: (truth) => truths.push(truth),
      onOnline: (change) => {
        state.online += change
      },
      onReached: (reachedMs) => {
        state.reachedMs = Math.max(state.reachedMs, Math.min(plan.endMs, reachedMs))
      },
      signal,
    })
    const isWhole = !signal.aborted
    enter('storing')
    await stored(merit, ledger)
    await merit.drain()
    enter('pricing')
    await merit.pricing.settle()
    const scored = isWhole ? await scoreScenario(merit, plan, truths) : {}
    enter('checking')
    const { book, telemetry } = merit
    const checked = await checkStore({ book, telemetry, ledger, devices: plan.devices })
    const { published, acknowledged, duplicates } = ledger.counts()
    const sum = (of: (device: FaultyDeviceReport) => number) => connections.reduce((total, each) => total + of(each), 0)
    const counts = {
      published,
      acknowledged,
      duplicates,
      refusedSignIns: sum(({ wrongSecretsRefused }) => wrongSecretsRefused),
      cutForSize: sum(({ cutForSize }) => cutForSize),
    }
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10
    const ended = isWhole ? 'completely' : 'early'
    return {
      ...empty,
      ended,
      seconds,
      ...counts,
      ...scored,
      ...checked,
      examples: [...checked.examples],
    }
  } finally {
    clearInterval(timer)
    await merit.close()
  }
}

/** @returns the devices' secrets */
async function enrol(book: Book, plan: ScenarioPlan): Promise<ReadonlyMap<string, string>> {
  const secrets = new Map<string, string>()
  const nowMs = Date.now()
  for (const { id, kind } of plan.devices) {
    const registered = await registerDevice(book, { id, kind }, nowMs)
    if (registered.kind === 'registered') secrets.set(id, registered.secret)
  }
  for (const { id, product, deviceIds, classFacts } of plan.policies) {
    const added = await addPolicy(book, { id, product, deviceIds, timeZone: plan.timeZone, classFacts }, nowMs)
    if (added.kind !== 'added')
      throw Object.assign(
        new Error(`The policy ${id} of the scenario was not added: ${'problem' in added ? added.problem : added.kind}.`),
        { code: 'scenario-policy' },
      )
  }
  return secrets
}

/** Waits until the store holds what was acknowledged, or does not get any further. */
async function stored({ telemetry }: PrivateMerit, ledger: Ledger): Promise<void> {
  const { kept } = ledger.counts()
  const deadlineMs = Date.now() + drainMsMax
  while (Date.now() < deadlineMs && (await telemetry.count()) < kept) await sleep(100)
}
