// A simulated portfolio in a book: a replay is judged by what its policies will truly cost.

import { pino } from 'pino'
import { Compile } from 'typebox/compile'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DislocationReportSchema } from '../../../pricing/dislocation/report-form.ts'
import { startReplays } from '../../../pricing/dislocation/start-replays.ts'
import { fillBook } from '../../../pricing/portfolio/portfolio-book.ts'
import { publishedTruth } from '../../../pricing/portfolio/portfolio-truth.ts'
import { type PortfolioOptions, simulatePortfolio } from '../../../pricing/portfolio/simulate-portfolio.ts'
import { type OpenStores, openStores } from '../open-stores.ts'

const endMs = Date.parse('2026-03-01T00:00:00Z')
const options: PortfolioOptions = { seed: 'book', policies: 60, truth: publishedTruth, thresholdMps2: 3.1 }
const isReport = Compile(DislocationReportSchema)
let stores: OpenStores
beforeEach(async () => {
  stores = await openStores()
})
afterEach(() => stores.close())

test('policies are rated on what they drove, the rough ones dearer, and a replay’s loss ratio is the true one', async () => {
  const { book, folder } = stores
  const policies = [...simulatePortfolio(options)]
  const filled = await fillBook(book, policies, endMs)
  expect(filled).toEqual({ policies: 60, trips: policies.reduce((trips, policy) => trips + policy.periods().length * 4, 0) })

  const premiums = await book
    .selectFrom('premiums')
    .innerJoin('policies', 'policies.current_premium_id', 'premiums.id')
    .select(['policies.id', 'premium_minor', 'class_premium_minor'])
    .execute()
  expect(premiums).toHaveLength(60)
  const factorOf = new Map(premiums.map((row) => [row.id, row.premium_minor / row.class_premium_minor]))
  const byStyle = policies.toSorted((one, other) => one.truth.style - other.truth.style)
  const meanFactor = (some: typeof policies) => some.reduce((sum, { id }) => sum + (factorOf.get(id) ?? 0), 0) / some.length
  expect(meanFactor(byStyle.slice(0, 20))).toBeLessThan(meanFactor(byStyle.slice(-20)) - 0.03)

  const inForce = await book
    .selectFrom('editions')
    .select('hash')
    .where('plan_id', '=', 'motor')
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow()
  const replays = await startReplays({
    book,
    bookUrl: `sqlite:${folder}/book.db`,
    telemetryUrl: `sqlite:${folder}/telemetry.db`,
    log: pino({ level: 'silent' }),
    nowMs: () => endMs,
    threads: 1,
  })
  try {
    const expectedClaims = Object.fromEntries(
      policies.map(({ id, truth }) => [id, Math.round(truth.frequency * truth.severityMinor)]),
    )
    const started = await replays.start({ draft: { hash: inForce.hash }, expectedClaims })
    if (started.kind !== 'added') throw new Error(JSON.stringify(started))
    await replays.idle()
    const row = await book.selectFrom('replays').selectAll().where('id', '=', started.id).executeTakeFirstOrThrow()
    const report: unknown = JSON.parse(row.report ?? 'null')
    if (!isReport.Check(report)) throw new Error(`${row.status}: ${row.problem}`)
    expect(report.claims).toMatchObject({ from: 'stated', stated: 60 })
    const claimsMinor = Object.values(expectedClaims).reduce((sum, minor) => sum + minor, 0)
    expect(report.lossRatioBefore).toBeCloseTo(claimsMinor / report.beforeMinor, 6)
  } finally {
    await replays.close()
  }
})
