// What the broker says about connections: who came, over which way, and why each ended or was refused. Who keeps it is the
// listener's business.

/** Why a connection ended; the first that applies. */
export const endReasons = [
  /** The device said DISCONNECT. */
  'signed-off',
  /** The same device connected again. */
  'taken-over',
  'revoked',
  'secret-replaced',
  /** Its kind was corrected: it has to sign in anew to be judged by the other schema. */
  'kind-changed',
  /** It published on a topic that is not its own. */
  'foreign-topic',
  /** Larger than allowed, or not MQTT. */
  'bad-packet',
  /** Silent for one and a half times its keep-alive. */
  'keep-alive',
  /** The journal takes nothing at the moment: the device keeps its data and comes back. */
  'not-taken-in',
  'edge-stopped',
  /** Edge ended without a word; said by the next one. */
  'edge-restarted',
  /** The network, or the device, went away. */
  'lost',
] as const
export type EndReason = (typeof endReasons)[number]

export type Transport = 'tcp' | 'websocket'

export type ConnectionEvent =
  | {
      readonly kind: 'opened'
      readonly id: string
      readonly deviceId: string
      readonly atMs: number
      readonly address: string
      readonly transport: Transport
      readonly hasWill: boolean
    }
  | { readonly kind: 'ended'; readonly id: string; readonly atMs: number; readonly reason: EndReason }
  /** `deviceId` is what the CONNECT claims; there need not be such a device. */
  | {
      readonly kind: 'refused'
      readonly id: string
      readonly deviceId: string
      readonly atMs: number
      readonly address: string
      readonly transport: Transport
      readonly hasWill: boolean
      readonly reason: string
    }
