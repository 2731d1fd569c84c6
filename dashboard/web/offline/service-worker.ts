// The service worker: keeps the app itself, and the policyholder's own first screen with the last statement, for when there is no network.
// It answers from what it kept only when the network does not. Built into `sw.js` by vite.config.ts, which puts the list of the app's
// files in front; so it imports nothing. What it keeps is one person's: another session, another role or signing out takes it away.

interface WorkerEvent extends Event {
  waitUntil(done: Promise<unknown>): void
}
interface AskedEvent extends WorkerEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface TellingEvent extends WorkerEvent {
  readonly data: unknown
}
interface ServiceWorkerSelf {
  readonly location: Location
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(kind: 'install' | 'activate', listener: (event: WorkerEvent) => void): void
  addEventListener(kind: 'fetch', listener: (event: AskedEvent) => void): void
  addEventListener(kind: 'message', listener: (event: TellingEvent) => void): void
}

declare const self: ServiceWorkerSelf
/** The app's files that every visit needs, and a hash of their names. */
declare const shellFiles: readonly string[]
declare const shellVersion: string

const shellPrefix = 'merit-shell-'
const shellName = `${shellPrefix}${shellVersion}`
const ownName = 'merit-own'
const keptAtHeader = 'merit-kept-at'
/** A first screen asks for about twenty answers; pages that were read beside it fit too. */
const ownAnswersMax = 80

/** What the first screen shows of one's own policies, settings and messages, and the last statement. Nothing else is ever kept. */
const ownPaths = [
  /^\/api\/v1\/(session|settings|policies|messages|messages\/unread)$/,
  /^\/api\/v1\/policies\/[^/]+$/,
  /^\/api\/v1\/policies\/[^/]+\/(premium|premiums|month|goal|nudges|notices|devices|driver-score|data-quality|home-days|trips|valve)$/,
  /^\/api\/v1\/policies\/[^/]+\/statement\.pdf$/,
]
const sessionPath = '/api/v1/session'

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(shellName)
      .then((cache) => cache.addAll([...shellFiles]))
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith(shellPrefix) && name !== shellName))
      .then((former) => Promise.all(former.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== self.location.origin) return
  if (request.method !== 'GET') {
    // Whoever signs in or out is not to find what another kept.
    if (/^\/api\/auth\/sign-(in|out)/.test(url.pathname)) event.waitUntil(inTurn(() => caches.delete(ownName)))
    return
  }
  if (isOwn(url)) event.respondWith(ownAnswer(request, (done) => event.waitUntil(done)))
  else if (url.pathname.startsWith('/api/')) return
  else if (request.mode === 'navigate') event.respondWith(page(request))
  else if (url.pathname.startsWith('/assets/') || shellFiles.includes(url.pathname)) event.respondWith(file(request))
})

/** What a page asked for before it had a service worker: asked for once more, so that its first visit is kept too. */
self.addEventListener('message', (event) => {
  const paths = Array.isArray(event.data) ? event.data.filter((path) => typeof path === 'string') : []
  event.waitUntil(keepVisit(paths))
})

async function keepVisit(paths: readonly string[]): Promise<void> {
  const urls = [sessionPath, ...paths].map((path) => new URL(path, self.location.origin))
  for (const url of urls) {
    if (url.origin !== self.location.origin) continue
    try {
      if (isOwn(url)) {
        const response = await fetch(url)
        await inTurn(() => keep(new Request(url), response))
      } else if (url.pathname.startsWith('/assets/')) await file(new Request(url))
    } catch {
      // The next visit keeps it.
    }
  }
}

function isOwn({ pathname, searchParams }: URL): boolean {
  return !searchParams.has('before') && ownPaths.some((path) => path.test(pathname))
}

async function ownAnswer(request: Request, inBackground: (done: Promise<unknown>) => void): Promise<Response> {
  try {
    const response = await fetch(request)
    const copy = response.clone()
    inBackground(inTurn(() => keep(request, copy)))
    return response
  } catch {
    const kept = await (await caches.open(ownName)).match(request.url)
    return kept ?? Response.error()
  }
}

let keeping: Promise<unknown> = Promise.resolve()

/** One after the other: whose session it is is settled before what was asked for in it is kept. */
function inTurn(work: () => Promise<unknown>): Promise<unknown> {
  keeping = keeping.then(work).catch(() => undefined)
  return keeping
}

async function keep(request: Request, response: Response): Promise<void> {
  if (response.status === 401) {
    await caches.delete(ownName)
    return
  }
  if (!response.ok) return
  if (new URL(request.url).pathname === sessionPath && !(await isSamePolicyholder(response.clone()))) return
  const own = await caches.open(ownName)
  // Without a policyholder's session nothing is kept.
  if (new URL(request.url).pathname !== sessionPath && (await own.match(sessionPath)) === undefined) return
  const headers = new Headers(response.headers)
  headers.set(keptAtHeader, String(Date.now()))
  await own.put(request.url, new Response(await response.blob(), { status: response.status, headers }))
  const keys = await own.keys()
  const oldest = keys.find((key) => new URL(key.url).pathname !== sessionPath)
  if (keys.length > ownAnswersMax && oldest !== undefined) await own.delete(oldest)
}

/** Takes away what another person's session left. @returns whether anything of this one may be kept */
async function isSamePolicyholder(response: Response): Promise<boolean> {
  const now = userIn(await response.json())
  const before = await (await caches.open(ownName)).match(sessionPath)
  const former = before === undefined ? undefined : userIn(await before.json())
  if (now?.role !== 'policyholder' || (former !== undefined && former.id !== now.id)) await caches.delete(ownName)
  return now?.role === 'policyholder'
}

function userIn(session: unknown): { readonly id: unknown; readonly role: unknown } | undefined {
  if (typeof session !== 'object' || session === null || !('user' in session)) return undefined
  const { user } = session
  if (typeof user !== 'object' || user === null || !('id' in user) || !('role' in user)) return undefined
  return { id: user.id, role: user.role }
}

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch {
    return (await caches.match('/', { cacheName: shellName })) ?? Response.error()
  }
}

/** Files under /assets/ are named by their content and never change. */
async function file(request: Request): Promise<Response> {
  const shell = await caches.open(shellName)
  const kept = await shell.match(request.url)
  if (kept !== undefined) return kept
  const response = await fetch(request)
  if (response.ok) await shell.put(request.url, response.clone())
  return response
}

export {}
