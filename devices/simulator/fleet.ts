// Runs simulated vehicles and homes live: connects each over MQTT and publishes what it measures when the clock gets there.

import type { Reading } from '../contract/reading.ts'
import { connectDevice, DeviceError, type DeviceEvent, type MqttDevice } from '../mqtt-device.ts'
import { batchesOf, readingsPerBatchMax } from '../publish-readings.ts'
import { onlineMsMax } from '../replay.ts'
import { vehicleHistory } from './history.ts'
import { liveAtHome } from './home.ts'
import type { HouseholdStyle, Mishap } from './household.ts'
import { livedTrips } from './life/lived-trips.ts'
import { randomFor } from './random.ts'
import { town } from './town.ts'
import type { Truth } from './truth.ts'
import { truthOf } from './vehicle/plan-trip.ts'
import { readingsOfTrip } from './vehicle/trip-readings.ts'
import type { VehicleTraits } from './vehicle/vehicle-traits.ts'
import { driveOn } from './vehicle.ts'

/** How often readings that are due are published: a drive is seen with this delay. */
const publishMs = 5000
/** Of one device; some minutes of a fast run. */
const inFlightBatchesMax = 32
/** Vehicles that start one after the other keep at least one of them on the road most of the time. */
const firstTripSeconds = { min: 5, max: 20, apart: 200, cycle: 700 } as const

export type FleetDevice =
  | ({
      readonly id: string
      readonly secret: string
      readonly kind: 'vehicle'
    } & VehicleTraits)
  | {
      readonly id: string
      readonly secret: string
      readonly kind: 'home'
      readonly style: HouseholdStyle
      readonly timeZone?: string
      readonly mishaps?: readonly Mishap[]
    }

type FleetVehicle = Extract<FleetDevice, { readonly kind: 'vehicle' }>

export interface FleetOptions {
  readonly devices: readonly FleetDevice[]
  readonly mqttUrl: string
  readonly seed: string
  /** Simulated seconds per second. Times never run ahead of the clock: above 1 a fleet catches up from an earlier `nowMs`. */
  readonly speed: number
  /** Where the simulated time starts, epoch milliseconds; the first readings are later. */
  readonly nowMs: number
  /** From `nowMs` to here vehicles have the habits of a week; behind it one trip follows the other. Default: `nowMs`. */
  readonly livesFromMs?: number
  /** How often what is due is published; what is seen is this late. */
  readonly publishMs?: number
  /** What devices really do, before they say it. */
  readonly onTruth?: (truth: Truth) => void
  /** Every reading as it is published. */
  readonly onReading?: (reading: Reading) => void
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
  /** The simulated time that is reached. */
  reachedMs(): number
  /** Simulated time stands still until `resume`; devices stay connected. */
  pause(): void
  resume(): void
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

  let pausedAtMs: number | undefined
  let pausedForMs = 0
  const reachedNow = (): number => {
    const nowMs = Date.now()
    const restedMs = pausedForMs + (pausedAtMs === undefined ? 0 : nowMs - pausedAtMs)
    return Math.min(nowMs, options.nowMs + (nowMs - startedAtMs - restedMs) * options.speed)
  }
  const publishDue = (): void => {
    const reachedMs = reachedNow()
    const limits = { readingsMax: readingsPerBatchMax, spanMsMax: Number.POSITIVE_INFINITY }
    for (const member of members) {
      // Faster than its broker: what is due waits in the plan instead of in memory.
      let room = inFlightBatchesMax - member.device.unacknowledged()
      if (room <= 0) continue
      const due = takeDue(member, reachedMs, room * readingsPerBatchMax, options.onReading)
      for (const batch of batchesOf(due, limits)) {
        room -= 1
        void publish(member.device, batch)
      }
    }
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
  if (!isClosing) timer = setInterval(publishDue, options.publishMs ?? publishMs)
  return {
    counts: snapshot,
    reachedMs: reachedNow,
    pause() {
      pausedAtMs ??= Date.now()
    },
    resume() {
      if (pausedAtMs !== undefined) pausedForMs += Date.now() - pausedAtMs
      pausedAtMs = undefined
    },
    close,
    closed: closed.promise,
  }
}

function readingsOf(entry: FleetDevice, options: FleetOptions, place: number): Iterator<Reading> {
  const { seed, nowMs } = options
  if (entry.kind === 'home') {
    const { timeZone = town.timeZone, mishaps = [] } = entry
    const { onTruth } = options
    return liveAtHome({ seed, device: entry.id, style: entry.style, timeZone, mishaps, onTruth }, nowMs, Number.POSITIVE_INFINITY)
  }
  if (entry.life !== undefined) return lifeLong(entry, options)
  const { min, max, apart, cycle } = firstTripSeconds
  const firstTripAfterS = randomFor(seed, entry.id, 'first trip', nowMs).whole(min, max) + ((place * apart) % cycle)
  const livesFromMs = Math.max(nowMs, options.livesFromMs ?? nowMs)
  return historyThenLive(entry, options, { livesFromMs, firstTripAfterS })
}

function* lifeLong(entry: FleetVehicle, { seed, nowMs, onTruth }: FleetOptions): Generator<Reading> {
  const vehicle = { ...entry, seed, device: entry.id, map: entry.road ?? town, odometerKm: entry.odometerKm }
  for (const plan of livedTrips(vehicle, nowMs, Number.POSITIVE_INFINITY)) {
    onTruth?.(truthOf(plan))
    yield* readingsOfTrip(plan)
  }
}

function* historyThenLive(
  entry: FleetVehicle,
  { seed, nowMs, onTruth }: FleetOptions,
  { livesFromMs, firstTripAfterS }: { readonly livesFromMs: number; readonly firstTripAfterS: number },
): Generator<Reading> {
  let { odometerKm } = entry
  const days = (livesFromMs - nowMs) / dayMs
  if (days > 0)
    for (const reading of vehicleHistory(entry, { seed, days, endMs: livesFromMs, onTruth })) {
      odometerKm = reading.values.TraveledDistance ?? odometerKm
      yield reading
    }
  yield* driveOn({
    ...entry,
    seed,
    device: entry.id,
    map: entry.road,
    startMs: livesFromMs,
    firstTripAfterS,
    onTruth,
    ...(odometerKm === undefined ? {} : { odometerKm }),
  })
}

const dayMs = 86_400_000

function* takeDue(
  member: Member,
  reachedMs: number,
  most: number,
  onReading: ((reading: Reading) => void) | undefined,
): Generator<Reading> {
  for (let taken = 0; taken < most; taken += 1) {
    if (member.next === undefined) {
      const step = member.readings.next()
      if (step.done === true) return
      member.next = step.value
    }
    if (member.next.takenAtMs > reachedMs) return
    onReading?.(member.next)
    yield member.next
    member.next = undefined
  }
}
