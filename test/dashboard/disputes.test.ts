// From the holder's word to the insurer's decision over the API: who sees what, and that the price follows both ways.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Dispute, DisputeDetail } from '../../dashboard/api/dispute-shapes.ts'
import type { DriverScore } from '../../dashboard/api/driver-score-routes.ts'
import type { PaidPremium, Premium, TripDetail, TripPage } from '../../dashboard/api/shapes.ts'
import { drive, driveAtMs, type Person, type RunningDashboard, runDashboard } from './running-dashboard.ts'

let office: RunningDashboard
let tripId = ''

beforeAll(async () => {
  office = await runDashboard()
  tripId = await tripOf('car-a')
})
afterAll(() => office.stop())

async function tripOf(device: string): Promise<string> {
  const query = office.book.selectFrom('trips').select('id').where('device_id', '=', device).orderBy('started_at_ms')
  return (await query.executeTakeFirstOrThrow()).id
}

async function read<Answer>(who: Person, path: string): Promise<Answer> {
  const answer: Answer = await (await office.ask(who, `/api/v1/${path}`)).json()
  return answer
}

async function send(who: Person, path: string, body: unknown = {}): Promise<{ status: number; dispute: Dispute }> {
  const response = await office.ask(who, `/api/v1/${path}`, { method: 'POST', body })
  const dispute: Dispute = await response.json()
  return { status: response.status, dispute }
}

async function listOf<Item>(who: Person, path: string): Promise<readonly Item[]> {
  return (await read<{ items: readonly Item[] }>(who, path)).items
}

const premium = () => read<Premium>('anna', 'policies/motor-a/premium')

test('a passenger trip is said, seen with what hangs on it, accepted, and taken back', async () => {
  const before = await premium()
  const said = await send('anna', `trips/${tripId}/disputes`, { kind: 'passenger', note: '  我坐在后排 \u{1F476} ' })
  expect(said).toMatchObject({
    status: 201,
    dispute: { status: 'open', note: '我坐在后排 \u{1F476}', match: 'same', trips: [tripId] },
  })
  const again = await send('anna', `trips/${tripId}/disputes`, { kind: 'passenger', note: 'again' })
  expect(again).toEqual(said)
  const { id } = said.dispute
  expect(await listOf<Dispute>('anna', `disputes?trip=${tripId}`)).toEqual([said.dispute])
  expect(await listOf<Dispute>('bert', 'disputes')).toEqual([])
  expect(await listOf<Dispute>('insurer', 'disputes?status=open')).toEqual([said.dispute])
  const detail = await read<DisputeDetail>('insurer', `disputes/${id}`)
  expect(detail.stakes).toEqual({
    currency: 'EUR',
    acceptedMinor: before.classPremiumMinor,
    rejectedMinor: before.premiumMinor,
  })

  const accepted = await send('insurer', `disputes/${id}/decision`, { accept: true, reason: 'The seat sensor agrees.' })
  expect(accepted).toMatchObject({ status: 200, dispute: { status: 'accepted', decidedBy: 'Ines Insurer' } })
  const [own] = await listOf<Dispute>('anna', 'disputes')
  expect(own).toMatchObject({ status: 'accepted', reason: 'The seat sensor agrees.', decidedBy: null })
  expect((await premium()).premiumMinor).toBe(before.classPremiumMinor)
  const trip = await read<TripDetail>('anna', `trips/${tripId}`)
  expect(trip.distanceM, 'the trip stays as measured').toBeGreaterThan(7000)
  expect(trip.standing).toBe('taken-out')
  const listed = async () => (await read<TripPage>('anna', 'policies/motor-a/trips')).trips.find((one) => one.id === tripId)
  expect((await listed())?.standing).toBe('taken-out')
  expect((await read<DriverScore>('anna', 'policies/motor-a/driver-score')).trips, 'nor is it in the score').toBe(0)

  expect(await send('anna', `disputes/${id}/withdraw`)).toMatchObject({ status: 200, dispute: { status: 'withdrawn' } })
  const after = await premium()
  expect(after).toEqual(before)
  expect((await listed())?.standing).toBe('counts')
  expect((await read<DriverScore>('anna', 'policies/motor-a/driver-score')).trips).toBe(1)
  const { steps } = await read<DisputeDetail>('insurer', `disputes/${id}`)
  expect(steps.map(({ status, by }) => [status, by])).toEqual([
    ['accepted', 'Ines Insurer'],
    ['withdrawn', null],
  ])
  const history = await listOf<PaidPremium>('anna', 'policies/motor-a/premiums')
  expect(history.map(({ premiumMinor }) => premiumMinor)).toEqual([
    before.premiumMinor,
    before.classPremiumMinor,
    before.premiumMinor,
    before.classPremiumMinor,
  ])
  expect((await send('insurer', `disputes/${id}/decision`, { accept: true, reason: 'late' })).status).toBe(409)
})

test('an event is named as the trip lists it, and what is rejected stays rejected', async () => {
  const { events } = await read<TripDetail>('anna', `trips/${tripId}`)
  const [brake] = events
  const event = { kind: brake?.kind, startMs: brake?.startMs }
  const { dispute } = await send('anna', `trips/${tripId}/disputes`, { kind: 'avoided-harm', event, note: 'A child.' })
  expect(dispute).toMatchObject({ event: { ...event, endMs: brake?.endMs }, status: 'open' })
  const before = await premium()
  const rejected = await send('insurer', `disputes/${dispute.id}/decision`, { accept: false, reason: 'The road was empty.' })
  expect(rejected.dispute.status).toBe('rejected')
  expect(await premium()).toEqual(before)
  expect((await send('anna', `disputes/${dispute.id}/withdraw`)).status).toBe(409)
  const said = await send('anna', `trips/${tripId}/disputes`, { kind: 'avoided-harm', event })
  expect(said.dispute).toMatchObject({ id: dispute.id, status: 'rejected', reason: 'The road was empty.' })
})

test.each([
  ['an unknown kind', { kind: 'unfair' }],
  ['an event of a whole trip', { kind: 'passenger', event: { kind: 'brake', startMs: driveAtMs + 300_000 } }],
  ['no event where one is needed', { kind: 'wrong-event' }],
  ['an event the trip does not have', { kind: 'wrong-event', event: { kind: 'brake', startMs: 1 } }],
  ['a note of 501 characters', { kind: 'passenger', note: 'x'.repeat(501) }],
  ['500 characters of several parts each', { kind: 'passenger', note: '\u{1F468}‍\u{1F469}‍\u{1F467}'.repeat(400) }],
  ['a field nobody knows', { kind: 'passenger', status: 'accepted' }],
])('%s is refused', async (_, body) => {
  expect((await send('anna', `trips/${tripId}/disputes`, body)).status).toBe(400)
})

test.each([{ accept: true }, { accept: true, reason: '  ' }, { accept: 'yes', reason: 'x' }, { reason: 'x' }])(
  'a decision says what and why: %j is refused',
  async (body) => {
    const { dispute } = await send('anna', `trips/${tripId}/disputes`, { kind: 'not-my-car' })
    expect((await send('insurer', `disputes/${dispute.id}/decision`, body)).status).toBe(400)
  },
)

test('a trip whose start late readings moved is still the one, and is told to have moved', async () => {
  const { dispute } = await send('anna', `trips/${tripId}/disputes`, { kind: 'passenger' })
  await office.telemetry.append(drive('car-a', driveAtMs - 120_000).slice(0, 120))
  await office.pricing.settle()
  const moved = await tripOf('car-a')
  expect(moved).not.toBe(tripId)
  const [found] = await listOf<Dispute>('anna', `disputes?trip=${moved}&status=open`)
  expect(found).toMatchObject({ tripId, match: 'moved', trips: [moved] })
  expect(found?.id === dispute.id || found?.kind === 'not-my-car').toBe(true)
})
