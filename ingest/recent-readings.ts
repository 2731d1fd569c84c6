// The last readings of every device by time, as fingerprints, so that a receipt can say "duplicate" or "conflict" at once. It
// only informs: the store alone decides what is stored, so a forgotten time costs a precise receipt and nothing else.

import { crc32 } from 'node:zlib'
import type { Reading } from '../devices/contract/reading.ts'

/** More than five hours of one-second readings: a drive that is sent again as a whole is told so as a whole. */
export const recentPerDeviceMax = 20_000
/** About 50 MB; beyond it the device that was not heard of for longest is forgotten. */
export const recentReadingsMax = 500_000

export type Recurrence = 'new' | 'duplicate' | 'conflict'

export interface RecentReadings {
  /** Against what was remembered before; within a batch, `judgeBatch` looks at the earlier readings too. */
  judgeBatch(device: string, readings: readonly Reading[]): readonly Recurrence[]
  /** Only for readings that are on disk: a message that failed must be new when it comes again. */
  remember(device: string, readings: readonly Reading[]): void
}

export function createRecentReadings(perDeviceMax = recentPerDeviceMax, readingsMax = recentReadingsMax): RecentReadings {
  const devices = new Map<string, Map<number, number>>()
  let count = 0
  return {
    judgeBatch(device, readings) {
      const known = devices.get(device)
      const inBatch = new Map<number, number>()
      return readings.map((reading) => {
        const mark = fingerprint(reading)
        const first = known?.get(reading.takenAtMs) ?? inBatch.get(reading.takenAtMs)
        if (first === undefined) {
          inBatch.set(reading.takenAtMs, mark)
          return 'new'
        }
        return first === mark ? 'duplicate' : 'conflict'
      })
    },
    remember(device, readings) {
      const times = devices.get(device) ?? new Map<number, number>()
      devices.delete(device)
      devices.set(device, times)
      for (const reading of readings) {
        if (times.has(reading.takenAtMs)) continue
        times.set(reading.takenAtMs, fingerprint(reading))
        count += 1
        if (times.size > perDeviceMax) {
          const [oldest] = times.keys()
          if (oldest !== undefined && times.delete(oldest)) count -= 1
        }
      }
      while (count > readingsMax && devices.size > 1) {
        const [longestSilent] = devices
        if (longestSilent === undefined) break
        devices.delete(longestSilent[0])
        count -= longestSilent[1].size
      }
    },
  }
}

/** The same for the same values in any order: the sum of what each signal's name and value come to. */
export function fingerprint({ values }: Reading): number {
  let sum = 0
  for (const [name, value] of Object.entries(values)) {
    // 0 and -0 are the same value.
    float[0] = Number(value) + 0
    let mark = Math.imul(markOf(name) ^ (bits[0] ?? 0), 0x85ebca6b)
    mark = Math.imul(mark ^ (mark >>> 13) ^ (bits[1] ?? 0), 0xc2b2ae35)
    sum = (sum + (mark ^ (mark >>> 16))) | 0
  }
  return sum >>> 0
}

const float = new Float64Array(1)
const bits = new Uint32Array(float.buffer)
/** Of the contract's signals: a reading has no others. */
const marks = new Map<string, number>()

function markOf(name: string): number {
  const known = marks.get(name)
  if (known !== undefined) return known
  const mark = crc32(name)
  marks.set(name, mark)
  return mark
}
