// Insures devices: writes a policy with its policyholder and computes the first premium at once, which is the class price
// unless the device has been observed already.

import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { DeviceKind } from '../devices/contract/signals.ts'
import type { Book, BookSchema, Product } from '../store/book/schema.ts'
import { firstInsurerId } from '../store/book/tenant-rows.ts'
import { isTimeZone } from './behaviour/local-clock.ts'
import { canonicalJson } from './canonical-json.ts'
import { defaultTimeZone, statedClassFacts } from './class-facts.ts'
import { installEditions } from './install-editions.ts'
import { editionsInForce } from './lifecycle/active-edition.ts'
import { effectiveEdition } from './lifecycle/policy-term.ts'
import { planIdOf } from './plan-of.ts'
import { repriceWithin } from './reprice.ts'
import { shortId } from './short-id.ts'

export interface NewPolicy {
  /** Made when absent: the product and five random characters. */
  readonly id?: string | undefined
  readonly product: Product
  readonly deviceIds: readonly string[]
  /** The first insurer of the installation when absent; its plan rates the policy, and the devices are its own. */
  readonly insurerId?: string | undefined
  /** An existing record by `id`, or a new one; without it a record is made that carries the policy's id as its name. */
  readonly policyholder?: { readonly id?: string | undefined; readonly name?: string | undefined } | undefined
  /** IANA name; `defaultTimeZone` when absent. */
  readonly timeZone?: string | undefined
  /** Any part of the inputs of the plan's edition, and `claimsByYear`; the rest is the edition's default. */
  readonly classFacts?: Readonly<Record<string, unknown>> | undefined
}

/** In the order they are checked. */
export type PolicyAdded =
  | { readonly kind: 'bad-id'; readonly id: string }
  | { readonly kind: 'bad-time-zone'; readonly timeZone: string }
  | { readonly kind: 'no-device' }
  | { readonly kind: 'unknown-insurer'; readonly insurerId: string }
  | { readonly kind: 'no-edition'; readonly product: Product }
  | { readonly kind: 'bad-class-facts'; readonly problem: string }
  | { readonly kind: 'exists'; readonly id: string }
  | { readonly kind: 'unknown-holder'; readonly policyholderId: string }
  | { readonly kind: 'unknown-device'; readonly deviceId: string }
  | { readonly kind: 'wrong-kind'; readonly deviceId: string; readonly deviceKind: DeviceKind; readonly expected: DeviceKind }
  | { readonly kind: 'already-insured'; readonly deviceId: string; readonly policyId: string }
  | { readonly kind: 'added'; readonly id: string; readonly policyholderId: string }

const kindOf: Readonly<Record<Product, DeviceKind>> = { motor: 'vehicle', home: 'home' }
const idExpression = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

export async function addPolicy(book: Book, policy: NewPolicy, nowMs: number): Promise<PolicyAdded> {
  const { product, timeZone = defaultTimeZone, insurerId = firstInsurerId } = policy
  if (policy.id !== undefined && !idExpression.test(policy.id)) return { kind: 'bad-id', id: policy.id }
  if (!isTimeZone(timeZone)) return { kind: 'bad-time-zone', timeZone }
  const deviceIds = [...new Set(policy.deviceIds)]
  if (deviceIds.length === 0) return { kind: 'no-device' }
  const insurer = await book.selectFrom('insurers').select('id').where('id', '=', insurerId).executeTakeFirst()
  if (insurer === undefined) return { kind: 'unknown-insurer', insurerId }
  await installEditions(book, nowMs)
  const planId = planIdOf(insurerId, product)
  const inForce = await editionsInForce(book, planId)
  const edition = effectiveEdition(inForce, { fromMs: nowMs }, nowMs)?.edition.edition
  if (edition === undefined) return { kind: 'no-edition', product }
  const stated = statedClassFacts(edition, policy.classFacts ?? {})
  if (stated.kind === 'bad') return { kind: 'bad-class-facts', problem: stated.problem }
  const { class: values, ...claims } = stated.facts
  const id = policy.id ?? shortId(product, randomBytes(8))
  const holderId = policy.policyholder?.id ?? shortId('holder', randomBytes(8))
  return await book.transaction().execute(async (transaction): Promise<PolicyAdded> => {
    const refusal = await refusalOf(transaction, { id, holderId, product, deviceIds, insurerId })
    if (refusal !== undefined) return refusal
    await transaction
      .insertInto('policyholders')
      .values({ id: holderId, name: policy.policyholder?.name ?? id, user_id: null, created_at_ms: nowMs, insurer_id: insurerId })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
    await transaction
      .insertInto('policies')
      .values({
        id,
        product,
        policyholder_id: holderId,
        plan_id: planId,
        insurer_id: insurerId,
        time_zone: timeZone,
        class_facts: canonicalJson({ ...values, ...claims }),
        created_at_ms: nowMs,
        current_premium_id: null,
      })
      .execute()
    for (const deviceId of deviceIds)
      await transaction.insertInto('policy_devices').values({ policy_id: id, device_id: deviceId }).execute()
    await repriceWithin(transaction, id, nowMs)
    return { kind: 'added', id, policyholderId: holderId }
  })
}

interface Wanted {
  readonly id: string
  readonly holderId: string
  readonly product: Product
  readonly deviceIds: readonly string[]
  readonly insurerId: string
}

/** What is another insurer's is not there. */
async function refusalOf(
  transaction: Kysely<BookSchema>,
  { id, holderId, product, deviceIds, insurerId }: Wanted,
): Promise<PolicyAdded | undefined> {
  const existing = await transaction.selectFrom('policies').select('id').where('id', '=', id).executeTakeFirst()
  if (existing !== undefined) return { kind: 'exists', id }
  const holder = await transaction.selectFrom('policyholders').select('insurer_id').where('id', '=', holderId).executeTakeFirst()
  if (holder !== undefined && holder.insurer_id !== insurerId) return { kind: 'unknown-holder', policyholderId: holderId }
  for (const deviceId of deviceIds) {
    const device = await transaction
      .selectFrom('devices')
      .select('kind')
      .where('id', '=', deviceId)
      .where('insurer_id', '=', insurerId)
      .executeTakeFirst()
    if (device === undefined) return { kind: 'unknown-device', deviceId }
    const expected = kindOf[product]
    if (device.kind !== expected) return { kind: 'wrong-kind', deviceId, deviceKind: device.kind, expected }
    const insured = await transaction
      .selectFrom('policy_devices')
      .select('policy_id')
      .where('device_id', '=', deviceId)
      .executeTakeFirst()
    if (insured !== undefined) return { kind: 'already-insured', deviceId, policyId: insured.policy_id }
  }
  return undefined
}
