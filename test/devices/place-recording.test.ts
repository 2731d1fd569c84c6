// Where on the time line a replay goes: a table, and that nothing ever overlaps.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beforeNowMs, marginMs, type Placement, placeRecording, weekMs } from '../../devices/recording/place-recording.ts'

const minute = 60_000
const hour = 60 * minute
const nowMs = Date.UTC(2026, 10, 23, 12, 0, 0, 123)
const request = {
  device: 'car',
  sha256: 'a',
  recordedAtMs: Date.UTC(2019, 4, 23, 20, 54, 11),
  durationMs: 10 * minute,
  start: 'recent',
  nowMs,
} as const

const placed = (startMs: number, durationMs: number = 10 * minute, device = 'car', sha256 = 'x'): Placement => ({
  device,
  sha256,
  startMs,
  durationMs,
})
const lastThursday = Date.UTC(2026, 10, 19, 20, 54, 11)
const justNow = Date.UTC(2026, 10, 23, 11, 49)

test.each([
  ['a known start moves by whole weeks to the latest before now', {}, [], 'placed', lastThursday],
  ['a drive of this week stays where it was', { recordedAtMs: nowMs - hour }, [], 'placed', nowMs - hour],
  ['one that would end after now goes a week back', { recordedAtMs: nowMs - minute }, [], 'placed', nowMs - minute - weekMs],
  [
    'one that ends exactly now goes a week back',
    { recordedAtMs: nowMs - 10 * minute },
    [],
    'placed',
    nowMs - 10 * minute - weekMs,
  ],
  ['an unknown start ends a minute before now, on the second', { recordedAtMs: undefined }, [], 'placed', justNow],
  ['another drive in the way: a week earlier', {}, [placed(lastThursday)], 'placed', lastThursday - weekMs],
  ['one ending 15 minutes before is not in the way', {}, [placed(lastThursday - 25 * minute)], 'placed', lastThursday],
  ['one ending a second later is', {}, [placed(lastThursday - 25 * minute + 1000)], 'placed', lastThursday - weekMs],
  ['two weeks taken: the third', {}, [placed(lastThursday), placed(lastThursday - weekMs)], 'placed', lastThursday - 2 * weekMs],
  [
    'an unknown start goes before what is in the way',
    { recordedAtMs: undefined },
    [placed(justNow)],
    'placed',
    justNow - 25 * minute,
  ],
  ['another device is never in the way', {}, [placed(lastThursday, hour, 'van')], 'placed', lastThursday],
  ['the same file on the same device goes where it went', {}, [placed(5000, 0, 'car', 'a')], 'remembered', 5000],
  ['also when another start is asked for', { start: 'original' }, [placed(5000, 0, 'car', 'a')], 'remembered', 5000],
  ['the same file on another device is placed anew', {}, [placed(lastThursday, 0, 'van', 'a')], 'placed', lastThursday],
  ['original is original', { start: 'original' }, [], 'placed', request.recordedAtMs],
  ['a given instant is taken', { start: Date.UTC(2026, 0, 1) }, [], 'placed', Date.UTC(2026, 0, 1)],
  ['original needs a known start', { start: 'original', recordedAtMs: undefined }, [], 'start-unknown', undefined],
  ['the future is refused', { start: nowMs }, [], 'in-future', undefined],
  ['before 2015 is refused', { start: Date.UTC(2014, 0, 1) }, [], 'before-2015', Date.UTC(2014, 0, 1)],
  ['a given instant in the way is refused', { start: lastThursday }, [placed(lastThursday)], 'overlaps', undefined],
] as const)('%s', (_, change, remembered, kind, startMs) => {
  const outcome = placeRecording({ ...request, ...change }, remembered)
  expect(outcome.kind).toBe(kind)
  if ('startMs' in outcome) expect(outcome.startMs).toBe(startMs)
})

test('whatever is replayed in whatever order: nothing overlaps, all lies before now, and again gives the same', () => {
  const recording = fc.record({
    device: fc.constantFrom('car', 'van'),
    sha256: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    recordedAtMs: fc.option(fc.integer({ min: nowMs - 9 * weekMs, max: nowMs + weekMs }), { nil: undefined }),
    durationMs: fc.integer({ min: 0, max: 3 * 24 * hour }),
  })
  fc.assert(
    fc.property(fc.array(recording, { maxLength: 12 }), (recordings) => {
      let placements: readonly Placement[] = []
      for (const each of recordings) {
        const ask = { ...each, start: 'recent', nowMs } as const
        const outcome = placeRecording(ask, placements)
        if (outcome.kind !== 'placed' && outcome.kind !== 'remembered') throw new Error(outcome.kind)
        placements = outcome.placements
        const again = placeRecording({ ...ask, nowMs: nowMs + weekMs }, placements)
        expect(again).toEqual({ kind: 'remembered', startMs: outcome.startMs, placements })
        if (outcome.kind === 'remembered') continue
        expect(outcome.startMs + each.durationMs).toBeLessThan(nowMs)
        if (each.recordedAtMs === undefined) expect(nowMs - outcome.startMs - each.durationMs).toBeGreaterThanOrEqual(beforeNowMs)
        else expect(Math.abs((outcome.startMs - each.recordedAtMs) % weekMs)).toBe(0)
      }
      for (const one of placements)
        for (const other of placements)
          if (one !== other && one.device === other.device && one.startMs <= other.startMs)
            expect(other.startMs - one.startMs - one.durationMs).toBeGreaterThanOrEqual(marginMs)
    }),
  )
})
