// The shapes of a table's picture. Only arithmetic.

import type { EditionTable } from '../insurer/edition-tables.ts'

export interface TableShapes {
  /** Height of the factor 1, which changes nothing. */
  readonly oneY: number
  readonly smallest: number
  readonly largest: number
  /** Path data of a curve; empty for levels. */
  readonly line: string
  readonly bars: readonly {
    readonly x: number
    readonly y: number
    readonly barWidth: number
    readonly barHeight: number
    readonly isAbove: boolean
  }[]
}

const margin = 14
const gap = 0.25

/** Undefined for a table that is no curve and has no factors. */
export function tablePicture({ path, columns, rows }: EditionTable, width: number, height: number): TableShapes | undefined {
  const factorColumn = columns.indexOf('factor')
  const isCurve = columns[0] === 'x'
  const isLevels = path.endsWith('.levels') && columns.length === 2
  const column = factorColumn >= 0 ? factorColumn : isLevels ? 1 : -1
  const points = rows.map((row) => ({ x: Number(row[0]), factor: Number(row[column]) }))
  if (column < 0 || points.length < 2 || points.some(({ factor }) => !(factor > 0 && factor <= 10))) return undefined
  const smallest = Math.min(1, ...points.map(({ factor }) => factor))
  const largest = Math.max(1, ...points.map(({ factor }) => factor))
  if (smallest === largest) return undefined
  const y = (factor: number): number => round(margin + ((largest - factor) / (largest - smallest)) * (height - 2 * margin))
  const shapes = { oneY: y(1), smallest, largest }
  if (isCurve) {
    const first = points[0]?.x ?? 0
    const span = (points.at(-1)?.x ?? 0) - first
    if (!(span > 0)) return undefined
    const at = points.map(({ x, factor }) => `${round(((x - first) / span) * width)} ${y(factor)}`)
    return { ...shapes, line: `M${at.join('L')}`, bars: [] }
  }
  const each = width / points.length
  const bars = points.map(({ factor }, index) => ({
    x: round(index * each + (each * gap) / 2),
    y: Math.min(y(factor), y(1)),
    barWidth: round(each * (1 - gap)),
    barHeight: Math.max(1, Math.abs(y(factor) - y(1))),
    isAbove: factor > 1,
  }))
  return { ...shapes, line: '', bars }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
