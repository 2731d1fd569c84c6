// The quickest way between two crossings of a map, by limits and crossings (Dijkstra). What was found is remembered for a while and
// shared by all vehicles on the map: a fleet of thousands asks the same again and again.

import type { Road, RoadMap } from './road-map.ts'

/** A way through the map: the roads in order. */
export interface Route {
  readonly roads: readonly Road[]
  readonly lengthM: number
  /** At the limits, with a usual share of stops. */
  readonly expectedSeconds: number
}

/** Slowing down, turning and the red lights among them. */
const crossingSeconds = 12
/** Crossings in the trees remembered of one map, eight bytes each; a few trees at least, however large the map. */
const rememberedMax = 4_000_000
const treesMin = 8
const treesMax = 256
/** Destinations offered where none lies in the wanted range. */
const nearestMax = 3

interface Tree {
  /** Infinity where there is no way. */
  readonly seconds: Float32Array
  /** The road that leads there, or −1. */
  readonly by: Int32Array
}

interface Known {
  /** Indices of the roads that leave each crossing. */
  readonly leaving: readonly (readonly number[])[]
  readonly trees: Map<number, Tree>
}

const knownMaps = new WeakMap<RoadMap, Known>()

/** Undefined when there is none or both ends are the same. */
export function findRoute(map: RoadMap, from: number, to: number): Route | undefined {
  const tree = treeFrom(map, from)
  const roads: Road[] = []
  for (let at = to; at !== from; ) {
    const road = map.roads[tree.by[at] ?? -1]
    if (road === undefined) return undefined
    roads.push(road)
    at = road.from
  }
  if (roads.length === 0) return undefined
  roads.reverse()
  return {
    roads,
    lengthM: roads.reduce((sum, road) => sum + road.lengthM, 0),
    expectedSeconds: tree.seconds[to] ?? 0,
  }
}

/** Crossings whose quickest route from here takes between these many seconds. */
export function crossingsWithin(map: RoadMap, from: number, minSeconds: number, maxSeconds: number): readonly number[] {
  const within: number[] = []
  treeFrom(map, from).seconds.forEach((seconds, crossing) => {
    if (seconds >= minSeconds && seconds <= maxSeconds) within.push(crossing)
  })
  return within
}

/** As `crossingsWithin`, but on a map too small or too wide for that those that come nearest to it; never the start itself. */
export function destinations(map: RoadMap, from: number, minSeconds: number, maxSeconds: number): readonly number[] {
  const within = crossingsWithin(map, from, Math.max(1, minSeconds), maxSeconds)
  if (within.length > 0) return within
  const { seconds } = treeFrom(map, from)
  const missBy = (crossing: number): number => Math.abs((seconds[crossing] ?? 0) - (minSeconds + maxSeconds) / 2)
  return map.crossings
    .map((_, crossing) => crossing)
    .filter((crossing) => crossing !== from && Number.isFinite(seconds[crossing]))
    .sort((one, other) => missBy(one) - missBy(other) || one - other)
    .slice(0, nearestMax)
}

function treeFrom(map: RoadMap, from: number): Tree {
  let known = knownMaps.get(map)
  if (known === undefined) {
    const leaving = map.crossings.map((): number[] => [])
    map.roads.forEach((road, index) => {
      leaving[road.from]?.push(index)
    })
    known = { leaving, trees: new Map() }
    knownMaps.set(map, known)
  }
  const found = known.trees.get(from)
  if (found !== undefined) return found
  const tree = growTree(map, known.leaving, from)
  const most = Math.max(treesMin, Math.min(treesMax, Math.floor(rememberedMax / map.crossings.length)))
  if (known.trees.size >= most) known.trees.delete(known.trees.keys().next().value ?? -1)
  known.trees.set(from, tree)
  return tree
}

function growTree(map: RoadMap, leaving: Known['leaving'], from: number): Tree {
  const seconds = new Float32Array(map.crossings.length).fill(Number.POSITIVE_INFINITY)
  const by = new Int32Array(map.crossings.length).fill(-1)
  const isDone = new Uint8Array(map.crossings.length)
  const open = new Heap()
  seconds[from] = 0
  open.push(0, from)
  for (let crossing = open.pop(); crossing !== undefined; crossing = open.pop()) {
    if (isDone[crossing] === 1) continue
    isDone[crossing] = 1
    for (const index of leaving[crossing] ?? []) {
      const road = map.roads[index]
      if (road === undefined) continue
      const reachedS = (seconds[crossing] ?? 0) + road.lengthM / (road.limitKph / 3.6) + crossingSeconds
      if (reachedS >= (seconds[road.to] ?? 0)) continue
      seconds[road.to] = reachedS
      by[road.to] = index
      open.push(reachedS, road.to)
    }
  }
  return { seconds, by }
}

/** The smallest first; of equal ones the lower crossing, so that every machine takes the same way. */
class Heap {
  readonly #keys: number[] = []
  readonly #crossings: number[] = []

  push(key: number, crossing: number): void {
    let at = this.#keys.length
    this.#keys.push(key)
    this.#crossings.push(crossing)
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!this.#isBefore(at, above)) return
      this.#swap(at, above)
      at = above
    }
  }

  pop(): number | undefined {
    const first = this.#crossings[0]
    const last = this.#keys.length - 1
    if (last < 0) return undefined
    this.#swap(0, last)
    this.#keys.pop()
    this.#crossings.pop()
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      let least = at
      if (left < last && this.#isBefore(left, least)) least = left
      if (right < last && this.#isBefore(right, least)) least = right
      if (least === at) return first
      this.#swap(at, least)
      at = least
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#keys[one] ?? 0, this.#keys[other] ?? 0]
    return a < b || (a === b && (this.#crossings[one] ?? 0) < (this.#crossings[other] ?? 0))
  }

  #swap(one: number, other: number): void {
    const [key, crossing] = [this.#keys[one] ?? 0, this.#crossings[one] ?? 0]
    this.#keys[one] = this.#keys[other] ?? 0
    this.#crossings[one] = this.#crossings[other] ?? 0
    this.#keys[other] = key
    this.#crossings[other] = crossing
  }
}
