// How a password is kept: argon2id in the PHC string format, so that stronger parameters can be introduced while older
// hashes still verify. Holds no policy on what a good password is.

import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane; about 30 ms on a small server. */
const memoryKib = 19_456
const passes = 2
const lanes = 1
const saltBytes = 16
const tagBytes = 32

const stored = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/

/** The two things there are to do with a password. */
export interface Passwords {
  hash(password: string): Promise<string>
  verify(password: string, hash: string): Promise<boolean>
}

/** No password is known to have it: what one is checked against where there is no account, at the usual cost. */
export const hashOfNothing = `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${'A'.repeat(22)}$${'A'.repeat(43)}`

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const tag = await derive(password, salt, { memoryKib, passes, lanes, tagBytes })
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(tag)}`
}

/** False for a wrong password and for a hash this function did not write. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [, memory, time, parallel, salt, tag] = stored.exec(hash) ?? []
  if (salt === undefined || tag === undefined) return false
  const expected = Buffer.from(tag, 'base64')
  const cost = { memoryKib: Number(memory), passes: Number(time), lanes: Number(parallel), tagBytes: expected.length }
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64'), cost), expected)
}

interface Cost {
  readonly memoryKib: number
  readonly passes: number
  readonly lanes: number
  readonly tagBytes: number
}

/** NFKC first, so that the same password typed on another keyboard gives the same bytes. */
function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const parameters = {
    message: password.normalize('NFKC'),
    nonce: salt,
    memory: cost.memoryKib,
    passes: cost.passes,
    parallelism: cost.lanes,
    tagLength: cost.tagBytes,
  }
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, tag) => (error === null ? resolve(tag) : reject(error)))
  })
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
