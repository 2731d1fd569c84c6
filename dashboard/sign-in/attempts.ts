// Limits how often a password may be guessed, by address and by account. State and time come in from the caller; an
// unknown account is limited exactly like a known one, so the limit tells nobody which accounts exist.

export interface AttemptLimits {
  /** Failed sign-ins from one address within the window. */
  readonly perAddressMax: number
  /** Failed sign-ins for one account within the window, from anywhere. */
  readonly perAccountMax: number
  readonly windowMs: number
  /** Addresses and accounts remembered at a time; the oldest are forgotten first. */
  readonly trackedMax: number
}

/** A person mistypes a few times; ten guesses a minute is 14,400 a day, hopeless against any sound password. */
export const signInLimits: AttemptLimits = {
  perAddressMax: 10,
  perAccountMax: 10,
  windowMs: 60_000,
  trackedMax: 20_000,
}

export type Admission =
  | { readonly kind: 'admitted' }
  /** `isFirst` once in the account's window, so that a lock-out is told once. */
  | { readonly kind: 'refused'; readonly retryAfterMs: number; readonly isFirst: boolean }

interface Window {
  startedAtMs: number
  count: number
  refusals: number
}

export interface Attempts {
  /** Counts the attempt at once, so that parallel guesses cannot slip through together. */
  admit(address: string, account: string, nowMs: number): Admission
  /** Takes the attempt back: a correct password is no guess. */
  succeeded(address: string, account: string): void
}

export function createAttempts(limits: AttemptLimits): Attempts {
  const windows = new Map<string, Window>()

  const windowOf = (key: string, nowMs: number): Window => {
    const known = windows.get(key)
    if (known !== undefined && nowMs - known.startedAtMs < limits.windowMs) return known
    windows.delete(key)
    if (windows.size >= limits.trackedMax) forgetOldest(windows)
    const fresh = { startedAtMs: nowMs, count: 0, refusals: 0 }
    windows.set(key, fresh)
    return fresh
  }

  return {
    admit(address, account, nowMs) {
      const byAddress = windowOf(addressKey(address), nowMs)
      const byAccount = windowOf(accountKey(account), nowMs)
      const full = [
        ...(byAddress.count >= limits.perAddressMax ? [byAddress] : []),
        ...(byAccount.count >= limits.perAccountMax ? [byAccount] : []),
      ]
      if (full.length > 0) {
        const endsAtMs = Math.max(...full.map((window) => window.startedAtMs + limits.windowMs))
        byAccount.refusals += 1
        return { kind: 'refused', retryAfterMs: endsAtMs - nowMs, isFirst: byAccount.refusals === 1 }
      }
      byAddress.count += 1
      byAccount.count += 1
      return { kind: 'admitted' }
    },
    succeeded(address, account) {
      for (const key of [addressKey(address), accountKey(account)]) {
        const window = windows.get(key)
        if (window !== undefined && window.count > 0) window.count -= 1
      }
    },
  }
}

/** A whole IPv6 /64 is one subscriber. */
function addressKey(address: string): string {
  const isIpv6 = address.includes(':') && !address.startsWith('::ffff:')
  return `address ${isIpv6 ? address.split(':').slice(0, 4).join(':') : address}`
}

function accountKey(account: string): string {
  return `account ${account.toLowerCase()}`
}

/** A Map iterates in order of insertion, and a window is inserted when it starts. */
function forgetOldest(windows: Map<string, Window>): void {
  const [oldest] = windows.keys()
  if (oldest !== undefined) windows.delete(oldest)
}
