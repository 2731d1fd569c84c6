// The byte limit in front of the parser: the same verdict however the stream is cut into chunks.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PacketScan, packetStart, scanPackets } from '../../broker/packet-limit.ts'

/** A packet with an announced length and as many bytes as given. */
function packet(length: number, body = length): Buffer {
  const header = [0x30]
  let rest = length
  do {
    header.push((rest & 127) | (rest > 127 ? 128 : 0))
    rest >>= 7
  } while (rest > 0)
  return Buffer.concat([Buffer.from(header), Buffer.alloc(body, 0xff)])
}

function scanInChunks(bytes: Buffer, cuts: readonly number[], bytesMax: number): PacketScan {
  let progress = packetStart
  let from = 0
  for (const to of [...cuts, bytes.length]) {
    const scan = scanPackets(progress, bytes.subarray(from, to), bytesMax)
    if (scan.kind !== 'within') return scan
    expect(scan.consumed).toBe(to - from)
    progress = scan.progress
    from = to
  }
  return { kind: 'within', progress, consumed: 0 }
}

test.each([
  ['no body', packet(0), 'within'],
  ['exactly the limit', packet(4096), 'within'],
  ['one byte more than the limit', packet(4097), 'too-large'],
  ['the largest length MQTT knows, header only', packet(268_435_455, 0), 'too-large'],
  ['a length of five bytes', Buffer.from([0x30, 0x80, 0x80, 0x80, 0x80, 0x01]), 'malformed'],
  ['several packets', Buffer.concat([packet(2), packet(0), packet(300), packet(127), packet(128)]), 'within'],
  ['a good one and a large one', Buffer.concat([packet(300), packet(5000, 1)]), 'too-large'],
])('%s, cut at every byte: %#', (_, bytes, expected) => {
  for (let cut = 0; cut <= bytes.length; cut += 1) expect(scanInChunks(bytes, [cut], 4096).kind).toBe(expected)
  expect(scanInChunks(bytes, [...bytes.keys()], 4096).kind).toBe(expected)
})

test('a large packet is refused at its header, before any of its body came', () => {
  const header = packet(300_000, 0)
  expect(scanPackets(packetStart, header, 262_144)).toEqual({ kind: 'too-large', bytes: 300_000 })
})

test('before sign-in the scan stops behind the first packet', () => {
  const connect = packet(20)
  const scan = scanPackets(packetStart, Buffer.concat([connect, packet(9000, 50)]), 4096, 1)
  expect(scan).toEqual({ kind: 'within', progress: packetStart, consumed: connect.length })
})

test('any run of packets within the limit passes, however it is cut', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 8 })
  fc.assert(
    fc.property(lengths, fc.array(fc.nat(100_000), { maxLength: 10 }), (sizes, points) => {
      const bytes = Buffer.concat(sizes.map((size) => packet(size)))
      const cuts = points.map((point) => point % (bytes.length + 1)).sort((a, b) => a - b)
      expect(scanInChunks(bytes, cuts, 20_000)).toEqual({ kind: 'within', progress: packetStart, consumed: 0 })
    }),
    { numRuns: 60 },
  )
})
