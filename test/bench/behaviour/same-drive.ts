// One drive recorded twice, by a phone and by the car's own bus: how alike what they say is, once their clocks are in step. Which one is
// which says the manifest: the phone's recording has `"sameDriveAs": "FILE"`, the name of the car's in the same folder.

import type { VehicleReading } from '../../../devices/contract/reading.ts'
import type { VehicleValues } from '../../../devices/contract/signals.ts'
import { type FoundEvent, matchLabels } from './match-labels.ts'
import { type EventClass, eventClasses } from './recording-set.ts'

export interface RecordedDrive {
  readonly file: string
  readonly startMs: number
  readonly seconds: number
  /** In the vehicle's axes. */
  readonly readings: readonly VehicleReading[]
  readonly detections: readonly FoundEvent[]
}

const comparedAxes = {
  longitudinal: 'AccelerationLongitudinal',
  lateral: 'AccelerationLateral',
  yaw: 'AngularVelocityYaw',
  speed: 'Speed',
} as const satisfies Record<string, keyof VehicleValues>
type Axis = keyof typeof comparedAxes
const axes: readonly Axis[] = ['longitudinal', 'lateral', 'yaw', 'speed']

export interface DriveAgreement {
  readonly phone: string
  readonly car: string
  /** Added to the phone's seconds, the car's say the same. */
  readonly clockOffsetS: number
  /** −1 to 1, of means over a second; null where either does not say it. */
  readonly correlation: Readonly<Record<Axis, number | null>>
  /** Of the events found in the car's recording those found in the phone's. */
  readonly events: { readonly car: number; readonly phone: number; readonly both: number }
}

/** Clocks that are further apart than this were never meant to be in step. */
const offsetMsMax = 60_000
const gridMs = 100
/** Half of the window that is averaged, in steps of the grid: manoeuvres last about a second. */
const halfWindow = 5
/** Shorter overlaps may agree by chance, in steps of the grid: a minute. */
const overlapMin = 600

export function compareDrives(phone: RecordedDrive, car: RecordedDrive): DriveAgreement {
  const seconds = Math.max(phone.seconds, car.seconds)
  const series = (drive: RecordedDrive) =>
    axes.map((axis) => seriesOf(drive, comparedAxes[axis], Math.ceil((seconds * 1000) / gridMs) + 1))
  const [ofPhone, ofCar] = [series(phone), series(car)]
  const correlationsAt = (offset: number): readonly (number | null)[] =>
    ofPhone.map((values, axis) => correlationOf(values, ofCar[axis] ?? new Float64Array(), offset))
  let best = { offset: 0, fit: Number.NEGATIVE_INFINITY }
  for (let offset = -offsetMsMax / gridMs; offset <= offsetMsMax / gridMs; offset += 1) {
    const known = correlationsAt(offset).filter((value) => value !== null)
    const fit = known.reduce((sum, value) => sum + value, 0) / known.length
    if (fit > best.fit) best = { offset, fit }
  }
  const clockOffsetS = (best.offset * gridMs) / 1000
  const [longitudinal = null, lateral = null, yaw = null, speed = null] = correlationsAt(best.offset).map((value) =>
    value === null ? null : Math.round(value * 1000) / 1000,
  )
  return {
    phone: phone.file,
    car: car.file,
    clockOffsetS,
    correlation: { longitudinal, lateral, yaw, speed },
    events: {
      car: car.detections.length,
      phone: phone.detections.length,
      both: foundInBoth(phone, car, clockOffsetS),
    },
  }
}

function foundInBoth(phone: RecordedDrive, car: RecordedDrive, clockOffsetS: number): number {
  const inStep = phone.detections.map((event) => ({
    ...event,
    startS: event.startS + clockOffsetS,
    endS: event.endS + clockOffsetS,
  }))
  const labels = car.detections.map((event) => ({ ...event, file: car.file, origin: 'car' }))
  const { found } = matchLabels(labels, inStep)
  const named: readonly EventClass[] = eventClasses.filter((name) => name !== 'calm')
  return named.reduce((sum, name) => sum + found[name], 0)
}

/** Means around each step of the grid; NaN where nothing was said. */
function seriesOf(drive: RecordedDrive, signal: (typeof comparedAxes)[Axis], steps: number): Float64Array {
  const sums = new Float64Array(steps)
  const counts = new Float64Array(steps)
  for (const { takenAtMs, values } of drive.readings) {
    const value = values[signal]
    if (value === undefined) continue
    const step = Math.round((takenAtMs - drive.startMs) / gridMs)
    for (let near = Math.max(0, step - halfWindow); near <= Math.min(steps - 1, step + halfWindow); near += 1) {
      sums[near] = (sums[near] ?? 0) + value
      counts[near] = (counts[near] ?? 0) + 1
    }
  }
  return sums.map((sum, step) => sum / (counts[step] ?? 0))
}

function correlationOf(phone: Float64Array, car: Float64Array, offset: number): number | null {
  let [count, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0]
  for (let step = Math.max(0, -offset); step < Math.min(phone.length, car.length - offset); step += 1) {
    const [one, other] = [phone[step] ?? Number.NaN, car[step + offset] ?? Number.NaN]
    if (Number.isNaN(one + other)) continue
    count += 1
    x += one
    y += other
    xx += one * one
    yy += other * other
    xy += one * other
  }
  const spread = (xx - (x * x) / count) * (yy - (y * y) / count)
  return count >= overlapMin && spread > 0 ? (xy - (x * y) / count) / Math.sqrt(spread) : null
}
