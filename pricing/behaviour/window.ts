// The last rows of a trip, in columns: what events are looked for in. It is bounded, so a trip of ten hours needs no more memory
// than one of twenty minutes.

import type { Row } from './row.ts'

/** Eleven minutes at 12.5 rows a second, and 200 KiB: long enough to learn a mounting's tilt and a phone's filter from. */
export const windowRowsMax = 8192
/** Slower devices fill it to this: half an hour tells a mounting as well as a day does. */
export const windowMsMax = 30 * 60_000
/** Of a full window, what has been looked at is kept up to here, to learn from, … */
const keptShare = 1 / 4
/** … and what begins later than this is looked at once more with what follows it. */
const openShare = 1 / 8

/** Columns of equal length, more than are filled; NaN where a row had no value. Times are exact, the rest is what the row says. */
export interface Window {
  tMs: Float64Array
  longitudinalMps2: Float64Array
  lateralMps2: Float64Array
  yawDegPerS: Float64Array
  /** As it was told, and held over rows that bring none. */
  toldKph: Float64Array
  speedKph: Float64Array
}

const rowsAtFirst = 256

export function emptyWindow(): Window {
  return columnsOf(rowsAtFirst)
}

/** @param rows that are in it */
export function setWindowRow(window: Window, rows: number, row: Row): void {
  if (rows >= window.tMs.length) growWindow(window)
  window.tMs[rows] = row.tMs
  window.longitudinalMps2[rows] = row.longitudinalMps2
  window.lateralMps2[rows] = row.lateralMps2
  window.yawDegPerS[rows] = row.yawDegPerS
  window.toldKph[rows] = row.speedKph
  window.speedKph[rows] = row.heldKph
}

export function isWindowFull(window: Window, rows: number): boolean {
  return rows >= windowRowsMax || (rows > 1 && (window.tMs[rows - 1] ?? 0) - (window.tMs[0] ?? 0) >= windowMsMax)
}

/** The row before which a full window's rows can go, and the one from which on events are left for the next look. */
export function cutsOf(window: Window, rows: number): { readonly keepFrom: number; readonly openFrom: number } {
  const firstMs = window.tMs[0] ?? 0
  const lastsMs = (window.tMs[rows - 1] ?? 0) - firstMs
  const rowAt = (share: number): number => {
    // By time and by number, whichever keeps less: after a gap most rows may lie in a short time.
    let byTime = 0
    while (byTime < rows - 1 && (window.tMs[byTime] ?? 0) < firstMs + (1 - share) * lastsMs) byTime += 1
    return Math.max(Math.floor((1 - share) * rows), byTime)
  }
  return { keepFrom: rowAt(keptShare), openFrom: rowAt(openShare) }
}

/** Moves what is kept to the front. */
export function dropRows(window: Window, rows: number, keepFrom: number): void {
  for (const column of columnNames) window[column].copyWithin(0, keepFrom, rows)
}

/** The filled part, without copying it. */
export function filledPart(window: Window, rows: number): Window {
  return {
    tMs: window.tMs.subarray(0, rows),
    longitudinalMps2: window.longitudinalMps2.subarray(0, rows),
    lateralMps2: window.lateralMps2.subarray(0, rows),
    yawDegPerS: window.yawDegPerS.subarray(0, rows),
    toldKph: window.toldKph.subarray(0, rows),
    speedKph: window.speedKph.subarray(0, rows),
  }
}

/** The first rows, to be filled on without touching the window. */
export function copyOfPart(window: Window, rows: number): Window {
  const copy = columnsOf(rows)
  for (const column of columnNames) copy[column].set(window[column].subarray(0, Math.min(rows, window.tMs.length)))
  return copy
}

const columnNames = ['tMs', 'longitudinalMps2', 'lateralMps2', 'yawDegPerS', 'toldKph', 'speedKph'] as const

function growWindow(window: Window): void {
  const larger = columnsOf(Math.min(windowRowsMax, 2 * window.tMs.length))
  for (const column of columnNames) {
    larger[column].set(window[column])
    window[column] = larger[column]
  }
}

function columnsOf(rows: number): Window {
  return {
    tMs: new Float64Array(rows),
    longitudinalMps2: new Float64Array(rows),
    lateralMps2: new Float64Array(rows),
    yawDegPerS: new Float64Array(rows),
    toldKph: new Float64Array(rows),
    speedKph: new Float64Array(rows),
  }
}
