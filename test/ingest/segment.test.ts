// The bytes of a journal segment: whole records are found whatever happened to the rest, and damage is told from a cut tail.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeRecord, encodeSegmentHeader, isSegmentHeader, scanRecords } from '../../ingest/journal/segment.ts'

const payloads = ['{"n":1}', '{"n":22,"text":"second"}', '{"n":333}'].map((text) => Buffer.from(text))
const records = payloads.map((payload) => encodeRecord(payload))
const bytes = Buffer.concat(records)
const lastStart = bytes.length - (records.at(-1)?.length ?? 0)

function found(from: Buffer): readonly string[] {
  return scanRecords(from, 0).records.map((record) => record.payload.toString())
}

test('what was encoded is found again, in order', () => {
  expect(scanRecords(bytes, 0)).toMatchObject({ damage: [], wholeBytes: bytes.length })
  expect(found(bytes)).toEqual(payloads.map(String))
  expect(isSegmentHeader(Buffer.concat([encodeSegmentHeader(7), bytes]), 7)).toBe(true)
  expect(isSegmentHeader(encodeSegmentHeader(7), 8)).toBe(false)
})

test('a tail cut at any byte of the last record loses that record only, and is no damage', () => {
  for (let cut = lastStart; cut < bytes.length; cut += 1) {
    const scan = scanRecords(bytes.subarray(0, cut), 0)
    expect(scan).toMatchObject({ damage: [], wholeBytes: lastStart })
    expect(scan.records).toHaveLength(2)
  }
})

test('space that was reserved and never filled is a cut tail too', () => {
  expect(scanRecords(Buffer.concat([bytes, Buffer.alloc(100)]), 0)).toMatchObject({ damage: [], wholeBytes: bytes.length })
})

test('a flipped bit anywhere costs one record at most, never its neighbours, and is always reported', () => {
  for (let at = 0; at < bytes.length; at += 1) {
    for (const bit of [1, 4, 128]) {
      const flipped = Buffer.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ bit
      const hit = at < (records[0]?.length ?? 0) ? 0 : at < lastStart ? 1 : 2
      const others = payloads.map(String).filter((_, index) => index !== hit)
      expect(found(flipped)).toEqual(expect.arrayContaining(others))
      expect(scanRecords(flipped, 0).damage, `byte ${at} bit ${bit}`).toHaveLength(1)
    }
  }
})

test('a record whose length alone was hit is not lost', () => {
  const flipped = Buffer.from(bytes)
  flipped.writeUInt32BE(1_000_000, lastStart)
  expect(found(flipped)).toEqual(payloads.map(String))
  flipped.writeUInt32BE(3, 0)
  expect(found(flipped)).toEqual(payloads.map(String))
})

test('any bytes at all are read without an error, and the whole records in front of them are kept', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
      expect(found(Buffer.concat([bytes, Buffer.from(noise)])).slice(0, 3)).toEqual(payloads.map(String))
    }),
  )
})
