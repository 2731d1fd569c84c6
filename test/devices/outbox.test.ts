// What waits for its acknowledgement, how it is batched, and how long a device waits before it connects again.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { vehicleSignals } from '../../devices/contract/signals.ts'
import { encodeTelemetry } from '../../devices/contract/telemetry.ts'
import { createOutbox } from '../../devices/outbox.ts'
import { batchesOf, readingsPerBatchMax } from '../../devices/publish-readings.ts'
import { reconnectDelayMs } from '../../devices/reconnect-delay.ts'

/** Letters are added; `>` sends the next, digits acknowledge, `!` loses the connection. Returns what was sent. */
function play(script: string, batchesMax = 9, windowMax = 2): string {
  const outbox = createOutbox<string>(batchesMax, windowMax)
  let sent = ''
  for (const step of script) {
    if (step === '>') sent += outbox.next()?.item ?? '-'
    else if (step === '!') outbox.rewind()
    else if (/\d/.test(step)) outbox.acknowledge(Number(step))
    else if (outbox.add(step) === undefined) sent += '#'
  }
  return sent
}

test.each([
  ['nothing to send', '>', '-'],
  ['in order, one after the other', 'ab>>', 'ab'],
  ['a full window waits for an acknowledgement', 'abc>>>1>', 'ab-c'],
  ['what was in flight goes first after a reconnect', 'abc>>!>>', 'abab'],
  ['what was acknowledged is not sent again', 'abc>>2!>>', 'abac'],
  ['an acknowledgement that comes twice opens the window once', 'abcd>>11>>', 'abc-'],
  ['an acknowledgement of a lost connection still counts', 'abc>>!1>>', 'abbc'],
  ['a reconnect with nothing in flight changes nothing', 'ab>1!>', 'ab'],
])('%s', (_, script, sent) => {
  expect(play(script)).toBe(sent)
})

test('a full outbox refuses, and takes again after an acknowledgement', () => {
  expect(play('abc>>1d', 2)).toBe('#ab')
})

test('however often the connection is lost, everything is sent until acknowledged, and never out of order', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('add', 'send', 'acknowledge', 'lose'), { maxLength: 60 }), (steps) => {
      const outbox = createOutbox<number>(1000, 3)
      const open = new Set<number>()
      let inFlight: number[] = []
      for (const step of steps) {
        if (step === 'add') open.add(outbox.add(open.size) ?? -1)
        if (step === 'lose') {
          outbox.rewind()
          inFlight = []
        }
        if (step === 'send') {
          const next = outbox.next()
          if (next === undefined) continue
          expect(open.has(next.seq)).toBe(true)
          expect(next.seq).toBeGreaterThan(inFlight.at(-1) ?? 0)
          inFlight.push(next.seq)
          expect(inFlight.length).toBeLessThanOrEqual(3)
        }
        if (step === 'acknowledge') {
          const seq = inFlight.shift()
          if (seq !== undefined) expect(outbox.acknowledge(seq)).toBe(open.delete(seq))
        }
      }
      outbox.rewind()
      const left: number[] = []
      for (let next = outbox.next(); next !== undefined; next = outbox.next()) {
        left.push(next.seq)
        outbox.acknowledge(next.seq)
      }
      expect(left).toEqual([...open].sort((a, b) => a - b))
    }),
  )
})

test('the delay doubles up to its cap, with half of it left to chance', () => {
  const limits = { firstMs: 500, mostMs: 30_000 }
  expect([0, 1, 2, 6, 99].map((attempt) => reconnectDelayMs(attempt, 1, limits))).toEqual([500, 1000, 2000, 30_000, 30_000])
  expect([0, 1, 2, 6, 99].map((attempt) => reconnectDelayMs(attempt, 0, limits))).toEqual([250, 500, 1000, 15_000, 15_000])
})

test('batches end at their count or at their span, and lose nothing', () => {
  const readings = [0, 1, 2, 10, 11, 30].map((second) => ({
    kind: 'vehicle' as const,
    device: 'car',
    takenAtMs: second * 1000,
    values: { Speed: 1 },
  }))
  const seconds = (readingsMax: number, spanMsMax: number): number[][] =>
    [...batchesOf(readings, { readingsMax, spanMsMax })].map((batch) => batch.map((reading) => reading.takenAtMs / 1000))
  expect(seconds(2, 60_000)).toEqual([
    [0, 1],
    [2, 10],
    [11, 30],
  ])
  expect(seconds(9, 10_000)).toEqual([[0, 1, 2, 10], [11], [30]])
})

test('a batch of readings with every signal in full length is below the 256 KiB packet limit', () => {
  const values = Object.fromEntries(
    vehicleSignals.map(({ name, type }) => [name, type === 'boolean' ? false : -123.456_789_012_345_67]),
  )
  const readings = Array.from({ length: 1000 }, (_, row) => ({
    kind: 'vehicle' as const,
    device: 'car',
    takenAtMs: 1_700_000_000_000 + row,
    values,
  }))
  const batches = [...batchesOf(readings, { readingsMax: readingsPerBatchMax, spanMsMax: 60_000 })]
  expect(batches.flat()).toEqual(readings)
  for (const batch of batches)
    expect(Buffer.byteLength(encodeTelemetry('vehicle', 99_999, 1_700_000_000_000, batch))).toBeLessThan(256 * 1024)
})
