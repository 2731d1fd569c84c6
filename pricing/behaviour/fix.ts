// A position as a receiver gave it, and the distance between two of them.

import type { VehicleReading } from '../../devices/contract/reading.ts'
import { known } from './known.ts'

export interface Fix {
  readonly tMs: number
  readonly latitude: number
  readonly longitude: number
}

/** IUGG mean radius. */
const earthRadiusM = 6_371_008.8
const radiansPerDegree = Math.PI / 180

/** The reading's position, or undefined: a coordinate of exactly zero is how receivers say that they have none. */
export function fixOf(reading: VehicleReading): Fix | undefined {
  const Latitude = known(reading.values.Latitude)
  const Longitude = known(reading.values.Longitude)
  if (Latitude === undefined || Longitude === undefined || Latitude === 0 || Longitude === 0) return undefined
  return { tMs: reading.takenAtMs, latitude: Latitude, longitude: Longitude }
}

type Place = Pick<Fix, 'latitude' | 'longitude'>

/** Equirectangular approximation, metres; within 0.1 % of the great circle for the few kilometres between readings. */
export function metresBetween(from: Place, to: Place): number {
  const meanLatitude = ((from.latitude + to.latitude) / 2) * radiansPerDegree
  const turned = Math.abs(to.longitude - from.longitude)
  // Across the antimeridian the short way round counts.
  const east = (turned > 180 ? 360 - turned : turned) * radiansPerDegree * Math.cos(meanLatitude)
  const north = (to.latitude - from.latitude) * radiansPerDegree
  return earthRadiusM * Math.sqrt(east * east + north * north)
}
