// Work that no news from the telemetry store asks for: trips left open by a stop of the process, and devices whose trips
// and days were kept by another clock than that of the policy they have now, or measured by another version of Merit.

import type { Book } from '../store/book/schema.ts'
import type { DeviceChange, TelemetryStore } from '../store/telemetry-store.ts'
import { behaviourThresholds } from './behaviour/thresholds.ts'
import { parseHomeDayFacts } from './home-day-facts.ts'
import type { InsuredDevices } from './insured-devices.ts'
import { parseTripFacts } from './trip-facts.ts'

/** As if the first reading of each open trip had just come. */
export async function openTripChanges(book: Book): Promise<readonly DeviceChange[]> {
  const rows = await book.selectFrom('trips').select(['device_id', 'started_at_ms']).where('status', '=', 'open').execute()
  return rows.map(({ device_id: id, started_at_ms: startedAtMs }) => ({
    device: { id, kind: 'vehicle' },
    fromMs: startedAtMs,
    toMs: startedAtMs,
  }))
}

/** What was measured by another version of the thresholds: each device once, over all that is to be measured again. */
export async function outdatedChanges(book: Book, telemetry: TelemetryStore): Promise<readonly DeviceChange[]> {
  // As canonical JSON spells it.
  const current = `%"version":${JSON.stringify(behaviourThresholds.version)}%`
  const vehicles = await book
    .selectFrom('trips')
    .select(({ fn }) => ['device_id', fn.min('started_at_ms').as('fromMs'), fn.max('ended_at_ms').as('toMs')])
    .where('facts', 'not like', current)
    .groupBy('device_id')
    .orderBy('device_id')
    .execute()
  const homes = await book
    .selectFrom('home_days')
    .select('device_id')
    .distinct()
    .where('facts', 'not like', current)
    .orderBy('device_id')
    .execute()
  const changes: DeviceChange[] = vehicles.map(({ device_id: id, fromMs, toMs }) => ({
    device: { id, kind: 'vehicle' },
    fromMs,
    toMs,
  }))
  for (const { device_id: id } of homes) changes.push(...(await everything(telemetry, { id, kind: 'home' })))
  return changes
}

/** Everything of a device whose newest trip or day was measured by another clock. */
export async function otherClockChanges(
  book: Book,
  telemetry: TelemetryStore,
  insured: InsuredDevices,
): Promise<readonly DeviceChange[]> {
  const changes: DeviceChange[] = []
  for (const [id, { timeZone }] of insured.byDevice) {
    const trip = await book
      .selectFrom('trips')
      .select('facts')
      .where('device_id', '=', id)
      .orderBy('started_at_ms', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (trip !== undefined && clockOf(trip.facts, parseTripFacts) !== timeZone)
      changes.push(...(await everything(telemetry, { id, kind: 'vehicle' })))
    const day = await book
      .selectFrom('home_days')
      .select('facts')
      .where('device_id', '=', id)
      .orderBy('day', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (day !== undefined && clockOf(day.facts, parseHomeDayFacts) !== timeZone)
      changes.push(...(await everything(telemetry, { id, kind: 'home' })))
  }
  return changes
}

/** Undefined for facts that do not parse: working the device out again mends them. */
function clockOf(facts: string, parse: (text: string) => { readonly timeZone: string }): string | undefined {
  try {
    return parse(facts).timeZone
  } catch {
    return undefined
  }
}

async function everything(telemetry: TelemetryStore, device: DeviceChange['device']): Promise<readonly DeviceChange[]> {
  const latest = await telemetry.latest(device)
  return latest === undefined ? [] : [{ device, fromMs: 0, toMs: latest.takenAtMs }]
}
