// A town that exists on no map: ring roads and spokes around a centre, with speed limits, and the quickest way between two of its
// crossings. Simulated vehicles drive here, so that no real address ever appears in a demonstration.

export interface Crossing {
  /** Metres east and north of the centre. */
  readonly eastM: number
  readonly northM: number
}

export interface Road {
  readonly from: number
  readonly to: number
  readonly limitKph: number
  readonly lengthM: number
}

export interface Town {
  readonly crossings: readonly Crossing[]
  /** Both ways each. */
  readonly roads: readonly Road[]
}

/** A way through the town: crossings in order, and the road between each two. */
export interface Route {
  readonly crossings: readonly number[]
  readonly roads: readonly Road[]
  readonly lengthM: number
  /** At the limits, with a usual share of stops. */
  readonly expectedSeconds: number
}

const spokes = 10
const rings = [
  { radiusM: 500, ringKph: 30, spokeKph: 30 },
  { radiusM: 1150, ringKph: 50, spokeKph: 50 },
  { radiusM: 2000, ringKph: 50, spokeKph: 50 },
  { radiusM: 3300, ringKph: 80, spokeKph: 70 },
] as const
/** Slowing down, turning and the red lights among them. */
const crossingSeconds = 12

export const town: Town = buildTown()

function buildTown(): Town {
  const crossings: Crossing[] = [{ eastM: 0, northM: 0 }]
  const roads: Road[] = []
  const link = (from: number, to: number, limitKph: number): void => {
    const [a, b] = [crossings[from], crossings[to]]
    if (a === undefined || b === undefined) return
    const lengthM = Math.sqrt((a.eastM - b.eastM) ** 2 + (a.northM - b.northM) ** 2)
    roads.push({ from, to, limitKph, lengthM }, { from: to, to: from, limitKph, lengthM })
  }
  rings.forEach((ring, ringIndex) => {
    for (let spoke = 0; spoke < spokes; spoke += 1) {
      // Grown, not drawn: every crossing lies a little off its place.
      const angle = ((spoke + 0.22 * Math.sin(3 * spoke + 2 * ringIndex)) / spokes) * 2 * Math.PI
      const radiusM = ring.radiusM * (1 + 0.09 * Math.sin(5 * spoke + 3 * ringIndex))
      crossings.push({ eastM: Math.round(radiusM * Math.sin(angle)), northM: Math.round(radiusM * Math.cos(angle)) })
    }
  })
  rings.forEach((ring, ringIndex) => {
    const first = 1 + ringIndex * spokes
    for (let spoke = 0; spoke < spokes; spoke += 1) {
      link(first + spoke, first + ((spoke + 1) % spokes), ring.ringKph)
      const inner = ringIndex === 0 ? 0 : first + spoke - spokes
      // Not every spoke goes through.
      if ((spoke + ringIndex) % 4 !== 3) link(inner, first + spoke, ring.spokeKph)
    }
  })
  return { crossings, roads }
}

/** The quickest route by limits and crossings (Dijkstra), or undefined when there is none or both ends are the same. */
export function findRoute(from: number, to: number): Route | undefined {
  const reached = quickestFrom(from)
  const roads: Road[] = []
  for (let at = to; at !== from; ) {
    const road = reached.get(at)?.by
    if (road === undefined) return undefined
    roads.unshift(road)
    at = road.from
  }
  if (roads.length === 0) return undefined
  return {
    crossings: [from, ...roads.map((road) => road.to)],
    roads,
    lengthM: roads.reduce((sum, road) => sum + road.lengthM, 0),
    expectedSeconds: reached.get(to)?.seconds ?? 0,
  }
}

/** Crossings whose quickest route from here takes between these many seconds. */
export function crossingsWithin(from: number, minSeconds: number, maxSeconds: number): readonly number[] {
  return [...quickestFrom(from)]
    .filter(([, { seconds }]) => seconds >= minSeconds && seconds <= maxSeconds)
    .map(([crossing]) => crossing)
    .sort((a, b) => a - b)
}

interface Reached {
  readonly seconds: number
  readonly by: Road | undefined
}

function quickestFrom(from: number): ReadonlyMap<number, Reached> {
  const reached = new Map<number, Reached>()
  const open = new Map<number, Reached>([[from, { seconds: 0, by: undefined }]])
  while (open.size > 0) {
    const [crossing, best] = [...open].reduce((a, b) => (b[1].seconds < a[1].seconds ? b : a))
    open.delete(crossing)
    reached.set(crossing, best)
    for (const road of town.roads) {
      if (road.from !== crossing || reached.has(road.to)) continue
      const seconds = best.seconds + road.lengthM / (road.limitKph / 3.6) + crossingSeconds
      if (seconds < (open.get(road.to)?.seconds ?? Number.POSITIVE_INFINITY)) open.set(road.to, { seconds, by: road })
    }
  }
  return reached
}
