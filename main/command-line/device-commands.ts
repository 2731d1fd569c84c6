// Commands about devices: register one, list them, export their readings, show their trips.

import { registerDevice } from '../../broker/registry.ts'
import type { DeviceRef, Reading } from '../../devices/contract/reading.ts'
import { deviceKinds, signalsByKind } from '../../devices/contract/signals.ts'
import { countsAt, defaultRungs, readTripFacts } from '../../pricing/trip-facts.ts'
import { openTelemetryStore } from '../../store/open-telemetry.ts'
import type { Configuration } from '../configuration.ts'
import { columns } from '../status-table.ts'
import {
  type Answer,
  type Command,
  CommandError,
  findDevice,
  insistOnInsurer,
  parseOptions,
  parseTime,
  required,
  withBook,
} from './command.ts'

/** Readings written at once; a year of seconds never lies in memory. */
const exportChunkReadings = 1000
/** Beyond every date a reading may carry. */
const endOfTimeMs = 8_640_000_000_000_000

export const deviceCommands: readonly Command[] = [
  { name: 'device add', run: addDevice },
  { name: 'device list', run: listDevices },
  { name: 'readings', run: exportReadings },
  { name: 'trips', run: listTrips },
]

async function addDevice({ configuration, say }: Parameters<Command['run']>[0], args: readonly string[]): Promise<Answer> {
  const usage = 'merit device add ID --kind vehicle|home'
  const parsed = parseOptions(args, ['kind', 'label', 'insurer'])
  const id = required(say, parsed.words[0], 'ID', usage)
  const kindText = required(say, parsed.option('kind'), '--kind', usage)
  const kind = deviceKinds.find((candidate) => candidate === kindText)
  if (kind === undefined) throw new CommandError(say.errors.badOption('kind', kindText, deviceKinds.join(' | ')))
  const label = parsed.option('label')
  const insurerId = parsed.option('insurer')
  const outcome = await withBook(configuration, async (book) => {
    await insistOnInsurer(book, say, insurerId)
    return registerDevice(book, { id, kind, insurerId, ...(label === undefined ? {} : { label }) }, Date.now())
  })
  if (outcome.kind === 'exists') throw new CommandError(say.errors.deviceExists(id))
  if (outcome.kind === 'bad-id') throw new CommandError(say.errors.badDeviceId(id))
  return { json: { id: outcome.id, secret: outcome.secret }, text: say.deviceAdded(outcome.id, outcome.secret) }
}

async function listDevices({ configuration }: Parameters<Command['run']>[0]): Promise<Answer> {
  const rows = await withBook(configuration, (book) => book.selectFrom('devices').selectAll().orderBy('id').execute())
  const json = rows.map((row) => ({ id: row.id, kind: row.kind, label: row.label, revoked: row.revoked_at_ms !== null }))
  return { json, text: columns(json.map((row) => [row.id, row.kind, row.label, row.revoked ? 'revoked' : ''])) }
}

async function exportReadings(context: Parameters<Command['run']>[0], args: readonly string[]): Promise<Answer> {
  const { configuration, say } = context
  const parsed = parseOptions(args, ['from', 'to', 'format'])
  const id = required(say, parsed.words[0], 'ID', 'merit readings ID [--from TIME] [--to TIME] [--format csv|json]')
  const from = parsed.option('from')
  const to = parsed.option('to')
  const fromMs = from === undefined ? 0 : parseTime(say, 'from', from)
  const toMs = to === undefined ? endOfTimeMs : parseTime(say, 'to', to)
  const format = parsed.option('format') ?? (context.isJson ? 'json' : 'csv')
  if (format !== 'csv' && format !== 'json') throw new CommandError(say.errors.badOption('format', format, 'csv | json'))
  const device = await withBook(configuration, (book) => findDevice(book, say, id))
  const rows = readingsOf(configuration, device, fromMs, toMs)
  if (!context.isJson) return { text: format === 'csv' ? csv(device, rows) : jsonArray(rows) }
  const json: unknown[] = []
  for await (const reading of rows) json.push(entryOf(reading))
  return { json, text: '' }
}

async function* readingsOf(
  configuration: Configuration,
  device: DeviceRef,
  fromMs: number,
  toMs: number,
): AsyncIterable<Reading> {
  const telemetry = await openTelemetryStore(configuration.telemetryUrl)
  try {
    yield* telemetry.range(device, fromMs, toMs)
  } finally {
    await telemetry.close()
  }
}

/** As on the wire: `t` and the signals. */
function entryOf(reading: Reading): Readonly<Record<string, number | boolean>> {
  return { t: reading.takenAtMs, ...reading.values }
}

async function* csv(device: DeviceRef, readings: AsyncIterable<Reading>): AsyncIterable<string> {
  const names = signalsByKind[device.kind].map((signal) => signal.name)
  yield `t,${names.join(',')}\n`
  let lines: string[] = []
  for await (const reading of readings) {
    const entry = entryOf(reading)
    lines.push(`${reading.takenAtMs},${names.map((name) => entry[name] ?? '').join(',')}\n`)
    if (lines.length < exportChunkReadings) continue
    yield lines.join('')
    lines = []
  }
  yield lines.join('')
}

async function* jsonArray(readings: AsyncIterable<Reading>): AsyncIterable<string> {
  let separator = '['
  for await (const reading of readings) {
    yield `${separator}\n${JSON.stringify(entryOf(reading))}`
    separator = ','
  }
  yield separator === '[' ? '[]\n' : '\n]\n'
}

async function listTrips({ configuration, say }: Parameters<Command['run']>[0], args: readonly string[]): Promise<Answer> {
  const parsed = parseOptions(args, [])
  const id = required(say, parsed.words[0], 'ID', 'merit trips ID')
  const rows = await withBook(configuration, async (book) => {
    await findDevice(book, say, id)
    return book.selectFrom('trips').selectAll().where('device_id', '=', id).orderBy('started_at_ms').execute()
  })
  const json = rows.flatMap((row) => {
    const facts = readTripFacts(row.facts)
    if (facts === undefined) return []
    const {
      id: tripId,
      device_id: deviceId,
      started_at_ms: startedAtMs,
      ended_at_ms: endedAtMs,
      status,
      distance_m: distanceM,
    } = row
    return { id: tripId, deviceId, startedAtMs, endedAtMs, status, distanceM, counts: countsAt(facts, defaultRungs), facts }
  })
  if (json.length === 0) return { json, text: say.noTrips(id) }
  const lines = json.map((trip) => [
    new Date(trip.startedAtMs).toISOString(),
    new Date(trip.endedAtMs).toISOString(),
    (trip.distanceM / 1000).toFixed(2),
    ...[trip.counts.brake, trip.counts.acceleration, trip.counts.cornering].map(String),
    trip.status,
  ])
  return { json, text: columns([[...say.tripsHeading], ...lines]) }
}
