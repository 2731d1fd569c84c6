// `npm run screens`: starts a demo, waits until its recorded drives are priced, and photographs the key screens into
// docs/screens/, for the README and for critical eyes.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Edition, TablePreview } from '../dashboard/api/edition-shapes.ts'
import type { TripPage } from '../dashboard/api/shapes.ts'
import { readDemoAccounts } from '../main/demo/demo-book.ts'
import { type RunningMerit, removeFolder, startMerit, temporaryFolder } from './running-merit.ts'
import { findService, howToGet } from './services.ts'
import { root } from './source-tree.ts'

interface Screen {
  readonly file: string
  readonly role: 'policyholder' | 'insurer' | 'maker' | 'tester' | undefined
  readonly locale: 'en' | 'zh-CN'
  readonly width: number
  readonly colorScheme?: 'light' | 'dark'
  readonly path?: string
  /** Where the path depends on what the demo has made. */
  readonly find?: (page: Page, url: string) => Promise<string>
  /** The whole page, or only what a screen shows. */
  readonly whole?: boolean
}

const screens: readonly Screen[] = [
  { file: 'sign-in-en', role: undefined, locale: 'en', width: 1280 },
  { file: 'policyholder-en', role: 'policyholder', locale: 'en', width: 1280 },
  { file: 'policyholder-zh', role: 'policyholder', locale: 'zh-CN', width: 1280 },
  { file: 'policyholder-en-phone', role: 'policyholder', locale: 'en', width: 390, whole: true },
  { file: 'policyholder-zh-dark-phone', role: 'policyholder', locale: 'zh-CN', width: 390, colorScheme: 'dark', whole: true },
  { file: 'home-en', role: 'policyholder', locale: 'en', width: 1280, path: '/policies/home-2001' },
  { file: 'trip-en', role: 'policyholder', locale: 'en', width: 1280, find: hardestTrip, whole: true },
  { file: 'what-if-en', role: 'policyholder', locale: 'en', width: 1280, path: '/policies/motor-1001/what-if' },
  { file: 'insurer-en', role: 'insurer', locale: 'en', width: 1280 },
  { file: 'edition-en', role: 'insurer', locale: 'en', width: 1280, find: motorDraft },
  { file: 'dislocation-en', role: 'insurer', locale: 'en', width: 1280, find: replayOfDraft, whole: true },
  { file: 'edition-zh-phone', role: 'insurer', locale: 'zh-CN', width: 390, find: motorDraft },
  { file: 'maker-en', role: 'maker', locale: 'en', width: 1280 },
  { file: 'contract-en', role: 'maker', locale: 'en', width: 1280, path: '/contract' },
  { file: 'audit-zh', role: 'insurer', locale: 'zh-CN', width: 1280, path: '/audit' },
  { file: 'privacy-en', role: 'policyholder', locale: 'en', width: 1280, path: '/privacy' },
  { file: 'settings-zh-phone', role: 'policyholder', locale: 'zh-CN', width: 390, path: '/settings' },
  { file: 'account-en', role: 'insurer', locale: 'en', width: 1280, path: '/account' },
  { file: 'tester-zh', role: 'tester', locale: 'zh-CN', width: 1280 },
]

const heightPx = 900
/** The live drive is on its way and every history is priced. */
const settleMs = 25_000
const drawMs = 2500

const executablePath = findService('chromium')
if (executablePath === undefined) {
  console.error(`Screenshots need Chromium: ${howToGet('chromium')}`)
  process.exit(1)
}
const folder = join(root, 'docs/screens')
mkdirSync(folder, { recursive: true })
const dataDir = temporaryFolder()
const merit = await startMerit({ demo: true, dataDir })
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
try {
  await new Promise((resolve) => setTimeout(resolve, settleMs))
  for (const screen of screens) {
    await photograph(browser, merit, screen)
    console.log(`docs/screens/${screen.file}.png`)
  }
} finally {
  await browser.close()
  await merit.stop()
  removeFolder(dataDir)
}

async function photograph(from: Browser, { dashboardUrl }: RunningMerit, screen: Screen): Promise<void> {
  const { locale, width, colorScheme = 'light' } = screen
  const context = await from.newContext({ locale, colorScheme, viewport: { width, height: heightPx }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  if (screen.role !== undefined) await signIn(page, dashboardUrl, screen.role)
  const path = screen.find === undefined ? (screen.path ?? '/') : await screen.find(page, dashboardUrl)
  await page.goto(`${dashboardUrl}${path}`)
  await page.waitForTimeout(drawMs)
  await page.screenshot({ path: join(folder, `${screen.file}.png`), fullPage: screen.whole === true })
  await context.close()
}

async function hardestTrip(page: Page, url: string): Promise<string> {
  const { trips }: TripPage = await (await page.request.get(`${url}/api/v1/policies/motor-1001/trips?limit=60`)).json()
  const events = ({ counts }: TripPage['trips'][number]): number => counts.brake + counts.acceleration + counts.cornering
  const [hardest] = trips.filter(({ standing }) => standing === 'counts').toSorted((one, other) => events(other) - events(one))
  if (hardest === undefined) throw new Error('the demo has no trip yet')
  return `/policies/motor-1001/trips/${hardest.id}`
}

/** One draft with a region's factor changed, whoever asks for it. */
async function motorDraft(page: Page, url: string): Promise<string> {
  const { items: known }: { readonly items: readonly Edition[] } = await (
    await page.request.get(`${url}/api/v1/editions?plan=motor`)
  ).json()
  const found = known.find(({ status }) => status === 'draft')
  if (found !== undefined) return `/editions/${found.id}`
  const active = known.find(({ status }) => status === 'active')
  const post = async <Answer>(path: string, data: unknown): Promise<Answer> => {
    const answer: Answer = await (
      await page.request.post(`${url}/api/v1/editions${path}`, { data, headers: { origin: url } })
    ).json()
    return answer
  }
  const draft = await post<Edition>('', { from: active?.id })
  const table = `/${draft.id}/tables/factor-region`
  const csv = (await (await page.request.get(`${url}/api/v1/editions${table}`)).text()).replace(/^city,.*$/m, 'city,1.2')
  const { hash, takenHash } = await post<TablePreview>(`${table}/preview`, { csv })
  const changed = await post<Edition>(`${table}/import`, { csv, hash, takenHash })
  await post<Edition>(`/${draft.id}/rate-test-cases`, { hash: changed.hash })
  return `/editions/${draft.id}`
}

async function replayOfDraft(page: Page, url: string): Promise<string> {
  const path = await motorDraft(page, url)
  const { hash }: Edition = await (await page.request.get(`${url}/api/v1${path}`)).json()
  const started = await page.request.post(`${url}/api/v1/replays`, { data: { edition: hash }, headers: { origin: url } })
  const { id }: { readonly id: string } = await started.json()
  return `/replays/${id}`
}

async function signIn(page: Page, dashboardUrl: string, role: string): Promise<void> {
  const account = readDemoAccounts(dataDir).find((candidate) => candidate.role === role)
  if (account === undefined) throw new Error(`the demo has no ${role}`)
  const { email, password } = account
  const response = await page.request.post(`${dashboardUrl}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { origin: dashboardUrl },
  })
  if (!response.ok()) throw new Error(`${role} could not sign in: ${response.status()}`)
}
