// A second insurer beside the one of running-dashboard.ts, with a policy, a device and people of its own, and what it may see of the
// first: nothing. Its answers follow from those of the first by one rule, so that a new route is under it from its first day.

import { registerDevice } from '../../broker/registry.ts'
import type { Route } from '../../dashboard/api/route.ts'
import { createAccount } from '../../dashboard/sign-in/accounts.ts'
import { addInsurer } from '../../pricing/insurers.ts'
import { addPolicy } from '../../pricing/policies.ts'
import {
  type Ask,
  cookieIn,
  drive,
  driveAtMs,
  entriesOf,
  jsonPost,
  password,
  type RunningDashboard,
} from './running-dashboard.ts'

export const others = {
  yvonne: { role: 'insurer', name: 'Yvonne of the other', email: 'yvonne@other.example', like: 'insurer' },
  otherHolder: { role: 'policyholder', name: 'Otto Other', email: 'otto@other.example', like: 'anna' },
  otherMaker: { role: 'maker', name: 'Omar Other', email: 'omar@other.example', like: 'maker' },
  otherTester: { role: 'tester', name: 'Olga Other', email: 'olga@other.example', like: 'tester' },
} as const
export type Other = keyof typeof others

/** In whatever an insurer reads of its own, none of these of the other one appears. */
export const marksOfFirst = ['car-a', 'hub-b', 'motor-a', 'home-b', 'Anna Jansen', 'Bert de Wit', 'merit.example'] as const
export const marksOfOther = ['car-y', 'motor-y', 'Otto Other', 'other.example'] as const

export interface AnotherInsurer {
  ask(who: Other, path: string, ask?: Ask): Promise<Response>
}

export async function addAnotherInsurer(office: RunningDashboard): Promise<AnotherInsurer> {
  const { book, telemetry, pricing, url } = office
  const insurerId = 'other'
  const added = await addInsurer(book, { id: insurerId, name: 'The Other' }, Date.now())
  if (added.kind !== 'added') throw new Error(added.kind)
  const cookies = new Map<Other, string>()
  for (const [who, { role, name, email }] of entriesOf(others)) {
    const account = await createAccount(book, { role, name, email, password, locale: 'en', demo: false, insurerId })
    if (account.kind !== 'created') throw new Error(account.kind)
    if (role === 'policyholder') await insureOther(office, account.id, insurerId)
    cookies.set(who, cookieIn(await fetch(`${url}/api/auth/sign-in/email`, jsonPost({ email, password }))))
  }
  const refused = { id: 'q-y', device_id: 'car-y', received_at_ms: 1, code: 'x', path: '', message: '', payload: '' }
  await book
    .insertInto('quarantine')
    .values({ ...refused, settled: null, settled_at_ms: null })
    .execute()
  await telemetry.append(drive('car-y', driveAtMs + 60_000))
  await pricing.settle()
  return {
    ask(who, path, ask = {}) {
      return office.ask('nobody', path, { ...ask, headers: { cookie: cookies.get(who) ?? '', ...ask.headers } })
    },
  }
}

async function insureOther({ book }: RunningDashboard, userId: string, insurerId: string): Promise<void> {
  await registerDevice(book, { id: 'car-y', kind: 'vehicle', label: 'Device car-y', insurerId }, Date.now())
  const policy = {
    id: 'motor-y',
    product: 'motor',
    deviceIds: ['car-y'],
    policyholder: { name: others.otherHolder.name },
  } as const
  const added = await addPolicy(book, { ...policy, insurerId }, Date.now())
  if (added.kind !== 'added') throw new Error(added.kind)
  await book.updateTable('policyholders').set({ user_id: userId }).where('id', '=', added.policyholderId).execute()
}

/**
 * What somebody of the second insurer is answered about what belongs to the first, given what somebody of the first in the same role
 * is: who may not call it may not either, and whatever has a name in the address is not there.
 */
export function statusForOther({ path, access }: Pick<Route, 'path' | 'access'>, own: number): number {
  if (access === 'public' || own === 401 || own === 403) return own
  return path.includes('/:') ? 404 : own
}
