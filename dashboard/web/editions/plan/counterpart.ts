// Where a place of a draft is in another edition: parts are matched by their names, so that a row that moved is the same row.

import { at, isList, isMembers, type Json, type Path } from './json-tree.ts'

/** What names an entry of a list, in this order. */
const naming = ['id', 'coverage', 'level', 'name', 'after'] as const

function nameOf(entry: Json | undefined): string | undefined {
  if (!isMembers(entry)) return undefined
  for (const key of naming) {
    const name = entry[key]
    if (typeof name === 'string') return `${key} ${name}`
  }
  return undefined
}

/** The path of the same thing in `other`; undefined where it has none. */
export function counterpart(draft: Json, other: Json, path: Path): Path | undefined {
  const found: (string | number)[] = []
  let here: Json | undefined = draft
  let there: Json | undefined = other
  for (const [depth, key] of path.entries()) {
    if (typeof key === 'number' && isList(here) && isList(there)) {
      const index = indexOf(here, there, key, path.slice(0, depth), draft, other)
      if (index === undefined) return undefined
      found.push(index)
      here = here[key]
      there = there[index]
    } else {
      found.push(key)
      here = at(here, [key])
      there = at(there, [key])
    }
    if (there === undefined) return undefined
  }
  return found
}

function indexOf(
  here: readonly Json[],
  there: readonly Json[],
  index: number,
  path: Path,
  draft: Json,
  other: Json,
): number | undefined {
  const name = nameOf(here[index])
  if (name !== undefined) return known(there.findIndex((entry) => nameOf(entry) === name))
  const point = here[index]
  // A point of a curve that was not moved aside is the same point, however many were put before it.
  if (isList(point) && path.at(-1) === 'curve' && here.length !== there.length)
    return known(there.findIndex((entry) => isList(entry) && entry[0] === point[0]))
  const axis = axisOf(path)
  if (axis !== undefined) {
    const level = nameOf(at(draft, [...axis, index]))
    const axisThere = counterpart(draft, other, axis)
    const levels = axisThere === undefined ? undefined : at(other, axisThere)
    if (isList(levels)) return known(levels.findIndex((entry) => nameOf(entry) === level))
  }
  return index < there.length ? index : undefined
}

/** The rows and columns of a pair's factors are named by its axes. */
function axisOf(path: Path): Path | undefined {
  if (path[0] !== 'factors') return undefined
  if (path.length === 3 && path[2] === 'factors') return [...path.slice(0, 2), 'rows']
  if (path.length === 4 && path[2] === 'factors') return [...path.slice(0, 2), 'columns']
  return undefined
}

function known(index: number): number | undefined {
  return index < 0 ? undefined : index
}

/** Every figure or text in which two documents differ, as a place in the first. */
export interface LeafDifference {
  readonly path: Path
  readonly mine: Json | undefined
  readonly theirs: Json | undefined
}

export const differencesMax = 200

export function leafDifferences(mine: Json, theirs: Json): readonly LeafDifference[] {
  const found: LeafDifference[] = []
  const visit = (path: Path, one: Json | undefined, other: Json | undefined): void => {
    if (one === other || found.length >= differencesMax) return
    const keys = [...new Set([...keysOf(one), ...keysOf(other)])]
    if (keys.length === 0) found.push({ path, mine: one, theirs: other })
    else for (const key of keys) visit([...path, key], at(one, [key]), at(other, [key]))
  }
  visit([], mine, theirs)
  return found
}

function keysOf(value: Json | undefined): Path {
  if (isList(value)) return value.map((_, index) => index)
  return isMembers(value) ? Object.keys(value) : []
}
