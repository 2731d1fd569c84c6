// What a faulty device does next, as a value: a payload to publish with what is expected of it, or something done to its
// connection. A plan of steps is pure; faulty-device.ts takes them.

import type { RefusalCode } from '../contract/receipt.ts'
import type { SentReading } from './sent-reading.ts'

/** What a payload holds, to be found again: readings, or one thing that is refused as a whole. */
export type Unit =
  | {
      readonly kind: 'reading'
      readonly takenAtMs: number
      readonly values: SentReading['values']
      readonly refusal?: RefusalCode
    }
  | { readonly kind: 'whole'; readonly refusal: RefusalCode }

export interface PublishStep {
  readonly kind: 'publish'
  /** When the last of it was measured; live devices wait for this time. */
  readonly dueMs: number
  readonly payload: (seq: number, sentMs: number) => string | Buffer
  readonly units: readonly Unit[]
}

export type Step =
  | PublishStep
  /** A packet that no broker should take: it ends the connection, and is not sent again. */
  | { readonly kind: 'publish-too-large'; readonly dueMs: number; readonly payload: Buffer }
  /** The socket is gone, and nobody said goodbye. */
  | { readonly kind: 'cut' }
  /** Off and on again, at once, so many times. */
  | { readonly kind: 'rejoin'; readonly times: number }
  | { readonly kind: 'try-wrong-secret' }
