// What is typed or pasted into a grid, and the block that moving, selecting and filling works on. Only text and arithmetic.

import type { Json } from './json-tree.ts'

export interface Spot {
  readonly row: number
  readonly column: number
}

/** Two corners, in any order. */
export interface Block {
  readonly from: Spot
  readonly to: Spot
}

export function edgesOf({ from, to }: Block): { top: number; bottom: number; left: number; right: number } {
  return {
    top: Math.min(from.row, to.row),
    bottom: Math.max(from.row, to.row),
    left: Math.min(from.column, to.column),
    right: Math.max(from.column, to.column),
  }
}

export function isInside(block: Block, { row, column }: Spot): boolean {
  const { top, bottom, left, right } = edgesOf(block)
  return row >= top && row <= bottom && column >= left && column <= right
}

export function within(spot: Spot, rows: number, columns: number): Spot {
  const hold = (value: number, count: number): number => Math.min(Math.max(0, value), Math.max(0, count - 1))
  return { row: hold(spot.row, rows), column: hold(spot.column, columns) }
}

/** A block as spreadsheets put it on the clipboard: rows by line, cells by tab; from a CSV by semicolon. */
export function pastedCells(text: string): readonly (readonly string[])[] {
  const lines = text.replaceAll('\r', '').replace(/\n$/, '').split('\n')
  const separator = text.includes('\t') ? '\t' : lines.length > 0 && lines.every((line) => line.includes(';')) ? ';' : '\t'
  return lines.map((line) => line.split(separator).map((cell) => cell.trim()))
}

export function copiedText(cells: readonly (readonly string[])[]): string {
  return cells.map((row) => row.join('\t')).join('\n')
}

export type CellKind = 'number' | 'money' | 'text' | 'share'

/** The number that a person wrote, with a decimal comma or point, and spaces between thousands; NaN where it is none. */
export function writtenNumber(text: string): number {
  const plain = text.replaceAll(/[\s\u00a0\u202f]/g, '').replace('\u2212', '-')
  const hasComma = /^[+-]?\d*,\d+$/.test(plain)
  const hasGroups = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) && plain.includes('.')
  const number = hasGroups ? plain.replaceAll(',', '') : hasComma ? plain.replace(',', '.') : plain
  return number === '' || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(number) ? Number.NaN : Number(number)
}

/**
 * What a cell's text stands for in the document. A number that is none stays as it was written: the check then says at its place what
 * is expected. Undefined takes the place out.
 */
export function cellValue(kind: CellKind, text: string, minorPerUnit: number): Json | undefined {
  if (kind === 'text') return text
  if (text.trim() === '') return undefined
  const number = writtenNumber(text)
  if (Number.isNaN(number)) return text
  if (kind === 'money') return Math.round(number * minorPerUnit)
  return kind === 'share' ? Number((number / 100).toFixed(6)) : number
}

/** The same the other way, as it is edited: without grouping, with a point. */
export function cellText(kind: CellKind, value: Json | undefined, minorPerUnit: number): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'object') return JSON.stringify(value)
  if (kind === 'money' && typeof value === 'number') return (value / minorPerUnit).toFixed(Math.round(Math.log10(minorPerUnit)))
  if (kind === 'share' && typeof value === 'number') return String(Number((value * 100).toFixed(4)))
  return String(value)
}
