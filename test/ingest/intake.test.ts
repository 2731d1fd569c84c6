// From one message's bytes to what the journal keeps and what the device is told.

import { expect, test } from 'vitest'
import { encodeTelemetry } from '../../devices/contract/telemetry.ts'
import { refusedTextPerMessageMax, takeState, takeTelemetry } from '../../ingest/intake.ts'
import { decodeEntry, encodeEntry, type JournalEntry } from '../../ingest/journal-entry.ts'
import { createRecentReadings, type RecentReadings } from '../../ingest/recent-readings.ts'

const car = { id: 'car-1', kind: 'vehicle' } as const
const nowMs = 1_767_225_603_000
const takenAtMs = 1_767_225_600_000

function bytes(readings: readonly unknown[], envelope: Readonly<Record<string, unknown>> = {}): Buffer {
  return Buffer.from(JSON.stringify({ schema: 'vehicle/1', seq: 7, sent: nowMs, readings, ...envelope }))
}

function take(payload: Buffer, recent: RecentReadings = createRecentReadings()) {
  const { receipt, ...taken } = takeTelemetry(payload, car, nowMs)
  return { ...taken, receipt: receipt(recent) }
}

function refusedOf(entry: JournalEntry): readonly string[] {
  return entry.kind === 'message' ? entry.refused.map((refused) => refused.code) : []
}

test('good readings are journaled, and the receipt counts them', () => {
  const reading = { kind: 'vehicle', device: 'car-1', takenAtMs, values: { Speed: 50, Ignition: true } } as const
  const payload = Buffer.from(encodeTelemetry('vehicle', 7, nowMs, [reading]))
  const { entry, receipt } = take(payload)
  expect(entry).toEqual({ kind: 'message', device: 'car-1', receivedAtMs: nowMs, readings: [reading], refused: [] })
  expect(receipt).toEqual({
    seq: 7,
    accepted: 1,
    duplicate: 0,
    rejected: [],
    clock: { verdict: 'ok', skewMs: 0 },
    receivedAt: nowMs,
  })
  expect(decodeEntry(encodeEntry(entry))).toEqual(entry)
})

test('a refused reading is named by index, field and rule, kept as it came, and its neighbours are stored', () => {
  const payload = bytes([
    { t: takenAtMs, Speed: 50 },
    { t: takenAtMs + 1000, Speed: 999 },
    { t: takenAtMs + 2000, Speed: 51 },
  ])
  const { entry, receipt, readings } = take(payload)
  expect(readings.map((reading) => reading.takenAtMs)).toEqual([takenAtMs, takenAtMs + 2000])
  expect(receipt).toMatchObject({ accepted: 2, rejected: [{ index: 1, code: 'out-of-range', path: '/readings/1/Speed' }] })
  expect(entry).toMatchObject({ refused: [{ code: 'out-of-range', payload: `{"t":${takenAtMs + 1000},"Speed":999}` }] })
  expect(decodeEntry(encodeEntry(entry))).toEqual(entry)
})

test.each([
  ['no JSON', Buffer.from('{"schema'), 'not-json'],
  ['no UTF-8', Buffer.from([0xff, 0xfe]), 'not-json'],
  ['nothing at all', Buffer.alloc(0), 'not-json'],
  ['another schema', bytes([{ t: takenAtMs, Speed: 1 }], { schema: 'boat/1' }), 'unknown-schema'],
  ['another kind', bytes([{ t: takenAtMs, Speed: 1 }], { schema: 'home/1' }), 'wrong-kind'],
  ['no readings', bytes([]), 'not-a-batch'],
  ['too many readings', bytes(Array.from({ length: 1001 }, () => ({ t: takenAtMs, Speed: 1 }))), 'too-many-readings'],
])('%s is refused as a whole and kept: %s', (_, payload, code) => {
  const { entry, receipt } = take(payload)
  expect(receipt).toMatchObject({ accepted: 0, rejected: [{ index: null, code }] })
  expect(refusedOf(entry)).toEqual([code])
  expect(decodeEntry(encodeEntry(entry))).toEqual(entry)
})

test('a reading nested too deeply to be written down is refused like any other', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const payload = Buffer.from(`{"schema":"vehicle/1","seq":1,"readings":[{"t":${takenAtMs},"Speed":${deep}}]}`)
  const { entry, receipt } = take(payload)
  expect(receipt?.rejected).toMatchObject([{ index: 0, code: 'wrong-type' }])
  expect(refusedOf(entry)).toEqual(['wrong-type'])
})

test('what a message of nothing but refusals leaves in the journal is bounded', () => {
  const nonsense = 'x'.repeat(230)
  const payload = bytes(Array.from({ length: 1000 }, (_, index) => ({ t: takenAtMs + index, Nonsense: nonsense })))
  const { entry } = take(payload)
  expect(refusedOf(entry)).toHaveLength(1000)
  const text = entry.kind === 'message' ? entry.refused.map((refused) => refused.payload).join('') : ''
  expect(text.length).toBeLessThanOrEqual(refusedTextPerMessageMax)
})

test('the same reading again is a duplicate, another one at the same time a conflict; the journal has both', () => {
  const recent = createRecentReadings()
  const first = take(bytes([{ t: takenAtMs, Speed: 50, Heading: 1 }]), recent)
  recent.remember('car-1', first.readings)
  const again = bytes([
    { t: 1 },
    { t: takenAtMs, Heading: 1, Speed: 50 },
    { t: takenAtMs, Speed: 51 },
    { t: takenAtMs + 1, Speed: 5 },
  ])
  const { entry, receipt } = take(again, recent)
  expect(receipt).toMatchObject({
    accepted: 1,
    duplicate: 1,
    rejected: [
      { index: 0, code: 'no-signals' },
      { index: 2, code: 'conflict', path: '/readings/2' },
    ],
  })
  expect(entry.kind === 'message' ? entry.readings : []).toHaveLength(3)
  expect(refusedOf(entry), 'the store decides about the conflict').toEqual(['no-signals'])
})

test('repeats within one batch are seen; a message that never reached the disk is new when it comes again', () => {
  const recent = createRecentReadings()
  const payload = bytes([
    { t: takenAtMs, Speed: 50 },
    { t: takenAtMs, Speed: 50 },
    { t: takenAtMs, Speed: 60 },
  ])
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const { receipt } = take(payload, recent)
    expect(receipt).toMatchObject({ accepted: 1, duplicate: 1, rejected: [{ index: 2, code: 'conflict' }] })
  }
})

test('of two messages under way at once, the second is told of its repeats', () => {
  const recent = createRecentReadings()
  const payload = bytes([{ t: takenAtMs, Speed: 50 }])
  const [first, second] = [takeTelemetry(payload, car, nowMs), takeTelemetry(payload, car, nowMs)]
  // Both are on disk now, in their order.
  expect(first.receipt(recent)).toMatchObject({ accepted: 1, duplicate: 0 })
  recent.remember('car-1', first.readings)
  expect(second.receipt(recent)).toMatchObject({ accepted: 0, duplicate: 1 })
})

test('memory of recent readings is bounded per device and in all', () => {
  const recent = createRecentReadings(3, 5)
  const at = (device: string, t: number) => ({ kind: 'vehicle', device, takenAtMs: t, values: { Speed: 1 } }) as const
  recent.remember(
    'a',
    [1, 2, 3, 4].map((t) => at('a', t)),
  )
  expect(
    recent.judgeBatch(
      'a',
      [1, 2, 3, 4].map((t) => at('a', t)),
    ),
  ).toEqual(['new', 'duplicate', 'duplicate', 'duplicate'])
  recent.remember(
    'b',
    [1, 2, 3].map((t) => at('b', t)),
  )
  expect(recent.judgeBatch('a', [at('a', 4)]), 'the device not heard of for longest is forgotten').toEqual(['new'])
  expect(recent.judgeBatch('b', [at('b', 3)])).toEqual(['duplicate'])
})

test('a state is journaled; one that is none is refused and answered', () => {
  const good = takeState(Buffer.from('{"state":"online","session":3,"firmware":"1.2"}'), car, nowMs)
  expect(good.entry).toEqual({
    kind: 'state',
    device: 'car-1',
    receivedAtMs: nowMs,
    state: { state: 'online', session: 3, firmware: '1.2' },
  })
  expect(good.receipt(createRecentReadings())).toBeUndefined()
  expect(decodeEntry(encodeEntry(good.entry))).toEqual(good.entry)
  expect(refusedOf(takeState(Buffer.from('{"state":"asleep"}'), car, nowMs).entry)).toEqual(['not-a-batch'])
  expect(takeState(Buffer.from('online'), car, nowMs).receipt(createRecentReadings())?.rejected).toMatchObject([
    { code: 'not-json' },
  ])
})

test('bytes that are no journal entry are told from one', () => {
  for (const text of ['', '{}', '{"e":"x"}', '{"e":"m","d":"car-1"}', '[]'])
    expect(decodeEntry(Buffer.from(text))).toBeUndefined()
})
