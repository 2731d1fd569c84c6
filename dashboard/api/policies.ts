// Policies as their readers see them. Who may see which policy is decided here and nowhere else: a policy that is not
// yours does not exist for you.

import Type from 'typebox'
import type { Book } from '../../store/book/schema.ts'
import type { Caller } from '../sign-in/sessions.ts'
import type { Sight } from './live-hub.ts'
import { listOrder, type Page, type PageQuery } from './page.ts'
import type { Refusal } from './route.ts'
import type { Policy } from './shapes.ts'

/** Of one person; the insurer's own are not counted. */
export const policiesMax = 1000

const byId = listOrder('policies', Type.Tuple([Type.String()]))

/** In order of their ids. */
export async function policiesOf(book: Book, caller: Caller, query: PageQuery): Promise<Page<Policy> | Refusal> {
  const start = byId.start(query)
  if (start.kind === 'refused') return start
  const { after, limit } = start
  const from = after === undefined ? visible(book, caller) : visible(book, caller).where('policies.id', '>', after[0])
  const { rows, next } = byId.cut(
    await from
      .orderBy('policies.id')
      .limit(limit + 1)
      .execute(),
    limit,
    ({ id }) => [id],
  )
  const devices = await devicesByPolicy(
    book,
    rows.map((row) => row.id),
  )
  return { items: rows.map((row) => toPolicy(row, devices.get(row.id) ?? [])), next }
}

export async function policyOf(book: Book, caller: Caller, id: string): Promise<Policy | undefined> {
  const row = await visible(book, caller).where('policies.id', '=', id).executeTakeFirst()
  if (row === undefined) return undefined
  return toPolicy(row, (await devicesByPolicy(book, [id])).get(id) ?? [])
}

/** Ids of a caller's own policies; everything of one insurer for those who work there. */
export async function visiblePolicies(book: Book, caller: Caller): Promise<Sight> {
  if (caller.role === 'insurer') return { kind: 'insurer', insurerId: caller.insurerId }
  const rows = await visible(book, caller).limit(policiesMax).execute()
  return { kind: 'policies', ids: new Set(rows.map((row) => row.id)) }
}

/** A premium is read with its policy so that a list costs two queries, however long it is. */
function visible(book: Book, caller: Caller) {
  const query = book
    .selectFrom('policies')
    .innerJoin('policyholders', 'policyholders.id', 'policies.policyholder_id')
    .innerJoin('book_lines', 'book_lines.policy_id', 'policies.id')
    .leftJoin('premiums', 'premiums.id', 'policies.current_premium_id')
    .select([
      'policies.id',
      'policies.product',
      'policies.plan_id',
      'policies.time_zone',
      'policyholders.id as holder_id',
      'policyholders.name as holder_name',
      'premiums.premium_minor',
      'premiums.class_premium_minor',
      'premiums.currency',
      'premiums.computed_at_ms',
      'book_lines.trips',
    ])
  // A maker or tester holds no policy, so their list is empty by the same rule.
  const own = query.where('policies.insurer_id', '=', caller.insurerId)
  return caller.role === 'insurer' ? own : own.where('policyholders.user_id', '=', caller.id)
}

type VisibleRow = Awaited<ReturnType<ReturnType<typeof visible>['execute']>>[number]

function toPolicy(row: VisibleRow, devices: readonly string[]): Policy {
  const { premium_minor: premiumMinor, class_premium_minor: classPremiumMinor, currency, computed_at_ms: computedAtMs } = row
  const hasPremium = premiumMinor !== null && classPremiumMinor !== null && currency !== null && computedAtMs !== null
  return {
    id: row.id,
    product: row.product,
    planId: row.plan_id,
    timeZone: row.time_zone,
    policyholder: { id: row.holder_id, name: row.holder_name },
    premium: hasPremium ? { premiumMinor, classPremiumMinor, currency, computedAtMs } : null,
    devices: [...devices],
    trips: row.trips,
  }
}

async function devicesByPolicy(book: Book, policyIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  if (policyIds.length === 0) return new Map()
  const rows = await book
    .selectFrom('policy_devices')
    .selectAll()
    .where('policy_id', 'in', policyIds)
    .orderBy('device_id')
    .execute()
  const devices = Map.groupBy(rows, (row) => row.policy_id)
  return new Map([...devices].map(([policyId, entries]) => [policyId, entries.map((entry) => entry.device_id)]))
}
