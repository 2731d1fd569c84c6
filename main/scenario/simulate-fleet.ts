// `npm run simulate`: a fleet of any size against the Merit of this data folder, in real time or faster, with faults switched on,
// until Ctrl-C; one line says how it goes.

import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { Compile } from 'typebox/compile'
import { issueLocalCredential, type LocalCredential, registerDevice } from '../../broker/registry.ts'
import { type Receipt, ReceiptSchema } from '../../devices/contract/receipt.ts'
import { faultsOf } from '../../devices/faults/fault-switch.ts'
import { runFaultyDevice } from '../../devices/faults/faulty-device.ts'
import { planSteps } from '../../devices/faults/plan-steps.ts'
import { type FleetMember, fleetReadings } from '../../devices/scenario/fleet-readings.ts'
import type { Book } from '../../store/book/schema.ts'
import type { Configuration } from '../configuration.ts'
import { localCredentialMsMax, mqttUrlOf } from '../local-device.ts'
import { terminalMessages } from '../messages/terminal-messages.ts'
import { type FleetChoices, readFleetOptions } from './fleet-options.ts'
import { createProgressLine } from './progress-line.ts'
import type { ScenarioProgress } from './run-scenario.ts'
import { progressText, scenarioMessages } from './simulate-words.ts'

const progressMs = 1000
const dayMs = 86_400_000
/** A drive is seen with this delay. */
const publishMs = 5000
/** Signing in at once: a broker answers these before it is asked by more. */
const signingInMax = 100
/** From here on memory counts more than speed: half as much of it a device. */
const manyDevices = 1000
/** Sleeps no longer, so that being stopped is noticed. */
const napMsMax = 60_000

interface FleetTask {
  readonly configuration: Configuration
  readonly book: Book
  readonly args: readonly string[]
  readonly signal: AbortSignal
}

/** @throws CommandError, RecordingError, DeviceError */
export async function simulateFleet({ configuration, book, args, signal }: FleetTask): Promise<void> {
  const say = terminalMessages(configuration.locale)
  const choices = await readFleetOptions(args, say)
  const { members } = choices
  if (members.length >= manyDevices) setFlagsFromString('--optimize-for-size')
  const clock = createClock(choices)
  const counts = { online: 0, published: 0, acknowledged: 0, refused: 0 }
  const line = createProgressLine(process.stderr, false)
  const words = scenarioMessages(say.language)
  let before: ScenarioProgress | undefined
  const show = (): void => {
    const megabytes = Math.round(process.memoryUsage.rss() / 1_048_576)
    const reachedMs = clock.reachedMs()
    const times = { reachedMs, startMs: clock.startMs, endMs: Date.now(), atMs: performance.now() }
    const progress = { phase: 'publishing', devices: members.length, ...counts, ...times, megabytes } as const
    line.show(progressText(words, say.language, progress, before))
    before = progress
  }
  const credentials: LocalCredential[] = []
  const timer = setInterval(show, progressMs)
  try {
    if (choices.leftOut !== undefined && choices.leftOut.roads > 0)
      console.log(words.leftOut(choices.leftOut.roads, Math.round(choices.leftOut.metres / 100) / 10))
    console.log(say.fleetRunning(members.length))
    await runMembers({ configuration, book, choices, clock, counts, credentials, signal })
  } finally {
    clearInterval(timer)
    line.clear()
    for (const credential of credentials) await credential.revoke()
  }
  console.log(say.fleetCounts(members.length, counts.published, counts.acknowledged, counts.refused))
}

interface Clock {
  readonly startMs: number
  reachedMs(): number
  /** Resolves when simulated time gets there, or when the fleet is stopped. */
  until(dueMs: number, signal: AbortSignal): Promise<void>
}

/** Times never run ahead of the real clock: above real time a fleet catches up from an earlier day. */
function createClock({ speed, days }: Pick<FleetChoices, 'speed' | 'days'>): Clock {
  const beganMs = Date.now()
  const startMs = Math.floor(beganMs / 1000) * 1000 - Math.round(days * dayMs)
  const reachedMs = (): number => Math.min(Date.now(), startMs + (Date.now() - beganMs) * speed)
  return {
    startMs,
    reachedMs,
    async until(dueMs, signal) {
      for (let leftMs = dueMs - reachedMs(); leftMs > 0 && !signal.aborted; leftMs = dueMs - reachedMs()) {
        const isCatchingUp = reachedMs() < Date.now() - 1000
        const napMs = Math.max(1, Math.min(napMsMax, isCatchingUp ? leftMs / speed : leftMs))
        await sleep(napMs, undefined, { signal }).catch(() => undefined)
      }
    },
  }
}

interface Members {
  readonly configuration: Configuration
  readonly book: Book
  readonly choices: FleetChoices
  readonly clock: Clock
  readonly counts: { online: number; published: number; acknowledged: number; refused: number }
  readonly credentials: LocalCredential[]
  readonly signal: AbortSignal
}

async function runMembers({ configuration, book, choices, clock, counts, credentials, signal }: Members): Promise<void> {
  const { members, seed, speed, faults } = choices
  const failed = new AbortController()
  const stopping = AbortSignal.any([signal, failed.signal])
  const running: Promise<unknown>[] = []
  let signedIn = 0
  for (const member of members) {
    if (stopping.aborted) break
    const credential = await enrol(book, member)
    credentials.push(credential)
    while (running.length - signedIn >= signingInMax && !stopping.aborted) await sleep(5)
    let isFirst = true
    const steps = planSteps(fleetReadings(member, seed, clock.startMs), {
      device: member,
      faults: faultsOf(faults, member, seed, clock.startMs),
      seed,
      spanMsMax: publishMs * speed,
    })
    const device = runFaultyDevice<number>({
      url: mqttUrlOf(configuration),
      device: member,
      secret: credential.secret,
      steps,
      until: (dueMs) => clock.until(dueMs, stopping),
      onPublish({ units }) {
        counts.published += units.length
        return units.length
      },
      onAcknowledge: (units) => {
        counts.acknowledged += units
      },
      onOnline(isOnline) {
        counts.online += isOnline ? 1 : -1
        if (isFirst) signedIn += 1
        isFirst = false
      },
      onReceipt: (payload) => {
        counts.refused += refusedIn(payload)
      },
      signal: stopping,
    }).catch((error: unknown) => {
      // One that cannot go on ends the fleet; the others sign off first.
      failed.abort(error)
      throw error
    })
    running.push(device)
    // Its failure is told by all of them together.
    device.catch(() => undefined)
  }
  await Promise.all(running)
}

/** Registers the device at its first run; later ones find it. */
async function enrol(book: Book, { id, kind }: FleetMember): Promise<LocalCredential> {
  await registerDevice(book, { id, kind, label: `Simulated ${id.slice('sim-'.length)}` }, Date.now())
  return issueLocalCredential(book, id, localCredentialMsMax, Date.now())
}

const receipts = Compile(ReceiptSchema)

function refusedIn(payload: Uint8Array): number {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload).toString('utf8'))
    return receipts.Check(value) ? refusals(value) : 0
  } catch {
    return 0
  }
}

function refusals({ rejected }: Receipt): number {
  return rejected.length
}
