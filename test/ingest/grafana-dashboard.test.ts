// The ready-made Grafana dashboard: it asks for metrics that a running edge has, and for every one of Merit's own.

import { readFileSync } from 'node:fs'
import Type from 'typebox'
import { Parse } from 'typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EdgePlace, makeEdgePlace, startEdgeHere } from './edge-rig.ts'

const Panel = Type.Object({
  type: Type.String(),
  title: Type.String({ minLength: 1 }),
  description: Type.Optional(Type.String({ minLength: 1 })),
  gridPos: Type.Object({ x: Type.Integer(), y: Type.Integer(), w: Type.Integer(), h: Type.Integer() }),
  targets: Type.Optional(Type.Array(Type.Object({ expr: Type.String(), refId: Type.String() }))),
})
const { panels } = Parse(
  Type.Object({ title: Type.String(), panels: Type.Array(Panel) }),
  JSON.parse(readFileSync(new URL('../../ingest/grafana-dashboard.json', import.meta.url), 'utf8')),
)
const charts = panels.filter(({ type }) => type !== 'row')
const asked = new Set(
  charts.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => expr.match(/\b(?:merit|nodejs|process)_\w+/g) ?? [])),
)

let place: EdgePlace
let metrics: string
beforeAll(async () => {
  place = await makeEdgePlace()
  const edge = await startEdgeHere(place)
  metrics = await (await fetch(place.healthUrl.replace('/healthz', '/metrics'))).text()
  await edge.close()
})
afterAll(() => place.remove())

test('edge has every metric that the dashboard asks for', () => {
  const names = new Set([...metrics.matchAll(/^# TYPE (\w+)/gm)].map(([, name = '']) => name))
  const missing = [...asked].filter((name) => !names.has(name.replace(/_bucket$/, '')))
  expect(missing).toEqual([])
})

test('the dashboard shows every metric of Merit’s own', () => {
  const own = [...metrics.matchAll(/^# TYPE (merit_\w+) (\w+)/gm)].map(([, name = '', type]) =>
    type === 'histogram' ? `${name}_bucket` : name,
  )
  expect(own.length).toBeGreaterThan(10)
  expect(own.filter((name) => !asked.has(name))).toEqual([])
})

test('every chart says what it shows, and none lies on another', () => {
  for (const { title, description } of charts) expect(description, title).toBeDefined()
  const places = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
  )
  expect(new Set(places).size).toBe(places.length)
})
