// Drafts that detect otherwise: what the stored facts answer is not measured again, what they cannot answer is measured from the
// readings, and what has no readings any more counts as it was measured.

import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Detection } from '../../../pricing/dislocation/detection.ts'
import { reportOfReplay } from '../../../pricing/dislocation/replays-of.ts'
import type { DislocationReport } from '../../../pricing/dislocation/report-form.ts'
import { type Replays, startReplays } from '../../../pricing/dislocation/start-replays.ts'
import type { Pricing } from '../../../pricing/start-pricing.ts'
import { type OpenStores, openStores, startStill } from '../open-stores.ts'
import { insureCar, nightPlan, putInForce } from './made-book.ts'

/** In Amsterdam 10:00, and 23:30, which is night. */
const morningMs = Date.parse('2026-01-10T09:00:00Z')
const eveningMs = Date.parse('2026-01-12T22:30:00Z')
const nowMs = Date.parse('2026-02-01T00:00:00Z')

let stores: OpenStores
let pricing: Pricing
let replays: Replays
beforeEach(async () => {
  stores = await openStores()
  await putInForce(stores.book, nightPlan({}))
  await insureCar(stores, 'anna', ['car-anna'])
  pricing = await startStill(stores, () => nowMs)
  for (const startMs of [morningMs, eveningMs]) await stores.append(hourAt90(startMs))
  await pricing.settle()
  replays = await startReplays({
    book: stores.book,
    bookUrl: `sqlite:${stores.folder}/book.db`,
    telemetryUrl: `sqlite:${stores.folder}/telemetry.db`,
    log: pino({ level: 'silent' }),
    nowMs: () => nowMs,
    threads: 1,
  })
})
afterEach(async () => {
  await replays.close()
  await pricing.close()
  await stores.close()
})

function hourAt90(startMs: number) {
  return Array.from({ length: 3601 }, (_, second) => ({
    kind: 'vehicle' as const,
    device: 'car-anna',
    takenAtMs: startMs + second * 1000,
    values: { Speed: 90, SpeedLimit: 80, Ignition: second < 3600 },
  }))
}

async function replayWith(detection: Detection): Promise<DislocationReport> {
  await stores.book.deleteFrom('replays').execute()
  const started = await replays.start({ draft: { document: nightPlan({ title: 'Draft' }) }, detection })
  if (started.kind !== 'added') throw new Error(JSON.stringify(started))
  await replays.idle()
  const report = await reportOfReplay(stores.book, started.id)
  if (report === undefined) {
    const row = await stores.book.selectFrom('replays').select('problem').executeTakeFirst()
    throw new Error(row?.problem ?? 'no report')
  }
  return report
}

test('what is detected as in the book asks for no reading', async () => {
  const { night } = (await import('../../../pricing/behaviour/thresholds.ts')).behaviourThresholds
  const report = await replayWith({ night: { fromMinute: night.fromMinute, toMinute: night.toMinute } })
  expect(report.measuredAgain).toBeNull()
  expect(report.detection).toEqual({})
  expect(report.capped.meanChange).toBe(0)
})

test('another night measures again only the trips it touches', async () => {
  // The morning trip is day either way; the evening trip was night and no longer is.
  const report = await replayWith({ night: { fromMinute: 8 * 60, toMinute: 9 * 60 } })
  expect(report.measuredAgain).toEqual({ trips: 1, unaffected: 1, withoutReadings: 0 })
  expect(report.beforeMinor).toBeGreaterThan(120_000)
  expect(report.capped.afterMinor).toBe(120_000)
})

test('a lower speed for manoeuvres changes nothing on a straight road: measuring again gives what was measured', async () => {
  const report = await replayWith({ longitudinalKphMin: 5, speedingToleranceKph: 20 })
  expect(report.measuredAgain).toEqual({ trips: 2, unaffected: 0, withoutReadings: 0 })
  expect(report.capped.afterMinor).toBe(report.beforeMinor)
})

test('a trip whose readings are gone counts as it was measured, and is counted', async () => {
  await stores.telemetry.retain({ keepSinceMs: eveningMs + 1_800_000 })
  const report = await replayWith({ night: { fromMinute: 8 * 60, toMinute: 9 * 60 } })
  expect(report.measuredAgain).toEqual({ trips: 0, unaffected: 1, withoutReadings: 1 })
  expect(report.capped.afterMinor).toBe(report.beforeMinor)
})
