// The receipt: what became of a batch, told to the device that sent it, per reading and per field.

import Type from 'typebox'

/**
 * Why something a device sent was refused, in the order it is checked. A code is never reused for
 * another meaning; what is refused is acknowledged, kept in quarantine and named here.
 */
export const refusalCodes = [
  'not-json',
  'not-a-batch',
  'unknown-schema',
  'wrong-kind',
  'too-many-readings',
  'bad-time',
  'unknown-signal',
  'wrong-type',
  'out-of-range',
  'no-signals',
  'time-implausible',
  'time-in-future',
  'conflict',
  'paused',
] as const

export type RefusalCode = (typeof refusalCodes)[number]

/** What each code means, and how a maker mends it. */
export const refusals: Readonly<Record<RefusalCode, string>> = {
  'not-json': 'The payload is not valid JSON (UTF-8).',
  'not-a-batch': 'The payload lacks a required field or a field has the wrong form.',
  'unknown-schema': 'The schema is not one that Merit knows.',
  'wrong-kind': 'The schema is for another kind of device than the one registered.',
  'too-many-readings': 'The batch holds more readings than allowed; send smaller batches.',
  'bad-time': 'A reading needs "t": a whole number of epoch milliseconds.',
  'unknown-signal': 'No such signal for this kind of device; see devices/contract/signals.ts.',
  'wrong-type': 'The value has the wrong type for its signal.',
  'out-of-range': 'The value is outside what is physically plausible for its signal; check the unit.',
  'no-signals': 'The reading carries no signal at all.',
  'time-implausible': 'The time lies before 2015: the device clock is not set.',
  'time-in-future': 'The time lies in the future beyond the allowed tolerance: the device clock is ahead.',
  conflict: 'A different reading with the same device and time is already stored; the first one stands.',
  paused: 'Collecting is paused or was erased for this time by its person: acknowledged, and not kept. Do not send it again.',
}

export const RejectionSchema = Type.Object({
  /** Index of the reading in the batch; null when the whole payload was refused. */
  index: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
  code: Type.Enum(refusalCodes),
  /** JSON Pointer into the payload (RFC 6901). */
  path: Type.String(),
  message: Type.String(),
})

export const clockVerdicts = ['ok', 'ahead', 'behind', 'unknown'] as const

export const ReceiptSchema = Type.Object(
  {
    seq: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    accepted: Type.Integer({ minimum: 0 }),
    duplicate: Type.Integer({ minimum: 0 }),
    rejected: Type.Array(RejectionSchema),
    clock: Type.Object({
      verdict: Type.Enum(clockVerdicts),
      /** Server time minus the batch's `sent`, milliseconds; null when the batch carried no `sent`. */
      skewMs: Type.Union([Type.Integer(), Type.Null()]),
    }),
    receivedAt: Type.Integer(),
  },
  { title: 'Receipt' },
)

export type Rejection = Type.Static<typeof RejectionSchema>
export type Receipt = Type.Static<typeof ReceiptSchema>
export type ClockVerdict = Receipt['clock']
