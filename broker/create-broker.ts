// Aedes wired up: who may connect, what they may publish and subscribe, and the promise that a PUBACK follows only when the
// handler of the message has resolved. What a payload means is the handler's business.
//
// Aedes writes the PUBACK when `authorizePublish` calls back, so the handler runs in there: a later hook would acknowledge
// first. Nothing is delivered through the broker's own fan-out: one subscriber that stops reading would hold up everyone.

import { randomUUID } from 'node:crypto'
import type { EventEmitter } from 'node:events'
import { Aedes, type AuthenticateError, type Client, type PublishPacket } from 'aedes'
import type { Logger } from 'pino'
import type { DeviceRef } from '../devices/contract/reading.ts'
import { type DownChannel, deviceTopic, type UpChannel } from '../devices/contract/topics.ts'
import type { Book } from '../store/book/schema.ts'
import { type ConnectRequest, type ConnectReturnCode, connectReturnCodes, judgeConnect } from './connect-rules.ts'
import type { ConnectionEvent, EndReason, Transport } from './connection-events.ts'
import { type LimitedConnection, PacketRefused } from './limited-connection.ts'
import { helloMsMax, type Listener, listenTcp, listenWebSocket } from './listeners.ts'
import { liveCredentials, verifySecret } from './registry.ts'
import { createSessions, type Session } from './sessions.ts'
import { createSignInLimit } from './sign-in-limit.ts'
import { channelOf, maySubscribe } from './topic-rights.ts'

/** A device that does not read its answers for this long is cut. */
const drainMsMax = 10_000
/** QoS 2 messages of one device that wait for their PUBREL; each may hold a packet of the largest size. */
const qos2InflightMax = 16
/** Messages the broker hands to its (empty) fan-out at once. */
const dispatchConcurrency = 500
const topicLevelsMax = 8
const clientIdCharactersMax = 64
/** A device that was not acknowledged is cut only after this, so that its next attempt does not follow at once. */
const refusalDelayMs = 1000
/** Answers to one device that wait in memory; further ones are dropped and counted, the PUBACK has said what matters. */
const unreadBytesMax = 1024 * 1024
/** How soon a revoked device is disconnected. */
const revocationCheckMs = 30_000

export interface BrokerHandlers {
  /** PUBACK follows when it resolves; when it rejects, the connection is closed without one and the device sends again. */
  onPublish(device: DeviceRef, channel: UpChannel, payload: Buffer): Promise<void>
  /** The device has a connection now, or has lost its last one. */
  onPresence(device: DeviceRef, state: 'online' | 'offline'): void
}

export interface BrokerOptions {
  readonly book: Book
  readonly log: Logger
  /** Called for every refused sign-in, with its reason. */
  readonly onSignInRefused?: (reason: string) => void
  /** Called for every connection that opens, ends or is refused; it must not block. */
  readonly onConnection?: (event: ConnectionEvent) => void
}

export interface Broker {
  /** @throws an Error with code EADDRINUSE or EACCES and `port` when a port cannot be used */
  listen(where: ListenOptions, handlers: BrokerHandlers): Promise<ListeningPorts>
  /** QoS 1, to a device that is connected and subscribed. */
  send(deviceId: string, channel: DownChannel, payload: Buffer): 'sent' | 'not-listening' | 'not-reading'
  connectedDevices(): number
  /** Cuts the device's connection at once; false when it has none. It may come back with a secret that is good. */
  disconnect(deviceId: string, reason: EndReason): boolean
  /** Stops listening, lets what was taken in be acknowledged, then disconnects everyone. */
  close(): Promise<void>
}

export interface ListenOptions {
  readonly host: string
  readonly tcpPort: number
  readonly webSocketPort: number
}

export interface ListeningPorts {
  readonly tcpPort: number
  readonly webSocketPort: number
}

interface Connecting {
  readonly request: Pick<ConnectRequest, 'clientId' | 'will'>
  readonly address: string
  readonly transport: Transport
  readonly connection: LimitedConnection
}

export async function createBroker(options: BrokerOptions): Promise<Broker> {
  const { book, log, onSignInRefused = () => undefined, onConnection = () => undefined } = options
  const sessions = createSessions()
  const limit = createSignInLimit()
  const addresses = new WeakMap<object, Omit<Connecting, 'request'>>()
  const connecting = new WeakMap<Client, Connecting>()
  const sessionOf = new WeakMap<Client, Session>()
  const inFlight = new Set<Promise<void>>()
  const listeners: Listener[] = []
  let handlers: BrokerHandlers | undefined
  let isStopping = false

  const aedes = await Aedes.createBroker({
    concurrency: dispatchConcurrency,
    connectTimeout: helloMsMax,
    drainTimeout: drainMsMax,
    maxInflightInbound: qos2InflightMax,
    maxTopicLevels: topicLevelsMax,
    maxClientsIdLength: clientIdCharactersMax,

    preConnect(client, packet, done) {
      const source = addresses.get(client.conn)
      if (source === undefined || isStopping) return done(new Error('not accepting connections'), false)
      connecting.set(client, { request: { clientId: packet.clientId, will: packet.will }, ...source })
      // Without a stored session nothing is queued for a device that is away, so nothing can grow without bound.
      packet.clean = true
      done(null, true)
    },

    authenticate(client, username, password, done) {
      signIn(client, username, password?.toString('utf8')).then(
        (refusal) => (refusal === undefined ? done(null, true) : done(refusal, null)),
        (error: unknown) => {
          log.error({ err: error }, 'A sign-in could not be checked; the device is asked to come back later.')
          done(refuse(client, connectReturnCodes.unavailable, 'unavailable'), null)
        },
      )
    },

    authorizePublish(client, packet, done) {
      const session = client === null ? undefined : sessionOf.get(client)
      if (client === null || session === undefined || handlers === undefined) return done(new Error('not signed in'))
      const channel = channelOf(session.device.id, packet)
      if (channel === undefined) {
        session.ending ??= 'foreign-topic'
        log.info({ device: session.device.id, topic: packet.topic }, 'A device published where it may not; it is disconnected.')
        setTimeout(() => done(new Error('not authorized to publish here')), refusalDelayMs)
        return
      }
      // While stopping only the Last Wills of the connections being closed are taken; the rest stays unacknowledged.
      if (isStopping && !client.closed) return
      const taken = handlers.onPublish(session.device, channel, payloadOf(packet)).then(
        () => done(null),
        (error: unknown) => {
          session.ending ??= 'not-taken-in'
          log.debug({ err: error, device: session.device.id }, 'A message was not taken in; no PUBACK.')
          setTimeout(() => done(new Error('message not taken in')), isStopping ? 0 : refusalDelayMs)
        },
      )
      inFlight.add(taken)
      taken.finally(() => inFlight.delete(taken))
    },

    authorizeSubscribe(client, subscription, done) {
      const session = sessionOf.get(client)
      const isAllowed = session !== undefined && maySubscribe(session.device.id, subscription.topic)
      if (isAllowed) session.subscriptions.add(subscription.topic)
      // null answers 128 for this subscription and leaves the others alone.
      done(null, isAllowed ? subscription : null)
    },
  })

  /** Undefined when the device may enter. */
  async function signIn(
    client: Client,
    username: string | undefined,
    password: string | undefined,
  ): Promise<AuthenticateError | undefined> {
    const attempt = connecting.get(client)
    if (attempt === undefined) return refuse(client, connectReturnCodes.notAuthorized, 'no-connect')
    const verdict = judgeConnect({ ...attempt.request, username, password })
    const name = attempt.request.clientId
    if (!limit.admits(attempt.address, name, Date.now()))
      return refuse(client, connectReturnCodes.notAuthorized, 'too-many-failures')
    if (verdict.kind === 'refused') {
      limit.failed(attempt.address, name, Date.now())
      return refuse(client, verdict.returnCode, verdict.reason)
    }
    const verified = await verifySecret(book, verdict.deviceId, verdict.secret, Date.now())
    if (verified === undefined) {
      limit.failed(attempt.address, name, Date.now())
      return refuse(client, connectReturnCodes.badUserNameOrPassword, 'wrong-credential')
    }
    limit.succeeded(attempt.address, name)
    sessionOf.set(client, {
      id: randomUUID(),
      device: verified.device,
      credentialId: verified.credentialId,
      connection: attempt.connection,
      outlet: client,
      subscriptions: new Set(),
      ending: undefined,
    })
    return undefined
  }

  function refuse(client: Client, returnCode: ConnectReturnCode, reason: string): AuthenticateError {
    const attempt = connecting.get(client)
    onSignInRefused(reason)
    if (attempt !== undefined) {
      const { address, transport } = attempt
      const deviceId = attempt.request.clientId.slice(0, clientIdCharactersMax)
      const hasWill = attempt.request.will !== undefined
      onConnection({ kind: 'refused', id: randomUUID(), deviceId, atMs: Date.now(), address, transport, hasWill, reason })
    }
    log.info(
      { device: attempt?.request.clientId.slice(0, clientIdCharactersMax), address: attempt?.address, reason },
      'sign-in refused',
    )
    return Object.assign(new Error(`sign-in refused: ${reason}`), { returnCode })
  }

  function enter(client: Client): void {
    const session = sessionOf.get(client)
    if (session === undefined) return
    const { id, device, connection } = session
    sessions.enter(session)
    connection.once('error', (error: unknown) => {
      if (error instanceof PacketRefused) session.ending ??= 'bad-packet'
    })
    const { address = '', transport = 'tcp', request } = connecting.get(client) ?? {}
    const hasWill = request?.will !== undefined
    onConnection({ kind: 'opened', id, deviceId: device.id, atMs: Date.now(), address, transport, hasWill })
    handlers?.onPresence(session.device, 'online')
    const leave = () => {
      onConnection({ kind: 'ended', id, atMs: Date.now(), reason: endingOf(client, session) })
      if (sessions.leave(session)) handlers?.onPresence(session.device, 'offline')
    }
    if (session.connection.destroyed) leave()
    else session.connection.once('close', leave)
  }

  function endingOf(client: Client, session: Session): EndReason {
    // The library's own note that a DISCONNECT came; it has no public name.
    if (Reflect.get(client, '_disconnected') === true) return 'signed-off'
    return session.ending ?? (isStopping ? 'edge-stopped' : 'lost')
  }

  aedes.on('client', enter)
  aedes.on('keepaliveTimeout', (client) => {
    const session = sessionOf.get(client)
    if (session !== undefined) session.ending ??= 'keep-alive'
  })
  aedes.on('clientReady', (client) => sessionOf.get(client)?.connection.signedIn())
  aedes.on('unsubscribe', (topics, client) => {
    for (const topic of topics) sessionOf.get(client)?.subscriptions.delete(topic)
  })
  aedes.on('clientError', (client, error) => log.debug({ device: client.id, reason: error.message }, 'connection ended'))
  aedes.on('connectionError', (_client, error) => log.debug({ reason: error.message }, 'connection ended before sign-in'))
  // The library's own failures; without a listener one would end the process.
  const emitter: EventEmitter = aedes
  emitter.on('error', (error: unknown) => log.error({ err: error }, 'The broker reported a failure of its own.'))
  const revocationTimer = setInterval(() => {
    dropRevoked().catch((error: unknown) => log.warn({ err: error }, 'Revoked devices could not be looked up; trying again.'))
  }, revocationCheckMs)
  revocationTimer.unref()

  async function dropRevoked(): Promise<void> {
    const connected = [...sessions.all()]
    const live = await liveCredentials(
      book,
      connected.map((session) => session.credentialId),
    )
    for (const session of connected) {
      if (live.has(session.credentialId)) continue
      session.ending ??= 'revoked'
      session.connection.destroy()
    }
  }

  function accept(connection: LimitedConnection, address: string, transport: Transport): void {
    addresses.set(connection, { address, transport, connection })
    aedes.handle(connection)
  }

  return {
    async listen(where, given) {
      handlers = given
      const tcp = await listenTcp(where.host, where.tcpPort, (connection, address) => accept(connection, address, 'tcp'))
      listeners.push(tcp)
      const webSocket = await listenWebSocket(where.host, where.webSocketPort, (connection, address) =>
        accept(connection, address, 'websocket'),
      )
      listeners.push(webSocket)
      return { tcpPort: tcp.port, webSocketPort: webSocket.port }
    },
    send(deviceId, channel, payload) {
      const session = sessions.current(deviceId)
      const topic = deviceTopic(deviceId, channel)
      if (session === undefined || !session.subscriptions.has(topic)) return 'not-listening'
      if (session.connection.writableLength > unreadBytesMax) return 'not-reading'
      session.outlet.publish({ cmd: 'publish', topic, payload, qos: 1, retain: false, dup: false }, () => undefined)
      return 'sent'
    },
    connectedDevices: () => sessions.count(),
    disconnect(deviceId, reason) {
      const session = sessions.current(deviceId)
      if (session === undefined) return false
      session.ending ??= reason
      session.connection.destroy()
      return true
    },
    async close() {
      isStopping = true
      clearInterval(revocationTimer)
      for (const listener of listeners) listener.stop()
      await Promise.allSettled(inFlight)
      // The acknowledgements are written in the callbacks of what has just settled.
      await new Promise((resolve) => setImmediate(resolve))
      await new Promise<void>((resolve) => aedes.close(() => resolve()))
      await Promise.allSettled(inFlight)
      await Promise.all(listeners.map((listener) => listener.close()))
    },
  }
}

function payloadOf(packet: PublishPacket): Buffer {
  return typeof packet.payload === 'string' ? Buffer.from(packet.payload, 'utf8') : packet.payload
}
