// When a trip begins and ends, as tables: minute:second, speed km/h (- none), ignition (on, off, -), the state after the
// reading, and what happened.

import { expect, test } from 'vitest'
import type { VehicleReading } from '../../devices/contract/reading.ts'
import { emptySample, readSample } from '../../pricing/behaviour/sample.ts'
import { parked, stepTrip, type TripState, type TripStep } from '../../pricing/behaviour/step-trip.ts'
import { mondayMs, reading } from './drives.ts'

function step(state: TripState, next: VehicleReading): TripStep {
  const sample = emptySample()
  readSample(sample, next)
  return stepTrip(state, sample)
}

function check(table: string): void {
  const state = parked()
  for (const line of table.trim().split('\n')) {
    const [clock = '', speed = '', ignition = '', kind = '', happened = ''] = line.trim().split(/\s+/)
    const did = step(
      state,
      reading(mondayMs + toMs(clock), {
        ...(speed === '-' ? {} : { Speed: Number(speed) }),
        ...(ignition === '-' ? {} : { Ignition: ignition === 'on' }),
      }),
    )
    const seen = [
      ...(did.ended === undefined ? [] : [`ended@${toClock(did.ended.startedAtMs)}..${toClock(did.ended.endedAtMs)}`]),
      ...(did.started === true ? ['started'] : []),
    ]
    expect(`${clock} ${state.kind} ${seen.join('+') || '-'}`).toBe(`${clock} ${kind} ${happened}`)
  }
}

function toMs(clock: string): number {
  const [minutes, seconds] = clock.split(':').map(Number)
  return ((minutes ?? 0) * 60 + (seconds ?? 0)) * 1000
}

function toClock(tMs: number): string {
  const seconds = (tMs - mondayMs) / 1000
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

test('moving starts a trip, and five minutes without moving end it at the last move', () => {
  check(`
    0:00   0   -   parked    -
    0:10   8   -   driving   started
    2:00  50   -   driving   -
    2:30   0   -   driving   -
    7:00   0   -   driving   -
    7:01   0   -   parked    ended@0:10..2:00
  `)
})

test('a shorter stop belongs to the trip it interrupts', () => {
  check(`
    0:00  50   -   driving   started
    4:59   0   -   driving   -
    5:00  30   -   driving   -
    9:00  30   -   driving   -
  `)
})

test('a gap ends the trip at the last reading before it, and the reading after it starts the next', () => {
  check(`
    0:00  50   -   driving   started
    3:00  50   -   driving   -
    8:01  50   -   driving   ended@0:00..3:00+started
  `)
})

test('a recording may begin and end while moving', () => {
  check(`
    0:00  90   -   driving   started
    0:01  91   -   driving   -
  `)
})

test('the ignition decides where it is given: on is a trip although it stands, off ends it at once', () => {
  check(`
    0:00   0   on    driving   started
    4:00   0   on    driving   -
    8:00   0   on    driving   -
    8:30  40   on    driving   -
    9:00   0   off   parked    ended@0:00..9:00
    9:10   0   off   parked    -
  `)
})

test('a vehicle that moves with its ignition off is being towed: a trip of its own, which ends when somebody drives', () => {
  check(`
    0:00   5   off   parked    -
    0:10  30   off   driving   started
    1:00   0   off   driving   -
    2:00  30   off   driving   -
    3:00   5   on    driving   ended@0:10..2:00+started
    3:10  30   on    driving   -
    4:00  10   off   parked    ended@3:00..4:00
    4:10   5   off   parked    -
    9:00  40   off   driving   started
    9:10   0   off   driving   -
   14:01   0   off   parked    ended@9:00..9:00
  `)
})

test('what the last trip left behind does not change the next one', () => {
  check(`
    0:00  50   on    driving   started
    1:00   0   off   parked    ended@0:00..1:00
    1:10  20   -     driving   started
  `)
})

test('without speed, coordinates show the movement; a jump of the receiver is none', () => {
  const at = (seconds: number, latitude: number) => reading(mondayMs + seconds * 1000, { Latitude: latitude, Longitude: 4.9 })
  const kindAfter = (latitude: number): TripState['kind'] => {
    const state = parked()
    step(state, at(0, 52.37))
    expect(state.kind).toBe('parked')
    step(state, at(1, latitude))
    return state.kind
  }
  expect(kindAfter(52.3701), '11 m in a second').toBe('driving')
  expect(kindAfter(52.37001), '1 m in a second').toBe('parked')
  expect(kindAfter(52.38), '1.1 km in a second').toBe('parked')
  expect(kindAfter(0), 'no fix').toBe('parked')
})

test('a drive without end continues as the next trip after a day', () => {
  const hourMs = 3_600_000
  const state = parked()
  let ends = 0
  for (let tMs = 0; tMs <= 25 * hourMs; tMs += 60_000) {
    const { ended } = step(state, reading(mondayMs + tMs, { Speed: 60 }))
    if (ended !== undefined) {
      ends += 1
      expect(ended.endedAtMs - ended.startedAtMs).toBe(24 * hourMs)
    }
  }
  expect(ends).toBe(1)
  expect(state.kind).toBe('driving')
})
