// What a person can try: every measure of their edition and every input of their class, with the range in which the edition
// distinguishes anything and where they stand now. Pure; trying is try-changes.ts.

import type { ClassFactor, Edition, EditionDocument, Input, Words } from '../edition/edition-document.ts'
import type { Facts } from '../rating/facts.ts'
import { measureOf, partOf, rungIndex, wholeOf } from '../rating/measures.ts'
import { declaredKmInput } from '../rating/mileage-input.ts'
import { rate } from '../rating/rate.ts'
import { roundHalfEven } from '../rating/rounding.ts'

/** How much was measured: it decides how much the own experience counts. */
export const experienceId = 'experience'
export const mileageId = 'mileage'
export const valveId = 'valve-test'

export interface Slider {
  /** A measure's behaviour in the edition, or one of the names above. */
  readonly id: string
  /** The worksheet's step that it moves; null for what moves many. */
  readonly stepId: string | null
  readonly unit: 'km' | 'km-per-year' | 'live-days' | 'per-1000-km' | 'share' | 'minutes-per-day' | 'tests'
  readonly min: number
  readonly max: number
  readonly step: number
  readonly now: number
  /** False where nothing was measured yet: `now` is then what the class does. */
  readonly isMeasured: boolean
}

export type ClassChoice =
  | {
      readonly input: string
      readonly kind: 'number'
      readonly min: number
      readonly max: number
      readonly step: number
      readonly now: number
      readonly unit: string | null
      readonly label: Words | null
    }
  | {
      readonly input: string
      readonly kind: 'level'
      readonly levels: readonly string[]
      readonly now: string
      readonly label: Words | null
    }

export interface Controls {
  readonly sliders: readonly Slider[]
  readonly classChoices: readonly ClassChoice[]
}

/** Positions a slider has at least: fewer jump, more cannot be told apart on a phone. */
const positions = 100
/** Experience beyond this multiple of the largest K counts nine tenths. */
const experienceOfK = 9

export function controlsOf(edition: Edition, facts: Facts): Controls {
  return {
    sliders: [...mileageSlider(edition, facts), ...measureSliders(edition, facts), ...experienceSlider(edition, facts)],
    classChoices: Object.entries(edition.inputs)
      .filter(([name]) => edition.exposure === undefined || name !== declaredKmInput)
      .map(([name, input]) => classChoice(edition, facts, name, input)),
  }
}

function mileageSlider(edition: Edition, facts: Facts): readonly Slider[] {
  const { exposure } = edition
  const step = exposure && rate(edition, '', facts).steps.find(({ id }) => id === 'mileage')
  const km = step?.figures['kmPerYear']
  if (exposure === undefined || typeof km !== 'number') return []
  const now = roundHalfEven(km)
  const [min, max] = [exposure.curve[0]?.[0] ?? 0, exposure.curve.at(-1)?.[0] ?? now]
  const isMeasured = facts.product === 'motor' && facts.driving.distanceKm > 0
  return [{ id: mileageId, stepId: 'mileage', unit: 'km-per-year', ...range(min, max, now), now, isMeasured }]
}

function measureSliders(edition: Edition, facts: Facts): readonly Slider[] {
  const sliders = edition.behaviours.flatMap((behaviour): readonly Slider[] => {
    const measure = measureOf(behaviour.measure)
    if (measure === undefined || measure.product !== edition.product) return []
    const whole = wholeOf(measure.name, facts)
    const rung = behaviour.rungMps2 === undefined ? -1 : rungIndex(behaviour.rungMps2)
    const isMeasured = whole > 0
    const observed = isMeasured ? (partOf(measure.name, facts, rung) * measure.scale) / whole : neutralOf(behaviour.curve)
    const now = roundHalfEven(observed, measure.unit === 'share' ? 4 : 1)
    const last = behaviour.curve.at(-1)?.[0] ?? now
    const stepId = `${edition.product === 'home' ? 'credit' : 'behaviour'}:${behaviour.id}`
    return [{ id: behaviour.id, stepId, unit: measure.unit, ...range(0, last, now), now, isMeasured }]
  })
  if (facts.product !== 'home' || !edition.behaviours.some(({ untestedFactor }) => untestedFactor !== undefined)) return sliders
  const now = facts.living.valveTests > 0 ? 1 : 0
  const stepId = `credit:${edition.behaviours.find(({ untestedFactor }) => untestedFactor !== undefined)?.id ?? ''}`
  return [{ id: valveId, stepId, unit: 'tests', min: 0, max: 1, step: 1, now, isMeasured: true }, ...sliders]
}

/** Where the curve is 1: what the class does. */
export function neutralOf(curve: readonly (readonly [number, number])[]): number {
  for (const [index, [x, factor]] of curve.entries()) {
    const next = curve[index + 1]
    if (factor === 1 || next === undefined) return x
    const [nextX, nextFactor] = next
    if ((factor - 1) * (nextFactor - 1) < 0) return x + ((1 - factor) * (nextX - x)) / (nextFactor - factor)
  }
  return 0
}

function experienceSlider(edition: Edition, facts: Facts): readonly Slider[] {
  if (edition.behaviours.length === 0) return []
  const largestK = Math.max(...edition.behaviours.map(({ k }) => k))
  const measured = facts.product === 'motor' ? facts.driving.distanceKm : facts.living.liveDays
  const now = roundHalfEven(measured)
  const unit = facts.product === 'motor' ? 'km' : 'live-days'
  const { max, step } = range(0, Math.max(largestK * experienceOfK, now), now)
  return [{ id: experienceId, stepId: null, unit, min: 0, max, step, now, isMeasured: measured > 0 }]
}

/** A round step, and ends that lie on it and hold where the person stands. */
function range(from: number, to: number, now: number): { readonly min: number; readonly max: number; readonly step: number } {
  const [low, high] = [Math.min(from, now), Math.max(to, now)]
  const step = roundStep((high - low) / positions)
  return { min: onStep(Math.floor(low / step), step), max: onStep(Math.ceil(high / step), step), step }
}

/** 1, 2 or 5 times a power of ten, at most the width. */
function roundStep(width: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(width, 1e-6)))
  const leading = [5, 2, 1].find((digit) => digit * power <= width * (1 + 1e-9)) ?? 1
  return Number((leading * power).toPrecision(1))
}

function onStep(steps: number, step: number): number {
  return Number((steps * step).toPrecision(12))
}

function classChoice(edition: EditionDocument, facts: Facts, name: string, input: Input): ClassChoice {
  const stated = facts.class[name] ?? input.default
  const label = input.label ?? null
  if (input.kind === 'level') return { input: name, kind: 'level', levels: input.levels, now: String(stated), label }
  const now = typeof stated === 'number' ? stated : input.default
  const places = edition.factors.flatMap((factor) => placesOf(factor, name))
  const [first, last] = [Math.min(now, ...places), Math.max(now, ...places)]
  // A tenth beyond where the edition last distinguishes, so that the outermost band can be reached too.
  const margin = Math.max((last - first) * 0.2, 1)
  const { min, max, step } = range(first - margin, last + margin, now)
  const bounds = { min: Math.max(input.min, min), max: Math.min(input.max, max) }
  return {
    input: name,
    kind: 'number',
    ...bounds,
    step: Math.max(step, isWhole(places) ? 1 : step),
    now,
    unit: input.unit ?? null,
    label,
  }
}

function isWhole(places: readonly number[]): boolean {
  return places.every((place) => Number.isInteger(place))
}

/** Where a factor that reads this input changes. */
function placesOf(factor: ClassFactor, name: string): readonly number[] {
  switch (factor.kind) {
    case 'levels':
      return []
    case 'bands':
      return factor.input === name ? factor.bands.flatMap(({ below }) => (below === undefined ? [] : [below])) : []
    case 'curve':
      return factor.input === name ? factor.curve.map(([x]) => x) : []
    case 'pair':
      return [...(factor.inputs[0] === name ? factor.rows : []), ...(factor.inputs[1] === name ? factor.columns : [])].flatMap(
        ({ below }) => (below === undefined ? [] : [below]),
      )
  }
}
