// InfluxDB's line protocol, the writing half. Text from a device can never end a line or become another tag: what the
// protocol can escape is escaped, what it cannot express is refused.
// https://docs.influxdata.com/influxdb/v1/write_protocols/line_protocol_reference/

export interface Point {
  readonly measurement: string
  readonly tags: Readonly<Record<string, string>>
  /** Numbers are always written as floats, so that a field never has two types. */
  readonly fields: Readonly<Record<string, number | boolean>>
  readonly timeMs: number
}

/** A text or number that line protocol has no form for; nothing of its batch was written. */
export class UnencodablePoint extends Error {
  readonly code = 'unencodable-point'
}

/** One line without its newline, for `precision=ms`. */
export function encodePoint(point: Point): string {
  const tags = Object.entries(point.tags)
    // InfluxDB asks for tags sorted by key.
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `,${escapeKey(key)}=${escapeKey(value)}`)
  const fields = Object.entries(point.fields).map(([key, value]) => `${escapeKey(key)}=${encodeValue(value)}`)
  if (fields.length === 0) throw new UnencodablePoint('A point needs at least one field.')
  if (!Number.isSafeInteger(point.timeMs)) throw new UnencodablePoint(`${point.timeMs} is not a time in milliseconds.`)
  return `${escapeMeasurement(point.measurement)}${tags.join('')} ${fields.join(',')} ${point.timeMs}`
}

/** @throws UnencodablePoint */
export function escapeMeasurement(text: string): string {
  // A line that starts with # is a comment.
  if (text.startsWith('#')) throw unencodable(text)
  return expressible(text).replace(/[, ]/g, '\\$&')
}

/** A tag's or field's key, or a tag's value. @throws UnencodablePoint */
export function escapeKey(text: string): string {
  return expressible(text).replace(/[,= ]/g, '\\$&')
}

/** A backslash stays as it is except at the end, where it would escape the separator that follows. */
function expressible(text: string): string {
  if (text === '' || text.endsWith('\\') || /\p{Cc}/u.test(text) || !text.isWellFormed()) throw unencodable(text)
  return text
}

function unencodable(text: string): UnencodablePoint {
  return new UnencodablePoint(`Line protocol cannot express ${JSON.stringify(text)}.`)
}

/** JavaScript's shortest decimal form reads back as the same double. @throws UnencodablePoint */
export function encodeValue(value: number | boolean): string {
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (!Number.isFinite(value)) throw new UnencodablePoint(`${value} is not a number InfluxDB can hold.`)
  return String(value)
}
