// What an insurer is shown of a disputed event, and which events a trip says are excused.

import { expect, test } from 'vitest'
import type { Dispute } from '../../dashboard/api/dispute-shapes.ts'
import type { TripDetail } from '../../dashboard/api/shapes.ts'
import { aroundMs, evidenceOf, observationsAbout } from '../../dashboard/web/insurer/dispute-evidence.ts'
import { countedEvents } from '../../dashboard/web/trips/counted-events.ts'
import { evidencePicture, pictureSize } from '../../dashboard/web/trips/evidence-picture.ts'
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
  standing: 'counts',
  distanceM: 8000,
  durationS: 599,
  maxSpeedKph: 60,
  nightShare: 0,
  completeness: 1,
  counts: { brake: 1, acceleration: 0, cornering: 1, speeding: 0 },
  timeZone: 'UTC',
  events: [hard, mild, turn],
  quality: {
    confidence: 1,
    agreement: 1,
    clockTrust: 1,
    doubts: [],
    carried: { metres: 0, reason: null },
    checks: { coordinates: null, odometer: null },
  },
  observations: [hard, mild].map(({ kind, startMs, endMs, peak }) => ({
    kind,
    startMs,
    endMs,
    peak,
    confidence: 0.9,
    evidence: {
      offsetMs: [-1000, 0, 1000, 2000],
      kph: [50, 48, null, 40],
      longitudinalMps2: [0, -peak, null, -1],
      lateralMps2: [null, null, null, null],
    },
  })),
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

test('of what was noticed, only what the disputed event is shows as its evidence', () => {
  const evidence = evidenceOf(detail, [{ kind: 'brake', startMs: hard.startMs, endMs: hard.endMs }])
  expect(observationsAbout(detail, evidence).map(({ startMs }) => startMs)).toEqual([hard.startMs])
  expect(observationsAbout(detail, undefined)).toEqual([])
})

test('the samples around an event become lines: up is forwards, and the band is the event', () => {
  const [observation] = detail.observations
  const picture = observation && evidencePicture(observation)
  if (picture === undefined) throw new Error('no picture')
  // Three known samples: nothing, a brake as strong as the scale reaches nearly, and the rest of it.
  const heights = [...picture.longitudinal.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y))
  expect(heights).toHaveLength(3)
  expect(heights[0]).toBe(picture.zeroY)
  expect(heights[1]).toBeGreaterThan(heights[2] ?? 0)
  expect(picture.lateral).toBe('')
  expect(picture.during.x).toBeGreaterThan(pictureSize.left)
  expect(picture.marks.map(({ mps2 }) => mps2)).toEqual([5, 0, -5])
  expect(picture.times.map(({ seconds }) => seconds)).toEqual([-1, 0, 1, 2])
})

test('a single sample makes no picture', () => {
  const [observation] = detail.observations
  if (observation === undefined) throw new Error('no observation')
  const lone = { offsetMs: [0], kph: [50], longitudinalMps2: [-4], lateralMps2: [0] }
  expect(evidencePicture({ ...observation, evidence: lone })).toBeUndefined()
})
