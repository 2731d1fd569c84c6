// Every fault by itself: what it does to what a device sends, and that what it expects of every payload is what the contract's own
// parser makes of it.

import { expect, test } from 'vitest'
import type { Reading } from '../../devices/contract/reading.ts'
import { parseTelemetry } from '../../devices/contract/telemetry.ts'
import { type FaultName, faultNamed, faultNames } from '../../devices/faults/fault-list.ts'
import type { ActiveFault } from '../../devices/faults/fault-switch.ts'
import { createLedger } from '../../devices/faults/ledger.ts'
import { planSteps } from '../../devices/faults/plan-steps.ts'
import type { PublishStep, Step } from '../../devices/faults/step.ts'
import { planScenario } from '../../devices/scenario/plan-scenario.ts'
import { readingsOfDevice } from '../../devices/scenario/planned-readings.ts'
import type { Scenario } from '../../devices/scenario/scenario-schema.ts'

const nowMs = Date.parse('2026-06-01T00:00:00Z')
const scenario: Scenario = {
  schema: 'scenario/1',
  name: 'small',
  title: { en: 'Small', 'zh-CN': '小' },
  story: { en: 'A car and a home.', 'zh-CN': '一车一房。' },
  seed: 'faults',
  startDay: '2025-03-03',
  days: 3,
  vehicles: [{ count: 1, driver: 'hurried' }],
  homes: [{ count: 1, household: 'average' }],
}
const plan = planScenario(scenario)

function deviceOf(fault: FaultName) {
  const kind = faultNamed(fault).kinds[0]
  const device = plan.devices.find((candidate) => candidate.kind === kind)
  if (device === undefined) throw new Error('no device')
  return device
}

function stepsWith(faults: readonly ActiveFault[], device: (typeof plan.devices)[number], seed = 'seed'): readonly Step[] {
  return [
    ...planSteps(
      readingsOfDevice(plan, device, () => undefined),
      { device, faults, seed },
    ),
  ]
}

function strong(fault: FaultName): ActiveFault {
  const { unit, max, usual } = faultNamed(fault).intensity
  return { fault, intensity: unit === 's' ? usual : Math.min(max, 0.5), fromMs: 0, untilMs: Number.POSITIVE_INFINITY }
}

function isPublish(step: Step): step is PublishStep {
  return step.kind === 'publish'
}

/** What a device with these steps says, as text. */
function said(steps: readonly Step[]): readonly string[] {
  return steps.map((step) => (isPublish(step) ? step.payload(1, 0).toString('latin1') : step.kind))
}

test.each(faultNames)('%s changes what a device does, the same way for the same seed', (fault) => {
  const device = deviceOf(fault)
  const steps = said(stepsWith([strong(fault)], device))
  expect(steps).not.toEqual(said(stepsWith([], device)))
  expect(said(stepsWith([strong(fault)], device))).toEqual(steps)
  if (faultNamed(fault).intensity.unit === 'share') expect(said(stepsWith([strong(fault)], device, 'other'))).not.toEqual(steps)
})

test.each(faultNames)('%s: the parser of the contract makes of every payload what is expected of it', (fault) => {
  const device = deviceOf(fault)
  for (const step of stepsWith([strong(fault)], device).filter(isPublish)) {
    const parsed = parseTelemetry(Buffer.from(step.payload(7, nowMs)), device, nowMs)
    const [first] = step.units
    if (first?.kind === 'whole') {
      expect(parsed).toMatchObject({ readings: [], rejected: [{ index: null, code: first.refusal }] })
      continue
    }
    const units = step.units.flatMap((unit) => (unit.kind === 'reading' ? [unit] : []))
    const accepted = units.filter(({ refusal }) => refusal === undefined)
    expect(parsed.readings.map(({ takenAtMs, values }) => ({ takenAtMs, values }))).toEqual(
      accepted.map(({ takenAtMs, values }) => ({ takenAtMs, values })),
    )
    expect(parsed.rejected.map(({ index, code }) => [index, code])).toEqual(
      units.flatMap(({ refusal }, index) => (refusal === undefined ? [] : [[index, refusal]])),
    )
  }
})

test('all faults at once: still every payload becomes what is expected of it', () => {
  for (const device of plan.devices) {
    const faults = faultNames.filter((fault) => faultNamed(fault).kinds.includes(device.kind)).map((fault) => strong(fault))
    const steps = stepsWith(faults, device).filter(isPublish)
    expect(steps.length).toBeGreaterThan(5)
    for (const step of steps) {
      const parsed = parseTelemetry(Buffer.from(step.payload(7, nowMs)), device, nowMs)
      const refused = step.units.flatMap(({ refusal }) => refusal ?? [])
      expect(parsed.rejected.map(({ code }) => code)).toEqual(refused)
      expect(parsed.readings.length + parsed.rejected.length).toBe(step.units.length)
    }
  }
})

test('outside of its days a fault does nothing', () => {
  for (const fault of faultNames.filter((name) => name !== 'two-phones')) {
    const device = deviceOf(fault)
    const later = { ...strong(fault), fromMs: plan.endMs, untilMs: Number.POSITIVE_INFINITY }
    expect(said(stepsWith([later], device)), fault).toEqual(said(stepsWith([], device)))
  }
})

test.each(['backfill', 'reordering', 'will-storm', 'reconnect-storm', 'wrong-password'] as const)(
  '%s loses no reading and adds none',
  (fault) => {
    const device = deviceOf(fault)
    const times = (steps: readonly Step[]) =>
      steps.filter(isPublish).flatMap(({ units }) => units.map((unit) => (unit.kind === 'reading' ? unit.takenAtMs : 0)))
    const published = times(stepsWith([strong(fault)], device))
    expect(published.toSorted((a, b) => a - b)).toEqual(times(stepsWith([], device)))
  },
)

test('what was kept back comes after newer readings', () => {
  const device = deviceOf('backfill')
  const due = stepsWith([strong('backfill')], device)
    .filter(isPublish)
    .map(({ dueMs }) => dueMs)
  expect(due.some((dueMs, index) => dueMs < (due[index - 1] ?? 0))).toBe(true)
})

test('a replayed trip has new times and old values, and never runs into the next trip', () => {
  const device = deviceOf('replayed-trips')
  const fault = { ...strong('replayed-trips'), intensity: 1 }
  const units = stepsWith([fault], device)
    .filter(isPublish)
    .flatMap((step) => step.units)
  const times = units.map((unit) => (unit.kind === 'reading' ? unit.takenAtMs : 0))
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(new Set(times).size).toBe(times.length)
  const places = new Set(units.map((unit) => (unit.kind === 'reading' ? `${String(unit.values['Latitude'])}` : '')))
  const honest = stepsWith([], device)
    .filter(isPublish)
    .flatMap((step) => step.units)
  expect(places.size).toBeLessThan(
    new Set(honest.map((unit) => (unit.kind === 'reading' ? String(unit.values['Latitude']) : ''))).size / 2,
  )
})

test('two phones are two devices of one policy, and the second does what the first does', () => {
  const ring = planScenario({
    ...scenario,
    homes: [],
    vehicles: [{ count: 1, driver: 'calm', policy: {} }],
    faults: [{ fault: 'two-phones', intensity: 1 }],
  })
  const [one, other] = ring.devices
  expect(ring.policies).toMatchObject([{ deviceIds: [one?.id, other?.id] }])
  if (one === undefined || other === undefined) throw new Error('no twin')
  const truths: unknown[] = []
  const read = (device: typeof one): readonly Reading[] => [...readingsOfDevice(ring, device, (truth) => truths.push(truth))]
  const [first, second] = [read(one), read(other)]
  expect(second.map(({ takenAtMs, values }) => ({ takenAtMs, values }))).toEqual(
    first.map(({ takenAtMs, values }) => ({ takenAtMs, values })),
  )
  expect(truths.length).toBeGreaterThan(0)
  expect(truths.every((truth) => JSON.stringify(truth).includes(`"${one.id}"`))).toBe(true)
})

test('the ledger: the first of an instant stands, the same again is a duplicate, another one a conflict', () => {
  const ledger = createLedger()
  const say = (takenAtMs: number, Speed: number) =>
    ledger.publish('car', [{ kind: 'reading', takenAtMs, values: { Speed } }], nowMs)
  const first = say(1_700_000_000_000, 50)
  ledger.acknowledge(say(1_700_000_000_000, 50))
  ledger.acknowledge(say(1_700_000_000_000, 51))
  ledger.acknowledge(say(1_700_000_000_000, 51))
  const late = say(nowMs + 3_600_000, 50)
  ledger.acknowledge(late)
  say(1_700_000_001_000, 50)
  expect(ledger.counts()).toEqual({ published: 6, acknowledged: 4, duplicates: 1, kept: 1 })
  ledger.acknowledge(first)
  expect(ledger.counts()).toMatchObject({ acknowledged: 5, kept: 1 })
  const { refusals, acknowledgedTimes } = ledger.of('car')
  expect([...refusals]).toEqual([
    ['conflict', 1],
    ['time-in-future', 1],
  ])
  expect([...acknowledgedTimes()]).toEqual([1_700_000_000_000])
})
