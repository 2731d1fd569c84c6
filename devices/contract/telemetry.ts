// The native payload: a batch of readings, parsed once at the edge into domain readings, and written by devices.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { DeviceRef, Reading } from './reading.ts'
import { type ClockVerdict, type RefusalCode, type Rejection, refusals } from './receipt.ts'
import { type DeviceKind, deviceKinds, type Signal, type SignalType, signalsByKind } from './signals.ts'

/** A batch of 1,000 one-second readings is about 17 minutes and stays below the 256 KiB packet limit. */
export const readingsPerBatchMax = 1000
/** Phones and trackers drift by seconds; five minutes ahead is a clock that is wrong. */
export const futureToleranceMsMax = 5 * 60_000
/** 2015-01-01. Unset clocks say 1970 or 2000, a GPS week rollover 19.6 years ago. */
export const plausibleSinceMs = 1_420_070_400_000
/** A receiver that counts GPS weeks in ten bits is this far behind once it has lost count. */
export const gpsRolloverMs = 1024 * 7 * 86_400_000
/** Readings kept on the device for longer than this are not told apart from an unset clock. */
const rolloverSinceMs = 90 * 86_400_000
/** Skews below this are network and queueing. */
export const clockSkewMsMax = 60_000

export const schemaIdOf = { vehicle: 'vehicle/1', home: 'home/1' } as const satisfies Record<DeviceKind, string>

function signalSchema(signal: Signal): Type.TSchema {
  const description = `${signal.describes}${signal.unit === null ? '' : ` (${signal.unit})`}`
  if (signal.type === 'boolean') return Type.Optional(Type.Boolean({ description }))
  const bounds = {
    ...(signal.min === undefined ? {} : { minimum: signal.min }),
    ...(signal.max === undefined ? {} : { maximum: signal.max }),
  }
  return Type.Optional(Type.Number({ description, ...bounds }))
}

/** JSON Schema of a batch of this kind, for publication; the parser below names refusals reading by reading. */
export function batchSchema(kind: DeviceKind): Type.TSchema {
  const signals = Object.fromEntries(signalsByKind[kind].map((signal) => [signal.name, signalSchema(signal)]))
  const reading = Type.Object(
    { t: Type.Integer({ description: 'epoch milliseconds' }), ...signals },
    { additionalProperties: false },
  )
  return Type.Object(
    {
      schema: Type.Literal(schemaIdOf[kind]),
      seq: Type.Integer({ minimum: 0 }),
      sent: Type.Optional(Type.Integer({ description: "the device's clock when it published, epoch milliseconds" })),
      readings: Type.Array(reading, { minItems: 1, maxItems: readingsPerBatchMax }),
    },
    { title: `Telemetry of a ${kind}`, additionalProperties: false },
  )
}

const EnvelopeSchema = Type.Object(
  {
    schema: Type.String(),
    seq: Type.Integer({ minimum: 0 }),
    sent: Type.Optional(Type.Integer()),
    readings: Type.Array(Type.Record(Type.String(), Type.Unknown()), { minItems: 1 }),
  },
  { additionalProperties: false },
)
const envelope = Compile(EnvelopeSchema)

/** What a payload came to. Nothing is lost: every reading is either accepted or rejected by name. */
export interface ParsedBatch {
  readonly seq: number | null
  readonly clock: ClockVerdict
  readonly readings: readonly Reading[]
  readonly rejected: readonly Rejection[]
}

const noClock: ClockVerdict = { verdict: 'unknown', skewMs: null }

/** @param receivedAtMs the server's clock, against which future times and skew are judged */
export function parseTelemetry(payload: Uint8Array, device: DeviceRef, receivedAtMs: number): ParsedBatch {
  let batch: unknown
  try {
    batch = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch {
    return refuse(null, noClock, 'not-json', '')
  }
  if (!envelope.Check(batch)) {
    const [first] = envelope.Errors(batch)
    return refuse(null, noClock, 'not-a-batch', first?.instancePath ?? '', first?.message)
  }
  const clock = judgeClock(batch.sent, receivedAtMs)
  const kind = deviceKinds.find((candidate) => schemaIdOf[candidate] === batch.schema)
  if (kind === undefined) return refuse(batch.seq, clock, 'unknown-schema', '/schema')
  if (kind !== device.kind) return refuse(batch.seq, clock, 'wrong-kind', '/schema')
  if (batch.readings.length > readingsPerBatchMax) return refuse(batch.seq, clock, 'too-many-readings', '/readings')

  const readings: Reading[] = []
  const rejected: Rejection[] = []
  batch.readings.forEach((entry, index) => {
    const outcome = parseReading(entry, device, receivedAtMs)
    if ('reading' in outcome) readings.push(outcome.reading)
    else {
      const path = `/readings/${index}${outcome.field === '' ? '' : `/${outcome.field}`}`
      rejected.push(rejection(index, outcome.code, path, outcome.detail))
    }
  })
  return { seq: batch.seq, clock, readings, rejected }
}

type ReadingOutcome =
  | { readonly reading: Reading }
  | { readonly code: RefusalCode; readonly field: string; readonly detail?: string }

const signalTables: Readonly<Record<DeviceKind, ReadonlyMap<string, Signal>>> = {
  vehicle: new Map(signalsByKind.vehicle.map((signal) => [signal.name, signal])),
  home: new Map(signalsByKind.home.map((signal) => [signal.name, signal])),
}

function parseReading(entry: Readonly<Record<string, unknown>>, device: DeviceRef, receivedAtMs: number): ReadingOutcome {
  const takenAtMs = entry['t']
  if (typeof takenAtMs !== 'number' || !Number.isSafeInteger(takenAtMs)) return { code: 'bad-time', field: 't' }
  const signals = signalTables[device.kind]
  const values: Record<string, number | boolean> = {}
  for (const field in entry) {
    if (field === 't') continue
    const signal = signals.get(field)
    if (signal === undefined) return { code: 'unknown-signal', field: pointerToken(field) }
    const value = entry[field]
    if (!isOfType(value, signal.type)) return { code: 'wrong-type', field }
    if (typeof value === 'number' && (value < (signal.min ?? -Infinity) || value > (signal.max ?? Infinity)))
      return { code: 'out-of-range', field }
    values[field] = value
  }
  if (Object.keys(values).length === 0) return { code: 'no-signals', field: '' }
  if (takenAtMs < plausibleSinceMs)
    return { code: 'time-implausible', field: 't', ...(isRollover(takenAtMs, receivedAtMs) ? { detail: rolloverDetail } : {}) }
  if (takenAtMs > receivedAtMs + futureToleranceMsMax) return { code: 'time-in-future', field: 't' }
  return { reading: { kind: device.kind, device: device.id, takenAtMs, values } }
}

const rolloverDetail = 'GPS week rollover: the receiver is 1,024 weeks behind; update its firmware'

function isRollover(takenAtMs: number, receivedAtMs: number): boolean {
  const behindMs = receivedAtMs - (takenAtMs + gpsRolloverMs)
  return behindMs >= -futureToleranceMsMax && behindMs <= rolloverSinceMs
}

function isOfType(value: unknown, type: SignalType): value is number | boolean {
  return type === 'number' ? typeof value === 'number' && Number.isFinite(value) : typeof value === 'boolean'
}

function judgeClock(sentMs: number | undefined, receivedAtMs: number): ClockVerdict {
  if (sentMs === undefined) return noClock
  const skewMs = receivedAtMs - sentMs
  if (skewMs > clockSkewMsMax) return { verdict: 'behind', skewMs }
  if (skewMs < -clockSkewMsMax) return { verdict: 'ahead', skewMs }
  return { verdict: 'ok', skewMs }
}

function refuse(seq: number | null, clock: ClockVerdict, code: RefusalCode, path: string, detail?: string): ParsedBatch {
  return { seq, clock, readings: [], rejected: [rejection(null, code, path, detail)] }
}

export function rejection(index: number | null, code: RefusalCode, path: string, detail?: string): Rejection {
  return { index, code, path, message: detail === undefined ? refusals[code] : `${refusals[code]} (${detail})` }
}

/** RFC 6901 §3: `~` and `/` are escaped in a pointer's tokens. */
function pointerToken(field: string): string {
  return field.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The bytes a device publishes for these readings, all of its own kind. */
export function encodeTelemetry(kind: DeviceKind, seq: number, sentMs: number, readings: readonly Reading[]): string {
  const entries = readings.map((reading) => ({ t: reading.takenAtMs, ...reading.values }))
  return JSON.stringify({ schema: schemaIdOf[kind], seq, sent: sentMs, readings: entries })
}
