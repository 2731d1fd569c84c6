// The manifest.json beside recordings: when and in which time zone each was made. Everything else in it is for people.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { RecordingError, shown } from './recording.ts'

export interface ManifestEntry {
  readonly startMs: number | undefined
  readonly timeZone: string | undefined
}

const ManifestSchema = Type.Object({ recordings: Type.Array(Type.Object({ file: Type.String() })) })
const EntrySchema = Type.Object({ start: Type.Optional(Type.String()), timeZone: Type.Optional(Type.String()) })
const manifest = Compile(ManifestSchema)
const entrySchema = Compile(EntrySchema)

const unknownEntry: ManifestEntry = { startMs: undefined, timeZone: undefined }

/**
 * What the manifest says about one file; nothing when it does not list it, or is another program's manifest.json.
 *
 * @throws RecordingError when it lists the file with a start or time zone that cannot be understood
 */
export function parseManifest(name: string, text: string, file: string): ManifestEntry {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new RecordingError('bad-manifest', { file: name }, 'not valid JSON; correct it, or move it away.', cause)
  }
  if (!manifest.Check(value)) return unknownEntry
  const entry = value.recordings.find((candidate) => candidate.file === file)
  if (entry === undefined) return unknownEntry
  if (!entrySchema.Check(entry))
    throw new RecordingError('bad-manifest', { file: name }, `start and timeZone of ${shown(file)} must be texts.`)
  const startMs = entry.start === undefined ? undefined : parseInstant(entry.start)
  if (entry.start !== undefined && startMs === undefined)
    throw new RecordingError(
      'bad-manifest',
      { file: name },
      `start of ${shown(file)} is ${shown(entry.start)}; write it as 2019-05-23T20:54:11Z or with an offset.`,
    )
  if (entry.timeZone !== undefined && !isTimeZone(entry.timeZone))
    throw new RecordingError(
      'bad-manifest',
      { file: name },
      `timeZone of ${shown(file)} is ${shown(entry.timeZone)}; write an IANA name such as Europe/Paris.`,
    )
  return { startMs, timeZone: entry.timeZone }
}

const instant = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/

/** Epoch milliseconds of an ISO 8601 date and time with its zone, or undefined; 30 February is not a date. */
export function parseInstant(text: string): number | undefined {
  const parts = instant.exec(text)
  if (parts === null) return undefined
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const daysOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const atMs = Date.parse(text)
  return day > daysOfMonth || !Number.isFinite(atMs) ? undefined : atMs
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
