// The devices of a scenario at work: each measures, its faults strike, its steps are taken; what is published and acknowledged goes
// into the ledger, what was measured before any fault into a store of its own, what was really done into a list.

import type { Reading } from '../../devices/contract/reading.ts'
import { type FaultyDeviceReport, runFaultyDevice } from '../../devices/faults/faulty-device.ts'
import type { Ledger } from '../../devices/faults/ledger.ts'
import { planSteps } from '../../devices/faults/plan-steps.ts'
import type { PlannedDevice, ScenarioPlan } from '../../devices/scenario/plan-scenario.ts'
import { readingsOfDevice } from '../../devices/scenario/planned-readings.ts'
import type { Truth } from '../../devices/simulator/truth.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'

/** Readings that are stored at once. */
const appendMax = 5000

export interface DevicesOptions {
  readonly plan: ScenarioPlan
  readonly mqttUrl: string
  readonly secretOf: (deviceId: string) => string
  readonly ledger: Ledger
  readonly unfaulted: TelemetryStore
  readonly onTruth: (truth: Truth) => void
  readonly onOnline: (change: 1 | -1) => void
  /** Up to where devices have got, simulated time. */
  readonly onReached: (reachedMs: number) => void
  readonly mayGoOn?: () => Promise<void>
  readonly onReading?: (reading: Reading) => void
  readonly signal: AbortSignal
}

/** Resolves when every device has said all that it had to say, or was stopped. @throws DeviceError */
export async function runDevices(options: DevicesOptions): Promise<readonly FaultyDeviceReport[]> {
  const { plan, ledger, signal } = options
  const unfaulted = createAppender(options.unfaulted)
  const failed = new AbortController()
  const stopping = AbortSignal.any([signal, failed.signal])
  const reports = await Promise.all(
    plan.devices.map(async (device) => {
      try {
        return await runFaultyDevice({
          url: options.mqttUrl,
          device,
          secret: options.secretOf(device.id),
          steps: planSteps(measured(options, device, unfaulted), { device, faults: device.faults, seed: plan.seed }),
          until: () => options.mayGoOn?.() ?? Promise.resolve(),
          onPublish(step) {
            options.onReached(step.dueMs)
            return ledger.publish(device.id, step.units, Date.now())
          },
          onAcknowledge: ledger.acknowledge,
          onOnline: (isOnline) => options.onOnline(isOnline ? 1 : -1),
          signal: stopping,
        })
      } catch (error) {
        // One that cannot go on ends the run; the others sign off first.
        failed.abort()
        throw error
      }
    }),
  )
  await unfaulted.settle()
  return reports
}

function* measured({ plan, onTruth, onReading }: DevicesOptions, device: PlannedDevice, unfaulted: Appender): Generator<Reading> {
  const isTwin = device.kind === 'vehicle' && device.twinOf !== undefined
  for (const reading of readingsOfDevice(plan, device, onTruth)) {
    // What a twin reports is nothing that was done.
    if (!isTwin) unfaulted.add(reading)
    onReading?.(reading)
    yield reading
  }
}

interface Appender {
  add(reading: Reading): void
  settle(): Promise<void>
}

function createAppender(store: TelemetryStore): Appender {
  let waiting: Reading[] = []
  let done: Promise<unknown> = Promise.resolve()
  const flush = (): void => {
    const readings = waiting
    waiting = []
    if (readings.length > 0) done = done.then(() => store.append(readings))
  }
  return {
    add(reading) {
      waiting.push(reading)
      if (waiting.length >= appendMax) flush()
    },
    async settle() {
      flush()
      await done
    },
  }
}
