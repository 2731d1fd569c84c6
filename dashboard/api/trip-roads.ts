// The roads known around a trip: where the same policy's vehicles drove before, as thin lines. No map is asked of anybody, and
// nothing is shown that the reader could not see trip by trip.

import type { Book, TripRow } from '../../store/book/schema.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import { readCourse } from './trip-course.ts'
import type { Roads } from './trip-shapes.ts'

/** Enough to know a person's everyday roads; more only take longer. */
export const roadTripsMax = 12
/** Read of each: more than an hour at one a second. */
export const roadReadingsMax = 5000
/** A line for the eye behind another needs no more. */
const pointsPerLine = 240
/** Degrees beyond the trip's own box: about a kilometre. */
const marginDegrees = 0.01
/** Between neighbours; a jump is no road. */
const gapDegreesMax = 0.02

interface Box {
  readonly south: number
  readonly north: number
  readonly west: number
  readonly east: number
}

/** @throws StoreUnavailable */
export async function roadsAround(book: Book, telemetry: TelemetryStore, policyId: string, trip: TripRow): Promise<Roads> {
  const own = await readCourse(telemetry, trip)
  const box = boxOf(own.latitude, own.longitude)
  if (box === undefined) return { lines: [], trips: 0 }
  const earlier = await book
    .selectFrom('trips')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'trips.device_id')
    .selectAll('trips')
    .where('policy_devices.policy_id', '=', policyId)
    .where('trips.id', '<>', trip.id)
    .where('trips.status', '=', 'ended')
    .where('trips.started_at_ms', '<', trip.started_at_ms)
    .orderBy('trips.started_at_ms', 'desc')
    .limit(roadTripsMax)
    .execute()
  const lines: Roads['lines'] = []
  let trips = 0
  for (const row of earlier) {
    const { latitude, longitude } = await readCourse(telemetry, row, { readings: roadReadingsMax, points: pointsPerLine })
    const found = linesWithin(latitude, longitude, box)
    if (found.length > 0) trips += 1
    lines.push(...found)
  }
  return { lines, trips }
}

function boxOf(latitude: readonly (number | null)[], longitude: readonly (number | null)[]): Box | undefined {
  const known = latitude.flatMap((north, index) => {
    const east = longitude[index] ?? null
    return north === null || east === null ? [] : [{ north, east }]
  })
  if (known.length < 2) return undefined
  const norths = known.map(({ north }) => north)
  const easts = known.map(({ east }) => east)
  return {
    south: Math.min(...norths) - marginDegrees,
    north: Math.max(...norths) + marginDegrees,
    west: Math.min(...easts) - marginDegrees,
    east: Math.max(...easts) + marginDegrees,
  }
}

/** The stretches of a course that lie in the box, each a line of its own. */
export function linesWithin(
  latitude: readonly (number | null)[],
  longitude: readonly (number | null)[],
  { south, north, west, east }: Box,
): Roads['lines'] {
  const lines: Roads['lines'] = []
  let line: Roads['lines'][number] | undefined
  latitude.forEach((lat, index) => {
    const lon = longitude[index] ?? null
    // A single reading without a position does not break the road.
    if (lat === null || lon === null) return
    const isInside = lat >= south && lat <= north && lon >= west && lon <= east
    const isJump =
      line !== undefined &&
      Math.max(Math.abs(lat - (line.latitude.at(-1) ?? lat)), Math.abs(lon - (line.longitude.at(-1) ?? lon))) > gapDegreesMax
    if (!isInside || isJump) line = undefined
    if (!isInside) return
    if (line === undefined) {
      line = { latitude: [], longitude: [] }
      lines.push(line)
    }
    line.latitude.push(rounded(lat))
    line.longitude.push(rounded(lon))
  })
  return lines.filter((each) => each.latitude.length > 1)
}

/** A metre or so, which no drawing shows. */
function rounded(degrees: number): number {
  return Math.round(degrees * 100_000) / 100_000
}
