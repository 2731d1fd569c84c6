// Frost to come, mould, who is at home, live sensors, and whatever can be wrong with what a home says.

import { expect, test } from 'vitest'
import type { HomeValues } from '../../devices/contract/signals.ts'
import { mouldHumidity, surfaceHumidity } from '../../pricing/behaviour/home-climate.ts'
import { localClock } from '../../pricing/behaviour/local-clock.ts'
import { canonicalJson } from '../../pricing/canonical-json.ts'
import { parseHomeDayFacts } from '../../pricing/home-day-facts.ts'
import { amsterdam, dayOf, daysOf, every, factsOf, midnightMs, readingsOf, type Said } from './home-days.ts'

const spansOf = (said: readonly Said[], kind: string) => dayOf(said).spans.filter((span) => span.kind === kind)

test('a fall towards 0 °C is told before it is cold, at any sampling', () => {
  const falling = (minute: number): HomeValues => ({ Temperature: Math.max(4.5, 12 - minute / 30) })
  const uneven = [0, 20, 90, 110, 130, 200, 210, 260, 300, 330, 350, 395, 450].map((minute): Said => [minute, falling(minute)])
  for (const said of [every(1, 0, 460, falling), every(10, 0, 460, falling), uneven]) {
    const [trend] = spansOf([...said, [480, { Temperature: 12 }]], 'freeze-trend')
    expect(trend?.figure).toBeLessThanOrEqual(3)
    expect(trend?.startMs).toBeGreaterThan(midnightMs + 170 * 60_000)
  }
  expect(dayOf(every(10, 0, 460, falling)).freezeMinutes, 'a warning is held against nobody').toBe(0)
})

test('a cool cellar, a room that is aired and three readings are no fall', () => {
  expect(
    spansOf(
      every(10, 0, 1430, () => ({ Temperature: 6 })),
      'freeze-trend',
    ),
  ).toEqual([])
  const aired = every(5, 0, 1435, (minute) => ({ Temperature: minute >= 480 && minute < 495 ? 9 : 19 }))
  expect(spansOf(aired, 'freeze-trend')).toEqual([])
  const three: readonly Said[] = [
    [0, { Temperature: 8 }],
    [60, { Temperature: 5 }],
    [120, { Temperature: 4.2 }],
  ]
  expect(spansOf(three, 'freeze-trend')).toEqual([])
})

test('mould needs humidity that lasts, and more of it where it is cold', () => {
  // Hukka and Viitanen's figure 1.
  expect(
    [mouldHumidity(5), mouldHumidity(10), mouldHumidity(20), mouldHumidity(25)].map((value) => Math.round(value ?? 0)),
  ).toEqual([88, 82, 80, 80])
  expect(mouldHumidity(-1)).toBeUndefined()
  // ISO 13788's example of a room at 20 °C: saturation over a surface of 15.5 °C, 2337 and 1761 Pa.
  expect(surfaceHumidity(20, 50)).toBeCloseTo((50 * 2337) / 1761, 0)
  const wet = (hours: number) =>
    dayOf(every(10, 0, 1430, (minute) => ({ Temperature: 18, Humidity: minute < hours * 60 ? 72 : 45 })))
  expect(wet(5).mouldMinutes, 'a morning of showers').toBe(0)
  expect(wet(10).mouldMinutes).toBeGreaterThan(200)
  expect(wet(10).dampMinutes).toBe(0)
})

const night: readonly Said[] = every(1, 0, 479, () => ({ Motion: false, ContactOpen: false, Locked: true }))

test('who sleeps is at home; who goes through the door and is noticed no more is not', () => {
  const evening = every(1, -120, -1, (minute) => ({ Motion: minute % 7 === 0, ContactOpen: false, Locked: true }))
  const morning = every(1, 480, 500, (minute) => ({ Motion: minute < 500, ContactOpen: minute === 499, Locked: minute < 499 }))
  const out = every(1, 501, 1000, () => ({ Motion: false, ContactOpen: false, Locked: false }))
  const back = every(1, 1001, 1439, (minute) => ({ Motion: minute % 5 === 0, ContactOpen: minute === 1001, Locked: true }))
  const facts = dayOf([...evening, ...night, ...morning, ...out, ...back])
  expect(facts.occupiedMinutes).toBeGreaterThan(920)
  expect(facts.awayMinutes).toBeGreaterThan(490)
  expect(facts.awayMinutes).toBeLessThan(510)
  expect(facts.openUnattendedMinutes).toBeGreaterThan(460)
  expect(facts.openUnattendedMinutes).toBeLessThan(475)
})

test('an open window at night with people asleep is no exposure', () => {
  const evening = every(1, -120, -1, (minute) => ({ Motion: minute % 7 === 0, ContactOpen: minute >= -60 }))
  const asleep = every(1, 0, 420, () => ({ Motion: false, ContactOpen: true }))
  expect(dayOf([...evening, ...asleep]).openUnattendedMinutes).toBe(0)
})

test('much power with nobody at home is a hint of low confidence; with somebody there it is dinner', () => {
  const home = (leaves: boolean) =>
    dayOf(
      every(1, 600, 800, (minute) => ({
        Power: minute >= 610 && minute < 780 ? 1900 : 100,
        Motion: leaves ? minute < 630 : minute % 10 === 0,
        ContactOpen: leaves && minute === 629,
      })),
    )
  expect(home(true).spans).toMatchObject([{ kind: 'power-unattended', figure: 1900, confidence: 0.4 }])
  expect(home(false).spans).toEqual([])
})

test('each peril has its own live sensors', () => {
  const facts = dayOf(
    every(10, 0, 1430, (minute) => ({ Temperature: 19 + (minute % 60) / 100, ...(minute < 300 ? { Smoke: false } : {}) })),
  )
  expect(facts.live).toBe(true)
  expect(facts.perils?.freeze).toEqual({ live: true, hoursReported: 24, completeness: 0.99, stuck: false })
  expect(facts.perils?.fire).toMatchObject({ live: false, hoursReported: 5, stuck: false })
  expect(facts.perils?.water).toMatchObject({ live: false, hoursReported: 0, completeness: 0 })
  expect(facts.smokeMinutes).toBe(0)
})

test('a smoke alarm that was heard last week and is silent now is missed, also beside a working CO alarm', () => {
  const said = every(10, 0, 1430, () => ({ CarbonMonoxide: 0 }))
  const past = { day: '2024-05-01', longestRunMinutes: null, largestRunLitres: null }
  expect(dayOf(said, [{ ...past, signals: ['CarbonMonoxide'] }]).perils?.fire.live).toBe(true)
  expect(dayOf(said, [{ ...past, signals: ['CarbonMonoxide', 'Smoke'] }]).perils?.fire.live).toBe(false)
})

test.each<[string, HomeValues, 'freeze' | 'fire' | 'humidity' | 'water', boolean]>([
  ['a thermometer', { Temperature: 19 }, 'freeze', true],
  ['a hygrometer at its end', { Humidity: 99.9 }, 'humidity', true],
  ['an alarm that sounds all day', { Smoke: true }, 'fire', true],
  ['carbon monoxide at 7 ppm', { CarbonMonoxide: 7 }, 'fire', true],
  ['no smoke', { Smoke: false }, 'fire', false],
  ['no carbon monoxide', { CarbonMonoxide: 0 }, 'fire', false],
  ['no water used', { WaterFlow: 0 }, 'water', false],
  ['a dry floor', { WaterLeak: false }, 'water', false],
])('the same value all day, %s', (_, values, peril, stuck) => {
  expect(dayOf(every(10, 0, 1430, () => values)).perils?.[peril]).toMatchObject({ stuck, live: !stuck })
})

test('a gap counts for nobody and is told', () => {
  const facts = dayOf([...every(1, 0, 360, () => ({ Humidity: 90 })), ...every(1, 720, 1080, () => ({ Humidity: 90 }))])
  expect(facts.dampMinutes).toBe(720)
  expect(facts.completeness).toBe(0.5)
  expect(facts.perils?.humidity).toMatchObject({ live: false, hoursReported: 14, completeness: 0.5 })
  expect(facts.spans.map(({ ended }) => ended)).toEqual(['unseen', 'continues'])
})

test.each([
  ['short', '2024-03-30T23:00Z', 23],
  ['long', '2024-10-26T22:00Z', 25],
])('the %s day of a change of clocks is complete with its %3$i hours', (_, start, hours) => {
  const startMs = Date.parse(start)
  const said = every(10, 0, hours * 60 - 1, (minute) => ({ Temperature: 3 - (minute % 20) / 100 }))
  const facts = factsOf(readingsOf(said, startMs), [], startMs + 12 * 3_600_000)
  expect(facts).toMatchObject({ hoursReported: hours, live: true, freezeMinutes: hours * 60 - 10 })
  expect(facts.completeness).toBeGreaterThan(0.98)
})

const nothing = {
  leakMinutes: 0,
  freezeMinutes: 0,
  smokeMinutes: 0,
  carbonMonoxideMinutes: 0,
  openUnattendedMinutes: 0,
  dampMinutes: 0,
  mouldMinutes: 0,
  litres: 0,
  reactionMinutes: null,
}
const dampDay = every(10, 0, 1430, (minute) => ({ Humidity: 80 + (minute % 3), Temperature: 20 }))

test.each<[string, readonly Said[], Readonly<Record<string, unknown>>]>([
  ['no reading', [], { ...nothing, hoursReported: 0, completeness: 0, live: false, spans: [] }],
  ['one quiet reading', [[100, { Temperature: 19, WaterFlow: 0 }]], { ...nothing, hoursReported: 1, completeness: 0, spans: [] }],
  [
    'one alarming reading',
    [[100, { WaterLeak: true }]],
    { ...nothing, spans: [expect.objectContaining({ kind: 'leak-sensor', confidence: 0.48 })] },
  ],
  [
    'values that are none',
    every(10, 0, 1430, () => ({
      Temperature: Number.NaN,
      WaterFlow: Number.POSITIVE_INFINITY,
      Humidity: Number.NEGATIVE_INFINITY,
    })),
    { ...nothing, sensors: [], spans: [] },
  ],
  ['a reading at no time', [[Number.NaN, { WaterLeak: true }]], { ...nothing, spans: [] }],
  ['every reading twice', dampDay.flatMap((said) => [said, said]), { dampMinutes: 1430, completeness: 0.99 }],
  ['one reading an hour', every(60, 0, 1380, () => ({ Smoke: true })), { live: true, smokeMinutes: 1380 }],
])('%s: neither a throw nor a guess', (_, said, expected) => {
  const facts = factsOf(readingsOf(said))
  expect(facts).toMatchObject(expected)
  expect(parseHomeDayFacts(canonicalJson(facts))).toEqual(facts)
})

test('readings in reverse order are left out but for the first, and a reading a second is no more than one a minute', () => {
  expect(factsOf(readingsOf(dampDay.toReversed()))).toMatchObject({ ...nothing, hoursReported: 1 })
  const second = dayOf(every(1 / 60, 600, 720, () => ({ Humidity: 90, Temperature: 3 })))
  expect(second).toMatchObject({ dampMinutes: 120, freezeMinutes: 120 })
})

test('days follow each other, and a peril over midnight counts in each for its own part', () => {
  const said = every(1, 1380, 1500, () => ({ Smoke: true })).concat([[1501, { Smoke: false }]])
  const days = daysOf(readingsOf(said), localClock('Europe/Amsterdam'))
  expect(days.map(({ day, facts }) => [day, facts.smokeMinutes])).toEqual([
    ['2024-05-06', 59],
    ['2024-05-07', 61],
  ])
  expect(days[1]?.facts.spans).toMatchObject([{ startMs: midnightMs + 1380 * 60_000, ended: 'cleared' }])
  expect(amsterdam.day(midnightMs)).toBe('2024-05-06')
})

test('a day measured by an earlier version is read with what it does not know', () => {
  const {
    version,
    timeZone,
    live,
    hoursReported,
    leakMinutes,
    freezeMinutes,
    smokeMinutes,
    carbonMonoxideMinutes,
    openUnattendedMinutes,
    dampMinutes,
    litres,
    valveTested,
    sensors,
  } = dayOf([])
  const before = {
    version,
    timeZone,
    live,
    hoursReported,
    leakMinutes,
    freezeMinutes,
    smokeMinutes,
    carbonMonoxideMinutes,
    openUnattendedMinutes,
    dampMinutes,
    litres,
    valveTested,
    sensors,
  }
  expect(parseHomeDayFacts(JSON.stringify(before))).toMatchObject({ perils: null, spans: [], reactionMinutes: null })
  expect(() => parseHomeDayFacts('{"version":1}')).toThrow('do not fit')
  expect(() => parseHomeDayFacts('{')).toThrow('not JSON')
})
