// `bench replay`: a draft edition over a made book of policies with a year of trips each, on one thread and on two, beside the
// straightforward way: parse the stored JSON of every trip and write the worksheets, policy by policy. The book is made out of a
// seed in a temporary folder; of its trips only the sums are stored, as the database keeps them for every trip, because six
// million trips with all their evidence would be a hundred gigabytes. For the sample that is also done the straightforward way
// the same trips are made as JSON, and both ways have to come to the same premiums. --policies N on fewer.

import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { randomFor } from '../../devices/simulator/random.ts'
import { canonicalJson } from '../../pricing/canonical-json.ts'
import { classFactsFor } from '../../pricing/class-facts.ts'
import { type Outcome, parseChunkResult } from '../../pricing/dislocation/outcome.ts'
import { startReplays } from '../../pricing/dislocation/start-replays.ts'
import type { EditionDocument } from '../../pricing/edition/edition-document.ts'
import { motorFacts } from '../../pricing/experience.ts'
import { installEditions, readShippedPlan } from '../../pricing/install-editions.ts'
import type { Facts } from '../../pricing/rating/facts.ts'
import { withCasesRated } from '../../pricing/rating/failed-cases.ts'
import { rate } from '../../pricing/rating/rate.ts'
import { type EndedTrip, parseTripFacts } from '../../pricing/trip-facts.ts'
import { figureColumns, sumsOf } from '../../pricing/trip-sums.ts'
import { openBook } from '../../store/book/open-book.ts'
import type { Book } from '../../store/book/schema.ts'
import { madeTrip, withEvidence } from './made-trip.ts'

const policiesDefault = 10_000
const tripsPerPolicy = 600
/** Done the straightforward way too. */
const sampledPolicies = 30
const yearStartMs = Date.UTC(2025, 0, 1)
const tripEveryMs = Math.floor((365 * 86_400_000) / tripsPerPolicy)

interface ReplayFigures {
  readonly policies: number
  readonly trips: number
  readonly bookMb: number
  readonly madeSeconds: number
  readonly oneThreadSeconds: number
  readonly twoThreadsSeconds: number
  /** Of all threads of the second run: what it costs however busy the machine is with other things. */
  readonly cpuSeconds: number
  readonly tripsPerS: number
  readonly sameBytes: boolean
  readonly straightforward: {
    readonly policies: number
    /** Per policy, milliseconds. */
    readonly policyMs: number
    /** The whole book at that rate. */
    readonly bookSeconds: number
    readonly samePremiums: boolean
    /** Its time for the whole book over that of two threads. */
    readonly ratio: number
  }
}

export async function runReplay(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean' }, policies: { type: 'string' } },
  })
  const policies = Math.max(sampledPolicies, Number(values.policies ?? policiesDefault))
  const folder = await mkdtemp(join(tmpdir(), 'merit-bench-replay-'))
  try {
    const figures = await measure(folder, policies)
    console.log(values.json === true ? JSON.stringify(figures) : table(figures))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(folder: string, policies: number): Promise<ReplayFigures> {
  const bookUrl = `sqlite:${join(folder, 'book.db')}`
  const book = await openBook(bookUrl)
  await installEditions(book, yearStartMs)
  const madeAt = performance.now()
  makeBook(join(folder, 'book.db'), policies)
  const madeSeconds = secondsSince(madeAt)
  const champion = (await readShippedPlan('motor')).edition
  const draft = draftOf(champion)
  const one = await replay(book, folder, draft, 1)
  const two = await replay(book, folder, draft, 2)
  const straight = straightforward(champion, draft)
  const premiums = new Map(two.outcomes.map((outcome) => [outcome.policyId, outcome]))
  const samePremiums = straight.premiums.every(({ policyId, beforeMinor, uncappedMinor }) => {
    const found = premiums.get(policyId)
    return found?.beforeMinor === beforeMinor && found.uncappedMinor === uncappedMinor
  })
  const { size } = await stat(join(folder, 'book.db'))
  await book.destroy()
  const trips = policies * tripsPerPolicy
  const policyMs = (straight.seconds * 1000) / sampledPolicies
  const bookSeconds = (policyMs * policies) / 1000
  return {
    policies,
    trips,
    bookMb: Math.round(size / 1e6),
    madeSeconds: rounded(madeSeconds),
    oneThreadSeconds: rounded(one.seconds),
    twoThreadsSeconds: rounded(two.seconds),
    cpuSeconds: rounded(two.cpuSeconds),
    tripsPerS: Math.round(trips / two.seconds),
    sameBytes: one.hash === two.hash,
    straightforward: {
      policies: sampledPolicies,
      policyMs: rounded(policyMs),
      bookSeconds: rounded(bookSeconds),
      samePremiums,
      ratio: rounded(bookSeconds / two.seconds),
    },
  }
}

/** Other rungs, steeper braking and a limit of 15 % a term, by the shipped plan's own form. */
function draftOf(champion: EditionDocument & { readonly hash: string }): EditionDocument {
  const { hash: _, ...document } = champion
  return withCasesRated({
    ...document,
    title: 'Draft of the benchmark',
    behaviours: document.behaviours.map((behaviour) =>
      behaviour.id === 'braking'
        ? {
            ...behaviour,
            rungMps2: 3.6,
            curve: [
              [0, 0.8],
              [8, 1],
              [60, 1.6],
            ],
          }
        : behaviour,
    ),
    guardRails: { ...document.guardRails, maxChangePerTerm: 0.15 },
  })
}

interface Replayed {
  readonly seconds: number
  /** Of all threads together. */
  readonly cpuSeconds: number
  readonly hash: string | null
  readonly outcomes: readonly Outcome[]
}

async function replay(book: Book, folder: string, document: unknown, threads: number): Promise<Replayed> {
  await book.deleteFrom('replays').execute()
  const replays = await startReplays({
    book,
    bookUrl: `sqlite:${join(folder, 'book.db')}`,
    telemetryUrl: `sqlite:${join(folder, 'telemetry.db')}`,
    log: pino({ level: 'silent' }),
    nowMs: Date.now,
    threads,
  })
  const startedAt = performance.now()
  const cpu = process.cpuUsage()
  const started = await replays.start({ draft: { document } })
  await replays.idle()
  const seconds = secondsSince(startedAt)
  const used = process.cpuUsage(cpu)
  const cpuSeconds = (used.user + used.system) / 1e6
  await replays.close()
  if (started.kind !== 'added') throw new Error(`The replay did not start: ${JSON.stringify(started)}`)
  const row = await book.selectFrom('replays').selectAll().where('id', '=', started.id).executeTakeFirstOrThrow()
  if (row.status !== 'done') throw new Error(`The replay is ${row.status}: ${row.problem}`)
  const chunks = await book.selectFrom('replay_chunks').select('result').where('replay_id', '=', started.id).execute()
  const outcomes = chunks.flatMap(({ result }) => (result === null ? [] : parseChunkResult(result).outcomes))
  return { seconds, cpuSeconds, hash: row.report_hash, outcomes }
}

/** Straight into the file: what triggers keep of a trip's sums is nothing that a replay reads, so they wait meanwhile. */
function makeBook(path: string, policies: number): void {
  const database = new DatabaseSync(path)
  const triggers = database.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'trip_sums'").all()
  database.exec('PRAGMA synchronous = OFF; BEGIN')
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`)
  database.exec("INSERT INTO policyholders (id, name, created_at_ms) VALUES ('holder', 'Holder', 0)")
  const insertDevice = database.prepare("INSERT INTO devices (id, kind, label, created_at_ms) VALUES (?, 'vehicle', '', 0)")
  const insertPolicy = database.prepare(
    "INSERT INTO policies (id, product, policyholder_id, plan_id, time_zone, class_facts, created_at_ms) VALUES (?, 'motor', 'holder', 'motor', 'Europe/Amsterdam', ?, 0)",
  )
  const insertInsured = database.prepare('INSERT INTO policy_devices (policy_id, device_id) VALUES (?, ?)')
  const columns = ['device_id', 'started_at_ms', 'ended_at_ms', 'is_driven', 'agreement', 'confidence', ...figureColumns]
  const insertSums = database.prepare(
    `INSERT INTO trip_sums (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  )
  for (let index = 0; index < policies; index += 1) {
    const { policyId, deviceId, classFacts, trips } = madePolicy(index)
    insertDevice.run(deviceId)
    insertPolicy.run(policyId, canonicalJson(classFacts))
    insertInsured.run(policyId, deviceId)
    for (const trip of trips()) {
      const sums = sumsOf(deviceId, trip)
      insertSums.run(
        deviceId,
        sums.startedAtMs,
        sums.endedAtMs,
        sums.isDriven ? 1 : 0,
        sums.agreement,
        sums.confidence,
        ...sums.figures,
      )
    }
  }
  for (const { sql } of triggers) database.exec(String(sql))
  database.exec('COMMIT')
  database.close()
}

interface MadePolicy {
  readonly policyId: string
  readonly deviceId: string
  readonly classFacts: Readonly<Record<string, number | string>>
  readonly trips: () => Iterable<EndedTrip>
}

/** A driver of one style; the trips of a year, a little different each. */
function madePolicy(index: number): MadePolicy {
  const random = randomFor('bench-replay', index)
  const name = String(index).padStart(6, '0')
  const style = { hardness: random.between(0.2, 3), nights: random.between(0, 0.3), phone: random.between(0, 0.1) }
  const kmPerTrip = random.between(6, 40)
  return {
    policyId: `motor-${name}`,
    deviceId: `car-${name}`,
    classFacts: {
      driverAgeYears: random.whole(18, 85),
      region: random.pick(['city', 'town', 'country']),
      vehicleAgeYears: random.whole(0, 20),
      kmPerYear: random.whole(4, 40) * 1000,
    },
    *trips() {
      const drawn = randomFor('bench-replay-trips', index)
      for (let trip = 0; trip < tripsPerPolicy; trip += 1) {
        const startedAtMs = yearStartMs + trip * tripEveryMs
        const facts = madeTrip(drawn, kmPerTrip, style, startedAtMs)
        yield { startedAtMs, endedAtMs: startedAtMs + facts.durationS * 1000, facts }
      }
    },
  }
}

interface Straightforward {
  readonly seconds: number
  readonly premiums: readonly { readonly policyId: string; readonly beforeMinor: number; readonly uncappedMinor: number }[]
}

function straightforward(champion: EditionDocument & { readonly hash: string }, document: EditionDocument): Straightforward {
  const draft = { ...document, guardRails: { ...document.guardRails }, premiumBounds: {}, hash: '' }
  const stored = Array.from({ length: sampledPolicies }, (_, index) => {
    const { policyId, classFacts, trips } = madePolicy(index)
    const rows = [...trips()].map(({ facts, ...span }) => ({
      ...span,
      text: canonicalJson(withEvidence(facts, span.startedAtMs)),
    }))
    return { policyId, stated: classFacts, rows }
  })
  const startedAt = performance.now()
  const premiums = stored.map(({ policyId, stated, rows }) => {
    const trips = rows.map(({ text, ...span }) => ({ ...span, facts: parseTripFacts(text) }))
    const measured = motorFacts({}, trips)
    const factsFor = (edition: EditionDocument): Facts => {
      const known = classFactsFor(edition, stated)
      if (known.kind === 'bad') throw new Error(known.problem)
      return { ...measured, ...known.facts }
    }
    return {
      policyId,
      beforeMinor: rate(champion, policyId, factsFor(champion)).premiumMinor * champion.instalments,
      uncappedMinor: rate(draft, policyId, factsFor(draft)).premiumMinor * draft.instalments,
    }
  })
  return { seconds: secondsSince(startedAt), premiums }
}

function table(figures: ReplayFigures): string {
  const { policies, trips, bookMb, madeSeconds, oneThreadSeconds, twoThreadsSeconds, tripsPerS, sameBytes } = figures
  const { straightforward: other } = figures
  const lines = [
    ['policies', policies.toLocaleString('en')],
    ['trips', trips.toLocaleString('en')],
    ['book', `${bookMb} MB, made in ${madeSeconds} s`],
    ['replay on one thread', `${oneThreadSeconds} s`],
    ['replay on two threads', `${twoThreadsSeconds} s, ${tripsPerS.toLocaleString('en')} trips a second`],
    ['same report to the byte', sameBytes ? 'yes' : 'NO'],
    [
      'straightforward, one thread',
      `${other.policyMs} ms a policy (${other.policies} tried), ${other.bookSeconds} s for this book`,
    ],
    ['same premiums', other.samePremiums ? 'yes' : 'NO'],
    ['ratio', `${other.ratio}×`],
  ]
  return lines.map(([name = '', value = '']) => `${name.padEnd(30)}${value}`).join('\n')
}

function secondsSince(at: number): number {
  return (performance.now() - at) / 1000
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
