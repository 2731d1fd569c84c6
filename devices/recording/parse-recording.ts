// The recording format: a CSV whose first column is `t_s` and whose other columns are signals of one kind of device.
// Strict: what is not understood is refused with its line and column, never guessed.

import { CsvError, parse } from 'csv-parse/sync'
import { type DeviceKind, deviceKinds, type Signal, signalsByKind } from '../contract/signals.ts'
import type { ManifestEntry } from './manifest.ts'
import {
  isWithin,
  parseDecimal,
  type Recording,
  RecordingError,
  type RecordingRow,
  recordingSecondsMax,
  shown,
} from './recording.ts'

const timeColumn = 't_s'

interface Table {
  readonly kind: DeviceKind
  /** The signal of each column after the first. */
  readonly signals: readonly Signal[]
}

interface Line {
  readonly number: number
  readonly cells: readonly string[]
}

/**
 * Rows that say the same time (to the millisecond) as the row before them become one with it, because device and time identify
 * a reading: in each column the first value stands, and a later row only fills what was still empty. OBD recordings stand still
 * for seconds at a time and repeat stale values meanwhile. Rows without any value give no reading. Both are counted.
 *
 * @param name the file's name, for messages
 * @param manifest what the manifest.json beside it says
 * @throws RecordingError naming the first line and column that is wrong, and the mend
 */
export function parseRecording(name: string, text: string, manifest?: ManifestEntry): Recording {
  const [header, ...lines] = readLines(name, text)
  if (header === undefined) throw new RecordingError('empty', { file: name }, 'the file is empty; record or copy it again.')
  const table = readHeader(name, header)
  const rows: RecordingRow[] = []
  let sameTime = 0
  let empty = 0
  let open: { tS: number; values: Record<string, number | boolean> } | undefined
  for (const line of lines) {
    const tS = readTime(name, line, table.signals.length + 1, open?.tS)
    const values = readValues(name, line, table.signals)
    if (open !== undefined && open.tS === tS) {
      open.values = { ...values, ...open.values }
      sameTime += 1
      continue
    }
    if (open !== undefined && !addRow(rows, open)) empty += 1
    open = { tS, values }
  }
  if (open !== undefined && !addRow(rows, open)) empty += 1
  if (rows.length === 0) throw new RecordingError('empty', { file: name }, 'no line carries a value; there is nothing to replay.')
  return {
    name,
    kind: table.kind,
    startMs: manifest?.startMs,
    timeZone: manifest?.timeZone,
    rows,
    leftOut: { sameTime, empty, undated: 0 },
  }
}

function addRow(rows: RecordingRow[], row: RecordingRow): boolean {
  if (Object.keys(row.values).length === 0) return false
  rows.push(row)
  return true
}

function readLines(file: string, text: string): readonly Line[] {
  const numbers: number[] = []
  try {
    const records = parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      on_record: (record: string[], context) => {
        numbers.push(context.lines)
        return record
      },
    })
    return records.map((cells, index) => ({ number: numbers[index] ?? 0, cells }))
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    const line = cause['lines']
    const place = typeof line === 'number' ? { file, line } : { file }
    throw new RecordingError('bad-form', place, 'quotation marks that do not match; this is not a recording as CSV.', cause)
  }
}

function readHeader(file: string, header: Line): Table {
  const place = { file, line: header.number }
  const [first, ...names] = header.cells
  if (first !== timeColumn)
    throw new RecordingError(
      'no-time-column',
      place,
      `the first column must be ${timeColumn} (seconds from the start), found ${shown(first ?? '')}; add it, separate with commas.`,
    )
  if (names.length === 0)
    throw new RecordingError('unknown-column', place, `no column after ${timeColumn}; add one per signal, separate with commas.`)
  const found = names.map((name, index) => {
    if (names.indexOf(name) !== index)
      throw new RecordingError('unknown-column', { ...place, column: name }, 'the column is there twice; remove one.')
    return { ...findSignal(file, header.number, name), name }
  })
  const kind = found[0]?.kind ?? 'vehicle'
  const stranger = found.find((entry) => entry.kind !== kind)
  if (stranger !== undefined)
    throw new RecordingError(
      'mixed-kinds',
      { ...place, column: stranger.name },
      `a signal of a ${stranger.kind} among those of a ${kind}; split the file by device.`,
    )
  return { kind, signals: found.map((entry) => entry.signal) }
}

function findSignal(file: string, line: number, name: string): { readonly kind: DeviceKind; readonly signal: Signal } {
  const all = deviceKinds.flatMap((kind) => signalsByKind[kind].map((signal: Signal) => ({ kind, signal })))
  const exact = all.find((entry) => entry.signal.name === name)
  if (exact !== undefined) return exact
  const close = all.find((entry) => simplified(entry.signal.name) === simplified(name))
  const mend = close === undefined ? 'remove it or rename it to one of the signals' : `write ${close.signal.name}`
  throw new RecordingError('unknown-column', { file, line, column: name }, `no such signal; ${mend}.`)
}

function simplified(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, '')
}

function readTime(file: string, line: Line, columns: number, beforeS: number | undefined): number {
  const place = { file, line: line.number }
  const count = line.cells.length
  if (count !== columns)
    throw new RecordingError(
      'truncated',
      place,
      `${count} ${count === 1 ? 'cell' : 'cells'} where the header has ${columns}; ${count < columns ? 'the line is cut off: copy the file again or remove the line' : 'remove what is too much'}.`,
    )
  const cell = line.cells[0] ?? ''
  const time = { ...place, column: timeColumn }
  const seconds = parseDecimal(cell)
  if (seconds === undefined)
    throw new RecordingError('bad-value', time, `${shown(cell)} is not a number; every line needs its seconds from the start.`)
  if (seconds < 0 || seconds > recordingSecondsMax)
    throw new RecordingError(
      'out-of-range',
      time,
      `${cell} is outside 0 to ${recordingSecondsMax}; give seconds from the recording's start.`,
    )
  const tS = Math.round(seconds * 1000) / 1000
  if (beforeS !== undefined && tS < beforeS)
    throw new RecordingError('time-backwards', time, `${cell} comes after ${beforeS}; sort the lines by time, or split the file.`)
  return tS
}

function readValues(file: string, line: Line, signals: readonly Signal[]): Record<string, number | boolean> {
  const values: Record<string, number | boolean> = {}
  signals.forEach((signal, index) => {
    const cell = line.cells[index + 1] ?? ''
    if (cell === '') return
    const place = { file, line: line.number, column: signal.name }
    if (signal.type === 'boolean') {
      const value = parseBoolean(cell)
      if (value === undefined)
        throw new RecordingError('bad-value', place, `${shown(cell)} is neither true nor false; correct or empty the cell.`)
      values[signal.name] = value
      return
    }
    const value = parseDecimal(cell)
    if (value === undefined)
      throw new RecordingError('bad-value', place, `${shown(cell)} is not a number; correct or empty the cell.`)
    if (!isWithin(signal, value)) {
      const unit = signal.unit === null ? '' : ` ${signal.unit}`
      throw new RecordingError(
        'out-of-range',
        place,
        `${cell} is outside ${signal.min ?? 'any'} to ${signal.max ?? 'any'}${unit}; check the unit, or empty the cell.`,
      )
    }
    values[signal.name] = value
  })
  return values
}

function parseBoolean(cell: string): boolean | undefined {
  const text = cell.toLowerCase()
  if (text === 'true' || text === '1') return true
  return text === 'false' || text === '0' ? false : undefined
}
