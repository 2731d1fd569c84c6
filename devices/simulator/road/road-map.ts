// A map that vehicles drive on: crossings, roads with their limits, and where all of it lies. The bundled one is town.ts's, a user's
// is read by read-geojson.ts; finding a way is routes.ts's.

export interface RoadMap {
  readonly name: string
  readonly timeZone: string
  /** Where the metres are counted from. */
  readonly centre: { readonly latitude: number; readonly longitude: number }
  readonly crossings: readonly Crossing[]
  /** One way each. */
  readonly roads: readonly Road[]
}

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
  readonly name?: string
  /** From end to end, both included; without it the road is straight but for a little swing. */
  readonly shape?: readonly Crossing[]
  /** What a receiver of positions has around it; open sky when absent. */
  readonly surroundings?: 'canyon' | 'tunnel'
}

/** Length of one degree of latitude on the mean sphere. */
export const metresPerDegree = 111_195

export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** A tangent plane: right to some centimetres within a town, to a thousandth within a hundred kilometres. */
export function placeOf({ centre }: RoadMap, eastM: number, northM: number): Place {
  return {
    latitude: centre.latitude + northM / metresPerDegree,
    longitude: centre.longitude + eastM / (metresPerDegree * Math.cos((centre.latitude * Math.PI) / 180)),
  }
}

export function metresOf(centre: Place, { latitude, longitude }: Place): Crossing {
  return {
    eastM: (longitude - centre.longitude) * metresPerDegree * Math.cos((centre.latitude * Math.PI) / 180),
    northM: (latitude - centre.latitude) * metresPerDegree,
  }
}

export function metresApart(one: Crossing, other: Crossing): number {
  return Math.sqrt((one.eastM - other.eastM) ** 2 + (one.northM - other.northM) ** 2)
}
