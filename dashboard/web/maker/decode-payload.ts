// A payload as a person reads it: laid out, its readings as rows with units, and the place a refusal points at. Pure; a payload that
// was cut still shows the readings that are whole.

import { type Signal, signalsByKind } from '../../../devices/contract/signals.ts'

export interface DecodedValue {
  readonly takenAtMs: number | null
  readonly signal: string
  readonly value: string
  readonly unit: string
}

const decodedMax = 60
const signals: ReadonlyMap<string, Signal> = new Map(
  [...signalsByKind.vehicle, ...signalsByKind.home].map((signal): [string, Signal] => [signal.name, signal]),
)

export function unitOf(signal: string): string {
  return signals.get(signal)?.unit ?? ''
}

export function decodeReadings(payload: string): readonly DecodedValue[] {
  const batch = parsed(payload) ?? parsed(`${payload.slice(0, payload.lastIndexOf('}') + 1)}]}`)
  const readings: unknown = isRecord(batch) ? batch['readings'] : undefined
  if (!Array.isArray(readings)) return []
  const rows: DecodedValue[] = []
  for (const reading of readings) {
    if (!isRecord(reading)) continue
    const takenAtMs = typeof reading['t'] === 'number' ? reading['t'] : null
    for (const [signal, value] of Object.entries(reading)) {
      if (signal === 't' || rows.length >= decodedMax) continue
      rows.push({
        takenAtMs,
        signal,
        value: typeof value === 'object' ? JSON.stringify(value) : String(value),
        unit: unitOf(signal),
      })
    }
  }
  return rows
}

export interface PayloadPiece {
  readonly text: string
  readonly isOffending: boolean
}

/** Laid out with two spaces; the last name of the pointer, and its value, stand out. Quarantine keeps one reading of a batch. */
export function highlight(payload: string, path: string): readonly PayloadPiece[] {
  const value = parsed(payload)
  const text = value === undefined ? payload : JSON.stringify(value, null, 2)
  const name = path.split('/').at(-1)?.replaceAll('~1', '/').replaceAll('~0', '~') ?? ''
  if (path === '' || name === '' || /^\d+$/.test(name) || value === undefined) return [{ text, isOffending: false }]
  const lines = text.split('\n')
  const start = lines.findIndex((line) => line.trimStart().startsWith(`${JSON.stringify(name)}:`))
  const line = lines[start]
  if (line === undefined) return [{ text, isOffending: false }]
  const before = lines.slice(0, start).map((entry) => `${entry}\n`)
  const after = lines.slice(start + 1).map((entry) => `\n${entry}`)
  return [
    { text: before.join(''), isOffending: false },
    { text: line, isOffending: true },
    { text: after.join(''), isOffending: false },
  ].filter((piece) => piece.text !== '')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
