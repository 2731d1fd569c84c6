// One MQTT connection of a device, from CONNECT to close; it never reconnects. What was sent and not acknowledged on it is for
// mqtt-device.ts to send again: the library's own store is thrown away with the connection.

import { connect, ErrorWithReasonCode, type MqttClient } from 'mqtt'
import type { DeviceState } from './contract/state.ts'
import { deviceTopic } from './contract/topics.ts'

/** A broker that has not answered CONNECT by then will not. */
export const connectMsMax = 10_000
/** Longer than a broker under load takes to write to disk; a PUBACK that is still missing needs a new connection [MQTT-4.4.0-1]. */
export const acknowledgeMsMax = 60_000
/** For each of the two steps of leaving: nobody waits long for a goodbye. */
const leaveMsMax = 2000
/** Keeps a mobile network's address translation open. */
const keepAliveSeconds = 30

/** CONNACK return codes that trying again cannot change [MQTT-3.2.2.3]. */
const finalRefusals: Readonly<Record<number, string>> = {
  1: 'the broker does not speak MQTT 3.1.1',
  2: 'the broker refuses the device id as client id',
  4: 'unknown device or wrong secret',
  5: 'not authorised',
}

export interface SessionOptions {
  readonly url: string
  readonly id: string
  readonly secret: string
  readonly birth: DeviceState
  readonly will: DeviceState
}

export type SessionEnd =
  /** The broker said no, and will say no again. */
  { readonly kind: 'refused'; readonly why: string } | { readonly kind: 'lost'; readonly cause: Error | undefined }

export interface SessionHandlers {
  /** Signed in, receipts subscribed, birth message on its way. */
  readonly onReady: () => void
  readonly onReceipt: (payload: Uint8Array) => void
  /** Once; nothing is called after it. */
  readonly onEnd: (end: SessionEnd) => void
}

export interface Session {
  /** @param onAcknowledged called when the PUBACK is there; never called when the session ends before it */
  publishTelemetry(payload: string | Buffer, onAcknowledged: () => void): void
  /** Says the state, then DISCONNECT, so that the broker does not publish the will. Resolves when the socket is closed. */
  leave(last: DeviceState): Promise<void>
  /** Drops the socket at once. */
  drop(): void
}

export function openSession(options: SessionOptions, handlers: SessionHandlers): Session {
  const { id } = options
  const client = connect(options.url, {
    protocolVersion: 4,
    clean: true,
    clientId: id,
    username: id,
    password: options.secret,
    keepalive: keepAliveSeconds,
    connectTimeout: connectMsMax,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    will: { topic: deviceTopic(id, 'state'), payload: Buffer.from(JSON.stringify(options.will)), qos: 1, retain: false },
  })
  let ended = false
  let cause: Error | undefined
  let refusedWhy: string | undefined
  let unacknowledged = 0
  let stall: NodeJS.Timeout | undefined

  const end = (): void => {
    if (ended) return
    ended = true
    clearTimeout(stall)
    client.end(true)
    handlers.onEnd(refusedWhy === undefined ? { kind: 'lost', cause } : { kind: 'refused', why: refusedWhy })
  }
  const drop = (why: Error): void => {
    cause ??= why
    end()
  }
  /** Restarted by every PUBACK while some are missing. */
  const watchStall = (): void => {
    clearTimeout(stall)
    if (unacknowledged > 0)
      stall = setTimeout(() => drop(new Error(`No PUBACK within ${acknowledgeMsMax / 1000} s.`)), acknowledgeMsMax)
  }

  client.on('connect', () => {
    client.subscribe(deviceTopic(id, 'receipt'), { qos: 1 }, (error) => {
      if (ended) return
      if (error !== null) return drop(error)
      client.publish(deviceTopic(id, 'state'), JSON.stringify(options.birth), { qos: 1 })
      handlers.onReady()
    })
  })
  client.on('message', (topic, payload) => {
    if (!ended && topic === deviceTopic(id, 'receipt')) handlers.onReceipt(payload)
  })
  client.on('error', (error) => {
    cause ??= error
    if (error instanceof ErrorWithReasonCode) refusedWhy ??= finalRefusals[error.code]
  })
  client.on('close', end)

  return {
    publishTelemetry(payload, onAcknowledged) {
      unacknowledged += 1
      if (unacknowledged === 1) watchStall()
      client.publish(deviceTopic(id, 'telemetry'), payload, { qos: 1 }, (error) => {
        if (ended || (error !== undefined && error !== null)) return
        unacknowledged -= 1
        watchStall()
        onAcknowledged()
      })
    },
    async leave(last) {
      if (ended) return
      await publishLast(client, deviceTopic(id, 'state'), last)
      if (ended) return
      ended = true
      clearTimeout(stall)
      // A polite end waits for every PUBACK, also for one that never comes.
      const polite = setTimeout(() => client.end(true), leaveMsMax)
      await new Promise<void>((resolve) => {
        client.once('close', () => resolve())
        client.end(false, {}, () => resolve())
      })
      clearTimeout(polite)
    },
    drop: () => drop(new Error('The device closed the connection.')),
  }
}

/** Resolves on PUBACK, and also when the connection ends or the broker keeps silent: leaving must not hang. */
function publishLast(client: MqttClient, topic: string, last: DeviceState): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, leaveMsMax)
    const done = (): void => {
      clearTimeout(timer)
      resolve()
    }
    client.once('close', done)
    client.publish(topic, JSON.stringify(last), { qos: 1 }, done)
  })
}
