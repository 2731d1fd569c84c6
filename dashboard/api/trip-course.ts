// The course of a trip for drawing: its readings, cleaned as pricing cleans them, thinned to what a chart can show.

import { cleanSample, noCleaning } from '../../pricing/behaviour/clean-sample.ts'
import { emptySample, readSample } from '../../pricing/behaviour/sample.ts'
import { behaviourThresholds } from '../../pricing/behaviour/thresholds.ts'
import type { TripRow } from '../../store/book/schema.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import type { TripDetail } from './shapes.ts'

/** More points than a screen has columns only make the page slow. */
export const coursePointsMax = 2000
/** Ten hours at ten readings a second; a longer trip is drawn as far as that. */
const readingsMax = 360_000
/** Read before a stretch of a trip, so that its first readings are judged like the others. */
const leadMs = 10_000

/** Columns of equal length; NaN where a reading said nothing that is believed. */
interface Course {
  readonly tMs: number[]
  readonly speedKph: number[]
  readonly limitKph: number[]
  readonly latitude: number[]
  readonly longitude: number[]
}

export interface WantedCourse {
  /** A stretch of the trip, epoch milliseconds, both ends included; all of it when left out. */
  readonly from?: number
  readonly until?: number
  readonly readings?: number
  readonly points?: number
}

/** @throws StoreUnavailable */
export async function readCourse(
  telemetry: TelemetryStore,
  trip: TripRow,
  { from = trip.started_at_ms, until = trip.ended_at_ms, readings = readingsMax, points = coursePointsMax }: WantedCourse = {},
): Promise<TripDetail['course']> {
  const cleaning = noCleaning()
  const sample = emptySample()
  const course: Course = { tMs: [], speedKph: [], limitKph: [], latitude: [], longitude: [] }
  const device = { id: trip.device_id, kind: 'vehicle' } as const
  const fromMs = Math.max(from, trip.started_at_ms)
  const untilMs = Math.min(until, trip.ended_at_ms)
  // Cleaning needs what came before the stretch.
  for await (const reading of telemetry.range(device, Math.max(fromMs - leadMs, trip.started_at_ms), untilMs + 1)) {
    if (reading.kind !== 'vehicle') continue
    readSample(sample, reading)
    cleanSample(cleaning, sample, behaviourThresholds)
    if (sample.tMs < fromMs) continue
    course.tMs.push(sample.tMs)
    course.speedKph.push(sample.speedKph)
    course.limitKph.push(sample.limitKph)
    course.latitude.push(sample.latitude)
    course.longitude.push(sample.longitude)
    if (course.tMs.length >= readings) break
  }
  const rows = thinnedRows(course.speedKph, points)
  const column = (values: readonly number[]) => rows.map((row) => orNull(values[row]))
  return {
    tMs: rows.map((row) => course.tMs[row] ?? 0),
    speedKph: column(course.speedKph),
    limitKph: column(course.limitKph),
    latitude: column(course.latitude),
    longitude: column(course.longitude),
  }
}

/**
 * Rows to keep, in order: of every stretch the slowest and the fastest, so that no stop and no peak disappears; the first
 * and the last row always.
 */
export function thinnedRows(speedKph: readonly number[], rowsMax: number): readonly number[] {
  const count = speedKph.length
  if (count <= rowsMax) return speedKph.map((_, row) => row)
  const stretches = Math.floor((rowsMax - 2) / 2)
  const kept = new Set([0, count - 1])
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const from = Math.floor((stretch * count) / stretches)
    const to = Math.floor(((stretch + 1) * count) / stretches)
    const { slowest, fastest } = extremes(speedKph, from, to)
    kept.add(slowest).add(fastest)
  }
  return [...kept].sort((a, b) => a - b)
}

function extremes(values: readonly number[], from: number, to: number): { readonly slowest: number; readonly fastest: number } {
  let slowest = from
  let fastest = from
  for (let row = from; row < to; row += 1) {
    const value = values[row] ?? Number.NaN
    if (!(value >= (values[slowest] ?? Number.NaN))) slowest = Number.isNaN(value) ? slowest : row
    if (!(value <= (values[fastest] ?? Number.NaN))) fastest = Number.isNaN(value) ? fastest : row
  }
  return { slowest, fastest }
}

function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value
}
