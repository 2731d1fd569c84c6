// How a device's row in the book follows from what it says and from what edge sees of its connection. Pure.

import type { DeviceStateRow } from '../store/book/schema.ts'
import type { JournalEntry } from './journal-entry.ts'

export type StateEntry = Extract<JournalEntry, { readonly kind: 'state' | 'presence' }>

/** The row behind the entry; the same row when the entry changes nothing. */
export function stepDeviceState(row: DeviceStateRow | undefined, entry: StateEntry): DeviceStateRow {
  if (entry.kind === 'presence') {
    // Edge knows of no session counter: the device's own stays.
    if (row?.state === entry.state) return row
    return { ...(row ?? blankState(entry)), state: entry.state, changed_at_ms: entry.receivedAtMs }
  }
  const { state, session, firmware, batteryPercent, configVersion } = entry.state
  // A Last Will of an earlier connection may come after the birth of a newer one. A birth is never late, and it may carry a
  // lower counter when the device was reset.
  if (state === 'offline' && row !== undefined && session < row.session) return row
  return {
    ...(row ?? blankState(entry)),
    state,
    session,
    ...(firmware === undefined ? {} : { firmware }),
    ...(batteryPercent === undefined ? {} : { battery_percent: batteryPercent }),
    ...(configVersion === undefined ? {} : { config_version: configVersion }),
    changed_at_ms: entry.receivedAtMs,
  }
}

function blankState(entry: StateEntry): DeviceStateRow {
  return {
    device_id: entry.device,
    state: 'offline',
    session: 0,
    firmware: null,
    battery_percent: null,
    config_version: null,
    changed_at_ms: entry.receivedAtMs,
  }
}
