// What one reading says, as plain numbers in one mutable object that serves a whole trip: measuring makes nothing new per reading.

import type { VehicleReading } from '../../devices/contract/reading.ts'

/** NaN where the reading said nothing, or nothing that can be believed. */
export interface Sample {
  tMs: number
  speedKph: number
  /** Both or neither: a coordinate of exactly zero is how receivers say that they have none. */
  latitude: number
  longitude: number
  headingDegrees: number
  limitKph: number
  longitudinalMps2: number
  lateralMps2: number
  yawDegPerS: number
  engineRpm: number
  odometerKm: number
  /** 1 handled, 0 not handled. */
  phone: number
  /** 1 on, 0 off. */
  ignition: number
  /** Length of the acceleration as it was sent, faults and all: what no driving reaches may be a crash. */
  shockMps2: number
  /** What was wrong with it: the sum of `faults`. */
  faults: number
}

/** Powers of two. */
export const faults = {
  jumpedFix: 1,
  frozenFix: 2,
  impossibleSpeed: 4,
  notANumber: 8,
  timeBackwards: 16,
  /** A receiver without a fix sends zeros for everything, its speed included. */
  noFix: 32,
} as const

export function emptySample(): Sample {
  return {
    tMs: Number.NaN,
    speedKph: Number.NaN,
    latitude: Number.NaN,
    longitude: Number.NaN,
    headingDegrees: Number.NaN,
    limitKph: Number.NaN,
    longitudinalMps2: Number.NaN,
    lateralMps2: Number.NaN,
    yawDegPerS: Number.NaN,
    engineRpm: Number.NaN,
    odometerKm: Number.NaN,
    phone: Number.NaN,
    ignition: Number.NaN,
    shockMps2: Number.NaN,
    faults: 0,
  }
}

/** No signal of the contract is larger; with what is, no sum could be trusted. */
const believableMax = 1e7

/** @param sample filled anew from the reading */
export function readSample(sample: Sample, { takenAtMs, values }: VehicleReading): void {
  sample.tMs = takenAtMs
  sample.faults = 0
  sample.speedKph = numberOf(sample, values.Speed)
  if (sample.speedKph < 0) {
    sample.speedKph = Number.NaN
    sample.faults |= faults.impossibleSpeed
  }
  const latitude = numberOf(sample, values.Latitude)
  const longitude = numberOf(sample, values.Longitude)
  const hasFix = latitude !== 0 && longitude !== 0
  if (latitude === 0 && longitude === 0) sample.faults |= faults.noFix
  sample.latitude = hasFix ? latitude : Number.NaN
  sample.longitude = hasFix && !Number.isNaN(latitude) ? longitude : Number.NaN
  if (Number.isNaN(sample.longitude)) sample.latitude = Number.NaN
  sample.headingDegrees = numberOf(sample, values.Heading)
  sample.limitKph = numberOf(sample, values.SpeedLimit)
  const longitudinal = numberOf(sample, values.AccelerationLongitudinal)
  const lateral = numberOf(sample, values.AccelerationLateral)
  sample.longitudinalMps2 = longitudinal
  sample.lateralMps2 = lateral
  sample.shockMps2 = shockOf(longitudinal, lateral)
  sample.yawDegPerS = numberOf(sample, values.AngularVelocityYaw)
  sample.engineRpm = numberOf(sample, values.EngineSpeed)
  sample.odometerKm = numberOf(sample, values.TraveledDistance)
  const { PhoneHandling, Ignition } = values
  sample.phone = PhoneHandling === undefined ? Number.NaN : PhoneHandling ? 1 : 0
  sample.ignition = Ignition === undefined ? Number.NaN : Ignition ? 1 : 0
}

function numberOf(sample: Sample, value: number | undefined): number {
  if (value === undefined) return Number.NaN
  if (Math.abs(value) <= believableMax) return value
  sample.faults |= faults.notANumber
  return Number.NaN
}

/** NaN where neither axis is known. */
function shockOf(longitudinal: number, lateral: number): number {
  if (Number.isNaN(longitudinal)) return Math.abs(lateral)
  if (Number.isNaN(lateral)) return Math.abs(longitudinal)
  return Math.sqrt(longitudinal * longitudinal + lateral * lateral)
}
