// When a session has to prove again who uses it. A session that is left open, or stolen, opens only what nobody would regret.

/** Long enough for a piece of work, short enough for a coffee. */
export const stepUpMsMax = 10 * 60_000

/** How somebody proved who they are. */
export type Proof = 'password' | 'totp' | 'recovery-code' | 'passkey' | 'invitation'

export function isProved(provedAtMs: number | undefined, nowMs: number): boolean {
  return provedAtMs !== undefined && nowMs - provedAtMs < stepUpMsMax
}
