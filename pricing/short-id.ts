// Short ids that people can read out: a prefix and five characters.

/** Without 0, o, 1, l and i, which look alike; 31 characters. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'
const length = 5

/** `motor-7f3k2`. @param random at least 5 random bytes */
export function shortId(prefix: string, random: Uint8Array): string {
  return `${prefix}-${Array.from(random.subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('')}`
}
