// What is done to the tables of a plan: bands and axes split and merged, points put into a curve, levels added. Documents in, documents
// out; factors keep to the decimals that the plan rounds to.

import { at, insert, isMembers, type Json, listAt, membersAt, numberAt, type Path, put, textAt } from './json-tree.ts'

/** Where a list of bands begins: the least value of the input it reads. */
export function bandStart(document: Json, input: string): number {
  return numberAt(document, ['inputs', input, 'min']) ?? 0
}

/** @returns a name as the plan's own bands have: `under-21`, `21-24`, `70-and-over` */
export function bandName(from: number | undefined, below: number | undefined): string {
  if (from === undefined) return below === undefined ? 'all' : `under-${below}`
  if (below === undefined) return `${from}-and-over`
  return Number.isInteger(from) && Number.isInteger(below) ? `${from}-${below - 1}` : `${from}-to-${below}`
}

/** Cuts a band in two equal halves; of the last, which is open, as much as the band before it is wide. */
export function splitBand(document: Json, path: Path, index: number, start: number, end: number): Json {
  const bands = listAt(document, path)
  const band = bands[index]
  const from = numberAt(bands[index - 1], ['below']) ?? start
  const below = numberAt(band, ['below'])
  const before = numberAt(bands[index - 2], ['below']) ?? start
  const middle = below === undefined ? Math.min(from + Math.max(1, from - before), (from + end) / 2) : (from + below) / 2
  const cut = below === undefined || below - from >= 2 ? Math.round(middle) : Number(middle.toPrecision(4))
  if (!(cut > from) || (below !== undefined && cut >= below)) return document
  const taken = new Set(bands.map((one) => textAt(one, ['level'])))
  const lower = freeName(bandName(index === 0 ? undefined : from, cut), taken)
  const upper = freeName(bandName(cut, below), new Set([...taken, lower]))
  const isBandMembers = isMembers(band) ? band : {}
  const split = put(put(document, [...path, index, 'level'], upper), [...path, index], { ...isBandMembers, level: upper })
  return insert(split, path, index, { ...isBandMembers, level: lower, below: cut })
}

/** One band out of this and the next: it keeps this one's factor. */
export function mergeBand(document: Json, path: Path, index: number, start: number): Json {
  const bands = listAt(document, path)
  const [band, next] = [bands[index], bands[index + 1]]
  if (!isMembers(band) || next === undefined) return document
  const from = index === 0 ? undefined : (numberAt(bands[index - 1], ['below']) ?? start)
  const below = numberAt(next, ['below'])
  const { below: _, ...kept } = band
  const merged = { ...kept, level: bandName(from, below), ...(below === undefined ? {} : { below }) }
  return put(put(document, [...path, index], merged), [...path, index + 1], undefined)
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  for (let number = 2; ; number += 1) if (!taken.has(`${name} (${number})`)) return `${name} (${number})`
}

export type Axis = 'rows' | 'columns'

/** A pair's axis with its factors: the halves of a split row or column have the factors of the whole. */
export function splitAxis(document: Json, pair: Path, axis: Axis, index: number): Json {
  const input = textAt(document, [...pair, 'inputs', axis === 'rows' ? 0 : 1])
  const end = numberAt(document, ['inputs', input, 'max']) ?? bandStart(document, input) + 1
  const split = splitBand(document, [...pair, axis], index, bandStart(document, input), end)
  if (split === document) return document
  return withFactors(split, pair, axis, (list) => [...list.slice(0, index), list[index] ?? 1, ...list.slice(index)])
}

export function mergeAxis(document: Json, pair: Path, axis: Axis, index: number): Json {
  const input = textAt(document, [...pair, 'inputs', axis === 'rows' ? 0 : 1])
  const merged = mergeBand(document, [...pair, axis], index, bandStart(document, input))
  return merged === document ? document : withFactors(merged, pair, axis, (list) => list.filter((_, at) => at !== index + 1))
}

function withFactors(document: Json, pair: Path, axis: Axis, turn: (list: readonly Json[]) => readonly Json[]): Json {
  const factors = listAt(document, [...pair, 'factors'])
  const turned = axis === 'rows' ? turn(factors) : factors.map((row) => (Array.isArray(row) ? turn(listAt(row, [])) : row))
  return put(document, [...pair, 'factors'], turned)
}

export interface CurvePoint {
  readonly x: number
  readonly factor: number
}

/** Points that are numbers; others wait until they are mended. */
export function curvePoints(document: Json | undefined, path: Path): readonly CurvePoint[] {
  return listAt(document, path).flatMap((point) => {
    const [x, factor] = [numberAt(point, [0]), numberAt(point, [1])]
    return x === undefined || factor === undefined ? [] : [{ x, factor }]
  })
}

/** A point halfway to the next; after the last as far as the one before it is away. */
export function addPoint(document: Json, path: Path, index: number, decimals: number): Json {
  const points = curvePoints(document, path)
  const [here, next, before] = [points[index], points[index + 1], points[index - 1]]
  if (here === undefined) return document
  const x = next === undefined ? here.x + (before === undefined ? 1 : here.x - before.x) : (here.x + next.x) / 2
  const factor = next === undefined ? here.factor : (here.factor + next.factor) / 2
  return insert(document, path, index + 1, [tidy(x), rounded(factor, decimals)])
}

export function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}

/** Four figures that say something. */
export function tidy(value: number): number {
  return Number(value.toPrecision(4))
}

/** Adds a level to a level input, and with the factor 1 to every table that reads it. */
export function addLevel(document: Json, input: string, level: string): Json {
  const levels = listAt(document, ['inputs', input, 'levels'])
  if (level === '' || levels.includes(level)) return document
  let changed = put(document, ['inputs', input, 'levels'], [...levels, level])
  for (const [index, factor] of listAt(document, ['factors']).entries()) {
    const path = ['factors', index]
    if (textAt(factor, ['kind']) === 'levels' && textAt(factor, ['input']) === input)
      changed = put(changed, [...path, 'levels'], { ...membersAt(changed, [...path, 'levels']), [level]: 1 })
    for (const [place, axis] of (['rows', 'columns'] as const).entries())
      if (textAt(factor, ['kind']) === 'pair' && at(factor, ['inputs', place]) === input) {
        changed = insert(changed, [...path, axis], listAt(changed, [...path, axis]).length, { level })
        changed = withFactors(changed, path, axis, (list) => [...list, axis === 'rows' ? (onesLike(list[0]) ?? 1) : 1])
      }
  }
  return changed
}

function onesLike(row: Json | undefined): Json | undefined {
  return Array.isArray(row) ? row.map(() => 1) : undefined
}
