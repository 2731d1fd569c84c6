// Presence as a table: what the device says and what edge sees, in the order of the journal, and the row that follows.

import { expect, test } from 'vitest'
import { type StateEntry, stepDeviceState } from '../../ingest/device-state.ts'
import type { DeviceStateRow } from '../../store/book/schema.ts'

/** `birth 2`, `will 1` are the device's own with its session counter; `came`, `went` is what edge saw. */
function entryOf(step: string, atMs: number): StateEntry {
  const [word, session] = step.split(' ')
  const common = { device: 'car-1', receivedAtMs: atMs }
  if (word === 'came' || word === 'went') return { kind: 'presence', ...common, state: word === 'came' ? 'online' : 'offline' }
  return { kind: 'state', ...common, state: { state: word === 'birth' ? 'online' : 'offline', session: Number(session) } }
}

test.each([
  ['the first birth', 'came, birth 1', 'online 1'],
  ['a clean end', 'came, birth 1, went', 'offline 1'],
  ['a lost connection: the will, then the end edge saw', 'came, birth 1, will 1, went', 'offline 1'],
  ['a take-over: the old will comes after the new birth', 'came, birth 1, came, birth 2, will 1', 'online 2'],
  ['a take-over: the old will comes between connection and birth', 'came, birth 1, came, will 1, birth 2', 'online 2'],
  ['a device that never says anything', 'came', 'online 0'],
  ['a device that never says anything, and goes', 'came, went', 'offline 0'],
  ['a reset device counts from one again', 'came, birth 57, will 57, went, came, birth 1', 'online 1'],
  ['its will counts like its birth', 'came, birth 57, went, came, birth 1, will 1', 'offline 1'],
])('%s', (_, steps, expected) => {
  let row: DeviceStateRow | undefined
  steps.split(', ').forEach((step, index) => {
    row = stepDeviceState(row, entryOf(step, index))
  })
  expect(`${row?.state} ${row?.session}`).toBe(expected)
})

test('what a device said stays until it says otherwise, and nothing new changes nothing', () => {
  const said = { state: 'online', session: 1, firmware: '1.2', batteryPercent: 80, configVersion: 4 } as const
  const birth = stepDeviceState(undefined, { kind: 'state', device: 'car-1', receivedAtMs: 10, state: said })
  const went = stepDeviceState(birth, entryOf('went', 20))
  expect(went).toEqual({
    device_id: 'car-1',
    state: 'offline',
    session: 1,
    firmware: '1.2',
    battery_percent: 80,
    config_version: 4,
    changed_at_ms: 20,
  })
  expect(stepDeviceState(went, entryOf('went', 30))).toBe(went)
  expect(stepDeviceState(went, entryOf('will 0', 30))).toBe(went)
})
