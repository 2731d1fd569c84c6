// The journal: what `append` resolved for is on disk, whatever is killed. Appends that arrive while a write is under way are
// written and synced together as the next group. The reader follows behind what is on disk; a segment goes when it is released.

import { access, constants, type FileHandle, rm } from 'node:fs/promises'
import { makeFolder } from '../../store/make-folder.ts'
import { encodeRecord, recordBytesMax, segmentHeaderBytes } from './segment.ts'
import {
  createSegment,
  cutTornTail,
  hasHeader,
  listSegments,
  readSegment,
  type SegmentFile,
  setAside,
  writeFully,
} from './segment-files.ts'

/** Small enough to replay in a moment and to free disk soon, large enough that creating one is rare. */
export const segmentBytesMax = 8 * 1024 * 1024
/** One write; what arrives meanwhile is the next. */
const groupBytesMax = 4 * 1024 * 1024
/** Appends that wait for the disk, in memory; a disk that is this far behind takes no more. */
export const waitingBytesMax = 64 * 1024 * 1024

/** Where a record stands: unique for ever within a data folder. */
export interface Position {
  readonly segment: number
  readonly offset: number
}

export interface JournalRecord {
  readonly position: Position
  readonly payload: Buffer
}

export interface JournalBatch {
  /** In the order they were appended; empty when everything was read. */
  readonly records: readonly JournalRecord[]
  /** Where to read on. */
  readonly next: Position
}

/** Nothing is taken in until the store has caught up; devices keep their data. */
export class JournalFull extends Error {
  readonly code = 'journal-full'
}

/** The disk did not take the write (full, broken); the next append tries again. */
export class JournalWriteFailed extends Error {
  readonly code = 'journal-write-failed'
}

export class JournalClosed extends Error {
  readonly code = 'journal-closed'
}

export interface JournalStatus {
  /** On disk and not yet released, or waiting to be written. */
  readonly bytes: number
  readonly segments: number
  /** The lowest number of those that are there; infinite when there is none. */
  readonly oldestSegment: number
  /** Files that were set aside because bytes in them had changed. */
  readonly damaged: readonly string[]
  /** Why the last write failed; undefined when it did not. */
  readonly failure: string | undefined
}

export interface Journal {
  /** @throws JournalFull, JournalWriteFailed or JournalClosed: then the record counts as never received */
  append(payload: Buffer): Promise<Position>
  /** @param from undefined: from the oldest record there is */
  read(from: Position | undefined, bytesMax: number): Promise<JournalBatch>
  /** Resolves when there is something behind this position, or when the signal says to stop waiting. */
  waitBehind(position: Position, signal: AbortSignal): Promise<void>
  /** Everything before this position is stored elsewhere; segments that lie wholly before it are deleted. */
  release(before: Position): Promise<void>
  /** Begins a new segment with the next record. @returns the number of the last one before; 0 when there never was one */
  turnPage(): Promise<number>
  /** Records of this segment could not be used: it is kept for a person instead of deleted. */
  reportDamage(segment: number): void
  status(): JournalStatus
  /** Lets the appends under way finish. */
  close(): Promise<void>
}

export interface JournalOptions {
  readonly folder: string
  readonly bytesMax: number
  readonly nowMs: () => number
  /** A tail that was cut, a span that was skipped, a segment that was set aside. */
  readonly onNote?: (note: string, details: Readonly<Record<string, unknown>>) => void
}

interface Waiting {
  readonly record: Buffer
  readonly resolve: (position: Position) => void
  readonly reject: (error: Error) => void
}

/** @throws the file system's error when the folder cannot be made or written */
export async function openJournal({ folder, bytesMax, nowMs, onNote = () => undefined }: JournalOptions): Promise<Journal> {
  makeFolder(folder)
  await access(folder, constants.R_OK | constants.W_OK)
  const listing = await listSegments(folder)
  const segments = listing.segments
  let damaged = listing.damaged
  let lastNumber = listing.lastNumber
  let active: { file: SegmentFile; handle: FileHandle } | undefined
  let waiting: Waiting[] = []
  let waitingBytes = 0
  let isFlushing = false
  let flushing: Promise<void> = Promise.resolve()
  let isClosed = false
  let isPageTurned = false
  let failure: string | undefined
  let released: Position = { segment: 0, offset: 0 }
  let cache: { segment: number; from: number; end: number; records: JournalRecord[] } | undefined
  const sleepers = new Set<() => void>()

  const newest = segments.at(-1)
  if (newest !== undefined) {
    const cutBytes = await cutTornTail(newest)
    if (cutBytes > 0)
      onNote('A write that was cut short was removed from the journal; it was never acknowledged.', {
        cutBytes,
        file: newest.path,
      })
  }

  const heldBytes = () => segments.reduce((sum, segment) => sum + segment.durableBytes, 0) + waitingBytes

  async function flush(): Promise<void> {
    while (waiting.length > 0 || isPageTurned) {
      if (isPageTurned) {
        isPageTurned = false
        await seal()
      }
      const group = takeGroup()
      if (group.length === 0) continue
      try {
        const positions = await commit(group)
        failure = undefined
        group.forEach((entry, index) => {
          const position = positions[index]
          if (position !== undefined) entry.resolve(position)
        })
      } catch (error) {
        failure = error instanceof Error ? error.message : String(error)
        const rejection = new JournalWriteFailed(`The journal could not be written: ${failure}`, { cause: error })
        for (const entry of group) entry.reject(rejection)
      }
      waitingBytes -= group.reduce((sum, entry) => sum + entry.record.length, 0)
      for (const wake of sleepers) wake()
    }
    // Set in the same turn as the last look at `waiting`: an append a moment later must start the next flush.
    isFlushing = false
  }

  function takeGroup(): readonly Waiting[] {
    let bytes = 0
    let count = 0
    for (const entry of waiting) {
      if (count > 0 && bytes + entry.record.length > groupBytesMax) break
      bytes += entry.record.length
      count += 1
    }
    const group = waiting.slice(0, count)
    waiting = waiting.slice(count)
    return group
  }

  async function commit(group: readonly Waiting[]): Promise<readonly Position[]> {
    if (active !== undefined && active.file.durableBytes >= segmentBytesMax) await seal()
    const { file, handle } = active ?? (await begin())
    const start = file.durableBytes
    try {
      const bytes = Buffer.concat(group.map((entry) => entry.record))
      await writeFully(handle, bytes, start)
      await handle.datasync()
      file.durableBytes = start + bytes.length
    } catch (error) {
      await abandon()
      throw error
    }
    let offset = start
    return group.map((entry) => {
      const position = { segment: file.number, offset }
      offset += entry.record.length
      return position
    })
  }

  async function begin(): Promise<{ file: SegmentFile; handle: FileHandle }> {
    // The time keeps numbers unique even when every earlier segment is gone.
    lastNumber = Math.max(lastNumber + 1, nowMs())
    active = await createSegment(folder, lastNumber)
    segments.push(active.file)
    return active
  }

  async function seal(): Promise<void> {
    const handle = active?.handle
    active = undefined
    await handle?.close()
  }

  /** After a failed sync nobody knows what is on disk, so the segment ends at its last good record and is not written again. */
  async function abandon(): Promise<void> {
    const failed = active
    active = undefined
    if (failed === undefined) return
    await failed.handle.truncate(failed.file.durableBytes).catch(() => undefined)
    await failed.handle.close().catch(() => undefined)
    if (failed.file.durableBytes > segmentHeaderBytes) return
    await rm(failed.file.path, { force: true }).catch(() => undefined)
    segments.splice(segments.indexOf(failed.file), 1)
  }

  /** The segment that holds the next record at or behind a position, and where in it to read. */
  function locate(from: Position): { segment: SegmentFile; offset: number } | undefined {
    for (const segment of segments) {
      if (segment.number < from.segment) continue
      const offset = Math.max(segmentHeaderBytes, segment.number === from.segment ? from.offset : 0)
      if (offset < segment.durableBytes) return { segment, offset }
    }
    return undefined
  }

  async function load(segment: SegmentFile, offset: number): Promise<JournalRecord[]> {
    const end = segment.durableBytes
    const scan = await readSegment(segment, offset)
    const isHeaderGone = offset === segmentHeaderBytes && !(await hasHeader(segment))
    if ((scan.damage.length > 0 || isHeaderGone) && !segment.isDamaged) {
      segment.isDamaged = true
      onNote('Bytes of the journal were changed after they were written; what is whole is stored, the file is set aside.', {
        file: segment.path,
        damage: isHeaderGone ? [{ from: 0, to: segmentHeaderBytes }, ...scan.damage] : scan.damage,
      })
    }
    const records = scan.records.map((record) => ({
      position: { segment: segment.number, offset: record.offset },
      payload: record.payload,
    }))
    cache = { segment: segment.number, from: offset, end, records }
    return records
  }

  async function removeReleased(): Promise<void> {
    for (const segment of [...segments]) {
      if (segment === active?.file || !isReleased(segment, released)) continue
      // Out of the list first: it may be asked for twice at a time.
      segments.splice(segments.indexOf(segment), 1)
      if (segment.isDamaged) damaged = [...damaged, await setAside(segment)]
      else await rm(segment.path, { force: true })
    }
  }

  return {
    append(payload) {
      if (isClosed) return Promise.reject(new JournalClosed('The journal is closed.'))
      if (payload.length === 0 || payload.length > recordBytesMax)
        return Promise.reject(new RangeError(`A journal record has 1 to ${recordBytesMax} bytes, not ${payload.length}.`))
      const record = encodeRecord(payload)
      if (heldBytes() + record.length > bytesMax)
        return Promise.reject(
          new JournalFull(`The journal holds its ${bytesMax} bytes; it takes more when the store has caught up.`),
        )
      if (waitingBytes + record.length > waitingBytesMax)
        return Promise.reject(
          new JournalFull(`The disk is ${waitingBytesMax} bytes behind; the journal takes more when it has caught up.`),
        )
      waitingBytes += record.length
      return new Promise((resolve, reject) => {
        waiting.push({ record, resolve, reject })
        if (isFlushing) return
        isFlushing = true
        // Begun a moment later, so that everything out of one socket chunk is in the first group already.
        flushing = Promise.resolve().then(flush)
      })
    },

    async read(from, readBytesMax) {
      const start = from ?? { segment: 0, offset: 0 }
      const place = locate(start)
      if (place === undefined) return { records: [], next: start }
      const { segment, offset } = place
      const isCached = cache?.segment === segment.number && cache.from <= offset && offset < cache.end
      const known = isCached && cache !== undefined ? cache.records : await load(segment, offset)
      const records: JournalRecord[] = []
      let bytes = 0
      for (const record of known) {
        if (record.position.offset < offset) continue
        if (records.length > 0 && bytes + record.payload.length > readBytesMax) return { records, next: record.position }
        records.push(record)
        bytes += record.payload.length
      }
      const next = { segment: segment.number, offset: cache?.end ?? segment.durableBytes }
      cache = undefined
      return { records, next }
    },

    async waitBehind(position, signal) {
      while (!signal.aborted && locate(position) === undefined) {
        await new Promise<void>((resolve) => {
          const wake = () => {
            sleepers.delete(wake)
            signal.removeEventListener('abort', wake)
            resolve()
          }
          sleepers.add(wake)
          signal.addEventListener('abort', wake)
        })
      }
    },

    async turnPage() {
      const last = segments.at(-1)?.number ?? 0
      isPageTurned = true
      if (!isFlushing) {
        isFlushing = true
        flushing = flush()
      }
      await flushing
      await removeReleased()
      return last
    },

    async release(before) {
      released = before
      await removeReleased()
    },

    reportDamage(number) {
      const segment = segments.find((candidate) => candidate.number === number)
      if (segment !== undefined) segment.isDamaged = true
    },

    status: () => ({
      bytes: heldBytes(),
      segments: segments.length,
      oldestSegment: segments[0]?.number ?? Number.POSITIVE_INFINITY,
      damaged,
      failure,
    }),

    async close() {
      isClosed = true
      await flushing
      const last = active?.file
      await seal()
      // Drained to the end: nothing is left to replay.
      if (last !== undefined && isReleased(last, released) && !last.isDamaged) await rm(last.path, { force: true })
      for (const wake of sleepers) wake()
    },
  }
}

function isReleased(segment: SegmentFile, before: Position): boolean {
  return segment.number < before.segment || (segment.number === before.segment && before.offset >= segment.durableBytes)
}
