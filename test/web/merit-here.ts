// A real edge and a real office over one data folder, with a maker's and a tester's sign-in: for tests that need both processes' parts.

import pino from 'pino'
import { createAccount } from '../../dashboard/sign-in/accounts.ts'
import type { Dashboard } from '../../dashboard/start-dashboard.ts'
import type { Edge } from '../../main/edge.ts'
import { startOffice } from '../../main/office.ts'
import { cookieIn, jsonPost, password } from '../dashboard/running-dashboard.ts'
import { freePort } from '../free-port.ts'
import { type EdgePlace, makeEdgePlace, startEdgeHere } from '../ingest/edge-rig.ts'

export interface MeritHere {
  readonly place: EdgePlace
  readonly url: string
  cookieOf(role: 'maker' | 'tester'): string
  ask(role: 'maker' | 'tester', path: string, body?: unknown): Promise<Response>
  stop(): Promise<void>
}

/** @param webAppFolder where the web app was built to, when pages are to be opened */
export async function startMeritHere(webAppFolder?: string): Promise<MeritHere> {
  const place = await makeEdgePlace({ MERIT_HTTP_PORT: String(await freePort()), MERIT_DEMO: '0', MERIT_LOG: 'silent' })
  const edge: Edge = await startEdgeHere(place)
  await place.withBook(async (book) => {
    for (const role of ['maker', 'tester'] as const) {
      const email = `${role}@merit.example`
      await createAccount(book, { email, name: role, role, password, locale: 'en', demo: false })
    }
  })
  const log = pino({ level: 'silent' })
  const office: Dashboard = await startOffice(place.configuration, log, webAppFolder === undefined ? {} : { webAppFolder })
  const cookies = new Map<string, string>()
  for (const role of ['maker', 'tester'] as const) {
    const answer = await fetch(`${office.url}/api/auth/sign-in/email`, jsonPost({ email: `${role}@merit.example`, password }))
    cookies.set(role, cookieIn(answer))
  }
  const cookieOf = (role: 'maker' | 'tester') => cookies.get(role) ?? ''
  return {
    place,
    url: office.url,
    cookieOf,
    ask: (role, path, body) =>
      fetch(
        `${office.url}${path}`,
        body === undefined ? { headers: { cookie: cookieOf(role) } } : jsonPost(body, { cookie: cookieOf(role) }),
      ),
    async stop() {
      await office.close()
      await edge.close()
      place.remove()
    },
  }
}
