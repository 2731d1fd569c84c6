// The bytes of a journal segment: a header, then records of length, checksum and payload. Pure: takes bytes, returns bytes or
// what whole records they hold and what is wrong with the rest. Files are the journal's.
//
//   header   8 bytes "MERITJ01"  8 bytes segment number, big-endian
//   record   4 bytes length      4 bytes CRC-32 of the payload      payload

import { crc32 } from 'node:zlib'

export const segmentHeaderBytes = 16
export const recordHeaderBytes = 8
/** A packet of the largest size becomes far less than this, refusals and all; a longer length is damage. */
export const recordBytesMax = 4 * 1024 * 1024

const magic = Buffer.from('MERITJ01', 'latin1')

export function encodeSegmentHeader(segment: number): Buffer {
  const header = Buffer.alloc(segmentHeaderBytes)
  magic.copy(header)
  header.writeBigUInt64BE(BigInt(segment), magic.length)
  return header
}

/** @param payload never empty, at most `recordBytesMax` */
export function encodeRecord(payload: Buffer): Buffer {
  const record = Buffer.allocUnsafe(recordHeaderBytes + payload.length)
  record.writeUInt32BE(payload.length, 0)
  record.writeUInt32BE(crc32(payload), 4)
  payload.copy(record, recordHeaderBytes)
  return record
}

export interface ScannedRecord {
  /** Of the record's header within the scanned bytes. */
  readonly offset: number
  /** Of the first byte behind the record. */
  readonly end: number
  readonly payload: Buffer
}

export interface Damage {
  readonly from: number
  readonly to: number
}

export interface SegmentScan {
  readonly records: readonly ScannedRecord[]
  /** Spans that are not whole records although they are not a write cut short either: bytes were changed afterwards. */
  readonly damage: readonly Damage[]
  /** Where the last whole record ends; what lies behind is a write that was cut short and never acknowledged. */
  readonly wholeBytes: number
}

export function isSegmentHeader(bytes: Buffer, segment: number): boolean {
  return bytes.subarray(0, segmentHeaderBytes).equals(encodeSegmentHeader(segment))
}

/**
 * Every whole record from `from` on. A span that fails its checksum is skipped up to the next whole record, so one flipped
 * byte costs one record at most, and none when only its length was hit.
 */
export function scanRecords(bytes: Buffer, from: number): SegmentScan {
  const records: ScannedRecord[] = []
  const damage: Damage[] = []
  let at = from
  while (at < bytes.length) {
    const record = recordAt(bytes, at)
    if (record !== undefined) {
      records.push(record)
      at = record.end
      continue
    }
    const next = nextRecord(bytes, at + 1)
    const spanEnd = next ?? bytes.length
    const salvaged = salvage(bytes, at, spanEnd)
    if (salvaged !== undefined) records.push(salvaged)
    else if (next === undefined && isCutShort(bytes, at)) return { records, damage, wholeBytes: at }
    damage.push({ from: at, to: spanEnd })
    at = spanEnd
  }
  return { records, damage, wholeBytes: bytes.length }
}

function recordAt(bytes: Buffer, offset: number): ScannedRecord | undefined {
  const start = offset + recordHeaderBytes
  if (start > bytes.length) return undefined
  const length = bytes.readUInt32BE(offset)
  const end = start + length
  if (length === 0 || length > recordBytesMax || end > bytes.length) return undefined
  const payload = bytes.subarray(start, end)
  return crc32(payload) === bytes.readUInt32BE(offset + 4) ? { offset, end, payload } : undefined
}

function nextRecord(bytes: Buffer, from: number): number | undefined {
  for (let offset = from; offset + recordHeaderBytes < bytes.length; offset += 1) {
    // A length below `recordBytesMax` begins with a zero byte, which no payload holds: one comparison for nearly every byte.
    if (bytes[offset] === 0 && recordAt(bytes, offset) !== undefined) return offset
  }
  return undefined
}

/** A record whose length field alone was hit: everything up to the next record has its checksum. */
function salvage(bytes: Buffer, offset: number, end: number): ScannedRecord | undefined {
  const start = offset + recordHeaderBytes
  if (start >= end) return undefined
  const payload = bytes.subarray(start, end)
  return crc32(payload) === bytes.readUInt32BE(offset + 4) ? { offset, end, payload } : undefined
}

/** The last write stopped in the middle: too few bytes for the announced length, or space that was reserved and not filled. */
function isCutShort(bytes: Buffer, offset: number): boolean {
  const rest = bytes.subarray(offset)
  if (rest.length < recordHeaderBytes || rest.every((byte) => byte === 0)) return true
  const length = rest.readUInt32BE(0)
  return length > 0 && length <= recordBytesMax && recordHeaderBytes + length > rest.length
}
