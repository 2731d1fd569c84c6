// The motor worksheet, step by step in its order.

import { behaviourThresholds } from '../behaviour/thresholds.ts'
import type { MotorEdition } from '../edition.ts'
import type { WorksheetStep } from '../worksheet.ts'
import type { Driving, MotorFacts } from './facts.ts'
import { credibility, interpolate, roundHalfEven } from './rounding.ts'
import {
  clampFactors,
  finishSheet,
  type Measured,
  multiply,
  multiplyBand,
  multiplyLevel,
  multiplyMeasured,
  roundFactor,
  type Sheet,
  startSheet,
} from './steps.ts'

const daysPerYear = 365
/** A span shorter than a day is annualised as a day. */
const observedDaysMin = 1

export function motorSteps(edition: MotorEdition, { class: known, driving }: MotorFacts): readonly WorksheetStep[] {
  const { classFactors, behaviours } = edition
  const sheet = startSheet(edition.baseRateMinor, edition.factorDecimals)
  multiplyBand(sheet, 'class:driver-age', classFactors.driverAge, known.driverAgeYears)
  multiplyLevel(sheet, 'class:region', classFactors.region, known.region)
  multiplyBand(sheet, 'class:vehicle-age', classFactors.vehicleAge, known.vehicleAgeYears)
  multiplyMileage(sheet, edition, known.kmPerYear, driving)

  const beforeMinor = sheet.amountMinor
  const { braking, acceleration, cornering, night, speeding, phone } = behaviours
  const factors = [
    multiplyMeasured(
      sheet,
      'behaviour:braking',
      perThousandKm(driving.brakes, braking.rungMps2, driving.longitudinalKm),
      braking,
      {
        rungMps2: braking.rungMps2,
      },
    ),
    multiplyMeasured(
      sheet,
      'behaviour:acceleration',
      perThousandKm(driving.accelerations, acceleration.rungMps2, driving.longitudinalKm),
      acceleration,
      { rungMps2: acceleration.rungMps2 },
    ),
    multiplyMeasured(
      sheet,
      'behaviour:cornering',
      perThousandKm(driving.turns, cornering.rungMps2, driving.lateralKm),
      cornering,
      {
        rungMps2: cornering.rungMps2,
      },
    ),
    multiplyMeasured(sheet, 'behaviour:night', shareOf(driving.nightKm, driving.distanceKm, driving.distanceKm), night),
    multiplyMeasured(
      sheet,
      'behaviour:speeding',
      shareOf(driving.speedingKm, driving.limitKnownKm, driving.limitKnownKm),
      speeding,
    ),
    multiplyMeasured(sheet, 'behaviour:phone', shareOf(driving.phoneS, driving.phoneKnownS, driving.phoneKnownKm), phone),
  ]
  clampFactors(sheet, beforeMinor, factors, edition.clamp)
  return finishSheet(sheet, edition.instalments)
}

/** Rated distance a year: the observed span annualised, blended with the declared one by the days it was observed. */
export function ratedKmPerYear(
  { mileage, factorDecimals }: MotorEdition,
  declaredKm: number,
  driving: Driving,
): { readonly km: number; readonly z: number } {
  const z = roundHalfEven(driving.distanceKm > 0 ? credibility(driving.observedDays, mileage.k) : 0, factorDecimals)
  const farthestKm = mileage.curve.at(-1)?.[0] ?? declaredKm
  const annualKm = (driving.distanceKm * daysPerYear) / Math.max(driving.observedDays, observedDaysMin)
  return { km: roundHalfEven(z * Math.min(annualKm, farthestKm) + (1 - z) * declaredKm), z }
}

function multiplyMileage(sheet: Sheet, edition: MotorEdition, declaredKm: number, driving: Driving): void {
  const { km, z } = ratedKmPerYear(edition, declaredKm, driving)
  multiply(sheet, 'mileage', roundFactor(sheet, interpolate(edition.mileage.curve, km)), {
    kmPerYear: km,
    declaredKmPerYear: declaredKm,
    observedKm: roundHalfEven(driving.distanceKm, 1),
    observedDays: roundHalfEven(driving.observedDays, 1),
    credibility: z,
  })
}

function perThousandKm(ladder: readonly number[], rungMps2: number, km: number): Measured {
  const events = ladder[rungIndex(rungMps2)] ?? 0
  return { observed: km > 0 ? (events * 1000) / km : 0, unit: 'per-1000-km', exposure: km, exposureName: 'exposureKm' }
}

/** Position of a threshold on the ladder of counts. */
export function rungIndex(rungMps2: number): number {
  return behaviourThresholds.event.ladderMps2.indexOf(rungMps2)
}

function shareOf(part: number, whole: number, km: number): Measured {
  return { observed: whole > 0 ? part / whole : 0, unit: 'share', exposure: km, exposureName: 'exposureKm' }
}
