// One spelling for one JSON value: keys sorted, no spaces, numbers as ECMAScript writes them (RFC 8785 for the values used
// here). What has the same content has the same hash, on any machine.

import { createHash } from 'node:crypto'

/** @throws TypeError for what JSON cannot say: NaN, infinities, functions, cycles end in a RangeError */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} cannot be written as JSON.`)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
    return `{${members.join(',')}}`
  }
  const text: string | undefined = JSON.stringify(value)
  if (text === undefined) throw new TypeError(`A ${typeof value} cannot be written as JSON.`)
  return text
}

/** SHA-256 of the canonical form, lower-case hex. */
export function contentHash(value: unknown): string {
  return sha256(canonicalJson(value))
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
