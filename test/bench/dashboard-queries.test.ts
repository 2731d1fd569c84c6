// No query of the pages that open often reads a whole table that grows with trips or policies: the plan SQLite makes of every
// query behind their calls, over a book that the dashboard bench makes.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type KyselyPlugin, type PluginTransformQueryArgs, type RootOperationNode, SqliteQueryCompiler } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAccount } from '../../dashboard/sign-in/accounts.ts'
import { type Dashboard, startDashboard } from '../../dashboard/start-dashboard.ts'
import { startReplays } from '../../pricing/dislocation/start-replays.ts'
import { startPricing } from '../../pricing/start-pricing.ts'
import { openBook } from '../../store/book/open-book.ts'
import { openTelemetryStore } from '../../store/open-telemetry.ts'
import { cookieIn, jsonPost } from '../dashboard/running-dashboard.ts'
import { type MadeBook, makeBook } from './dashboard/made-book.ts'
import { bookCalls, firstScreen } from './dashboard/screen-calls.ts'

const folder = mkdtempSync(join(tmpdir(), 'merit-plans-'))
const secret = 'a secret of the tests, long enough for anyone'
/** As long as the book or longer; in a real one, up to ten million rows. */
const growing = ['trips', 'trip_sums', 'policies', 'policyholders', 'policy_devices', 'devices', 'premiums', 'premium_bases']
const growingToo = ['nudges', 'premium_changes', 'premium_notices', 'book_lines', 'experience_log', 'policy_terms', 'home_days']
const tables = new Set([...growing, ...growingToo, 'device_connections', 'quarantine', 'issued_statements', 'audit_events'])

const queries = new Set<string>()
const compiler = new SqliteQueryCompiler()
const listening: KyselyPlugin = {
  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    queries.add(compiler.compileQuery(node, queryId).sql)
    return node
  },
  transformResult: async ({ result }) => result,
}

let made: MadeBook
let dashboard: Dashboard
let tester = { email: '', password: '' }
let maker = tester
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  const nowMs = Date.now()
  made = await makeBook(folder, { policies: 300, trips: 3000 }, nowMs)
  const bookUrl = `sqlite:${join(folder, 'book.db')}`
  const telemetryUrl = `sqlite:${join(folder, 'telemetry.db')}`
  const book = await openBook(bookUrl)
  const { password } = made.insurer
  tester = { email: 'tester@merit.example', password }
  maker = { email: 'maker@merit.example', password }
  await createAccount(book, { ...tester, name: 'Tess', role: 'tester', locale: 'en', demo: false })
  await createAccount(book, { ...maker, name: 'Max', role: 'maker', locale: 'en', demo: false })
  const telemetry = await openTelemetryStore(telemetryUrl)
  const log = pino({ level: 'silent' })
  const pricing = await startPricing({ book, telemetry, log, nowMs: Date.now, pollMs: 60_000 })
  await pricing.settle()
  const replays = await startReplays({ book, bookUrl, telemetryUrl, log, nowMs: Date.now })
  dashboard = await startDashboard({
    book: book.withPlugin(listening),
    telemetry,
    pricing,
    replays,
    log,
    host: '127.0.0.1',
    port: 0,
    publicUrl: '',
    secret,
    demo: false,
    demoAccounts: [],
    health: () => pricing.health(),
  })
  closing.push(
    () => dashboard.close(),
    () => replays.close(),
    () => pricing.close(),
    () => telemetry.close(),
    () => book.destroy(),
  )
}, 30_000)
afterAll(async () => {
  for (const close of closing) await close()
  rmSync(folder, { recursive: true, force: true })
})

/** Those queries of these calls that read a growing table from end to end, with what SQLite says of them. */
async function wholeReads({ email, password }: { readonly email: string; readonly password: string }, paths: readonly string[]) {
  const { url } = dashboard
  const signedIn = await fetch(`${url}/api/auth/sign-in/email`, jsonPost({ email, password }, { origin: url }))
  expect(signedIn.status, await signedIn.clone().text()).toBe(200)
  const headers = { cookie: cookieIn(signedIn) }
  queries.clear()
  for (const path of paths) {
    const response = await fetch(`${url}${path}`, { headers })
    expect(response.status, path).toBe(200)
    await response.arrayBuffer()
  }
  expect(queries.size).toBeGreaterThan(2)
  const database = new DatabaseSync(join(folder, 'book.db'), { readOnly: true })
  try {
    return [...queries]
      .filter((sql) => sql.startsWith('select') || sql.startsWith('with'))
      .flatMap((sql) => {
        const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all()
        const whole = steps.map(({ detail }) => String(detail)).filter((detail) => isWholeRead(detail, sql))
        return whole.length === 0 ? [] : [{ sql, whole }]
      })
  } finally {
    database.close()
  }
}

function isWholeRead(detail: string, sql: string): boolean {
  const [, name = ''] = /^SCAN (\w+)/.exec(detail) ?? []
  const [, table = name] = new RegExp(`"(\\w+)" as "${name}"`).exec(sql) ?? []
  return tables.has(table)
}

test('the plan of a query that reads all trips is told from one that seeks', () => {
  expect(isWholeRead('SCAN trips', 'select * from "trips"')).toBe(true)
  expect(isWholeRead('SCAN t USING COVERING INDEX trips_by_end', 'select count(*) from "trips" as "t"')).toBe(true)
  expect(isWholeRead('SEARCH trips USING INDEX trips_by_device (device_id=?)', 'select * from "trips"')).toBe(false)
})

test('the policyholder’s first screen seeks', async () => {
  const [holder] = made.holders
  if (holder === undefined) throw new Error('nobody is insured')
  const database = new DatabaseSync(join(folder, 'book.db'), { readOnly: true })
  const trip = database.prepare("SELECT id FROM trips WHERE device_id = 'car-000000' ORDER BY started_at_ms DESC").get()
  database.close()
  const paths = firstScreen(holder.policyId, String(trip?.['id']))
    .flat()
    .map(({ path }) => path)
  expect(await wholeReads(holder, paths)).toEqual([])
})

test('the insurer’s book seeks, and its sums read one index', async () => {
  const paths = bookCalls(made.policies).map(({ path }) => path)
  expect(await wholeReads(made.insurer, paths)).toEqual([])
})

test('what else an insurer opens seeks', async () => {
  const paths = ['disputes?limit=200', 'editions?limit=200', 'replays?limit=200', 'audit?limit=100', 'policies?limit=200']
  expect(
    await wholeReads(
      made.insurer,
      paths.map((path) => `/api/v1/${path}`),
    ),
  ).toEqual([])
})

test('the maker’s devices seek', async () => {
  const paths = ['devices?limit=200', 'devices/car-000001', 'devices/car-000001/refusals?settled=open']
  expect(
    await wholeReads(
      maker,
      paths.map((path) => `/api/v1/${path}`),
    ),
  ).toEqual([])
})

test('the tester’s counts read no table of trips', async () => {
  const read = await wholeReads(tester, ['/api/v1/status'])
  expect(
    read.filter(({ sql }) => /"(?:trips|trip_sums|experience_log)" *(?:$|as|where)/.test(sql.split(' from ')[1] ?? '')),
  ).toEqual([])
  expect(read.length, 'what is left is as long as the book, and counted sparingly').toBeLessThan(6)
})
