// What the plans that Merit ships take of a policy that states nothing.

import type { ClassValues } from '../../pricing/rating/facts.ts'

export const defaultMotorClass: ClassValues = {
  driverAgeYears: 38,
  region: 'town',
  vehicleAgeYears: 6,
  powerKw: 75,
  kmPerYear: 12_000,
}
export const defaultHomeClass: ClassValues = { building: 'terraced', region: 'town', sumInsured: 250_000 }
