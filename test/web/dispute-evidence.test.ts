// What an insurer is shown of a disputed event, and which events a trip says are excused.

import { expect, test } from 'vitest'
import type { Dispute } from '../../dashboard/api/dispute-shapes.ts'
import type { TripDetail } from '../../dashboard/api/shapes.ts'
import { aroundMs, evidenceOf } from '../../dashboard/web/insurer/dispute-evidence.ts'
import { countedEvents } from '../../dashboard/web/trips/counted-events.ts'
import { excusedEvents } from '../../dashboard/web/trips/excused-events.ts'

const seconds = Array.from({ length: 600 }, (_, second) => second)
const mild = { kind: 'brake', startMs: 300_000, endMs: 302_000, peak: 2.8 } as const
const hard = { kind: 'brake', startMs: 100_000, endMs: 101_000, peak: 4.2 } as const
const turn = { kind: 'left-turn', startMs: 301_000, endMs: 302_000, peak: 5 } as const

const detail: TripDetail = {
  id: 'a',
  deviceId: 'car',
  startedAtMs: 0,
  endedAtMs: 599_000,
  status: 'ended',
  distanceM: 8000,
  durationS: 599,
  maxSpeedKph: 60,
  nightShare: 0,
  completeness: 1,
  counts: { brake: 1, acceleration: 0, cornering: 1, speeding: 0 },
  timeZone: 'UTC',
  events: [hard, mild, turn],
  course: {
    tMs: seconds.map((second) => second * 1000),
    speedKph: seconds.map((second) => (second < 300 ? 60 : second === 304 ? null : 20)),
    limitKph: seconds.map(() => null),
    latitude: seconds.map(() => 52),
    longitude: seconds.map(() => 4),
  },
}

function dispute(change: Partial<Dispute>): Dispute {
  return {
    id: 'd',
    policyId: 'p',
    policyholder: 'Anna',
    timeZone: 'UTC',
    kind: 'avoided-harm',
    tripId: 'a',
    tripStartedAtMs: 0,
    tripEndedAtMs: 599_000,
    event: mild,
    note: '',
    status: 'accepted',
    createdAtMs: 0,
    decidedAtMs: 0,
    decidedBy: null,
    reason: '',
    match: 'same',
    trips: ['a'],
    events: [mild],
    ...change,
  }
}

test('the evidence is a minute around the event, with this event marked however mild it is and no other', () => {
  const evidence = evidenceOf(detail, [mild])
  expect(evidence?.events).toEqual([mild])
  const { course, events, counts } = evidence?.detail ?? detail
  expect([course.tMs.at(0), course.tMs.at(-1)]).toEqual([mild.startMs - aroundMs, mild.endMs + aroundMs])
  expect(new Set(Object.values(course).map((column) => column.length)).size).toBe(1)
  expect(countedEvents(events, counts)).toEqual([mild])
  expect(evidence?.speedKph, 'the nearest speed that is known').toEqual({ from: 60, to: 20 })
})

test('without the event there is no evidence', () => {
  expect(evidenceOf(detail, [])).toBeUndefined()
  expect(evidenceOf(detail, [{ ...mild, kind: 'acceleration' }])).toBeUndefined()
})

test.each([
  ['an accepted event', [dispute({})], [mild]],
  ['an event that waits', [dispute({ status: 'open' })], []],
  ['a trip of somebody else', [dispute({ kind: 'passenger', event: null, events: [] })], [hard, mild, turn]],
  ['a trip that is gone', [dispute({ kind: 'passenger', event: null, events: [], match: 'gone', trips: [] })], []],
  ['what was taken back', [dispute({ status: 'withdrawn' })], []],
] as const)('%s: these events are excused', (_, disputes, excused) => {
  expect([...excusedEvents(detail.events, disputes)]).toEqual(excused)
})
