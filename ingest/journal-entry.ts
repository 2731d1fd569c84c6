// What a journal record says: the one message it came from, as readings, refusals and presence. Encoded compactly as JSON;
// decoding checks the form, because a record may have been written by an earlier version.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Reading } from '../devices/contract/reading.ts'
import { type RefusalCode, refusalCodes } from '../devices/contract/receipt.ts'
import { type DeviceState, DeviceStateSchema } from '../devices/contract/state.ts'

/** Something a device sent that was refused, kept for the maker. */
export interface Refused {
  readonly code: RefusalCode
  readonly path: string
  readonly message: string
  /** What was refused, as text, cut short. */
  readonly payload: string
}

export type JournalEntry =
  | {
      readonly kind: 'message'
      readonly device: string
      readonly receivedAtMs: number
      readonly readings: readonly Reading[]
      readonly refused: readonly Refused[]
    }
  /** What a device said about itself. */
  | { readonly kind: 'state'; readonly device: string; readonly receivedAtMs: number; readonly state: DeviceState }
  /** What edge saw: a connection came or went. */
  | { readonly kind: 'presence'; readonly device: string; readonly receivedAtMs: number; readonly state: 'online' | 'offline' }
  /** Edge has started: nobody is connected. */
  | { readonly kind: 'started'; readonly receivedAtMs: number }

const Values = Type.Record(Type.String(), Type.Union([Type.Number(), Type.Boolean()]))
const Time = Type.Integer()
const RefusedSchema = Type.Object({
  code: Type.Enum(refusalCodes),
  path: Type.String(),
  message: Type.String(),
  payload: Type.String(),
})
const presence = Type.Union([Type.Literal('online'), Type.Literal('offline')])

/** One letter a field: the journal writes every reading once, and the disk is what limits it. */
const EntrySchema = Type.Union([
  Type.Object({
    e: Type.Literal('m'),
    d: Type.String(),
    a: Time,
    k: Type.Union([Type.Literal('vehicle'), Type.Literal('home')]),
    r: Type.Array(Type.Tuple([Time, Values])),
    q: Type.Array(RefusedSchema),
  }),
  Type.Object({ e: Type.Literal('s'), d: Type.String(), a: Time, s: DeviceStateSchema }),
  Type.Object({ e: Type.Literal('p'), d: Type.String(), a: Time, s: presence }),
  Type.Object({ e: Type.Literal('b'), a: Time }),
])
type Encoded = Type.Static<typeof EntrySchema>
const entry = Compile(EntrySchema)

export function encodeEntry(value: JournalEntry): Buffer {
  return Buffer.from(JSON.stringify(shorten(value)), 'utf8')
}

function shorten(value: JournalEntry): Encoded {
  switch (value.kind) {
    case 'message':
      return {
        e: 'm',
        d: value.device,
        a: value.receivedAtMs,
        k: value.readings[0]?.kind ?? 'vehicle',
        r: value.readings.map((reading) => [reading.takenAtMs, { ...reading.values }]),
        q: [...value.refused],
      }
    case 'state':
      return { e: 's', d: value.device, a: value.receivedAtMs, s: value.state }
    case 'presence':
      return { e: 'p', d: value.device, a: value.receivedAtMs, s: value.state }
    case 'started':
      return { e: 'b', a: value.receivedAtMs }
  }
}

/** The entry, or undefined when the bytes are none that this version knows. */
export function decodeEntry(payload: Buffer): JournalEntry | undefined {
  let value: unknown
  try {
    value = JSON.parse(payload.toString('utf8'))
  } catch {
    return undefined
  }
  if (!entry.Check(value)) return undefined
  switch (value.e) {
    case 'm': {
      const { d: device, k: kind } = value
      return {
        kind: 'message',
        device,
        receivedAtMs: value.a,
        readings: value.r.map(([takenAtMs, values]) => ({ kind, device, takenAtMs, values })),
        refused: value.q,
      }
    }
    case 's':
      return { kind: 'state', device: value.d, receivedAtMs: value.a, state: value.s }
    case 'p':
      return { kind: 'presence', device: value.d, receivedAtMs: value.a, state: value.s }
    case 'b':
      return { kind: 'started', receivedAtMs: value.a }
  }
}
