// `bench behaviour-speed`: how many readings a second one core turns into trips, events and scores, at 1 Hz, at 10 Hz and at the rate of an
// inertial sensor, beside a plain loop that computes distance and hard events from the same readings and nothing else; what it costs
// to look at a trip that goes on; and what a trip keeps in memory after an hour and after ten. With --quick on less.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { VehicleReading } from '../../devices/contract/reading.ts'
import type { VehicleValues } from '../../devices/contract/signals.ts'
import { randomFor } from '../../devices/simulator/random.ts'
import { localClock } from '../../pricing/behaviour/local-clock.ts'
import { foldReading, newFold, openSpan, type TripFold } from '../../pricing/behaviour/trip-fold.ts'

const startMs = Date.UTC(2024, 4, 6, 6)
const clock = localClock('Europe/Amsterdam')
/** The fastest of so many runs: what else the machine does only ever slows one down. */
const runs = 7
const readingsPerRun = 400_000
const quickReadingsPerRun = 100_000
const hourMs = 3_600_000

interface Rate {
  readonly name: string
  readonly stepMs: number
  readonly values: (index: number) => VehicleValues
}

interface SpeedFigures {
  readonly rate: string
  readonly readings: number
  /** Readings a second, from the reading to the facts of the trips. */
  readonly pipeline: number
  readonly baseline: number
  /** Of the pipeline to the baseline: what everything beyond the plain loop costs. */
  readonly ratio: number
  /** Microseconds to work out the facts of a trip that goes on. */
  readonly lookUs: number
  /** Bytes kept of a trip after so many hours of it. */
  readonly keptBytes: { readonly '1 h': number; readonly '10 h': number }
}

const random = randomFor('behaviour-speed')
const speedAt = (second: number): number => Math.max(0, 60 + 40 * Math.sin(second / 40) + random.around(0, 0.5))
/** In a town: the axes feel what the speed and the turning ask for, and the vibration of the car. */
const inertial = (hertz: number) => (index: number) => {
  const second = index / hertz
  const leftMps2 = 1.2 * Math.sin(second / 4.2)
  const axes = {
    AccelerationLongitudinal: (30 / 3.6 / 12) * Math.cos(second / 12) + random.around(0, 0.3),
    AccelerationLateral: leftMps2 + random.around(0, 0.3),
    AngularVelocityYaw: 4 * leftMps2 + random.around(0, 0.5),
  }
  return index % hertz === 0 ? { ...axes, Speed: 50 + 30 * Math.sin(second / 12), SpeedLimit: 80 } : axes
}
const rates: readonly Rate[] = [
  {
    name: 'speed, 1 Hz',
    stepMs: 1000,
    values: (index) => ({
      Speed: speedAt(index),
      Latitude: 52 + index * 1e-5,
      Longitude: 4.9 + index * 1e-5,
      Heading: index % 360,
      SpeedLimit: 80,
    }),
  },
  { name: 'inertial, 10 Hz', stepMs: 100, values: inertial(10) },
  { name: 'inertial, 50 Hz', stepMs: 20, values: inertial(50) },
]

function readingAt({ stepMs, values }: Rate, index: number): VehicleReading {
  return { kind: 'vehicle', device: 'car', takenAtMs: startMs + index * stepMs, values: values(index) }
}

/** As pricing does: every reading through the fold, and the facts of each trip. */
function foldAll(readings: readonly VehicleReading[]): number {
  const fold = newFold(clock)
  let metres = 0
  for (const reading of readings) metres += foldReading(fold, reading)?.ended?.facts?.distanceM ?? 0
  return metres + (openSpan(fold)?.facts?.distanceM ?? 0)
}

/** What a few lines without a platform would do: integrate speed, count brakes over a threshold. */
function plainLoop(readings: readonly VehicleReading[]): number {
  let metres = 0
  let hard = 0
  let isHard = false
  let lastMs = 0
  let lastKph = 0
  for (const { takenAtMs, values } of readings) {
    const { Speed, AccelerationLongitudinal } = values
    let mps2 = AccelerationLongitudinal ?? 0
    if (Speed !== undefined) {
      const seconds = (takenAtMs - lastMs) / 1000
      if (lastMs > 0 && seconds < 10) {
        metres += ((Speed + lastKph) / 7.2) * seconds
        if (AccelerationLongitudinal === undefined) mps2 = (Speed - lastKph) / 3.6 / seconds
      }
      lastMs = takenAtMs
      lastKph = Speed
    }
    if (mps2 < -3 && !isHard) hard += 1
    isHard = mps2 < -3
  }
  return metres + hard
}

/** Readings a second, by the fastest run; what they come to is used, so that nothing can be left out. */
function perSecond(count: number, work: () => number): number {
  let fastestMs = Number.POSITIVE_INFINITY
  let used = 0
  for (let run = 0; run < runs; run += 1) {
    const fromMs = performance.now()
    used += work()
    fastestMs = Math.min(fastestMs, performance.now() - fromMs)
  }
  if (!(used > 0)) throw new Error('a run came to nothing')
  return Math.round(count / (fastestMs / 1000))
}

function collector(): () => void {
  setFlagsFromString('--expose-gc')
  const found: unknown = runInNewContext('gc')
  return typeof found === 'function' ? () => void found() : () => undefined
}

/** On the heap and beside it. */
function usedBytes(collect: () => void): number {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** The middle one of three measurements: the collector has work of its own meanwhile. */
function keptBytes(rate: Rate, lastsMs: number): number {
  const [, middle = 0] = [1, 2, 3].map(() => bytesGivenBack(rate, lastsMs)).sort((one, other) => one - other)
  return middle
}

/** Bytes that are given back when a trip of this length is forgotten; readings are made one by one and kept by nobody. */
function bytesGivenBack(rate: Rate, lastsMs: number): number {
  const collect = collector()
  const kept = [driveFor(rate, lastsMs)]
  collect()
  const before = usedBytes(collect)
  kept.pop()
  return Math.max(0, before - usedBytes(collect))
}

function driveFor(rate: Rate, lastsMs: number): TripFold {
  const fold = newFold(clock)
  for (let index = 0; index * rate.stepMs < lastsMs; index += 1) foldReading(fold, readingAt(rate, index))
  return fold
}

function lookUs(rate: Rate, looks: number): number {
  const fold = driveFor(rate, hourMs / 3)
  const perSecondLooked = perSecond(looks, () => {
    let metres = 0
    for (let look = 0; look < looks; look += 1) metres += openSpan(fold)?.facts?.distanceM ?? 0
    return metres
  })
  return Math.round(1e6 / perSecondLooked)
}

function measureRate(rate: Rate, count: number): SpeedFigures {
  // Before there are readings to collect.
  const kept = { '1 h': keptBytes(rate, hourMs), '10 h': keptBytes(rate, 10 * hourMs) }
  const readings = Array.from({ length: count }, (_, index) => readingAt(rate, index))
  const pipeline = perSecond(count, () => foldAll(readings))
  const baseline = perSecond(count, () => plainLoop(readings))
  return {
    rate: rate.name,
    readings: count,
    pipeline,
    baseline,
    ratio: Math.round((1000 * pipeline) / baseline) / 1000,
    lookUs: lookUs(rate, 50),
    keptBytes: kept,
  }
}

export async function runBehaviourSpeed(args: readonly string[]): Promise<void> {
  const count = args.includes('--quick') ? quickReadingsPerRun : readingsPerRun
  const figures = rates.map((rate) => measureRate(rate, count))
  if (args.includes('--json')) {
    console.log(JSON.stringify({ rates: figures }))
    return
  }
  const line = (name: string, of: (each: SpeedFigures) => string): void =>
    console.log(name.padEnd(34) + figures.map((each) => of(each).padStart(18)).join(''))
  const millions = (perS: number): string => `${(perS / 1e6).toFixed(2)} M/s`
  const kibibytes = (bytes: number): string => `${Math.round(bytes / 1024)} KiB`
  line('readings a second on one core', ({ rate }) => rate)
  line('trips, events and score', ({ pipeline }) => millions(pipeline))
  line('plain loop (baseline)', ({ baseline }) => millions(baseline))
  line('of the baseline', ({ ratio }) => `${(100 * ratio).toFixed(1)} %`)
  line('facts of a trip that goes on', (each) => `${each.lookUs} µs`)
  line('kept of a trip after 1 h', (each) => kibibytes(each.keptBytes['1 h']))
  line('kept of a trip after 10 h', (each) => kibibytes(each.keptBytes['10 h']))
}
