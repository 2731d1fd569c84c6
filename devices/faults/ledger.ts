// What was published, what of it was acknowledged, and so what must be found: every reading of a device once, as it was said first,
// and every refusal by its reason. Holds the books; looking into the store is the run's.

import { crc32 } from 'node:zlib'
import type { RefusalCode } from '../contract/receipt.ts'
import { futureToleranceMsMax } from '../contract/telemetry.ts'
import type { Unit } from './step.ts'

/** A mark has 32 bits; what is acknowledged is marked above them. */
const acknowledgedMark = 2 ** 32

export interface LedgerCounts {
  /** Readings, and payloads that are refused as a whole. */
  readonly published: number
  readonly acknowledged: number
  /** Of the acknowledged: the same reading again, and another one for the same instant. */
  readonly duplicates: number
  /** Of the acknowledged: readings that must be stored, each once. */
  readonly kept: number
}

/** What has to be there for one device. */
export interface DeviceLedger {
  /** By time; undefined for what was never published, `acknowledged` or not. */
  expected(takenAtMs: number): { readonly mark: number; readonly isAcknowledged: boolean } | undefined
  /** All that was acknowledged and must be stored. */
  acknowledgedTimes(): Iterable<number>
  /** Refusals that were acknowledged, by reason. */
  readonly refusals: ReadonlyMap<RefusalCode, number>
}

export interface Ledger {
  /** In the order of publishing. @returns a receipt to hand in when the PUBACK is there */
  publish(device: string, units: readonly Unit[], nowMs: number): Published
  acknowledge(published: Published): void
  counts(): LedgerCounts
  of(device: string): DeviceLedger
}

interface Entry {
  readonly marks: Map<number, number>
  readonly refusals: Map<RefusalCode, number>
  /** Contradictions are kept once each. */
  readonly conflicts: Set<string>
}

export interface Published {
  readonly device: string
  readonly units: readonly PublishedUnit[]
}

type PublishedUnit =
  | { readonly kind: 'first' | 'duplicate'; readonly takenAtMs: number }
  | { readonly kind: 'conflict'; readonly key: string }
  | { readonly kind: 'refused'; readonly code: RefusalCode }

export function createLedger(): Ledger {
  const devices = new Map<string, Entry>()
  const counts = { published: 0, acknowledged: 0, duplicates: 0, kept: 0 }
  const entryOf = (device: string): Entry => {
    const known = devices.get(device)
    if (known !== undefined) return known
    const made = { marks: new Map(), refusals: new Map(), conflicts: new Set<string>() }
    devices.set(device, made)
    return made
  }
  const refuse = (entry: Entry, code: RefusalCode): void => {
    entry.refusals.set(code, (entry.refusals.get(code) ?? 0) + 1)
  }

  return {
    publish(device, units, nowMs) {
      const { marks } = entryOf(device)
      counts.published += units.length
      return { device, units: units.map((unit) => place(unit, marks, nowMs)) }
    },
    acknowledge({ device, units }) {
      const entry = entryOf(device)
      counts.acknowledged += units.length
      for (const unit of units) {
        if (unit.kind === 'refused') refuse(entry, unit.code)
        else if (unit.kind === 'conflict') {
          if (!entry.conflicts.has(unit.key)) refuse(entry, 'conflict')
          entry.conflicts.add(unit.key)
        } else {
          const mark = entry.marks.get(unit.takenAtMs) ?? 0
          if (mark < acknowledgedMark) {
            entry.marks.set(unit.takenAtMs, mark + acknowledgedMark)
            counts.kept += 1
          }
          if (unit.kind === 'duplicate') counts.duplicates += 1
        }
      }
    },
    counts: () => ({ ...counts }),
    of(device) {
      const { marks, refusals } = entryOf(device)
      return {
        refusals,
        expected(takenAtMs) {
          const mark = marks.get(takenAtMs)
          return mark === undefined ? undefined : { mark: mark % acknowledgedMark, isAcknowledged: mark >= acknowledgedMark }
        },
        *acknowledgedTimes() {
          for (const [takenAtMs, mark] of marks) if (mark >= acknowledgedMark) yield takenAtMs
        },
      }
    },
  }
}

function place(unit: Unit, marks: Map<number, number>, nowMs: number): PublishedUnit {
  if (unit.kind === 'whole') return { kind: 'refused', code: unit.refusal }
  const { takenAtMs, values, refusal } = unit
  if (refusal !== undefined) return { kind: 'refused', code: refusal }
  // A clock that runs ahead is refused only where it overtakes the server's.
  if (takenAtMs > nowMs + futureToleranceMsMax) return { kind: 'refused', code: 'time-in-future' }
  const mark = markOf(values)
  const known = marks.get(takenAtMs)
  if (known === undefined) {
    marks.set(takenAtMs, mark)
    return { kind: 'first', takenAtMs }
  }
  return known % acknowledgedMark === mark ? { kind: 'duplicate', takenAtMs } : { kind: 'conflict', key: `${takenAtMs}:${mark}` }
}

/** The same for the same values in any order. */
export function markOf(values: Readonly<Record<string, unknown>>): number {
  const names = Object.keys(values).sort()
  return crc32(JSON.stringify(names.map((name) => [name, values[name]])))
}
