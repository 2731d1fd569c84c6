// The home worksheet, step by step in its order.

import type { HomeEdition } from '../edition.ts'
import type { WorksheetStep } from '../worksheet.ts'
import type { HomeFacts, Living, Peril } from './facts.ts'
import { clampFactors, finishSheet, type Measured, multiplyBand, multiplyLevel, multiplyMeasured, startSheet } from './steps.ts'

export function homeSteps(edition: HomeEdition, { class: known, living }: HomeFacts): readonly WorksheetStep[] {
  const { classFactors, credits } = edition
  const sheet = startSheet(edition.baseRateMinor, edition.factorDecimals)
  multiplyLevel(sheet, 'class:building', classFactors.building, known.building)
  multiplyBand(sheet, 'class:sum-insured', classFactors.sumInsured, known.sumInsured)
  multiplyLevel(sheet, 'class:region', classFactors.region, known.region)

  const beforeMinor = sheet.amountMinor
  const ownScale = living.valveTests > 0 ? 1 : credits.water.untestedFactor
  const factors = [
    multiplyMeasured(sheet, 'credit:water', { ...minutesPerDay(living, 'water'), ownScale }, credits.water, {
      valveTests: living.valveTests,
    }),
    multiplyMeasured(sheet, 'credit:freeze', minutesPerDay(living, 'freeze'), credits.freeze),
    multiplyMeasured(sheet, 'credit:fire', minutesPerDay(living, 'fire'), credits.fire),
    multiplyMeasured(sheet, 'credit:intrusion', minutesPerDay(living, 'intrusion'), credits.intrusion),
    multiplyMeasured(sheet, 'credit:humidity', minutesPerDay(living, 'humidity'), credits.humidity),
  ]
  clampFactors(sheet, beforeMinor, factors, edition.clamp)
  return finishSheet(sheet, edition.instalments)
}

function minutesPerDay(living: Living, peril: Peril): Measured {
  const { days, minutes } = living[peril]
  return { observed: days > 0 ? minutes / days : 0, unit: 'minutes-per-day', exposure: days, exposureName: 'liveDays' }
}
