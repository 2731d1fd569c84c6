// A document as a tree that is never changed in place: reading and replacing by path. It may be wrong while somebody types; what is
// wrong is said by the server, at the same paths.

export type Json = null | boolean | number | string | readonly Json[] | JsonMembers
export interface JsonMembers {
  readonly [key: string]: Json
}
export type Path = readonly (string | number)[]

/** What came over the wire as JSON, taken as what it is. */
export function jsonOf(value: unknown): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value
  if (Array.isArray(value)) return value.map((entry: unknown) => jsonOf(entry))
  if (typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, entry]) => (entry === undefined ? [] : [[key, jsonOf(entry)]])),
    )
  return null
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

export function isMembers(value: Json | undefined): value is JsonMembers {
  return typeof value === 'object' && value !== null && !isList(value)
}

export function at(tree: Json | undefined, path: Path): Json | undefined {
  let here = tree
  for (const key of path) {
    if (typeof key === 'number') here = isList(here) ? here[key] : undefined
    else here = isMembers(here) && Object.hasOwn(here, key) ? here[key] : undefined
  }
  return here
}

export function listAt(tree: Json | undefined, path: Path): readonly Json[] {
  const found = at(tree, path)
  return isList(found) ? found : []
}

export function membersAt(tree: Json | undefined, path: Path): JsonMembers {
  const found = at(tree, path)
  return isMembers(found) ? found : {}
}

export function textAt(tree: Json | undefined, path: Path): string {
  const found = at(tree, path)
  return found === undefined || found === null || typeof found === 'object' ? '' : String(found)
}

export function numberAt(tree: Json | undefined, path: Path): number | undefined {
  const found = at(tree, path)
  return typeof found === 'number' ? found : undefined
}

/** @param value undefined takes the place out; parents that are missing are made */
export function put(tree: Json | undefined, path: Path, value: Json | undefined): Json {
  const [key, ...rest] = path
  if (key === undefined) return value ?? null
  if (typeof key === 'number') {
    const list = isList(tree) ? tree : []
    if (rest.length === 0 && value === undefined) return list.filter((_, index) => index !== key)
    const replaced = put(list[key], rest, value)
    return key < list.length ? list.map((entry, index) => (index === key ? replaced : entry)) : [...list, replaced]
  }
  const members = isMembers(tree) ? tree : {}
  if (rest.length === 0 && value === undefined) {
    const { [key]: _, ...others } = members
    return others
  }
  return { ...members, [key]: put(members[key], rest, value) }
}

export function insert(tree: Json, path: Path, index: number, value: Json): Json {
  const list = listAt(tree, path)
  return put(tree, path, [...list.slice(0, index), value, ...list.slice(index)])
}

/** As problems name a place: `/factors/0/bands/1/below`. */
export function pointerOf(path: Path): string {
  return path.map((key) => `/${key}`).join('')
}

export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true
  if (isList(one)) return isList(other) && one.length === other.length && one.every((entry, index) => isSame(entry, other[index]))
  if (!isMembers(one) || !isMembers(other)) return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  )
}
