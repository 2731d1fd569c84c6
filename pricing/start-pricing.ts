// Pricing at work: watches the telemetry store for what is new and keeps trips, home days and premiums in the book true to
// it. Everything it does can be done again without changing anything, so a crash costs work and nothing else.

import { setImmediate as letOthersIn, setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import { readCursor, writeCursor } from '../store/book/cursors.ts'
import type { Book } from '../store/book/schema.ts'
import type { DeviceChange, TelemetryStore } from '../store/telemetry-store.ts'
import { behaviourThresholds } from './behaviour/thresholds.ts'
import { DeviceWork, type PassTime } from './device-work.ts'
import { installEditions } from './install-editions.ts'
import { type InsuredDevices, nobodyInsured, readInsuredDevices } from './insured-devices.ts'
import { EditionKeeper } from './lifecycle/keep-editions.ts'
import { openTripChanges, otherClockChanges, outdatedChanges } from './pending-changes.ts'
import type { PricingChange, PricingListener } from './pricing-change.ts'
import { reprice } from './reprice.ts'
import { BadFacts } from './stored-facts.ts'

export const pollMsDefault = 1_000
/** A device that cannot be worked is tried again after this, doubling up to the maximum. */
const retryMsMin = 2_000
const retryMsMax = 5 * 60_000
const cursorName = 'pricing'
/** The version of the thresholds that everything in the book was measured with, as far as its readings are still there. */
const versionCursorName = 'pricing/behaviour'
/** Devices measured again in one pass after a new version: what is new does not wait for all of them. */
const outdatedPerPass = 20

export interface PricingOptions {
  readonly book: Book
  readonly telemetry: TelemetryStore
  readonly log: Logger
  readonly nowMs: () => number
  readonly pollMs?: number
}

export interface PricingHealth {
  readonly status: 'ok' | 'degraded' | 'starting'
  readonly reasons: readonly string[]
  /** When the last pass over all news was finished; null before the first. */
  readonly passedAtMs: number | null
  /** How long the news that is not yet in the book has been waiting, at most. */
  readonly lagMs: number
  /** Since the start; for a counter. */
  readonly deviceFailures: number
}

export interface Pricing {
  /** Told after it is in the book. @returns stops listening */
  onChange(listener: PricingListener): () => void
  /** One full pass now, which also closes every trip that has ended by the clock. */
  settle(): Promise<void>
  /** Does something between two passes and knows nothing of these devices afterwards. */
  forget(deviceIds: readonly string[], meanwhile: () => Promise<void>): Promise<void>
  /** Finishes the pass that is running. */
  close(): Promise<void>
  health(): PricingHealth
}

interface Failing {
  readonly change: DeviceChange
  readonly failures: number
  readonly retryAtMs: number
  readonly reason: string
}

export async function startPricing({ book, telemetry, log, nowMs, pollMs = pollMsDefault }: PricingOptions): Promise<Pricing> {
  await installEditions(book, nowMs())
  const work = new DeviceWork({ book, telemetry })
  const listeners = new Set<PricingListener>()
  const failing = new Map<string, Failing>()
  const stop = new AbortController()
  let insured: InsuredDevices = nobodyInsured
  let cursor = await readCursor(book, cursorName)
  let writtenCursor = cursor
  let isFirstPass = true
  let outdated: readonly DeviceChange[] = []
  let writtenVersion = await readCursor(book, versionCursorName)
  let passedAtMs: number | null = null
  let passFailure: string | undefined
  let deviceFailures = 0
  let running: Promise<void> = Promise.resolve()

  function tell(changes: readonly PricingChange[]): void {
    for (const change of changes)
      for (const listener of listeners) {
        try {
          listener(change)
        } catch (error) {
          log.error({ err: error, change: change.kind }, 'a listener to pricing failed')
        }
      }
  }

  /** One device that cannot be worked does not stop the others. */
  async function attempt(change: DeviceChange, time: PassTime, act: () => Promise<readonly PricingChange[]>): Promise<void> {
    const key = `${change.device.kind}/${change.device.id}`
    try {
      tell(await act())
      failing.delete(key)
    } catch (error) {
      deviceFailures += 1
      const failures = (failing.get(key)?.failures ?? 0) + 1
      const retryAtMs = time.nowMs + Math.min(retryMsMax, retryMsMin * 2 ** Math.min(failures - 1, 10))
      // A stored row that does not parse is written anew from its readings.
      const widened = error instanceof BadFacts ? { ...change, fromMs: 0 } : change
      failing.set(key, { change: widened, failures, retryAtMs, reason: error instanceof Error ? error.message : String(error) })
      log.error({ err: error, device: change.device.id, failures }, 'a device could not be priced; it is tried again')
    }
  }

  async function repriceOne(policyId: string, atMs: number): Promise<void> {
    try {
      const outcome = await reprice(book, policyId, atMs)
      if (outcome.kind === 'repriced')
        tell([{ kind: 'premium', policyId, premiumMinor: outcome.premiumMinor, currency: outcome.currency }])
      if (outcome.kind === 'no-edition')
        log.error({ policyId, plan: outcome.planId }, 'the plan of a policy has no active edition')
    } catch (error) {
      deviceFailures += 1
      log.error({ err: error, policyId }, 'a policy could not be priced')
    }
  }

  const editions = new EditionKeeper({
    book,
    repriceOne,
    onActivated: ({ id, hash, plan_id: plan }) => log.info({ edition: id, hash, plan }, 'an edition became active'),
  })

  async function pass(isSettling: boolean): Promise<void> {
    const time = { nowMs: nowMs(), isSettling }
    await editions.activate(time.nowMs)
    const now = await readInsuredDevices(book, insured)
    const news = await telemetry.devicesChangedSince(cursor)
    if (isFirstPass && writtenVersion !== behaviourThresholds.version) outdated = await outdatedChanges(book, telemetry)
    const again = outdated.slice(0, isSettling ? outdated.length : outdatedPerPass)
    const changes = mergeByDevice([
      ...(isFirstPass ? await openTripChanges(book) : []),
      ...(now === insured ? [] : await otherClockChanges(book, telemetry, now)),
      ...again,
      ...news.changes,
      ...[...failing.values()].filter(({ retryAtMs }) => isSettling || retryAtMs <= time.nowMs).map(({ change }) => change),
    ])
    for (const change of changes) {
      await attempt(change, time, () => work.work(withFailing(change, failing), now, time))
      // The dashboard answers between two devices.
      await letOthersIn()
    }
    for (const change of work.overdue(time)) await attempt(change, time, () => work.close(change.device, now, time))
    for (const policyId of now.policyIds.difference(insured.policyIds)) {
      await repriceOne(policyId, time.nowMs)
      await letOthersIn()
    }
    await editions.work(time.nowMs, isSettling)
    // Only what is all in the book is behind the cursor that a restart begins with.
    insured = now
    cursor = news.cursor
    outdated = outdated.slice(again.length)
    if (failing.size === 0 && cursor !== writtenCursor) {
      await writeCursor(book, cursorName, cursor)
      writtenCursor = cursor
    }
    if (failing.size === 0 && outdated.length === 0 && writtenVersion !== behaviourThresholds.version) {
      await writeCursor(book, versionCursorName, behaviourThresholds.version)
      writtenVersion = behaviourThresholds.version
    }
    isFirstPass = false
    passedAtMs = time.nowMs
  }

  function runPass(isSettling: boolean): Promise<void> {
    const next = running.then(() => pass(isSettling))
    running = next.catch(() => {})
    return next
  }

  async function poll(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        await runPass(false)
        passFailure = undefined
      } catch (error) {
        passFailure = error instanceof Error ? error.message : String(error)
        log.error({ err: error }, 'pricing could not read its sources; it tries again')
      }
      await pause(pollMs, undefined, { signal: stop.signal }).catch(() => {})
    }
  }

  const polling = poll()
  return {
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    settle: () => runPass(true),
    forget(deviceIds, meanwhile) {
      const done = running.then(async () => {
        for (const id of deviceIds) {
          work.forget(id)
          for (const [key, { change }] of failing) if (change.device.id === id) failing.delete(key)
        }
        await meanwhile()
      })
      running = done.catch(() => {})
      return done
    },
    async close() {
      stop.abort()
      await polling
      await running
    },
    health() {
      const reasons = [
        ...(passFailure === undefined ? [] : [`pricing: ${passFailure}`]),
        ...editions.reasons(),
        ...[...failing.values()].map(({ change, reason }) => `pricing of ${change.device.id}: ${reason}`),
      ]
      const status = reasons.length > 0 ? 'degraded' : passedAtMs === null ? 'starting' : 'ok'
      const lagMs = passedAtMs === null ? 0 : Math.max(0, nowMs() - passedAtMs - pollMs)
      return { status, reasons, passedAtMs, lagMs, deviceFailures }
    },
  }
}

/** One change per device, over all that was told of it. */
function mergeByDevice(changes: readonly DeviceChange[]): readonly DeviceChange[] {
  const merged = new Map<string, DeviceChange>()
  for (const change of changes) {
    const key = `${change.device.kind}/${change.device.id}`
    const { fromMs, toMs } = merged.get(key) ?? change
    merged.set(key, { device: change.device, fromMs: Math.min(fromMs, change.fromMs), toMs: Math.max(toMs, change.toMs) })
  }
  return [...merged.values()]
}

/** What failed before is worked together with what is new, or the new would hide it. */
function withFailing(change: DeviceChange, failing: ReadonlyMap<string, Failing>): DeviceChange {
  const failed = failing.get(`${change.device.kind}/${change.device.id}`)
  return failed === undefined ? change : (mergeByDevice([change, failed.change])[0] ?? change)
}
