// How drivers drive: sets of parameters, by name. Planning a drive with them is vehicle/plan-drive.ts's; finding them in a
// recording is fit-driver.ts's. Figures are invented so that the drivers differ as drivers do; none is measured.

export interface DrivingManner {
  /** Share of the limit that is driven where nothing is in the way; above 1 is speeding. */
  readonly speedShare: number
  /** Kept to the vehicle ahead, seconds: who keeps less brakes later and harder when it slows down. */
  readonly headwayS: number
  /** Median of everyday pulls, and of everyday braking. */
  readonly accelerationMps2: number
  readonly brakingMps2: number
  /** Standard deviation from one stop to the next: the 95th percentile of braking lies 1.65 of it above the median. */
  readonly brakingSpreadMps2: number
  /** What is borne to the side in an everyday bend. */
  readonly lateralMps2: number
  readonly hardBraking: HardManoeuvres
  readonly hardAcceleration: HardManoeuvres
  readonly hardCornering: HardManoeuvres
  /** Of driving, with the phone in the hand. */
  readonly phoneMinutesPerHour: number
}

/** Manoeuvres out of the ordinary: how often, and how strong. */
export interface HardManoeuvres {
  readonly perKm: number
  /** One of these each time, all as likely; ascending. */
  readonly sizesMps2: readonly number[]
}

const never: HardManoeuvres = { perKm: 0, sizesMps2: [] }
const frights = [3.7, 4, 4.2, 4.4, 4.6, 4.9, 5.3] as const

export const drivingManners = {
  calm: {
    speedShare: 0.93,
    headwayS: 2.4,
    accelerationMps2: 1.2,
    brakingMps2: 1.4,
    brakingSpreadMps2: 0.2,
    lateralMps2: 1.7,
    hardBraking: { perKm: 0.008, sizesMps2: frights },
    hardAcceleration: never,
    hardCornering: never,
    phoneMinutesPerHour: 0.1,
  },
  average: {
    speedShare: 0.99,
    headwayS: 1.7,
    accelerationMps2: 1.6,
    brakingMps2: 1.8,
    brakingSpreadMps2: 0.35,
    lateralMps2: 2.2,
    hardBraking: { perKm: 0.05, sizesMps2: frights },
    hardAcceleration: { perKm: 0.01, sizesMps2: [3.7, 3.9] },
    hardCornering: { perKm: 0.01, sizesMps2: [4.8, 5.1] },
    phoneMinutesPerHour: 0.6,
  },
  hurried: {
    speedShare: 1.12,
    headwayS: 0.9,
    accelerationMps2: 2.3,
    brakingMps2: 2.4,
    brakingSpreadMps2: 0.5,
    lateralMps2: 3,
    hardBraking: { perKm: 0.22, sizesMps2: frights },
    hardAcceleration: { perKm: 0.12, sizesMps2: [3.8, 4, 4.2] },
    hardCornering: { perKm: 0.1, sizesMps2: [4.9, 5.3, 5.7] },
    phoneMinutesPerHour: 2,
  },
  /** Keeps to the limits, but looks up late. */
  distracted: {
    speedShare: 0.97,
    headwayS: 1.4,
    accelerationMps2: 1.5,
    brakingMps2: 2,
    brakingSpreadMps2: 0.45,
    lateralMps2: 2.1,
    hardBraking: { perKm: 0.16, sizesMps2: [3.9, 4.4, 4.9, 5.4] },
    hardAcceleration: never,
    hardCornering: { perKm: 0.02, sizesMps2: [4.8, 5.2] },
    phoneMinutesPerHour: 9,
  },
  /** Empty roads and tired eyes: a little too fast, few vehicles ahead, now and then a fright. */
  'night-shift': {
    speedShare: 1.06,
    headwayS: 1.8,
    accelerationMps2: 1.7,
    brakingMps2: 1.7,
    brakingSpreadMps2: 0.3,
    lateralMps2: 2.3,
    hardBraking: { perKm: 0.07, sizesMps2: frights },
    hardAcceleration: { perKm: 0.02, sizesMps2: [3.7, 4] },
    hardCornering: { perKm: 0.02, sizesMps2: [4.8, 5.1] },
    phoneMinutesPerHour: 0.4,
  },
} as const satisfies Readonly<Record<string, DrivingManner>>

export type DrivingStyle = keyof typeof drivingManners
export const driverNames = ['calm', 'average', 'hurried', 'distracted', 'night-shift'] as const satisfies readonly DrivingStyle[]

/** A name, or parameters of one's own. */
export function mannerOf(driver: DrivingStyle | DrivingManner): DrivingManner {
  return typeof driver === 'string' ? drivingManners[driver] : driver
}
