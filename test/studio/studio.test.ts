// The studio over its own HTTP: who is let in, what its flows may reach, and that the first flows work as they are.

import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBook } from '../../store/book/open-book.ts'
import { openTelemetryStore } from '../../store/open-telemetry.ts'
import { type RunningStudio, startStudio, studioEmails } from './running-studio.ts'

const home = { id: 'flow-home-1', kind: 'home' } as const
/** Vehicles stand for some seconds between their trips. */
const settlesMsMax = 50_000
let studio: RunningStudio
let authorization: Record<string, string> = {}
/** What flows of the test say. */
const heard: string[] = []
let listener: Server

beforeAll(async () => {
  studio = await startStudio()
  const answer: unknown = await (await studio.token(studioEmails.tester, studio.passwords.tester)).json()
  const token = typeof answer === 'object' && answer !== null && 'access_token' in answer ? String(answer.access_token) : ''
  authorization = { Authorization: `Bearer ${token}` }
  listener = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      heard.push(body)
      response.end('ok')
    })
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
}, 120_000)

afterAll(async () => {
  listener.close()
  await studio.stop()
}, 60_000)

function ask(path: string, request: RequestInit = {}): Promise<Response> {
  return fetch(`${studio.url}${path}`, {
    ...request,
    headers: { Accept: 'application/json', ...authorization, ...request.headers },
  })
}

async function eventually<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (const deadlineMs = Date.now() + settlesMsMax; Date.now() < deadlineMs; ) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`It did not happen within ${settlesMsMax} ms: ${studio.output()}`)
}

test('nobody comes in without signing in, and only accounts of testers do', async () => {
  for (const [method, path] of [
    ['GET', '/flows'],
    ['GET', '/nodes'],
    ['GET', '/settings'],
    ['POST', '/flows'],
    ['POST', '/inject/leak-inject'],
    ['POST', '/merit/merit-home/leak-home'],
    ['GET', '/merit/faults'],
  ] as const)
    expect((await fetch(`${studio.url}${path}`, { method })).status, `${method} ${path}`).toBe(401)
  expect((await studio.token(studioEmails.tester, 'wrong')).status).toBe(403)
  expect((await studio.token(studioEmails.insurer, studio.passwords.insurer)).status).toBe(403)
  await eventually(async () => studio.output().includes('only accounts of testers') || undefined)
  expect(Object.values(authorization)[0]?.length).toBeGreaterThan(20)
})

test('every node of Merit is there, and none that reaches the disk or starts programs', async () => {
  const text = await (await ask('/nodes')).text()
  expect(text).toContain('merit-fault')
  expect(text).not.toContain('"err"')
  for (const type of ['exec', 'file in', 'watch', 'http in', 'tcp in', 'udp in', 'websocket in'])
    expect(text, type).not.toContain(`"${type}"`)
  expect(await (await ask('/merit/faults')).text()).toContain('duplicates')
  // Nothing is installed from inside.
  const install = await ask('/nodes', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"module":"left-pad"}',
  })
  expect(install.status).toBeGreaterThanOrEqual(400)
})

test('the first flow’s home publishes, leaks when it is asked to, and its valve is closed by the flow', async () => {
  const telemetry = await openTelemetryStore(`sqlite:${join(studio.merit.dataDir, 'telemetry.db')}`)
  try {
    const first = await eventually(async () => telemetry.latest(home))
    expect(first.values).toMatchObject({ WaterLeak: false, ValveOpen: true })
    expect((await ask('/inject/leak-inject', { method: 'POST' })).status).toBe(200)
    const closed = await eventually(async () => {
      const latest = await telemetry.latest(home)
      return latest?.kind === 'home' && latest.values.ValveOpen === false ? latest : undefined
    })
    let wet = 0
    for await (const { values } of telemetry.range(home, first.takenAtMs, closed.takenAtMs + 1))
      if ('WaterLeak' in values && values.WaterLeak === true) wet += 1
    expect(wet).toBeGreaterThan(0)
  } finally {
    await telemetry.close()
  }
}, 60_000)

test('the vehicle with the fault sends batches twice, and they are stored once', async () => {
  const book = await openBook(`sqlite:${join(studio.merit.dataDir, 'book.db')}`)
  try {
    const devices = await eventually(async () => {
      const rows = await book.selectFrom('devices').select('id').where('id', 'like', 'flow-vehicle-%').execute()
      return rows.length === 3 ? rows : undefined
    })
    expect(devices.map(({ id }) => id).sort()).toEqual(['flow-vehicle-1', 'flow-vehicle-2', 'flow-vehicle-3'])
  } finally {
    await book.destroy()
  }
  const received = await eventually(async () => {
    const metrics = await (await fetch(`${studio.merit.edgeUrl}/metrics`)).text()
    const duplicates = Number(/^merit_readings_repeated_total (\d+)/m.exec(metrics)?.[1] ?? 0)
    return duplicates > 0 ? duplicates : undefined
  })
  expect(received).toBeGreaterThan(0)
}, 60_000)

test('code of a flow that breaks out of its box reads neither the book nor the secrets, and starts nothing', async () => {
  const address = listener.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const files = ['book.db', 'secret', 'demo-accounts.json', 'desk-token'].map((name) => join(studio.merit.dataDir, name))
  const func = `
    const found = []
    const process = global.get.constructor('return process')()
    const attempt = (name, what) => { try { what(); found.push(name + ': done') } catch (error) { found.push(name + ': ' + error.code) } }
    for (const file of ${JSON.stringify(files)}) attempt('read', () => process.getBuiltinModule('node:fs').readFileSync(file))
    attempt('write', () => process.getBuiltinModule('node:fs').writeFileSync(${JSON.stringify(join(studio.merit.dataDir, 'x'))}, ''))
    attempt('start', () => process.getBuiltinModule('node:child_process').execFileSync('/bin/true'))
    attempt('thread', () => new (process.getBuiltinModule('node:worker_threads').Worker)('1', { eval: true }))
    found.push('secrets: ' + Object.keys(process.env).filter((name) => name.startsWith('MERIT')).length)
    msg.payload = found
    return msg`
  const flow = [
    { id: 'tab-escape', type: 'tab', label: 'Escape' },
    { id: 'escape-go', type: 'inject', z: 'tab-escape', props: [], once: true, onceDelay: 0.1, wires: [['escape-try']] },
    { id: 'escape-try', type: 'function', z: 'tab-escape', func, outputs: 1, libs: [], wires: [['escape-say']] },
    {
      id: 'escape-say',
      type: 'http request',
      z: 'tab-escape',
      method: 'POST',
      ret: 'txt',
      url: `http://127.0.0.1:${port}`,
      wires: [[]],
    },
  ]
  const deployed = await ask('/flows', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Node-RED-Deployment-Type': 'full' },
    body: JSON.stringify(flow),
  })
  expect(deployed.status).toBe(204)
  const said = await eventually(async () => heard[0])
  const found: unknown = JSON.parse(said)
  expect(found).toEqual([
    ...files.map(() => 'read: ERR_ACCESS_DENIED'),
    'write: ERR_ACCESS_DENIED',
    'start: ERR_ACCESS_DENIED',
    'thread: ERR_ACCESS_DENIED',
    'secrets: 0',
  ])
})

test('whose session ends in Merit is out of the studio too', async () => {
  expect((await ask('/flows')).status).toBe(200)
  const book = await openBook(`sqlite:${join(studio.merit.dataDir, 'book.db')}`)
  try {
    await book.deleteFrom('session').execute()
  } finally {
    await book.destroy()
  }
  await eventually(async () => (await ask('/flows')).status === 401 || undefined)
}, 60_000)

test('the key of the studio ends with it', async () => {
  await studio.stopStudio()
  const book = await openBook(`sqlite:${join(studio.merit.dataDir, 'book.db')}`)
  try {
    const keys = await book.selectFrom('api_keys').select(['name', 'used_at_ms', 'revoked_at_ms']).execute()
    expect(keys).toMatchObject([{ name: 'Studio', used_at_ms: expect.any(Number), revoked_at_ms: expect.any(Number) }])
  } finally {
    await book.destroy()
  }
})
