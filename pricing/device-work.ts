// One device's share of a pass: recompute what a change touched, write it with the premium in one transaction, and say what
// happened. Keeps where reading stopped per device, so that live telemetry is read once.

import type { DeviceRef } from '../devices/contract/reading.ts'
import type { Book, HomeDayRow, TripRow } from '../store/book/schema.ts'
import type { DeviceChange, TelemetryStore } from '../store/telemetry-store.ts'
import { localClock } from './behaviour/local-clock.ts'
import { behaviourThresholds } from './behaviour/thresholds.ts'
import { placeNow } from './behaviour/trip-fold.ts'
import { type InsuredDevices, timeZoneOf } from './insured-devices.ts'
import type { PricingChange } from './pricing-change.ts'
import { type HomeTail, recomputeHomeDays } from './recompute-home-days.ts'
import { openTrip, recomputeTrips, type VehicleTail } from './recompute-trips.ts'
import { type Repriced, repriceWithin } from './reprice.ts'
import { storedHomeDays, writeHomeDays } from './write-home-days.ts'
import { writeTrips } from './write-trips.ts'

/** Parked vehicles and homes beyond this are read from the book's last trip or day again; a tail is some kilobytes. */
export const tailsMax = 5_000
/** Telemetry that still arrives is waited for before a trip is closed by the clock; replays bring old readings late. */
export const quietMs = 10_000

export interface Sources {
  readonly book: Book
  readonly telemetry: TelemetryStore
}

interface Heard<Tail> {
  readonly tail: Tail
  /** By this machine's clock. */
  readonly heardAtMs: number
  /** The trip's row says `open`. */
  readonly isOpen: boolean
}

export interface PassTime {
  readonly nowMs: number
  /** Do not wait for telemetry that may still arrive. */
  readonly isSettling: boolean
}

export class DeviceWork {
  readonly #sources: Sources
  readonly #vehicles = new Map<string, Heard<VehicleTail>>()
  readonly #homes = new Map<string, HomeTail>()

  constructor(sources: Sources) {
    this.#sources = sources
  }

  /** @returns what to tell listeners, once it is in the book */
  work(change: DeviceChange, insured: InsuredDevices, time: PassTime): Promise<readonly PricingChange[]> {
    return change.device.kind === 'vehicle' ? this.#workVehicle(change, insured, time) : this.#workHome(change, insured, time)
  }

  /** Of what was measured of the device nothing is left in memory: what comes next is the first that is known of it. */
  forget(deviceId: string): void {
    this.#vehicles.delete(deviceId)
    this.#homes.delete(deviceId)
  }

  /** Trips that have ended by the clock but not yet in the book, as if their first reading had just come. */
  overdue(time: PassTime): readonly DeviceChange[] {
    return [...this.#vehicles].flatMap(([id, { tail, heardAtMs, isOpen }]): DeviceChange[] => {
      const { state } = tail.fold
      if (!isOpen || state.kind !== 'driving' || !isOver(state.seenAtMs, heardAtMs, time)) return []
      return [{ device: { id, kind: 'vehicle' }, fromMs: state.startedAtMs, toMs: state.startedAtMs }]
    })
  }

  /** Closes a trip that `overdue` named. */
  async close(device: DeviceRef, insured: InsuredDevices, time: PassTime): Promise<readonly PricingChange[]> {
    const heard = this.#vehicles.get(device.id)
    if (heard?.tail.fold.state.kind !== 'driving') return []
    const trips = await openTrip(this.#sources.telemetry, device, heard.tail, () => true)
    const fromMs = heard.tail.fold.state.startedAtMs
    const { told } = await this.#writeTrips(device, { fromMs, toMs: Number.POSITIVE_INFINITY, trips }, insured, time, heard.tail)
    this.#vehicles.set(device.id, { ...heard, isOpen: false })
    return told
  }

  async #workVehicle(change: DeviceChange, insured: InsuredDevices, time: PassTime): Promise<readonly PricingChange[]> {
    const { device } = change
    const clock = localClock(timeZoneOf(insured, device.id))
    const before = this.#vehicles.get(device.id)
    // Until it is in the book the tail has not moved on: a failure below starts from the book.
    this.#vehicles.delete(device.id)
    const known = before?.tail.fold.clock.timeZone === clock.timeZone ? before.tail : undefined
    const outcome = await recomputeTrips(this.#sources, change, known, clock, (seenAtMs) => isOver(seenAtMs, time.nowMs, time))
    const tail = outcome.tail ?? known
    const { told, isOpen } = await this.#writeTrips(device, outcome, insured, time, outcome.tail)
    if (tail !== undefined) {
      const isStillOpen = outcome.tail === undefined ? (before?.isOpen ?? false) : isOpen
      this.#vehicles.set(device.id, { tail, heardAtMs: time.nowMs, isOpen: isStillOpen })
      dropOldest(this.#vehicles, (heard) => !heard.isOpen)
    }
    return told
  }

  async #writeTrips(
    device: DeviceRef,
    outcome: { readonly fromMs: number; readonly toMs: number; readonly trips: readonly TripRow[] },
    insured: InsuredDevices,
    { nowMs }: PassTime,
    tail: VehicleTail | undefined,
  ): Promise<{ readonly told: readonly PricingChange[]; readonly isOpen: boolean }> {
    const policyId = insured.byDevice.get(device.id)?.policyId
    const { written, isOpen, repriced } = await this.#sources.book.transaction().execute(async (transaction) => {
      const changes = await writeTrips(transaction, device.id, outcome)
      const isRated = policyId !== undefined && changes.isExperienceChanged
      return { ...changes, repriced: isRated ? await repriceWithin(transaction, policyId, nowMs) : undefined }
    })
    const trips = written.map((trip) => ({
      kind: 'trip' as const,
      deviceId: device.id,
      policyId,
      tripId: trip.id,
      at: trip.status === 'open' && tail !== undefined ? (placeNow(tail.fold) ?? null) : null,
    }))
    return { told: [...trips, ...premiumChanges(policyId, repriced)], isOpen }
  }

  async #workHome(change: DeviceChange, insured: InsuredDevices, { nowMs }: PassTime): Promise<readonly PricingChange[]> {
    const { device } = change
    const policyId = insured.byDevice.get(device.id)?.policyId
    const clock = localClock(timeZoneOf(insured, device.id))
    const before = this.#homes.get(device.id)
    this.#homes.delete(device.id)
    const known = before?.clock.timeZone === clock.timeZone ? before : undefined
    const { days, tail } = await recomputeHomeDays(this.#sources.telemetry, change, known, clock, (from, before) =>
      storedHomeDays(this.#sources.book, device.id, from, before),
    )
    const { written, repriced } = await this.#sources.book.transaction().execute(async (transaction) => {
      const changes = await writeHomeDays(transaction, device.id, clock.timeZone, days)
      const isRated = policyId !== undefined && changes.isExperienceChanged
      return { ...changes, repriced: isRated ? await repriceWithin(transaction, policyId, nowMs) : undefined }
    })
    this.#homes.set(device.id, tail)
    dropOldest(this.#homes, () => true)
    return [...written.map((day) => dayChange(day, policyId)), ...premiumChanges(policyId, repriced)]
  }
}

function isOver(seenAtMs: number, heardAtMs: number, { nowMs, isSettling }: PassTime): boolean {
  return nowMs - seenAtMs > behaviourThresholds.trip.stillMsMax && (isSettling || nowMs - heardAtMs >= quietMs)
}

function dayChange({ device_id, day }: HomeDayRow, policyId: string | undefined): PricingChange {
  return { kind: 'home-day', deviceId: device_id, policyId, day }
}

function premiumChanges(policyId: string | undefined, repriced: Repriced | undefined): readonly PricingChange[] {
  if (policyId === undefined || repriced?.kind !== 'repriced') return []
  return [{ kind: 'premium', policyId, premiumMinor: repriced.premiumMinor, currency: repriced.currency }]
}

/** Maps keep the order of insertion, and every use inserts again. */
function dropOldest<Kept>(tails: Map<string, Kept>, mayGo: (tail: Kept) => boolean): void {
  if (tails.size <= tailsMax) return
  for (const [id, tail] of tails) {
    if (!mayGo(tail)) continue
    tails.delete(id)
    return
  }
}
