// What a CONNECT packet must be before anyone looks up its secret: the device named three times alike, and a Last Will that
// speaks for that device only. Pure; whether the secret is right is the registry's.

import { isDeviceId } from '../devices/contract/reading.ts'
import { mayLeaveWill, type Publication } from './topic-rights.ts'

/** MQTT 3.1.1 §3.2.2.3, the return codes that a device can get from Merit. */
export const connectReturnCodes = { identifierRejected: 2, unavailable: 3, badUserNameOrPassword: 4, notAuthorized: 5 } as const
export type ConnectReturnCode = (typeof connectReturnCodes)[keyof typeof connectReturnCodes]

export interface ConnectRequest {
  /** As it came on the wire; empty asks the server to choose one. */
  readonly clientId: string
  readonly username: string | undefined
  readonly password: string | undefined
  readonly will: Publication | undefined
}

export type ConnectVerdict =
  | { readonly kind: 'claims'; readonly deviceId: string; readonly secret: string }
  | { readonly kind: 'refused'; readonly returnCode: ConnectReturnCode; readonly reason: ConnectRefusal }

/** In the order they are checked. */
export type ConnectRefusal = 'bad-client-id' | 'no-credential' | 'client-id-differs-from-user-name' | 'foreign-will'

export function judgeConnect({ clientId, username, password, will }: ConnectRequest): ConnectVerdict {
  if (!isDeviceId(clientId)) return refused('identifierRejected', 'bad-client-id')
  if (username === undefined || password === undefined) return refused('badUserNameOrPassword', 'no-credential')
  if (username !== clientId) return refused('identifierRejected', 'client-id-differs-from-user-name')
  if (will !== undefined && !mayLeaveWill(clientId, will)) return refused('notAuthorized', 'foreign-will')
  return { kind: 'claims', deviceId: clientId, secret: password }
}

function refused(code: keyof typeof connectReturnCodes, reason: ConnectRefusal): ConnectVerdict {
  return { kind: 'refused', returnCode: connectReturnCodes[code], reason }
}
