// `merit replay`: publishes a recording through MQTT as a device, and waits until what it brought has been priced.

import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { DeviceRef } from '../../devices/contract/reading.ts'
import type { StartChoice } from '../../devices/recording/place-recording.ts'
import { readRecording } from '../../devices/recording/read-recording.ts'
import { behaviourThresholds } from '../../pricing/behaviour/thresholds.ts'
import type { Book } from '../../store/book/schema.ts'
import { openTelemetryStore } from '../../store/open-telemetry.ts'
import type { Configuration } from '../configuration.ts'
import { mqttUrlOf, placeOnDevice, replayLocally } from '../local-device.ts'
import { reachableHost } from '../reachable-host.ts'
import { findRunning } from '../running.ts'
import {
  type Answer,
  type Command,
  type CommandContext,
  CommandError,
  findDevice,
  parseOptions,
  parseTime,
  required,
  withBook,
} from './command.ts'

export const replayCommands: readonly Command[] = [{ name: 'replay', run: replay }]

/** Office looks for changes every second; much longer means that it is busy or away, and it will catch up by itself. */
const pricedMsMax = 30_000
const lookMs = 200
const officeHealth = Compile(Type.Object({ pricedAtMs: Type.Integer() }))
const connectMsMax = 5000

async function replay(context: CommandContext, args: readonly string[]): Promise<Answer> {
  const { configuration, say } = context
  const usage = 'merit replay FILE --device ID [--speed 60] [--start recent|original|TIME]'
  const parsed = parseOptions(args, ['device', 'speed', 'start'])
  const file = required(say, parsed.words[0], 'FILE', usage)
  const deviceId = required(say, parsed.option('device'), '--device', usage)
  const speed = parseSpeed(context, parsed.option('speed'))
  const start = parseStart(context, parsed.option('start'))
  const { recording, sha256 } = await readRecording(file)

  return withBook(configuration, async (book) => {
    const device = await findDevice(book, say, deviceId)
    if (device.kind !== recording.kind) throw new CommandError(say.errors.wrongKind(file, recording.kind, deviceId, device.kind))
    await expectBroker(context)
    const placed = placeOnDevice(configuration.dataDir, deviceId, recording, sha256, start, Date.now())
    const [from, to] = [new Date(placed.startMs).toISOString(), new Date(placed.endMs).toISOString()]
    if (!context.isJson) console.log(say.replaying(file, deviceId, from, to))
    const onProgress = progressLine(recording.rows.length)
    const report = await replayLocally(configuration, book, { device, recording, startMs: placed.startMs, speed, onProgress })
    if (findRunning(configuration.dataDir) !== undefined) await untilPriced(context, book, device, placed.endMs)
    return {
      json: { device: deviceId, file, from, to, ...report },
      text: say.replayed(report.accepted, report.duplicate, report.rejected),
    }
  })
}

/** Drawn in place on a terminal; a script's output stays clean. */
function progressLine(total: number): (readings: number) => void {
  if (process.stderr.isTTY !== true) return () => undefined
  return (readings) => process.stderr.write(`\r  ${readings} / ${total}\x1b[K${readings === total ? '\n' : ''}`)
}

/** Infinity: as fast as it is acknowledged, which is also what happens without the option. */
function parseSpeed({ say }: CommandContext, text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY
  const speed = Number(text)
  if (!(speed > 0))
    throw new CommandError(say.errors.badOption('speed', text, 'a number above 0: 1 is real time, 60 a minute a second'))
  return speed
}

function parseStart({ say }: CommandContext, text: string | undefined): StartChoice {
  if (text === undefined || text === 'recent') return 'recent'
  return text === 'original' ? 'original' : parseTime(say, 'start', text)
}

/** A device waits for a broker that is away; a person at a terminal wants to know at once. */
async function expectBroker({ configuration, say }: CommandContext): Promise<void> {
  const { hostname, port } = new URL(mqttUrlOf(configuration))
  const answers = await new Promise<boolean>((resolve) => {
    const socket = connect({ host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port) })
    const settle = (isThere: boolean) => {
      socket.destroy()
      resolve(isThere)
    }
    socket.setTimeout(connectMsMax, () => settle(false))
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
  })
  if (!answers) throw new CommandError(say.errors.edgeAway(`${hostname}:${port}`))
}

/** Until the writer has stored it, pricing has passed it and its trip is closed: then `trips` and `premium` answer for this drive. */
async function untilPriced(
  { configuration }: CommandContext,
  book: Book,
  device: DeviceRef,
  lastReadingMs: number,
): Promise<void> {
  const deadlineMs = Date.now() + pricedMsMax
  const until = async (isSo: () => Promise<boolean>) => {
    while (Date.now() < deadlineMs && !(await isSo())) await sleep(lookMs)
  }
  const telemetry = await openTelemetryStore(configuration.telemetryUrl)
  try {
    await until(async () => {
      for await (const _ of telemetry.range(device, lastReadingMs, lastReadingMs + 1)) return true
      return false
    })
  } finally {
    await telemetry.close()
  }
  const storedAtMs = Date.now()
  await until(async () => (await pricedAtMs(configuration)) >= storedAtMs && !(await hasTripToClose(book, device.id)))
}

/** When office last had priced everything; for ever ago when it does not answer. */
async function pricedAtMs({ host, httpPort }: Configuration): Promise<number> {
  try {
    const response = await fetch(`http://${reachableHost(host)}:${httpPort}/healthz`, {
      signal: AbortSignal.timeout(connectMsMax),
    })
    const health: unknown = await response.json()
    return officeHealth.Check(health) ? health.pricedAtMs : 0
  } catch {
    return 0
  }
}

/** An open trip that ended longer ago than the gap that ends trips: pricing closes it a few seconds after the last reading. */
async function hasTripToClose(book: Book, device: string): Promise<boolean> {
  const overMs = Date.now() - behaviourThresholds.trip.stillMsMax
  const trip = await book
    .selectFrom('trips')
    .select('id')
    .where('device_id', '=', device)
    .where('status', '=', 'open')
    .where('ended_at_ms', '<', overMs)
    .executeTakeFirst()
  return trip !== undefined
}
