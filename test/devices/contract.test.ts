// The wire contract: every refusal once, what devices encode is what the server reads, and no bytes make a parser throw.

import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { isDeviceId, type Reading } from '../../devices/contract/reading.ts'
import { ReceiptSchema, type RefusalCode, refusalCodes, refusals } from '../../devices/contract/receipt.ts'
import { deviceKinds, type Signal, signalsByKind } from '../../devices/contract/signals.ts'
import { parseDeviceState } from '../../devices/contract/state.ts'
import {
  batchSchema,
  clockSkewMsMax,
  encodeTelemetry,
  futureToleranceMsMax,
  gpsRolloverMs,
  parseTelemetry,
  plausibleSinceMs,
  readingsPerBatchMax,
} from '../../devices/contract/telemetry.ts'
import { deviceTopic, downChannels, parseDeviceTopic, upChannels } from '../../devices/contract/topics.ts'

const nowMs = Date.UTC(2026, 4, 1, 8)
const car = { id: 'car-1', kind: 'vehicle' } as const

function parse(payload: unknown, receivedAtMs = nowMs) {
  const bytes =
    payload instanceof Uint8Array ? payload : Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload))
  return parseTelemetry(bytes, car, receivedAtMs)
}

function batch(...readings: readonly unknown[]) {
  return { schema: 'vehicle/1', seq: 7, sent: nowMs, readings }
}

const good = { t: nowMs - 1000, Speed: 48.2, Ignition: true }

const wholeRefusals: readonly (readonly [RefusalCode, unknown, string])[] = [
  ['not-json', '{"schema":', ''],
  ['not-json', Uint8Array.from([0xff, 0xfe, 0x7b]), ''],
  ['not-json', '', ''],
  ['not-a-batch', [], ''],
  ['not-a-batch', { ...batch(good), seq: -1 }, '/seq'],
  ['not-a-batch', { ...batch(good), seq: 1.5 }, '/seq'],
  ['not-a-batch', { ...batch(good), extra: 1 }, '/extra'],
  ['not-a-batch', batch(), '/readings'],
  ['not-a-batch', batch(7), '/readings/0'],
  ['unknown-schema', { ...batch(good), schema: 'vehicle/2' }, '/schema'],
  ['wrong-kind', { ...batch({ t: nowMs, Smoke: true }), schema: 'home/1' }, '/schema'],
  ['too-many-readings', batch(...Array.from({ length: readingsPerBatchMax + 1 }, () => good)), '/readings'],
]

test.each(wholeRefusals)('a payload is refused as a whole: %s (%#)', (code, payload, path) => {
  const parsed = parse(payload)
  expect(parsed.readings).toEqual([])
  expect(parsed.rejected).toEqual([{ index: null, code, path, message: expect.stringContaining(refusals[code]) }])
})

const readingRefusals: readonly (readonly [RefusalCode, unknown, string])[] = [
  ['bad-time', { Speed: 1 }, '/t'],
  ['bad-time', { t: '1', Speed: 1 }, '/t'],
  ['bad-time', { t: nowMs + 0.5, Speed: 1 }, '/t'],
  ['unknown-signal', { ...good, Tempo: 1 }, '/Tempo'],
  ['unknown-signal', { ...good, 'a/b~c': 1 }, '/a~1b~0c'],
  ['unknown-signal', { ...good, Smoke: true }, '/Smoke'],
  ['wrong-type', { ...good, Speed: '48' }, '/Speed'],
  ['wrong-type', { ...good, Speed: null }, '/Speed'],
  ['wrong-type', { ...good, Ignition: 1 }, '/Ignition'],
  ['out-of-range', { ...good, Speed: -0.1 }, '/Speed'],
  ['out-of-range', { ...good, Latitude: 90.1 }, '/Latitude'],
  ['no-signals', { t: nowMs }, ''],
  ['time-implausible', { ...good, t: plausibleSinceMs - 1 }, '/t'],
  ['time-in-future', { ...good, t: nowMs + futureToleranceMsMax + 1 }, '/t'],
]

test.each(readingRefusals)('one reading is refused, the others are kept: %s (%#)', (code, reading, path) => {
  const parsed = parse(batch(good, reading, { ...good, t: nowMs }))
  expect(parsed.readings.map((kept) => kept.takenAtMs)).toEqual([good.t, nowMs])
  expect(parsed.rejected).toEqual([{ index: 1, code, path: `/readings/1${path}`, message: refusals[code] }])
})

test.each([
  ['now', 0, true],
  ['kept on the device for a month', 30 * 86_400_000, true],
  ['of a clock that starts in 2000', nowMs - gpsRolloverMs - Date.UTC(2000, 0, 1), false],
])('a GPS week rollover is refused and named: a reading %s', (_, lateMs, isNamed) => {
  const [refused] = parse(batch({ ...good, t: nowMs - gpsRolloverMs - lateMs })).rejected
  expect(refused).toMatchObject({ code: 'time-implausible', path: '/readings/0/t' })
  expect(refused?.message.includes('GPS week rollover')).toBe(isNamed)
})

test('every refusal that parsing can give has its case here; a conflict is found by the store, a pause by the book', () => {
  const covered = new Set<string>([...wholeRefusals, ...readingRefusals].map(([code]) => code))
  expect(refusalCodes.filter((code) => !covered.has(code))).toEqual(['conflict', 'paused'])
})

test('bounds are inclusive', () => {
  const edge = { t: nowMs + futureToleranceMsMax, Speed: 400, Latitude: -90, Heading: 360 }
  expect(parse(batch(edge, { ...edge, t: plausibleSinceMs })).rejected).toEqual([])
})

test.each([
  [nowMs, 'ok', 0],
  [nowMs - clockSkewMsMax, 'ok', clockSkewMsMax],
  [nowMs - clockSkewMsMax - 1, 'behind', clockSkewMsMax + 1],
  [nowMs + clockSkewMsMax + 1, 'ahead', -clockSkewMsMax - 1],
] as const)('a batch sent at %s is judged %s', (sent, verdict, skewMs) => {
  expect(parse({ ...batch(good), sent }).clock).toEqual({ verdict, skewMs })
})

test('a batch that does not say when it was sent is not judged', () => {
  const { sent: _, ...unsent } = batch(good)
  expect(parse(unsent)).toMatchObject({ seq: 7, clock: { verdict: 'unknown', skewMs: null }, rejected: [] })
})

function arbitraryValue(signal: Signal): fc.Arbitrary<number | boolean> {
  if (signal.type === 'boolean') return fc.boolean()
  const bounds = { min: signal.min ?? -1e6, max: signal.max ?? 1e6 }
  // JSON writes −0 as 0.
  return fc.double({ ...bounds, noNaN: true }).map((value) => value + 0)
}

test.each(deviceKinds)('what a %s encodes is what the server reads, and fits the published schema', (kind) => {
  const signals: readonly Signal[] = signalsByKind[kind]
  const values = fc
    .subarray(signals.slice(), { minLength: 1 })
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((signal) => [signal.name, arbitraryValue(signal)]))))
  const readings = fc.array(fc.tuple(fc.integer({ min: plausibleSinceMs, max: nowMs }), values), { minLength: 1, maxLength: 5 })
  const published = Compile(batchSchema(kind))
  fc.assert(
    fc.property(fc.nat(), readings, (seq, entries) => {
      const sent = entries.map(([takenAtMs, each]): Reading => ({ kind, device: 'd', takenAtMs, values: each }))
      const text = encodeTelemetry(kind, seq, nowMs, sent)
      expect(published.Check(JSON.parse(text))).toBe(true)
      expect(parseTelemetry(Buffer.from(text), { id: 'd', kind }, nowMs)).toEqual({
        seq,
        clock: { verdict: 'ok', skewMs: 0 },
        readings: sent,
        rejected: [],
      })
    }),
  )
})

test('no bytes make the parser throw, and nothing is accepted without a refusal or a reading', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 64 }),
        fc.json().map((text) => Buffer.from(text)),
      ),
      (bytes) => {
        const parsed = parseTelemetry(bytes, car, nowMs)
        expect(parsed.readings.length + parsed.rejected.length).toBeGreaterThan(0)
      },
    ),
    { numRuns: 500 },
  )
})

test('no batch of odd readings makes the parser throw, and every reading is accepted or refused once', () => {
  const field = fc.oneof(fc.constantFrom('t', 'Speed', 'Ignition', '__proto__', 'constructor'), fc.string({ maxLength: 4 }))
  const value = fc.oneof(fc.constant(nowMs), fc.double(), fc.boolean(), fc.constant(null), fc.string({ maxLength: 3 }))
  fc.assert(
    fc.property(fc.array(fc.dictionary(field, value), { minLength: 1, maxLength: 6 }), (readings) => {
      const parsed = parse(batch(...readings))
      expect(parsed.readings.length + parsed.rejected.length).toBe(readings.length)
    }),
    { numRuns: 300 },
  )
})

test('every channel has a topic that is read back; anything else is no topic of the contract', () => {
  for (const channel of [...upChannels, ...downChannels])
    expect(parseDeviceTopic(deviceTopic('car-1', channel))).toEqual({ device: 'car-1', channel })
})

test.each([
  'merit/v1/car-1',
  'merit/v1/car-1/telemetry/',
  '/merit/v1/car-1/telemetry',
  'merit/v2/car-1/telemetry',
  'merit/v1//telemetry',
  'merit/v1/+/telemetry',
  'merit/v1/#',
  'merit/v1/a b/telemetry',
  'merit/v1/car-1/Telemetry',
  'merit/v1/car-1/toString',
  `merit/v1/${'x'.repeat(65)}/state`,
  'merit/v1/car\u0000/state',
  '',
])('%j is not a topic of the contract', (topic) => {
  expect(parseDeviceTopic(topic)).toBeUndefined()
})

test('any string is either a device id that survives a topic, or none', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 70 }), (id) => {
      const parsed = parseDeviceTopic(deviceTopic(id, 'state'))
      expect(parsed).toEqual(isDeviceId(id) ? { device: id, channel: 'state' } : undefined)
    }),
  )
})

test.each([
  ['{"state":"online","session":3}', true],
  ['{"state":"offline","session":0,"firmware":"1.2","batteryPercent":100,"configVersion":2}', true],
  ['{"state":"asleep","session":3}', false],
  ['{"state":"online"}', false],
  ['{"state":"online","session":3,"mood":"good"}', false],
  ['{"state":"online","session":3,"batteryPercent":101}', false],
  ['online', false],
  ['', false],
])('%s is a state: %s', (text, isState) => {
  expect(parseDeviceState(Buffer.from(text)) !== undefined).toBe(isState)
})

test('a receipt is described by its schema', () => {
  const receipt = {
    seq: null,
    accepted: 0,
    duplicate: 0,
    rejected: parse('nonsense').rejected,
    clock: { verdict: 'unknown', skewMs: null },
    receivedAt: nowMs,
  }
  expect(Compile(ReceiptSchema).Check(receipt)).toBe(true)
})
