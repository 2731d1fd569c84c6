// What the pages show, fetched once and kept: a page that was seen is there at once when somebody comes back, and is fetched
// again behind it. A failed refresh keeps what was there.

import { type ReadonlySignal, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type Failure, get, type Outcome } from './api.ts'
import { call } from './client.ts'

export type Loaded<Value> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: Value }
  | { readonly kind: 'failed'; readonly failure: Failure }

export interface Resource<Value> {
  readonly state: ReadonlySignal<Loaded<Value>>
  readonly refresh: () => Promise<void>
}

export function resource<Value>(path: string): Resource<Value> {
  return asked(() => get<Value>(path))
}

/** What a call answers, such as `asked(() => call('getPolicies'))`. */
export function asked<Value>(ask: () => Promise<Outcome<Value>>): Resource<Value> {
  const state = signal<Loaded<Value>>({ kind: 'loading' })
  let underway: Promise<void> | undefined
  let isAskedAgain = false
  const fetchOnce = async (): Promise<void> => {
    const outcome = await ask()
    if (outcome.kind === 'answer') state.value = { kind: 'ready', value: outcome.value }
    else if (state.value.kind !== 'ready') state.value = { kind: 'failed', failure: outcome.failure }
    underway = undefined
    if (isAskedAgain) {
      isAskedAgain = false
      await refresh()
    }
  }
  /** A request made while one is under way is made after it: what changed meanwhile is not missed. */
  const refresh = (): Promise<void> => {
    if (underway === undefined) underway = fetchOnce()
    else isAskedAgain = true
    return underway
  }
  return { state, refresh }
}

/** One resource for each key, made when first asked for. */
export function keyed<Value>(path: (key: string) => string): (key: string) => Resource<Value> {
  return each((key) => resource<Value>(path(encodeURIComponent(key))))
}

/** As `asked`, for each key: `askedFor((id) => call('getPoliciesId', { params: { id } }))`. */
export function askedFor<Value>(ask: (key: string) => Promise<Outcome<Value>>): (key: string) => Resource<Value> {
  return each((key) => asked(() => ask(key)))
}

function each<Value>(make: (key: string) => Resource<Value>): (key: string) => Resource<Value> {
  const known = new Map<string, Resource<Value>>()
  return (key) => {
    const found = known.get(key) ?? make(key)
    known.set(key, found)
    return found
  }
}

/** The largest page there is; a list on a page of its own is as long as this many pages. */
const pageItems = 200
const pagesMax = 5
/** A list that is this long goes on: a page that shows it whole has to say so. */
export const listItemsMax = pageItems * pagesMax

interface PlaceInList {
  readonly cursor?: string | undefined
  readonly limit: number
}

/** A list that is shown whole, page after page: `wholeList((place) => call('getDevices', { query: place }))`. */
export async function wholeList<Item>(
  ask: (place: PlaceInList) => Promise<Outcome<{ readonly items: readonly Item[]; readonly next: string | null }>>,
): Promise<Outcome<readonly Item[]>> {
  const items: Item[] = []
  let cursor: string | undefined
  for (let page = 0; page < pagesMax; page += 1) {
    const outcome = await ask({ cursor, limit: pageItems })
    if (outcome.kind === 'failure') return outcome
    items.push(...outcome.value.items)
    if (outcome.value.next === null) break
    cursor = outcome.value.next
  }
  return { kind: 'answer', value: items }
}

/** Enough for the first screen; older ones are asked for by the page of trips. */
export const tripsPerPage = 8

/** Enough for a line. */
const premiumsShown = 200
const homeDaysShown = 30

export const policies = asked(() => wholeList((query) => call('getPolicies', { query })))
export const policy = askedFor((id) => call('getPoliciesId', { params: { id } }))
export const premium = askedFor((id) => call('getPoliciesIdPremium', { params: { id } }))
export const premiumHistory = askedFor((id) =>
  firstPage(call('getPoliciesIdPremiums', { params: { id }, query: { limit: premiumsShown } })),
)
export const goal = askedFor((id) => call('getPoliciesIdGoal', { params: { id } }))
export const nudges = askedFor((id) => wholeList((query) => call('getPoliciesIdNudges', { params: { id }, query })))
/** Reasons come in words, so each language has its own. */
export const notices = {
  en: noticesIn('en'),
  'zh-CN': noticesIn('zh-CN'),
} as const
export const policyDevices = askedFor((id) => wholeList((query) => call('getPoliciesIdDevices', { params: { id }, query })))
export const driverScore = askedFor((id) => call('getPoliciesIdDriverScore', { params: { id } }))
export const dataQuality = askedFor((id) => call('getPoliciesIdDataQuality', { params: { id } }))
export const homeDays = askedFor((id) =>
  firstPage(call('getPoliciesIdHomeDays', { params: { id }, query: { limit: homeDaysShown } })),
)
export const trips = askedFor((id) => call('getPoliciesIdTrips', { params: { id }, query: { limit: tripsPerPage } }))
export const trip = askedFor((id) => call('getTripsId', { params: { id } }))
export const tripDisputes = askedFor((id) => wholeList((query) => call('getDisputes', { query: { ...query, trip: id } })))
export const disputes = asked(() => wholeList((query) => call('getDisputes', { query })))
export const dispute = askedFor((id) => call('getDisputesId', { params: { id } }))
export const devices = asked(() => wholeList((query) => call('getDevices', { query })))
export const quarantine = askedFor((id) => wholeList((query) => call('getDevicesIdQuarantine', { params: { id }, query })))
export const status = asked(() => call('getStatus'))

function noticesIn(locale: 'en' | 'zh-CN') {
  return askedFor((id) => wholeList((place) => call('getPoliciesIdNotices', { params: { id }, query: { ...place, locale } })))
}

async function firstPage<Item>(page: Promise<Outcome<{ readonly items: readonly Item[] }>>): Promise<Outcome<readonly Item[]>> {
  const outcome = await page
  return outcome.kind === 'answer' ? { kind: 'answer', value: outcome.value.items } : outcome
}

export function olderTripsPath(policyId: string, beforeMs: number): string {
  return `policies/${encodeURIComponent(policyId)}/trips?limit=${tripsPerPage}&before=${beforeMs}`
}

/** Fetches when the component appears, and follows. */
export function useLoaded<Value>(wanted: Resource<Value>): Loaded<Value> {
  useEffect(() => {
    void wanted.refresh()
  }, [wanted])
  return wanted.state.value
}
