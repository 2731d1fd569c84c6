// Somebody else's broker in place of our own: edge is then a client of it, several edges share its messages by a `$share` group, and
// a PUBACK still goes out only when the message is on disk. Who may publish where is that broker's to say: a device is known by
// the topic alone.

import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt'
import type { Logger } from 'pino'
import type { DeviceRef } from '../devices/contract/reading.ts'
import { parseDeviceState } from '../devices/contract/state.ts'
import { deviceTopic, parseDeviceTopic, type UpChannel, upChannels } from '../devices/contract/topics.ts'
import type { Book } from '../store/book/schema.ts'
import type { Broker, BrokerHandlers } from './create-broker.ts'
import { createKnownDevices } from './known-devices.ts'

/**
 * The library hands on one message a connection at a time, because the next waits for the PUBACK of this one. As many connections
 * share one group commit.
 */
export const connectionsUsual = 16
const connectMsMax = 10_000
const reconnectMs = 1000
const keepAliveSeconds = 30
/** A journal that takes nothing: the broker keeps the message meanwhile. */
const againMs = 1000
/** What was taken in is acknowledged within this at a stop. */
const closeMsMax = 5000
/** As of our own devices: a larger one is no batch. */
const payloadBytesMax = 256 * 1024

export interface ExternalBrokerOptions {
  /** `mqtt:`, `mqtts:`, `ws:` or `wss:`, with user and password where the broker asks for them. */
  readonly url: string
  /** Of the shared subscription: edges of one group share the messages, each group gets all of them. */
  readonly group: string
  /** The same at each start, so that what this edge had and did not acknowledge comes again. */
  readonly clientId: string
  readonly connections?: number
  readonly book: Book
  readonly log: Logger
  /** A message that is acknowledged and not taken in, with its reason. */
  readonly onIgnored: (reason: 'foreign-topic' | 'unknown-device' | 'too-large') => void
  readonly nowMs: () => number
}

export interface ExternalBroker extends Omit<Broker, 'listen'> {
  /** Connects, for as long as it takes, and hands on what arrives. */
  start(handlers: BrokerHandlers): void
  /** Why nothing arrives; undefined while all is well. */
  absence(): string | undefined
}

export function openExternalBroker(options: ExternalBrokerOptions): ExternalBroker {
  const { url, group, clientId, connections = connectionsUsual, book, log, onIgnored, nowMs } = options
  const shown = shownUrl(url)
  const devices = createKnownDevices(book, nowMs)
  const clients: MqttClient[] = []
  const connected = new Set<MqttClient>()
  const underWay = new Set<Promise<void>>()
  /** By device: the last that its state said. */
  const online = new Set<string>()
  let isClosing = false
  let lastError = 'it was not reached yet'

  const take = async (handlers: BrokerHandlers, packet: IPublishPacket): Promise<void> => {
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload
    const topic = parseDeviceTopic(packet.topic)
    const channel = upChannels.find((name) => name === topic?.channel)
    if (topic === undefined || channel === undefined) return onIgnored('foreign-topic')
    if (payload.length > payloadBytesMax) return onIgnored('too-large')
    // A journal or a disk that is full, a book that is busy: the broker keeps the message until it is taken.
    for (;;) {
      try {
        const device = await devices.find(topic.device)
        if (device === undefined) return onIgnored('unknown-device')
        await handlers.onPublish(device, channel, payload)
        noteState(device, channel, payload)
        return
      } catch (error) {
        if (isClosing) throw error
        await new Promise((resolve) => setTimeout(resolve, againMs))
      }
    }
  }
  const noteState = (device: DeviceRef, channel: UpChannel, payload: Buffer): void => {
    const told = channel === 'state' ? parseDeviceState(payload) : undefined
    if (told?.state === 'online') online.add(device.id)
    else if (told !== undefined) online.delete(device.id)
  }

  const open = (handlers: BrokerHandlers, number: number): MqttClient => {
    const given: IClientOptions = {
      protocolVersion: 4,
      // The broker keeps what this edge did not acknowledge while it is away.
      clean: false,
      clientId: `${clientId}-${number}`,
      keepalive: keepAliveSeconds,
      connectTimeout: connectMsMax,
      reconnectPeriod: reconnectMs,
      resubscribe: false,
    }
    const client = connect(url, given)
    client.handleMessage = (packet, done) => {
      const taken = take(handlers, packet)
      underWay.add(taken)
      taken.then(
        () => {
          underWay.delete(taken)
          done()
        },
        // No PUBACK: it comes again, to this edge or another one of the group.
        () => underWay.delete(taken),
      )
    }
    client.on('connect', () => {
      connected.add(client)
      const filters = upChannels.map((channel) => `$share/${group}/merit/v1/+/${channel}`)
      client.subscribe(filters, { qos: 1 }, (error, granted) => {
        const refused = granted?.find(({ qos }) => qos > 2)
        if (error === null && refused === undefined) return
        lastError = `it refuses the subscription ${refused?.topic ?? filters.join(', ')}: allow it, or shared subscriptions`
        connected.delete(client)
        log.error({ broker: shown }, `The broker at ${shown} is reached, but ${lastError}.`)
      })
    })
    client.on('close', () => connected.delete(client))
    client.on('error', (error) => {
      if (error.message !== lastError) log.warn({ broker: shown }, `The broker at ${shown} cannot be used: ${error.message}.`)
      lastError = error.message
    })
    return client
  }

  return {
    start(handlers) {
      for (let number = 1; number <= connections; number += 1) clients.push(open(handlers, number))
      log.info({ broker: shown, group, connections }, 'edge takes its messages from an external broker')
    },
    send(deviceId, channel, payload) {
      const [client] = connected
      if (client === undefined) return 'not-listening'
      // A receipt that is lost with a connection is asked for by nobody.
      client.publish(deviceTopic(deviceId, channel), payload, { qos: 1 }, () => undefined)
      return 'sent'
    },
    connectedDevices: () => online.size,
    disconnect: () => false,
    absence: () => (connected.size > 0 ? undefined : `The broker at ${shown} is away: ${lastError}.`),
    async close() {
      isClosing = true
      await Promise.race([Promise.allSettled([...underWay]), new Promise((resolve) => setTimeout(resolve, closeMsMax))])
      await Promise.all(clients.map((client) => client.endAsync().catch(() => client.end(true))))
    },
  }
}

/** Without what signs in. */
function shownUrl(url: string): string {
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}`
}
