// Reads a recording from disk: the recording format with the manifest.json beside it, GPX, or water flow (one fixture's file, or
// a folder of them), told apart by content. Parsing itself is in the files named after the formats.

import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { parseManifest } from './manifest.ts'
import { parseGpx } from './parse-gpx.ts'
import { parseRecording } from './parse-recording.ts'
import { isWaterFlow, parseWaterFlow } from './parse-water-flow.ts'
import { decodeText, type Recording, RecordingError, recordingBytesMax } from './recording.ts'

export interface ReadRecording {
  readonly recording: Recording
  /** SHA-256 of the content, hexadecimal: the same drive under another name is the same drive. */
  readonly sha256: string
}

/** @throws RecordingError with one line for a person, whatever is wrong with the path or the file */
export async function readRecording(path: string): Promise<ReadRecording> {
  const name = basename(path)
  const about = await orUnreadable(name, stat(path))
  if (about.isDirectory()) return readFixtures(path, name)
  const bytes = await readBytes(path, name)
  const text = decodeText(name, bytes)
  return { recording: await parseByContent(path, name, text), sha256: sha256Of([bytes]) }
}

async function parseByContent(path: string, name: string, text: string): Promise<Recording> {
  if (/^\uFEFF?\s*</.test(text)) return parseGpx(name, text)
  if (isWaterFlow(text)) return parseWaterFlow(name, [{ name, text }])
  const manifestPath = join(dirname(path), 'manifest.json')
  const manifest = await readOptional(manifestPath)
  return parseRecording(
    name,
    text,
    manifest === undefined ? undefined : parseManifest(manifestPath, decodeText(manifestPath, manifest), name),
  )
}

async function readFixtures(folder: string, name: string): Promise<ReadRecording> {
  const entries = await orUnreadable(name, readdir(folder))
  const names = entries.filter((entry) => entry.endsWith('.csv')).sort()
  if (names.length === 0)
    throw new RecordingError('empty', { file: name }, 'a folder without .csv files; name a file, or a folder of water flows.')
  const files: { name: string; text: string; bytes: Uint8Array }[] = []
  for (const file of names) {
    const bytes = await readBytes(join(folder, file), file)
    const text = decodeText(file, bytes)
    if (!isWaterFlow(text))
      throw new RecordingError('bad-form', { file }, 'only water flows are merged by folder; name one file to replay it.')
    files.push({ name: file, text, bytes })
  }
  return { recording: parseWaterFlow(name, files), sha256: sha256Of(files.map((file) => file.bytes)) }
}

async function readBytes(path: string, name: string): Promise<Uint8Array> {
  const about = await orUnreadable(name, stat(path))
  if (about.size > recordingBytesMax)
    throw new RecordingError('too-large', { file: name }, `larger than ${recordingBytesMax / 1024 / 1024} MB; cut it into parts.`)
  return orUnreadable(name, readFile(path))
}

async function readOptional(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined
    throw unreadable(path, error)
  }
}

async function orUnreadable<Value>(name: string, work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (error) {
    throw unreadable(name, error)
  }
}

function unreadable(name: string, cause: unknown): RecordingError {
  const code = systemCodeOf(cause)
  const why = code === 'ENOENT' ? 'there is no such file; check the path.' : `cannot be read (${code}); check its permissions.`
  return new RecordingError('unreadable', { file: name }, why, cause)
}

function systemCodeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}

function sha256Of(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}
