// What an accepted correction takes out of the facts that rate, and how it finds its trip and its event again.

import { describe, expect, test } from 'vitest'
import { behaviourThresholds } from '../../pricing/behaviour/thresholds.ts'
import {
  type Correction,
  correctTrips,
  type MeasuredEvent,
  type MeasuredTrip,
  matchedEvents,
  tripMatch,
} from '../../pricing/corrections.ts'
import { motorFacts } from '../../pricing/experience.ts'
import type { TripFacts } from '../../pricing/trip-facts.ts'
import { defaultMotorClass } from './default-class.ts'
import { everySecond, mondayMs, onlyTrip } from './drives.ts'

const minuteMs = 60_000
const { ladderMps2 } = behaviourThresholds.event
const ladder = (...counts: readonly number[]): number[] => ladderMps2.map((_, rung) => counts[rung] ?? 0)

function at(minute: number, kind: MeasuredEvent['kind'], peak: number, lastsS: number): MeasuredEvent {
  const startMs = mondayMs + minute * minuteMs
  return { kind, startMs, endMs: startMs + lastsS * 1000, peak }
}

/** Half an hour with six hard brakes that are alike, a start, and two stretches above the limit, the second twice as long. */
const base: TripFacts = {
  ...onlyTrip(everySecond(Array.from({ length: 1801 }, () => ({ Speed: 60, SpeedLimit: 60 })))).facts,
  counts: { brake: ladder(6, 6), acceleration: ladder(1), 'left-turn': ladder(), 'right-turn': ladder() },
  speeding: { count: 2, metres: 900, limitKnownM: 30_000 },
  events: [
    ...[0, 5, 10, 15, 20, 25].map((minute) => at(minute, 'brake', 3.5, 1)),
    at(7, 'acceleration', 2.8, 2),
    at(8, 'speeding', 12, 20),
    at(18, 'speeding', 12, 40),
  ],
}

function trip(id: string, fromMinute: number, toMinute: number, facts: TripFacts = base): MeasuredTrip {
  return {
    id,
    deviceId: 'car',
    startedAtMs: mondayMs + fromMinute * minuteMs,
    endedAtMs: mondayMs + toMinute * minuteMs,
    facts,
  }
}

function passenger(tripId: string, fromMinute: number, toMinute: number, deviceId = 'car'): Correction {
  const span = trip(tripId, fromMinute, toMinute)
  return { kind: 'passenger', deviceId, tripId, tripStartMs: span.startedAtMs, tripEndMs: span.endedAtMs, event: undefined }
}

function excuse(event: Pick<MeasuredEvent, 'kind' | 'startMs' | 'endMs'>, tripId = 'a'): Correction {
  return { ...passenger(tripId, 0, 30), kind: 'avoided-harm', event }
}

describe('a trip is found', () => {
  test.each([
    ['by its id, whatever its time', passenger('a', 0, 30), trip('a', 5, 90), 'same'],
    ['when its start moved', passenger('a', 0, 30), trip('b', -2, 30), 'moved'],
    ['in both halves when a gap cut it', passenger('a', 0, 30), trip('b', 16, 30), 'moved'],
    ['half of it lying in what was disputed', passenger('a', 0, 30), trip('b', 15, 45), 'moved'],
    ['not when it is mostly another drive', passenger('a', 0, 30), trip('b', 14, 47), undefined],
    ['not as a part of a long one', passenger('a', 0, 10), trip('b', 0, 60), undefined],
    ['not beside it', passenger('a', 0, 30), trip('b', 30, 40), undefined],
    ['not on another device', passenger('a', 0, 30, 'van'), trip('b', 0, 30), undefined],
  ] as const)('%s', (_, correction, measured, match) => {
    expect(tripMatch(correction, measured)).toBe(match)
  })
})

describe('a trip of somebody else', () => {
  test.each(['passenger', 'not-my-car'] as const)('leaves the experience wholly, its distance included: %s', (kind) => {
    const others = [trip('a', 0, 30), trip('c', 300, 330)]
    const all = [...others, trip('b', 100, 130)]
    const corrected = correctTrips(all, [{ ...passenger('b', 100, 130), kind }])
    expect(corrected).toEqual(others)
    expect(drivingOf(corrected)).toEqual(drivingOf(others))
    expect(drivingOf(corrected)).not.toEqual(drivingOf(all))
  })

  test('can be all there is', () => {
    expect(correctTrips([trip('a', 0, 30)], [passenger('a', 0, 30)])).toEqual([])
  })
})

describe('an excused event', () => {
  const brakes = base.events.filter(({ kind }) => kind === 'brake')
  const [first] = brakes
  const event = (found: MeasuredEvent | undefined): MeasuredEvent => {
    if (found === undefined) throw new Error('the drive has no such event')
    return found
  }

  test('leaves the counts at every rung it reached and at no other, and the distance stays', () => {
    const [corrected] = correctTrips([trip('a', 0, 30)], [excuse(event(first))])
    expect(corrected?.facts.counts.brake).toEqual(ladder(5, 5))
    expect(corrected?.facts.events).toHaveLength(base.events.length - 1)
    const { brake: _brakes, ...others } = base.counts
    expect(corrected?.facts).toMatchObject({ ...base, counts: others, events: base.events.slice(1) })
  })

  test('said twice, or in two disputes, leaves once', () => {
    const twice = [excuse(event(first)), { ...excuse(event(first)), kind: 'wrong-event' as const }]
    expect(correctTrips([trip('a', 0, 30)], twice)[0]?.facts.counts.brake).toEqual(ladder(5, 5))
  })

  // Peaks of one kind, the counts of the lowest rungs, which one is excused, and what is left.
  test.each([
    ['the only one', [3.2], [1, 1], 0, [0, 0]],
    ['the stronger of two', [2.8, 4.2], [2, 1, 1, 1], 1, [1]],
    ['the milder of two', [2.8, 4.2], [2, 1, 1, 1], 0, [1, 1, 1, 1]],
    ['one that peaked at a rung for too short to count there', [3.7, 4.1], [2, 2, 1, 0], 0, [1, 1, 1, 0]],
    ['one more than any count', [3.7], [0, 0], 0, [0, 0]],
  ] as const)('never takes another’s count with it: %s', (_, peaks, counts, excused, left) => {
    const events = peaks.map((peak, index) => {
      const startMs = mondayMs + index * minuteMs
      return { ...event(first), startMs, endMs: startMs + 1000, peak }
    })
    const facts = { ...base, events, counts: { ...base.counts, brake: ladder(...counts) } }
    const [corrected] = correctTrips([trip('a', 0, 30, facts)], [excuse(event(events[excused]))])
    expect(corrected?.facts.counts.brake).toEqual(ladder(...left))
  })

  test.each([
    ['where it was', 0, 'brake', 1],
    ['a second from where it was', 1000, 'brake', 1],
    ['not two minutes away', 2 * minuteMs, 'brake', 0],
    ['not as another kind', 0, 'acceleration', 0],
  ] as const)('is found again %s', (_, shiftMs, kind, found) => {
    const { startMs, endMs } = event(first)
    const shifted = { kind, startMs: startMs + shiftMs, endMs: endMs + shiftMs }
    expect(matchedEvents(excuse(shifted, 'before'), trip('a', 0, 30))).toHaveLength(found)
  })

  test('above the limit takes its share of the metres, all of them with the last', () => {
    const episodes = base.events.filter(({ kind }) => kind === 'speeding')
    const [one] = correctTrips([trip('a', 0, 30)], [excuse(event(episodes[0]))])
    expect(one?.facts.speeding).toEqual({ ...base.speeding, count: 1, metres: 600 })
    const [none] = correctTrips(
      [trip('a', 0, 30)],
      episodes.map((episode) => excuse(episode)),
    )
    expect(none?.facts.speeding).toEqual({ ...base.speeding, count: 0, metres: 0 })
  })
})

test('without a decision the trips are those that were measured', () => {
  const trips = [trip('a', 0, 30)]
  expect(correctTrips(trips, [])).toBe(trips)
})

function drivingOf(trips: Parameters<typeof motorFacts>[1]) {
  return motorFacts(defaultMotorClass, trips).driving
}
