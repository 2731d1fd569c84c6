// Replays over a small book whose every figure is worked out by hand: the edition in force charges 100.00 a month and knows one
// behaviour, night driving; drafts change one thing each.

import { pino } from 'pino'
import { Compile } from 'typebox/compile'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { contentHash } from '../../../pricing/canonical-json.ts'
import type { WantedReplay } from '../../../pricing/dislocation/prepare-replay.ts'
import { type DislocationReport, DislocationReportSchema, type View } from '../../../pricing/dislocation/report-form.ts'
import { type Replays, startReplays } from '../../../pricing/dislocation/start-replays.ts'
import { decideDispute, fileDispute } from '../../../pricing/disputes.ts'
import { reprice } from '../../../pricing/reprice.ts'
import { type OpenStores, openStores } from '../open-stores.ts'
import { insureCar, nightPlan, putInForce, tripFacts, writeTrip } from './made-book.ts'

const nowMs = Date.parse('2026-03-01T00:00:00Z')
const startMs = Date.parse('2026-01-01T12:00:00Z')
const dayMs = 86_400_000
const isReport = Compile(DislocationReportSchema)

let stores: OpenStores
let replays: Replays
beforeEach(async () => {
  stores = await openStores()
  await putInForce(stores.book, nightPlan({}))
})
afterEach(async () => {
  await replays?.close()
  await stores.close()
})

/** Chunks of one policy, so that a book of a few is work for several threads. */
async function start(threads = 1): Promise<void> {
  replays = await startReplays({
    book: stores.book,
    bookUrl: `sqlite:${stores.folder}/book.db`,
    telemetryUrl: `sqlite:${stores.folder}/telemetry.db`,
    log: pino({ level: 'silent' }),
    nowMs: () => nowMs,
    threads,
    policiesPerChunk: 1,
  })
}

/** A driver of this age, who drove this share of 1,000 km by night, as priced by the plan in force. */
async function driver(id: string, driverAgeYears: number, nightShare: number): Promise<void> {
  await insureCar(stores, id, [`car-${id}`], { driverAgeYears })
  for (let trip = 0; trip < 10; trip += 1) {
    const startedAtMs = startMs + trip * dayMs
    const facts = tripFacts({ distanceM: 100_000, nightM: 100_000 * nightShare })
    await writeTrip(stores.book, `car-${id}`, { startedAtMs, endedAtMs: startedAtMs + 3_600_000, facts })
  }
  await reprice(stores.book, id, 0)
}

/** Credibility is a half, so the factors are 1, 1.1, 1.2, 1 and 1.1; twice on 1.5 times the base. */
async function fiveDrivers(): Promise<void> {
  await driver('anna', 30, 0)
  await driver('bert', 30, 0.2)
  await driver('carl', 30, 0.4)
  await driver('dora', 20, 0)
  await driver('erik', 20, 0.2)
}

/** Night is worth three times as much, and nobody pays more than 15 % more than before. */
const strictDraft = nightPlan({
  behaviours: [
    {
      id: 'night',
      measure: 'night',
      k: 1000,
      curve: [
        [0, 1],
        [1, 4],
      ],
    },
  ],
  guardRails: { discountOnly: false, noMidTermRerate: false, notForNonRenewal: true, maxChangePerTerm: 0.15 },
})

async function reportOf(wanted: WantedReplay): Promise<DislocationReport> {
  const started = await replays.start(wanted)
  if (started.kind !== 'added' && started.kind !== 'exists') throw new Error(JSON.stringify(started))
  await replays.idle()
  const row = await stores.book.selectFrom('replays').selectAll().where('id', '=', started.id).executeTakeFirstOrThrow()
  const report: unknown = JSON.parse(row.report ?? 'null')
  if (!isReport.Check(report)) throw new Error(`${row.status}: ${row.problem}`)
  expect(contentHash(report)).toBe(row.report_hash)
  return report
}

async function hashOf(wanted: WantedReplay): Promise<string> {
  return contentHash(await reportOf(wanted))
}

async function forget(): Promise<void> {
  await stores.book.deleteFrom('replays').execute()
}

test('a draft that changes nothing changes nobody', async () => {
  await start()
  await driver('anna', 30, 0.2)
  const report = await reportOf({ draft: { document: nightPlan({ title: 'The same again' }) } })
  expect(report).toMatchObject({
    policies: 1,
    onRecordMinor: 132_000,
    beforeMinor: 132_000,
    capped: { afterMinor: 132_000, offBalance: 1, meanChange: 0, notices: 0 },
  })
  expect(report.worst).toEqual({ up: [], down: [] })
})

test('every figure of a small book is what it comes to by hand', async () => {
  await start()
  await fiveDrivers()
  const report = await reportOf({ draft: { document: strictDraft } })
  expect(report).toMatchObject({
    policies: 5,
    unrated: { policies: 0 },
    changedMeanwhile: 0,
    measuredAgain: null,
    onRecordMinor: 774_000,
    beforeMinor: 774_000,
    // 65 % of what the class pays: 3 × 1,200.00 and 2 × 1,800.00.
    claims: { from: 'class-price', targetLossRatio: 0.65, stated: 0 },
    lossRatioBefore: 0.604651,
    capped: { afterMinor: 845_100, offBalance: 0.915868, meanChange: 0.09, lossRatio: 0.553781, notices: 3 },
    // 18.18 % for 1.3 instead of 1.1, 33.33 % for 1.6 instead of 1.2.
    uncapped: { afterMinor: 882_000, offBalance: 0.877551, meanChange: 0.139394, notices: 3 },
  })
  const inBands = (view: View) => view.bands.flatMap(({ from, to, policies }) => (policies > 0 ? [[from, to, policies]] : []))
  expect(inBands(report.capped)).toEqual([
    [0, 0, 2],
    [0.1, 0.15, 3],
  ])
  expect(inBands(report.uncapped)).toEqual([
    [0, 0, 2],
    [0.15, 0.25, 2],
    [0.25, null, 1],
  ])
  const inBars = (view: View) => view.histogram.flatMap(({ from, policies }) => (policies > 0 ? [[from, policies]] : []))
  expect(inBars(report.capped)).toEqual([
    [0, 2],
    [0.15, 3],
  ])
  expect(inBars(report.uncapped)).toEqual([
    [0, 2],
    [0.15, 2],
    [0.3, 1],
  ])
  expect(report.uncapped.percentiles.filter(({ percent }) => [25, 50, 75].includes(percent))).toEqual([
    { percent: 25, change: 0 },
    { percent: 50, change: 0.181818 },
    { percent: 75, change: 0.181818 },
  ])
})

test('segments compare like with like, each against everybody else', async () => {
  await start()
  await fiveDrivers()
  const { segments } = await reportOf({ draft: { document: strictDraft } })
  expect(segments.map(({ id }) => id)).toEqual(['age', 'data-quality', 'device-class', 'input:region', 'mileage', 'night-share'])
  const ages = segments.find(({ id }) => id === 'age')?.levels ?? []
  expect(ages.map(({ level, policies, beforeMinor, afterMinor }) => [level, policies, beforeMinor, afterMinor])).toEqual([
    ['< 25', 2, 378_000, 407_700],
    ['25 – 35', 3, 396_000, 437_400],
  ])
  // (1 + 1.265) ÷ 2 against (1 + 1.265 + 1.38) ÷ 3; under the plan in force 1.05 against 1.1.
  expect(ages[0]?.fairness).toMatchObject({ meanRelativity: 1.1325, ratio: 0.932099, ratioBefore: 0.954545, isSmall: true })
  const { ratioInterval } = ages[0]?.fairness ?? {}
  expect(ratioInterval?.low).toBeLessThan(0.932099)
  expect(ratioInterval?.high).toBeGreaterThan(0.932099)
  // Nobody is alone in a region, so there is nobody to compare with.
  expect(segments.find(({ id }) => id === 'input:region')?.levels[0]?.fairness).toMatchObject({ ratio: null, impactRatio: null })
})

test('the worst movers show which steps of their worksheets differ', async () => {
  await start()
  await fiveDrivers()
  const { worst } = await reportOf({ draft: { document: strictDraft } })
  expect(worst.down).toEqual([])
  expect(worst.up.map(({ policyId, change }) => [policyId, change])).toEqual([
    ['bert', 0.15],
    ['carl', 0.15],
    ['erik', 0.15],
  ])
  expect(worst.up[0]?.steps.map(({ id, before, after }) => [id, before?.operand, after?.operand])).toEqual([
    ['behaviour:night', 1.1, 1.3],
    ['term-change', undefined, 151_800],
  ])
})

test('the same seed gives the same bytes: on one thread or two, cancelled and resumed, or cut off by a restart', async () => {
  await start()
  await fiveDrivers()
  const wanted = { draft: { document: strictDraft }, seed: 7 }
  const expected = await hashOf(wanted)
  await replays.close()

  await forget()
  await start(2)
  expect(await hashOf(wanted)).toBe(expected)

  await forget()
  let cancelled: Promise<boolean> | undefined
  const stopListening = replays.onProgress(({ id, status }) => {
    if (status === 'running') cancelled ??= replays.cancel(id)
  })
  const started = await replays.start(wanted)
  await replays.idle()
  stopListening()
  expect(await cancelled).toBe(true)
  const halfway = await stores.book.selectFrom('replays').selectAll().executeTakeFirstOrThrow()
  expect(halfway).toMatchObject({ status: 'cancelled', report: null })
  expect(halfway.policies_done).toBeGreaterThan(0)
  expect(halfway.policies_done).toBeLessThan(5)
  // Asking for it again takes it up where it stopped.
  expect(await replays.start(wanted)).toEqual({ ...started, kind: 'exists' })
  await replays.idle()
  expect(await hashOf(wanted)).toBe(expected)

  await forget()
  const cut = new Promise<void>((resolve) => replays.onProgress(() => resolve()))
  await replays.start(wanted)
  await cut
  await replays.close()
  expect(await stores.book.selectFrom('replays').select('status').executeTakeFirst()).toEqual({ status: 'running' })
  await start()
  await replays.idle()
  expect(await stores.book.selectFrom('replays').select('report_hash').executeTakeFirst()).toEqual({ report_hash: expected })
  expect(await hashOf({ ...wanted, seed: 8 })).not.toBe(expected)
})

test('another state of the book is another replay; what is asked for twice is one', async () => {
  await start()
  await fiveDrivers()
  const wanted = { draft: { document: strictDraft } }
  const first = await replays.start(wanted)
  expect(first.kind).toBe('added')
  expect(await replays.start(wanted)).toEqual({ ...first, kind: 'exists' })
  await replays.idle()
  await driver('fred', 50, 0)
  expect((await replays.start(wanted)).kind).toBe('added')
  await replays.idle()
})

test('corrections count as they do in the premium, and stated claims replace the assumed ones', async () => {
  await start()
  await fiveDrivers()
  const trip = await stores.book.selectFrom('trips').selectAll().where('device_id', '=', 'car-carl').executeTakeFirstOrThrow()
  const created = { createdAt: '2026-01-01', updatedAt: '2026-01-01' }
  const insurer = {
    id: 'insurer',
    name: 'I',
    email: 'i@example.org',
    emailVerified: 0,
    image: null,
    role: 'insurer' as const,
    locale: 'en',
    demo: 0,
  }
  await stores.book
    .insertInto('user')
    .values({ ...insurer, ...created })
    .execute()
  const filed = await fileDispute(
    stores.book,
    { policyId: 'carl', tripId: trip.id, kind: 'passenger', event: undefined, note: '' },
    1,
  )
  if (filed.kind !== 'filed') throw new Error(filed.kind)
  await decideDispute(stores.book, filed.dispute.id, { accept: true, reason: 'so it was', decidedBy: 'insurer' }, 2)
  const report = await reportOf({ draft: { document: strictDraft }, expectedClaims: { anna: 100_000, bert: 50_000 } })
  // 900 km at 40 % by night: 1 + 0.4 × 9 ÷ 19, rounded to four decimals twice.
  expect(report.onRecordMinor).toBe(report.beforeMinor)
  expect(report.beforeMinor).toBe(774_000 - 144_000 + 12 * 11_895)
  expect(report.claims).toEqual({ from: 'both', targetLossRatio: 0.65, stated: 2 })
  expect(report.lossRatioBefore).toBe(Math.round(((150_000 + 0.65 * (120_000 + 360_000)) / report.beforeMinor) * 1e6) / 1e6)
})

test('a policy that the draft cannot rate is named and left out of every figure', async () => {
  await start()
  await fiveDrivers()
  const notSoYoung = nightPlan({
    inputs: {
      ...nightPlan({}).inputs,
      driverAgeYears: { kind: 'number', min: 22, max: 120, default: 38 },
    },
  })
  const report = await reportOf({ draft: { document: notSoYoung } })
  expect(report.policies).toBe(3)
  expect(report.unrated.reasons.map(({ policyId }) => policyId)).toEqual(['dora', 'erik'])
  expect(report.unrated.reasons[0]?.problem).toMatch(/driverAgeYears is 20/)
})

test.each([
  ['a hash nobody knows', { draft: { hash: 'nothing' } }, 'unknown-edition'],
  ['a document that is no edition', { draft: { document: { schema: 'edition/2' } } }, 'invalid'],
  ['a plan without an edition in force', { draft: { document: nightPlan({ planId: 'boats' }) } }, 'no-champion'],
  ['another currency', { draft: { document: nightPlan({ currency: 'USD' }) } }, 'other-plan'],
  ['a book without policies', { draft: { document: nightPlan({}) } }, 'no-policies'],
] as const)('%s is refused by name', async (_, wanted, kind) => {
  await start()
  expect((await replays.start(wanted)).kind).toBe(kind)
})
