// A drive's coordinates as lines in a drawing of given size: north up, equal scale both ways, broken where positions are
// missing. No map: the drawing shows shape and scale only.

export interface Course {
  readonly latitude: readonly (number | null)[]
  readonly longitude: readonly (number | null)[]
}

export interface Point {
  readonly x: number
  readonly y: number
}

export interface RoutePicture {
  /** One line for each unbroken stretch. */
  readonly lines: readonly (readonly Point[])[]
  /** The same index as the course's columns; undefined without a position. */
  readonly at: (index: number) => Point | undefined
  /** A round length in metres and how long it is in the drawing. */
  readonly scale: { readonly metres: number; readonly length: number }
  /** Lines of other courses in the same drawing, cut where they jump. */
  readonly drawn: (course: Course) => readonly (readonly Point[])[]
  /** Where lines of the grid lie, one every `scale.metres`. */
  readonly grid: { readonly x: readonly number[]; readonly y: readonly number[] }
}

export interface PictureSize {
  readonly width: number
  readonly height: number
  readonly margin: number
}

/** WGS 84 mean radius; a drawing needs no ellipsoid. */
const earthRadiusM = 6_371_000
/** A drive shorter than this is drawn as if it were as long, not blown up into its noise. */
const extentMinM = 120
/** Neighbours in the drawing nearer than this are one. */
const pointGapMin = 0.75
/** A gap in the course above this many metres between neighbours is left open. */
const jumpMaxM = 2_000
/** The scale's bar takes at most this share of the drawing's width. */
const scaleShareMax = 0.28

/** @returns undefined when fewer than two positions are known */
export function projectRoute(course: Course, size: PictureSize): RoutePicture | undefined {
  const origin = originOf(course)
  const metres = toMetres(course, origin)
  const known = metres.filter((point) => point !== undefined)
  if (known.length < 2) return undefined
  const box = boundsOf(known)
  const extent = { x: Math.max(box.maxX - box.minX, extentMinM), y: Math.max(box.maxY - box.minY, extentMinM) }
  const pixelsPerM = Math.min((size.width - 2 * size.margin) / extent.x, (size.height - 2 * size.margin) / extent.y)
  const centre = { x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2 }
  const place = (point: Point): Point => ({
    x: round(size.width / 2 + (point.x - centre.x) * pixelsPerM),
    y: round(size.height / 2 - (point.y - centre.y) * pixelsPerM),
  })
  const scaleM = roundLength((size.width * scaleShareMax) / pixelsPerM)
  return {
    lines: toLines(metres, place),
    at: (index) => {
      const point = metres[index]
      return point === undefined ? undefined : place(point)
    },
    drawn: (other) => toLines(toMetres(other, origin), place),
    scale: { metres: scaleM, length: scaleM * pixelsPerM },
    grid: {
      x: gridLines(size.width, scaleM * pixelsPerM),
      y: gridLines(size.height, scaleM * pixelsPerM),
    },
  }
}

interface Origin {
  readonly latitude0: number
  readonly longitude0: number
}

/** The first position. */
function originOf({ latitude, longitude }: Course): Origin {
  const start = latitude.findIndex((value, index) => value !== null && (longitude[index] ?? null) !== null)
  return { latitude0: latitude[start] ?? 0, longitude0: longitude[start] ?? 0 }
}

/** Equirectangular about the origin: true to shape over the length of a drive, and across the date line. */
function toMetres({ latitude, longitude }: Course, { latitude0, longitude0 }: Origin): readonly (Point | undefined)[] {
  const perDegreeM = (Math.PI / 180) * earthRadiusM
  const shrink = Math.cos((latitude0 * Math.PI) / 180)
  return latitude.map((lat, index) => {
    const lon = longitude[index] ?? null
    if (lat === null || lon === null) return undefined
    return { x: turn(lon - longitude0) * perDegreeM * shrink, y: (lat - latitude0) * perDegreeM }
  })
}

/** Degrees between −180 and 180. */
function turn(degrees: number): number {
  return degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees
}

function boundsOf(points: readonly Point[]): { minX: number; maxX: number; minY: number; maxY: number } {
  let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of points) {
    minX = Math.min(minX, x)
    maxX = Math.max(maxX, x)
    minY = Math.min(minY, y)
    maxY = Math.max(maxY, y)
  }
  return { minX, maxX, minY, maxY }
}

/** A single reading without a position does not break the line; a jump does. */
function toLines(metres: readonly (Point | undefined)[], place: (point: Point) => Point): readonly (readonly Point[])[] {
  const lines: Point[][] = []
  let last: Point | undefined
  for (const point of metres) {
    if (point === undefined) continue
    const isJump = last === undefined || Math.hypot(point.x - last.x, point.y - last.y) > jumpMaxM
    const drawn = place(point)
    if (isJump) lines.push([drawn])
    else {
      const previous = lines.at(-1)?.at(-1)
      if (previous === undefined || Math.hypot(drawn.x - previous.x, drawn.y - previous.y) >= pointGapMin)
        lines.at(-1)?.push(drawn)
    }
    last = point
  }
  return lines.filter((line) => line.length > 1)
}

/** The largest of 1, 2 and 5 times a power of ten that is not above `limit`. */
export function roundLength(limit: number): number {
  const power = 10 ** Math.floor(Math.log10(limit))
  return ([5, 2, 1].find((digit) => digit * power <= limit) ?? 1) * power
}

function gridLines(extent: number, step: number): readonly number[] {
  const lines: number[] = []
  for (let at = (extent / 2) % step; at < extent; at += step) lines.push(round(at))
  return lines
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

export function linePath(line: readonly Point[]): string {
  return line.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')
}
