// From the bytes of one message to what the journal keeps of it and what the device is told. Nothing a device sends is
// dropped: a reading is stored, or it is refused by name and kept in quarantine. Pure; nothing here reads a clock or a file.

import type { DeviceRef, Reading } from '../devices/contract/reading.ts'
import type { Receipt, RefusalCode, Rejection } from '../devices/contract/receipt.ts'
import { parseDeviceState } from '../devices/contract/state.ts'
import { parseTelemetry, rejection } from '../devices/contract/telemetry.ts'
import { type CollectionWindow, isCollected, isPausedAt } from './collection.ts'
import type { JournalEntry, Refused } from './journal-entry.ts'
import type { RecentReadings } from './recent-readings.ts'

/** Enough to see what a device does wrong. */
export const refusedTextCharactersMax = 4096
/** Of one message; beyond it refusals are kept without what they refused. */
export const refusedTextPerMessageMax = 64 * 1024

export interface Intake {
  readonly entry: JournalEntry
  readonly readings: readonly Reading[]
  /**
   * For the device; undefined when there is nothing to say. To be asked for when the message is on disk: of two messages that
   * come in one after the other, the second's repeats are known only then.
   */
  receipt(recent: RecentReadings): Receipt | undefined
}

/** @param windows of the device: what lies in them is acknowledged and not kept */
export function takeTelemetry(
  payload: Buffer,
  device: DeviceRef,
  receivedAtMs: number,
  windows: readonly CollectionWindow[] = [],
): Intake {
  const parsed = parseTelemetry(payload, device, receivedAtMs)
  if (isPausedAt(windows, receivedAtMs)) return keepNothing(parsed, device, receivedAtMs)
  const { seq, clock, readings, rejected } = windows.length === 0 ? parsed : withoutUncollected(parsed, windows, receivedAtMs)
  const receipt = (recent: RecentReadings): Receipt => {
    const recurrences = recent.judgeBatch(device.id, readings)
    const conflicts = recurrences.includes('conflict') ? conflictsAmong(recurrences, rejected) : []
    return {
      seq,
      accepted: recurrences.filter((recurrence) => recurrence === 'new').length,
      duplicate: recurrences.filter((recurrence) => recurrence === 'duplicate').length,
      rejected: conflicts.length === 0 ? [...rejected] : inOrder([...rejected, ...conflicts]),
      clock,
      receivedAt: receivedAtMs,
    }
  }
  // Duplicates and conflicts are journaled like the rest: the PUBACK then never rests on what memory says about an earlier
  // message, and the store, which sees every reading, is the one that says which came first.
  const kept = windows.length === 0 ? rejected : rejected.filter(({ code }) => code !== 'paused')
  const refused = kept.length === 0 ? [] : refusedParts(payload, kept)
  return { entry: { kind: 'message', device: device.id, receivedAtMs, readings, refused }, readings, receipt }
}

type Parsed = ReturnType<typeof parseTelemetry>

/** Neither readings nor what was refused: all of it is what the person does not want kept. */
function keepNothing({ seq, clock }: Parsed, device: DeviceRef, receivedAtMs: number): Intake {
  const rejected = [rejection(null, 'paused', '')]
  return {
    entry: { kind: 'message', device: device.id, receivedAtMs, readings: [], refused: [] },
    readings: [],
    receipt: () => ({ seq, accepted: 0, duplicate: 0, rejected, clock, receivedAt: receivedAtMs }),
  }
}

function withoutUncollected(parsed: Parsed, windows: readonly CollectionWindow[], receivedAtMs: number): Parsed {
  const places = placesOf(parsed.readings.length, parsed.rejected)
  const isKept = parsed.readings.map(({ takenAtMs }) => isCollected(windows, takenAtMs, receivedAtMs))
  const left = isKept.flatMap((kept, index) =>
    kept ? [] : [rejection(places[index] ?? null, 'paused', `/readings/${places[index]}`)],
  )
  if (left.length === 0) return parsed
  return {
    ...parsed,
    readings: parsed.readings.filter((_, index) => isKept[index]),
    rejected: inOrder([...parsed.rejected, ...left]),
  }
}

export function takeState(payload: Buffer, device: DeviceRef, receivedAtMs: number): Intake {
  const state = parseDeviceState(payload)
  if (state !== undefined) {
    return { entry: { kind: 'state', device: device.id, receivedAtMs, state }, readings: [], receipt: () => undefined }
  }
  return refuseWhole(payload, device, receivedAtMs, parseJson(payload) === undefined ? 'not-json' : 'not-a-batch')
}

/** A message of which nothing can be used: kept in quarantine as it came. */
export function refuseWhole(payload: Buffer, device: DeviceRef, receivedAtMs: number, code: RefusalCode): Intake {
  const rejected = [rejection(null, code, '')]
  return {
    entry: { kind: 'message', device: device.id, receivedAtMs, readings: [], refused: refusedParts(payload, rejected) },
    readings: [],
    receipt: () => ({
      seq: null,
      accepted: 0,
      duplicate: 0,
      rejected,
      clock: { verdict: 'unknown', skewMs: null },
      receivedAt: receivedAtMs,
    }),
  }
}

function conflictsAmong(recurrences: readonly string[], rejected: readonly Rejection[]): readonly Rejection[] {
  const places = placesOf(recurrences.length, rejected)
  return recurrences.flatMap((recurrence, index) =>
    recurrence === 'conflict' ? [rejection(places[index] ?? null, 'conflict', `/readings/${places[index]}`)] : [],
  )
}

/** The parser tells the rejected readings' indices; the accepted ones fill the gaps between them in order. */
function placesOf(accepted: number, rejected: readonly Rejection[]): readonly number[] {
  const taken = new Set(rejected.map((entry) => entry.index))
  const places: number[] = []
  for (let index = 0; places.length < accepted; index += 1) if (!taken.has(index)) places.push(index)
  return places
}

function inOrder(rejected: readonly Rejection[]): Rejection[] {
  return rejected.toSorted((a, b) => (a.index ?? -1) - (b.index ?? -1))
}

function refusedParts(payload: Buffer, rejected: readonly Rejection[]): readonly Refused[] {
  const readings = rejected.some((entry) => entry.index !== null) ? rawReadings(payload) : []
  let charactersLeft = refusedTextPerMessageMax
  return rejected.map(({ index, code, path, message }) => {
    const whole = index === null ? textOf(payload) : textOfReading(readings[index])
    const text = whole.slice(0, Math.min(refusedTextCharactersMax, charactersLeft))
    charactersLeft -= text.length
    return { code, path: path.slice(0, refusedTextCharactersMax), message, payload: text }
  })
}

/** Four bytes a character at most, so this much of the payload gives the text it can keep. */
function textOf(payload: Buffer): string {
  return payload.subarray(0, 4 * refusedTextCharactersMax).toString('utf8')
}

/** Values nested so deeply that they can be parsed but not written leave no text; their refusal is kept all the same. */
function textOfReading(reading: unknown): string {
  try {
    return JSON.stringify(reading) ?? ''
  } catch {
    return ''
  }
}

function rawReadings(payload: Buffer): readonly unknown[] {
  const batch = parseJson(payload)
  const readings: unknown = typeof batch === 'object' && batch !== null && 'readings' in batch ? batch.readings : []
  return Array.isArray(readings) ? readings : []
}

/** Undefined, which JSON cannot say, when it is not JSON in UTF-8. */
function parseJson(payload: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch {
    return undefined
  }
}

/** How often each code was refused, for the counters. */
export function countByCode(rejected: readonly Pick<Rejection, 'code'>[]): ReadonlyMap<RefusalCode, number> {
  const counts = new Map<RefusalCode, number>()
  for (const { code } of rejected) counts.set(code, (counts.get(code) ?? 0) + 1)
  return counts
}
