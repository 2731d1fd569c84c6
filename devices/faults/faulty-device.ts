// A device that takes the steps of a plan: publishes payloads as they are, good or bad, until each is acknowledged, and does to its
// connection what its faults say. What was published and acknowledged is told; what it means is the ledger's.

import { setTimeout as sleep } from 'node:timers/promises'
import type { DeviceRef } from '../contract/reading.ts'
import { DeviceError } from '../mqtt-device.ts'
import { openSession, type Session } from '../mqtt-session.ts'
import { reconnectDelayMs } from '../reconnect-delay.ts'
import type { PublishStep, Step } from './step.ts'

/** Payloads on their way at once. */
const windowMax = 8
/** A broker that is busy lets one wait; one that is gone is not waited for any longer. */
const silentMsMax = 60_000
/** For a refusal, or for the end of a connection that must end. */
const endMsMax = 10_000
/** After a cut of its own making a device comes back soon, but not at the same instant as others. */
const returnDelays = { firstMs: 100, mostMs: 5000 } as const
const wrongSecret = 'not-the-secret-of-this-device'

export interface FaultyDeviceOptions<Published> {
  readonly url: string
  readonly device: DeviceRef
  readonly secret: string
  readonly steps: Iterable<Step>
  /** Resolves when it is time for what was measured then; default: at once. */
  readonly until?: (dueMs: number) => Promise<void>
  readonly onPublish: (step: PublishStep) => Published
  readonly onAcknowledge: (published: Published) => void
  readonly onOnline?: (isOnline: boolean) => void
  readonly onReceipt?: (payload: Uint8Array) => void
  /** Stops taking steps; what is under way is still awaited for a moment. */
  readonly signal: AbortSignal
}

export interface FaultyDeviceReport {
  /** Payloads that were sent and never acknowledged, because it was stopped or the broker was gone. */
  readonly unacknowledged: number
  /** Packets that ended the connection, as they should. */
  readonly cutForSize: number
  readonly wrongSecretsRefused: number
}

interface Pending<Published> {
  readonly seq: number
  readonly step: PublishStep
  readonly published: Published
}

/** @throws DeviceError when the sign-in is refused, or when nobody answers for a minute */
export async function runFaultyDevice<Published>(options: FaultyDeviceOptions<Published>): Promise<FaultyDeviceReport> {
  const device = createConnection(options)
  try {
    await device.online()
    for (const step of options.steps) {
      if (options.signal.aborted) break
      if ('dueMs' in step) await options.until?.(step.dueMs)
      if (options.signal.aborted) break
      await device.take(step)
    }
    await device.settle()
  } finally {
    await device.close()
  }
  return device.report()
}

function createConnection<Published>(options: FaultyDeviceOptions<Published>) {
  const { url, device, secret, signal } = options
  const pending: Pending<Published>[] = []
  let watchers: (() => void)[] = []
  let session: Session | undefined
  let isReady = false
  let isLeaving = false
  let failure: DeviceError | undefined
  let retry: NodeJS.Timeout | undefined
  let attempt = 0
  let seq = 0
  let cutForSize = 0
  let wrongSecretsRefused = 0
  // Counts on across restarts of the program, because nobody reconnects faster than once a second for long.
  let sessionNumber = Math.floor(Date.now() / 1000)

  const changed = (): void => {
    const called = watchers
    watchers = []
    for (const watcher of called) watcher()
  }
  const until = (condition: () => boolean, limitMs: number): Promise<boolean> =>
    new Promise((resolve) => {
      if (condition()) return resolve(true)
      const finish = (held: boolean): void => {
        clearTimeout(timer)
        resolve(held)
      }
      const timer = setTimeout(() => finish(condition()), limitMs)
      const look = (): void => {
        if (condition()) finish(true)
        else if (failure !== undefined) finish(false)
        else watchers.push(look)
      }
      watchers.push(look)
    })

  const send = (entry: Pending<Published>): void => {
    const { step, published } = entry
    session?.publishTelemetry(step.payload(entry.seq, Date.now()), () => {
      const at = pending.indexOf(entry)
      if (at === -1) return
      pending.splice(at, 1)
      attempt = 0
      options.onAcknowledge(published)
      changed()
    })
  }

  const open = (withSecret: string, onRefused: (why: string) => void): void => {
    sessionNumber += 1
    const states = {
      birth: { state: 'online', session: sessionNumber },
      will: { state: 'offline', session: sessionNumber },
    } as const
    const current: Session = openSession(
      { url, id: device.id, secret: withSecret, ...states },
      {
        onReady() {
          isReady = true
          options.onOnline?.(true)
          for (const entry of pending) send(entry)
          changed()
        },
        onReceipt: (payload) => options.onReceipt?.(payload),
        onEnd(end) {
          if (isReady) options.onOnline?.(false)
          isReady = false
          session = undefined
          if (end.kind === 'refused') onRefused(end.why)
          else if (!isLeaving) {
            retry = setTimeout(openGood, reconnectDelayMs(attempt, Math.random(), returnDelays))
            attempt += 1
          }
          changed()
        },
      },
    )
    session = current
  }
  const openGood = (): void =>
    open(secret, (why) => {
      failure = new DeviceError('sign-in-refused', `The broker refused the sign-in of ${device.id}: ${why}.`)
    })

  const online = async (): Promise<void> => {
    if (session === undefined && retry === undefined) openGood()
    if (await until(() => isReady || signal.aborted, silentMsMax)) return
    throw (
      failure ?? new DeviceError('broker-unreachable', `No MQTT broker answers ${device.id} at ${url}; start Merit (npm start).`)
    )
  }
  const drop = (): void => {
    clearTimeout(retry)
    session?.drop()
  }

  async function tryWrongSecret(): Promise<void> {
    isLeaving = true
    drop()
    clearTimeout(retry)
    let isRefused = false
    open(wrongSecret, () => {
      isRefused = true
      wrongSecretsRefused += 1
    })
    await until(() => isRefused || isReady, endMsMax)
    isLeaving = false
    drop()
    clearTimeout(retry)
    openGood()
    await online()
  }

  return {
    online,
    async take(step: Step): Promise<void> {
      switch (step.kind) {
        case 'publish': {
          if (!(await until(() => (isReady && pending.length < windowMax) || signal.aborted, silentMsMax))) await online()
          if (signal.aborted) return
          seq += 1
          const entry = { seq, step, published: options.onPublish(step) }
          pending.push(entry)
          if (isReady) send(entry)
          return
        }
        case 'publish-too-large': {
          await online()
          const cut = session
          cut?.publishTelemetry(step.payload, () => undefined)
          if (await until(() => session !== cut, endMsMax)) cutForSize += 1
          return online()
        }
        case 'cut':
          drop()
          return online()
        case 'rejoin':
          for (let time = 0; time < step.times; time += 1) {
            drop()
            clearTimeout(retry)
            retry = undefined
            await online()
          }
          return
        case 'try-wrong-secret':
          return tryWrongSecret()
      }
    },
    async settle(): Promise<void> {
      await until(() => pending.length === 0 || signal.aborted, silentMsMax)
      if (signal.aborted) await Promise.race([until(() => pending.length === 0, 2000), sleep(2000)])
      if (failure !== undefined) throw failure
    },
    async close(): Promise<void> {
      isLeaving = true
      clearTimeout(retry)
      if (isReady) await session?.leave({ state: 'offline', session: sessionNumber })
      else session?.drop()
      if (isReady) options.onOnline?.(false)
      isReady = false
    },
    report: (): FaultyDeviceReport => ({ unacknowledged: pending.length, cutForSize, wrongSecretsRefused }),
  }
}
