// What the pages show, fetched once and kept: a page that was seen is there at once when somebody comes back, and is fetched
// again behind it. A failed refresh keeps what was there.

import { type ReadonlySignal, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Dispute, DisputeDetail } from '../api/dispute-shapes.ts'
import type { DriverScore } from '../api/driver-score-routes.ts'
import type { Notice } from '../api/notice-routes.ts'
import type { GoalState, RankedNudge } from '../api/nudge-routes.ts'
import type { MonthQuality } from '../api/quality-routes.ts'
import type {
  DeviceHealth,
  HomeDay,
  Policy,
  Premium,
  PremiumHistory,
  QuarantineEntry,
  Status,
  TripDetail,
  TripPage,
} from '../api/shapes.ts'
import { type Failure, get } from './api.ts'

export type Loaded<Value> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: Value }
  | { readonly kind: 'failed'; readonly failure: Failure }

export interface Resource<Value> {
  readonly state: ReadonlySignal<Loaded<Value>>
  readonly refresh: () => Promise<void>
}

export function resource<Value>(path: string): Resource<Value> {
  const state = signal<Loaded<Value>>({ kind: 'loading' })
  let underway: Promise<void> | undefined
  let isAskedAgain = false
  const fetchOnce = async (): Promise<void> => {
    const outcome = await get<Value>(path)
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
  const known = new Map<string, Resource<Value>>()
  return (key) => {
    const found = known.get(key) ?? resource<Value>(path(encodeURIComponent(key)))
    known.set(key, found)
    return found
  }
}

/** Enough for the first screen; older ones are asked for by the page of trips. */
export const tripsPerPage = 8

export const policies = resource<readonly Policy[]>('policies')
export const policy = keyed<Policy>((id) => `policies/${id}`)
export const premium = keyed<Premium>((id) => `policies/${id}/premium`)
export const premiumHistory = keyed<PremiumHistory>((id) => `policies/${id}/premiums`)
export const goal = keyed<GoalState>((id) => `policies/${id}/goal`)
export const nudges = keyed<readonly RankedNudge[]>((id) => `policies/${id}/nudges`)
/** Reasons come in words, so each language has its own. */
export const notices = {
  en: keyed<readonly Notice[]>((id) => `policies/${id}/notices?locale=en`),
  'zh-CN': keyed<readonly Notice[]>((id) => `policies/${id}/notices?locale=zh-CN`),
} as const
export const policyDevices = keyed<readonly DeviceHealth[]>((id) => `policies/${id}/devices`)
export const driverScore = keyed<DriverScore>((id) => `policies/${id}/driver-score`)
export const dataQuality = keyed<readonly MonthQuality[]>((id) => `policies/${id}/data-quality`)
export const homeDays = keyed<readonly HomeDay[]>((id) => `policies/${id}/home-days`)
export const trips = keyed<TripPage>((id) => `policies/${id}/trips?limit=${tripsPerPage}`)
export const trip = keyed<TripDetail>((id) => `trips/${id}`)
export const tripDisputes = keyed<readonly Dispute[]>((id) => `disputes?trip=${id}`)
export const disputes = resource<readonly Dispute[]>('disputes')
export const dispute = keyed<DisputeDetail>((id) => `disputes/${id}`)
export const devices = resource<readonly DeviceHealth[]>('devices')
export const quarantine = keyed<readonly QuarantineEntry[]>((id) => `devices/${id}/quarantine`)
export const status = resource<Status>('status')

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
