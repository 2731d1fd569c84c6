// GPX 1.0 and 1.1 tracks, as phones and navigators export them: positions with their original times, and speed. Waypoints and
// planned routes are passed over; heights have no signal.

import { parseInstant } from './manifest.ts'
import {
  clockSetSinceMs,
  parseDecimal,
  type Recording,
  RecordingError,
  type RecordingRow,
  recordingSecondsMax,
  shown,
} from './recording.ts'
import { attributeOf, scanXml } from './xml-scanner.ts'

/** Positions are good to some metres: a speed out of less than this much time is mostly noise. */
const speedWindowMs = 2000
/** Over a longer gap a mean speed says nothing about the drive. */
const speedGapMsMax = 300_000
/** The contract's bound for Speed: a derived speed above it is a jump of the position, and left out. */
const speedKphMax = 400
const earthRadiusM = 6_371_008.8
const kphPerMps = 3.6

interface TrackPoint {
  readonly line: number
  readonly segment: number
  readonly atMs: number
  readonly latitude: number
  readonly longitude: number
  readonly speedKph: number | undefined
  readonly headingDegrees: number | undefined
}

interface OpenPoint {
  readonly line: number
  readonly latitude: number
  readonly longitude: number
  readonly texts: Map<string, string>
}

/**
 * Speed is taken from `<speed>` (m/s, also inside extensions) where a file has it anywhere; else it is derived from the distance
 * to the neighbouring positions (haversine) over at least ±2 s, never across two segments.
 *
 * @param name the file's name, for messages
 * @throws RecordingError naming the line that is wrong, and the mend
 */
export function parseGpx(name: string, text: string): Recording {
  const { points, empty, undated, sameTime } = readPoints(name, text)
  const first = points[0]
  if (first === undefined) {
    const message =
      empty > 0
        ? 'no track point has a <time>; record the drive instead of planning it.'
        : 'no track point (<trkpt>) with a usable time in the file; export a recorded track.'
    throw new RecordingError(empty > 0 ? 'no-times' : 'empty', { file: name }, message)
  }
  const hasSpeed = points.some((point) => point.speedKph !== undefined)
  const rows = points.map((point, index): RecordingRow => {
    const speedKph = hasSpeed ? point.speedKph : deriveSpeedKph(points, index)
    return {
      tS: (point.atMs - first.atMs) / 1000,
      values: {
        ...(speedKph === undefined ? {} : { Speed: speedKph }),
        Latitude: point.latitude,
        Longitude: point.longitude,
        ...(point.headingDegrees === undefined ? {} : { Heading: point.headingDegrees }),
      },
    }
  })
  return { name, kind: 'vehicle', startMs: first.atMs, timeZone: undefined, rows, leftOut: { sameTime, empty, undated } }
}

interface ReadPoints {
  readonly points: readonly TrackPoint[]
  readonly empty: number
  readonly undated: number
  readonly sameTime: number
}

function readPoints(file: string, text: string): ReadPoints {
  const points: TrackPoint[] = []
  let empty = 0
  let undated = 0
  let sameTime = 0
  let segment = 0
  let rootSeen = false
  let open: OpenPoint | undefined
  let inside = ''
  for (const token of scanXml(file, text)) {
    if (token.kind === 'open') {
      if (!rootSeen && token.name !== 'gpx')
        throw new RecordingError('bad-form', { file, line: token.line }, `<${token.name}> is not GPX; export the track as GPX.`)
      rootSeen = true
      if (token.name === 'trkseg') segment += 1
      if (token.name === 'trkpt') open = openPoint(file, token)
      inside = token.name
    } else if (token.kind === 'text') {
      if (open !== undefined && !open.texts.has(inside)) open.texts.set(inside, token.text.trim())
    } else {
      inside = ''
      if (token.name !== 'trkpt' || open === undefined) continue
      const point = closePoint(file, open, segment)
      open = undefined
      const before = points.at(-1)
      if (point === undefined) empty += 1
      else if (point.atMs < clockSetSinceMs) undated += 1
      else if (before !== undefined && point.atMs === before.atMs) sameTime += 1
      else {
        if (before !== undefined) checkOrder(file, before, point, points[0] ?? before)
        points.push(point)
      }
    }
  }
  if (!rootSeen) throw new RecordingError('bad-form', { file }, 'no <gpx> element; export the track as GPX.')
  return { points, empty, undated, sameTime }
}

function openPoint(file: string, token: { readonly attributes: string; readonly line: number }): OpenPoint {
  const read = (name: string, bound: number): number => {
    const text = attributeOf(token, name)
    const value = parseDecimal(text ?? '')
    if (value === undefined || Math.abs(value) > bound)
      throw new RecordingError(
        value === undefined ? 'bad-value' : 'out-of-range',
        { file, line: token.line, column: name },
        `${shown(text ?? '')} is not a number from ${-bound} to ${bound} (degrees); remove the point or export the track again.`,
      )
    return value
  }
  return { line: token.line, latitude: read('lat', 90), longitude: read('lon', 180), texts: new Map() }
}

/** Undefined when the point says no time. */
function closePoint(file: string, open: OpenPoint, segment: number): TrackPoint | undefined {
  const time = open.texts.get('time')
  if (time === undefined || time === '') return undefined
  // GPX times are UTC; some writers leave the Z out.
  const atMs = parseInstant(time) ?? parseInstant(`${time}Z`)
  const place = { file, line: open.line }
  if (atMs === undefined)
    throw new RecordingError(
      'bad-value',
      { ...place, column: 'time' },
      `${shown(time)} is not a time such as 2026-05-01T08:00:00Z.`,
    )
  const read = (names: readonly string[], min: number, max: number): number | undefined => {
    const name = names.find((candidate) => open.texts.has(candidate))
    if (name === undefined) return undefined
    const cell = open.texts.get(name) ?? ''
    const value = parseDecimal(cell)
    if (value === undefined)
      throw new RecordingError('bad-value', { ...place, column: name }, `${shown(cell)} is not a number; remove the element.`)
    // Receivers write a negative speed or course for "not known".
    return value < min || value > max ? undefined : value
  }
  const speedMps = read(['speed'], 0, speedKphMax / kphPerMps)
  return {
    line: open.line,
    segment,
    atMs,
    latitude: open.latitude,
    longitude: open.longitude,
    speedKph: speedMps === undefined ? undefined : rounded(speedMps * kphPerMps),
    headingDegrees: read(['course', 'bearing'], 0, 360),
  }
}

function checkOrder(file: string, before: TrackPoint, point: TrackPoint, first: TrackPoint): void {
  const place = { file, line: point.line, column: 'time' }
  if (point.atMs < before.atMs)
    throw new RecordingError(
      'time-backwards',
      place,
      `${new Date(point.atMs).toISOString()} comes after ${new Date(before.atMs).toISOString()}; split the file into one track each.`,
    )
  if (point.atMs - first.atMs > recordingSecondsMax * 1000)
    throw new RecordingError(
      'out-of-range',
      place,
      `more than ${recordingSecondsMax / 86_400} days after the start; split the file.`,
    )
}

function deriveSpeedKph(points: readonly TrackPoint[], index: number): number | undefined {
  const point = points[index]
  if (point === undefined) return undefined
  const before = neighbour(points, point, index, -1)
  const after = neighbour(points, point, index, 1)
  const elapsedMs = after.atMs - before.atMs
  if (elapsedMs === 0) return undefined
  const speedKph = ((distanceM(before, point) + distanceM(point, after)) / (elapsedMs / 1000)) * kphPerMps
  return speedKph > speedKphMax ? undefined : rounded(speedKph)
}

/** The nearest position of the same segment at least the window away; else the farthest there is; else the point itself. */
function neighbour(points: readonly TrackPoint[], point: TrackPoint, index: number, step: -1 | 1): TrackPoint {
  let found = point
  for (let at = index + step; ; at += step) {
    const candidate = points[at]
    if (candidate === undefined || candidate.segment !== point.segment) return found
    const awayMs = Math.abs(candidate.atMs - point.atMs)
    if (awayMs > speedGapMsMax) return found
    found = candidate
    if (awayMs >= speedWindowMs) return found
  }
}

/** Great-circle distance by the haversine formula on the mean earth radius (IUGG R1), metres. */
function distanceM(from: TrackPoint, to: TrackPoint): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180
  const latitudes = Math.sin(radians(to.latitude - from.latitude) / 2) ** 2
  const longitudes = Math.sin(radians(to.longitude - from.longitude) / 2) ** 2
  const h = latitudes + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * longitudes
  return 2 * earthRadiusM * Math.asin(Math.min(1, Math.sqrt(h)))
}

function rounded(speedKph: number): number {
  return Math.round(speedKph * 100) / 100
}
