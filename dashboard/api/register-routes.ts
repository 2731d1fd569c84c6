// Turns the route table into an Express application: who calls is found out, input is parsed, the handler's reply is
// written. Nothing here knows a single route.

import { randomUUID } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import { writeDown } from './audit-trail.ts'
import { eventStream } from './event-stream.ts'
import { judgeKey } from './judge-key.ts'
import { type ProblemName, problemDocument, problems } from './problem.ts'
import { judgeArrival, type Surroundings } from './request-guard.ts'
import type { Refusal, Reply, Route } from './route.ts'
import type { Services } from './services.ts'

/** Most bodies are a device registration at most, far below this; a route that takes more says how much. */
export const bodyBytesMax = 64 * 1024

export function registerRoutes(app: Express, routes: readonly Route[], services: Services, surroundings: Surroundings): void {
  app.use((request, response, next) => {
    const { host, origin } = request.headers
    const verdict = judgeArrival({ method: request.method, host, origin, fetchSite: request.get('Sec-Fetch-Site') }, surroundings)
    if (verdict === 'admitted') next()
    else sendRefusal(request, response, services, { kind: 'refused', problem: verdict, ...hint(verdict, host) })
  })
  app.use('/api', (_request, response, next) => {
    response.set('Cache-Control', 'no-store')
    next()
  })
  const jsonUpTo = (limit: number) => express.json({ limit, strict: true })
  for (const route of routes) {
    const handle = (request: Request, response: Response) => answer(route, services, request, response)
    if (route.method === 'get') app.get(route.path, handle)
    else app[route.method](route.path, requireJson(services), jsonUpTo(route.bodyBytesMax ?? bodyBytesMax), handle)
  }
  for (const [path, methods] of methodsByPath(routes)) {
    app.all(path, (request, response) => {
      response.set('Allow', methods.map((method) => method.toUpperCase()).join(', '))
      sendRefusal(request, response, services, { kind: 'refused', problem: 'wrong-method' })
    })
  }
  app.all('/api/{*rest}', (request, response) =>
    sendRefusal(request, response, services, { kind: 'refused', problem: 'not-found' }),
  )
}

/** Last in the chain: what was thrown becomes a problem document, with the stack in the log only. */
export function reportFailures(services: Services) {
  return (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const problem = problemOf(error)
    const id = randomUUID()
    services.metrics.refused(problem)
    if (problems[problem].status >= 500) services.log.error({ err: error, id, path: request.path }, 'a request failed')
    if (response.headersSent) {
      response.destroy()
      return
    }
    writeProblem(response, problem, id)
  }
}

async function answer(route: Route, services: Services, request: Request, response: Response): Promise<void> {
  const headers = headersOf(request)
  const startedAt = process.hrtime.bigint()
  response.once('finish', () => services.metrics.request(route, response.statusCode, startedAt))
  const recognised = route.access === 'public' ? undefined : await services.sessions.callerOf(headers)
  if (recognised !== undefined && recognised.cookies.length > 0) response.append('Set-Cookie', [...recognised.cookies])
  const raw = {
    params: { ...request.params },
    query: { ...request.query },
    body: request.body,
    headers,
    address: request.ip ?? '',
    session: recognised?.session,
  }
  const barred = recognised?.key === undefined ? undefined : judgeKey(services, route, recognised.key)
  const result = barred ?? (await route.answer(services, recognised?.caller, raw))
  // Before the answer: whoever was told that it is done finds it written down.
  if (recognised !== undefined) await writeDown(services, { route, params: raw.params, caller: recognised.caller, reply: result })
  write(route, result, services, request, response)
}

function write(route: Route, result: Reply<unknown>, services: Services, request: Request, response: Response): void {
  if (result.kind === 'refused') {
    sendRefusal(request, response, services, result)
    return
  }
  response.status(route.status)
  if (result.kind === 'value') {
    if (result.cookies !== undefined) response.append('Set-Cookie', [...result.cookies])
    response.json(result.value)
  } else if (result.kind === 'text') {
    response.type(result.contentType).send(result.text)
  } else if (result.kind === 'file') {
    response.type(result.contentType).set('Content-Disposition', `inline; filename="${result.fileName}"`)
    response.end(result.bytes)
  } else if (result.kind === 'stream') {
    response.type(result.contentType).set('Content-Disposition', `attachment; filename="${result.fileName}"`)
    // Whoever goes away in the middle ends the reading, and so does a failure of it: a file cut short must not look whole.
    pipeline(result.pieces, response).catch((error) => {
      services.log.debug({ err: error, path: request.path }, 'a file was not taken whole')
      response.destroy()
    })
  } else {
    result.open(eventStream(response))
  }
}

function sendRefusal(request: Request, response: Response, services: Services, refusal: Refusal): void {
  const id = randomUUID()
  services.metrics.refused(refusal.problem)
  services.log.debug({ id, problem: refusal.problem, detail: refusal.detail, path: request.path }, 'a request was refused')
  if (refusal.retryAfterMs !== undefined) response.set('Retry-After', String(Math.ceil(refusal.retryAfterMs / 1000)))
  writeProblem(response, refusal.problem, id, refusal.detail)
}

function writeProblem(response: Response, problem: ProblemName, id: string, detail?: string): void {
  response.status(problems[problem].status).type('application/problem+json')
  response.send(JSON.stringify(problemDocument(problem, id, detail)))
}

function requireJson(services: Services) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
    if (!hasBody || request.is('application/json') === 'application/json') {
      next()
      return
    }
    sendRefusal(request, response, services, { kind: 'refused', problem: 'wrong-media-type' })
  }
}

/** The stores' own codes for being away or busy. */
const unavailableCodes = new Set<unknown>(['store-unavailable', 'book-busy'])

/** Express and its body parser throw errors with a `status`. */
function problemOf(error: unknown): ProblemName {
  if (!(error instanceof Error)) return 'internal'
  if ('code' in error && unavailableCodes.has(error.code)) return 'unavailable'
  const status = 'status' in error ? error.status : undefined
  if (status === 413) return 'too-large'
  if (status === 415) return 'wrong-media-type'
  return typeof status === 'number' && status >= 400 && status < 500 ? 'bad-request' : 'internal'
}

function headersOf(request: Request): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return headers
}

function methodsByPath(routes: readonly Route[]): ReadonlyMap<string, readonly string[]> {
  return new Map(routes.map(({ path }) => [path, routes.filter((other) => other.path === path).map(({ method }) => method)]))
}

function hint(verdict: ProblemName, host: string | undefined): { readonly detail?: string } {
  if (verdict !== 'unknown-host') return {}
  return { detail: `The request asked for ${JSON.stringify(host ?? '')}; set MERIT_PUBLIC_URL when a proxy stands in front.` }
}
