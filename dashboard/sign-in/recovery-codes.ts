// Codes on paper, for whoever has lost the phone: each works once. Shown when they are made, kept as hashes.

import { createHash } from 'node:crypto'

export const recoveryCodeCount = 10
/** 80 bits each: nobody finds one from its hash, so a fast hash does. */
const letters = 16
const lettersInGroup = 4
/** Crockford's: nothing in it is taken for something else. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

export const recoveryRandomBytes = recoveryCodeCount * letters

/** @param random `recoveryRandomBytes` of them */
export function makeRecoveryCodes(random: Uint8Array): readonly string[] {
  return Array.from({ length: recoveryCodeCount }, (_, code) => {
    const text = [...random.subarray(code * letters, (code + 1) * letters)].map((byte) => alphabet.charAt(byte & 31)).join('')
    return (text.match(new RegExp(`.{${lettersInGroup}}`, 'g')) ?? []).join('-')
  })
}

/** Spaces, dashes and capitals do not matter; letters that look like figures are those figures. */
export function recoveryCodeHash(typed: string): string {
  const plain = typed.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1')
  return createHash('sha256').update(plain).digest('hex')
}
