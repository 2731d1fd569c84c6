// The journal's folder: segment files by number, made so that a crash leaves either no file or a whole header behind.

import { type FileHandle, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { encodeSegmentHeader, isSegmentHeader, type SegmentScan, scanRecords, segmentHeaderBytes } from './segment.ts'

const digits = 16
const segmentName = /^(\d{16})\.journal$/
const damagedName = /^(\d{16})\.journal\.damaged$/

export interface SegmentFile {
  readonly number: number
  readonly path: string
  /** Up to here it may be read: everything in front is on disk. */
  durableBytes: number
  isDamaged: boolean
}

export interface FolderListing {
  /** Oldest first. */
  readonly segments: SegmentFile[]
  readonly damaged: readonly string[]
  /** Highest number ever used that the folder still knows of. */
  readonly lastNumber: number
}

export async function listSegments(folder: string): Promise<FolderListing> {
  const names = (await readdir(folder)).sort()
  const segments: SegmentFile[] = []
  let lastNumber = 0
  for (const name of names) {
    const digitsOfName = (segmentName.exec(name) ?? damagedName.exec(name))?.[1]
    if (digitsOfName === undefined) continue
    const number = Number(digitsOfName)
    lastNumber = Math.max(lastNumber, number)
    if (!segmentName.test(name)) continue
    const path = join(folder, name)
    segments.push({ number, path, durableBytes: (await stat(path)).size, isDamaged: false })
  }
  return { segments, damaged: names.filter((name) => damagedName.test(name)), lastNumber }
}

/** A new segment with its header, both the file and its name on disk. */
export async function createSegment(folder: string, number: number): Promise<{ file: SegmentFile; handle: FileHandle }> {
  const path = join(folder, `${String(number).padStart(digits, '0')}.journal`)
  const handle = await open(path, 'wx')
  try {
    await writeFully(handle, encodeSegmentHeader(number), 0)
    await handle.datasync()
    await syncFolder(folder)
    return { file: { number, path, durableBytes: segmentHeaderBytes, isDamaged: false }, handle }
  } catch (error) {
    await handle.close().catch(() => undefined)
    await rm(path, { force: true }).catch(() => undefined)
    throw error
  }
}

/** A write may take less than it was given when the disk fills up; the next one then says why. */
export async function writeFully(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    written += (await handle.write(bytes, written, bytes.length - written, position + written)).bytesWritten
  }
}

/** The records between two offsets of a segment, with offsets as in the file. */
export async function readSegment(segment: SegmentFile, from: number): Promise<SegmentScan> {
  const bytes = segment.durableBytes - from
  const buffer = Buffer.allocUnsafe(Math.max(0, bytes))
  const handle = await open(segment.path, 'r')
  try {
    let read = 0
    while (read < buffer.length) {
      const { bytesRead } = await handle.read(buffer, read, buffer.length - read, from + read)
      if (bytesRead === 0) break
      read += bytesRead
    }
    const scan = scanRecords(buffer.subarray(0, read), 0)
    return {
      records: scan.records.map((record) => ({ ...record, offset: record.offset + from, end: record.end + from })),
      damage: scan.damage.map((span) => ({ from: span.from + from, to: span.to + from })),
      wholeBytes: scan.wholeBytes + from,
    }
  } finally {
    await handle.close()
  }
}

/** Whether the header is the one this file was made with; a file that is shorter was never written to. */
export async function hasHeader(segment: SegmentFile): Promise<boolean> {
  const handle = await open(segment.path, 'r')
  try {
    const header = Buffer.alloc(segmentHeaderBytes)
    const { bytesRead } = await handle.read(header, 0, segmentHeaderBytes, 0)
    return bytesRead < segmentHeaderBytes || isSegmentHeader(header, segment.number)
  } finally {
    await handle.close()
  }
}

/** Cuts off a write that was cut short; answers how many bytes went. */
export async function cutTornTail(segment: SegmentFile): Promise<number> {
  const bytes = await readFile(segment.path)
  const { wholeBytes } = scanRecords(bytes, Math.min(segmentHeaderBytes, bytes.length))
  if (wholeBytes === bytes.length) return 0
  const handle = await open(segment.path, 'r+')
  try {
    await handle.truncate(wholeBytes)
    await handle.datasync()
  } finally {
    await handle.close()
  }
  segment.durableBytes = wholeBytes
  return bytes.length - wholeBytes
}

/** Out of the way and still there for a person to look at; answers its new name. */
export async function setAside(segment: SegmentFile): Promise<string> {
  const path = `${segment.path}.damaged`
  await rename(segment.path, path)
  return basename(path)
}

export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
