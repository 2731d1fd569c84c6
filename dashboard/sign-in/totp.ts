// One-time codes of an authenticator app (RFC 6238 over RFC 4226). Pure: secrets, time and what was used before come in as values.

import { createHmac, timingSafeEqual } from 'node:crypto'

/** What every authenticator app assumes when it is told nothing else. */
export const totpStepMs = 30_000
export const totpDigits = 6
/** RFC 4226 §4 R6: 160 bits. */
export const totpSecretBytes = 20
/** RFC 6238 §5.2: clocks differ and people type slowly; one step to either side. */
const stepsAside = 1

export type TotpVerdict =
  | { readonly kind: 'right'; readonly step: number }
  /** It was right, and has been used, or a later one has. */
  | { readonly kind: 'used' }
  | { readonly kind: 'wrong' }

export function totpStepAt(nowMs: number): number {
  return Math.floor(nowMs / totpStepMs)
}

/** RFC 4226 §5.3, with the time step as the counter. */
export function totpCode(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0x0f
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff
  return String(number % 10 ** totpDigits).padStart(totpDigits, '0')
}

/** @param lastStep the step of the last code that was taken; RFC 6238 §5.2: a code is taken once */
export function judgeTotp(secret: Uint8Array, typed: string, lastStep: number, nowMs: number): TotpVerdict {
  const code = Buffer.from(typed.replaceAll(/\s/g, ''))
  const now = totpStepAt(nowMs)
  const matching = Array.from({ length: 2 * stepsAside + 1 }, (_, index) => now - stepsAside + index).filter((step) => {
    const right = Buffer.from(totpCode(secret, step))
    return code.length === right.length && timingSafeEqual(code, right)
  })
  const [fresh] = matching.filter((step) => step > lastStep)
  if (fresh !== undefined) return { kind: 'right', step: fresh }
  return { kind: matching.length > 0 ? 'used' : 'wrong' }
}

/** What the QR code says: the key URI format that authenticator apps read. */
export function totpUri(secret: Uint8Array, account: string): string {
  const label = `Merit:${account}`
  const query = new URLSearchParams({ secret: toBase32(secret), issuer: 'Merit' })
  return `otpauth://totp/${encodeURIComponent(label)}?${query}`
}

const base32Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 §6, without padding. */
export function toBase32(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += base32Letters.charAt((held >>> bits) & 31)
      held &= (1 << bits) - 1
    }
  }
  return bits > 0 ? text + base32Letters.charAt((held << (5 - bits)) & 31) : text
}
