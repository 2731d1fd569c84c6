// Faults in what a device measures and at what time: each takes a stream of readings and gives the stream that is sent, with what
// is expected of every reading. Pure; what happens to batches is batch-faults.ts's.

import type { DeviceKind } from '../contract/signals.ts'
import { gpsRolloverMs } from '../contract/telemetry.ts'
import type { FaultName } from './fault-list.ts'
import { replayTrips } from './replayed-trips.ts'
import { refusedFor, type SentReading } from './sent-reading.ts'
import { type Spell, type Struck, spellsOf } from './spells.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const yearMs = 365.25 * 24 * hourMs
/** What a clock that was never set says. */
const unsetClockMs = Date.UTC(2000, 0, 1)
/** Ahead of any clock that Merit runs by. */
const yearsAhead = 30
const milesPerKilometre = 1 / 1.609_344
/** Where a spoofed position stands: a car park outside the town. */
const carPark = { latitude: 52.3105, longitude: 4.768 } as const
const emptyBatteryPercent = 4

type SignalsByKind = Readonly<Record<DeviceKind, readonly string[]>>

const stuckSignals: SignalsByKind = {
  vehicle: ['AccelerationLongitudinal', 'AccelerationLateral', 'AngularVelocityYaw'],
  home: ['Temperature', 'Humidity'],
}
const positionSignals: SignalsByKind = { vehicle: ['Latitude', 'Longitude'], home: [] }

type ReadingFault = (readings: Iterable<SentReading>, struck: Struck) => Iterable<SentReading>

/** In the order in which they take hold: what is measured, then what is left out, then the clock. */
export const readingFaults: ReadonlyMap<FaultName, ReadingFault> = new Map<FaultName, ReadingFault>([
  ['replayed-trips', replayTrips],
  [
    'two-phones',
    during(
      hourMs,
      (reading) => reading,
      () => [],
    ),
  ],
  ['stuck-sensor', holding(4 * minuteMs, hourMs, stuckSignals)],
  ['unit-mix-up', during(10 * minuteMs, wrongUnit)],
  ['gps-zero', during(2 * minuteMs, (reading) => movedTo(reading, { latitude: 0, longitude: 0 }))],
  ['gps-freeze', holding(2 * minuteMs, 2 * minuteMs, positionSignals)],
  ['gps-spoofing', during(hourMs, (reading) => movedTo(reading, carPark))],
  ['unplugged', during(hourMs, () => undefined)],
  ['low-battery', saveBattery],
  ['clock-skew', skewClock],
  ['clock-jump', during(5 * minuteMs, jumpClock)],
  ['week-rollover', during(5 * minuteMs, rollOver)],
])

/**
 * @param change of a reading in a spell; undefined leaves it out
 * @param otherwise of a reading outside of one
 */
function during(
  lengthMs: number,
  change: (reading: SentReading, spell: Spell) => SentReading | undefined,
  otherwise: (reading: SentReading) => readonly SentReading[] = (reading) => [reading],
): ReadingFault {
  return function* strike(readings, struck) {
    const spellOf = spellsOf(struck, lengthMs)
    for (const reading of readings) {
      const spell = spellOf(reading.trueMs)
      const changed = spell === undefined ? undefined : change(reading, spell)
      if (changed !== undefined) yield changed
      else if (spell === undefined) yield* otherwise(reading)
    }
  }
}

/** The first values of a spell stay until it is over. A home says something once a minute, so its spells are longer. */
function holding(vehicleMs: number, homeMs: number, signals: SignalsByKind): ReadingFault {
  return function* hold(readings, struck) {
    const spellOf = spellsOf(struck, struck.kind === 'home' ? homeMs : vehicleMs)
    let held: { readonly number: number; readonly values: Readonly<Record<string, unknown>> } | undefined
    for (const reading of readings) {
      const spell = spellOf(reading.trueMs)
      if (spell === undefined) {
        held = undefined
        yield reading
        continue
      }
      if (held?.number !== spell.number) {
        const names = signals[struck.kind].filter((name) => name in reading.values)
        held = { number: spell.number, values: Object.fromEntries(names.map((name) => [name, reading.values[name]])) }
      }
      // A signal that is not there now is not there when it is stuck either.
      const stuck = Object.entries(held.values).filter(([name]) => name in reading.values)
      yield { ...reading, values: { ...reading.values, ...Object.fromEntries(stuck) } }
    }
  }
}

function wrongUnit(reading: SentReading): SentReading {
  const { Speed, Temperature } = reading.values
  return {
    ...reading,
    values: {
      ...reading.values,
      ...(typeof Speed === 'number' ? { Speed: tenths(Speed * milesPerKilometre) } : {}),
      ...(typeof Temperature === 'number' ? { Temperature: tenths(Temperature * 1.8 + 32) } : {}),
    },
  }
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}

function movedTo(
  reading: SentReading,
  { latitude, longitude }: { readonly latitude: number; readonly longitude: number },
): SentReading {
  if (!('Latitude' in reading.values)) return reading
  return { ...reading, values: { ...reading.values, Latitude: latitude, Longitude: longitude } }
}

function* saveBattery(readings: Iterable<SentReading>, struck: Struck): Iterable<SentReading> {
  const { fromMs, untilMs } = struck.fault
  // One decision a minute, which is what a hub sends.
  const isLeftOut = spellsOf(struck, minuteMs)
  for (const reading of readings) {
    if (reading.trueMs < fromMs || reading.trueMs >= untilMs) yield reading
    else if (isLeftOut(reading.trueMs) === undefined)
      yield {
        ...reading,
        values: { ...reading.values, ...('BatteryLevel' in reading.values ? { BatteryLevel: emptyBatteryPercent } : {}) },
      }
  }
}

/** Not a share but seconds: the clock is off all the time. */
function* skewClock(readings: Iterable<SentReading>, { fault }: Struck): Iterable<SentReading> {
  const behindMs = Math.round(fault.intensity * 1000)
  for (const reading of readings) {
    const isOff = reading.trueMs >= fault.fromMs && reading.trueMs < fault.untilMs
    yield isOff ? { ...reading, takenAtMs: reading.takenAtMs - behindMs } : reading
  }
}

function jumpClock(reading: SentReading, spell: Spell): SentReading {
  const isAhead = spell.number % 2 === 0
  if (isAhead) return refusedFor({ ...reading, takenAtMs: reading.takenAtMs + yearsAhead * yearMs }, 'time-in-future')
  return refusedFor({ ...reading, takenAtMs: unsetClockMs + (reading.trueMs % hourMs) }, 'time-implausible')
}

function rollOver(reading: SentReading): SentReading {
  if (reading.refusal !== undefined) return reading
  return refusedFor({ ...reading, takenAtMs: reading.takenAtMs - gpsRolloverMs }, 'time-implausible')
}
