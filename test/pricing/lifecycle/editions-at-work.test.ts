// Editions in a real book with pricing at work: drafts, four eyes, activation by itself, what happens to the policies, terms,
// and the shadow. The clock is the test's.

import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EditionDocument } from '../../../pricing/edition/edition-document.ts'
import { activateDue } from '../../../pricing/lifecycle/activate-due.ts'
import { activeEdition } from '../../../pricing/lifecycle/active-edition.ts'
import { changeDraft, draftFrom } from '../../../pricing/lifecycle/edit-drafts.ts'
import { eventsOf, findEdition } from '../../../pricing/lifecycle/edition-book.ts'
import { discardDraft, type Move, moveEdition } from '../../../pricing/lifecycle/move-editions.ts'
import { nextRepricing, passRepricing, policiesPerBatch } from '../../../pricing/lifecycle/reprice-plan.ts'
import { setShadow } from '../../../pricing/lifecycle/shadow.ts'
import { shadowReport } from '../../../pricing/lifecycle/shadow-report.ts'
import { termOfPolicy } from '../../../pricing/lifecycle/term-of-policy.ts'
import { addPolicy } from '../../../pricing/policies.ts'
import { currentPremium } from '../../../pricing/premium-of.ts'
import { withCasesRated } from '../../../pricing/rating/failed-cases.ts'
import type { Pricing } from '../../../pricing/start-pricing.ts'
import { type OpenStores, openStores, startStill } from '../open-stores.ts'

const ann = { id: 'ann', name: 'Ann' }
const ben = { id: 'ben', name: 'Ben' }
const cem = { id: 'cem', name: 'Cem' }
const dayMs = 86_400_000
const startMs = Date.parse('2026-03-01T10:00:00Z')

let stores: OpenStores
let pricing: Pricing
let nowMs: number
let random = 0

beforeEach(async () => {
  stores = await openStores()
  nowMs = startMs
  pricing = await startStill(stores, () => nowMs)
})
afterEach(async () => {
  await pricing.close()
  await stores.close()
})

async function insure(id: string): Promise<void> {
  await stores.addDevice(`car-${id}`, 'vehicle')
  expect(await addPolicy(stores.book, { id, product: 'motor', deviceIds: [`car-${id}`], timeZone: 'UTC' }, nowMs)).toMatchObject({
    kind: 'added',
  })
}

const monthly = async (id: string) => (await currentPremium(stores.book, id))?.premiumMinor
const status = async (id: string) => (await findEdition(stores.book, id))?.status

/** Base rates times `factor`, with these guard rails, and test cases that expect what comes out. */
const dearer =
  (factor: number, rails: Partial<EditionDocument['guardRails']> = {}) =>
  (edition: EditionDocument) =>
    withCasesRated({
      ...edition,
      baseRates: edition.baseRates.map((rate) => ({ ...rate, annualMinor: Math.round(rate.annualMinor * factor) })),
      premiumBounds: {},
      guardRails: { ...edition.guardRails, ...rails },
    })

async function draft(change: (edition: EditionDocument) => unknown): Promise<{ readonly id: string; readonly hash: string }> {
  random += 1
  const from = await activeEdition(stores.book, 'motor')
  const made = await draftFrom(stores.book, from?.hash ?? '', undefined, ann, {
    nowMs,
    random: new Uint8Array([random, 1, 2, 3, 4]),
  })
  if (made.kind !== 'done') throw new Error(made.kind)
  const changed = await changeDraft(stores.book, made.row.id, made.row.hash, change, ann, nowMs)
  if (changed.kind !== 'done') throw new Error(JSON.stringify(changed))
  return changed.row
}

async function move(
  edition: { readonly id: string; readonly hash: string },
  kind: Move['kind'],
  by = ann,
  fromMs?: number,
): Promise<string> {
  const outcome = await moveEdition(stores.book, edition.id, { kind, seenHash: edition.hash, comment: kind, fromMs }, by, nowMs)
  return outcome.kind === 'done' ? outcome.row.status : outcome.kind
}

async function scheduled(change: (edition: EditionDocument) => unknown, fromMs: number) {
  const edition = await draft(change)
  expect(await move(edition, 'submit')).toBe('submitted')
  expect(await move(edition, 'approve', ben)).toBe('approved')
  expect(await move(edition, 'schedule', ann, fromMs)).toBe('scheduled')
  return edition
}

test('a scheduled edition becomes active when its time has come, supersedes the former at that instant, and every policy follows', async () => {
  await insure('p1')
  await insure('p2')
  const former = await activeEdition(stores.book, 'motor')
  const before = await monthly('p1')
  const fromMs = startMs + dayMs
  const next = await scheduled(dearer(1.1), fromMs)
  nowMs = fromMs - 1
  await pricing.settle()
  expect([await status(next.id), await monthly('p1')]).toEqual(['scheduled', before])
  // Pricing was away when the time came.
  nowMs = fromMs + 12_345
  await pricing.close()
  pricing = await startStill(stores, () => nowMs)
  await pricing.settle()
  expect(await status(next.id)).toBe('active')
  expect(await findEdition(stores.book, former?.hash ?? '')).toMatchObject({ status: 'superseded', active_until_ms: fromMs })
  for (const id of ['p1', 'p2']) expect(await monthly(id)).toBe(Math.round((before ?? 0) * 1.1))
  expect((await activeEdition(stores.book, 'motor', fromMs - 1))?.hash).toBe(former?.hash)
  expect((await activeEdition(stores.book, 'motor', fromMs))?.hash).toBe(next.hash)
  expect(await activeEdition(stores.book, 'motor', startMs - 1)).toBeUndefined()
  const events = await eventsOf(stores.book, next.id)
  expect(
    events.map((event) => [event.number, event.action, event.done_by_name, event.from_status, event.to_status, event.comment]),
  ).toEqual([
    [1, 'create', 'Ann', null, 'draft', ''],
    [2, 'edit', 'Ann', 'draft', 'draft', ''],
    [3, 'submit', 'Ann', 'draft', 'submitted', 'submit'],
    [4, 'approve', 'Ben', 'submitted', 'approved', 'approve'],
    [5, 'schedule', 'Ann', 'approved', 'scheduled', 'schedule'],
    [6, 'activate', null, 'scheduled', 'active', ''],
  ])
  expect(events.slice(2).every(({ hash }) => hash === next.hash)).toBe(true)
})

test('four eyes hold in the book, whoever submits; what was submitted does not change', async () => {
  const edition = await draft(dearer(1.05))
  expect(await move(edition, 'submit', ben)).toBe('submitted')
  expect([await move(edition, 'approve', ann), await move(edition, 'approve', ben)]).toEqual(['own-edition', 'own-edition'])
  expect(await changeDraft(stores.book, edition.id, edition.hash, dearer(2), ann, nowMs)).toMatchObject({ kind: 'wrong-state' })
  expect(await discardDraft(stores.book, edition.id, edition.hash, ann, nowMs)).toMatchObject({ kind: 'wrong-state' })
  expect([await move(edition, 'approve', cem), await move(edition, 'approve', cem)]).toEqual(['approved', 'approved'])
  expect((await eventsOf(stores.book, edition.id)).filter(({ action }) => action === 'approve')).toHaveLength(1)
  expect(await move(edition, 'schedule', ann, nowMs - 1)).toBe('in-the-past')
})

test('a copy of what nobody has approved has the same authors', async () => {
  const original = await draft(dearer(1.05))
  const copy = await draftFrom(stores.book, original.id, undefined, ben, { nowMs, random: new Uint8Array([7, 7, 7, 7, 7]) })
  if (copy.kind !== 'done') throw new Error(copy.kind)
  expect(await move(copy.row, 'submit', ben)).toBe('submitted')
  expect([await move(copy.row, 'approve', ann), await move(copy.row, 'approve', cem)]).toEqual(['own-edition', 'approved'])
})

test('a draft with a failing test case or a gap is kept and not submitted', async () => {
  const failing = await draft((edition) => ({ ...dearer(1.2)(edition), testCases: edition.testCases }))
  expect(await move(failing, 'submit')).toBe('has-problems')
  const gap = await draft((edition) => ({ ...edition, behaviourBounds: { min: 1.1, max: 1.2 } }))
  expect(await move(gap, 'submit')).toBe('has-problems')
  expect(await changeDraft(stores.book, gap.id, gap.hash, () => ({ schema: 'edition/2' }), ann, nowMs)).toMatchObject({
    kind: 'bad-form',
  })
  expect(await changeDraft(stores.book, gap.id, failing.hash, dearer(3), ann, nowMs)).toMatchObject({ kind: 'stale' })
  expect(await discardDraft(stores.book, gap.id, gap.hash, ann, nowMs)).toEqual({ kind: 'discarded' })
  expect(await discardDraft(stores.book, gap.id, gap.hash, ann, nowMs)).toEqual({ kind: 'discarded' })
  expect((await eventsOf(stores.book, gap.id)).at(-1)).toMatchObject({ action: 'discard', done_by: 'ann' })
})

test('withdrawing what is scheduled brings nothing down, and made again it has another hash and no approval', async () => {
  await insure('p1')
  const before = await monthly('p1')
  const edition = await scheduled(dearer(1.1), startMs + dayMs)
  nowMs = startMs + dayMs - 1
  expect([await move(edition, 'withdraw', cem), await move(edition, 'withdraw', cem)]).toEqual(['withdrawn', 'withdrawn'])
  nowMs = startMs + 2 * dayMs
  await pricing.settle()
  expect([await status(edition.id), await monthly('p1'), pricing.health().status]).toEqual(['withdrawn', before, 'ok'])
  const again = await draftFrom(stores.book, edition.id, undefined, ann, { nowMs, random: new Uint8Array([9, 9, 9, 9, 9]) })
  expect(again).toMatchObject({ kind: 'done', row: { status: 'draft', approved_hash: null, based_on: edition.hash } })
  expect(again.kind === 'done' && again.row.hash).not.toBe(edition.hash)
})

test('an edition whose document was touched after its approval is not activated, and the health says so', async () => {
  const edition = await scheduled(dearer(1.1), startMs + dayMs)
  const row = await findEdition(stores.book, edition.id)
  const touched = (row?.document ?? '').replace('"instalments":12', '"instalments":6')
  await stores.book.updateTable('editions').set({ document: touched }).where('hash', '=', edition.hash).execute()
  nowMs = startMs + 2 * dayMs
  expect(await activateDue(stores.book, nowMs)).toMatchObject({ activated: [], refused: [{ id: edition.id }] })
  await pricing.settle()
  expect(pricing.health()).toMatchObject({ status: 'degraded', reasons: [expect.stringContaining(edition.id)] })
  expect(await status(edition.id)).toBe('scheduled')
})

test('two editions of a plan do not begin at once, and both become active in their order after a pause', async () => {
  const first = await scheduled(dearer(1.1), startMs + dayMs)
  const second = await draft(dearer(1.2))
  for (const [kind, by] of [
    ['submit', ann],
    ['approve', ben],
  ] as const)
    await move(second, kind, by)
  expect(await move(second, 'schedule', ann, startMs + dayMs)).toBe('taken')
  expect(await move(second, 'schedule', ann, startMs + 2 * dayMs)).toBe('scheduled')
  nowMs = startMs + 5 * dayMs
  await pricing.settle()
  expect(await findEdition(stores.book, first.id)).toMatchObject({ status: 'superseded', active_until_ms: startMs + 2 * dayMs })
  expect(await status(second.id)).toBe('active')
})

test('an edition that lets running terms stand counts for new business at once and for others from their renewal', async () => {
  await insure('old')
  const before = await monthly('old')
  await scheduled(dearer(1.1, { noMidTermRerate: true }), startMs + dayMs)
  nowMs = startMs + dayMs
  await pricing.settle()
  await insure('new')
  const after = Math.round((before ?? 0) * 1.1)
  expect([await monthly('old'), await monthly('new')]).toEqual([before, after])
  const next = await activeEdition(stores.book, 'motor')
  expect(await termOfPolicy(stores.book, 'old', nowMs)).toMatchObject({
    effectiveFromMs: startMs,
    isSettled: false,
    nextEditionHash: next?.hash,
  })
  expect(await termOfPolicy(stores.book, 'new', nowMs)).toMatchObject({
    editionHash: next?.hash,
    effectiveFromMs: nowMs,
    isSettled: true,
    nextEditionHash: null,
  })
  nowMs = Date.parse('2027-02-28T23:59:59Z')
  await pricing.settle()
  expect(await monthly('old')).toBe(before)
  nowMs = Date.parse('2027-03-01T00:00:00Z')
  await pricing.settle()
  expect(await monthly('old')).toBe(after)
  // Its term stands now: another edition does not move it.
  await scheduled(dearer(1.5), nowMs + dayMs)
  nowMs += 2 * dayMs
  await pricing.settle()
  expect(await monthly('old')).toBe(after)
  const terms = await stores.book
    .selectFrom('policy_terms')
    .selectAll()
    .where('policy_id', '=', 'old')
    .orderBy('number')
    .execute()
  expect(terms.map(({ number, previous_annual_minor: previous }) => [number, previous])).toEqual([
    [1, null],
    [2, (before ?? 0) * 12],
  ])
})

test('from term to term the premium moves by no more than the edition allows', async () => {
  await insure('p1')
  const before = await monthly('p1')
  await scheduled(dearer(2, { noMidTermRerate: true, maxChangePerTerm: 0.1 }), startMs + dayMs)
  nowMs = Date.parse('2027-03-01T00:00:00Z')
  await pricing.settle()
  expect(await monthly('p1')).toBe(Math.round((before ?? 0) * 1.1))
  expect((await currentPremium(stores.book, 'p1'))?.steps.map(({ id }) => id)).toContain('term-change')
})

test('what is left of pricing a plan anew goes on after a restart, and nobody is left out', async () => {
  const ids = Array.from({ length: policiesPerBatch + 3 }, (_, index) => `p${String(index).padStart(3, '0')}`)
  for (const id of ids) await insure(id)
  const next = await scheduled(dearer(1.1), startMs + dayMs)
  nowMs = startMs + dayMs
  expect((await activateDue(stores.book, nowMs)).activated.map(({ id }) => id)).toEqual([next.id])
  const batch = await nextRepricing(stores.book)
  expect(batch?.policyIds).toEqual(ids.slice(0, policiesPerBatch))
  if (batch === undefined) return
  await passRepricing(stores.book, batch)
  expect((await nextRepricing(stores.book))?.policyIds).toEqual(ids.slice(policiesPerBatch))
  await pricing.close()
  pricing = await startStill(stores, () => nowMs)
  await pricing.settle()
  expect(await nextRepricing(stores.book)).toBeUndefined()
  const on = await stores.book
    .selectFrom('policies')
    .innerJoin('premiums', 'premiums.id', 'policies.current_premium_id')
    .select('policies.id')
    .where('premiums.edition_hash', '=', next.hash)
    .execute()
  expect(on).toHaveLength(ids.length)
})

test('a challenger is priced beside the champion: one is charged, both are kept, and the report says what would change', async () => {
  await insure('p1')
  await insure('p2')
  const before = await monthly('p1')
  const challenger = await draft(dearer(1.1))
  expect(await setShadow(stores.book, challenger.id, true, cem, nowMs)).toMatchObject({ kind: 'wrong-state' })
  await move(challenger, 'submit')
  expect(await setShadow(stores.book, challenger.id, true, cem, nowMs)).toMatchObject({ kind: 'done' })
  await pricing.settle()
  expect(await monthly('p1')).toBe(before)
  const higher = Math.round((before ?? 0) * 1.1)
  expect(await shadowReport(stores.book, 'motor')).toMatchObject({
    editionHash: challenger.hash,
    policies: 2,
    priced: 2,
    chargedMinor: 2 * (before ?? 0),
    shadowMinor: 2 * higher,
    higher: 2,
    largest: [{ policyId: 'p1', chargedMinor: before, shadowMinor: higher }, { policyId: 'p2' }],
  })
  // Active, it is nobody's shadow any more.
  nowMs += 1_000
  await move(challenger, 'approve', ben)
  await move(challenger, 'schedule', ann, nowMs)
  await pricing.settle()
  expect([await monthly('p1'), await shadowReport(stores.book, 'motor')]).toEqual([higher, undefined])
})

test('a challenger that cannot price a policy keeps nobody from being charged', async () => {
  await insure('p1')
  const strange = await draft((edition) => {
    const { region, ...inputs } = edition.inputs
    if (region?.kind !== 'level') throw new Error('the motor plan has no regions')
    return withCasesRated({
      ...edition,
      inputs: { ...inputs, region: { ...region, levels: ['country', 'city'], default: 'city' } },
      factors: edition.factors.map((factor) =>
        factor.id === 'region' && factor.kind === 'levels' ? { ...factor, levels: { country: 1, city: 1.1 } } : factor,
      ),
      testCases: edition.testCases.map((one) => ({
        ...one,
        facts: { ...one.facts, class: { ...one.facts.class, region: 'city' } },
      })),
    })
  })
  expect(await move(strange, 'submit')).toBe('submitted')
  await setShadow(stores.book, strange.id, true, cem, nowMs)
  await pricing.settle()
  expect(await shadowReport(stores.book, 'motor')).toMatchObject({
    priced: 0,
    problems: [{ policyId: 'p1', problem: expect.stringContaining('region') }],
  })
  expect(await monthly('p1')).toBeGreaterThan(0)
})
