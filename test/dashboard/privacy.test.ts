// Taking along, pausing and erasing, and what a person is told of it: on a running dashboard, down to the bytes of its files.

import { readFileSync, statSync } from 'node:fs'
import { strFromU8, unzipSync } from 'fflate'
import { sql } from 'kysely'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { erase, handOverDue } from '../../dashboard/privacy/erasure.ts'
import { csvCell } from '../../dashboard/privacy/export-zip.ts'
import { type RunningDashboard, runDashboard } from './running-dashboard.ts'

let office: RunningDashboard
beforeAll(async () => {
  office = await runDashboard()
})
afterAll(() => office.stop())

const base = '/api/v1/policies/motor-a'
const post = (path: string, body: unknown = {}) => office.ask('anna', `${base}${path}`, { method: 'POST', body })

test('a cell that a spreadsheet would compute stays text, and a number stays a number', () => {
  const written = ['=1+1', '+1', '-1', '@x', '\t=1', ' =1', '＝1', 'a"b,c', 'plain'].map(csvCell)
  expect(written).toEqual(["'=1+1", "'+1", "'-1", "'@x", "'\t=1", "' =1", "'＝1", '"a""b,c"', 'plain'])
  expect([-1.5, true, null].map(csvCell)).toEqual(['-1.5', 'true', ''])
})

test('the export holds every reading, trip and premium twice, with a page that says what is what', async () => {
  const response = await office.ask('anna', `${base}/export.zip?locale=en&ticket=ticket-0001`)
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['README.txt', 'policy.json', 'trips.csv', 'readings-car-a.csv']))
  const readings = strFromU8(files['readings-car-a.csv'] ?? new Uint8Array())
    .trim()
    .split('\r\n')
  expect(readings).toHaveLength(601)
  const json: unknown = JSON.parse(strFromU8(files['readings-car-a.json'] ?? new Uint8Array()))
  expect(json).toHaveLength(600)
  expect(JSON.parse(strFromU8(files['trips.json'] ?? new Uint8Array()))).toHaveLength(1)
  expect(strFromU8(files['README.txt'] ?? new Uint8Array())).toContain('readings-car-a')
  const progress: unknown = await (await office.ask('anna', `${base}/export-progress?ticket=ticket-0001`)).json()
  expect(progress).toEqual({ state: 'done', readings: 600, readingsDone: 600 })
})

test('a pause is written down for edge with an end that lies ahead, and is told', async () => {
  expect((await post('/collecting', { isPaused: true, untilMs: 5 })).status).toBe(400)
  expect(await (await post('/collecting', { isPaused: true })).json()).toMatchObject({ pause: { untilMs: null } })
  expect(await (await post('/collecting', { isPaused: false })).json()).toMatchObject({ pause: null })
  const { messages }: { readonly messages: readonly { readonly what: string; readonly isRead: boolean; readonly id: string }[] } =
    await (await office.ask('anna', '/api/v1/messages')).json()
  expect(messages.map(({ what }) => what)).toEqual(expect.arrayContaining(['resumed', 'paused', 'exported']))
  const unread = async (): Promise<unknown> => (await office.ask('anna', '/api/v1/messages/unread')).json()
  expect(await unread()).toEqual({ unread: messages.length })
  const marks = { ids: messages.map(({ id }) => id), isRead: true }
  await office.ask('anna', '/api/v1/messages/marks', { method: 'POST', body: marks })
  expect(await unread()).toEqual({ unread: 0 })
  await office.ask('anna', '/api/v1/messages/marks', { method: 'POST', body: { ...marks, isRead: false } })
  expect(await unread()).toEqual({ unread: messages.length })
})

test('trips that were confirmed are in the export', async () => {
  const trip = await office.book.selectFrom('trips').selectAll().executeTakeFirstOrThrow()
  await office.book
    .insertInto('trip_confirmations')
    .values({
      policy_id: 'motor-a',
      trip_id: trip.id,
      device_id: trip.device_id,
      trip_start_ms: trip.started_at_ms,
      trip_end_ms: trip.ended_at_ms,
      said_by: null,
      said_at_ms: trip.ended_at_ms,
    })
    .execute()
  const response = await office.ask('anna', `${base}/export.zip?locale=en`)
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
  expect(JSON.parse(strFromU8(files['confirmations.json'] ?? new Uint8Array()))).toMatchObject([
    { trip: trip.id, device: 'car-a' },
  ])
})

test('an erasure can be undone while there is time; then every position is out of the files and the class price is paid', async () => {
  expect(await (await post('/erasure')).json()).toMatchObject({ erasure: { status: 'waiting' }, pause: { untilMs: null } })
  expect(await (await post('/erasure/undo')).json()).toMatchObject({ erasure: null, pause: null })
  expect((await post('/erasure/undo')).status).toBe(409)
  await post('/erasure')
  const trip = await office.book.selectFrom('trips').select('id').executeTakeFirstOrThrow()
  const { rows } = await sql<{ file: string }>`PRAGMA database_list`.execute(office.book)
  const bookFile = rows[0]?.file ?? ''
  const telemetryFile = bookFile.replace('book.db', 'telemetry.db')
  const bytesOf = (file: string): string =>
    [file, `${file}-wal`]
      .filter((path) => statSync(path, { throwIfNoEntry: false }) !== undefined)
      .map((path) => readFileSync(path).toString('latin1'))
      .join('')
  const latitude = Buffer.alloc(8)
  latitude.writeDoubleBE(52.37 + 77 * 0.0001)
  expect(bytesOf(telemetryFile)).toContain(latitude.toString('latin1'))
  expect(bytesOf(bookFile)).toContain('observations')
  const nowMs = Date.now() + 8 * 86_400_000
  await handOverDue(office.book, nowMs)
  await office.book.updateTable('erasures').set({ status: 'stores' }).where('status', '=', 'journal').execute()
  const erasure = await office.book.selectFrom('erasures').selectAll().where('status', '=', 'stores').executeTakeFirstOrThrow()
  const { book, telemetry, pricing } = office
  await erase({ book, telemetry, pricing, log: pino({ level: 'silent' }), nowMs: () => nowMs }, erasure)
  expect(bytesOf(telemetryFile)).not.toContain(latitude.toString('latin1'))
  expect(bytesOf(bookFile)).not.toContain(trip.id)
  await office.pricing.settle()
  expect(await office.book.selectFrom('trips').selectAll().execute()).toEqual([])
  expect(await office.book.selectFrom('trip_confirmations').selectAll().execute()).toEqual([])
  const premium: { readonly premiumMinor: number; readonly classPremiumMinor: number } = await (
    await office.ask('anna', `${base}/premium`)
  ).json()
  expect(premium.premiumMinor).toBe(premium.classPremiumMinor)
  const done = await office.book.selectFrom('erasures').select('erased').where('status', '=', 'done').executeTakeFirstOrThrow()
  expect(JSON.parse(done.erased ?? '{}')).toEqual({ readings: 600, trips: 1, homeDays: 0 })
})

test('anybody may check a code; what is unknown is said to be, and nothing personal is in the answer', async () => {
  const { id } = await office.book
    .selectFrom('premiums')
    .select('id')
    .where('policy_id', '=', 'motor-a')
    .executeTakeFirstOrThrow()
  const written = `${id.slice(0, 4)}-${id.slice(4)}`.toUpperCase()
  const answer: Record<string, unknown> = await (await office.ask('nobody', `/api/v1/verify/${written}`)).json()
  expect(answer).toMatchObject({ kind: 'genuine', by: 'code', product: 'motor', currency: 'EUR' })
  expect(JSON.stringify(answer)).not.toMatch(/Anna|motor-a|car-a/)
  expect(await (await office.ask('nobody', '/api/v1/verify/00000000000000000000')).json()).toEqual({ kind: 'unknown' })
  const statuses = new Set<number>()
  for (let asked = 0; asked < 40; asked += 1) statuses.add((await office.ask('nobody', '/api/v1/verify/x')).status)
  expect(statuses).toContain(429)
})
