// What is true of a simulated portfolio: what every factor really does to claims, how behaviour is spread, and what nudging really
// changes. Fitting, credibility, replay and the nudge report are judged by whether they find it.
//
// Claims follow the synthetic telematics portfolio of So, Boucher and Valdez (2021): .0523 claims a year over .86 years on average,
// 95.7 / 4.06 / .20 / .01 % of the policies with 0 to 3, 3,561 on average; hard braking follows the counts per 1,000 miles that
// were published for 6, 8 and 9 mph/s; mileage acts with an elasticity well below 1. Everything else is invented.

/** Per level, on the frequency; the reference is 1. */
export type TrueRelativities = Readonly<Record<string, number>>

export interface PortfolioTruth {
  /** Claims a year of exposure, over the whole portfolio. */
  readonly frequencyPerYear: number
  readonly frequency: {
    readonly age: TrueRelativities
    readonly region: TrueRelativities
    /** Of the distance a year, against 12,000 km. */
    readonly mileageElasticity: number
    /** Logarithm of the factor for one standard deviation of style. */
    readonly style: number
    /** Shape of the gamma-distributed factor that no column tells of; its mean is 1. */
    readonly unseenShape: number
  }
  readonly severity: {
    readonly meanMinor: number
    /** Of the gamma distribution. */
    readonly shape: number
    readonly power: TrueRelativities
  }
  readonly braking: {
    /** Logarithm of the factor for one standard deviation of style. */
    readonly style: number
  }
  readonly nudging: {
    /** Share of the hard braking that goes away in those who take it up. */
    readonly effect: number
    /** Of those who are nudged. */
    readonly takeUp: number
  }
}

export const publishedTruth: PortfolioTruth = {
  frequencyPerYear: 0.0523,
  frequency: {
    age: { 'under-25': 1.7, '25-34': 1.2, '35-64': 1, '65-and-over': 1.15 },
    region: { country: 0.8, town: 1, city: 1.3 },
    mileageElasticity: 0.42,
    style: 0.3,
    unseenShape: 1.6,
  },
  severity: {
    meanMinor: 356_100,
    shape: 0.9,
    power: { 'under-60-kw': 0.85, '60-109-kw': 1, '110-kw-and-over': 1.3 },
  },
  braking: { style: 0.6 },
  nudging: { effect: 0.21, takeUp: 0.7 },
}

/** Shares of the policies; each sums to 1. */
export const attributeShares = {
  age: { 'under-25': 0.1, '25-34': 0.22, '35-64': 0.5, '65-and-over': 0.18 },
  region: { country: 0.25, town: 0.45, city: 0.3 },
  power: { 'under-60-kw': 0.3, '60-109-kw': 0.5, '110-kw-and-over': 0.2 },
} as const satisfies Readonly<Record<string, Readonly<Record<string, number>>>>

export type Attribute = keyof typeof attributeShares

/** Kilometres a year: median, and standard deviation of the logarithm. */
export const mileage = { medianKm: 11_500, logDeviation: 0.42, referenceKm: 12_000 } as const

/** Of the year, by policy: many are written or cancelled within it. On average .86. */
export const exposureYears = { wholeShare: 0.6, min: 0.3 } as const

const kmPerMile = 1.609344
const mps2PerMphPerS = 0.44704
/** Hard brakes per 1,000 miles at 6, 8 and 9 mph/s. */
const publishedBraking = [
  [6, 83.7],
  [8, 9.6],
  [9, 3.1],
] as const

/** Mean hard brakes per 1,000 km at a threshold in m/s²: straight between the published points in the logarithm, and beyond them. */
export function meanBrakesPer1000Km(thresholdMps2: number): number {
  const points = publishedBraking.map(
    ([mphPerS, perMiles]) => [mphPerS * mps2PerMphPerS, Math.log(perMiles / kmPerMile)] as const,
  )
  const [first, second, third] = points
  if (first === undefined || second === undefined || third === undefined) return 0
  const [from, to] = thresholdMps2 <= second[0] ? [first, second] : [second, third]
  const slope = (to[1] - from[1]) / (to[0] - from[0])
  return Math.exp(from[1] + slope * (thresholdMps2 - from[0]))
}
