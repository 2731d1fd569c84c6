// Live events over real connections: who is told what, and what happens to those who do not listen.

import type { Server } from 'node:http'
import { connect } from 'node:net'
import express from 'express'
import { Compile } from 'typebox/compile'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventStream } from '../../dashboard/api/event-stream.ts'
import { clientsPerUserMax, createLiveHub, type Sight } from '../../dashboard/api/live-hub.ts'
import { type LiveEvent, LiveEventSchema } from '../../dashboard/api/shapes.ts'
import { drive, driveAtMs, type Person, type RunningDashboard, runDashboard } from './running-dashboard.ts'

const waitMsMax = 5000
const liveEvent = Compile(LiveEventSchema)
let office: RunningDashboard
beforeAll(async () => {
  office = await runDashboard()
})
afterAll(() => office.stop())

interface Watching {
  readonly text: () => string
  readonly events: () => readonly LiveEvent[]
  readonly stop: () => void
}

async function watch(who: Person): Promise<Watching> {
  const stopping = new AbortController()
  const headers = office.cookieOf(who)
  const response = await fetch(`${office.url}/api/v1/live`, { headers, signal: stopping.signal })
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  let text = ''
  const read = async () => {
    for await (const chunk of response.body ?? []) text += new TextDecoder().decode(chunk)
  }
  read().catch(() => undefined)
  const events = () =>
    text.split('\n\n').flatMap((frame) => {
      const [, name, data] = /^event: (.*)\ndata: (.*)$/.exec(frame) ?? []
      if (name === undefined || data === undefined) return []
      const event: unknown = JSON.parse(data)
      if (!liveEvent.Check(event) || event.kind !== name) throw new Error(`not a live event: ${frame}`)
      return [event]
    })
  return { text: () => text, events, stop: () => stopping.abort() }
}

async function until(isThere: () => boolean): Promise<void> {
  const deadline = Date.now() + waitMsMax
  while (!isThere() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(isThere()).toBe(true)
}

test('a drive is told to its policyholder and to the insurer, and to nobody else', async () => {
  const [anna, bert, insurer] = await Promise.all([watch('anna'), watch('bert'), watch('insurer')])
  await office.telemetry.append(drive('car-a', driveAtMs + 86_400_000))
  await office.pricing.settle()
  const day = Date.parse('2026-01-04T01:00:00Z')
  await office.telemetry.append([{ kind: 'home', device: 'hub-b', takenAtMs: day, values: { Temperature: 18 } }])
  await office.pricing.settle()
  await until(() => insurer.events().some((event) => event.kind === 'home-day') && bert.events().length > 0)
  await until(() => anna.events().some((event) => event.kind === 'premium'))

  expect(new Set(anna.events().map((event) => event.policyId))).toEqual(new Set(['motor-a']))
  expect(new Set(bert.events().map((event) => event.policyId))).toEqual(new Set(['home-b']))
  expect(new Set(insurer.events().map((event) => event.policyId))).toEqual(new Set(['motor-a', 'home-b']))
  const trip = anna.events().find((event) => event.kind === 'trip')
  expect(trip).toMatchObject({ trip: { deviceId: 'car-a', startedAtMs: driveAtMs + 86_400_000 } })
  expect(anna.text()).toMatch(/^retry: \d+\n\n/)
  for (const watching of [anna, bert, insurer]) watching.stop()
})

test('one person’s live views are limited', async () => {
  const views = await Promise.all(Array.from({ length: clientsPerUserMax }, () => watch('anna')))
  expect((await office.ask('anna', '/api/v1/live')).status).toBe(429)
  const bert = await watch('bert')
  for (const view of [...views, bert]) view.stop()
})

test('a view ends with its session', async () => {
  const hub = createLiveHub(
    async () => 'merit',
    (error) => expect(error).toBeUndefined(),
    10,
  )
  let ended = 0
  const sight: Sight = { kind: 'insurer', insurerId: 'merit' }
  let session: Sight | undefined = sight
  const listeners: (() => void)[] = []
  const end = () => {
    ended += 1
    for (const listener of listeners) listener()
  }
  hub.open(
    { send: () => undefined, onEnd: (listener) => listeners.push(listener), end },
    { userId: 'u', sight, recheck: async () => session },
  )
  await new Promise((resolve) => setTimeout(resolve, 40))
  expect(hub.clients()).toBe(1)
  session = undefined
  await until(() => ended === 1)
  expect(hub.clients()).toBe(0)
  hub.close()
})

test('a client that stops reading is let go before it fills the memory', async () => {
  let isOver = false
  let sent = 0
  const app = express()
  app.get('/live', (_request, response) => {
    const sink = eventStream(response)
    sink.onEnd(() => {
      isOver = true
    })
    const timer = setInterval(() => {
      if (isOver) clearInterval(timer)
      else for (let frame = 0; frame < 20; frame += 1) sink.send('big', 'x'.repeat(64 * 1024))
      sent += 20
    }, 1)
  })
  const server: Server = await new Promise((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
  })
  const address = server.address()
  const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1')
  socket.write('GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n')
  socket.pause()
  await until(() => isOver)
  expect(sent).toBeLessThan(2000)
  socket.destroy()
  await new Promise((resolve) => server.close(resolve))
})
