// Replacing and revoking what a device signs in with, and taking either back while that is possible. Whoever calls this also
// has edge cut the open connection; edge itself looks for withdrawn secrets now and then as well.

import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { DeviceKind } from '../devices/contract/signals.ts'
import type { Book } from '../store/book/schema.ts'

/** Long enough to notice the wrong device, short enough that a secret that leaked is soon gone for good. */
export const undoMsMax = 10 * 60_000
const secretBytes = 32

/** A random 256-bit secret; guessing one is out of reach. */
export function newSecret(): string {
  return randomBytes(secretBytes).toString('base64url')
}

/** As it is kept: lower-case hex. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex')
}

/** In the order they are checked. */
export type Replacement =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'revoked' }
  /** `secret` is told this once. */
  | { readonly kind: 'replaced'; readonly secret: string; readonly undoUntilMs: number }

/** The former secret opens nothing from now on. */
export async function replaceSecret(book: Book, deviceId: string, nowMs: number): Promise<Replacement> {
  return book.transaction().execute(async (changes) => {
    const device = await changes.selectFrom('devices').select('revoked_at_ms').where('id', '=', deviceId).executeTakeFirst()
    if (device === undefined) return { kind: 'unknown' }
    if (device.revoked_at_ms !== null) return { kind: 'revoked' }
    // One step can be taken back: what was replaced before that is gone.
    await changes
      .deleteFrom('device_credentials')
      .where('device_id', '=', deviceId)
      .where('purpose', '=', 'device')
      .where('withdrawn_at_ms', 'is not', null)
      .execute()
    await changes
      .updateTable('device_credentials')
      .set({ withdrawn_at_ms: nowMs })
      .where('device_id', '=', deviceId)
      .where('purpose', '=', 'device')
      .execute()
    const secret = newSecret()
    await changes
      .insertInto('device_credentials')
      .values({
        id: randomUUID(),
        device_id: deviceId,
        purpose: 'device',
        secret_sha256: digestOf(secret),
        created_at_ms: nowMs,
        expires_at_ms: null,
      })
      .execute()
    return { kind: 'replaced', secret, undoUntilMs: nowMs + undoMsMax }
  })
}

export type Undone = 'undone' | 'unknown' | 'too-late'

/** The former secret is good again, and the one that replaced it opens nothing any more. */
export async function undoReplacement(book: Book, deviceId: string, nowMs: number): Promise<Undone> {
  return book.transaction().execute(async (changes) => {
    const former = await changes
      .selectFrom('device_credentials')
      .select(['id', 'withdrawn_at_ms'])
      .where('device_id', '=', deviceId)
      .where('purpose', '=', 'device')
      .where('withdrawn_at_ms', 'is not', null)
      .executeTakeFirst()
    if (former === undefined) return 'unknown'
    if ((former.withdrawn_at_ms ?? 0) + undoMsMax < nowMs) return 'too-late'
    await changes
      .deleteFrom('device_credentials')
      .where('device_id', '=', deviceId)
      .where('purpose', '=', 'device')
      .where('id', '<>', former.id)
      .execute()
    await changes.updateTable('device_credentials').set({ withdrawn_at_ms: null }).where('id', '=', former.id).execute()
    return 'undone'
  })
}

/** A device that was revoked by mistake signs in with its own secret again. */
export async function undoRevocation(book: Book, deviceId: string, nowMs: number): Promise<Undone> {
  const device = await book.selectFrom('devices').select('revoked_at_ms').where('id', '=', deviceId).executeTakeFirst()
  if (device === undefined || device.revoked_at_ms === null) return 'unknown'
  if (device.revoked_at_ms + undoMsMax < nowMs) return 'too-late'
  await book.updateTable('devices').set({ revoked_at_ms: null }).where('id', '=', deviceId).execute()
  return 'undone'
}

/** Until when a replaced secret, or a revocation, can be taken back; undefined where it cannot. */
export async function undoableUntil(
  book: Book,
  deviceId: string,
  nowMs: number,
): Promise<{ readonly secretMs: number | undefined; readonly revocationMs: number | undefined }> {
  const device = await book.selectFrom('devices').select('revoked_at_ms').where('id', '=', deviceId).executeTakeFirst()
  const former = await book
    .selectFrom('device_credentials')
    .select('withdrawn_at_ms')
    .where('device_id', '=', deviceId)
    .where('purpose', '=', 'device')
    .where('withdrawn_at_ms', 'is not', null)
    .executeTakeFirst()
  const within = (sinceMs: number | null | undefined) =>
    sinceMs === null || sinceMs === undefined || sinceMs + undoMsMax < nowMs ? undefined : sinceMs + undoMsMax
  return { secretMs: within(former?.withdrawn_at_ms), revocationMs: within(device?.revoked_at_ms) }
}

/** Which kind of device this is, corrected; the caller has made sure that nothing of it is stored yet. */
export async function correctKind(book: Book, deviceId: string, kind: DeviceKind): Promise<void> {
  await book.updateTable('devices').set({ kind }).where('id', '=', deviceId).execute()
}
