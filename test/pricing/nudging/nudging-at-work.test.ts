// Nudging on a real book with the real pricing: a goal is chosen, a week is driven, messages go out by the rules, to a real web hook too.

import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { VehicleReading } from '../../../devices/contract/reading.ts'
import { assignArm, weeklyBudgetExperiment } from '../../../pricing/nudging/assign-arm.ts'
import { chooseGoal, closeMessage, dropGoal, goalOf, pauseMessages } from '../../../pricing/nudging/nudge-desk.ts'
import { nudgeReport } from '../../../pricing/nudging/nudge-report.ts'
import { sendMessages, weekOfPolicy } from '../../../pricing/nudging/send-messages.ts'
import { startNudging } from '../../../pricing/nudging/start-nudging.ts'
import { deliverToHook, pauseMs, signature } from '../../../pricing/nudging/web-hook.ts'
import { addPolicy } from '../../../pricing/policies.ts'
import type { Pricing } from '../../../pricing/start-pricing.ts'
import { brakingDrive, mondayMs } from '../drives.ts'
import { type OpenStores, openStores, startStill } from '../open-stores.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const weekMs = 7 * dayMs
/** Monday of the fifth week, 10:00 UTC. */
const nowMs = mondayMs + 4 * weekMs + 2 * hourMs
const secret = 'a secret for the hook'

/** The first identifiers that the experiment puts into each arm. */
const idIn = (arm: 'hold-out' | 'nudged'): string => {
  for (let number = 1; ; number += 1) if (assignArm(weeklyBudgetExperiment, `motor-${number}`) === arm) return `motor-${number}`
}
const nudgedId = idIn('nudged')
const heldOutId = idIn('hold-out')

let stores: OpenStores
let pricing: Pricing
let clockMs = nowMs

beforeEach(async () => {
  clockMs = nowMs
  stores = await openStores()
  for (const [id, device] of [
    [nudgedId, 'car'],
    [heldOutId, 'van'],
  ] as const) {
    await stores.addDevice(device, 'vehicle')
    await addPolicy(stores.book, { id, product: 'motor', deviceIds: [device], timeZone: 'Europe/Amsterdam' }, 0)
  }
  pricing = await startStill(stores, () => clockMs)
})
afterEach(async () => {
  await pricing.close()
  await stores.close()
})

/** Half an hour, and then the ignition is switched off. */
function drive(device: string, startMs: number): readonly VehicleReading[] {
  return brakingDrive(startMs).map((reading, second) => ({
    ...reading,
    device,
    values: { ...reading.values, Ignition: second < 1800 },
  }))
}

async function drivenForFourWeeks(...devices: readonly string[]): Promise<void> {
  for (const device of devices)
    for (let week = 0; week < 4; week += 1) await stores.append(drive(device, mondayMs + week * weekMs + 8 * hourMs))
  await pricing.settle()
}

const messages = () => stores.book.selectFrom('nudge_messages').selectAll().orderBy('sent_at_ms').execute()

test('one goal at a time, only of what saves money now, and it can be given up', async () => {
  expect(await chooseGoal(stores.book, nudgedId, 'braking', clockMs)).toEqual({ kind: 'unknown-goal' })
  await drivenForFourWeeks('car')
  const chosen = await chooseGoal(stores.book, nudgedId, 'braking', clockMs)
  expect(chosen).toMatchObject({ kind: 'chosen', goal: { behaviour: 'braking', currency: 'EUR' } })
  expect(await chooseGoal(stores.book, nudgedId, 'braking', clockMs + 1)).toEqual({ ...chosen, kind: 'unchanged' })
  expect((await chooseGoal(stores.book, nudgedId, 'mileage', clockMs + 2)).kind).toBe('chosen')
  expect(await goalOf(stores.book, nudgedId)).toMatchObject({ behaviour: 'mileage' })
  await dropGoal(stores.book, nudgedId, clockMs + 3)
  expect(await goalOf(stores.book, nudgedId)).toBeUndefined()
  const ended = await stores.book.selectFrom('nudge_goals').select(['behaviour', 'ended_at_ms']).orderBy('number').execute()
  expect(ended).toEqual([
    { behaviour: 'braking', ended_at_ms: clockMs + 2 },
    { behaviour: 'mileage', ended_at_ms: clockMs + 3 },
  ])
})

test('Monday’s message says what is there; a later one what is left; the same is never said twice', async () => {
  await drivenForFourWeeks('car')
  await chooseGoal(stores.book, nudgedId, 'braking', clockMs)
  const first = await sendMessages(stores.book, clockMs)
  expect(first.sent).toMatchObject([{ kind: 'week-starts', behaviour: 'braking', policy_id: nudgedId }])
  const [{ budget_minor: budgetMinor, left_minor: leftMinor } = { budget_minor: 0, left_minor: 0 }] = first.sent
  expect(budgetMinor).toBeGreaterThan(0)
  expect(leftMinor).toBe(budgetMinor)
  expect((await sendMessages(stores.book, clockMs)).decisions).toEqual({ 'one-is-open': 1 })

  await closeMessage(stores.book, nudgedId, first.sent[0]?.id ?? '', clockMs)
  expect((await sendMessages(stores.book, clockMs)).decisions).toEqual({ 'too-soon': 1 })
  clockMs += 3 * dayMs
  expect((await sendMessages(stores.book, clockMs)).decisions, 'nothing was drawn from it').toEqual({ 'nothing-new': 1 })

  // Twice the ordinary week, with twice its brakes: nothing is left.
  for (const hours of [3, 5, 7]) await stores.append(drive('car', mondayMs + 4 * weekMs + dayMs + hours * hourMs))
  await pricing.settle()
  const second = await sendMessages(stores.book, clockMs)
  expect(second.sent).toMatchObject([{ kind: 'week-so-far', left_minor: 0 }])
  expect(
    await weekOfPolicy(stores.book, { id: nudgedId, time_zone: 'Europe/Amsterdam', plan_id: 'motor' }, clockMs),
  ).toMatchObject({ budget: { leftMinor: 0, budgetMinor } })
})

test('nobody is told while the vehicle moves, at night, when paused, or when held out', async () => {
  await drivenForFourWeeks('car', 'van')
  await chooseGoal(stores.book, nudgedId, 'braking', clockMs)
  await chooseGoal(stores.book, heldOutId, 'braking', clockMs)
  expect((await sendMessages(stores.book, clockMs + 12 * hourMs)).decisions).toEqual({ 'quiet-hours': 1, 'hold-out': 1 })

  await stores.append(drive('car', clockMs - 60_000).slice(0, 50))
  await pricing.settle()
  expect((await sendMessages(stores.book, clockMs)).decisions).toEqual({ 'vehicle-moves': 1, 'hold-out': 1 })

  await pauseMessages(stores.book, nudgedId, true, clockMs)
  expect((await sendMessages(stores.book, clockMs)).decisions).toEqual({ paused: 1, 'hold-out': 1 })
  await pauseMessages(stores.book, nudgedId, false, clockMs)
  clockMs += hourMs
  await pricing.settle()
  expect((await sendMessages(stores.book, clockMs)).sent).toHaveLength(1)
  expect((await messages()).every(({ policy_id }) => policy_id === nudgedId)).toBe(true)
})

test('quiet hours and muted kinds of the holder’s own settings hold', async () => {
  const { book } = stores
  await book
    .insertInto('user')
    .values({
      id: 'u',
      name: 'U',
      email: 'u@merit.example',
      emailVerified: 0,
      image: null,
      createdAt: '',
      updatedAt: '',
      role: 'policyholder',
      locale: 'en',
      demo: 0,
    })
    .execute()
  await book.updateTable('policyholders').set({ user_id: 'u' }).execute()
  const wish = async (muted: string, quiet_from_hour: number, quiet_to_hour: number): Promise<void> => {
    const wished = { muted, quiet_from_hour, quiet_to_hour, units: 'km', degrees: 'c', opening: 'premium' } as const
    await book
      .insertInto('person_settings')
      .values({ user_id: 'u', ...wished, changed_at_ms: clockMs })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(wished))
      .execute()
  }
  await drivenForFourWeeks('car')
  await chooseGoal(book, nudgedId, 'braking', clockMs)
  // Noon in Amsterdam.
  await wish('[]', 11, 14)
  expect((await sendMessages(book, clockMs)).decisions).toEqual({ 'quiet-hours': 1 })
  await wish('["goal"]', 0, 0)
  expect((await sendMessages(book, clockMs)).decisions).toEqual({ muted: 1 })
  await wish('["premium"]', 0, 0)
  const atNight = await sendMessages(book, clockMs + 12 * hourMs)
  expect(atNight.decisions, 'midnight is no longer quiet').toEqual({ send: 1 })
})

test('the report counts who takes part, says when that is too few, and a stopped arm sends nothing', async () => {
  await drivenForFourWeeks('car', 'van')
  for (const id of [nudgedId, heldOutId]) await chooseGoal(stores.book, id, 'braking', clockMs)
  await sendMessages(stores.book, clockMs)
  expect(await nudgeReport(stores.book, 'merit', clockMs)).toMatchObject({
    experiment: weeklyBudgetExperiment.id,
    assigned: 2,
    messages: 1,
    effect: { kind: 'too-few' },
    stoppedAtMs: null,
  })
  await stores.book.insertInto('insurers').values({ id: 'other', name: 'Other', created_at_ms: 0 }).execute()
  expect(await nudgeReport(stores.book, 'other', clockMs)).toMatchObject({ assigned: 0, messages: 0, stoppedAtMs: null })
  const stopAt = (insurer_id: string) =>
    stores.book
      .insertInto('nudge_stops')
      .values({ experiment: weeklyBudgetExperiment.id, insurer_id, stopped_at_ms: clockMs, effect: '{}' })
      .execute()
  await stopAt('other')
  clockMs += 7 * dayMs
  expect((await sendMessages(stores.book, clockMs)).decisions, 'harm done elsewhere stops nothing here').not.toHaveProperty(
    'arm-stopped',
  )
  await stopAt('merit')
  clockMs += 7 * dayMs
  expect((await sendMessages(stores.book, clockMs)).decisions).toEqual({ 'arm-stopped': 1, 'hold-out': 1 })
})

interface Posted {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

async function receiver(answers: readonly number[]): Promise<{ url: string; posted: readonly Posted[]; server: Server }> {
  const posted: Posted[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.writeHead(answers[posted.length] ?? 204).end()
      posted.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}/nudges`, posted, server }
}

test('the web hook gets each message signed, again after a failure, and once', async () => {
  await drivenForFourWeeks('car')
  await chooseGoal(stores.book, nudgedId, 'braking', clockMs)
  const { url, posted, server } = await receiver([500])
  const nudging = startNudging({
    book: stores.book,
    log: pino({ level: 'silent' }),
    nowMs: () => clockMs,
    hook: { url, secret },
    everyMs: hourMs,
  })
  try {
    await nudging.pass()
    expect(posted).toHaveLength(1)
    await nudging.pass()
    expect(posted, 'not before its pause is over').toHaveLength(1)
    clockMs += pauseMs(0)
    await nudging.pass()
    clockMs += hourMs
    await nudging.pass()
    expect(posted).toHaveLength(2)
    const [, second] = posted
    const timestampMs = Number(second?.headers['merit-timestamp'])
    expect(second?.headers['merit-signature']).toBe(signature(secret, timestampMs, second?.body ?? ''))
    expect(second?.headers['idempotency-key']).toBe(posted[0]?.headers['idempotency-key'])
    expect(JSON.parse(second?.body ?? '{}')).toMatchObject({ kind: 'week-starts', policyId: nudgedId })
    expect(await messages()).toMatchObject([{ hook: 'sent', hook_attempts: 2 }])
  } finally {
    await nudging.close()
    await new Promise((resolve) => server.close(resolve))
  }
})

test('a receiver that is away for days loses the message, not the rest', async () => {
  await drivenForFourWeeks('car')
  await chooseGoal(stores.book, nudgedId, 'braking', clockMs)
  await sendMessages(stores.book, clockMs)
  const away = { url: 'http://127.0.0.1:1/nothing', secret }
  expect(await deliverToHook(stores.book, away, clockMs + 4 * dayMs)).toBe(0)
  expect(await messages()).toMatchObject([{ hook: 'expired' }])
  expect([0, 1, 2, 20].map(pauseMs)).toEqual([30_000, 60_000, 120_000, 3_600_000])
})
