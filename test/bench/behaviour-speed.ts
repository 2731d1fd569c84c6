// `bench behaviour-speed`: how many readings a second one core turns into trips, events and scores, at 1 Hz and at the rate of an
// inertial sensor, beside a plain loop that computes distance and hard events from the same readings and nothing else. Also what
// a trip keeps in memory for each reading.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { VehicleReading } from '../../devices/contract/reading.ts'
import type { VehicleValues } from '../../devices/contract/signals.ts'
import { randomFor } from '../../devices/simulator/random.ts'
import { appendReading, emptyCourse } from '../../pricing/behaviour/course.ts'
import { localClock } from '../../pricing/behaviour/local-clock.ts'
import { measureTrip } from '../../pricing/behaviour/measure-trip.ts'
import { parked, stepTrip, type TripState } from '../../pricing/behaviour/step-trip.ts'
import { addReading, emptyProfile, emptySample } from '../../pricing/score/driving-profile.ts'
import { scoreOf } from '../../pricing/score/trip-score.ts'

const startMs = Date.UTC(2024, 4, 6, 6)
const clock = localClock('Europe/Amsterdam')
/** The fastest of so many runs: what else the machine does only ever slows one down. */
const runs = 5
const readingsPerRun = 80_000
/** Memory is compared between a trip of one and of so many parts. */
const longer = 4

interface Rate {
  readonly name: 'speed at 1 Hz' | 'inertial at 50 Hz'
  readonly stepMs: number
  readonly values: (index: number) => VehicleValues
}

interface SpeedFigures {
  readonly rate: Rate['name']
  readonly readings: number
  /** Readings a second. */
  readonly pipeline: number
  readonly trips: number
  readonly facts: number
  readonly score: number
  readonly baseline: number
  /** Of the pipeline to the baseline: what everything beyond the plain loop costs. */
  readonly ratio: number
  /** Bytes kept for each further reading of a trip. */
  readonly courseBytes: number
  readonly scoreBytes: number
}

const random = randomFor('behaviour-speed')
const speedAt = (second: number): number => Math.max(0, 60 + 40 * Math.sin(second / 40) + random.around(0, 0.5))
const rates: readonly Rate[] = [
  {
    name: 'speed at 1 Hz',
    stepMs: 1000,
    values: (index) => ({
      Speed: speedAt(index),
      Latitude: 52 + index * 1e-5,
      Longitude: 4.9 + index * 1e-5,
      Heading: index % 360,
      SpeedLimit: 80,
    }),
  },
  {
    name: 'inertial at 50 Hz',
    stepMs: 20,
    values: (index) => ({
      AccelerationLongitudinal: 1.5 * Math.sin(index / 170) + random.around(0, 0.3),
      AccelerationLateral: 1.2 * Math.sin(index / 210) + random.around(0, 0.3),
      AngularVelocityYaw: random.around(0, 2),
      ...(index % 50 === 0 ? { Speed: speedAt(index / 50), SpeedLimit: 80 } : {}),
    }),
  },
]

function readingsAt(rate: Rate, count: number): readonly VehicleReading[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'vehicle',
    device: 'car',
    takenAtMs: startMs + index * rate.stepMs,
    values: rate.values(index),
  }))
}

function stepAll(readings: readonly VehicleReading[]): ReturnType<typeof emptyCourse> {
  const course = emptyCourse()
  let state: TripState = parked
  for (const reading of readings) {
    state = stepTrip(state, reading).state
    appendReading(course, reading)
  }
  return course
}

function scoreAll(readings: readonly VehicleReading[]): number {
  const profile = emptyProfile()
  const sample = emptySample()
  for (const reading of readings) addReading(profile, reading, clock, sample)
  return scoreOf(profile).score
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
function perSecond(count: number, work: () => number | undefined): number {
  let fastestMs = Number.POSITIVE_INFINITY
  let used = 0
  for (let run = 0; run < runs; run += 1) {
    const fromMs = performance.now()
    used += work() ?? 0
    fastestMs = Math.min(fastestMs, performance.now() - fromMs)
  }
  if (Number.isNaN(used)) throw new Error('a run came to nothing')
  return Math.round(count / (fastestMs / 1000))
}

function heapBytes(collect: () => void): number {
  collect()
  return process.memoryUsage().heapUsed
}

function collector(): () => void {
  setFlagsFromString('--expose-gc')
  const found: unknown = runInNewContext('gc')
  return typeof found === 'function' ? () => void found() : () => undefined
}

/** Bytes that each further reading adds to what `keep` returns; the readings themselves are not counted. */
function bytesPerReading(readings: readonly VehicleReading[], keep: (part: readonly VehicleReading[]) => object): number {
  const collect = collector()
  const short = readings.slice(0, readings.length / longer)
  const kept: object[] = []
  const before = heapBytes(collect)
  kept.push(keep(short))
  const between = heapBytes(collect)
  kept.push(keep(readings))
  const after = heapBytes(collect)
  const bytes = (after - between - (between - before)) / (readings.length - short.length)
  return kept.length === 2 ? Math.max(0, Math.round(bytes)) : 0
}

function measureRate(rate: Rate): SpeedFigures {
  const readings = readingsAt(rate, readingsPerRun)
  const endedAtMs = readings.at(-1)?.takenAtMs ?? startMs
  const course = stepAll(readings)
  const pipeline = perSecond(readings.length, () => measureTrip(stepAll(readings), endedAtMs, clock)?.distanceM)
  const baseline = perSecond(readings.length, () => plainLoop(readings))
  return {
    rate: rate.name,
    readings: readings.length,
    pipeline,
    trips: perSecond(readings.length, () => stepAll(readings).tMs.length),
    facts: perSecond(readings.length, () => measureTrip(course, endedAtMs, clock)?.distanceM),
    score: perSecond(readings.length, () => scoreAll(readings)),
    baseline,
    ratio: Math.round((1000 * pipeline) / baseline) / 1000,
    courseBytes: bytesPerReading(readings, stepAll),
    scoreBytes: bytesPerReading(readings, (part) => {
      const profile = emptyProfile()
      for (const reading of part) addReading(profile, reading, clock)
      return profile
    }),
  }
}

export async function runBehaviourSpeed(args: readonly string[]): Promise<void> {
  const figures = rates.map(measureRate)
  if (args.includes('--json')) {
    console.log(JSON.stringify({ rates: figures }))
    return
  }
  const millions = (perS: number): string => `${(perS / 1e6).toFixed(2)} M/s`.padStart(12)
  console.log('readings a second on one core'.padEnd(30) + figures.map(({ rate }) => rate.padStart(20)).join(''))
  for (const [name, of] of [
    ['trips, events and score', (each: SpeedFigures) => each.pipeline],
    ['  trips: step and clean', (each: SpeedFigures) => each.trips],
    ['  facts: events and score', (each: SpeedFigures) => each.facts],
    ['  score alone', (each: SpeedFigures) => each.score],
    ['plain loop (baseline)', (each: SpeedFigures) => each.baseline],
  ] as const)
    console.log(name.padEnd(30) + figures.map((each) => millions(of(each)).padStart(20)).join(''))
  console.log('of the baseline'.padEnd(30) + figures.map(({ ratio }) => `${(100 * ratio).toFixed(1)} %`.padStart(20)).join(''))
  console.log(
    'bytes kept a reading, course'.padEnd(30) + figures.map(({ courseBytes }) => String(courseBytes).padStart(20)).join(''),
  )
  console.log(
    'bytes kept a reading, score'.padEnd(30) + figures.map(({ scoreBytes }) => String(scoreBytes).padStart(20)).join(''),
  )
}
