// The journal on a real disk: what was acknowledged is read back in order, whatever happens to the files.

import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { type Journal, openJournal, type Position, segmentBytesMax } from '../../ingest/journal/open-journal.ts'

const folders: string[] = []
const opened: Journal[] = []
let nowMs = 1_767_225_600_000

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'merit-journal-'))
  folders.push(folder)
  return folder
}

async function open(folder: string, bytesMax = 1e9, notes: string[] = []): Promise<Journal> {
  nowMs += 1
  const journal = await openJournal({ folder, bytesMax, nowMs: () => nowMs, onNote: (note) => notes.push(note) })
  opened.push(journal)
  return journal
}

async function readAll(journal: Journal, bytesMax = 1000): Promise<{ texts: string[]; end: Position }> {
  const texts: string[] = []
  let position: Position = { segment: 0, offset: 0 }
  for (;;) {
    const { records, next } = await journal.read(position, bytesMax)
    texts.push(...records.map((record) => record.payload.toString()))
    if (next.segment === position.segment && next.offset === position.offset) return { texts, end: next }
    position = next
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
}

function append(journal: Journal, texts: readonly string[]): Promise<Position[]> {
  return Promise.all(texts.map((text) => journal.append(Buffer.from(text))))
}

afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

test('appended in one turn, read in order, with positions that only grow', async () => {
  const journal = await open(newFolder())
  const texts = Array.from({ length: 500 }, (_, index) => `{"n":${index}}`)
  const positions = await append(journal, texts)
  expect((await readAll(journal)).texts).toEqual(texts)
  const offsets = positions.map((position) => position.offset)
  expect(offsets).toEqual(offsets.toSorted((a, b) => a - b))
})

test('a crash leaves what was acknowledged: the files are read by a journal that is opened anew', async () => {
  const folder = newFolder()
  await append(await open(folder), ['a', 'b'])
  await append(await open(folder), ['c'])
  expect((await readAll(await open(folder))).texts).toEqual(['a', 'b', 'c'])
})

test('a tail that was cut at any byte is removed at open; what is appended later is read behind the rest', async () => {
  const folder = newFolder()
  await append(await open(folder), ['{"first":1}', '{"second":2}'])
  const [file = ''] = filesIn(folder)
  const whole = readFileSync(file)
  const recordBytes = 8 + '{"second":2}'.length
  for (let missing = 1; missing < recordBytes; missing += 1) {
    const copy = newFolder()
    writeFileSync(join(copy, file.slice(folder.length + 1)), whole.subarray(0, whole.length - missing))
    const notes: string[] = []
    const journal = await open(copy, 1e9, notes)
    await append(journal, ['{"third":3}'])
    expect((await readAll(journal)).texts).toEqual(['{"first":1}', '{"third":3}'])
    expect(notes).toHaveLength(1)
    expect(journal.status().damaged).toEqual([])
  }
})

test('damage in the middle: what is whole is read, the file is set aside, and the status says so from then on', async () => {
  const folder = newFolder()
  await append(await open(folder), ['{"n":1}', '{"n":2}', '{"n":3}'])
  const [file = ''] = filesIn(folder)
  const bytes = readFileSync(file)
  const second = bytes.indexOf('{"n":2}')
  bytes[second + 5] = 0x39
  writeFileSync(file, bytes)

  const notes: string[] = []
  const journal = await open(folder, 1e9, notes)
  const { texts, end } = await readAll(journal)
  expect(texts).toEqual(['{"n":1}', '{"n":3}'])
  expect(notes).toHaveLength(1)
  await journal.release(end)
  expect(existsSync(file)).toBe(false)
  expect(existsSync(`${file}.damaged`)).toBe(true)
  expect(journal.status().damaged).toHaveLength(1)
  expect((await open(folder)).status().damaged).toHaveLength(1)
})

test('a damaged header is reported and costs no record', async () => {
  const folder = newFolder()
  await append(await open(folder), ['a', 'b'])
  const [file = ''] = filesIn(folder)
  const bytes = readFileSync(file)
  bytes[3] = 0
  writeFileSync(file, bytes)
  const notes: string[] = []
  expect((await readAll(await open(folder, 1e9, notes))).texts).toEqual(['a', 'b'])
  expect(notes).toHaveLength(1)
})

test('segments are sealed at their size and deleted once they are released', async () => {
  const folder = newFolder()
  const journal = await open(folder)
  const text = 'x'.repeat(1_000_000)
  for (let count = 0; count < 18; count += 1) await append(journal, [text])
  expect(filesIn(folder).length).toBe(Math.ceil(18_000_000 / (segmentBytesMax + 1_000_000)))
  const { texts, end } = await readAll(journal, 3_000_000)
  expect(texts).toHaveLength(18)
  await journal.release(end)
  expect(filesIn(folder)).toHaveLength(1)
  await journal.close()
  expect(filesIn(folder), 'drained to the end: nothing is left to replay').toEqual([])
})

test('a journal that is full refuses by name, and takes more when the store has caught up', async () => {
  const folder = newFolder()
  const journal = await open(folder, 9_500_000)
  const text = Buffer.alloc(1_000_000, 'x')
  for (let count = 0; count < 9; count += 1) await journal.append(text)
  await expect(journal.append(text)).rejects.toMatchObject({ code: 'journal-full' })
  const { texts, end } = await readAll(journal, 1e9)
  expect(texts).toHaveLength(9)
  await journal.release(end)
  await expect(journal.append(Buffer.from('small'))).resolves.toBeDefined()
  expect((await readAll(journal)).texts.at(-1)).toBe('small')
})

test('numbers are not used twice: positions of a journal that was emptied do not come again', async () => {
  const folder = newFolder()
  const first = await open(folder)
  const [before] = await append(first, ['a'])
  await first.release((await readAll(first)).end)
  await first.close()
  const [after] = await append(await open(folder), ['a'])
  expect(after?.segment).toBeGreaterThan(before?.segment ?? 0)
})

test('an empty record and one that is too large are refused; a closed journal takes nothing', async () => {
  const journal = await open(newFolder())
  await expect(journal.append(Buffer.alloc(0))).rejects.toThrow(RangeError)
  await expect(journal.append(Buffer.alloc(5_000_000))).rejects.toThrow(RangeError)
  await journal.close()
  await expect(journal.append(Buffer.from('a'))).rejects.toMatchObject({ code: 'journal-closed' })
})

test('the reader that waits is woken by an append and by its signal', async () => {
  const journal = await open(newFolder())
  const { end } = await readAll(journal)
  const waiting = journal.waitBehind(end, new AbortController().signal)
  await append(journal, ['a'])
  await waiting
  const stop = new AbortController()
  const forever = journal.waitBehind((await readAll(journal)).end, stop.signal)
  stop.abort()
  await forever
})

test('property: through appends, crashes and torn tails, every acknowledged record is read back in order', async () => {
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('append' as const),
        texts: fc.array(fc.string({ minLength: 1, maxLength: 40 }), { maxLength: 6 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('crash' as const), garbage: fc.nat(12) }) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const folder = newFolder()
      let journal = await open(folder)
      const acknowledged: string[] = []
      for (const action of steps) {
        if (action.kind === 'append') {
          const texts = action.texts.map((text) => JSON.stringify(text))
          await append(journal, texts)
          acknowledged.push(...texts)
          continue
        }
        // The next record had been begun: its header, and some of its bytes.
        const newest = filesIn(folder).at(-1)
        if (newest !== undefined)
          appendFileSync(
            newest,
            Buffer.concat([Buffer.from([0, 0, 0, 50, 1, 2, 3, 4]), Buffer.alloc(action.garbage, 'y')]).subarray(
              0,
              1 + action.garbage,
            ),
          )
        journal = await open(folder)
      }
      expect((await readAll(journal, 200)).texts).toEqual(acknowledged)
    }),
    { numRuns: 30 },
  )
})

test('a newest file that is shorter than its header hinders nobody', async () => {
  const folder = newFolder()
  await append(await open(folder), ['a'])
  const [file = ''] = filesIn(folder)
  truncateSync(file, 5)
  const journal = await open(folder)
  await append(journal, ['b'])
  expect((await readAll(journal)).texts).toEqual(['b'])
})
