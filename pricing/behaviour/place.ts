// The distance between two positions.

/** IUGG mean radius. */
const earthRadiusM = 6_371_008.8
const radiansPerDegree = Math.PI / 180

/** Equirectangular approximation, metres; within 0.1 % of the great circle for the few kilometres between readings. NaN for NaN. */
export function metresBetween(latitude: number, longitude: number, toLatitude: number, toLongitude: number): number {
  const meanLatitude = ((latitude + toLatitude) / 2) * radiansPerDegree
  const turned = Math.abs(toLongitude - longitude)
  // Across the antimeridian the short way round counts.
  const east = (turned > 180 ? 360 - turned : turned) * radiansPerDegree * Math.cos(meanLatitude)
  const north = (toLatitude - latitude) * radiansPerDegree
  return earthRadiusM * Math.sqrt(east * east + north * north)
}
