// MQTT packets byte by byte, for what a well-behaved client would never send.

import { connect, type Socket } from 'node:net'

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8')
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
}

export function rawPacket(firstByte: number, body: Buffer, announcedBytes = body.length): Buffer {
  const length: number[] = []
  let rest = announcedBytes
  do {
    length.push((rest & 127) | (rest > 127 ? 128 : 0))
    rest >>= 7
  } while (rest > 0)
  return Buffer.concat([Buffer.from([firstByte, ...length]), body])
}

export function rawConnect(clientId: string, username: string, password: string, clean = true): Buffer {
  const flags = 0xc0 | (clean ? 2 : 0)
  const head = Buffer.concat([text('MQTT'), Buffer.from([4, flags, 0, 60])])
  return rawPacket(0x10, Buffer.concat([head, text(clientId), text(username), text(password)]))
}

/** QoS 1, packet identifier 1. */
export function rawPublish(topic: Buffer, payload: string): Buffer {
  const name = Buffer.concat([Buffer.from([topic.length >> 8, topic.length & 255]), topic])
  return rawPacket(0x32, Buffer.concat([name, Buffer.from([0, 1]), Buffer.from(payload)]))
}

export interface RawSocket {
  readonly socket: Socket
  /** All bytes the broker has sent so far. */
  received(): Buffer
  /** Milliseconds until the broker closed it. */
  readonly closedAfterMs: Promise<number>
}

export async function openRaw(port: number): Promise<RawSocket> {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  const startedAt = performance.now()
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.on('error', () => undefined)
  const closedAfterMs = new Promise<number>((resolve) => socket.once('close', () => resolve(performance.now() - startedAt)))
  await new Promise((resolve) => socket.once('connect', resolve))
  return { socket, received: () => Buffer.concat(chunks), closedAfterMs }
}
