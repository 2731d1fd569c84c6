// A device as Merit's wire contract wants it: signs in, says that it is there, publishes readings at QoS 1 until each batch is
// acknowledged, over as many connections as that takes, and hands back the receipts. What is measured is the caller's business.

import { Compile } from 'typebox/compile'
import type { DeviceRef, Reading } from './contract/reading.ts'
import { type Receipt, ReceiptSchema } from './contract/receipt.ts'
import { encodeTelemetry } from './contract/telemetry.ts'
import { openSession, type Session } from './mqtt-session.ts'
import { createOutbox, inFlightMax, outboxBatchesMax, type Sequenced } from './outbox.ts'
import { type ReconnectLimits, reconnectDelayMs, reconnectLimits } from './reconnect-delay.ts'

/** After the PUBACK: the store may be slow. */
export const receiptMsMax = 30_000
/** A receipt that went to a connection that broke never comes; one that was only late still finds the next connection. */
export const receiptAfterLossMsMax = 2000
/** How long `close` goes on trying to empty the outbox when it is not told. */
export const closeMsMax = 10_000

export type DeviceErrorCode = 'bad-mqtt-url' | 'sign-in-refused' | 'broker-unreachable' | 'device-closed'

/** The device cannot go on. Its message says what to do, in one line. */
export class DeviceError extends Error {
  readonly code: DeviceErrorCode

  constructor(code: DeviceErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.code = code
  }
}

export type DeviceEvent =
  | { readonly kind: 'online'; readonly session: number }
  | { readonly kind: 'offline'; readonly retryMs: number; readonly cause: Error | undefined }
  /** Final: the device does not try again. */
  | { readonly kind: 'refused'; readonly error: DeviceError }

export interface MqttDeviceOptions {
  /** `mqtt:`, `mqtts:`, `ws:` or `wss:`. */
  readonly url: string
  readonly device: DeviceRef
  readonly secret: string
  readonly onEvent?: (event: DeviceEvent) => void
  readonly outboxBatchesMax?: number
  readonly inFlightMax?: number
  readonly reconnect?: ReconnectLimits
}

/** What becomes of a batch. Neither promise ever rejects. */
export interface SentBatch {
  readonly seq: number
  /** True on PUBACK; false when the device was closed or refused before. */
  readonly acknowledged: Promise<boolean>
  /** Undefined when no receipt came in time. */
  readonly receipt: Promise<Receipt | undefined>
}

export interface MqttDevice {
  readonly device: DeviceRef
  /** Resolves at the first sign-in; rejects with a DeviceError when it is refused, unreachable for that long, or closed. */
  online(limitMs: number): Promise<void>
  /** Queues a batch of at most 1,000 readings; undefined when the outbox is full: keep the readings and wait for `room`. */
  publish(readings: readonly Reading[]): SentBatch | undefined
  /** Resolves when the outbox takes another batch; rejects with a DeviceError when it never will. */
  room(): Promise<void>
  unacknowledged(): number
  /** Waits until everything is acknowledged, at most so long; then says `offline` and leaves. */
  close(limitMs?: number): Promise<{ readonly unacknowledgedBatches: number }>
}

interface Entry {
  readonly readings: readonly Reading[]
  readonly acknowledge: (arrived: boolean) => void
  readonly takeReceipt: (receipt: Receipt | undefined) => void
  receiptTimer: NodeJS.Timeout | undefined
  arrived: boolean
  answered: boolean
}

const receiptValidator = Compile(ReceiptSchema)

/** @throws DeviceError `bad-mqtt-url` */
export function connectDevice(options: MqttDeviceOptions): MqttDevice {
  const { device } = options
  checkUrl(options.url)
  const outbox = createOutbox<Entry>(options.outboxBatchesMax ?? outboxBatchesMax, options.inFlightMax ?? inFlightMax)
  /** By seq, until the batch is acknowledged and its receipt is there or overdue; the two come in either order. */
  const unsettled = new Map<number, Entry>()
  /** Called, and forgotten, whenever the device's situation changes. */
  let watchers: (() => void)[] = []
  let session: Session | undefined
  let ready = false
  let everOnline = false
  let sessionNumber = 0
  let attempt = 0
  let retry: NodeJS.Timeout | undefined
  let lastCause: Error | undefined
  let failure: DeviceError | undefined
  let leaving = false

  const changed = (): void => {
    const called = watchers
    watchers = []
    for (const watcher of called) watcher()
  }

  const settleArrival = (seq: number, entry: Entry, arrived: boolean): void => {
    entry.arrived = true
    if (entry.answered) unsettled.delete(seq)
    entry.acknowledge(arrived)
  }
  const settleReceipt = (seq: number, entry: Entry, receipt: Receipt | undefined): void => {
    clearTimeout(entry.receiptTimer)
    entry.answered = true
    if (entry.arrived) unsettled.delete(seq)
    entry.takeReceipt(receipt)
  }

  const awaitReceipt = (seq: number, entry: Entry, limitMs: number): void => {
    if (entry.answered) return
    clearTimeout(entry.receiptTimer)
    entry.receiptTimer = setTimeout(() => settleReceipt(seq, entry, undefined), limitMs)
  }

  const fail = (error: DeviceError): void => {
    failure ??= error
    for (const [seq, entry] of [...unsettled]) {
      if (!entry.arrived) settleArrival(seq, entry, false)
      if (!entry.answered) settleReceipt(seq, entry, undefined)
    }
    changed()
  }

  const pump = (): void => {
    if (!ready || session === undefined) return
    for (let next = outbox.next(); next !== undefined; next = outbox.next()) send(session, next)
  }

  const send = (current: Session, { seq, item }: Sequenced<Entry>): void => {
    const payload = encodeTelemetry(device.kind, seq, Date.now(), item.readings)
    current.publishTelemetry(payload, () => {
      attempt = 0
      if (!outbox.acknowledge(seq)) return
      settleArrival(seq, item, true)
      awaitReceipt(seq, item, receiptMsMax)
      pump()
      changed()
    })
  }

  const takeReceipt = (payload: Uint8Array): void => {
    const receipt = parseReceipt(payload)
    if (receipt === undefined || receipt.seq === null) return
    const entry = unsettled.get(receipt.seq)
    if (entry !== undefined && !entry.answered) settleReceipt(receipt.seq, entry, receipt)
  }

  const open = (): void => {
    // Counts on across restarts of the program, because nobody reconnects faster than once a second for long.
    sessionNumber = Math.max(sessionNumber + 1, Math.floor(Date.now() / 1000))
    const current = openSession(
      {
        url: options.url,
        id: device.id,
        secret: options.secret,
        birth: { state: 'online', session: sessionNumber },
        will: { state: 'offline', session: sessionNumber },
      },
      {
        onReady: () => {
          ready = true
          everOnline = true
          options.onEvent?.({ kind: 'online', session: sessionNumber })
          pump()
          changed()
        },
        onReceipt: takeReceipt,
        onEnd: (end) => {
          ready = false
          session = undefined
          outbox.rewind()
          for (const [seq, entry] of unsettled) if (entry.arrived) awaitReceipt(seq, entry, receiptAfterLossMsMax)
          if (end.kind === 'refused') {
            const error = new DeviceError(
              'sign-in-refused',
              `The broker refused the sign-in of ${device.id}: ${end.why}. Check the id and its secret (merit device add).`,
            )
            fail(error)
            options.onEvent?.({ kind: 'refused', error })
          } else if (!leaving) {
            lastCause = end.cause ?? lastCause
            const retryMs = reconnectDelayMs(attempt, Math.random(), options.reconnect ?? reconnectLimits)
            attempt += 1
            retry = setTimeout(open, retryMs)
            options.onEvent?.({ kind: 'offline', retryMs, cause: end.cause })
          }
          changed()
        },
      },
    )
    session = current
  }

  /** Resolves true once the condition holds, false when the time is over. A failed device meets no condition any more. */
  const until = (condition: () => boolean, limitMs: number): Promise<boolean> =>
    new Promise((resolve) => {
      let over = false
      const finish = (held: boolean): void => {
        over = true
        clearTimeout(timer)
        resolve(held)
      }
      const timer = setTimeout(() => finish(condition()), Math.min(limitMs, timerMsMax))
      const look = (): void => {
        if (over) return
        if (condition()) finish(true)
        else if (failure !== undefined) finish(false)
        else watchers.push(look)
      }
      look()
    })

  open()

  return {
    device,
    async online(limitMs) {
      if (await until(() => everOnline, limitMs)) return
      if (failure !== undefined) throw failure
      const why = lastCause === undefined || lastCause.message === '' ? '' : ` (${lastCause.message})`
      throw new DeviceError(
        'broker-unreachable',
        `No MQTT broker answers at ${options.url}${why}. Start Merit (npm start) or check the address.`,
        lastCause,
      )
    },
    publish(readings) {
      const acknowledged = Promise.withResolvers<boolean>()
      const receipt = Promise.withResolvers<Receipt | undefined>()
      const entry: Entry = {
        readings,
        acknowledge: acknowledged.resolve,
        takeReceipt: receipt.resolve,
        receiptTimer: undefined,
        arrived: false,
        answered: false,
      }
      if (failure !== undefined || leaving) return undefined
      const seq = outbox.add(entry)
      if (seq === undefined) return undefined
      unsettled.set(seq, entry)
      pump()
      return { seq, acknowledged: acknowledged.promise, receipt: receipt.promise }
    },
    async room() {
      await until(() => !outbox.isFull() && failure === undefined, timerMsMax)
      if (failure !== undefined) throw failure
    },
    unacknowledged: () => outbox.size(),
    async close(limitMs = closeMsMax) {
      await until(() => outbox.size() === 0, limitMs)
      leaving = true
      clearTimeout(retry)
      if (ready) await session?.leave({ state: 'offline', session: sessionNumber })
      else session?.drop()
      session = undefined
      ready = false
      fail(new DeviceError('device-closed', `The device ${device.id} was closed.`))
      return { unacknowledgedBatches: outbox.size() }
    },
  }
}

/** Node's timers hold no more. */
const timerMsMax = 2_147_483_647

function checkUrl(url: string): void {
  const protocols = ['mqtt:', 'mqtts:', 'ws:', 'wss:']
  if (URL.canParse(url) && protocols.includes(new URL(url).protocol)) return
  throw new DeviceError('bad-mqtt-url', `${JSON.stringify(url)} is not an MQTT address; write one such as mqtt://127.0.0.1:1883.`)
}

function parseReceipt(payload: Uint8Array): Receipt | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
    return receiptValidator.Check(value) ? value : undefined
  } catch {
    return undefined
  }
}
