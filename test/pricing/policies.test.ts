// Insuring devices: what is refused and in which order, and the first premium.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { addPolicy } from '../../pricing/policies.ts'
import { currentPremium } from '../../pricing/premium-of.ts'
import { shortId } from '../../pricing/short-id.ts'
import { defaultMotorClass } from './default-class.ts'
import { type OpenStores, openStores } from './open-stores.ts'

let stores: OpenStores
beforeEach(async () => {
  stores = await openStores()
  await stores.addDevice('car', 'vehicle')
  await stores.addDevice('house', 'home')
})
afterEach(() => stores.close())

test('a new policy has a short id, a policyholder, the defaults, and the class price at once', async () => {
  const added = await addPolicy(stores.book, { product: 'motor', deviceIds: ['car'] }, 1000)
  if (added.kind !== 'added') throw new Error(added.kind)
  expect(added.id).toMatch(/^motor-[2-9a-hjkmnp-z]{5}$/)
  const policy = await stores.book.selectFrom('policies').selectAll().executeTakeFirstOrThrow()
  expect(policy).toMatchObject({
    id: added.id,
    time_zone: 'Europe/Amsterdam',
    policyholder_id: added.policyholderId,
    plan_id: 'motor',
  })
  expect(JSON.parse(policy.class_facts)).toEqual(defaultMotorClass)
  const premium = await currentPremium(stores.book, added.id)
  expect(premium).toMatchObject({
    premiumMinor: 5500,
    classPremiumMinor: 5500,
    currency: 'EUR',
    policyId: added.id,
    computedAtMs: 1000,
  })
})

test('what is given is taken: id, policyholder, time zone and part of the class facts', async () => {
  const policy = {
    id: 'motor-mine',
    product: 'motor',
    deviceIds: ['car'],
    policyholder: { id: 'li', name: 'Li Na' },
    timeZone: 'Asia/Shanghai',
    classFacts: { driverAgeYears: 22 },
  } as const
  expect(await addPolicy(stores.book, policy, 0)).toEqual({ kind: 'added', id: 'motor-mine', policyholderId: 'li' })
  expect((await currentPremium(stores.book, 'motor-mine'))?.premiumMinor).toBe(5500 * 1.24)
  const second = { ...policy, id: 'home-mine', product: 'home', deviceIds: ['house'], classFacts: {} } as const
  await addPolicy(stores.book, { ...second, policyholder: { id: 'li' } }, 0)
  expect(await stores.book.selectFrom('policyholders').select(['id', 'name']).execute()).toEqual([{ id: 'li', name: 'Li Na' }])
})

test('refusals, by name', async () => {
  const add = (policy: Partial<Parameters<typeof addPolicy>[1]>) =>
    addPolicy(stores.book, { product: 'motor', deviceIds: ['car'], ...policy }, 0)
  expect(await add({ id: 'a b' })).toEqual({ kind: 'bad-id', id: 'a b' })
  expect(await add({ timeZone: 'Europe/Atlantis' })).toEqual({ kind: 'bad-time-zone', timeZone: 'Europe/Atlantis' })
  expect(await add({ classFacts: { driverAgeYears: 7 } })).toMatchObject({ kind: 'bad-class-facts' })
  expect(await add({ classFacts: { colour: 'red' } })).toMatchObject({ kind: 'bad-class-facts' })
  expect(await add({ classFacts: { region: 'moon' } })).toMatchObject({ kind: 'bad-class-facts' })
  expect(await add({ deviceIds: [] })).toEqual({ kind: 'no-device' })
  expect(await add({ deviceIds: ['ghost'] })).toEqual({ kind: 'unknown-device', deviceId: 'ghost' })
  expect(await add({ deviceIds: ['house'] })).toEqual({
    kind: 'wrong-kind',
    deviceId: 'house',
    deviceKind: 'home',
    expected: 'vehicle',
  })
  expect(await stores.book.selectFrom('policies').select('id').execute(), 'a refusal writes nothing').toEqual([])
  expect(await stores.book.selectFrom('policyholders').select('id').execute()).toEqual([])
  await add({ id: 'first' })
  expect(await add({ id: 'first' })).toEqual({ kind: 'exists', id: 'first' })
  expect(await add({ id: 'second' })).toEqual({ kind: 'already-insured', deviceId: 'car', policyId: 'first' })
})

test('a policy without a premium, or none at all, has no current premium', async () => {
  expect(await currentPremium(stores.book, 'ghost')).toBeUndefined()
})

test('short ids are made of characters that cannot be mistaken', () => {
  expect(shortId('home', Uint8Array.from([0, 30, 31, 255, 7]))).toBe('home-2z299')
})
