// The largest part of a map in which every crossing can be reached from every other one: its largest strongly connected component.

import type { Crossing, Road } from './road-map.ts'

export interface Part {
  readonly crossings: readonly Crossing[]
  readonly roads: readonly Road[]
}

export interface LeftOutRoads {
  readonly roads: number
  readonly metres: number
}

export function largestPart(
  crossings: readonly Crossing[],
  roads: readonly Road[],
): { readonly kept: Part; readonly leftOut: LeftOutRoads } {
  const part = partsOf(crossings.length, roads)
  const sizes = new Map<number, number>()
  for (const number of part) sizes.set(number, (sizes.get(number) ?? 0) + 1)
  const [largest] = [...sizes].reduce((best, one) => (one[1] > best[1] ? one : best), [-1, 0])
  const renumbered = new Int32Array(crossings.length).fill(-1)
  const kept: Crossing[] = []
  crossings.forEach((crossing, index) => {
    if (part[index] !== largest) return
    renumbered[index] = kept.length
    kept.push(crossing)
  })
  const isKept = ({ from, to }: Road): boolean => part[from] === largest && part[to] === largest
  const left = roads.filter((road) => !isKept(road))
  return {
    kept: {
      crossings: kept,
      roads: roads.filter(isKept).map((road) => ({ ...road, from: renumbered[road.from] ?? 0, to: renumbered[road.to] ?? 0 })),
    },
    leftOut: { roads: left.length, metres: Math.round(left.reduce((sum, { lengthM }) => sum + lengthM, 0)) },
  }
}

/** Kosaraju: crossings in the order in which a walk leaves them for good, then walks against the roads in the reverse of it. */
function partsOf(count: number, roads: readonly Road[]): Int32Array {
  const leaving = Array.from({ length: count }, (): number[] => [])
  const entering = Array.from({ length: count }, (): number[] => [])
  for (const { from, to } of roads) {
    leaving[from]?.push(to)
    entering[to]?.push(from)
  }
  const order: number[] = []
  const isSeen = new Uint8Array(count)
  for (let start = 0; start < count; start += 1) walk(leaving, start, isSeen, (crossing) => order.push(crossing))
  const part = new Int32Array(count).fill(-1)
  const isPlaced = new Uint8Array(count)
  for (const start of order.reverse())
    walk(entering, start, isPlaced, (crossing) => {
      part[crossing] = start
    })
  return part
}

/** Depth first and without recursion: a country's roads would be too deep. */
function walk(
  next: readonly (readonly number[])[],
  start: number,
  isSeen: Uint8Array,
  onLeave: (crossing: number) => void,
): void {
  if (isSeen[start] === 1) return
  isSeen[start] = 1
  const path = [{ crossing: start, tried: 0 }]
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const to = next[top.crossing]?.[top.tried]
    top.tried += 1
    if (to === undefined) {
      onLeave(top.crossing)
      path.pop()
    } else if (isSeen[to] !== 1) {
      isSeen[to] = 1
      path.push({ crossing: to, tried: 0 })
    }
  }
}
