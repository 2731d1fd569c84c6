// Text that the book keeps and only this installation reads: AES-256-GCM under a key made of the installation's secret, bound to
// whose it is.

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16

export interface Seal {
  seal(text: string, owner: string): string
  /** Undefined when it was sealed under another secret, for somebody else, or was changed. */
  open(sealed: string, owner: string): string | undefined
}

export function createSeal(secret: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'merit sealed text', 32))
  return {
    seal(text, owner) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(owner))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
    },
    open(sealed, owner) {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length < ivBytes + tagBytes) return undefined
      const tag = bytes.subarray(ivBytes, ivBytes + tagBytes)
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes)).setAAD(Buffer.from(owner)).setAuthTag(tag)
      const body = decipher.update(bytes.subarray(ivBytes + tagBytes))
      try {
        return Buffer.concat([body, decipher.final()]).toString('utf8')
      } catch {
        // The tag does not fit.
        return undefined
      }
    },
  }
}
