// The load of the ingest bench, a process of its own: connections that publish at QoS 1 as fast as they are acknowledged, each with
// so many messages under way, or all together so many messages a second.

import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Compile } from 'typebox/compile'
import { deviceTopic } from '../../../devices/contract/topics.ts'
import { CommandSchema, type Ran, WorkSchema } from './load-shapes.ts'
import { firstSeq, messagesPerConnectionMax, messageTemplates, publishPacket } from './message-templates.ts'
import { openRawConnection, type RawConnection } from './raw-connection.ts'

const parseWork = Compile(WorkSchema)
const command = Compile(CommandSchema)
const connectsAtOnce = 50
const tickMs = 5
/** What is under way at the end of a run gets this long. */
const settleMsMax = 60_000

interface Vehicle {
  readonly topic: Buffer
  sent: number
}

const [work]: unknown[] = await once(process, 'message')
if (!parseWork.Check(work) || process.send === undefined) throw new Error('The load runs as a process of the bench.')
const { port, devices, readingsPerMessage, inFlightMax, sinceMs } = work
const templates = messageTemplates(readingsPerMessage)
const vehicles = new Map<RawConnection, Vehicle>()
const problems: string[] = []
let isFlooding = false
let mayPublish = false
let sent = 0
let acknowledged = 0
let latenciesMs: number[] = []

for (let from = 0; from < devices.length; from += connectsAtOnce)
  await Promise.all(devices.slice(from, from + connectsAtOnce).map(signIn))
process.on('message', (message: unknown) => {
  if (!command.Check(message)) return
  if (message.kind === 'end') end()
  else void run(message.forMs, message.messagesPerS).then((ran) => process.send?.(ran))
})
process.on('disconnect', end)
process.send({ kind: 'online' })

async function signIn({ id, secret }: (typeof devices)[number]): Promise<void> {
  const connection = await openRawConnection({
    port,
    clientId: id,
    password: secret,
    onAcknowledged(connection, afterMs) {
      acknowledged += 1
      latenciesMs.push(afterMs)
      if (isFlooding) publish(connection)
    },
    onFailed: (problem) => void problems.push(problem),
  })
  vehicles.set(connection, { topic: Buffer.from(deviceTopic(id, 'telemetry')), sent: 0 })
}

function publish(connection: RawConnection): void {
  const vehicle = vehicles.get(connection)
  if (vehicle === undefined || !mayPublish || vehicle.sent >= messagesPerConnectionMax) return
  const template = templates[(vehicle.sent + vehicle.topic.length) % templates.length]
  if (template === undefined) return
  const firstMs = sinceMs + vehicle.sent * readingsPerMessage * 1000
  const stamp = { seq: firstSeq + vehicle.sent, sentMs: Date.now(), firstMs }
  vehicle.sent += 1
  sent += 1
  connection.publish((packetId) => publishPacket(vehicle.topic, packetId, template, stamp))
}

async function run(forMs: number, messagesPerS: number | null): Promise<Ran> {
  const before = { sent, acknowledged }
  latenciesMs = []
  const startedAt = performance.now()
  mayPublish = true
  if (messagesPerS === null) {
    isFlooding = true
    for (const connection of vehicles.keys()) for (let count = 0; count < inFlightMax; count += 1) publish(connection)
    await pause(forMs)
  } else await pacing(forMs, messagesPerS)
  isFlooding = false
  mayPublish = false
  const inTime = acknowledged - before.acknowledged
  const lastedMs = performance.now() - startedAt
  for (const deadline = performance.now() + settleMsMax; performance.now() < deadline && problems.length === 0; ) {
    if (acknowledged === sent) break
    await pause(tickMs)
  }
  const sorted = Float64Array.from(latenciesMs).sort()
  const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return {
    kind: 'ran',
    lastedMs,
    sent: sent - before.sent,
    acknowledged: acknowledged - before.acknowledged,
    acknowledgedInTime: inTime,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    problems: problems.slice(0, 5),
  }
}

/** Evenly over the connections; what a broker that falls behind leaves waiting is never more than a flood's. */
async function pacing(forMs: number, messagesPerS: number): Promise<void> {
  const all = [...vehicles.keys()]
  const startedAt = performance.now()
  let published = 0
  let turn = 0
  for (let spentMs = 0; spentMs < forMs; spentMs = performance.now() - startedAt) {
    const due = Math.floor((spentMs * messagesPerS) / 1000)
    for (let tries = 0; published < due && tries < all.length * inFlightMax; tries += 1) {
      const connection = all[turn % all.length]
      turn += 1
      if (connection === undefined || connection.waiting() >= inFlightMax) continue
      publish(connection)
      published += 1
    }
    await pause(tickMs)
  }
}

function end(): void {
  for (const connection of vehicles.keys()) connection.close()
  process.exit(0)
}
