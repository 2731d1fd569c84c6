// GPX tracks, and everything that is not one.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseGpx } from '../../devices/recording/parse-gpx.ts'
import { RecordingError } from '../../devices/recording/recording.ts'
import { nestingDepthMax } from '../../devices/recording/xml-scanner.ts'

const start = Date.UTC(2026, 4, 1, 8)

function point(second: number, north: number, more = ''): string {
  const time = new Date(start + second * 1000).toISOString()
  return `<trkpt lat="${(52 + north).toFixed(7)}" lon="4.9"><ele>1.5</ele><time>${time}</time>${more}</trkpt>`
}

function gpx(...segments: readonly (readonly string[])[]): string {
  const inner = segments.map((points) => `<trkseg>${points.join('\n')}</trkseg>`).join('')
  return `<?xml version="1.0"?>\n<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><metadata><time>2020-01-01T00:00:00Z</time></metadata><trk><name>to &amp; fro</name>${inner}</trk></gpx>\n`
}

/** 10 m/s due north, in degrees a second on the mean sphere. */
const tenMps = 10 / 111_195

test('positions keep their times, and speed comes out of distance over time', () => {
  const recording = parseGpx('walk.gpx', gpx(Array.from({ length: 10 }, (_, second) => point(second, second * tenMps))))
  expect(recording).toMatchObject({ kind: 'vehicle', startMs: start, leftOut: { sameTime: 0, empty: 0, undated: 0 } })
  expect(recording.rows.map((row) => row.tS)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  for (const row of recording.rows) expect(row.values['Speed']).toBeCloseTo(36, 1)
  expect(recording.rows[0]?.values).toMatchObject({ Latitude: 52, Longitude: 4.9 })
})

test('a speed that the file gives is converted from m/s and nothing is derived beside it', () => {
  const inExtension =
    '<extensions><gpxtpx:TrackPointExtension><gpxtpx:speed>10</gpxtpx:speed><gpxtpx:course>91</gpxtpx:course></gpxtpx:TrackPointExtension></extensions>'
  const recording = parseGpx('ride.gpx', gpx([point(0, 0, inExtension), point(1, tenMps), point(2, 0, '<speed>5.5</speed>')]))
  expect(recording.rows.map((row) => row.values['Speed'])).toEqual([36, undefined, 19.8])
  expect(recording.rows[0]?.values['Heading']).toBe(91)
})

test('no speed is derived across two segments, over a long gap, or out of a jump', () => {
  const twoSegments = parseGpx('a.gpx', gpx([point(0, 0)], [point(1, 0.5), point(2, 0.5 + tenMps)]))
  expect(twoSegments.rows.map((row) => row.values['Speed'])).toEqual([undefined, expect.closeTo(36, 1), expect.closeTo(36, 1)])
  const gap = parseGpx('b.gpx', gpx([point(0, 0), point(400, 0.1)]))
  expect(gap.rows.map((row) => row.values['Speed'])).toEqual([undefined, undefined])
  const jump = parseGpx('c.gpx', gpx([point(0, 0), point(1, 1), point(2, 0)]))
  expect(jump.rows.map((row) => row.values['Speed'])).toEqual([0, undefined, 0])
})

test('points without a time, at the same time, or dated by an unset clock are left out and counted', () => {
  const unset = '<trkpt lat="52" lon="4.9"><time>1980-01-06T00:00:00Z</time></trkpt>'
  const untimed = '<trkpt lat="52" lon="4.9"/>'
  const recording = parseGpx('a.gpx', gpx([unset, untimed, point(0, 0), point(0, 0.001), point(1, 0)]))
  expect(recording.rows).toHaveLength(2)
  expect(recording.leftOut).toEqual({ sameTime: 1, empty: 1, undated: 1 })
})

test('comments, CDATA, prefixes, single quotes and a > inside quotes are XML like any other', () => {
  const text = `\uFEFF<!-- <trkpt> --><g:gpx xmlns:g='x'><g:trk><g:trkseg><g:trkpt desc="a > b" lat='52' lon='4.9'><g:time><![CDATA[2026-05-01T08:00:00]]></g:time></g:trkpt></g:trkseg></g:trk></g:gpx>`
  expect(parseGpx('a.gpx', text)).toMatchObject({ startMs: start, rows: [{ tS: 0, values: { Latitude: 52, Longitude: 4.9 } }] })
})

test.each([
  ['<html><body/></html>', 'bad-form', 'a.gpx, line 1: <html> is not GPX'],
  ['<!DOCTYPE gpx [<!ENTITY a "b">]><gpx/>', 'bad-form', 'a document type, which a GPX file does not need'],
  ['<gpx/>', 'empty', 'no track point (<trkpt>)'],
  ['<gpx><rte><rtept lat="1" lon="2"/></rte></gpx>', 'empty', 'no track point (<trkpt>)'],
  ['<gpx><trk><trkseg><trkpt lat="1" lon="2"/></trkseg></trk></gpx>', 'no-times', 'record the drive instead of planning it.'],
  ['<gpx>\n<trk><trkseg><trkpt lat="1" lon="2"><time>2026', 'truncated', 'a.gpx, line 2: the file ends inside <time>'],
  ['<gpx><trk', 'truncated', 'the file ends inside a tag'],
  ['<gpx><trk></gpx></trk>', 'bad-form', '</gpx> where </trk> should close'],
  [`${'<gpx>'.repeat(nestingDepthMax + 1)}`, 'bad-form', `more than ${nestingDepthMax} elements inside another`],
  ['<gpx>\n<trkpt lat="91" lon="2"/></gpx>', 'out-of-range', 'a.gpx, line 2, column "lat": "91" is not a number from -90 to 90'],
  ['<gpx><trkpt lon="2"/></gpx>', 'bad-value', 'column "lat": "" is not a number'],
  ['<gpx><trkpt lat="1" lon="2"><time>noon</time></trkpt></gpx>', 'bad-value', '"noon" is not a time such as'],
  [
    '<gpx><trkpt lat="1" lon="2"><time>2026-05-01T08:00:00Z</time><speed>&fast;</speed></trkpt></gpx>',
    'bad-value',
    '"&fast;" is not',
  ],
  [gpx([point(5, 0), point(4, 0)]), 'time-backwards', '2026-05-01T08:00:04.000Z comes after 2026-05-01T08:00:05.000Z'],
  [gpx([point(0, 0), point(500 * 86_400, 0)]), 'out-of-range', 'more than 400 days after the start'],
])('%j is refused as %s in one line', (text, problem, message) => {
  try {
    parseGpx('a.gpx', text)
    expect.unreachable()
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error
    expect(error.problem).toBe(problem)
    expect(error.message).toContain(message)
    expect(error.message).not.toContain('\n')
  }
})

test('a GPX file cut off anywhere is refused, never misread', () => {
  const whole = gpx([point(0, 0, '<speed>1</speed>'), point(1, 0)]).trimEnd()
  fc.assert(
    fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
      expect(() => parseGpx('a.gpx', whole.slice(0, length))).toThrow(RecordingError)
    }),
  )
})

test('any tags in any order end in a recording or in one line', () => {
  const piece = fc.constantFrom(
    '<gpx>',
    '</gpx>',
    '<trkpt lat="1" lon="2">',
    '</trkpt>',
    '<time>',
    '</time>',
    '2026-05-01T08:00:00Z',
    '<',
    '>',
    '"',
    '<!--',
    '-->',
    '/',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      try {
        expect(parseGpx('a.gpx', `<gpx>${pieces.join('')}`).rows.length).toBeGreaterThan(0)
      } catch (error) {
        if (!(error instanceof RecordingError)) throw error
      }
    }),
    { numRuns: 500 },
  )
})
