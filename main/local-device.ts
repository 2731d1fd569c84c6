// A device of this machine: publishes with a short-lived credential of its own, so that neither a replay nor the simulated fleet
// ever needs, or sees, the hardware's secret.

import { issueLocalCredential } from '../broker/registry.ts'
import type { DeviceRef } from '../devices/contract/reading.ts'
import { type Placement, placeRecording, type StartChoice } from '../devices/recording/place-recording.ts'
import { durationMs, type Recording } from '../devices/recording/recording.ts'
import { type ReplayReport, replayRecording } from '../devices/replay.ts'
import type { Book } from '../store/book/schema.ts'
import type { Configuration } from './configuration.ts'
import { reachableHost } from './reachable-host.ts'
import { readReplays, writeReplays } from './remembered-replays.ts'

/** Longer than a demo is left running; one that crashed leaves a secret behind that nobody knows, and that ends too. */
export const localCredentialMsMax = 30 * 86_400_000

/** A drive is over when five minutes have passed without it going on: placed so, its trip ends at once. */
const settledMs = 6 * 60_000

export interface Placed {
  readonly startMs: number
  readonly endMs: number
}

/** The recording cannot be placed where it was asked to be. */
export class PlacementRefused extends Error {
  readonly code = 'placement-refused'
}

/** Where this recording goes on this device's time line: where it went before, or a new place that is remembered. */
export function placeOnDevice(
  dataDir: string,
  device: string,
  recording: Recording,
  sha256: string,
  start: StartChoice,
  nowMs: number,
): Placed {
  const request = { device, sha256, recordedAtMs: recording.startMs, durationMs: durationMs(recording), start }
  const remembered = readReplays(dataDir, device)
  const outcome = placeRecording({ ...request, nowMs: start === 'recent' ? nowMs - settledMs : nowMs }, remembered)
  switch (outcome.kind) {
    case 'placed':
      writeReplays(dataDir, device, outcome.placements)
      return { startMs: outcome.startMs, endMs: outcome.startMs + request.durationMs }
    case 'remembered':
      return { startMs: outcome.startMs, endMs: outcome.startMs + request.durationMs }
    case 'start-unknown':
      throw new PlacementRefused(`${recording.name} does not say when it was recorded; use --start recent or a time.`)
    case 'in-future':
      throw new PlacementRefused(
        `${recording.name} would end at ${isoOf(outcome.endMs)}, in the future; choose an earlier --start.`,
      )
    case 'before-2015':
      throw new PlacementRefused(
        `${recording.name} would start at ${isoOf(outcome.startMs)}; times before 2015 are refused. Use --start recent.`,
      )
    case 'overlaps':
      throw new PlacementRefused(overlap(recording, outcome.other))
  }
}

function overlap(recording: Recording, other: Placement): string {
  return `${recording.name} would run into another replay on ${other.device}, from ${isoOf(other.startMs)} on; use --start recent or another time.`
}

function isoOf(timeMs: number): string {
  return new Date(timeMs).toISOString()
}

export interface LocalReplay {
  readonly device: DeviceRef
  readonly recording: Recording
  readonly startMs: number
  readonly speed: number
  readonly signal?: AbortSignal
  readonly onProgress?: (readings: number) => void
}

/** @throws DeviceError, UnknownDevice */
export async function replayLocally(configuration: Configuration, book: Book, replay: LocalReplay): Promise<ReplayReport> {
  const credential = await issueLocalCredential(book, replay.device.id, localCredentialMsMax, Date.now())
  try {
    return await replayRecording({
      recording: replay.recording,
      deviceId: replay.device.id,
      secret: credential.secret,
      mqttUrl: mqttUrlOf(configuration),
      startMs: replay.startMs,
      speed: replay.speed,
      ...(replay.signal === undefined ? {} : { signal: replay.signal }),
      onProgress: (report) => replay.onProgress?.(report.readings),
    })
  } finally {
    await credential.revoke()
  }
}

/** Where a client on this machine reaches the broker, also when it listens on every address. */
export function mqttUrlOf(configuration: Configuration): string {
  if (configuration.mqttUrl !== '') {
    const { protocol, host } = new URL(configuration.mqttUrl)
    return `${protocol}//${host}`
  }
  return `mqtt://${reachableHost(configuration.host)}:${configuration.mqttPort}`
}
