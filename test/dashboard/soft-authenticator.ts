// An authenticator made of Node's cryptography, for tests that need one that lies: it answers for any origin, with any counter, with or
// without user verification. WebAuthn §6.1 (authenticator data), §6.5.4 (attestation object), RFC 9053 §7.1.1 (the public key).

import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

export interface Wish {
  readonly challenge: string
  readonly origin: string
  readonly rpId: string
  readonly counter?: number
  readonly isVerified?: boolean
}

export interface SoftAuthenticator {
  readonly id: string
  create(wish: Wish): unknown
  answer(wish: Wish): unknown
}

export function softAuthenticator(): SoftAuthenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const idBytes = randomBytes(32)
  const id = idBytes.toString('base64url')
  // A map of five: kty EC2, alg ES256, crv P-256, x, y.
  const coseKey = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ])
  const outer = { id, rawId: id, type: 'public-key', clientExtensionResults: {} }

  return {
    id,
    create(wish) {
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, idBytes.length]), idBytes, coseKey])
      const data = Buffer.concat([dataOf(wish, 0x40), attested])
      // {"fmt": "none", "attStmt": {}, "authData": bytes}
      const attestationObject = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
        Buffer.from([data.length]),
        data,
      ])
      const response = { clientDataJSON: clientData('webauthn.create', wish).toString('base64url') }
      return { ...outer, response: { ...response, attestationObject: attestationObject.toString('base64url') } }
    },
    answer(wish) {
      const client = clientData('webauthn.get', wish)
      const data = dataOf(wish, 0)
      const signature = sign('sha256', Buffer.concat([data, createHash('sha256').update(client).digest()]), privateKey)
      const response = { clientDataJSON: client.toString('base64url'), authenticatorData: data.toString('base64url') }
      return { ...outer, response: { ...response, signature: signature.toString('base64url') } }
    },
  }
}

function dataOf({ rpId, counter = 1, isVerified = true }: Wish, moreFlags: number): Buffer {
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  const flags = 0x01 | (isVerified ? 0x04 : 0) | moreFlags
  return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count])
}

function clientData(type: string, { challenge, origin }: Wish): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
}
