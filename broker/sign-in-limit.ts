// How many failed sign-ins are answered: a token bucket per address, and one per address and user name. Only failures cost a
// token. Keeps no clock; the caller hands in the time.

/** A person who mistypes and a device with an old secret stay below; a guesser does not get far with it. */
const failuresPerNameMax = 10
const failuresPerAddressMax = 100
const failuresPerNamePerSecond = 1 / 10
const failuresPerAddressPerSecond = 1
/** Buckets and names kept; beyond it the one not touched for longest is forgotten. */
export const signInEntriesMax = 20_000

interface Bucket {
  tokens: number
  filledAtMs: number
}

export interface SignInLimit {
  /** Whether an attempt may be looked at. A name that signed in from this address before is not held up by its neighbours. */
  admits(address: string, name: string, nowMs: number): boolean
  failed(address: string, name: string, nowMs: number): void
  succeeded(address: string, name: string): void
}

export function createSignInLimit(): SignInLimit {
  const byName = new Map<string, Bucket>()
  const byAddress = new Map<string, Bucket>()
  const known = new Map<string, true>()
  return {
    admits(address, name, nowMs) {
      const pair = `${address} ${name}`
      if (tokensOf(byName.get(pair), failuresPerNameMax, failuresPerNamePerSecond, nowMs) < 1) return false
      if (known.has(pair)) return true
      return tokensOf(byAddress.get(address), failuresPerAddressMax, failuresPerAddressPerSecond, nowMs) >= 1
    },
    failed(address, name, nowMs) {
      spend(byName, `${address} ${name}`, failuresPerNameMax, failuresPerNamePerSecond, nowMs)
      spend(byAddress, address, failuresPerAddressMax, failuresPerAddressPerSecond, nowMs)
    },
    succeeded(address, name) {
      touch(known, `${address} ${name}`, true)
    },
  }
}

function tokensOf(bucket: Bucket | undefined, tokensMax: number, tokensPerSecond: number, nowMs: number): number {
  if (bucket === undefined) return tokensMax
  // A clock that was set back must not lock anyone out.
  const elapsedMs = Math.max(0, nowMs - bucket.filledAtMs)
  return Math.min(tokensMax, bucket.tokens + (elapsedMs / 1000) * tokensPerSecond)
}

function spend(buckets: Map<string, Bucket>, key: string, tokensMax: number, tokensPerSecond: number, nowMs: number): void {
  const tokens = Math.max(0, tokensOf(buckets.get(key), tokensMax, tokensPerSecond, nowMs) - 1)
  touch(buckets, key, { tokens, filledAtMs: nowMs })
}

/** Maps keep the order of insertion: deleting first makes the first key the one not touched for longest. */
function touch<Value>(entries: Map<string, Value>, key: string, value: Value): void {
  entries.delete(key)
  entries.set(key, value)
  if (entries.size <= signInEntriesMax) return
  const [oldest] = entries.keys()
  if (oldest !== undefined) entries.delete(oldest)
}
