// Real recorded drives: the distance against what was recorded, and the facts that everything later builds on.

import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { localClock } from '../../pricing/behaviour/local-clock.ts'
import { recordedDrive, tripsIn } from './drives.ts'

const manifest: { readonly recordings: readonly { readonly file: string; readonly distanceKm: number }[] } = JSON.parse(
  await readFile(new URL('../data/drives/manifest.json', import.meta.url), 'utf8'),
)

/** Recordings that cover their whole drive; the others were cut at their ends for privacy, or have gaps. */
const whole = ['nds-06.csv', 'nds-07.csv', 'nds-08.csv', 'nds-11.csv', 'nds-13.csv', 'nds-14.csv', 'nds-17.csv', 'nds-34.csv']

test.each(whole)('%s: the distance is within 2 percent of the recorded one', async (file) => {
  const { readings, timeZone } = await recordedDrive(file)
  const trips = tripsIn(readings, localClock(timeZone))
  const distanceM = trips.reduce((sum, { facts }) => sum + facts.distanceM, 0)
  const recordedKm = manifest.recordings.find((entry) => entry.file === file)?.distanceKm ?? 0
  for (const { facts } of trips) expect(facts.completeness).toBeGreaterThan(0.99)
  expect(Math.abs(distanceM / 1000 / recordedKm - 1)).toBeLessThan(0.02)
})

test('every recording that covers more than half a kilometre is one trip', async () => {
  const found: Record<string, number> = {}
  for (const { file, distanceKm } of manifest.recordings) {
    const { readings } = await recordedDrive(file)
    if (distanceKm > 0.5) found[file] = tripsIn(readings).length
  }
  expect(Object.values(found).every((trips) => trips === 1)).toBe(true)
  expect(found['nds-15.csv'], 'a stand of six minutes with the engine running').toBe(1)
})

test('every recording: the distance is within 2 percent of its own speeds integrated, and no signal contradicts it', async () => {
  for (const { file, distanceKm } of manifest.recordings) {
    if (distanceKm < 0.5) continue
    const { readings, timeZone } = await recordedDrive(file)
    const trips = tripsIn(readings, localClock(timeZone))
    const seenM = trips.reduce((sum, { facts }) => sum + facts.seenM, 0)
    let integratedM = 0
    readings.forEach(({ takenAtMs, values }, index) => {
      const before = readings[index - 1]
      const stepS = before === undefined ? 0 : (takenAtMs - before.takenAtMs) / 1000
      if (stepS <= 10) integratedM += (((before?.values.Speed ?? 0) + (values.Speed ?? 0)) / 2 / 3.6) * stepS
    })
    expect(Math.abs(seenM / integratedM - 1), file).toBeLessThan(0.02)
    for (const { facts } of trips) {
      expect(facts.checks.coordinates?.agreement, file).toBeGreaterThan(0.95)
      expect(facts, file).toMatchObject({ role: 'driven', clockTrust: 1 })
      expect(
        facts.doubts.filter((doubt) => doubt !== 'gaps' && doubt !== 'jumped-position'),
        file,
      ).toEqual([])
    }
  }
})

test('a drive of 59 seconds and 90 metres is none', async () => {
  expect(tripsIn((await recordedDrive('nds-12.csv')).readings)).toEqual([])
})

test('a gap in a drive is bridged: 44 seconds of nds-04 were not recorded', async () => {
  const [trip] = tripsIn((await recordedDrive('nds-04.csv')).readings)
  expect(trip?.facts.completeness).toBeCloseTo(320 / 364, 1)
  expect(trip?.facts.distanceM).toBeGreaterThan(trip?.facts.seenM ?? 0)
  expect((trip?.facts.distanceM ?? 0) / 3450).toBeCloseTo(1, 1)
})

test('the facts of nds-14, as they were when this was written', async () => {
  const { readings, timeZone } = await recordedDrive('nds-14.csv')
  const [trip] = tripsIn(readings, localClock(timeZone))
  expect(trip?.facts).toMatchObject({
    durationS: 270,
    distanceM: 2370,
    completeness: 1,
    confidence: 0.9964,
    longitudinalFrom: 'accelerometer',
    lateralFrom: 'accelerometer',
    counts: {
      brake: [1, 0, 0, 0, 0, 0, 0],
      acceleration: [2, 2, 2, 1, 0, 0, 0],
      'left-turn': [2, 1, 0, 0, 0, 0, 0],
      'right-turn': [1, 1, 0, 0, 0, 0, 0],
    },
    speeding: { count: 0, metres: 0, limitKnownM: 0 },
    phone: { seconds: 0, knownS: 0, knownM: 0 },
  })
})
