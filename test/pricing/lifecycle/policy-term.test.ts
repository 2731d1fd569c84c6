// Terms of twelve months by the policy's own clock, and which edition counts for a policy at a time.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type EditionWindow, effectiveEdition, termAt } from '../../../pricing/lifecycle/policy-term.ts'

const iso = (ms: number) => new Date(ms).toISOString()
const at = (text: string) => Date.parse(text)

test.each([
  // A summer start in Amsterdam: midnight of the anniversary is 22:00 of the day before in Greenwich.
  ['2025-07-10T12:30:00Z', 'Europe/Amsterdam', '2026-07-09T21:59:59Z', 1, '2025-07-10T12:30:00.000Z', '2026-07-09T22:00:00.000Z'],
  ['2025-07-10T12:30:00Z', 'Europe/Amsterdam', '2026-07-09T22:00:00Z', 2, '2026-07-09T22:00:00.000Z', '2027-07-09T22:00:00.000Z'],
  // The day of the start is the policy's own: 1 January in Auckland is still December in Greenwich.
  ['2024-12-31T11:30:00Z', 'Pacific/Auckland', '2025-12-31T11:00:00Z', 2, '2025-12-31T11:00:00.000Z', '2026-12-31T11:00:00.000Z'],
  [
    '2024-12-31T11:30:00Z',
    'Pacific/Kiritimati',
    '2026-01-02T00:00:00Z',
    2,
    '2025-12-31T10:00:00.000Z',
    '2026-12-31T10:00:00.000Z',
  ],
  ['2025-03-01T11:30:00Z', 'Etc/GMT+12', '2026-03-05T00:00:00Z', 2, '2026-02-28T12:00:00.000Z', '2027-02-28T12:00:00.000Z'],
  // 29 February is renewed on the 28th, and on the 29th again when there is one.
  ['2024-02-29T10:00:00Z', 'UTC', '2025-03-01T00:00:00Z', 2, '2025-02-28T00:00:00.000Z', '2026-02-28T00:00:00.000Z'],
  ['2024-02-29T10:00:00Z', 'UTC', '2028-02-29T00:00:00Z', 5, '2028-02-29T00:00:00.000Z', '2029-02-28T00:00:00.000Z'],
  // A time before the start is in the first term.
  ['2025-07-10T12:30:00Z', 'UTC', '2020-01-01T00:00:00Z', 1, '2025-07-10T12:30:00.000Z', '2026-07-10T00:00:00.000Z'],
] as const)('a policy of %s in %s is, at %s, in term %i', (start, zone, when, number, from, until) => {
  const term = termAt(at(start), zone, at(when))
  expect([term.number, iso(term.fromMs), iso(term.untilMs)]).toEqual([number, from, until])
})

test('terms follow one another without a gap, whatever the clock does', () => {
  const zones = fc.constantFrom(
    'UTC',
    'Europe/Amsterdam',
    'America/Santiago',
    'Asia/Shanghai',
    'Pacific/Apia',
    'Australia/Lord_Howe',
  )
  const times = fc.integer({ min: at('2015-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') })
  fc.assert(
    fc.property(times, zones, fc.integer({ min: 0, max: 8 * 31_557_600_000 }), (startMs, zone, afterMs) => {
      const term = termAt(startMs, zone, startMs + afterMs)
      expect(term.fromMs).toBeLessThanOrEqual(startMs + afterMs)
      expect(term.untilMs).toBeGreaterThan(startMs + afterMs)
      expect(termAt(startMs, zone, term.untilMs)).toMatchObject({ number: term.number + 1, fromMs: term.untilMs })
      expect(termAt(startMs, zone, term.untilMs - 1)).toEqual(term)
    }),
    { numRuns: 60 },
  )
})

const window = (hash: string, fromMs: number, noMidTermRerate: boolean): EditionWindow => ({ hash, fromMs, noMidTermRerate })

test.each([
  // editions, the term's start, now; which counts, from when, and whether the premium stands.
  [
    'new business takes the edition in force as it begins',
    [
      ['a', 0, false],
      ['b', 50, true],
    ],
    60,
    70,
    'b',
    60,
    true,
  ],
  [
    'an edition without the rail counts for everybody at once',
    [
      ['a', 0, false],
      ['b', 50, false],
    ],
    10,
    70,
    'b',
    50,
    false,
  ],
  [
    'an edition with the rail waits for the renewal',
    [
      ['a', 0, false],
      ['b', 50, true],
    ],
    10,
    70,
    'a',
    10,
    false,
  ],
  [
    'a term that stands is not moved by one without the rail',
    [
      ['a', 0, true],
      ['b', 50, false],
    ],
    10,
    70,
    'a',
    10,
    true,
  ],
  [
    'one with the rail between two without is passed over',
    [
      ['a', 0, false],
      ['b', 50, true],
      ['c', 60, false],
    ],
    10,
    70,
    'c',
    60,
    false,
  ],
  [
    'what begins later does not count yet',
    [
      ['a', 0, false],
      ['b', 71, false],
    ],
    10,
    70,
    'a',
    10,
    false,
  ],
  [
    'a policy older than every edition takes the first',
    [
      ['a', 40, false],
      ['b', 50, false],
    ],
    10,
    70,
    'b',
    50,
    false,
  ],
] as const)('%s', (_, windows, fromMs, atMs, hash, effectiveFromMs, isSettled) => {
  const found = effectiveEdition(
    windows.map(([name, from, rail]) => window(name, from, rail)),
    { fromMs },
    atMs,
  )
  expect(found).toEqual({ edition: expect.objectContaining({ hash }), effectiveFromMs, isSettled })
})

test('a plan without an edition has none that counts', () => {
  expect(effectiveEdition([], { fromMs: 0 }, 1)).toBeUndefined()
})
