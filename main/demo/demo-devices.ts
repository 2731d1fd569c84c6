// What the demo's devices say: at the first start the recorded and simulated past as fast as it is acknowledged, then, at
// every start, live telemetry; all of it over MQTT.

import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { issueLocalCredential } from '../../broker/registry.ts'
import type { DeviceRef } from '../../devices/contract/reading.ts'
import { type ReadRecording, readRecording } from '../../devices/recording/read-recording.ts'
import { durationMs } from '../../devices/recording/recording.ts'
import { publishHistory } from '../../devices/simulator/publish-history.ts'
import { readCursor, writeCursor } from '../../store/book/cursors.ts'
import type { Book } from '../../store/book/schema.ts'
import type { Configuration } from '../configuration.ts'
import { localCredentialMsMax, mqttUrlOf, placeOnDevice, replayLocally } from '../local-device.ts'
import { type LocalFleetMember, runLocalFleet } from '../local-fleet.ts'
import { type DemoDevice, demoPolicies } from './demo-cast.ts'

export interface DemoRun {
  readonly configuration: Configuration
  readonly book: Book
  readonly signal: AbortSignal
}

/** One seed for the whole demo: two installations show the same fleet. */
const seed = 'demo'
const historyDays = { vehicle: 14, home: 30 } as const
/** The recorded drives are spread over as many days, so that a month can be estimated from the driver's own weeks. */
const drivenDays = 35
const dayMs = 86_400_000
/** Long enough to end one drive's trip before the next begins, and to be seen as parked. */
const pauseMs = 6 * 60_000
/** A drive that is watched live should also be seen to end. */
const liveDriveMsMax = 16 * 60_000

const drivesFolder = fileURLToPath(new URL('../../test/data/drives/', import.meta.url))
const waterFolder = fileURLToPath(new URL('../../test/data/homes/water/', import.meta.url))

const devices: readonly DemoDevice[] = demoPolicies.map((policy) => policy.device)

/** Resolves when the signal has stopped everything. */
export async function runDemoDevices(run: DemoRun): Promise<void> {
  const drives: ReadRecording[] = []
  const files = readdirSync(drivesFolder).filter((file) => file.endsWith('.csv'))
  for (const file of files.sort()) drives.push(await readRecording(`${drivesFolder}${file}`))
  // The car that the policyholder looks at comes first, so that its page has something to say within seconds.
  for (const device of devices) if (device.source === 'recorded-drives') await replayPastDrives(run, device.id, drives)
  await Promise.all([
    ...devices.filter((device) => device.source === 'recorded-drives').map((device) => driveLive(run, device.id, drives)),
    sendHistoriesThenRunFleet(run),
  ])
}

async function replayPastDrives(run: DemoRun, id: string, drives: readonly ReadRecording[]): Promise<void> {
  const { configuration, book, signal } = run
  await once(book, `demo:${id}:past`, async () => {
    const nowMs = Date.now()
    for (const [number, { recording, sha256 }] of drives.entries()) {
      if (signal.aborted) return false
      const daysAgo = Math.round(drivenDays * (1 - (number + 1) / drives.length))
      const { startMs } = placeOnDevice(configuration.dataDir, id, recording, sha256, 'recent', nowMs - daysAgo * dayMs)
      await replayLocally(configuration, book, {
        device: { id, kind: 'vehicle' },
        recording,
        startMs,
        speed: Number.POSITIVE_INFINITY,
        signal,
      })
    }
    return true
  })
}

/** One recorded drive after another, in real time, for as long as Merit runs; the next start goes on with the next drive. */
async function driveLive(run: DemoRun, id: string, drives: readonly ReadRecording[]): Promise<void> {
  const { configuration, book, signal } = run
  const short = drives.filter(({ recording }) => durationMs(recording) <= liveDriveMsMax)
  const name = `demo:${id}:live-drives`
  for (let number = Number((await readCursor(book, name)) ?? 0); !signal.aborted; number += 1) {
    const { recording } = short[number % short.length] ?? {}
    if (recording === undefined) return
    await writeCursor(book, name, String(number + 1))
    const startMs = Math.ceil(Date.now() / 1000) * 1000
    await replayLocally(configuration, book, { device: { id, kind: 'vehicle' }, recording, startMs, speed: 1, signal })
    await pause(pauseMs, signal)
  }
}

async function sendHistoriesThenRunFleet(run: DemoRun): Promise<void> {
  const { configuration, book, signal } = run
  for (const device of devices) {
    if (signal.aborted) return
    if (device.source === 'recorded-water') await replayWater(run, device.id)
    if (device.source === 'simulated-vehicle' || device.source === 'simulated-home') await sendHistory(run, device)
  }
  const simulated = devices.filter((device) => device.source === 'simulated-vehicle' || device.source === 'simulated-home')
  await runLocalFleet({ configuration, book, signal, seed, members: simulated.map(fleetMember) })
}

function fleetMember(device: Simulated): LocalFleetMember {
  const { id } = device
  return device.source === 'simulated-vehicle'
    ? { id, kind: 'vehicle', style: device.style }
    : { id, kind: 'home', style: device.style }
}

async function replayWater(run: DemoRun, id: string): Promise<void> {
  const { configuration, book, signal } = run
  await once(book, `demo:${id}:past`, async () => {
    const { recording, sha256 } = await readRecording(waterFolder)
    const { startMs } = placeOnDevice(configuration.dataDir, id, recording, sha256, 'recent', Date.now())
    const device: DeviceRef = { id, kind: 'home' }
    const report = await replayLocally(configuration, book, {
      device,
      recording,
      startMs,
      speed: Number.POSITIVE_INFINITY,
      signal,
    })
    return !report.stopped
  })
}

type Simulated = Extract<DemoDevice, { readonly source: 'simulated-vehicle' | 'simulated-home' }>

async function sendHistory(run: DemoRun, device: Simulated): Promise<void> {
  const { configuration, book, signal } = run
  const endMs = await rememberedStart(book, `demo:${device.id}:first-start`)
  await once(book, `demo:${device.id}:past`, async () => {
    const credential = await issueLocalCredential(book, device.id, localCredentialMsMax, Date.now())
    await publishHistory({
      device: fleetMember(device),
      secret: credential.secret,
      mqttUrl: mqttUrlOf(configuration),
      seed,
      days: device.source === 'simulated-vehicle' ? historyDays.vehicle : historyDays.home,
      endMs,
      signal,
    })
    await credential.revoke()
    return !signal.aborted
  })
}

/** A history broken off by Ctrl-C is sent again with the same readings, so its end is fixed at the first attempt. */
async function rememberedStart(book: Book, name: string): Promise<number> {
  const known = await readCursor(book, name)
  if (known !== undefined) return Number(known)
  const nowMs = Date.now()
  await writeCursor(book, name, String(nowMs))
  return nowMs
}

/** Does the work unless it was done before; `work` says whether it was finished. */
async function once(book: Book, name: string, work: () => Promise<boolean>): Promise<void> {
  if ((await readCursor(book, name)) !== undefined) return
  if (await work()) await writeCursor(book, name, 'done')
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}
