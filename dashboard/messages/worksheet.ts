// The worksheet in words, for the web app, the statement and the command line alike: a title and a sentence for every step,
// and three sentences that say what is paid and why.

import type { Worksheet, WorksheetStep } from '../../pricing/worksheet.ts'
import { formatChange, formatFactor, formatKm, formatMoney, formatNumber, formatPercent } from './format.ts'
import type { Locale } from './locale.ts'
import { isHeld, isMoved, monthsPerYear, type PathStep, premiumPath, roundRoughly, stepGroup, sureness } from './premium-path.ts'
import { say, sayIfKnown } from './say.ts'

/** A factor nearer to 1 than this is said to change nothing. */
const noticeableChangeMin = 0.0005

/** @returns the plan's own words, or `Braking` for `behaviour:braking`; a step without either keeps its own name */
export function stepTitle(step: Pick<WorksheetStep, 'id' | 'label'>, locale: Locale): string {
  const group = stepGroup(step.id)
  const own = step.label?.[locale]
  if (own !== undefined) return group === 'base' ? say(locale, 'step.base-rate.part.title', { part: own }) : own
  const known = sayIfKnown(locale, `step.${step.id}.title`)
  if (known !== undefined) return known
  return group === 'round' ? say(locale, 'step.round.title') : (step.id.split(':').at(-1) ?? step.id).replaceAll('-', ' ')
}

/** The step's operand as it is written in a table: an amount, a factor or a divisor. */
export function stepOperand(step: WorksheetStep, currency: string, locale: Locale): string {
  if (step.operation === 'start') return formatMoney(step.operand, currency, locale)
  if (step.operation === 'add') return formatMoney(step.operand, currency, locale, { sign: 'always' })
  if (step.operation === 'divide') return `÷ ${formatNumber(step.operand, locale, 4)}`
  if (step.operation === 'round') return ''
  return stepGroup(step.id) === 'bounds' ? formatMoney(step.operand, currency, locale) : formatFactor(step.operand, locale)
}

/** How much the own experience counts in this step, 0 to 1; undefined for steps that measure nothing. */
export function stepCredibility(step: WorksheetStep): number | undefined {
  return figure(step, 'credibility')
}

/** What the step does and from which figures, in one to four sentences. */
export function stepSentence(step: WorksheetStep, currency: string, locale: Locale): string {
  switch (stepGroup(step.id)) {
    case 'base': {
      const amount = formatMoney(step.operand / monthsPerYear, currency, locale)
      return step.operation === 'add'
        ? say(locale, 'step.base-rate.part.text', { amount })
        : say(locale, 'step.base-rate.text', { amount })
    }
    case 'bonus-malus':
      return claimsSentence(step, locale)
    case 'class':
      return classSentence(step, locale)
    case 'mileage':
      return mileageSentence(step, locale)
    case 'behaviour':
    case 'credit':
      return measuredSentence(step, locale)
    case 'clamp':
      return isHeld(step)
        ? say(locale, 'step.clamp.held', { factor: formatFactor(step.operand, locale) })
        : say(locale, 'step.clamp.free')
    case 'bounds':
      return boundsSentence(step, currency, locale)
    case 'instalment':
      return say(locale, 'step.instalment.text', { parts: step.operand })
    case 'round':
      return step.operand === 1
        ? say(locale, 'step.round.text')
        : say(locale, 'step.round.multiple', { amount: formatMoney(step.operand, currency, locale) })
    case 'other':
      return ''
  }
}

export interface WorksheetLine {
  readonly id: string
  readonly title: string
  readonly sentence: string
  /** `× 0.9650`, `÷ 12`, an amount for the first step, empty for rounding. */
  readonly operand: string
  /** The running amount after the step: of a year before the instalment, of a month from there. */
  readonly amount: string
  /** `29 %`, or empty where nothing is measured. */
  readonly credibility: string
}

/** Every step of the worksheet, in order. */
export function worksheetLines(worksheet: Worksheet, locale: Locale): readonly WorksheetLine[] {
  const { currency, steps } = worksheet
  return steps.map((step) => {
    const credibility = stepCredibility(step)
    return {
      id: step.id,
      title: stepTitle(step, locale),
      sentence: stepSentence(step, currency, locale),
      operand: stepOperand(step, currency, locale),
      amount: formatMoney(step.amountMinor, currency, locale),
      credibility: credibility === undefined ? '' : formatPercent(credibility, locale),
    }
  })
}

/** What is paid beside the class, what moves it most, and how sure that is. */
export function premiumSentences(worksheet: Worksheet, locale: Locale): readonly [string, string, string] {
  return [comparison(worksheet, locale), reasons(worksheet, locale), howSure(worksheet, locale)]
}

function comparison({ product, currency, premiumMinor, classPremiumMinor }: Worksheet, locale: Locale): string {
  const amounts = {
    class: formatMoney(classPremiumMinor, currency, locale),
    own: formatMoney(premiumMinor, currency, locale),
    difference: formatMoney(Math.abs(premiumMinor - classPremiumMinor), currency, locale),
  }
  const direction = premiumMinor < classPremiumMinor ? 'less' : premiumMinor > classPremiumMinor ? 'more' : 'same'
  const key = product === 'home' ? (`summary.class.home.${direction}` as const) : (`summary.class.${direction}` as const)
  return sayIfKnown(locale, key, amounts) ?? ''
}

function reasons(worksheet: Worksheet, locale: Locale): string {
  const moved = premiumPath(worksheet)
    .ownSteps.filter((change) => isMoved(change) && sayIfKnown(locale, `step.${change.step.id}.noun`) !== undefined)
    .toSorted((a, b) => a.changeMinor - b.changeMinor)
  const lowest = moved.at(0)
  const highest = moved.at(-1)
  const lowers = lowest !== undefined && lowest.changeMinor < 0 ? words(lowest, worksheet.currency, locale) : undefined
  const raises = highest !== undefined && highest.changeMinor > 0 ? words(highest, worksheet.currency, locale) : undefined
  if (lowers !== undefined && raises !== undefined)
    return say(locale, 'summary.reason.both', { ...lowers, other: raises.noun, otherChange: raises.change })
  if (lowers !== undefined) return say(locale, 'summary.reason.lower', lowers)
  if (raises !== undefined) return say(locale, 'summary.reason.raise', raises)
  return say(locale, 'summary.reason.none')
}

function words({ step, changeMinor }: PathStep, currency: string, locale: Locale): { noun: string; change: string } {
  return {
    noun: sayIfKnown(locale, `step.${step.id}.noun`) ?? stepTitle(step, locale),
    change: formatMoney(changeMinor, currency, locale, { sign: 'always' }),
  }
}

function howSure(worksheet: Worksheet, locale: Locale): string {
  const { share, exposure, unit, halfAt } = sureness(worksheet)
  if (exposure === 0) return say(locale, unit === 'km' ? 'summary.sure.motor.none' : 'summary.sure.home.none')
  const values = { share: formatShare(share, locale) }
  const isBelowHalf = share < 0.5 && halfAt !== undefined
  if (unit === 'km') {
    const km = formatKm(exposure, locale)
    return isBelowHalf
      ? say(locale, 'summary.sure.motor.half', { ...values, km, half: formatKm(roundRoughly(halfAt), locale) })
      : say(locale, 'summary.sure.motor', { ...values, km })
  }
  const days = Math.round(exposure)
  return isBelowHalf
    ? say(locale, 'summary.sure.home.half', { ...values, days, half: roundRoughly(halfAt) })
    : say(locale, 'summary.sure.home', { ...values, days })
}

function classSentence(step: WorksheetStep, locale: Locale): string {
  const direction = directionOf(step.operand)
  const change = formatChange(step.operand, locale)
  const value = figure(step, 'value')
  if (value !== undefined) return say(locale, `step.class.at.${direction}`, { value: formatNumber(value, locale, 2), change })
  const levels = ['level', 'row', 'column'].flatMap((name) => {
    const level = step.figures[name]
    return level === undefined ? [] : [levelName(step, String(level), locale)]
  })
  return say(locale, `step.class.${direction}`, { level: levels.join(locale === 'zh-CN' ? '、' : ', '), change })
}

function levelName(step: WorksheetStep, level: string, locale: Locale): string {
  return sayIfKnown(locale, `level.${step.id.slice('class:'.length)}.${level}`) ?? level
}

function claimsSentence(step: WorksheetStep, locale: Locale): string {
  const years = figure(step, 'years') ?? 0
  if (years === 0) return say(locale, 'step.bonus-malus.none')
  const claims = figure(step, 'claims') ?? 0
  return say(locale, claims === 0 ? 'step.bonus-malus.claim-free' : 'step.bonus-malus.claims', { years, claims })
}

function boundsSentence(step: WorksheetStep, currency: string, locale: Locale): string {
  const state = isHeld(step) ? 'held' : 'free'
  const previous = formatMoney(figure(step, 'previousTermMinor') ?? 0, currency, locale)
  const amount = formatMoney(step.operand, currency, locale)
  return sayIfKnown(locale, `step.${step.id}.${state}`, { amount, previous }) ?? ''
}

function mileageSentence(step: WorksheetStep, locale: Locale): string {
  const km = figure(step, 'kmPerYear')
  const observedKm = figure(step, 'observedKm') ?? 0
  const declared = formatKm(figure(step, 'declaredKmPerYear') ?? km ?? 0, locale)
  if (observedKm === 0 || km === undefined) return say(locale, 'step.mileage.declared', { declared })
  return say(locale, 'step.mileage.text', {
    km: formatKm(Math.round(km), locale),
    declared,
    observed: formatKm(observedKm, locale),
    days: Math.max(1, Math.round(figure(step, 'observedDays') ?? 0)),
    share: formatShare(figure(step, 'credibility') ?? 0, locale),
  })
}

function measuredSentence(step: WorksheetStep, locale: Locale): string {
  const km = figure(step, 'exposureKm')
  const days = figure(step, 'liveDays')
  if ((km ?? 0) === 0 && (days ?? 0) === 0) return say(locale, 'step.measured.none')
  const parts = [observedSentence(step, locale)]
  if (km !== undefined) parts.push(say(locale, 'step.over.km', { km: formatKm(km, locale) }))
  else if (days !== undefined) parts.push(say(locale, 'step.over.days', { days: Math.round(days) }))
  const valveTests = figure(step, 'valveTests')
  if (valveTests !== undefined) parts.push(say(locale, valveTests > 0 ? 'observed.valve.tested' : 'observed.valve.untested'))
  const own = figure(step, 'ownFactor') ?? step.operand
  const direction = directionOf(own)
  if (direction === 'same') parts.push(say(locale, 'step.measured.same'))
  else {
    parts.push(
      say(locale, `step.measured.${direction}`, {
        own: formatChange(own, locale),
        share: formatShare(figure(step, 'credibility') ?? 0, locale),
        change: formatChange(step.operand, locale),
      }),
    )
  }
  return parts.filter((part) => part !== '').join(locale === 'zh-CN' ? '' : ' ')
}

function observedSentence(step: WorksheetStep, locale: Locale): string {
  const observed = figure(step, 'observed')
  if (observed === undefined) return ''
  const unit = String(step.figures['unit'] ?? '')
  const behaviour = step.id.slice(step.id.indexOf(':') + 1)
  const n = unit === 'share' ? formatShare(observed, locale) : Math.round(observed * 10) / 10
  return (
    sayIfKnown(locale, `observed.${behaviour}.${unit}`, { n }) ??
    say(locale, 'observed.other', {
      n: sayIfKnown(locale, `unit.${unit}`, { n }) ?? `${n} ${unit === 'share' ? '' : unit}`.trim(),
    })
  )
}

/** Small shares keep a decimal, so that a beginning is not said to be nothing. */
export function formatShare(share: number, locale: Locale): string {
  return formatPercent(share, locale, share > 0 && share < 0.01 ? 1 : 0)
}

function directionOf(factor: number): 'more' | 'less' | 'same' {
  if (Math.abs(factor - 1) < noticeableChangeMin) return 'same'
  return factor > 1 ? 'more' : 'less'
}

function figure(step: WorksheetStep, name: string): number | undefined {
  const value = step.figures[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
