// One device of the bench: MQTT 3.1.1 over a bare socket, as little work a message as can be, so that the loader is not what is
// measured. Every PUBACK is checked against what waits for one, and a broker that says anything else is an error.

import { connect, type Socket } from 'node:net'
import { remainingLength } from './message-templates.ts'

export interface RawConnection {
  /** Packet ids that wait for their PUBACK. */
  waiting(): number
  /** @param make of the packet id */
  publish(make: (packetId: number) => Buffer): void
  close(): void
}

export interface RawConnectionOptions {
  readonly port: number
  readonly clientId: string
  readonly password: string
  /** @param afterMs since it was published */
  readonly onAcknowledged: (connection: RawConnection, afterMs: number) => void
  readonly onFailed: (problem: string) => void
}

const keepAliveSeconds = 0
const packetIdMax = 65_535
const [connackType, pubackType] = [2, 4]

/** Resolves when the broker has said yes. */
export function openRawConnection(options: RawConnectionOptions): Promise<RawConnection> {
  const { port, clientId, password, onAcknowledged, onFailed } = options
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const sentAt = new Map<number, number>()
    let packetId = 0
    let rest: Buffer = Buffer.alloc(0)
    let isOnline = false
    let isClosing = false
    const fail = (problem: string): void => {
      if (isClosing) return
      isClosing = true
      socket.destroy()
      if (isOnline) onFailed(`${clientId}: ${problem}`)
      else reject(new Error(`${clientId}: ${problem}`))
    }
    const connection: RawConnection = {
      waiting: () => sentAt.size,
      publish(make) {
        do packetId = packetId === packetIdMax ? 1 : packetId + 1
        while (sentAt.has(packetId))
        sentAt.set(packetId, performance.now())
        socket.write(make(packetId))
      },
      close() {
        isClosing = true
        socket.end(Buffer.from([0xe0, 0]))
      },
    }
    const acknowledge = (id: number): void => {
      const at = sentAt.get(id)
      if (at === undefined) fail(`a PUBACK for ${id}, which waits for none`)
      else {
        sentAt.delete(id)
        onAcknowledged(connection, performance.now() - at)
      }
    }
    const welcome = (returnCode: number | undefined): void => {
      if (returnCode !== 0) fail(`refused with ${returnCode}`)
      else {
        isOnline = true
        resolve(connection)
      }
    }
    const handle = (type: number, body: Buffer): void => {
      if (type === connackType) welcome(body[1])
      else if (type === pubackType) acknowledge(body.readUInt16BE(0))
      else fail(`a packet of type ${type} was not asked for`)
    }
    socket.on('connect', () => socket.write(connectPacket(clientId, password)))
    socket.on('data', (chunk: Buffer) => {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      let at = 0
      socket.cork()
      // What a broker sends here is shorter than 128 bytes: a length of one byte.
      while (bytes.length - at >= 2) {
        const length = bytes[at + 1] ?? 0
        if (bytes.length - at < 2 + length) break
        handle((bytes[at] ?? 0) >> 4, bytes.subarray(at + 2, at + 2 + length))
        at += 2 + length
      }
      socket.uncork()
      rest = bytes.subarray(at)
    })
    socket.on('error', (error) => fail(error.message))
    socket.on('close', () => fail('the connection was closed'))
  })
}

/** [MQTT-3.1] a clean session with user name and password, both the device’s. */
function connectPacket(clientId: string, password: string): Buffer {
  const text = (value: string): Buffer => {
    const bytes = Buffer.from(value)
    return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
  }
  const flags = 0xc2
  const body = Buffer.concat([
    text('MQTT'),
    Buffer.from([4, flags, keepAliveSeconds >> 8, keepAliveSeconds & 255]),
    text(clientId),
    text(clientId),
    text(password),
  ])
  return Buffer.concat([Buffer.from([0x10]), remainingLength(body.length), body])
}
