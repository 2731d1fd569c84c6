// What really goes wrong in a simulated home against what the product's own behaviour code makes of its readings: every peril, at every
// style of household, and nothing besides.

import { describe, expect, test } from 'vitest'
import type { HomeReading } from '../../devices/contract/reading.ts'
import { encodeTelemetry, parseTelemetry } from '../../devices/contract/telemetry.ts'
import { is } from '../../devices/simulator/home/day-plan.ts'
import { mishapsOf } from '../../devices/simulator/home/mishaps-of.ts'
import { planDay } from '../../devices/simulator/home/plan-day.ts'
import { isColdSnap, outsideC } from '../../devices/simulator/home/weather.ts'
import { liveAtHome } from '../../devices/simulator/home.ts'
import { type HouseholdStyle, householdManners, householdNames, type Mishap } from '../../devices/simulator/household.ts'
import { localDay } from '../../devices/simulator/local-day.ts'
import type { MishapKind, MishapTruth } from '../../devices/simulator/truth.ts'
import type { HomeSpan } from '../../pricing/behaviour/home-spans.ts'
import { behaviourThresholds } from '../../pricing/behaviour/thresholds.ts'
import { amsterdam, daysOf } from '../pricing/home-days.ts'

const timeZone = 'Europe/Amsterdam'
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** Monday 5 October 2026, midnight in Amsterdam; no daylight saving until the 25th. */
const mondayMs = Date.UTC(2026, 9, 4, 22)
const days = 18
const apartMsMax = 3 * minuteMs

const spansFor: Readonly<Record<MishapKind, readonly HomeSpan['kind'][]>> = {
  leak: ['leak-sensor', 'leak-flow'],
  freeze: ['freeze'],
  smoke: ['smoke'],
  co: ['carbon-monoxide'],
  humidity: ['damp'],
  open: ['open-unattended'],
  // What tells a burglar from somebody who came home, no sensor says: the truth is kept for whoever will.
  intrusion: [],
}

const at = (day: number, hour: number): number => mondayMs + day * dayMs + hour * hourMs
const certain: readonly Mishap[] = [
  { kind: 'leak', atMs: at(4, 14), minutes: 30 },
  { kind: 'leak', atMs: at(5, 13), minutes: 50, size: 'drip' },
  { kind: 'leak', atMs: at(7, 12), minutes: 90, size: 'burst' },
  // Long enough to be too long anywhere.
  { kind: 'leak', atMs: at(8, 9), minutes: 300, size: 'hidden' },
  { kind: 'freeze', atMs: at(9, 3), minutes: 95 },
  { kind: 'smoke', atMs: at(10, 19), minutes: 6 },
  { kind: 'co', atMs: at(11, 8), minutes: 40 },
  { kind: 'humidity', atMs: at(12, 10), minutes: 240 },
  { kind: 'open', atMs: at(14, 11), minutes: 240 },
  { kind: 'intrusion', atMs: at(15, 11), minutes: 12 },
]

interface Lived {
  readonly truths: readonly MishapTruth[]
  readonly readings: readonly HomeReading[]
  readonly spans: readonly HomeSpan[]
}

function lived(style: HouseholdStyle): Lived {
  const truths: MishapTruth[] = []
  const home = {
    seed: 'homes',
    device: style,
    style,
    timeZone,
    mishaps: certain,
    onTruth: (truth: MishapTruth) => truths.push(truth),
  }
  const readings = [...liveAtHome(home, mondayMs - 1, mondayMs + days * dayMs)]
  return { truths, readings, spans: daysOf(readings, amsterdam).flatMap(({ facts }) => facts.spans) }
}

const meets = (one: { startMs: number; endMs: number }, other: { startMs: number; endMs: number }): boolean =>
  one.startMs <= other.endMs + apartMsMax && one.endMs >= other.startMs - apartMsMax

/** Humidity near its limit may fall either way, and a door is forgotten when nobody has been in for half an hour. */
function isExpected({ kind, startMs, endMs, peak = 0 }: MishapTruth): boolean {
  if (kind === 'humidity') return peak >= behaviourThresholds.home.dampAbovePercent + 2
  return kind !== 'open' || endMs - startMs > behaviourThresholds.home.unattendedAfterMs + 2 * minuteMs
}

describe.each(householdNames)('a %s household', (style) => {
  const { truths, readings, spans } = lived(style)

  test.each(['leak', 'freeze', 'smoke', 'co', 'humidity', 'open'] as const)(
    'every %s is found, and nothing is taken for one',
    (kind) => {
      const happened = truths.filter((truth) => truth.kind === kind)
      const found = spans.filter((span) => spansFor[kind].includes(span.kind))
      expect(happened.filter(isExpected).length).toBeGreaterThan(0)
      for (const truth of happened.filter(isExpected))
        expect(
          found.some((span) => meets(span, truth)),
          JSON.stringify({ truth, found }),
        ).toBe(true)
      for (const span of found)
        expect(
          happened.some((truth) => meets(span, truth)),
          JSON.stringify({ span, happened }),
        ).toBe(true)
    },
  )

  test('a hidden leak is told by the flow alone, a drip by its sensor alone', () => {
    const of = (day: number) =>
      spans.filter((span) => meets(span, { startMs: at(day, 9), endMs: at(day, 15) }) && span.kind.startsWith('leak'))
    expect(new Set(of(8).map(({ kind }) => kind))).toEqual(new Set(['leak-flow']))
    expect(of(5).map(({ kind }) => kind)).toContain('leak-sensor')
  })

  test('a burst is closed by a smart valve where there is one', () => {
    const { smartValveMinutes } = householdManners[style]
    const closed = readings.find(
      ({ takenAtMs, values }) => takenAtMs >= at(7, 12) && takenAtMs < at(7, 14) && values.ValveOpen === false,
    )
    if (smartValveMinutes === undefined) expect(closed).toBeUndefined()
    else expect(closed?.takenAtMs).toBe(at(7, 12) + smartValveMinutes * minuteMs)
    const after = readings.filter(
      ({ takenAtMs }) => takenAtMs >= at(7, 12) + 5 * minuteMs && takenAtMs < at(7, 12) + 60 * minuteMs,
    )
    const litres = after.reduce((sum, { values }) => sum + (values.WaterFlow ?? 0), 0)
    if (smartValveMinutes === undefined) expect(litres).toBeGreaterThan(900)
    else expect(litres).toBe(0)
  })

  test('a burglar moves while everybody is out', () => {
    const truth = truths.find(({ kind }) => kind === 'intrusion')
    const before = readings.filter(({ takenAtMs }) => takenAtMs >= at(15, 10.2) && takenAtMs < at(15, 11))
    expect(truth).toMatchObject({ startMs: at(15, 11), endMs: at(15, 11.2) })
    expect(before.some(({ values }) => values.Motion)).toBe(false)
    const during = readings.filter(({ takenAtMs }) => takenAtMs >= at(15, 11) && takenAtMs < at(15, 11.2))
    expect(during.filter(({ values }) => values.Motion).length).toBe(6)
    expect(during[0]?.values.ContactOpen).toBe(true)
  })

  test('everything it says passes the wire contract', () => {
    for (let from = 0; from < readings.length; from += 2500) {
      const bytes = Buffer.from(encodeTelemetry('home', 1, mondayMs, readings.slice(from, from + 500)))
      expect(parseTelemetry(bytes, { id: style, kind: 'home' }, mondayMs + 30 * dayMs).rejected).toEqual([])
    }
  })
})

const firstDay = Math.floor(mondayMs / dayMs)
const dayNumbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => firstDay + index)

test('what goes wrong by chance comes about as often as the household’s figures say, and pipes freeze in winter', () => {
  const counts = new Map<MishapKind, number>()
  const years = 8
  for (let home = 0; home < 3; home += 1)
    for (const number of dayNumbers(365 * years)) {
      const day = localDay(number, timeZone)
      const plan = planDay('chance', `home ${home}`, householdManners.neglected, day, [])
      for (const { kind, startMs } of mishapsOf('chance', `home ${home}`, householdManners.neglected.humidityPercent, plan)) {
        counts.set(kind, (counts.get(kind) ?? 0) + 1)
        if (kind === 'freeze') expect([11, 0, 1, 2]).toContain(new Date(startMs).getUTCMonth())
      }
    }
  const perYear = (kind: MishapKind): number => (counts.get(kind) ?? 0) / years / 3
  expect(perYear('leak')).toBeGreaterThan(2)
  expect(perYear('leak')).toBeLessThan(4)
  expect(perYear('freeze')).toBeGreaterThan(1.5)
  expect(perYear('freeze')).toBeLessThan(7)
  expect(perYear('smoke')).toBeGreaterThan(0.1)
  expect(perYear('smoke')).toBeLessThan(1)
  expect(perYear('co')).toBeGreaterThan(0.05)
  expect(perYear('open')).toBeGreaterThan(60)
  expect(perYear('open')).toBeLessThan(120)
})

test('winters are cold and summers are warm, and most winters have a snap', () => {
  const mean = (month: number): number => {
    const wanted = dayNumbers(365 * 5).filter((number) => new Date(number * dayMs).getUTCMonth() === month)
    return wanted.reduce((sum, number) => sum + outsideC('w', number, 720), 0) / wanted.length
  }
  expect(mean(0)).toBeLessThan(6)
  expect(mean(6)).toBeGreaterThan(17)
  const snaps = dayNumbers(365 * 10).filter((number) => isColdSnap('w', number)).length
  expect(snaps).toBeGreaterThan(20)
  expect(snaps).toBeLessThan(80)
})

test('a family is away on holiday for days in a row, and a second home stands empty', () => {
  const isLivedIn = (style: HouseholdStyle, number: number): boolean => {
    const plan = planDay('away', style, householdManners[style], localDay(number, timeZone), [])
    return Array.from({ length: plan.minutes }, (_, minute) => minute).some((minute) => is(plan, 'moving', minute))
  }
  const emptyShare = (style: HouseholdStyle): number => dayNumbers(365).filter((number) => !isLivedIn(style, number)).length / 365
  expect(emptyShare('family')).toBeGreaterThan(0.01)
  expect(emptyShare('family')).toBeLessThan(0.1)
  expect(emptyShare('second-home')).toBeGreaterThan(0.6)
  expect(emptyShare('tended')).toBe(0)
})
