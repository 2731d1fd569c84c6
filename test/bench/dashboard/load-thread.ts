// The load of the dashboard's bench, in a thread of its own so that it does not slow down who measures: vehicles that publish
// batches of ten readings at QoS 1, as fast as they are acknowledged or so many readings a second.

import { setTimeout as pause } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Reading } from '../../../devices/contract/reading.ts'
import { connectDevice, type MqttDevice } from '../../../devices/mqtt-device.ts'

const WorkSchema = Type.Object({
  url: Type.String(),
  devices: Type.Array(Type.Object({ id: Type.String(), secret: Type.String() })),
  fromMs: Type.Integer(),
})
const work = Compile(WorkSchema)
/** Readings a second; null for as many as are acknowledged. */
const CommandSchema = Type.Object({
  kind: Type.Enum(['pace', 'end'] as const),
  readingsPerS: Type.Union([Type.Number(), Type.Null()]),
})
const command = Compile(CommandSchema)

const onlineMsMax = 20_000
const readingsPerBatch = 10
const tickMs = 50

if (!work.Check(workerData) || parentPort === null) throw new Error('The load runs as a thread of the bench.')
const port = parentPort
const { url, devices: signIns, fromMs } = workerData
const devices = signIns.map(({ id, secret }) =>
  connectDevice({ url, device: { kind: 'vehicle', id }, secret, outboxBatchesMax: 20 }),
)
await Promise.all(devices.map((device) => device.online(onlineMsMax)))
const batchesOf = new Map<MqttDevice, number>()
let acknowledged = 0
let pace: number | null = 0
let isEnding = false
port.on('message', (message: unknown) => {
  if (!command.Check(message)) return
  pace = message.readingsPerS
  isEnding = message.kind === 'end'
})
port.postMessage({ acknowledged })

let allowance = 0
let turn = 0
let tickedAt = performance.now()
while (!isEnding) {
  const spentMs = performance.now() - tickedAt
  tickedAt += spentMs
  allowance = pace === null ? Number.POSITIVE_INFINITY : Math.min(allowance + (pace * spentMs) / 1000, pace)
  let refused = 0
  while (allowance >= readingsPerBatch && refused < devices.length) {
    const device = devices[turn % devices.length]
    turn += 1
    if (device === undefined) break
    if (publish(device)) {
      allowance -= readingsPerBatch
      refused = 0
    } else refused += 1
  }
  port.postMessage({ acknowledged })
  await pause(pace === null ? 1 : tickMs)
}
await Promise.all(devices.map((device) => device.close()))
port.close()

/** False where the device waits for what it has sent. */
function publish(device: MqttDevice): boolean {
  const batch = batchesOf.get(device) ?? 0
  const sent = device.publish(readings(device.device.id, batch))
  if (sent === undefined) return false
  batchesOf.set(device, batch + 1)
  void sent.acknowledged.then((arrived) => {
    if (arrived) acknowledged += readingsPerBatch
  })
  return true
}

/** A second apart, at fifty, straight on. */
function readings(id: string, batch: number): readonly Reading[] {
  return Array.from({ length: readingsPerBatch }, (_, index) => {
    const second = batch * readingsPerBatch + index
    return {
      kind: 'vehicle',
      device: id,
      takenAtMs: fromMs + second * 1000,
      values: {
        Speed: 50,
        Latitude: 45 + (second % 50_000) * 0.000125,
        Longitude: 4.89,
        AccelerationLongitudinal: 0,
        AccelerationLateral: 0,
        Ignition: true,
      },
    }
  })
}
