// A device's byte stream with the packet limit in front of the parser, the same for TCP and WebSocket. Before sign-in exactly
// one packet, the CONNECT, gets through; what a device sends behind it waits in the socket until it is known.

import { Duplex } from 'node:stream'
import { type PacketProgress, packetBytesMax, packetStart, scanPackets, unknownPacketBytesMax } from './packet-limit.ts'

/** Time for the last answer (a refused CONNECT's reason) to reach the device before the socket is cut. */
const farewellMsMax = 1000

/** Why a connection was cut before the parser saw the packet. */
export class PacketRefused extends Error {
  readonly code: 'packet-too-large' | 'packet-malformed'

  constructor(code: PacketRefused['code'], message: string) {
    super(message)
    this.code = code
  }
}

export class LimitedConnection extends Duplex {
  readonly #inner: Duplex
  #phase: 'unknown' | 'signing-in' | 'signed-in' = 'unknown'
  #progress: PacketProgress = packetStart
  #held: Buffer[] = []

  constructor(inner: Duplex) {
    super()
    this.#inner = inner
    inner.on('data', (chunk: Buffer) => this.#take(chunk))
    inner.once('end', () => this.push(null))
    inner.on('error', (error) => this.destroy(error))
    // After an orderly end the parser still reads what came before it; a reset has nothing left to say.
    inner.once('close', () => {
      if (!inner.readableEnded) this.destroy()
    })
    inner.pause()
  }

  get isSignedIn(): boolean {
    return this.#phase === 'signed-in'
  }

  /** From now on packets up to `packetBytesMax` pass. */
  signedIn(): void {
    if (this.#phase === 'signed-in') return
    this.#phase = 'signed-in'
    const held = this.#held
    this.#held = []
    for (const chunk of held) this.#take(chunk)
    if (!this.destroyed) this.#inner.resume()
  }

  #take(chunk: Buffer): void {
    if (this.destroyed || chunk.length === 0) return
    if (this.#phase === 'signing-in') {
      this.#hold(chunk)
      return
    }
    const isKnown = this.#phase === 'signed-in'
    const scan = scanPackets(
      this.#progress,
      chunk,
      isKnown ? packetBytesMax : unknownPacketBytesMax,
      isKnown ? Number.POSITIVE_INFINITY : 1,
    )
    if (scan.kind === 'too-large') {
      this.destroy(new PacketRefused('packet-too-large', `a packet of ${scan.bytes} bytes or more was announced`))
      return
    }
    if (scan.kind === 'malformed') {
      this.destroy(new PacketRefused('packet-malformed', 'a packet announced a length of more than four bytes'))
      return
    }
    this.#progress = scan.progress
    const hasConnect = !isKnown && scan.progress.kind === 'header'
    if (hasConnect) {
      this.#phase = 'signing-in'
      this.#inner.pause()
    }
    if (!this.push(chunk.subarray(0, scan.consumed))) this.#inner.pause()
    if (scan.consumed < chunk.length) this.#hold(chunk.subarray(scan.consumed))
  }

  /** The socket is paused, so at most what it had already read is kept here. */
  #hold(chunk: Buffer): void {
    this.#held.push(chunk)
    this.#inner.pause()
  }

  override _read(): void {
    if (this.#phase !== 'signing-in') this.#inner.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#send(chunk, done)
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#send(Buffer.concat(chunks.map((entry) => entry.chunk)), done)
  }

  #send(bytes: Buffer, done: (error?: Error | null) => void): void {
    // A device that has gone needs no answer, and what it sent before it went is still to be read.
    if (this.#inner.destroyed || this.#inner.writableEnded) done()
    else this.#inner.write(bytes, () => done())
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#inner.end()
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#held = []
    const inner = this.#inner
    if (error === null && !inner.destroyed) {
      inner.end()
      inner.resume()
      setTimeout(() => inner.destroy(), farewellMsMax).unref()
    } else {
      inner.destroy()
    }
    done(error)
  }
}
