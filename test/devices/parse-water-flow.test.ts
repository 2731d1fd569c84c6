// Water flows of single fixtures, merged into a home's meter.

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isWaterFlow, parseWaterFlow } from '../../devices/recording/parse-water-flow.ts'
import { readRecording } from '../../devices/recording/read-recording.ts'

const t = 1_570_831_200
const file = (text: string, name = 'tap.csv') => ({ name, text })

test('flows of all fixtures add up to one meter in litres per minute', () => {
  const recording = parseWaterFlow('home', [
    file(`Time,Flow\n${t},100.0\n${t + 1},100.0\n${t + 300},0.0\n`),
    file(`${t + 1} 50\n`, 'shower.csv'),
  ])
  expect(recording).toMatchObject({ kind: 'home', startMs: t * 1000, leftOut: { undated: 0 } })
  expect(recording.rows).toEqual([
    { tS: 0, values: { WaterFlow: 6 } },
    { tS: 1, values: { WaterFlow: 9 } },
    { tS: 2, values: { WaterFlow: 0 } },
    { tS: 300, values: { WaterFlow: 0 } },
  ])
})

test('a missing second does not interrupt a flow; a longer silence ends it', () => {
  const { rows } = parseWaterFlow('home', [file(`${t} 100\n${t + 3} 100\n${t + 9} 100\n`)])
  expect(rows.map((row) => [row.tS, row.values['WaterFlow']])).toEqual([
    [0, 6],
    [3, 6],
    [4, 0],
    [9, 6],
    [10, 0],
  ])
})

test('a whole use is spread evenly over its time, and two may overlap', () => {
  const { rows } = parseWaterFlow('home', [file(`Time Flow "End time"\n${t} 12.0 ${t + 360}\n${t + 60} 12.0 ${t + 420}\n`)])
  expect(rows.map((row) => [row.tS, row.values['WaterFlow']])).toEqual([
    [0, 2],
    [60, 4],
    [360, 2],
    [420, 0],
  ])
})

test.each([
  [`${t} 1\n${t - 1} 1\n`, 'time-backwards', 'tap.csv, line 2'],
  [`${t} 1 2 3\n`, 'truncated', 'tap.csv, line 1: 4 values'],
  [`${t} 1\n${t + 1} x\n`, 'bad-value', 'tap.csv, line 2'],
  [`${t} -1\n`, 'bad-value', 'is not a time and a flow'],
  [`${t} 1 ${t}\n`, 'bad-value', 'the use ends before it starts'],
  [`${t} 99999\n`, 'out-of-range', 'the flows must be in mL/s'],
  ['0 1\n', 'empty', 'no row with a usable time'],
])('%j is refused as %s', (text, problem, message) => {
  expect(() => parseWaterFlow('home', [file(text)])).toThrow(
    expect.objectContaining({ problem, message: expect.stringContaining(message) }),
  )
})

test('a recording that lacks its header is not taken for a water flow', () => {
  expect(isWaterFlow('0,49.03\n1,49.55\n')).toBe(false)
  expect(isWaterFlow('Time,Flow\n')).toBe(true)
  expect(isWaterFlow('1570831426 0.0\n')).toBe(true)
})

test('three recorded days of a flat in Naples come out as plausible use, without the row dated 1970', async () => {
  const { recording } = await readRecording(join(import.meta.dirname, '../data/homes/water'))
  expect(recording.leftOut.undated).toBe(1)
  let litres = 0
  recording.rows.forEach((row, index) => {
    const next = recording.rows[index + 1]
    if (next !== undefined) litres += (Number(row.values['WaterFlow']) * (next.tS - row.tS)) / 60
  })
  expect(litres / 3).toBeCloseTo(215.8, 1)
  expect(recording.rows.every((row, index) => row.tS > (recording.rows[index - 1]?.tS ?? -1))).toBe(true)
})
