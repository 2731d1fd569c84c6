// The nodes for Node-RED, as far as no Node-RED is needed: their words, their first flows, and the parts that are pure.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseTelemetry } from '../../devices/contract/telemetry.ts'
import { planSteps } from '../../devices/faults/plan-steps.ts'
import { batchBytes } from '../../devices/palette/batch-bytes.ts'
import { dueSteps, simulatedMs } from '../../devices/palette/due-steps.ts'
import { serverEvents } from '../../devices/palette/server-events.ts'
import { behindClosedValve, driesWithinMs } from '../../devices/palette/valve.ts'
import { driverNames } from '../../devices/simulator/drive.ts'
import { householdNames } from '../../devices/simulator/household.ts'
import { equipmentNames } from '../../devices/simulator/vehicle/equipment.ts'
import { driveOn } from '../../devices/simulator/vehicle.ts'
import { root } from '../source-tree.ts'

const folder = join(root, 'devices/palette')
const languages = ['en-US', 'zh-CN'] as const
const read = (file: string) => readFileSync(join(folder, file), 'utf8')
const sets = readdirSync(join(folder, 'nodes')).map((file) => file.replace('.ts', ''))
const typesOf = (set: string) => [...read(`nodes/${set}.ts`).matchAll(/type: '(merit-[a-z-]+)'/g)].map(([, type = '']) => type)
const types = sets.flatMap(typesOf)

function leavesOf(value: unknown, path = ''): readonly string[] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, `${path}.${key}`))
    : [path]
}
function parsed(file: string): unknown {
  const value: unknown = JSON.parse(read(file))
  return value
}

test('every set of nodes is in the package, with what the editor shows of it', () => {
  const described: unknown = parsed('package.json')
  expect(described).toMatchObject({ 'node-red': { nodes: Object.fromEntries(sets.map((set) => [set, `dist/${set}.cjs`])) } })
  for (const set of sets)
    for (const type of typesOf(set)) {
      const html = read(`editor/nodes/${set}.html`)
      expect(html).toContain(`registerType('${type}'`)
      expect(html).toContain(`data-template-name="${type}"`)
      for (const language of languages)
        expect(read(`editor/nodes/locales/${language}/${set}.html`), `${language} help`).toContain(`data-help-name="${type}"`)
    }
  expect(types).toHaveLength(11)
})

test('both languages say the same things', () => {
  for (const set of sets) {
    const [english, chinese] = languages.map((language) => leavesOf(parsed(`editor/nodes/locales/${language}/${set}.json`)))
    expect(chinese, set).toEqual(english)
  }
})

test('every word that the editor asks for is there, and every driver, household and equipment can be chosen', () => {
  for (const set of sets) {
    const words = new Set(leavesOf(parsed(`editor/nodes/locales/en-US/${set}.json`)))
    for (const [, key = ''] of read(`editor/nodes/${set}.html`).matchAll(/data-i18n="(?:\[placeholder\])?([^"]+)"/g))
      expect(words, `${set}: ${key}`).toContain(`.${key}`)
  }
  const options = (set: string, field: string) =>
    [
      ...read(`editor/nodes/${set}.html`).matchAll(new RegExp(`value="([a-z-]+)" data-i18n="merit-[a-z]+\\.${field}\\.`, 'g')),
    ].map(([, value]) => value)
  expect(options('vehicle', 'driver')).toEqual([...driverNames])
  expect(options('vehicle', 'equipment')).toEqual([...equipmentNames])
  expect(options('home', 'household')).toEqual([...householdNames])
})

test('the first flows use nodes that exist, are wired to each other, and differ between the languages in words alone', () => {
  const wordFields = ['label', 'info', 'name', 'rules']
  const flows = ['en', 'zh-CN'].map((language) => {
    const nodes: unknown = parsed(`examples/first-flows.${language}.json`)
    if (!Array.isArray(nodes)) throw new TypeError('flows are a list')
    return nodes.map((node: unknown) =>
      typeof node === 'object' && node !== null ? new Map<string, unknown>(Object.entries(node)) : new Map(),
    )
  })
  const [english = [], chinese = []] = flows
  const bare = (nodes: readonly Map<string, unknown>[]) =>
    nodes.map((node) => Object.fromEntries([...node].filter(([field]) => !wordFields.includes(field))))
  expect(bare(chinese)).toEqual(bare(english))
  const ids = new Set(english.map((node) => node.get('id')))
  for (const node of english) {
    const type = String(node.get('type'))
    if (type.startsWith('merit-')) expect(types).toContain(type)
    const wires = node.get('wires')
    for (const target of Array.isArray(wires) ? wires.flat() : []) expect(ids).toContain(target)
    for (const field of ['place', 'merit', 'z']) if (node.has(field)) expect(ids).toContain(node.get(field))
  }
})

test('events come out of a stream the same wherever it is cut', async () => {
  const frames = [
    ['retry: 3000\n\n', undefined],
    [': still here\n\n', undefined],
    ['event: trip\ndata: {"a":"漏水"}\n\n', { event: 'trip', data: '{"a":"漏水"}' }],
    ['data: one\r\ndata: two\r\n\r\n', { event: 'message', data: 'one\ntwo' }],
  ] as const
  const bytes = new TextEncoder().encode(frames.map(([text]) => text).join(''))
  const expected = frames.flatMap(([, event]) => (event === undefined ? [] : [event]))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), bytes.length]
      async function* pieces() {
        for (const [index, place] of places.slice(1).entries()) yield bytes.subarray(places[index], place)
      }
      const found = []
      for await (const event of serverEvents(pieces())) found.push(event)
      expect(found).toEqual(expected)
    }),
  )
})

test('a simulation that begins in the past catches up and never runs ahead of the clock', () => {
  const pace = { fromMs: 1_000_000, startedAtMs: 2_000_000, speed: 60 }
  expect(simulatedMs(pace, 2_000_000)).toBe(1_000_000)
  expect(simulatedMs(pace, 2_010_000)).toBe(1_600_000)
  expect(simulatedMs(pace, 3_000_000)).toBe(3_000_000)
})

test('what is due is taken once, in order, and what happens to the connection with the message before it', () => {
  const vehicle = { id: 'flow-vehicle-1', kind: 'vehicle' as const }
  const startMs = Date.parse('2026-03-02T08:00:00Z')
  const readings = () => driveOn({ seed: '1', device: vehicle.id, style: 'average', startMs, firstTripAfterS: 5 })
  const options = {
    device: vehicle,
    faults: [{ fault: 'will-storm' as const, intensity: 0.5, fromMs: startMs, untilMs: Number.POSITIVE_INFINITY }],
    seed: '1',
    readingsPerBatch: 20,
  }
  const all = dueSteps(planSteps(readings(), options)[Symbol.iterator]()).take(startMs + 600_000, 1000)
  const due = dueSteps(planSteps(readings(), options)[Symbol.iterator]())
  const bit = [120_000, 240_000, 360_000, 480_000, 600_000].flatMap((ms) => due.take(startMs + ms, 1000))
  expect(bit.map(({ kind }) => kind)).toEqual(all.map(({ kind }) => kind))
  expect(all.some(({ kind }) => kind === 'cut')).toBe(true)
  expect(all.length).toBeGreaterThan(10)
})

test('behind a closed valve nothing flows, and the floor dries', () => {
  const closedAtMs = 1_800_000_000_000
  const wet = (takenAtMs: number) => ({
    kind: 'home' as const,
    device: 'h',
    takenAtMs,
    values: { WaterLeak: true, WaterFlow: 4, ValveOpen: true },
  })
  expect(behindClosedValve(wet(closedAtMs - 1), closedAtMs)).toEqual(wet(closedAtMs - 1))
  expect(behindClosedValve(wet(closedAtMs), closedAtMs).values).toEqual({ WaterLeak: true, WaterFlow: 0, ValveOpen: false })
  expect(behindClosedValve(wet(closedAtMs + driesWithinMs), closedAtMs).values).toEqual({
    WaterLeak: false,
    WaterFlow: 0,
    ValveOpen: false,
  })
})

test('readings of a flow become a batch that Merit takes, and whatever else a flow makes goes out as it is', () => {
  const t = Date.parse('2026-03-02T08:00:00Z')
  const batch = parseTelemetry(batchBytes('home', 7, t, [{ t, WaterLeak: true }]), { id: 'h', kind: 'home' }, t + 1000)
  expect(batch).toMatchObject({ seq: 7, readings: [{ device: 'h', takenAtMs: t, values: { WaterLeak: true } }], rejected: [] })
  expect(new TextDecoder().decode(batchBytes('home', 8, t, 'no batch'))).toBe('no batch')
})
