// A device as a flow holds it: one MQTT connection that comes back by itself, bytes published at QoS 1 as they are (a flow may well
// send nonsense on purpose), receipts and advice handed on. Readings that must not be lost are mqtt-device.ts's.

import { connect, ErrorWithReasonCode, type MqttClient } from 'mqtt'
import type { DeviceRef } from '../contract/reading.ts'
import { deviceTopic } from '../contract/topics.ts'
import { reconnectDelayMs, reconnectLimits } from '../reconnect-delay.ts'

/** Messages without a PUBACK; a flow that goes on is told that they wait. */
export const unacknowledgedMax = 1000
const connectMsMax = 10_000
const keepAliveSeconds = 30

export type FlowDeviceEvent =
  | { readonly kind: 'online' }
  | { readonly kind: 'offline' }
  /** The broker will say no again. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'receipt'; readonly payload: unknown }
  | { readonly kind: 'nudge'; readonly payload: unknown }

export interface FlowDevice {
  /** Resolves on the PUBACK. @throws Error `too-many-waiting`, or when the device is closed before */
  publish(bytes: Uint8Array): Promise<void>
  waiting(): number
  /** `cut`: no goodbye. `rejoin N`: off and on again so often. `try-wrong-secret`: somebody tries, and fails. */
  disturb(what: string): Promise<void>
  close(): Promise<void>
}

export interface FlowDeviceOptions {
  readonly url: string
  readonly device: DeviceRef
  readonly secret: string
  readonly onEvent: (event: FlowDeviceEvent) => void
}

export function connectFlowDevice({ url, device, secret, onEvent }: FlowDeviceOptions): FlowDevice {
  const waiting = new Set<(error: Error) => void>()
  const session = Math.floor(Date.now() / 1000)
  const state = (is: 'online' | 'offline') => JSON.stringify({ state: is, session })
  let attempt = 0
  const client = connect(url, {
    protocolVersion: 4,
    clean: true,
    clientId: device.id,
    username: device.id,
    password: secret,
    keepalive: keepAliveSeconds,
    connectTimeout: connectMsMax,
    reconnectPeriod: reconnectLimits.firstMs,
    queueQoSZero: false,
    will: { topic: deviceTopic(device.id, 'state'), payload: Buffer.from(state('offline')), qos: 1, retain: false },
  })
  client.on('connect', () => {
    attempt = 0
    client.subscribe([deviceTopic(device.id, 'receipt'), deviceTopic(device.id, 'nudge')], { qos: 1 })
    client.publish(deviceTopic(device.id, 'state'), state('online'), { qos: 1 })
    onEvent({ kind: 'online' })
  })
  client.on('message', (topic, bytes) => {
    const payload = parsed(bytes)
    if (payload === undefined) return
    if (topic === deviceTopic(device.id, 'receipt')) onEvent({ kind: 'receipt', payload })
    else if (topic === deviceTopic(device.id, 'nudge')) onEvent({ kind: 'nudge', payload })
  })
  client.on('error', (error) => {
    if (!(error instanceof ErrorWithReasonCode)) return
    end(client)
    for (const refuse of [...waiting]) refuse(error)
    onEvent({ kind: 'refused' })
  })
  client.on('close', () => {
    // Many flows come back at once when Merit does: never all in the same second.
    client.options.reconnectPeriod = reconnectDelayMs(attempt, Math.random(), reconnectLimits)
    attempt += 1
    onEvent({ kind: 'offline' })
  })
  return {
    publish(bytes) {
      if (waiting.size >= unacknowledgedMax)
        return Promise.reject(
          Object.assign(new Error(`${unacknowledgedMax} messages of ${device.id} wait for their PUBACK.`), {
            code: 'too-many-waiting',
          }),
        )
      return new Promise((resolve, reject) => {
        waiting.add(reject)
        const settle = (error: Error | null | undefined): void => {
          waiting.delete(reject)
          if (error === null || error === undefined) resolve()
          else reject(error)
        }
        client.publish(deviceTopic(device.id, 'telemetry'), Buffer.from(bytes), { qos: 1 }, settle)
      })
    },
    waiting: () => waiting.size,
    async disturb(what) {
      const [kind, times = '1'] = what.split(' ')
      if (kind === 'try-wrong-secret') await tryWrongSecret(url, device.id)
      else for (let time = 0; time < Math.min(rejoinsMax, Number(times)); time += 1) await cut(client)
    },
    async close() {
      if (client.connected)
        await new Promise<void>((resolve) => {
          setTimeout(resolve, leaveMsMax).unref()
          client.publish(deviceTopic(device.id, 'state'), state('offline'), { qos: 1 }, () => resolve())
        })
      end(client)
      const closed = new Error(`The device ${device.id} was closed.`)
      for (const refuse of [...waiting]) refuse(closed)
    },
  }
}

const leaveMsMax = 2000
const rejoinsMax = 5
const againMsMax = 15_000

/** Without DISCONNECT, so that the broker publishes the will; resolves when the device is back. */
async function cut(client: MqttClient): Promise<void> {
  if (!client.connected) return
  client.stream.destroy()
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, againMsMax)
    client.once('connect', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

function tryWrongSecret(url: string, id: string): Promise<void> {
  return new Promise((resolve) => {
    const intruder = connect(url, {
      protocolVersion: 4,
      clientId: id,
      username: id,
      password: 'not the secret',
      connectTimeout: connectMsMax,
      reconnectPeriod: 0,
    })
    const done = (): void => {
      intruder.end(true)
      resolve()
    }
    for (const event of ['connect', 'error', 'close'] as const) intruder.once(event, done)
  })
}

function end(client: MqttClient): void {
  client.end(true)
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}
