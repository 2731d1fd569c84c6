// `bench dashboard`: how long the first screens take over a large book while vehicles publish. A made book of 100,000 policies
// and 10,000,000 trips, the real edge and office, a loader at half of what this machine takes (measured first, in the same run),
// and every call that the policyholder's first screen makes, alone and all together as the page makes them, and those of the
// insurer's book. --policies N --trips N on a smaller one, --seconds N of measuring, --json.

import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { type MadeBook, type MadeHolder, makeBook } from './made-book.ts'
import { startLoad, startProcesses } from './processes.ts'
import { bookCalls, type Call, firstScreen, type Screen } from './screen-calls.ts'

const sizeDefault = { policies: 100_000, trips: 10_000_000 }
const secondsDefault = 30
/** Of each call of the first screen, 95 of 100 answers are there within this. */
export const firstScreenGoalMs = 50
const capacityMs = 4000
/** What the flood left behind is worked off, at most this long. */
const settleMsMax = 5 * 60_000
/** Where pricing has to go over the whole book first. */
const firstPassMsMax = 2 * 3_600_000
const sampleEveryMs = 1000
/** The loader's first reading is this long ago: it publishes faster than time passes. */
const loadSinceMs = 40 * 3_600_000

interface Quantiles {
  readonly name: string
  readonly count: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
}

interface DashboardFigures {
  readonly policies: number
  readonly trips: number
  readonly bookMb: number
  readonly madeSeconds: number
  /** Until both processes answered: mostly the check of the book for damage. */
  readonly startSeconds: number
  /** Until pricing had been over every policy. */
  readonly firstPassSeconds: number
  /** Readings a second, acknowledged. */
  readonly capacityPerS: number
  readonly loadPerS: number
  /** One call at a time. */
  readonly firstScreenAlone: readonly Quantiles[]
  /** The same calls as the page makes them, and the whole screen. */
  readonly firstScreenTogether: readonly Quantiles[]
  readonly book: readonly Quantiles[]
  readonly office: { readonly loopDelayP99Ms: number; readonly residentMb: number }
  readonly goalMs: number
  readonly isGoalMet: boolean
}

export async function runDashboard(args: readonly string[]): Promise<void> {
  const option = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean' }, policies: option, trips: option, seconds: option },
  })
  const policies = Math.max(8, Number(values.policies ?? sizeDefault.policies))
  const trips = Number(values.trips ?? sizeDefault.trips)
  const folder = await mkdtemp(join(tmpdir(), 'merit-bench-dashboard-'))
  try {
    const figures = await measure(folder, { policies, trips }, Number(values.seconds ?? secondsDefault))
    console.log(values.json === true ? JSON.stringify(figures) : table(figures))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(
  folder: string,
  size: { readonly policies: number; readonly trips: number },
  seconds: number,
): Promise<DashboardFigures> {
  const nowMs = Date.now()
  const making = performance.now()
  const made = await makeBook(folder, size, nowMs)
  const madeSeconds = secondsSince(making)
  const { size: bookBytes } = await stat(join(folder, 'book.db'))
  const starting = performance.now()
  const merit = await startProcesses(folder)
  const startSeconds = secondsSince(starting)
  try {
    const passing = performance.now()
    await settled(merit.url, firstPassMsMax)
    const firstPassSeconds = secondsSince(passing)
    const load = await startLoad(merit.mqttUrl, made.devices, nowMs - loadSinceMs)
    const capacityPerS = await load.capacity(Math.min(capacityMs, seconds * 1000))
    await settled(merit.url, settleMsMax)
    await stored(merit.edgeUrl, settleMsMax)
    load.pace(capacityPerS / 2)
    const [before, loadedAt] = [load.acknowledged(), performance.now()]
    const watch = watchOffice(merit.url)
    const asked = await askAll(merit.url, made, seconds)
    const loadPerS = (load.acknowledged() - before) / secondsSince(loadedAt)
    const office = await watch.end()
    await load.end()
    return {
      policies: made.policies,
      trips: made.trips,
      bookMb: Math.round(bookBytes / 1e6),
      madeSeconds: rounded(madeSeconds),
      startSeconds: rounded(startSeconds),
      firstPassSeconds: rounded(firstPassSeconds),
      capacityPerS: Math.round(capacityPerS),
      loadPerS: Math.round(loadPerS),
      ...asked,
      office,
      goalMs: firstScreenGoalMs,
      isGoalMet: [...asked.firstScreenAlone, ...asked.firstScreenTogether].every(
        ({ name, p95Ms }) => name === wholeScreen || p95Ms < firstScreenGoalMs,
      ),
    }
  } finally {
    await merit.stop()
  }
}

const wholeScreen = 'the whole screen'

interface Opened extends MadeHolder {
  readonly cookie: string
  readonly screen: Screen
}

/** A third of the time each: alone, together, the book. */
async function askAll(
  url: string,
  made: MadeBook,
  seconds: number,
): Promise<Pick<DashboardFigures, 'firstScreenAlone' | 'firstScreenTogether' | 'book'>> {
  const opened: Opened[] = []
  for (const holder of made.holders) {
    const cookie = await signIn(url, holder)
    opened.push({ ...holder, cookie, screen: firstScreen(holder.policyId, await latestTrip(url, cookie, holder.policyId)) })
  }
  const insurer = await signIn(url, made.insurer)
  const calls = bookCalls(made.policies)
  const screenOf = (round: number): Opened => {
    const found = opened[round % opened.length]
    if (found === undefined) throw new Error('The bench has no policyholder.')
    return found
  }
  // The first answers of a process compile it.
  for (const call of calls) await answer(url, insurer, call)
  for (const { cookie, screen } of opened) for (const call of screen.flat()) await answer(url, cookie, call)

  const alone = new Samples()
  await forSeconds(seconds / 3, async (round) => {
    const { cookie, screen } = screenOf(round)
    for (const call of screen.flat()) alone.add(call.name, await answer(url, cookie, call))
  })
  const together = new Samples()
  await forSeconds(seconds / 3, async (round) => {
    const { cookie, screen } = screenOf(round)
    const startedAt = performance.now()
    for (const calls of screen)
      await Promise.all(calls.map(async (call) => together.add(call.name, await answer(url, cookie, call))))
    together.add(wholeScreen, performance.now() - startedAt)
  })
  const book = new Samples()
  await forSeconds(seconds / 3, async () => {
    for (const call of calls) book.add(call.name, await answer(url, insurer, call))
  })
  return { firstScreenAlone: alone.quantiles(), firstScreenTogether: together.quantiles(), book: book.quantiles() }
}

async function forSeconds(seconds: number, act: (round: number) => Promise<void>): Promise<void> {
  const until = performance.now() + seconds * 1000
  let round = 0
  do {
    await act(round)
    round += 1
  } while (performance.now() < until)
}

class Samples {
  readonly #byName = new Map<string, number[]>()

  add(name: string, tookMs: number): void {
    const known = this.#byName.get(name)
    if (known === undefined) this.#byName.set(name, [tookMs])
    else known.push(tookMs)
  }

  quantiles(): readonly Quantiles[] {
    return [...this.#byName].map(([name, samples]) => {
      const sorted = samples.toSorted((one, other) => one - other)
      const at = (share: number): number => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
      return { name, count: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) }
    })
  }
}

/** Milliseconds until the last byte is here. */
async function answer(url: string, cookie: string, { name, path }: Call): Promise<number> {
  const startedAt = performance.now()
  const response = await fetch(`${url}${path}`, { headers: { cookie } })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${name} (${path}) was answered with ${response.status}.`)
  return performance.now() - startedAt
}

async function signIn(url: string, { email, password }: { readonly email: string; readonly password: string }): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${email} could not sign in: ${response.status}`)
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

const tripList = Compile(Type.Object({ trips: Type.Array(Type.Object({ id: Type.String() })) }))

async function latestTrip(url: string, cookie: string, policyId: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/policies/${policyId}/trips?limit=1`, { headers: { cookie } })
  const found: unknown = await response.json()
  const id = tripList.Check(found) ? found.trips[0]?.id : undefined
  if (id === undefined) throw new Error(`${policyId} has no trip.`)
  return id
}

/** Pricing has been over everything that is new. */
async function settled(url: string, forMsMax: number): Promise<void> {
  const until = Date.now() + forMsMax
  while (Date.now() < until) {
    const lagS = (await metrics(url)).get('merit_pricing_lag_seconds') ?? 0
    const health = await fetch(`${url}/healthz`).then((response) => response.text())
    if (lagS < 1 && !health.includes('"starting"')) return
    await pause(250)
  }
}

/** Edge has stored what its journal held. */
async function stored(edgeUrl: string, forMsMax: number): Promise<void> {
  const until = Date.now() + forMsMax
  while (Date.now() < until && ((await metrics(edgeUrl)).get('merit_writer_lag_seconds') ?? 0) > 1) await pause(250)
}

function watchOffice(url: string): { end(): Promise<DashboardFigures['office']> } {
  const worst = { loopDelayP99Ms: 0, residentMb: 0 }
  let isEnding = false
  const watching = (async () => {
    while (!isEnding) {
      const found = await metrics(url)
      // Each scrape begins the next stretch of the delay.
      worst.loopDelayP99Ms = Math.max(
        worst.loopDelayP99Ms,
        rounded((found.get('merit_event_loop_delay_p99_seconds') ?? 0) * 1000),
      )
      worst.residentMb = Math.max(worst.residentMb, Math.round((found.get('merit_resident_bytes') ?? 0) / 1e6))
      await pause(sampleEveryMs)
    }
  })()
  return {
    async end() {
      isEnding = true
      await watching
      return worst
    },
  }
}

/** Gauges and counters without labels, by name. */
async function metrics(url: string): Promise<ReadonlyMap<string, number>> {
  const text = await fetch(`${url}/metrics`).then((response) => response.text())
  return new Map([...text.matchAll(/^(\w+) (\S+)$/gm)].map(([, name = '', value = '']) => [name, Number(value)]))
}

function table(figures: DashboardFigures): string {
  const { policies, trips, bookMb, madeSeconds, startSeconds, firstPassSeconds, capacityPerS, loadPerS, office } = figures
  const head = [
    ['policies', policies.toLocaleString('en')],
    ['trips', trips.toLocaleString('en')],
    ['book', `${bookMb} MB, made in ${madeSeconds} s`],
    ['start', `${startSeconds} s, and ${firstPassSeconds} s until pricing had been over every policy`],
    ['load this machine takes', `${capacityPerS.toLocaleString('en')} readings/s acknowledged`],
    ['load while measuring', `${loadPerS.toLocaleString('en')} readings/s`],
    ['office', `event loop at most ${office.loopDelayP99Ms} ms late (p99 of a second), ${office.residentMb} MB`],
  ].map(([name = '', value = '']) => `${name.padEnd(30)}${value}`)
  const part = (title: string, rows: readonly Quantiles[]): readonly string[] => [
    '',
    `${title.padEnd(38)}${'p50'.padStart(9)}${'p95'.padStart(9)}${'p99'.padStart(9)}  ms`,
    ...rows.map(({ name, p50Ms, p95Ms, p99Ms }) =>
      [`  ${name}`.padEnd(38), ...[p50Ms, p95Ms, p99Ms].map((ms) => ms.toFixed(1).padStart(9))].join(''),
    ),
  ]
  return [
    ...head,
    ...part('first screen, one call at a time', figures.firstScreenAlone),
    ...part('first screen, as the page asks', figures.firstScreenTogether),
    ...part('the insurer’s book', figures.book),
    '',
    `goal: p95 of each call of the first screen below ${figures.goalMs} ms: ${figures.isGoalMet ? 'met' : 'MISSED'}`,
  ].join('\n')
}

function secondsSince(at: number): number {
  return (performance.now() - at) / 1000
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
