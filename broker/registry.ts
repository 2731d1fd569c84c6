// Who may connect: the devices and their credentials in the book. A secret is a random 256-bit token that is shown once and
// kept as its SHA-256 only; guessing one is out of reach, so no slow password hash stands in the way of a reconnect.

import { randomUUID, timingSafeEqual } from 'node:crypto'
import { type DeviceRef, isDeviceId } from '../devices/contract/reading.ts'
import type { DeviceKind } from '../devices/contract/signals.ts'
import type { Book } from '../store/book/schema.ts'
import { firstInsurerId } from '../store/book/tenant-rows.ts'
import { digestOf, newSecret } from './device-secrets.ts'

export interface NewDevice {
  readonly id: string
  readonly kind: DeviceKind
  readonly label?: string
  /** The first insurer of the installation when absent. Ids are unique over all of them. */
  readonly insurerId?: string | undefined
  /** The run that simulates it. */
  readonly simulatedBy?: string | undefined
}

/** In the order they are checked. */
export type Registration =
  | { readonly kind: 'bad-id' }
  | { readonly kind: 'exists' }
  /** `secret` is told this once. */
  | { readonly kind: 'registered'; readonly id: string; readonly secret: string }

export async function registerDevice(book: Book, device: NewDevice, nowMs: number): Promise<Registration> {
  const { id, kind, insurerId = firstInsurerId } = device
  if (!isDeviceId(id)) return { kind: 'bad-id' }
  return book.transaction().execute(async (changes) => {
    const inserted = await changes
      .insertInto('devices')
      .values({
        id,
        kind,
        label: device.label ?? id,
        created_at_ms: nowMs,
        revoked_at_ms: null,
        insurer_id: insurerId,
        simulated_by: device.simulatedBy ?? null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    if (inserted.numInsertedOrUpdatedRows !== 1n) return { kind: 'exists' }
    const secret = newSecret()
    await changes
      .insertInto('device_credentials')
      .values({
        id: randomUUID(),
        device_id: id,
        purpose: 'device',
        secret_sha256: digestOf(secret),
        created_at_ms: nowMs,
        expires_at_ms: null,
      })
      .execute()
    return { kind: 'registered', id, secret }
  })
}

export interface LocalCredential {
  readonly secret: string
  revoke(): Promise<void>
}

/** There is no such device, or it was revoked. */
export class UnknownDevice extends Error {
  readonly code = 'unknown-device'
}

/**
 * A further credential for a device, for a replay or simulator on this machine; the hardware's own stays valid.
 * @throws UnknownDevice
 */
export async function issueLocalCredential(book: Book, deviceId: string, ttlMs: number, nowMs: number): Promise<LocalCredential> {
  const secret = newSecret()
  const id = randomUUID()
  await book.transaction().execute(async (changes) => {
    const device = await changes
      .selectFrom('devices')
      .select('id')
      .where('id', '=', deviceId)
      .where('revoked_at_ms', 'is', null)
      .executeTakeFirst()
    if (device === undefined) throw new UnknownDevice(`There is no device "${deviceId}"; add it first.`)
    await changes.deleteFrom('device_credentials').where('expires_at_ms', '<=', nowMs).execute()
    await changes
      .insertInto('device_credentials')
      .values({
        id,
        device_id: deviceId,
        purpose: 'local',
        secret_sha256: digestOf(secret),
        created_at_ms: nowMs,
        expires_at_ms: nowMs + ttlMs,
      })
      .execute()
  })
  return {
    secret,
    revoke: async () => {
      await book.deleteFrom('device_credentials').where('id', '=', id).execute()
    },
  }
}

/** No secret of this device is accepted any more, and whoever is connected with one is disconnected soon. */
export async function revokeDevice(book: Book, deviceId: string, nowMs: number): Promise<'revoked' | 'unknown'> {
  const updated = await book
    .updateTable('devices')
    .set({ revoked_at_ms: nowMs })
    .where('id', '=', deviceId)
    .where('revoked_at_ms', 'is', null)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n ? 'revoked' : 'unknown'
}

export interface VerifiedDevice {
  readonly device: DeviceRef
  readonly credentialId: string
}

/** The device whose live secret this is; undefined alike for an unknown or revoked device and for a wrong or expired secret. */
export async function verifySecret(
  book: Book,
  deviceId: string,
  secret: string,
  nowMs: number,
): Promise<VerifiedDevice | undefined> {
  const rows = await book
    .selectFrom('device_credentials')
    .innerJoin('devices', 'devices.id', 'device_credentials.device_id')
    .select([
      'device_credentials.id as credentialId',
      'secret_sha256',
      'expires_at_ms',
      'devices.id as id',
      'devices.kind as kind',
    ])
    .where('device_credentials.device_id', '=', deviceId)
    .where('device_credentials.withdrawn_at_ms', 'is', null)
    .where('devices.revoked_at_ms', 'is', null)
    .execute()
  const digest = Buffer.from(digestOf(secret), 'hex')
  let verified: VerifiedDevice | undefined
  for (const row of rows) {
    const expected = Buffer.from(row.secret_sha256, 'hex')
    const isLive = row.expires_at_ms === null || row.expires_at_ms > nowMs
    const isEqual = expected.length === digest.length && timingSafeEqual(expected, digest)
    if (isLive && isEqual) verified = { device: { id: row.id, kind: row.kind }, credentialId: row.credentialId }
  }
  return verified
}

/** Parameters of one statement; SQLite allows 32,766. */
const idsPerQueryMax = 1000

/** Those of the credentials that are still good: not withdrawn, and of a device that is not revoked. */
export async function liveCredentials(book: Book, credentialIds: readonly string[]): Promise<ReadonlySet<string>> {
  const live = new Set<string>()
  for (let from = 0; from < credentialIds.length; from += idsPerQueryMax) {
    const rows = await book
      .selectFrom('device_credentials')
      .innerJoin('devices', 'devices.id', 'device_credentials.device_id')
      .select('device_credentials.id as credentialId')
      .where('device_credentials.id', 'in', credentialIds.slice(from, from + idsPerQueryMax))
      .where('device_credentials.withdrawn_at_ms', 'is', null)
      .where('devices.revoked_at_ms', 'is', null)
      .execute()
    for (const row of rows) live.add(row.credentialId)
  }
  return live
}
