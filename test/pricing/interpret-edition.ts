// Rating, written straight from the meaning of the document: every table is looked up in the document itself, every step is
// written as it is worked out. Slow on purpose; what the compiled rating is held against, and timed against.

import { behaviourThresholds } from '../../pricing/behaviour/thresholds.ts'
import type { Axis, Behaviour, ClassFactor, EditionDocument, Words } from '../../pricing/edition/edition-document.ts'
import type { Facts } from '../../pricing/rating/facts.ts'
import { interpolate, roundHalfEven } from '../../pricing/rating/rounding.ts'
import type { WorksheetStep } from '../../pricing/worksheet.ts'

type Figures = WorksheetStep['figures']

interface Sheet {
  readonly steps: WorksheetStep[]
  amountMinor: number
}

export function interpretEdition(edition: EditionDocument, facts: Facts): readonly WorksheetStep[] {
  const sheet: Sheet = { steps: [], amountMinor: 0 }
  const round = (value: number): number => roundHalfEven(value, edition.rounding.factorDecimals)
  for (const { coverage, annualMinor, label } of edition.baseRates) {
    const isFirst = sheet.steps.length === 0
    const id = isFirst ? 'base-rate' : `base-rate:${coverage}`
    const amountMinor = sheet.amountMinor + annualMinor
    write(sheet, id, isFirst ? 'start' : 'add', annualMinor, amountMinor, edition.baseRates.length > 1 ? { coverage } : {}, label)
  }
  for (const factor of edition.factors) {
    const { where } = factor
    if (where !== undefined && !where.levels.includes(String(facts.class[where.input]))) continue
    const { relativity, figures } = look(edition, factor, facts)
    multiply(sheet, `class:${factor.id}`, relativity, figures, factor.label)
  }
  if (edition.bonusMalus !== undefined) {
    const claims = facts.claimsByYear ?? []
    const lastClaim = claims.findLastIndex((count) => count > 0)
    multiply(sheet, 'bonus-malus', bonusMalus(edition.bonusMalus, claims), {
      years: claims.length,
      claims: claims.reduce((sum, count) => sum + count, 0),
      claimFreeYears: claims.length - 1 - lastClaim,
    })
  }
  roundAfter(sheet, edition, 'class')
  if (edition.exposure !== undefined) multiplyMileage(sheet, edition, facts)
  roundAfter(sheet, edition, 'exposure')
  if (edition.behaviours.length > 0) {
    const beforeMinor = sheet.amountMinor
    const product = edition.behaviours.reduce((so, behaviour) => so * multiplyBehaviour(sheet, edition, behaviour, facts), 1)
    const { min, max } = edition.behaviourBounds
    const kept = Math.min(max, Math.max(min, round(product)))
    write(sheet, 'clamp', 'clamp', kept, beforeMinor * kept, { combined: round(product), min, max })
  }
  roundAfter(sheet, edition, 'behaviour')
  boundPremium(sheet, edition, facts)
  write(sheet, 'instalment', 'divide', edition.instalments, sheet.amountMinor / edition.instalments, {})
  roundAfter(sheet, edition, 'instalment')
  return sheet.steps
}

function write(
  sheet: Sheet,
  id: string,
  operation: WorksheetStep['operation'],
  operand: number,
  amountMinor: number,
  figures: Figures,
  label?: Words,
): void {
  sheet.amountMinor = amountMinor
  sheet.steps.push({ id, operation, operand, amountMinor, figures, ...(label === undefined ? {} : { label }) })
}

function multiply(sheet: Sheet, id: string, factor: number, figures: Figures, label?: Words): void {
  write(sheet, id, 'multiply', factor, sheet.amountMinor * factor, figures, label)
}

function roundAfter(sheet: Sheet, { rounding }: EditionDocument, after: string): void {
  const step = rounding.steps.find((candidate) => candidate.after === after)
  if (step === undefined) return
  const id = after === 'instalment' ? 'round' : `round:${after}`
  write(sheet, id, 'round', step.toMinor, roundHalfEven(sheet.amountMinor / step.toMinor) * step.toMinor, {})
}

function look(
  edition: EditionDocument,
  factor: ClassFactor,
  facts: Facts,
): { readonly relativity: number; readonly figures: Figures } {
  switch (factor.kind) {
    case 'levels': {
      const level = String(facts.class[factor.input])
      return { relativity: factor.levels[level] ?? Number.NaN, figures: { level } }
    }
    case 'bands': {
      const value = Number(facts.class[factor.input])
      const band = factor.bands.find(({ below }) => below === undefined || value < below)
      return { relativity: band?.factor ?? Number.NaN, figures: { level: band?.level ?? '' } }
    }
    case 'curve': {
      const value = Number(facts.class[factor.input])
      const relativity = roundHalfEven(interpolate(factor.curve, value), edition.rounding.factorDecimals)
      return { relativity, figures: { input: factor.input, value } }
    }
    case 'pair': {
      const row = placeOn(factor.rows, facts.class[factor.inputs[0]])
      const column = placeOn(factor.columns, facts.class[factor.inputs[1]])
      return {
        relativity: factor.factors[row]?.[column] ?? Number.NaN,
        figures: { row: factor.rows[row]?.level ?? '', column: factor.columns[column]?.level ?? '' },
      }
    }
  }
}

function placeOn(axis: Axis, value: number | string | undefined): number {
  if (typeof value === 'string') return axis.findIndex(({ level }) => level === value)
  return axis.findIndex(({ below }) => below === undefined || Number(value) < below)
}

function bonusMalus(rule: NonNullable<EditionDocument['bonusMalus']>, claimsByYear: readonly number[]): number {
  const cut = (value: number): number => {
    const scale = 10 ** rule.decimals
    return Math.floor(value * scale + 1e-9) / scale
  }
  return claimsByYear.reduce((coefficient, claims) => {
    if (claims === 0) return Math.max(rule.floor, cut(coefficient * rule.perClaimFreeYear))
    let so = coefficient
    for (let claim = 0; claim < claims; claim += 1) so = Math.min(rule.cap, cut(so * rule.perAtFaultClaim))
    return so
  }, rule.start)
}

function multiplyMileage(sheet: Sheet, edition: EditionDocument, facts: Facts): void {
  if (edition.exposure === undefined || facts.product !== 'motor') return
  const { k, curve } = edition.exposure
  const { distanceKm, observedDays } = facts.driving
  const declared = Number(facts.class['kmPerYear'])
  const decimals = edition.rounding.factorDecimals
  const z = roundHalfEven(distanceKm > 0 && observedDays > 0 ? observedDays / (observedDays + k) : 0, decimals)
  const annualKm = Math.min((distanceKm * 365) / Math.max(observedDays, 1), curve.at(-1)?.[0] ?? 0)
  const km = roundHalfEven(z * annualKm + (1 - z) * declared)
  multiply(sheet, 'mileage', roundHalfEven(interpolate(curve, km), decimals), {
    kmPerYear: km,
    declaredKmPerYear: declared,
    observedKm: roundHalfEven(distanceKm, 1),
    observedDays: roundHalfEven(observedDays, 1),
    credibility: z,
  })
}

function multiplyBehaviour(sheet: Sheet, edition: EditionDocument, behaviour: Behaviour, facts: Facts): number {
  const round = (value: number): number => roundHalfEven(value, edition.rounding.factorDecimals)
  const { observed, exposure, unit } = observe(behaviour, facts)
  const { id, k, curve, min = 0, max = Number.POSITIVE_INFINITY, untestedFactor, rungMps2 } = behaviour
  const valveTests = facts.product === 'home' ? facts.living.valveTests : 0
  const scale = untestedFactor !== undefined && valveTests === 0 ? untestedFactor : 1
  const z = round(exposure > 0 ? exposure / (exposure + k) : 0)
  const own = exposure > 0 ? round(interpolate(curve, observed) * scale) : 1
  const free = round(z * own + (1 - z))
  const factor = Math.min(max, Math.max(min, free))
  multiply(sheet, `${edition.product === 'motor' ? 'behaviour' : 'credit'}:${id}`, factor, {
    observed: roundHalfEven(observed, 4),
    unit,
    credibility: z,
    ownFactor: own,
    [edition.product === 'motor' ? 'exposureKm' : 'liveDays']: roundHalfEven(exposure, 1),
    ...(rungMps2 === undefined ? {} : { rungMps2 }),
    ...(untestedFactor === undefined ? {} : { valveTests }),
    ...(free === factor ? {} : { unboundedFactor: free }),
  })
  return factor
}

function observe(
  { measure, rungMps2 = 0 }: Behaviour,
  facts: Facts,
): { readonly observed: number; readonly exposure: number; readonly unit: string } {
  if (facts.product === 'home') {
    const perils: Readonly<Record<string, unknown>> = facts.living
    const peril = perils[measure]
    if (typeof peril !== 'object' || peril === null || !('days' in peril) || !('minutes' in peril)) throw new Error(measure)
    const days = Number(peril.days)
    return { observed: days > 0 ? Number(peril.minutes) / days : 0, exposure: days, unit: 'minutes-per-day' }
  }
  const { driving } = facts
  const rung = behaviourThresholds.event.ladderMps2.indexOf(rungMps2)
  const events = (ladder: readonly number[], km: number) => ({
    observed: km > 0 ? ((ladder[rung] ?? 0) * 1000) / km : 0,
    exposure: km,
    unit: 'per-1000-km',
  })
  const share = (part: number, whole: number, km: number) => ({
    observed: whole > 0 ? part / whole : 0,
    exposure: km,
    unit: 'share',
  })
  if (measure === 'braking') return events(driving.brakes, driving.longitudinalKm)
  if (measure === 'acceleration') return events(driving.accelerations, driving.longitudinalKm)
  if (measure === 'cornering') return events(driving.turns, driving.lateralKm)
  if (measure === 'night') return share(driving.nightKm, driving.distanceKm, driving.distanceKm)
  if (measure === 'speeding') return share(driving.speedingKm, driving.limitKnownKm, driving.limitKnownKm)
  return share(driving.phoneS, driving.phoneKnownS, driving.phoneKnownKm)
}

function boundPremium(sheet: Sheet, { premiumBounds, guardRails }: EditionDocument, facts: Facts): void {
  const bound = (id: string, min: number | undefined, max: number | undefined, more: Figures): void => {
    const unboundedMinor = sheet.amountMinor
    const kept = Math.min(max ?? Number.POSITIVE_INFINITY, Math.max(min ?? 0, unboundedMinor))
    const minMinor: Figures = min === undefined ? {} : { minMinor: min }
    const maxMinor: Figures = max === undefined ? {} : { maxMinor: max }
    write(sheet, id, 'clamp', kept, kept, { unboundedMinor, ...minMinor, ...maxMinor, ...more })
  }
  const { minAnnualMinor, maxAnnualMinor } = premiumBounds
  if (minAnnualMinor !== undefined || maxAnnualMinor !== undefined) bound('premium-bounds', minAnnualMinor, maxAnnualMinor, {})
  const previousTermMinor = facts.previousTermAnnualMinor
  const change = guardRails.maxChangePerTerm
  if (change !== undefined && previousTermMinor !== undefined)
    bound('term-change', previousTermMinor * (1 - change), previousTermMinor * (1 + change), { previousTermMinor })
}
