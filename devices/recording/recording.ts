// A recording: what one device said over a stretch of time, with times relative to its start. Also its limits and the one
// error that every parser of a file throws. Where on the time line it is replayed is decided by place-recording.ts.

import type { Reading } from '../contract/reading.ts'
import type { DeviceKind, HomeValues, Signal, VehicleValues } from '../contract/signals.ts'

/** A day of 50 Hz driving with twelve signals is about 300 MB: such a file is cut before it is replayed. */
export const recordingBytesMax = 64 * 1024 * 1024
/** More than a year: beyond it `t_s` holds something else, such as epoch seconds. */
export const recordingSecondsMax = 400 * 86_400
/** What a person sees of a cell that is wrong. */
const shownCharactersMax = 32

export interface RecordingRow {
  /** Seconds since the recording's start, to the millisecond; strictly growing from row to row. */
  readonly tS: number
  /** Signals of the recording's kind, within their ranges; at least one. */
  readonly values: Readonly<Record<string, number | boolean>>
}

export interface Recording {
  /** The file's name, for messages. */
  readonly name: string
  readonly kind: DeviceKind
  /** When it was recorded, epoch milliseconds; undefined when nothing says so. */
  readonly startMs: number | undefined
  /** IANA name, when known. */
  readonly timeZone: string | undefined
  readonly rows: readonly RecordingRow[]
  /** Lines that gave no row of their own, by reason. */
  readonly leftOut: LeftOut
}

export interface LeftOut {
  /** Had the same time as the line before: only what that one did not say was taken over. */
  readonly sameTime: number
  /** Carried no value, or no time. */
  readonly empty: number
  /** Were dated before 1990 by a clock that was not set. */
  readonly undated: number
}

/** 1990-01-01. Clocks that were never set say 1970, receivers that lost GPS time say 1980. */
export const clockSetSinceMs = 631_152_000_000

/** What is wrong with a file, in the order it is checked. */
export type RecordingProblem =
  | 'unreadable'
  | 'too-large'
  | 'not-text'
  | 'empty'
  | 'bad-manifest'
  | 'bad-form'
  | 'no-time-column'
  | 'unknown-column'
  | 'mixed-kinds'
  | 'truncated'
  | 'bad-value'
  | 'out-of-range'
  | 'time-backwards'
  | 'no-times'

/** One line for a person: file, line and column, what is wrong, how to mend it. */
export class RecordingError extends Error {
  readonly code = 'bad-recording'
  readonly problem: RecordingProblem

  constructor(problem: RecordingProblem, place: Place, message: string, cause?: unknown) {
    super(`${describePlace(place)}: ${message}`, cause === undefined ? {} : { cause })
    this.problem = problem
  }
}

/** Where in a file; lines count from 1. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: string
}

function describePlace(place: Place): string {
  const line = place.line === undefined ? '' : `, line ${place.line}`
  return `${place.file}${line}${place.column === undefined ? '' : `, column ${shown(place.column)}`}`
}

/** Text out of a file as a message may carry it: quoted, short, without control characters. */
export function shown(text: string): string {
  return JSON.stringify(text.length > shownCharactersMax ? `${text.slice(0, shownCharactersMax)}…` : text)
}

/** @throws RecordingError when the bytes are too many, empty, or not UTF-8 text */
export function decodeText(file: string, bytes: Uint8Array): string {
  if (bytes.length > recordingBytesMax)
    throw new RecordingError('too-large', { file }, `larger than ${recordingBytesMax / 1024 / 1024} MB; cut it into parts.`)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new RecordingError('not-text', { file }, 'not a text file in UTF-8; save or export it again as one.', cause)
  }
  if (text.includes('\0'))
    throw new RecordingError('not-text', { file }, 'not a text file but binary data; give a recording as CSV or GPX.')
  if (text.trim() === '') throw new RecordingError('empty', { file }, 'the file is empty; record or copy it again.')
  return text
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/

/** A finite decimal number, or undefined for anything else (also for `NaN`, `Infinity`, hexadecimal and the empty text). */
export function parseDecimal(text: string): number | undefined {
  if (!decimal.test(text)) return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

export function isWithin(signal: Signal, value: number): boolean {
  return value >= (signal.min ?? -Infinity) && value <= (signal.max ?? Infinity)
}

/** From the first row's instant to the last's, counted from the start, milliseconds. */
export function durationMs(recording: Recording): number {
  return Math.round((recording.rows.at(-1)?.tS ?? 0) * 1000)
}

/** The recording as readings of a device, one per row. */
export function* readingsOf(recording: Recording, device: string, startMs: number): Generator<Reading> {
  for (const row of recording.rows) {
    const takenAtMs = startMs + Math.round(row.tS * 1000)
    if (recording.kind === 'vehicle') {
      const values: VehicleValues = row.values
      yield { kind: 'vehicle', device, takenAtMs, values }
    } else {
      const values: HomeValues = row.values
      yield { kind: 'home', device, takenAtMs, values }
    }
  }
}
