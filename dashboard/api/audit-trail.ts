// What of every request is written down: each change that was made, each that four eyes refused, and that somebody who is not its
// holder read of a policy. Derived from the route alone, so that a new route is in the audit without being told so.

import type { Caller } from '../sign-in/sessions.ts'
import { recordAudit, recordViewed } from './audit.ts'
import type { Reply, Route } from './route.ts'
import type { Services } from './services.ts'

interface Done {
  readonly route: Pick<Route, 'method' | 'path'>
  readonly params: Readonly<Record<string, unknown>>
  readonly caller: Caller
  readonly reply: Reply<unknown>
}

/** A change that was made stays made when writing it down fails; the log then says what is missing. */
export async function writeDown(services: Services, done: Done): Promise<void> {
  try {
    await record(services, done)
  } catch (error) {
    services.log.error({ err: error, action: actionOf(done.route), actor: done.caller.id }, 'the audit lacks what was done')
  }
}

async function record({ book, nowMs }: Services, { route, params, caller, reply }: Done): Promise<void> {
  const id = typeof params['id'] === 'string' ? params['id'] : ''
  if (route.method === 'get') {
    const isOfPolicy = route.path.startsWith('/api/v1/policies/:id')
    if (isOfPolicy && reply.kind !== 'refused' && caller.role !== 'policyholder') await recordViewed(book, caller, id, nowMs())
    return
  }
  const isRefusal = reply.kind === 'refused'
  if (isRefusal && reply.problem !== 'four-eyes') return
  const action = actionOf(route)
  const made = reply.kind === 'value' ? idIn(reply.value) : undefined
  await recordAudit(
    book,
    {
      caller,
      action: isRefusal ? `${action}.refused` : action,
      subjectKind: subjectKindOf(route),
      subjectId: id === '' ? (made ?? '') : id,
    },
    nowMs(),
  )
}

/** `editions.approve` for `POST /api/v1/editions/:id/approve`, `devices.add` for `POST /api/v1/devices`, `book.views.put`, `….delete`. */
export function actionOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  const words = path.replace(/^\/api\/(v1\/)?/, '').split('/')
  const named = words.filter((word) => !word.startsWith(':'))
  const name = named.join('.')
  if (method !== 'post') return `${name}.${method}`
  if (words.at(-1)?.startsWith(':') === true) return `${name}.change`
  return named.length === 1 ? `${name}.add` : name
}

function subjectKindOf({ path }: Pick<Route, 'path'>): string {
  const [collection = ''] = path.replace(/^\/api\/(v1\/)?/, '').split('/')
  return collection === 'policies' ? 'policy' : collection.replace(/s$/, '')
}

function idIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value)) return undefined
  return typeof value.id === 'string' ? value.id : undefined
}
