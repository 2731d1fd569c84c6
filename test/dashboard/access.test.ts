// Who may call what: one table over every route and every kind of caller, and what nobody may do.

import { Compile } from 'typebox/compile'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Route } from '../../dashboard/api/route.ts'
import { routes } from '../../dashboard/api/routes.ts'
import type { Status } from '../../dashboard/api/shapes.ts'
import { accountAccess, accountBody } from './access-of-accounts.ts'
import { bookAccess, bookBody, viewAtHand } from './access-of-book.ts'
import { keyAccess, keyBody } from './access-of-keys.ts'
import { makerAccess, makerBody } from './access-of-makers.ts'
import { type AnotherInsurer, addAnotherInsurer, marksOfFirst, marksOfOther, others, statusForOther } from './another-insurer.ts'
import { type EditionsAtHand, editionsAtHand } from './editions-at-hand.ts'
import { personAccess, personBody, personQuery } from './person-access.ts'
import { type Ask, entriesOf, type Person, people, type RunningDashboard, runDashboard } from './running-dashboard.ts'

const callers = ['nobody', 'anna', 'bert', 'insurer', 'maker', 'tester'] as const
/** Ids in the paths are Anna's. */
const expected: Readonly<Record<string, readonly number[]>> = {
  //                                            nobody anna bert insurer maker tester
  ...personAccess,
  ...accountAccess,
  ...keyAccess,
  ...makerAccess,
  ...bookAccess,
  'get /api/v1/audit': /*                    */ [401, 403, 403, 200, 403, 403],
  'get /api/v1/policies/:id/access-log': /*  */ [401, 200, 404, 403, 403, 403],
  'get /api/v1/policies': /*                 */ [401, 200, 200, 200, 403, 403],
  'get /api/v1/policies/:id': /*             */ [401, 200, 404, 200, 403, 403],
  'get /api/v1/policies/:id/premium': /*     */ [401, 200, 404, 200, 403, 403],
  'get /api/v1/policies/:id/premiums': /*    */ [401, 200, 404, 200, 403, 403],
  'get /api/v1/policies/:id/trips': /*       */ [401, 200, 404, 200, 403, 403],
  'get /api/v1/policies/:id/data-quality': /**/ [401, 200, 404, 200, 403, 403],
  'get /api/v1/policies/:id/driver-score': /**/ [401, 200, 404, 200, 403, 403],
  'get /api/v1/policies/:id/nudges': /*      */ [401, 200, 404, 200, 403, 403],
  'get /api/v1/policies/:id/goal': /*        */ [401, 200, 404, 200, 403, 403],
  'post /api/v1/policies/:id/goal': /*       */ [401, 200, 404, 403, 403, 403],
  'post /api/v1/policies/:id/messages/pause': [401, 200, 404, 403, 403, 403],
  // There is no such message.
  'post /api/v1/policies/:id/messages/:message/close': [401, 404, 404, 403, 403, 403],
  'get /api/v1/policies/:id/devices': /*     */ [401, 200, 404, 200, 403, 403],
  'get /api/v1/policies/:id/home-days': /*   */ [401, 200, 404, 200, 403, 403],
  'get /api/v1/policies/:id/statement.pdf': /**/ [401, 200, 404, 200, 403, 403],
  'get /api/v1/policies/:id/notices': /*     */ [401, 200, 404, 200, 403, 403],
  // Nothing moved the premium by 10 %, so there is none.
  'get /api/v1/policies/:id/notice.pdf': /*  */ [401, 404, 404, 404, 403, 403],
  // Anna has no home.
  'get /api/v1/policies/:id/valve': /*       */ [401, 404, 404, 404, 403, 403],
  'get /api/v1/policies/:id/month': /*       */ [401, 200, 404, 200, 403, 403],
  'get /api/v1/policies/:id/steps/:step': /* */ [401, 200, 404, 200, 403, 403],
  'get /api/v1/map': /*                      */ [401, 200, 200, 200, 403, 403],
  'get /api/v1/trips/:id': /*                */ [401, 200, 404, 200, 403, 403],
  'get /api/v1/trips/:id/cost': /*           */ [401, 200, 404, 200, 403, 403],
  'get /api/v1/trips/:id/neighbours': /*     */ [401, 200, 404, 200, 403, 403],
  'get /api/v1/trips/:id/course': /*         */ [401, 200, 404, 200, 403, 403],
  'get /api/v1/trips/:id/roads': /*          */ [401, 200, 404, 200, 403, 403],
  'post /api/v1/trips/:id/role': /*          */ [401, 200, 404, 403, 403, 403],
  'post /api/v1/trips/:id/disputes': /*      */ [401, 201, 404, 403, 403, 403],
  'get /api/v1/disputes': /*                 */ [401, 200, 200, 200, 403, 403],
  'get /api/v1/disputes/:id': /*             */ [401, 403, 403, 200, 403, 403],
  'post /api/v1/disputes/:id/withdraw': /*   */ [401, 200, 404, 403, 403, 403],
  'post /api/v1/disputes/:id/decision': /*   */ [401, 403, 403, 200, 403, 403],
  'get /api/v1/devices': /*                  */ [401, 403, 403, 200, 200, 200],
  'post /api/v1/devices': /*                 */ [401, 403, 403, 201, 201, 403],
  'get /api/v1/devices/:id/quarantine': /*   */ [401, 403, 403, 200, 200, 200],
  'get /api/v1/editions': [401, 403, 403, 200, 403, 403],
  'post /api/v1/editions': [401, 403, 403, 201, 403, 403],
  'get /api/v1/editions/:id': [401, 403, 403, 200, 403, 403],
  'get /api/v1/editions/:id/check': [401, 403, 403, 200, 403, 403],
  'post /api/v1/editions/:id/document': [401, 403, 403, 200, 403, 403],
  'post /api/v1/editions/:id/try': [401, 403, 403, 200, 403, 403],
  'post /api/v1/editions/:id/rate-test-cases': [401, 403, 403, 200, 403, 403],
  'post /api/v1/editions/:id/discard': [401, 403, 403, 200, 403, 403],
  'post /api/v1/editions/:id/submit': [401, 403, 403, 200, 403, 403],
  'post /api/v1/editions/:id/approve': [401, 403, 403, 200, 403, 403],
  'post /api/v1/editions/:id/schedule': [401, 403, 403, 200, 403, 403],
  'post /api/v1/editions/:id/withdraw': [401, 403, 403, 200, 403, 403],
  'post /api/v1/editions/:id/shadow': [401, 403, 403, 200, 403, 403],
  'get /api/v1/policies/:id/term': /*        */ [401, 200, 404, 200, 403, 403],
  'get /api/v1/plans/:id/shadow': [401, 403, 403, 200, 403, 403],
  'get /api/v1/editions/:id/difference': [401, 403, 403, 200, 403, 403],
  'get /api/v1/editions/:id/filing.zip': [401, 403, 403, 200, 403, 403],
  'get /api/v1/editions/:id/tables.zip': [401, 403, 403, 200, 403, 403],
  'get /api/v1/editions/:id/tables/:table': [401, 403, 403, 200, 403, 403],
  'post /api/v1/editions/:id/tables/:table/preview': [401, 403, 403, 200, 403, 403],
  'post /api/v1/editions/:id/tables/:table/import': [401, 403, 403, 200, 403, 403],
  'post /api/v1/replays': /*                 */ [401, 403, 403, 201, 403, 403],
  'get /api/v1/replays': /*                  */ [401, 403, 403, 200, 403, 403],
  'get /api/v1/replays/:id': /*              */ [401, 403, 403, 200, 403, 403],
  'get /api/v1/replays/:id/live': /*         */ [401, 403, 403, 200, 403, 403],
  // It is done.
  'post /api/v1/replays/:id/cancel': /*      */ [401, 403, 403, 409, 403, 403],
  'post /api/v1/replays/:id/resume': /*      */ [401, 403, 403, 409, 403, 403],
  'get /api/v1/replays/:id/report': /*       */ [401, 403, 403, 200, 403, 403],
  'get /api/v1/replays/:id/policies.csv': /* */ [401, 403, 403, 200, 403, 403],
  'get /api/v1/status': /*                   */ [401, 403, 403, 200, 200, 200],
  'get /api/v1/live': /*                     */ [401, 200, 200, 200, 403, 403],
  'get /api/v1/openapi.json': /*             */ [200, 200, 200, 200, 200, 200],
  'get /healthz': /*                         */ [200, 200, 200, 200, 200, 200],
  'get /metrics': /*                         */ [200, 200, 200, 200, 200, 200],
}

let office: RunningDashboard
let other: AnotherInsurer
let tripId = ''
let editions: EditionsAtHand
/** Of the motor edition in force, run over the book as its own draft. */
let editionHash = ''
let replayId = ''
/** Anna's: one to be decided, one to be withdrawn. */
const disputeIds = { passenger: '', 'not-my-car': '' }

beforeAll(async () => {
  office = await runDashboard()
  other = await addAnotherInsurer(office)
  const trip = await office.book.selectFrom('trips').select('id').where('device_id', '=', 'car-a').executeTakeFirstOrThrow()
  tripId = trip.id
  editions = await editionsAtHand(office.book)
  await viewAtHand(office.book, 'motor-a')
  const edition = await office.book.selectFrom('editions').select('hash').where('plan_id', '=', 'motor').executeTakeFirstOrThrow()
  editionHash = edition.hash
  const replay = await office.replays.start({ draft: { hash: editionHash } })
  if (replay.kind !== 'added') throw new Error(replay.kind)
  replayId = replay.id
  await office.replays.idle()
  for (const kind of ['passenger', 'not-my-car'] as const) {
    const answer = await office.ask('anna', `/api/v1/trips/${tripId}/disputes`, { method: 'POST', body: { kind } })
    const { id }: { readonly id: string } = await answer.json()
    disputeIds[kind] = id
  }
})
afterAll(() => office.stop())

function nameOf({ method, path }: Route): string {
  return `${method} ${path}`
}

/** Anna's own, wherever the path names one. */
function addressOf(route: Route): string {
  const { path } = route
  if (path.startsWith('/api/v1/editions/')) return path.replace(':id', editions.of(route).id).replace(':table', 'factor-region')
  if (path.startsWith('/api/v1/plans/')) return path.replace(':id', 'motor')
  if (path.startsWith('/api/v1/trips/')) return path.replace(':id', tripId)
  if (path.startsWith('/api/v1/disputes/'))
    return path.replace(':id', path.endsWith('/withdraw') ? disputeIds['not-my-car'] : disputeIds.passenger)
  if (path.startsWith('/api/v1/replays/')) return path.replace(':id', replayId)
  return path.replace(':step', 'mileage').replace(':id', path.startsWith('/api/v1/devices/') ? 'car-a' : 'motor-a')
}

let registered = 0
function bodyOf(route: Route): unknown {
  if (route.path === '/api/v1/devices') {
    registered += 1
    return { id: `new-${registered}`, kind: 'vehicle' }
  }
  if (route.path === '/api/v1/replays') return { edition: editionHash }
  if (route.path.endsWith('/goal')) return { behaviour: null }
  if (route.path.startsWith('/api/v1/policies/') && route.path.endsWith('/pause')) return { isPaused: true }
  if (route.path === '/api/v1/editions') return { from: editions.active, title: 'One more' }
  if (route.path.startsWith('/api/v1/editions/')) return editions.bodyOf(route)
  if (route.path.endsWith('/disputes')) return { kind: 'passenger' }
  if (route.path.endsWith('/role')) return { role: 'passenger' }
  if (route.path.endsWith('/decision')) return { accept: false, reason: 'The holder drove.' }
  return personBody(route) ?? makerBody(route.path) ?? accountBody(route) ?? keyBody(route) ?? bookBody(route) ?? {}
}

async function call(who: Person | 'nobody', route: Route): Promise<Response> {
  // Signing in or out would end the session the next call needs, so it is done with nobody's cookie.
  const caller = route.path.startsWith('/api/auth/sign-') ? 'nobody' : who
  return office.ask(caller, addressOf(route) + personQuery(route), requestOf(route))
}

/** What the route is asked with, of Anna's or of the first insurer's. */
function requestOf(route: Route): Ask {
  return route.method === 'get' ? {} : { method: route.method.toUpperCase(), body: bodyOf(route) }
}

test('every route has its line in the table of who may call it', () => {
  expect(routes.map(nameOf).sort()).toEqual(Object.keys(expected).sort())
})

for (const route of routes) {
  test(`${nameOf(route)} answers each kind of caller as the table says, in its documented shape`, async () => {
    const shape = Compile(route.response)
    const statuses: number[] = []
    for (const who of callers) {
      const response = await call(who, route)
      statuses.push(response.status)
      const type = response.headers.get('content-type') ?? ''
      expect(type.split(';')[0]).toBe(response.ok ? route.contentType : 'application/problem+json')
      if (type.startsWith('text/event-stream')) {
        await response.body?.cancel()
        continue
      }
      const text = await response.text()
      expect(marksIn(text, marksOfOther)).toEqual([])
      if (type.startsWith('application/json')) expect(shape.Errors(JSON.parse(text))).toEqual([])
    }
    expect(statuses).toEqual(expected[nameOf(route)])
  })
}

function marksIn(text: string, marks: readonly string[]): readonly string[] {
  return marks.filter((mark) => text.includes(mark))
}

const otherPeople = entriesOf(others)
/** What names something of the first insurer in its body is not there for the second, either. */
const namesInBody = new Set(['post /api/v1/editions', 'post /api/v1/replays'])

/** They ask for no caller; and codes, which are the caller's own, are limited by address, of which this machine has one. */
const hasNothingOfFirst = (path: string) => path.startsWith('/api/auth/') || path === '/api/v1/account/totp/confirm'

for (const route of routes.filter(({ path }) => !hasNothingOfFirst(path))) {
  test(`${nameOf(route)} gives people of another insurer nothing that is the first one’s`, async () => {
    const own = expected[nameOf(route)] ?? []
    const answers: Record<string, number> = {}
    const wanted: Record<string, number> = {}
    for (const [who, { like }] of otherPeople) {
      const response = await other.ask(who, addressOf(route) + personQuery(route), requestOf(route))
      answers[who] = response.status
      const status = statusForOther(route, own[callers.indexOf(like)] ?? 0)
      wanted[who] = namesInBody.has(nameOf(route)) && status < 300 ? 404 : status
      if (response.headers.get('content-type')?.startsWith('text/event-stream') === true) await response.body?.cancel()
      else expect(marksIn(await response.text(), marksOfFirst)).toEqual([])
    }
    expect(answers).toEqual(wanted)
  })
}

test('another’s policy and a policy that is not there answer alike', async () => {
  const answer = async (path: string, ask: Ask = {}) => {
    const { id, ...rest }: Record<string, unknown> = await (await office.ask('bert', path, ask)).json()
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    return rest
  }
  for (const rest of [
    '',
    '/premium',
    '/premiums',
    '/trips',
    '/data-quality',
    '/month',
    '/valve',
    '/steps/mileage',
    '/driver-score',
    '/nudges',
    '/goal',
    '/devices',
    '/home-days',
    '/term',
    '/statement.pdf',
    '/notices',
    '/notice.pdf',
  ])
    expect(await answer(`/api/v1/policies/motor-a${rest}`)).toEqual(await answer(`/api/v1/policies/motor-z${rest}`))
  for (const rest of ['', '/cost', '/neighbours', '/course', '/roads'])
    expect(await answer(`/api/v1/trips/${tripId}${rest}`)).toEqual(await answer(`/api/v1/trips/none${rest}`))
  for (const [foreign, none] of [
    [`trips/${tripId}/disputes`, 'trips/none/disputes'],
    [`disputes/${disputeIds.passenger}/withdraw`, 'disputes/none/withdraw'],
  ] as const) {
    const body = foreign.startsWith('trips') ? { kind: 'passenger' } : {}
    expect(await answer(`/api/v1/${foreign}`, { method: 'POST', body })).toEqual(
      await answer(`/api/v1/${none}`, { method: 'POST', body }),
    )
  }
})

test('lists hold one’s own and nothing else', async () => {
  const idsFor = async (who: Person) => {
    const { items }: { items: readonly { id: string }[] } = await (await office.ask(who, '/api/v1/policies')).json()
    return items.map((policy) => policy.id)
  }
  expect(await idsFor('anna')).toEqual(['motor-a'])
  expect(await idsFor('bert')).toEqual(['home-b'])
  expect(await idsFor('insurer')).toEqual(['home-b', 'motor-a'])
})

test('what is counted is one’s own insurer’s', async () => {
  const counts = async (answer: Promise<Response>): Promise<Status> => (await answer).json()
  const own = await counts(other.ask('otherTester', '/api/v1/status'))
  expect(own).toMatchObject({ policies: 1, quarantined: 1, trips: 1, devicesOnline: 0 })
  expect(own.premiums).toBeGreaterThan(0)
  expect(await counts(office.ask('tester', '/api/v1/status'))).toMatchObject({ policies: 2, quarantined: 0 })
})

test('a request from another site changes nothing, whatever it asks for', async () => {
  const changing = routes.filter(({ method }) => method !== 'get')
  expect(new Set(changing.map(({ method }) => method))).toEqual(new Set(['post', 'put', 'delete']))
  const asked = [
    ...changing.map((route) => ({ method: route.method.toUpperCase(), path: addressOf(route) })),
    { method: 'POST', path: '/api/v1/policies' },
    { method: 'PATCH', path: '/nowhere' },
  ]
  const foreign: readonly Readonly<Record<string, string>>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: office.url },
  ]
  for (const { method, path } of asked) {
    for (const headers of foreign) {
      const response = await office.ask('insurer', path, { method, body: { id: 'x', kind: 'home' }, headers })
      expect(`${method} ${path} ${response.status}`).toBe(`${method} ${path} 403`)
      const problem: Record<string, unknown> = await response.json()
      expect(problem['type']).toBe('urn:merit:problem:cross-site')
    }
  }
})

/** As JSON texts: a parser that is not careful makes of the third what everything else is made of. */
const sneaked = { role: '"role":"insurer"', balance: '"balance":1000000', proto: '"__proto__":{"role":"insurer"}' }

for (const route of routes) {
  test(`${nameOf(route)} refuses fields that it does not list`, async () => {
    const role = entriesOf(people).find(([, person]) => route.access !== 'public' && route.access.includes(person.role))
    const caller = route.access === 'public' ? 'nobody' : (role?.[0] ?? 'nobody')
    const method = route.method.toUpperCase()
    const cookie = office.cookieOf(caller)
    if (route.method === 'get') {
      const address = addressOf(route) + personQuery(route)
      expect((await office.ask(caller, `${address}${address.includes('?') ? '&' : '?'}balance=1`)).status).toBe(400)
      return
    }
    const plain = JSON.stringify(bodyOf(route))
    for (const [name, field] of entriesOf(sneaked)) {
      // A field of this name that is listed is no stranger.
      if (Object.hasOwn(route.body.properties, name)) continue
      const body = plain === '{}' ? `{${field}}` : plain.replace(/\}$/, `,${field}}`)
      const headers = { 'content-type': 'application/json', ...cookie }
      const response = await fetch(office.url + addressOf(route), { method, body, headers })
      expect(`${name} ${response.status}`).toBe(`${name} 400`)
    }
  })
}

test('nothing but what the table lists is reached: no sign-up, no other address of the sign-in library', async () => {
  for (const path of ['sign-up/email', 'update-user', 'get-session', 'list-sessions', 'ok', 'error', 'request-password-reset']) {
    for (const method of ['GET', 'POST'] as const) {
      const response = await office.ask('anna', `/api/auth/${path}`, { method, ...(method === 'POST' ? { body: {} } : {}) })
      expect(`${method} ${path} ${response.status}`).toBe(`${method} ${path} 404`)
    }
  }
  for (const [who] of entriesOf(people)) expect((await office.ask(who, '/api/v1/session')).status).toBe(200)
})
