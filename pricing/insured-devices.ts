// Which policy insures which device, and by whose clock: read from the book, and read again only when policies came.

import type { Book } from '../store/book/schema.ts'
import { defaultTimeZone } from './class-facts.ts'

export interface Insured {
  readonly policyId: string
  readonly timeZone: string
}

export interface InsuredDevices {
  /** Changes whenever a policy or its devices may have changed. */
  readonly fingerprint: string
  readonly byDevice: ReadonlyMap<string, Insured>
  readonly policyIds: ReadonlySet<string>
}

export const nobodyInsured: InsuredDevices = { fingerprint: '', byDevice: new Map(), policyIds: new Set() }

/** @returns `known` itself when nothing changed */
export async function readInsuredDevices(book: Book, known: InsuredDevices): Promise<InsuredDevices> {
  const { policies, last } = await book
    .selectFrom('policies')
    .select(({ fn }) => [fn.countAll<number>().as('policies'), fn.max('created_at_ms').as('last')])
    .executeTakeFirstOrThrow()
  const { devices } = await book
    .selectFrom('policy_devices')
    .select(({ fn }) => fn.countAll<number>().as('devices'))
    .executeTakeFirstOrThrow()
  const fingerprint = `${policies}/${last}/${devices}`
  if (fingerprint === known.fingerprint) return known
  const rows = await book
    .selectFrom('policies')
    .leftJoin('policy_devices', 'policy_devices.policy_id', 'policies.id')
    .select(['policies.id as policyId', 'policies.time_zone as timeZone', 'policy_devices.device_id as deviceId'])
    .execute()
  const byDevice = new Map<string, Insured>()
  for (const { policyId, timeZone, deviceId } of rows) if (deviceId !== null) byDevice.set(deviceId, { policyId, timeZone })
  return { fingerprint, byDevice, policyIds: new Set(rows.map(({ policyId }) => policyId)) }
}

/** A device that nobody has insured keeps its trips by the default clock. */
export function timeZoneOf(insured: InsuredDevices, deviceId: string): string {
  return insured.byDevice.get(deviceId)?.timeZone ?? defaultTimeZone
}
