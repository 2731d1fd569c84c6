// The two doors of the broker, MQTT over TCP and over WebSocket. Each hands over a limited connection and the address behind
// it; nothing here knows MQTT.

import { createServer as createHttpServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws'
import { LimitedConnection } from './limited-connection.ts'
import { packetBytesMax, unknownPacketBytesMax } from './packet-limit.ts'

/** Sockets a process of this kind serves; beyond it new ones are dropped by the system, and devices try again. */
export const connectionsMax = 20_000
/** Nobody needs longer to say what they want. */
export const helloMsMax = 5000
/** Finds a peer that vanished without a word even when its keep-alive is switched off. */
const tcpKeepAliveMs = 60_000
/** One frame may carry several packets. */
const frameBytesMax = 2 * packetBytesMax
/** The upgrade request's own headers come before the packet that signs in. */
const unknownWebSocketBytesMax = 16 * 1024 + unknownPacketBytesMax
const webSocketPaths: ReadonlySet<string> = new Set(['/', '/mqtt'])
/** RFC 6455 §7.4.1: a type of data that cannot be accepted. */
const unsupportedData = 1003

export interface Listener {
  readonly port: number
  /** No new connections from here on. */
  stop(): void
  /** Cuts what is still open; resolves when nothing is. */
  close(): Promise<void>
}

export type OnConnection = (connection: LimitedConnection, address: string) => void

export async function listenTcp(host: string, port: number, onConnection: OnConnection): Promise<Listener> {
  const server = createTcpServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: tcpKeepAliveMs }, (socket) =>
    onConnection(new LimitedConnection(socket), socket.remoteAddress ?? ''),
  )
  return listening(server, host, port)
}

export async function listenWebSocket(host: string, port: number, onConnection: OnConnection): Promise<Listener> {
  const server = createHttpServer(
    {
      headersTimeout: helloMsMax,
      requestTimeout: helloMsMax,
      connectionsCheckingInterval: 1000,
      keepAliveTimeout: 1000,
      noDelay: true,
    },
    (_request, response) => {
      response.writeHead(426, { 'content-type': 'text/plain', upgrade: 'websocket' }).end('MQTT over WebSocket only.\n')
    },
  )
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: frameBytesMax,
    perMessageDeflate: false,
    clientTracking: false,
    handleProtocols: (offered) => (offered.has('mqtt') ? 'mqtt' : false),
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const refusal = refusalOf(request)
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      request.socket.setKeepAlive(true, tcpKeepAliveMs)
      onConnection(overWebSocket(webSocket, request.socket), request.socket.remoteAddress ?? '')
    })
  })
  return listening(server, host, port)
}

function refusalOf(request: IncomingMessage): string | undefined {
  const path = (request.url ?? '').split('?')[0] ?? ''
  if (!webSocketPaths.has(path)) return '404 Not Found'
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  // [MQTT-6.0.0-3]
  return offered.includes('mqtt') ? undefined : '400 Bad Request'
}

function overWebSocket(webSocket: WebSocket, socket: Socket): LimitedConnection {
  const connection = new LimitedConnection(createWebSocketStream(webSocket))
  // [MQTT-6.0.0-1]
  webSocket.on('message', (_data, isBinary) => {
    if (!isBinary) webSocket.close(unsupportedData)
  })
  // A frame is collected before its packet is seen, so until sign-in the bytes of the socket itself are counted.
  const count = () => {
    if (connection.isSignedIn) socket.off('data', count)
    else if (socket.bytesRead > unknownWebSocketBytesMax) socket.destroy()
  }
  socket.on('data', count)
  return connection
}

async function listening(server: Server, host: string, port: number): Promise<Listener> {
  const open = new Set<Socket>()
  server.maxConnections = connectionsMax
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const closed = new Promise<void>((resolve) => server.once('close', resolve))
  return {
    port: portOf(server.address()),
    stop: () => server.close(),
    close: () => {
      server.close()
      for (const socket of open) socket.destroy()
      return closed
    },
  }
}

function portOf(address: AddressInfo | string | null): number {
  return address !== null && typeof address === 'object' ? address.port : 0
}
