// Work that no news from the telemetry store asks for: trips left open by a stop of the process, and devices whose trips
// and days were kept by another clock than that of the policy they have now.

import type { Book } from '../store/book/schema.ts'
import type { DeviceChange, TelemetryStore } from '../store/telemetry-store.ts'
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
