// Recordings, their manifest and their files: what is read, and the one line that refuses what is not.

import { readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { encodeTelemetry, parseTelemetry } from '../../devices/contract/telemetry.ts'
import { parseInstant, parseManifest } from '../../devices/recording/manifest.ts'
import { parseRecording } from '../../devices/recording/parse-recording.ts'
import { readRecording } from '../../devices/recording/read-recording.ts'
import { durationMs, RecordingError, readingsOf } from '../../devices/recording/recording.ts'

const drives = join(import.meta.dirname, '../data/drives')
const folders: string[] = []

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

function problemOf(work: () => unknown): { readonly problem: string; readonly message: string } {
  try {
    work()
  } catch (error) {
    if (error instanceof RecordingError) return { problem: error.problem, message: error.message }
    throw error
  }
  throw new Error('nothing was refused')
}

test('signals come with their times; an empty cell is no new value', () => {
  const recording = parseRecording('drive.csv', 't_s,Speed,EngineSpeed,Ignition\n0,12.5,,true\n0.5,,900,\n2,13,,0\n')
  expect(recording).toEqual({
    name: 'drive.csv',
    kind: 'vehicle',
    startMs: undefined,
    timeZone: undefined,
    rows: [
      { tS: 0, values: { Speed: 12.5, Ignition: true } },
      { tS: 0.5, values: { EngineSpeed: 900 } },
      { tS: 2, values: { Speed: 13, Ignition: false } },
    ],
    leftOut: { sameTime: 0, empty: 0, undated: 0 },
  })
  expect(durationMs(recording)).toBe(2000)
})

test('the raw motion of a phone is in the list of signals like any other', () => {
  const text =
    't_s,Speed,PhoneAccelerationX,PhoneAccelerationY,PhoneAccelerationZ,PhoneRotationZ\n0,50,0.1,9.7,1.3,-2\n0.02,,0.2,9.8,1.2,\n'
  const { rows } = parseRecording('phone.csv', text)
  expect(rows[1]).toEqual({ tS: 0.02, values: { PhoneAccelerationX: 0.2, PhoneAccelerationY: 9.8, PhoneAccelerationZ: 1.2 } })
})

test('signals of a home make it a recording of a home', () => {
  const recording = parseRecording('hub.csv', 't_s,Temperature,WaterLeak\n0,19.5,false\n')
  expect(recording).toMatchObject({ kind: 'home', rows: [{ tS: 0, values: { Temperature: 19.5, WaterLeak: false } }] })
})

test('a byte order mark, Windows line ends, spaces and blank lines are no reason to refuse', () => {
  const recording = parseRecording('drive.csv', '\uFEFFt_s, Speed\r\n0, 1\r\n\r\n 1 ,2\r\n\r\n')
  expect(recording.rows.map((row) => [row.tS, row.values['Speed']])).toEqual([
    [0, 1],
    [1, 2],
  ])
})

test('rows at the same time become one: the first value of each column stands, a later row fills what was empty', () => {
  const text = 't_s,Speed,EngineSpeed\n0,10,\n0,11,800\n0.0004,12,900\n1,,\n2,13,\n2,13,\n'
  const recording = parseRecording('obd.csv', text)
  expect(recording.rows).toEqual([
    { tS: 0, values: { Speed: 10, EngineSpeed: 800 } },
    { tS: 2, values: { Speed: 13 } },
  ])
  expect(recording.leftOut).toEqual({ sameTime: 3, empty: 1, undated: 0 })
})

test.each([
  ['', 'empty', 'drive.csv: the file is empty; record or copy it again.'],
  ['t_s,Speed\n', 'empty', 'drive.csv: no line carries a value; there is nothing to replay.'],
  ['t_s,Speed\n0,\n', 'empty', 'drive.csv: no line carries a value; there is nothing to replay.'],
  ['Speed,t_s\n1,0\n', 'no-time-column', 'drive.csv, line 1: the first column must be t_s'],
  ['t_s;Speed\n0;1\n', 'no-time-column', 'found "t_s;Speed"; add it, separate with commas.'],
  ['t_s\n0\n', 'unknown-column', 'drive.csv, line 1: no column after t_s'],
  ['t_s,Tempo\n0,1\n', 'unknown-column', 'drive.csv, line 1, column "Tempo": no such signal; remove it or rename it'],
  ['t_s,engine_speed\n0,1\n', 'unknown-column', 'column "engine_speed": no such signal; write EngineSpeed.'],
  ['t_s,Speed,Speed\n0,1,1\n', 'unknown-column', 'column "Speed": the column is there twice; remove one.'],
  ['t_s,__proto__\n0,1\n', 'unknown-column', 'column "__proto__": no such signal'],
  ['t_s,Speed,Smoke\n0,1,0\n', 'mixed-kinds', 'column "Smoke": a signal of a home among those of a vehicle'],
  ['t_s,Speed,Heading\n0,1,2\n1,3', 'truncated', 'drive.csv, line 3: 2 cells where the header has 3; the line is cut off'],
  ['t_s,Speed\n0,1,2\n', 'truncated', 'drive.csv, line 2: 3 cells where the header has 2; remove what is too much.'],
  ['t_s,Speed\n0,1\n,2\n', 'bad-value', 'drive.csv, line 3, column "t_s": "" is not a number'],
  ['t_s,Speed\n0,fast\n', 'bad-value', 'drive.csv, line 2, column "Speed": "fast" is not a number; correct or empty the cell.'],
  ['t_s,Speed\n0,NaN\n', 'bad-value', '"NaN" is not a number'],
  ['t_s,Speed\n0,0x1F\n', 'bad-value', '"0x1F" is not a number'],
  ['t_s,Speed\n0,"1,5"\n', 'bad-value', '"1,5" is not a number'],
  [`t_s,Speed\n0,${'9'.repeat(99)}x\n`, 'bad-value', `"${'9'.repeat(32)}…" is not a number`],
  ['t_s,Ignition\n0,on\n', 'bad-value', 'column "Ignition": "on" is neither true nor false'],
  ['t_s,Speed\n0,401\n', 'out-of-range', 'column "Speed": 401 is outside 0 to 400 km/h; check the unit, or empty the cell.'],
  ['t_s,Speed\n-1,1\n', 'out-of-range', 'column "t_s": -1 is outside 0 to 34560000'],
  ['t_s,Speed\n1780000000,1\n', 'out-of-range', "give seconds from the recording's start."],
  ['t_s,Speed\n0,1\n5,1\n4,1\n', 'time-backwards', 'drive.csv, line 4, column "t_s": 4 comes after 5; sort the lines by time'],
  ['t_s,Speed\n0,"1\n', 'bad-form', 'drive.csv, line 2: quotation marks that do not match'],
])('%j is refused as %s in one line', (text, problem, message) => {
  const refused = problemOf(() => parseRecording('drive.csv', text))
  expect(refused.problem).toBe(problem)
  expect(refused.message).toContain(message)
  expect(refused.message).not.toContain('\n')
})

test('whatever the text, a recording comes out or one line that names the file', () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 5 }),
    fc.constantFrom('t_s', 'Speed', 'Smoke', '0', '1', '-3', '1e3', '', '"', ',', '\n'),
  )
  fc.assert(
    fc.property(fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 6 }), (lines) => {
      const text = lines.map((cells) => cells.join(',')).join('\n')
      try {
        const { rows } = parseRecording('drive.csv', text)
        expect(rows.length).toBeGreaterThan(0)
        expect(rows.every((row, index) => row.tS > (rows[index - 1]?.tS ?? -1))).toBe(true)
      } catch (error) {
        if (!(error instanceof RecordingError)) throw error
        expect(error.message).toMatch(/^drive\.csv[^\n]+$/)
      }
    }),
    { numRuns: 300 },
  )
})

test.each(readdirSync(drives).filter((file) => file.endsWith('.csv')))(
  '%s is read whole and passes the wire contract',
  (file) => {
    const path = join(drives, file)
    const text = readFileSync(path, 'utf8')
    const manifest = parseManifest('manifest.json', readFileSync(join(drives, 'manifest.json'), 'utf8'), file)
    const recording = parseRecording(file, text, manifest)
    expect(recording.rows).toHaveLength(text.trim().split('\n').length - 1)
    expect(recording.timeZone).toBe('America/Chicago')
    expect(new Date(recording.startMs ?? 0).getUTCFullYear()).toBe(2019)
    const readings = [...readingsOf(recording, 'car', recording.startMs ?? 0)].slice(0, 1000)
    const parsed = parseTelemetry(
      Buffer.from(encodeTelemetry('vehicle', 1, 0, readings)),
      { id: 'car', kind: 'vehicle' },
      Date.UTC(2026, 0, 1),
    )
    expect(parsed).toMatchObject({ rejected: [], readings })
  },
)

test.each([
  ['2019-05-23T20:54:11Z', Date.UTC(2019, 4, 23, 20, 54, 11)],
  ['2019-05-23T22:54:11.500+02:00', Date.UTC(2019, 4, 23, 20, 54, 11, 500)],
  ['2024-02-29T00:00Z', Date.UTC(2024, 1, 29)],
  ['2023-02-29T00:00:00Z', undefined],
  ['2019-05-23T25:00:00Z', undefined],
  ['2019-05-23T20:54:11', undefined],
  ['2019-05-23', undefined],
  ['yesterday', undefined],
])('%s as an instant is %s', (text, expected) => {
  expect(parseInstant(text)).toBe(expected)
})

test.each([
  ['{', 'not valid JSON'],
  ['{"recordings":[{"file":"a.csv","start":7}]}', 'must be texts'],
  ['{"recordings":[{"file":"a.csv","start":"2019-05-23"}]}', 'start of "a.csv" is "2019-05-23"; write it as'],
  ['{"recordings":[{"file":"a.csv","timeZone":"Mars/Base"}]}', 'timeZone of "a.csv" is "Mars/Base"; write an IANA name'],
])('a manifest %s is refused', (text, message) => {
  const refused = problemOf(() => parseManifest('manifest.json', text, 'a.csv'))
  expect(refused).toMatchObject({ problem: 'bad-manifest', message: expect.stringContaining(message) })
})

test("another program's manifest, or one without this file, says nothing", () => {
  const nothing = { startMs: undefined, timeZone: undefined }
  expect(parseManifest('manifest.json', '{"name":"app","icons":[]}', 'a.csv')).toEqual(nothing)
  expect(parseManifest('manifest.json', '{"recordings":[{"file":"b.csv","start":7}]}', 'a.csv')).toEqual(nothing)
})

async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'merit-recording-'))
  folders.push(folder)
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return folder
}

test('reading a file finds its start in the manifest beside it and its fingerprint in its content alone', async () => {
  const { recording, sha256 } = await readRecording(join(drives, 'nds-01.csv'))
  expect(recording).toMatchObject({ name: 'nds-01.csv', startMs: Date.UTC(2019, 4, 23, 20, 54, 11), timeZone: 'America/Chicago' })
  const folder = await folderWith({ 'other-name.csv': readFileSync(join(drives, 'nds-01.csv')) })
  const copy = await readRecording(join(folder, 'other-name.csv'))
  expect(copy.sha256).toBe(sha256)
  expect(copy.recording.startMs).toBeUndefined()
})

test.each([
  ['missing.csv', undefined, 'unreadable', 'missing.csv: there is no such file; check the path.'],
  ['junk.csv', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe]), 'not-text', 'junk.csv: not a text file in UTF-8'],
  ['nul.csv', 't_s,Speed\n0,1\0\n', 'not-text', 'nul.csv: not a text file but binary data'],
  ['blank.csv', ' \n', 'empty', 'blank.csv: the file is empty'],
  ['huge.csv', new Uint8Array(64 * 1024 * 1024 + 1), 'too-large', 'huge.csv: larger than 64 MB; cut it into parts.'],
])('%s cannot be read and one line says why', async (name, content, problem, message) => {
  const folder = await folderWith(content === undefined ? {} : { [name]: content })
  await expect(readRecording(join(folder, name))).rejects.toMatchObject({
    code: 'bad-recording',
    problem,
    message: expect.stringContaining(message),
  })
})

test('a folder is read when it holds water flows, and only then', async () => {
  const empty = await folderWith({})
  await expect(readRecording(empty)).rejects.toMatchObject({ problem: 'empty' })
  await expect(readRecording(drives)).rejects.toMatchObject({ problem: 'bad-form' })
})

test.skipIf(process.getuid?.() === 0)('a file without permission is named (needs a user other than root)', async () => {
  const folder = await folderWith({ 'secret.csv': 't_s,Speed\n0,1\n' })
  await chmod(join(folder, 'secret.csv'), 0)
  await expect(readRecording(join(folder, 'secret.csv'))).rejects.toMatchObject({ problem: 'unreadable' })
})
