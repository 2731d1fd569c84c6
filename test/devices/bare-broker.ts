// A bare Aedes for the device client's tests: signs devices in, keeps what it acknowledged, answers with receipts. Run as a
// program it keeps the readings in a file before acknowledging, so that a test can kill it: node bare-broker.ts PORT FILE.

import { appendFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { Aedes, type AuthenticateError } from 'aedes'
import type { DeviceRef } from '../../devices/contract/reading.ts'
import type { DeviceState } from '../../devices/contract/state.ts'
import { parseDeviceState } from '../../devices/contract/state.ts'
import { parseTelemetry } from '../../devices/contract/telemetry.ts'
import { deviceTopic, parseDeviceTopic } from '../../devices/contract/topics.ts'

export const goodSecret = 'open sesame'

export interface BareBroker {
  readonly port: number
  /** Distinct readings per device, by time. */
  readonly times: ReadonlyMap<string, ReadonlySet<number>>
  readonly payloads: readonly string[]
  readonly states: readonly DeviceState[]
  /** Cuts every connection; the listener stays. */
  cut(): void
  close(): Promise<void>
}

export interface BareBrokerOptions {
  readonly port?: number
  readonly kind?: DeviceRef['kind']
  readonly receipts?: boolean
  /** Called before the acknowledgement. */
  readonly onReadings?: (times: readonly number[]) => void
}

export async function startBareBroker(options: BareBrokerOptions = {}): Promise<BareBroker> {
  const times = new Map<string, Set<number>>()
  const payloads: string[] = []
  const states: DeviceState[] = []
  const aedes = await Aedes.createBroker()
  aedes.authenticate = (_client, _username, password, done) => {
    if (password?.toString() === goodSecret) return done(null, true)
    const refusal: AuthenticateError = Object.assign(new Error('wrong secret'), { returnCode: 4 })
    done(refusal, false)
  }
  aedes.authorizePublish = (_client, packet, done) => {
    const topic = parseDeviceTopic(packet.topic)
    const payload = Buffer.from(packet.payload)
    if (topic?.channel === 'state') {
      const state = parseDeviceState(payload)
      if (state !== undefined) states.push(state)
    }
    if (topic?.channel === 'telemetry') {
      const receivedAt = Date.now()
      const batch = parseTelemetry(payload, { id: topic.device, kind: options.kind ?? 'vehicle' }, receivedAt)
      const known = times.get(topic.device) ?? new Set<number>()
      times.set(topic.device, known)
      const fresh = batch.readings.map((reading) => reading.takenAtMs).filter((time) => !known.has(time))
      for (const time of fresh) known.add(time)
      options.onReadings?.(fresh)
      payloads.push(payload.toString())
      const receipt = {
        seq: batch.seq,
        accepted: fresh.length,
        duplicate: batch.readings.length - fresh.length,
        rejected: batch.rejected,
        clock: batch.clock,
        receivedAt,
      }
      if (options.receipts !== false)
        aedes.publish(
          {
            cmd: 'publish',
            topic: deviceTopic(topic.device, 'receipt'),
            payload: JSON.stringify(receipt),
            qos: 1,
            retain: false,
            dup: false,
          },
          () => undefined,
        )
    }
    done(null)
  }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    aedes.handle(socket)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    times,
    payloads,
    states,
    cut,
    async close() {
      cut()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await new Promise<void>((resolve) => aedes.close(() => resolve()))
    },
  }
}

if (process.argv[1] === import.meta.filename) {
  const [port, file] = process.argv.slice(2)
  if (port === undefined || file === undefined) throw new Error('usage: bare-broker.ts PORT FILE')
  await startBareBroker({
    port: Number(port),
    onReadings: (fresh) => appendFileSync(file, fresh.map((time) => `${time}\n`).join('')),
  })
  process.stdout.write('listening\n')
}
