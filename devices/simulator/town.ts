// A town that exists on no map: ring roads and spokes around a centre, with speed limits, a tunnel, and a core of tall houses. Simulated
// vehicles drive here unless they are given another map, so that no real address ever appears in a demonstration.

import { type Crossing, metresApart, type Road, type RoadMap } from './road/road-map.ts'

/** Where the simulated town lies. */
export const townCentre = { latitude: 52.3702, longitude: 4.8951, timeZone: 'Europe/Amsterdam' } as const

const spokes = 10
const rings = [
  { radiusM: 500, ringKph: 30, spokeKph: 30 },
  { radiusM: 1150, ringKph: 50, spokeKph: 50 },
  { radiusM: 2000, ringKph: 50, spokeKph: 50 },
  { radiusM: 3300, ringKph: 80, spokeKph: 70 },
] as const
/** The third spoke dives under the canal between the second and the third ring. */
const tunnel = { spoke: 3, ring: 2 } as const

export const town: RoadMap = buildTown()

function buildTown(): RoadMap {
  const crossings: Crossing[] = [{ eastM: 0, northM: 0 }]
  const roads: Road[] = []
  const link = (from: number, to: number, limitKph: number, surroundings?: Road['surroundings']): void => {
    const [a, b] = [crossings[from], crossings[to]]
    if (a === undefined || b === undefined) return
    const road = { limitKph, lengthM: metresApart(a, b), ...(surroundings === undefined ? {} : { surroundings }) }
    roads.push({ from, to, ...road }, { from: to, to: from, ...road })
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
      const canyon = ringIndex === 0 ? 'canyon' : undefined
      link(first + spoke, first + ((spoke + 1) % spokes), ring.ringKph, canyon)
      const inner = ringIndex === 0 ? 0 : first + spoke - spokes
      const isTunnel = ringIndex === tunnel.ring && spoke === tunnel.spoke
      // Not every spoke goes through.
      if ((spoke + ringIndex) % 4 !== 3) link(inner, first + spoke, ring.spokeKph, isTunnel ? 'tunnel' : canyon)
    }
  })
  return { name: 'Merit town', timeZone: townCentre.timeZone, centre: townCentre, crossings, roads }
}
