// A folder of recordings with what is known of them: manifest.json (set, driver, road, style, distance) and events.csv (labels).
// Whatever of that is missing is not known; a file that cannot be understood is refused with its name.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { VehicleReading } from '../../../devices/contract/reading.ts'
import { readRecording } from '../../../devices/recording/read-recording.ts'
import { parseDecimal, RecordingError, readingsOf } from '../../../devices/recording/recording.ts'

export const eventClasses = [
  'brake',
  'acceleration',
  'left-turn',
  'right-turn',
  'lane-change-left',
  'lane-change-right',
  'calm',
] as const
export type EventClass = (typeof eventClasses)[number]

export interface Label {
  readonly file: string
  readonly class: EventClass
  readonly startS: number
  readonly endS: number
  readonly origin: string
}

export interface KnownRecording {
  readonly file: string
  readonly set: string
  readonly driver: string | undefined
  readonly road: string | undefined
  readonly style: string | undefined
  readonly distanceKm: number | undefined
  /** The file of a recording of the same drive by the car itself. */
  readonly sameDriveAs: string | undefined
}

export interface LoadedRecording extends KnownRecording {
  readonly readings: readonly VehicleReading[]
  readonly timeZone: string
  readonly startMs: number
  readonly seconds: number
}

/** Where a recording says no start: Monday 6 May 2024, noon UTC. */
const unknownStartMs = Date.UTC(2024, 4, 6, 12)

export class BadSet extends Error {
  readonly code = 'bad-recording-set'
}

const manifestValidator = Compile(
  Type.Object({
    recordings: Type.Array(
      Type.Object({
        file: Type.String(),
        set: Type.Optional(Type.String()),
        driver: Type.Optional(Type.String()),
        road: Type.Optional(Type.String()),
        style: Type.Optional(Type.String()),
        distanceKm: Type.Optional(Type.Number()),
        sameDriveAs: Type.Optional(Type.String()),
      }),
    ),
  }),
)
const rowsValidator = Compile(
  Type.Array(
    Type.Object({
      file: Type.String(),
      class: Type.String(),
      start_s: Type.String(),
      end_s: Type.String(),
      origin: Type.Optional(Type.String()),
    }),
  ),
)

export async function listRecordings(folder: string): Promise<readonly KnownRecording[]> {
  const files = (await orBad(folder, readdir(folder))).filter((name) => name.endsWith('.csv') && name !== 'events.csv').sort()
  if (files.length === 0) throw new BadSet(`${folder}: no recordings (.csv) in this folder; name another with --data.`)
  const manifest = await readManifest(folder)
  return files.map((file) => {
    const entry = manifest.find((candidate) => candidate.file === file)
    return {
      file,
      set: entry?.set ?? '',
      driver: entry?.driver,
      road: entry?.road,
      style: entry?.style,
      distanceKm: entry?.distanceKm,
      sameDriveAs: entry?.sameDriveAs,
    }
  })
}

async function readManifest(folder: string): Promise<readonly (Partial<KnownRecording> & { readonly file: string })[]> {
  const text = await readOptional(join(folder, 'manifest.json'))
  if (text === undefined) return []
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new BadSet(`${folder}/manifest.json: not valid JSON.`, { cause })
  }
  // Null says the same as a field that is not there.
  const stated: unknown = JSON.parse(JSON.stringify(value), (_, field: unknown) => (field === null ? undefined : field))
  if (!manifestValidator.Check(stated)) {
    const [first] = manifestValidator.Errors(stated)
    throw new BadSet(`${folder}/manifest.json: ${first?.instancePath ?? ''} ${first?.message ?? 'does not fit'}.`)
  }
  return stated.recordings
}

/** @returns none when there is no such file; labels of a class that is not among ours are left out */
export async function readLabels(path: string): Promise<readonly Label[]> {
  const text = await readOptional(path)
  if (text === undefined) return []
  const rows: unknown = parse(text, { bom: true, columns: true, trim: true, skip_empty_lines: true })
  if (!rowsValidator.Check(rows)) {
    const [first] = rowsValidator.Errors(rows)
    throw new BadSet(`${path}: row ${first?.instancePath ?? ''} ${first?.message ?? 'does not fit'}.`)
  }
  return rows.flatMap((row) => {
    const name = eventClasses.find((candidate) => candidate === row.class)
    const [startS, endS] = [parseDecimal(row.start_s), parseDecimal(row.end_s)]
    if (name === undefined || startS === undefined || endS === undefined) return []
    return [{ file: row.file, class: name, startS, endS, origin: row.origin || 'human' }]
  })
}

/** @returns why it was refused, where it was */
export async function loadRecording(folder: string, known: KnownRecording): Promise<LoadedRecording | string> {
  const read = await readRecording(join(folder, known.file)).catch((error: unknown) => {
    if (error instanceof RecordingError) return error.message
    throw error
  })
  if (typeof read === 'string') return read
  const { recording } = read
  const startMs = recording.startMs ?? unknownStartMs
  const readings = [...readingsOf(recording, 'car', startMs)].filter((reading) => reading.kind === 'vehicle')
  return {
    ...known,
    readings,
    startMs,
    timeZone: recording.timeZone ?? 'UTC',
    seconds: recording.rows.at(-1)?.tS ?? 0,
  }
}

async function readOptional(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

async function orBad<Value>(folder: string, work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (cause) {
    throw new BadSet(`${folder}: this folder cannot be read; name another with --data.`, { cause })
  }
}
