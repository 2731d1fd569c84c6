// Faults in how batches are sent: each takes a stream of steps and gives another, with what is expected of every payload. Pure.

import type { RefusalCode } from '../contract/receipt.ts'
import type { DeviceKind } from '../contract/signals.ts'
import { schemaIdOf } from '../contract/telemetry.ts'
import { type Random, randomFor } from '../simulator/random.ts'
import type { FaultName } from './fault-list.ts'
import { refusedFor, type SentReading } from './sent-reading.ts'
import { type Struck, spellsOf } from './spells.ts'
import type { PublishStep, Step, Unit } from './step.ts'

/** A device that is offline is so for a while. */
const offlineMs = 2 * 3_600_000
/** Beyond what the contract allows in a batch. */
const tooManyReadings = 1001
/** Beyond what the broker takes as a packet. */
const tooLargeBytes = 300 * 1024
const wrongSecretsMax = 3
const rejoins = 3

/** A batch that has not been put into bytes yet. */
export interface Batch {
  readonly kind: 'batch'
  readonly readings: readonly SentReading[]
}

export type Sending = Batch | Step
type BatchFault = (sendings: Iterable<Sending>, struck: Struck) => Iterable<Sending>

/** In the order in which they take hold. */
export const batchFaults: ReadonlyMap<FaultName, BatchFault> = new Map<FaultName, BatchFault>([
  ['reordering', reorder],
  ['backfill', keepBack],
  ['schema-change', perBatch((batch, { kind }, random) => [otherSchema(batch, kind, random)])],
  ['malformed', perBatch((batch, { kind }, random) => [malformed(batch, kind, random), batch])],
  ['oversized', perBatch((batch, { kind }, random) => [oversized(batch, kind, random), batch])],
  ['duplicates', perBatch((batch) => [batch, batch])],
  ['will-storm', perBatch((batch) => [batch, { kind: 'cut' }])],
  ['reconnect-storm', perBatch((batch) => [batch, { kind: 'rejoin', times: rejoins }])],
  ['wrong-password', tryWrongSecrets],
])

export function asBatch(readings: readonly SentReading[]): Batch {
  return { kind: 'batch', readings }
}

/** The bytes of a batch that is sent as it should be. */
export function publishStep({ readings }: Batch, kind: DeviceKind): PublishStep {
  return {
    kind: 'publish',
    dueMs: readings.reduce((due, { trueMs }) => Math.max(due, trueMs), 0),
    payload: (seq, sentMs) => batchText(schemaIdOf[kind], seq, sentMs, readings),
    units: readings.map(unitOf),
  }
}

function unitOf({ takenAtMs, values, refusal }: SentReading): Unit {
  return { kind: 'reading', takenAtMs, values, ...(refusal === undefined ? {} : { refusal }) }
}

function batchText(schema: string, seq: number, sentMs: number, readings: readonly SentReading[]): string {
  const entries = readings.map(({ takenAtMs, values }) => ({ t: takenAtMs, ...values }))
  return JSON.stringify({ schema, seq, sent: sentMs, readings: entries })
}

/** @param change of a batch that is struck; the others pass */
function perBatch(change: (batch: Batch, struck: Struck, random: Random) => readonly Sending[]): BatchFault {
  return function* strike(sendings, struck) {
    for (const sending of sendings) {
      const random = strikes(sending, struck)
      if (sending.kind !== 'batch' || random === undefined) yield sending
      else yield* change(sending, struck, random)
    }
  }
}

/** Undefined for what is not struck. */
function strikes(sending: Sending, { fault, device, seed }: Struck): Random | undefined {
  if (sending.kind !== 'batch') return undefined
  const [first] = sending.readings
  if (first === undefined || first.trueMs < fault.fromMs || first.trueMs >= fault.untilMs) return undefined
  const random = randomFor(seed, fault.fault, device, first.trueMs)
  return random.chance(fault.intensity) ? random : undefined
}

function* reorder(sendings: Iterable<Sending>, struck: Struck): Iterable<Sending> {
  let waiting: Batch | undefined
  for (const sending of sendings) {
    const random = strikes(sending, struck)
    if (waiting !== undefined) {
      yield sending
      yield waiting
      waiting = undefined
    } else if (sending.kind === 'batch' && random !== undefined) waiting = asBatch(shuffled(sending.readings, random))
    else yield sending
  }
  if (waiting !== undefined) yield waiting
}

function shuffled(readings: readonly SentReading[], random: Random): readonly SentReading[] {
  const left = [...readings]
  return readings.flatMap(() => left.splice(random.whole(0, left.length - 1), 1))
}

function* keepBack(sendings: Iterable<Sending>, struck: Struck): Iterable<Sending> {
  const spellOf = spellsOf(struck, offlineMs)
  let kept: Sending[] = []
  for (const sending of sendings) {
    const [first] = sending.kind === 'batch' ? sending.readings : []
    if (first !== undefined && spellOf(first.trueMs) !== undefined) {
      if (kept.length === 0) yield { kind: 'cut' }
      kept.push(sending)
      continue
    }
    yield sending
    // The newest first, then all that was missed at once.
    if (sending.kind === 'batch') {
      yield* kept
      kept = []
    }
  }
  yield* kept
}

const newNames = { vehicle: 'speed_kmh', home: 'temp_c' } as const

function otherSchema(batch: Batch, kind: DeviceKind, random: Random): Sending {
  const { readings } = batch
  switch (random.pick(['schema', 'name', 'text'] as const)) {
    case 'schema':
      return whole(batch, 'unknown-schema', (seq, sentMs) => batchText(`${kind}/9`, seq, sentMs, readings))
    case 'name':
      return publishStep(
        withFirstValue(readings, (_, value) => [newNames[kind], value], 'unknown-signal'),
        kind,
      )
    case 'text':
      return publishStep(
        withFirstValue(readings, (name, value) => [name, String(value)], 'wrong-type'),
        kind,
      )
  }
}

function withFirstValue(
  readings: readonly SentReading[],
  change: (name: string, value: unknown) => readonly [string, unknown],
  refusal: RefusalCode,
): Batch {
  return asBatch(
    readings.map((reading) => {
      const [first, ...rest] = Object.entries(reading.values)
      if (first === undefined) return reading
      return refusedFor({ ...reading, values: Object.fromEntries([change(first[0], first[1]), ...rest]) }, refusal)
    }),
  )
}

function malformed(batch: Batch, kind: DeviceKind, random: Random): Sending {
  const { readings } = batch
  const good = (seq: number, sentMs: number) => batchText(schemaIdOf[kind], seq, sentMs, readings)
  switch (random.pick(['cut', 'bytes', 'envelope', 'kind'] as const)) {
    case 'cut':
      return whole(batch, 'not-json', (seq, sentMs) => {
        const text = good(seq, sentMs)
        return text.slice(0, Math.floor(text.length * 0.6))
      })
    case 'bytes':
      return whole(batch, 'not-json', (seq, sentMs) => Buffer.concat([Buffer.from(good(seq, sentMs)), Buffer.from([0xff, 0xfe])]))
    case 'envelope':
      return whole(batch, 'not-a-batch', (seq) => JSON.stringify({ schema: schemaIdOf[kind], seq: String(seq), readings: [] }))
    case 'kind': {
      const other = kind === 'vehicle' ? 'home' : 'vehicle'
      return whole(batch, 'wrong-kind', (seq, sentMs) => batchText(schemaIdOf[other], seq, sentMs, readings))
    }
  }
}

function oversized(batch: Batch, kind: DeviceKind, random: Random): Sending {
  const [first] = batch.readings
  const dueMs = first?.trueMs ?? 0
  if (random.chance(0.5)) return { kind: 'publish-too-large', dueMs, payload: Buffer.alloc(tooLargeBytes, ' ') }
  const [[name, value] = ['', 0]] = Object.entries(first?.values ?? {})
  return whole(batch, 'too-many-readings', (seq, sentMs) => {
    const readings = Array.from({ length: tooManyReadings }, (_, index) => ({
      trueMs: dueMs,
      takenAtMs: (first?.takenAtMs ?? 0) + index,
      values: { [name]: value },
    }))
    return batchText(schemaIdOf[kind], seq, sentMs, readings)
  })
}

function whole({ readings }: Batch, refusal: RefusalCode, payload: PublishStep['payload']): PublishStep {
  const dueMs = readings.reduce((due, { trueMs }) => Math.max(due, trueMs), 0)
  return { kind: 'publish', dueMs, payload, units: [{ kind: 'whole', refusal }] }
}

/** More would look like guessing, and the broker would hold the device up. */
function* tryWrongSecrets(sendings: Iterable<Sending>, struck: Struck): Iterable<Sending> {
  let tried = 0
  for (const sending of sendings) {
    yield sending
    if (tried >= wrongSecretsMax || strikes(sending, struck) === undefined) continue
    tried += 1
    yield { kind: 'try-wrong-secret' }
  }
}
