// The line-protocol encoder against a reader written from the protocol's description.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodePoint, type Point, UnencodablePoint } from '../../store/influx/line-protocol.ts'

const point: Point = {
  measurement: 'vehicle',
  tags: { device: 'car-1' },
  fields: { Speed: 48.2, Ignition: true, Gear: 3 },
  timeMs: 1_767_225_600_000,
}

test('a point is measurement, sorted tags, fields and time', () => {
  expect(encodePoint(point)).toBe('vehicle,device=car-1 Speed=48.2,Ignition=true,Gear=3 1767225600000')
  expect(encodePoint({ ...point, tags: { kind: 'x', device: 'y' }, fields: { from: -0, to: 1e-7 } })).toBe(
    'vehicle,device=y,kind=x from=0,to=1e-7 1767225600000',
  )
})

test('commas, spaces, equals signs and inner backslashes are kept as text', () => {
  expect(encodePoint({ ...point, tags: { device: 'a,b c=d\\e' }, fields: { f: 1 } })).toBe(
    'vehicle,device=a\\,b\\ c\\=d\\e f=1 1767225600000',
  )
})

test.each([
  ['a newline', 'a\nb'],
  ['a carriage return', 'a\rb'],
  ['NUL', 'a\0b'],
  ['a C1 control', 'a\u0085b'],
  ['a trailing backslash', 'a\\'],
  ['nothing at all', ''],
  ['half a surrogate pair', 'a\ud83d'],
])('text with %s is refused wherever it stands', (_, text) => {
  expect(() => encodePoint({ ...point, measurement: text })).toThrow(UnencodablePoint)
  expect(() => encodePoint({ ...point, tags: { device: text } })).toThrow(UnencodablePoint)
  expect(() => encodePoint({ ...point, tags: { [text]: 'x' } })).toThrow(UnencodablePoint)
  expect(() => encodePoint({ ...point, fields: { [text]: 1 } })).toThrow(UnencodablePoint)
})

test('a comment, a point without fields, and numbers without a decimal form are refused', () => {
  expect(() => encodePoint({ ...point, measurement: '#vehicle' })).toThrow(UnencodablePoint)
  expect(() => encodePoint({ ...point, fields: {} })).toThrow(UnencodablePoint)
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => encodePoint({ ...point, fields: { f: value } })).toThrow()
  for (const timeMs of [0.5, Number.NaN, 2 ** 60]) expect(() => encodePoint({ ...point, timeMs })).toThrow(UnencodablePoint)
})

test('whatever is encoded is one line that reads back as the same point', () => {
  const text = fc.string({ unit: fc.oneof(fc.constantFrom(',', '=', ' ', '\\', '"', "'", '\n', '\0', '#', '$'), fc.string()) })
  const fields = fc.dictionary(text, fc.oneof(fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true })), { maxKeys: 4 })
  const anyPoint = fc.record({
    measurement: text,
    tags: fc.dictionary(text, text, { maxKeys: 3 }),
    fields,
    timeMs: fc.integer({ min: -1e12, max: 1e13 }),
  })
  fc.assert(
    fc.property(anyPoint, (candidate) => {
      let line: string
      try {
        line = encodePoint(candidate)
      } catch (error) {
        expect(error).toBeInstanceOf(UnencodablePoint)
        return
      }
      expect(line).not.toMatch(/\p{Cc}/u)
      expect(decode(line)).toEqual({ ...candidate, fields: withoutNegativeZero(candidate.fields) })
    }),
    { numRuns: 2_000 },
  )
})

function withoutNegativeZero(fields: Readonly<Record<string, number | boolean>>): Record<string, number | boolean> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, value === 0 ? 0 : value]))
}

/** Separators are those without a backslash in front; a backslash before `, = space` disappears, any other stays. */
function decode(line: string): Point {
  const [head = '', body = '', time = ''] = line.split(/(?<!\\) /)
  const [measurement = '', ...tags] = head.split(/(?<!\\),/)
  const pairs = (parts: readonly string[]): [string, string][] =>
    parts.map((part) => {
      const [key = '', value = ''] = part.split(/(?<!\\)=/)
      return [key.replace(/\\([,= ])/g, '$1'), value]
    })
  return {
    measurement: measurement.replace(/\\([, ])/g, '$1'),
    tags: Object.fromEntries(pairs(tags).map(([key, value]) => [key, value.replace(/\\([,= ])/g, '$1')])),
    fields: Object.fromEntries(
      pairs(body.split(/(?<!\\),/)).map(([key, value]) => [key, /^(true|false)$/.test(value) ? value === 'true' : Number(value)]),
    ),
    timeMs: Number(time),
  }
}
