// Devices and their secrets in a real book.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueLocalCredential, liveCredentials, registerDevice, revokeDevice, verifySecret } from '../../broker/registry.ts'
import { openBook } from '../../store/book/open-book.ts'
import type { Book } from '../../store/book/schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'merit-registry-'))
let book: Book

beforeAll(async () => {
  book = await openBook(`sqlite:${join(folder, 'book.db')}`)
})
afterAll(async () => {
  await book.destroy()
  rmSync(folder, { recursive: true })
})

async function register(id: string): Promise<string> {
  const registration = await registerDevice(book, { id, kind: 'vehicle' }, 1000)
  if (registration.kind !== 'registered') throw new Error(registration.kind)
  return registration.secret
}

test('a device is registered once; its secret is long, random and not in the book', async () => {
  const secret = await register('car-1')
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
  expect(await registerDevice(book, { id: 'car-1', kind: 'home' }, 2000)).toEqual({ kind: 'exists' })
  expect(await registerDevice(book, { id: 'car/1', kind: 'home' }, 2000)).toEqual({ kind: 'bad-id' })
  const rows = await book.selectFrom('device_credentials').selectAll().where('device_id', '=', 'car-1').execute()
  expect(JSON.stringify(rows)).not.toContain(secret)
  expect(await verifySecret(book, 'car-1', secret, 3000)).toMatchObject({ device: { id: 'car-1', kind: 'vehicle' } })
})

test('a wrong secret, a foreign secret and an unknown device are refused alike', async () => {
  const secret = await register('car-2')
  await register('car-3')
  expect(await verifySecret(book, 'car-2', `${secret}x`, 0)).toBeUndefined()
  expect(await verifySecret(book, 'car-2', '', 0)).toBeUndefined()
  expect(await verifySecret(book, 'car-3', secret, 0)).toBeUndefined()
  expect(await verifySecret(book, 'nobody', secret, 0)).toBeUndefined()
  expect(await verifySecret(book, 'constructor', secret, 0)).toBeUndefined()
})

test('a local credential works beside the own one, until it expires or is withdrawn', async () => {
  const own = await register('car-4')
  const local = await issueLocalCredential(book, 'car-4', 60_000, 1000)
  expect(await verifySecret(book, 'car-4', local.secret, 60_999)).toBeDefined()
  expect(await verifySecret(book, 'car-4', local.secret, 61_000)).toBeUndefined()
  expect(await verifySecret(book, 'car-4', own, 61_000)).toBeDefined()
  const withdrawn = await issueLocalCredential(book, 'car-4', 60_000, 1000)
  const verified = await verifySecret(book, 'car-4', withdrawn.secret, 2000)
  const id = verified?.credentialId ?? ''
  expect(await liveCredentials(book, [id, 'unknown'])).toEqual(new Set([id]))
  await withdrawn.revoke()
  expect(await verifySecret(book, 'car-4', withdrawn.secret, 2000)).toBeUndefined()
  expect(await liveCredentials(book, [id])).toEqual(new Set())
})

test('nobody gets a credential for a device that does not exist', async () => {
  await expect(issueLocalCredential(book, 'nobody', 1000, 0)).rejects.toMatchObject({ code: 'unknown-device' })
})

test('a revoked device is refused with every secret it had', async () => {
  const own = await register('car-5')
  const local = await issueLocalCredential(book, 'car-5', 60_000, 0)
  expect(await revokeDevice(book, 'car-5', 5000)).toBe('revoked')
  expect(await revokeDevice(book, 'car-5', 6000)).toBe('unknown')
  expect(await verifySecret(book, 'car-5', own, 0)).toBeUndefined()
  expect(await verifySecret(book, 'car-5', local.secret, 0)).toBeUndefined()
  await expect(issueLocalCredential(book, 'car-5', 1000, 0)).rejects.toMatchObject({ code: 'unknown-device' })
})
