// Every address of the web app, who opens it, and what has to hold of every screen: no accessibility violation, no error in the
// console, nothing wider than the screen or cut off, a title and one heading, painted early out of little script, and standing still.

import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Locale } from '../../dashboard/messages/locale.ts'
import { pathOf, type Route } from '../../dashboard/web/routes.ts'
import type { Person, RunningDashboard } from '../dashboard/running-dashboard.ts'
import { findService, howToGet } from '../services.ts'
import { violations } from './axe-violations.ts'
import { type OfficeInBrowser, type OpenPage, openOffice, type Screen } from './office-in-browser.ts'

type Known = Exclude<Route, { readonly kind: 'unknown' }>

/** What the addresses name, in the office of the test. */
export interface Subjects {
  readonly trip: string
  readonly edition: string
  readonly dispute: string
  readonly replay: string
  readonly run: string
  readonly invitation: string
}

interface Visit {
  readonly who: Person | 'nobody'
  /** Where the address is not all there is to it. */
  readonly as?: string
  readonly route: (subjects: Subjects) => Known
}

const policyId = 'motor-a'
const one = (who: Visit['who'], route: Visit['route']): readonly Visit[] => [{ who, route }]

/** By the kind of its route: a kind that is missing does not compile, and fails the test that reads routes.ts. */
export const visitsOf: Readonly<Record<Known['kind'], readonly Visit[]>> = {
  first: [
    { who: 'nobody', as: 'sign-in', route: () => ({ kind: 'first' }) },
    { who: 'anna', as: 'policyholder, motor', route: () => ({ kind: 'first' }) },
    { who: 'bert', as: 'policyholder, home', route: () => ({ kind: 'first' }) },
    { who: 'insurer', as: 'insurer', route: () => ({ kind: 'first' }) },
    { who: 'maker', as: 'maker', route: () => ({ kind: 'first' }) },
    { who: 'tester', as: 'tester', route: () => ({ kind: 'first' }) },
  ],
  policy: one('insurer', () => ({ kind: 'policy', policyId })),
  'what-if': one('anna', () => ({ kind: 'what-if', policyId })),
  trips: one('anna', () => ({ kind: 'trips', policyId })),
  step: one('anna', () => ({ kind: 'step', policyId, stepId: 'behaviour:braking' })),
  trip: one('anna', ({ trip }) => ({ kind: 'trip', policyId, tripId: trip })),
  editions: one('insurer', () => ({ kind: 'editions' })),
  edition: one('insurer', ({ edition }) => ({ kind: 'edition', hash: edition })),
  replay: one('insurer', ({ replay }) => ({ kind: 'replay', replayId: replay })),
  audit: one('insurer', () => ({ kind: 'audit' })),
  disputes: one('insurer', () => ({ kind: 'disputes' })),
  dispute: one('insurer', ({ dispute }) => ({ kind: 'dispute', disputeId: dispute })),
  device: one('maker', () => ({ kind: 'device', deviceId: 'car-a' })),
  account: one('anna', () => ({ kind: 'account' })),
  messages: one('anna', () => ({ kind: 'messages' })),
  privacy: one('anna', () => ({ kind: 'privacy', policyId })),
  settings: one('anna', () => ({ kind: 'settings' })),
  people: one('insurer', () => ({ kind: 'people' })),
  invitation: one('nobody', ({ invitation }) => ({ kind: 'invitation', token: invitation })),
  verify: one('nobody', () => ({ kind: 'verify', code: '' })),
  contract: one('maker', () => ({ kind: 'contract' })),
  run: one('tester', ({ run }) => ({ kind: 'run', runId: run })),
}

/** The kinds that routes.ts names, as it is written. */
export function kindsOfRoutes(): readonly string[] {
  const text = readFileSync(new URL('../../dashboard/web/routes.ts', import.meta.url), 'utf8')
  const kinds = [...text.matchAll(/^ {2}\| \{ readonly kind: '([a-z-]+)'/gm)].map(([, kind = '']) => kind)
  return kinds.filter((kind) => kind !== 'unknown').toSorted()
}

/** web.dev's limits of "good". */
const paintMsMax = 2500
const shiftMax = 0.1
/** Of an insurer's page; a policyholder's first screen has its own limit in first-load.test.ts. */
const scriptKilobytesMax = 200
const settledMs = 250
const visitMs = 15_000

interface Measured {
  readonly title: string
  readonly headings: number
  readonly paintMs: number
  readonly shift: number
  readonly scrollPx: number
  /** Script as the server keeps it packed, from an empty cache. */
  readonly scriptBytes: number
  /** Texts that end where their box does. */
  readonly cut: readonly string[]
}

/** All that is wrong with a screen, a line each. */
async function wrongWith({ page, problems }: OpenPage, who: Visit['who'], widthPx: number): Promise<readonly string[]> {
  await page.waitForLoadState('load')
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('.loading, [aria-busy="true"]') === null)
  await page.waitForTimeout(settledMs)
  const { title, headings, paintMs, shift, scrollPx, scriptBytes, cut } = await measure(page)
  return [
    // A browser that nobody has signed in asks who it is, and is told.
    ...problems.filter((problem) => !(who === 'nobody' && problem.includes('401'))).map((problem) => `console: ${problem}`),
    ...(title.includes(' · ') || title === 'Merit' ? [] : [`the title is “${title}”`]),
    ...(headings === 1 ? [] : [`${headings} headings of the first level`]),
    ...(paintMs > 0 && paintMs < paintMsMax ? [] : [`the largest piece was painted after ${paintMs} ms`]),
    ...(shift < shiftMax ? [] : [`what was there moved by ${shift}`]),
    ...(scrollPx <= widthPx ? [] : [`${scrollPx} px wide`]),
    ...(scriptBytes > 0 && scriptBytes < scriptKilobytesMax * 1024 ? [] : [`${Math.round(scriptBytes / 1024)} KB of script`]),
    ...cut.map((text) => `cut off: ${text}`),
    ...(await violations(page)),
  ]
}

function measure(page: Page): Promise<Measured> {
  return page.evaluate(async () => {
    const entries = (type: string): Promise<readonly PerformanceEntry[]> =>
      new Promise((resolve) => {
        const observer = new PerformanceObserver((list) => {
          observer.disconnect()
          resolve(list.getEntries())
        })
        observer.observe({ type, buffered: true })
        // Nothing is told where there was nothing.
        setTimeout(() => resolve([]), 200)
      })
    const paints = await entries('largest-contentful-paint')
    const shifts = await entries('layout-shift')
    const shiftOf = (entry: PerformanceEntry): number =>
      'value' in entry && typeof entry.value === 'number' && !('hadRecentInput' in entry && entry.hadRecentInput === true)
        ? entry.value
        : 0
    const hides = new Set(['hidden', 'clip'])
    const cut = [...document.querySelectorAll('main *')].flatMap((element) => {
      const style = getComputedStyle(element)
      const isMeant =
        style.textOverflow === 'ellipsis' || element.closest('[aria-hidden="true"], [class*="for-screen-readers"]') !== null
      const isTooWide = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1
      return hides.has(style.overflowX) && isTooWide && !isMeant && element instanceof HTMLElement
        ? [`${element.className || element.tagName} “${element.innerText.slice(0, 40)}”`]
        : []
    })
    return {
      title: document.title,
      headings: document.querySelectorAll('h1').length,
      paintMs: Math.round(paints.at(-1)?.startTime ?? 0),
      shift: shifts.reduce((sum, entry) => sum + shiftOf(entry), 0),
      scrollPx: document.documentElement.scrollWidth,
      scriptBytes: performance
        .getEntriesByType('resource')
        .reduce(
          (sum, entry) =>
            sum + (entry instanceof PerformanceResourceTiming && entry.name.endsWith('.js') ? entry.encodedBodySize : 0),
          0,
        ),
      cut,
    }
  })
}

/** What no office of the tests has of itself. */
async function makeSubjects({ book, ask }: RunningDashboard): Promise<Subjects> {
  const trip = await book.selectFrom('trips').selectAll().executeTakeFirstOrThrow()
  const edition = await book
    .selectFrom('editions')
    .select(['id', 'hash'])
    .where('plan_id', '=', 'motor')
    .executeTakeFirstOrThrow()
  const made = async (who: Person, path: string, body: unknown): Promise<Record<string, unknown>> => {
    const response = await ask(who, `/api/v1/${path}`, { method: 'POST', body })
    const answer: Record<string, unknown> = await response.json()
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`)
    return answer
  }
  const dispute = await made('anna', `trips/${trip.id}/disputes`, { kind: 'passenger', note: 'In the back seat.' })
  const replay = await made('insurer', 'replays', { edition: edition.hash })
  const { insurer_id: insurerId } = await book.selectFrom('policies').select('insurer_id').executeTakeFirstOrThrow()
  const options = { vehicles: 2, homes: 1, seed: '7', speed: 1, historyDays: 2, mishaps: true }
  await book
    .insertInto('runs')
    .values({
      id: 'run-of-the-test',
      insurer_id: insurerId,
      started_by: 'nobody',
      status: 'stopped',
      reason: null,
      options: JSON.stringify(options),
      progress: null,
      truth: null,
      created_at_ms: Date.now() - 60_000,
      ended_at_ms: Date.now(),
      remove_at_ms: null,
    })
    .execute()
  const invitation = await made('insurer', 'invitations', { email: 'new@merit.example', role: 'maker' })
  return {
    trip: trip.id,
    edition: edition.id,
    dispute: String(dispute['id']),
    replay: String(replay['id']),
    run: 'run-of-the-test',
    invitation:
      String(invitation['link'] ?? invitation['url'] ?? invitation['token'])
        .split('/')
        .at(-1) ?? '',
  }
}

/** The tests of one language, on these screens. */
export function testEveryScreen(locale: Locale, screensOf: (visit: number) => readonly Screen[]): void {
  const executablePath = findService('chromium')
  const title = executablePath === undefined ? `every screen (skipped: ${howToGet('chromium')})` : 'every screen'
  describe.skipIf(executablePath === undefined)(title, () => {
    let merit: OfficeInBrowser
    let subjects: Subjects
    beforeAll(async () => {
      merit = await openOffice(executablePath ?? '')
      subjects = await makeSubjects(merit.office)
    }, 60_000)
    afterAll(() => merit?.close())

    test('every kind of address is visited', () => {
      expect(Object.keys(visitsOf).toSorted()).toEqual(kindsOfRoutes())
      expect(kindsOfRoutes().length).toBeGreaterThan(15)
    })

    const all = Object.entries(visitsOf).flatMap(([kind, found]) => found.map((visit) => ({ ...visit, kind })))
    const visits = all.flatMap((visit, index) =>
      screensOf(index).map((screen) => ({
        ...visit,
        screen,
        name: `${visit.kind}${visit.as === undefined ? '' : ` as ${visit.as}`}, ${screen.widthPx} px, ${screen.colorScheme}`,
      })),
    )
    test.each(visits)(
      '$name',
      // A machine that is busy with other tests may paint late once.
      { timeout: visitMs, retry: 1 },
      async ({ who, route, screen }) => {
        const opened = await merit.openAs(who, locale, pathOf(route(subjects)), screen)
        const { page } = opened
        try {
          expect(await wrongWith(opened, who, screen.widthPx)).toEqual([])
          expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale)
        } finally {
          await page.context().close()
        }
      },
    )
  })
}
