// Water flow measured at each fixture of a home (`Time Flow`, or `Time Flow "End time"` for machines that report a whole use),
// merged into what a meter on the main pipe would have said. The times are epoch seconds, as recorded.

import { type HomeValues, homeSignals, type Signal } from '../contract/signals.ts'
import { clockSetSinceMs, isWithin, parseDecimal, type Recording, RecordingError, type RecordingRow, shown } from './recording.ts'

/** One millilitre per second in litres per minute. */
const lpmPerMlps = 0.06
/** While water flows there is a row about every second; one or two may be missing before the flow counts as ended. */
export const holdSecondsMax = 3
/** One reading takes a second; a flow without a next row lasted that long. */
const sampleSeconds = 1

export interface FixtureFile {
  readonly name: string
  readonly text: string
}

interface Change {
  readonly atS: number
  /** By how much the flow of the whole home grows, mL/s. */
  readonly byMlps: number
}

interface Fixture {
  readonly changes: readonly Change[]
  readonly undated: number
  readonly sameTime: number
}

/**
 * @param name what the recording is called, for messages
 * @returns a recording of WaterFlow (l/min) with a row wherever a fixture said something or its flow ended
 * @throws RecordingError naming the file and line that is wrong, and the mend
 */
export function parseWaterFlow(name: string, files: readonly FixtureFile[]): Recording {
  const fixtures = files.map(readFixture)
  const byTime = new Map<number, number>()
  for (const fixture of fixtures)
    for (const change of fixture.changes) byTime.set(change.atS, (byTime.get(change.atS) ?? 0) + change.byMlps)
  const timesS = [...byTime.keys()].sort((a, b) => a - b)
  const startS = timesS[0]
  if (startS === undefined) throw new RecordingError('empty', { file: name }, 'no row with a usable time; copy the file again.')
  const flowSignal: Signal | undefined = homeSignals.find((signal) => signal.name === 'WaterFlow')
  let flowMlps = 0
  const rows = timesS.map((atS): RecordingRow => {
    flowMlps += byTime.get(atS) ?? 0
    const values: HomeValues = { WaterFlow: Math.max(0, Math.round(flowMlps * lpmPerMlps * 1000) / 1000) }
    if (flowSignal !== undefined && !isWithin(flowSignal, values.WaterFlow ?? 0))
      throw new RecordingError(
        'out-of-range',
        { file: name },
        `${values.WaterFlow} l/min in one home; the flows must be in mL/s.`,
      )
    return { tS: atS - startS, values: { ...values } }
  })
  const count = (field: 'undated' | 'sameTime'): number => fixtures.reduce((sum, fixture) => sum + fixture[field], 0)
  return {
    name,
    kind: 'home',
    startMs: startS * 1000,
    timeZone: undefined,
    rows,
    leftOut: { sameTime: count('sameTime'), empty: 0, undated: count('undated') },
  }
}

/** Is this text a fixture's file? Some have a header, some start with a row. */
export function isWaterFlow(text: string): boolean {
  return /^\s*(?:Time[ ,;\t]"?Flow|\d{9,11}[ ,]\d+(?:\.\d+)?(?:[ ,]\d{1,11})?\s*(?:\n|$))/.test(text)
}

function readFixture(file: FixtureFile): Fixture {
  const rows: { readonly atS: number; readonly flowMlps: number }[] = []
  const uses: Change[] = []
  let undated = 0
  let sameTime = 0
  let beforeS = Number.NEGATIVE_INFINITY
  file.text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '' || (index === 0 && line.startsWith('Time'))) return
    const place = { file: file.name, line: index + 1 }
    const cells = line.trim().split(/[ ,]/)
    const [atS, amount, endS] = cells.map(parseDecimal)
    if (cells.length < 2 || cells.length > 3)
      throw new RecordingError(
        'truncated',
        place,
        `${cells.length} values where 2 or 3 are expected; correct or remove the line.`,
      )
    if (atS === undefined || amount === undefined || amount < 0 || (cells.length === 3 && endS === undefined))
      throw new RecordingError('bad-value', place, `${shown(line)} is not a time and a flow; correct or remove the line.`)
    if (atS * 1000 < clockSetSinceMs) {
      undated += 1
      return
    }
    if (atS < beforeS) throw new RecordingError('time-backwards', place, `${atS} comes after ${beforeS}; sort the lines by time.`)
    if (endS !== undefined) {
      if (endS <= atS) throw new RecordingError('bad-value', place, 'the use ends before it starts; correct or remove the line.')
      const flowMlps = (amount * 1000) / (endS - atS)
      uses.push({ atS, byMlps: flowMlps }, { atS: endS, byMlps: -flowMlps })
    } else if (atS === beforeS) sameTime += 1
    else rows.push({ atS, flowMlps: amount })
    beforeS = atS
  })
  return { changes: [...uses, ...changesOf(rows)], undated, sameTime }
}

function changesOf(rows: readonly { readonly atS: number; readonly flowMlps: number }[]): Change[] {
  const changes: Change[] = []
  let flowMlps = 0
  rows.forEach((row, index) => {
    changes.push({ atS: row.atS, byMlps: row.flowMlps - flowMlps })
    flowMlps = row.flowMlps
    const next = rows[index + 1]
    if (flowMlps > 0 && (next === undefined || next.atS > row.atS + holdSecondsMax)) {
      changes.push({ atS: row.atS + sampleSeconds, byMlps: -flowMlps })
      flowMlps = 0
    }
  })
  return changes
}
