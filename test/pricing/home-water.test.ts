// Leaks in real water flows: the recorded flat without any, and with synthetic leaks let into it at seeded times.

import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { HomeReading } from '../../devices/contract/reading.ts'
import { readRecording } from '../../devices/recording/read-recording.ts'
import { usualWater } from '../../pricing/behaviour/home-water.ts'
import { localClock } from '../../pricing/behaviour/local-clock.ts'
import { dayOf, daysOf, every, type Said } from './home-days.ts'

const rome = localClock('Europe/Rome')
const recordedFromMs = Date.parse('2019-10-11T22:00Z')
const dayMs = 86_400_000
const minuteMs = 60_000
const { recording } = await readRecording(fileURLToPath(new URL('../data/homes/water/', import.meta.url)))
/** The three recorded days five times over: a fortnight to learn from and to leak in. */
const fortnight: readonly HomeReading[] = Array.from({ length: 5 }, (_, round) =>
  recording.rows.map(({ tS, values }) => reading(recordedFromMs + round * 3 * dayMs + tS * 1000, Number(values['WaterFlow']))),
).flat()

function reading(takenAtMs: number, WaterFlow: number): HomeReading {
  return { kind: 'home', device: 'flat', takenAtMs, values: { WaterFlow } }
}

/** The flow of every reading grows by the leak, and the meter speaks every ten seconds while it leaks. */
function withLeak(readings: readonly HomeReading[], leakLpm: number, fromMs: number, toMs: number): readonly HomeReading[] {
  const flows = new Map<number, number>()
  let flowLpm = 0
  let nextMs = fromMs
  const speakUntil = (untilMs: number): void => {
    for (; nextMs < Math.min(untilMs, toMs); nextMs += 10_000) flows.set(nextMs, flowLpm + leakLpm)
    if (nextMs >= toMs && untilMs >= toMs && !flows.has(toMs)) flows.set(toMs, flowLpm)
  }
  for (const { takenAtMs, values } of readings) {
    speakUntil(takenAtMs)
    flowLpm = values.WaterFlow ?? 0
    flows.set(takenAtMs, flowLpm + (takenAtMs >= fromMs && takenAtMs < toMs ? leakLpm : 0))
  }
  return [...flows].sort(([one], [other]) => one - other).map(([tMs, lpm]) => reading(tMs, lpm))
}

test('the recorded flat, without a leak, raises no alarm', () => {
  const days = daysOf(fortnight, rome)
  expect(days.length).toBeGreaterThanOrEqual(15)
  expect(days.flatMap(({ facts }) => facts.spans)).toEqual([])
})

test.each([0.2, 0.5, 1, 2, 4, 8])('leaks of %d l/min are all found, and nothing else is', (leakLpm) => {
  let found = 0
  let others = 0
  const minutesToAlarm: number[] = []
  for (const seed of [0.07, 0.31, 0.53, 0.79]) {
    const fromMs = Math.round(recordedFromMs + (7 + seed * 6) * dayMs)
    const toMs = fromMs + 4 * 60 * minuteMs
    const near = fortnight.filter(({ takenAtMs }) => takenAtMs < toMs + dayMs)
    const spans = daysOf(withLeak(near, leakLpm, fromMs, toMs), rome).flatMap(({ facts }) => facts.spans)
    const [hit] = spans.filter(({ alarmMs }) => alarmMs >= fromMs && alarmMs <= toMs)
    if (hit !== undefined) {
      found += 1
      minutesToAlarm.push((hit.alarmMs - fromMs) / minuteMs)
    }
    others += spans.filter(({ alarmMs }) => alarmMs < fromMs || alarmMs > toMs).length
  }
  expect({ found, others }).toEqual({ found: 4, others: 0 })
  // A fixed limit of two hours would take 120.
  expect(Math.max(...minutesToAlarm)).toBeLessThanOrEqual(leakLpm >= 8 ? 46 : 100)
})

test('a leak tells its run, the least flow of it, what is usual, and how long it took to stop it', () => {
  const fromMs = Math.round(recordedFromMs + 10.06 * dayMs)
  const spans = daysOf(withLeak(fortnight, 0.5, fromMs, fromMs + 5 * 60 * minuteMs), rome).flatMap(({ facts }) => facts.spans)
  const span = spans.find(({ kind }) => kind === 'leak-flow')
  expect(span).toMatchObject({ ended: 'flow-stopped', figure: 0.5 })
  expect(span?.startMs).toBeLessThanOrEqual(fromMs + minuteMs)
  expect(span?.confidence).toBeGreaterThan(0.9)
  expect((span?.reactionMinutes ?? 0) + (span?.limit ?? 0)).toBeGreaterThan(290)
})

test('what is usual is learned from three days on, and one leak in a fortnight does not become usual', () => {
  const ordinary = { longestRunMinutes: 20, largestRunLitres: 60 }
  const leak = { longestRunMinutes: 600, largestRunLitres: 2000 }
  const minutes = (past: Parameters<typeof usualWater>[0]) => usualWater(past).runMs / minuteMs
  expect(minutes([ordinary, ordinary]), 'too few days').toBe(120)
  expect(minutes([ordinary, ordinary, ordinary]), 'a dishwasher is no leak').toBe(45)
  const bath = { longestRunMinutes: 35, largestRunLitres: 150 }
  expect(minutes([bath, bath, bath])).toBe(70)
  expect(minutes([...Array.from({ length: 13 }, () => ordinary), leak])).toBe(45)
  expect(minutes([leak, leak, leak]), 'never longer than what holds without knowing').toBe(120)
})

const flowing = (values: (second: number) => { readonly WaterFlow?: number; readonly ValveOpen?: boolean }): boolean =>
  dayOf(every(0.1, 600, 610, (minute) => ({ ...values(Math.round((minute - 600) * 60)) }))).valveTested

test('closing a valve while no water runs proves nothing', () => {
  const closed = (second: number) => second >= 120 && second < 240
  expect(flowing((second) => ({ WaterFlow: closed(second) ? 0 : 4, ValveOpen: !closed(second) }))).toBe(true)
  expect(
    flowing((second) => ({ WaterFlow: 0, ValveOpen: !closed(second) })),
    'at rest',
  ).toBe(false)
  expect(
    flowing((second) => ({ WaterFlow: 4, ValveOpen: !closed(second) })),
    'it does not hold',
  ).toBe(false)
  expect(
    flowing((second) => ({ WaterFlow: second < 20 || second >= 240 ? 4 : 0, ValveOpen: !closed(second) })),
    'long after the tap was closed',
  ).toBe(false)
})

test.each<[string, readonly Said[], { readonly ended: string; readonly reactionMinutes: number | null }]>([
  ['dry', every(1, 0, 1439, (minute) => ({ WaterLeak: minute >= 100 && minute < 107 })), { ended: 'dry', reactionMinutes: 7 }],
  [
    'the valve closed, and wet for hours after',
    every(1, 0, 1439, (minute) => ({ WaterLeak: minute >= 100 && minute < 300, ValveOpen: minute < 104 || minute > 400 })),
    { ended: 'valve-closed', reactionMinutes: 4 },
  ],
  [
    'nobody until midnight',
    every(1, 0, 1439, (minute) => ({ WaterLeak: minute >= 1400 })),
    { ended: 'continues', reactionMinutes: null },
  ],
  [
    'the installation fell silent',
    every(1, 0, 300, (minute) => ({ WaterLeak: minute >= 280 })).concat([[900, { WaterLeak: false }]]),
    { ended: 'unseen', reactionMinutes: null },
  ],
])('the reaction to a wet sensor: %s', (_, said, expected) => {
  expect(dayOf(said).spans).toMatchObject([{ kind: 'leak-sensor', ...expected }])
})

test('an hourly meter proves no run, and one that falls silent in the middle of a run is not a leak', () => {
  expect(dayOf(every(60, 0, 600, () => ({ WaterFlow: 3 }))).spans).toEqual([])
  const silent = [...every(1, 0, 30, () => ({ WaterFlow: 3 })), ...every(5, 35, 1435, () => ({ Temperature: 19 }))]
  expect(dayOf(silent).leakMinutes).toBe(0)
})
