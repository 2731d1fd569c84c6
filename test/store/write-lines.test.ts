// How batches get into InfluxDB when it refuses some of their lines.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WriteAnswer } from '../../store/influx/influx-server.ts'
import { linesPerBatch, writeLines } from '../../store/influx/write-lines.ts'
import { StoreUnavailable } from '../../store/telemetry-store.ts'

/** Writes what is good and refuses the body for what is bad, or writes nothing of a body with a bad line. */
function server(bad: ReadonlySet<string>, writesPartially: boolean) {
  const written = new Set<string>()
  const bodies: number[] = []
  const send = async (body: string): Promise<WriteAnswer> => {
    const lines = body.split('\n')
    bodies.push(lines.length)
    const refused = lines.filter((line) => bad.has(line))
    if (refused.length === 0 || writesPartially) for (const line of lines) if (!bad.has(line)) written.add(line)
    return refused.length === 0
      ? { kind: 'written' }
      : { kind: 'refused', reason: `partial write: bad dropped=${refused.length}` }
  }
  return { written, bodies, send }
}

test('lines go out in batches of bounded length', async () => {
  const { bodies, send } = server(new Set(), false)
  expect(
    await writeLines(
      Array.from({ length: linesPerBatch * 2 + 1 }, (_, at) => String(at)),
      send,
    ),
  ).toEqual([])
  expect(bodies).toEqual([linesPerBatch, linesPerBatch, 1])
  expect(await writeLines([], send)).toEqual([])
})

test('one bad line among 5,000 costs a few requests and no good line', async () => {
  const lines = Array.from({ length: linesPerBatch }, (_, at) => String(at))
  const { written, bodies, send } = server(new Set(['1234']), false)
  expect(await writeLines(lines, send)).toEqual([{ index: 1234, reason: 'partial write: bad dropped=1' }])
  expect(written.size).toBe(linesPerBatch - 1)
  expect(bodies.length).toBeLessThanOrEqual(27)
})

test('every good line is written and every bad one is named, wherever they are', async () => {
  const scenario = fc.record({ length: fc.integer({ min: 1, max: 60 }), bad: fc.array(fc.nat(59)), partial: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(scenario, async ({ length, bad, partial }) => {
      const lines = Array.from({ length }, (_, at) => String(at))
      const expected = [...new Set(bad)].filter((at) => at < length).toSorted((one, other) => one - other)
      const { written, send } = server(new Set(expected.map(String)), partial)
      expect((await writeLines(lines, send)).map((line) => line.index)).toEqual(expected)
      expect(written.size).toBe(length - expected.length)
    }),
  )
})

test('when nearly everything is refused the search ends and the store counts as unavailable', async () => {
  const lines = Array.from({ length: linesPerBatch }, (_, at) => String(at))
  const { bodies, send } = server(new Set(lines), false)
  await expect(writeLines(lines, send)).rejects.toThrow(StoreUnavailable)
  expect(bodies.length).toBeLessThan(1_000)
})

test('readings older than the database keeps are no reason to search', async () => {
  let requests = 0
  const send = async (): Promise<WriteAnswer> => {
    requests += 1
    return { kind: 'refused', reason: 'partial write: points beyond retention policy dropped=2' }
  }
  expect(await writeLines(['a', 'b', 'c'], send)).toEqual([])
  expect(requests).toBe(1)
})
