// Runs simulated vehicles and homes live: connects each over MQTT and publishes what it measures when the clock gets there.

import type { Reading } from '../contract/reading.ts'
import { connectDevice, DeviceError, type DeviceEvent, type MqttDevice } from '../mqtt-device.ts'
import { batchesOf, readingsPerBatchMax } from '../publish-readings.ts'
import { onlineMsMax } from '../replay.ts'
import type { DrivingStyle } from './drive.ts'
import { liveAtHome } from './home.ts'
import type { HouseholdStyle, Mishap } from './household.ts'
import { randomFor } from './random.ts'
import { driveOn, townCentre } from './vehicle.ts'

/** How often readings that are due are published: a drive is seen with this delay. */
const publishMs = 5000
/** Vehicles that start one after the other keep at least one of them on the road most of the time. */
const firstTripSeconds = { min: 5, max: 20, apart: 200, cycle: 700 } as const

export type FleetDevice =
  | {
      readonly id: string
      readonly secret: string
      readonly kind: 'vehicle'
      readonly style: DrivingStyle
      /** What the odometer said last; without it the vehicle does not report one. */
      readonly odometerKm?: number
    }
  | {
      readonly id: string
      readonly secret: string
      readonly kind: 'home'
      readonly style: HouseholdStyle
      readonly timeZone?: string
      readonly mishaps?: readonly Mishap[]
    }

export interface FleetOptions {
  readonly devices: readonly FleetDevice[]
  readonly mqttUrl: string
  readonly seed: string
  /** Simulated seconds per second. Times never run ahead of the clock: above 1 a fleet catches up from an earlier `nowMs`. */
  readonly speed: number
  /** Where the simulated time starts, epoch milliseconds; the first readings are later. */
  readonly nowMs: number
  readonly onCount?: (counts: FleetCounts) => void
  readonly onEvent?: (device: string, event: DeviceEvent) => void
  /** Closes the fleet. */
  readonly signal?: AbortSignal
}

/** Of the whole fleet since its start; all but `devices`, `online` and `batches` count readings. */
export interface FleetCounts {
  readonly devices: number
  readonly online: number
  readonly batches: number
  readonly published: number
  readonly acknowledged: number
  readonly accepted: number
  readonly duplicate: number
  readonly rejected: number
  /** Did not fit into a full outbox, after hours without a broker. */
  readonly dropped: number
}

export interface Fleet {
  counts(): FleetCounts
  /** Publishes what is due, waits for the acknowledgements (up to ten seconds) and signs off. */
  close(): Promise<FleetReport>
  /** Resolves when the fleet was closed, by whomever. */
  readonly closed: Promise<FleetReport>
}

export interface FleetReport extends FleetCounts {
  readonly unacknowledgedBatches: number
}

interface Member {
  readonly device: MqttDevice
  readonly readings: Iterator<Reading>
  /** Measured, but its time has not come. */
  next: Reading | undefined
}

/**
 * Resolves when every device is signed in.
 *
 * @throws DeviceError when one cannot sign in; the others are closed again
 */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const startedAtMs = Date.now()
  const online = new Set<string>()
  const counts = { batches: 0, published: 0, acknowledged: 0, accepted: 0, duplicate: 0, rejected: 0, dropped: 0 }
  const snapshot = (): FleetCounts => ({ devices: options.devices.length, online: online.size, ...counts })
  const changed = (): void => options.onCount?.(snapshot())

  let vehicles = 0
  const members = options.devices.map((entry): Member => {
    const device = connectDevice({
      url: options.mqttUrl,
      device: entry,
      secret: entry.secret,
      onEvent: (event) => {
        if (event.kind === 'online') online.add(entry.id)
        else online.delete(entry.id)
        options.onEvent?.(entry.id, event)
        changed()
      },
    })
    const place = entry.kind === 'vehicle' ? vehicles++ : 0
    return { device, readings: readingsOf(entry, options, place), next: undefined }
  })

  const publish = async (device: MqttDevice, batch: readonly Reading[]): Promise<void> => {
    const sent = device.publish(batch)
    if (sent === undefined) {
      counts.dropped += batch.length
      return changed()
    }
    counts.batches += 1
    counts.published += batch.length
    changed()
    if (await sent.acknowledged) counts.acknowledged += batch.length
    changed()
    const receipt = await sent.receipt
    if (receipt === undefined) return
    counts.accepted += receipt.accepted
    counts.duplicate += receipt.duplicate
    for (const { index } of receipt.rejected) counts.rejected += index === null ? batch.length : 1
    changed()
  }

  const publishDue = (): void => {
    const nowMs = Date.now()
    const reachedMs = Math.min(nowMs, options.nowMs + (nowMs - startedAtMs) * options.speed)
    const limits = { readingsMax: readingsPerBatchMax, spanMsMax: Number.POSITIVE_INFINITY }
    for (const member of members)
      for (const batch of batchesOf(takeDue(member, reachedMs), limits)) void publish(member.device, batch)
  }

  const closed = Promise.withResolvers<FleetReport>()
  let timer: NodeJS.Timeout | undefined
  let isClosing = false
  const close = async (): Promise<FleetReport> => {
    if (isClosing) return closed.promise
    isClosing = true
    clearInterval(timer)
    options.signal?.removeEventListener('abort', abort)
    if (timer !== undefined) publishDue()
    const reports = await Promise.all(members.map((member) => member.device.close()))
    const unacknowledgedBatches = reports.reduce((sum, report) => sum + report.unacknowledgedBatches, 0)
    closed.resolve({ ...snapshot(), unacknowledgedBatches })
    return closed.promise
  }
  const abort = (): void => void close()
  options.signal?.addEventListener('abort', abort, { once: true })

  try {
    if (options.signal?.aborted === true) throw new DeviceError('device-closed', 'The fleet was stopped before it was started.')
    await Promise.all(members.map((member) => member.device.online(onlineMsMax)))
  } catch (error) {
    await Promise.all(members.map((member) => member.device.close(0)))
    throw error
  }
  if (!isClosing) timer = setInterval(publishDue, publishMs)
  return { counts: snapshot, close, closed: closed.promise }
}

function readingsOf(entry: FleetDevice, options: FleetOptions, place: number): Iterator<Reading> {
  const { seed, nowMs } = options
  if (entry.kind === 'home') {
    const { timeZone = townCentre.timeZone, mishaps = [] } = entry
    return liveAtHome({ seed, device: entry.id, style: entry.style, timeZone, mishaps }, nowMs, Number.POSITIVE_INFINITY)
  }
  const { min, max, apart, cycle } = firstTripSeconds
  const firstTripAfterS = randomFor(seed, entry.id, 'first trip', nowMs).whole(min, max) + ((place * apart) % cycle)
  const { odometerKm } = entry
  return driveOn({
    seed,
    device: entry.id,
    style: entry.style,
    startMs: nowMs,
    firstTripAfterS,
    ...(odometerKm === undefined ? {} : { odometerKm }),
  })
}

function* takeDue(member: Member, reachedMs: number): Generator<Reading> {
  for (;;) {
    if (member.next === undefined) {
      const step = member.readings.next()
      if (step.done === true) return
      member.next = step.value
    }
    if (member.next.takenAtMs > reachedMs) return
    yield member.next
    member.next = undefined
  }
}
