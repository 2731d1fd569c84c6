// The worksheet and the nudges in words.

import { expect, test } from 'vitest'
import { nudgeGoal, nudgeSentence } from '../../dashboard/messages/nudge.ts'
import { premiumPath, roundRoughly, sureness } from '../../dashboard/messages/premium-path.ts'
import { premiumSentences, stepSentence, stepTitle, worksheetLines } from '../../dashboard/messages/worksheet.ts'
import type { Worksheet, WorksheetStep } from '../../pricing/worksheet.ts'

const start: WorksheetStep = { id: 'base-rate', operation: 'start', operand: 60_000, amountMinor: 60_000, figures: {} }

function multiply(id: string, operand: number, amountMinor: number, figures: WorksheetStep['figures'] = {}): WorksheetStep {
  return { id, operation: 'multiply', operand, amountMinor, figures }
}

const measured = { unit: 'per-1000-km', credibility: 0.25, ownFactor: 0.8, exposureKm: 500 }

/** 600.00 a year, class 1.2, declared mileage 1: the class pays 60.00 a month. Less driven, gentler brakes. */
const motor: Worksheet = {
  policyId: 'p1',
  product: 'motor',
  planId: 'plan',
  editionHash: 'e',
  factsHash: 'f',
  currency: 'EUR',
  period: 'month',
  premiumMinor: 5130,
  classPremiumMinor: 6000,
  steps: [
    start,
    multiply('class:driver-age', 1.2, 72_000, { level: '30-44' }),
    multiply('mileage', 0.9, 64_800, {
      kmPerYear: 9_800,
      declaredKmPerYear: 12_000,
      observedKm: 500,
      observedDays: 20,
      credibility: 0.3,
    }),
    multiply('behaviour:braking', 0.95, 61_560, { ...measured, observed: 1 }),
    multiply('behaviour:night', 1, 61_560, { ...measured, observed: 0.04, unit: 'share', ownFactor: 1 }),
    { id: 'clamp', operation: 'clamp', operand: 0.95, amountMinor: 61_563, figures: { combined: 0.95, min: 0.6, max: 1.4 } },
    { id: 'instalment', operation: 'divide', operand: 12, amountMinor: 5130, figures: {} },
    { id: 'round', operation: 'round', operand: 1, amountMinor: 5130, figures: {} },
  ],
}

const held: WorksheetStep = {
  id: 'clamp',
  operation: 'clamp',
  operand: 0.9722,
  amountMinor: 63_000,
  figures: { combined: 0.95, min: 0.9722, max: 1.4 },
}

const untouched: Worksheet = { ...motor, premiumMinor: 6000, steps: [start, multiply('class:region', 1.2, 72_000)] }

test('the path leads from the class price to the own price without a gap', () => {
  const path = premiumPath(motor)
  expect(path.ownSteps.map(({ step, fromMinor, toMinor }) => [step.id, fromMinor, toMinor])).toEqual([
    ['mileage', 6000, 5400],
    ['behaviour:braking', 5400, 5130],
    ['behaviour:night', 5130, 5130],
  ])
  expect(path.classSteps.map(({ step, changeMinor }) => [step.id, changeMinor])).toEqual([
    ['base-rate', 5000],
    ['class:driver-age', 1000],
  ])
})

test('a limit that held something has its own bar, and so has a rounding of a whole coin', () => {
  const steps = motor.steps.map((step) => (step.id === 'clamp' ? held : step))
  const path = premiumPath({ ...motor, premiumMinor: 5130, steps })
  expect(path.ownSteps.map(({ step, changeMinor }) => [step.id, changeMinor]).slice(-2)).toEqual([
    ['clamp', 120],
    ['round', -120],
  ])
})

test('before anything is measured the path is the class price alone', () => {
  expect(premiumPath(untouched).ownSteps).toEqual([])
  expect(premiumSentences(untouched, 'en')).toEqual([
    'You pay what drivers in your class pay: €60.00 a month.',
    'Nothing measured moves your price yet.',
    'Nothing has been measured yet: your own driving starts to count with the first trip.',
  ])
})

test('three sentences say what is paid, why, and how sure that is', () => {
  expect(premiumSentences(motor, 'en').map(plain)).toEqual([
    'Drivers in your class pay €60.00 a month; you pay €51.30, which is €8.70 less.',
    'What lowers it most is how far you drive (\u2212€6.00).',
    '500 km measured so far, so your own driving counts 25%; at about 1,500 km it counts half.',
  ])
  expect(premiumSentences(motor, 'zh-CN').map(plain)).toEqual([
    '同类车主每月保费 €60.00，您每月 €51.30，少付 €8.70。',
    '为您节省最多的是行驶里程（\u2212€6.00）。',
    '已记录 500 km：您自己的驾驶表现目前占 25%；累计约 1,500 km 时占一半。',
  ])
})

test('very little data is said to be very little', () => {
  const steps = motor.steps.map((step) =>
    step.id.startsWith('behaviour:') ? { ...step, figures: { ...step.figures, exposureKm: 12, credibility: 12 / 1512 } } : step,
  )
  expect(plain(premiumSentences({ ...motor, steps }, 'en')[2])).toBe(
    '12 km measured so far, so your own driving counts 0.8%; at about 1,500 km it counts half.',
  )
})

test('every step says its figures and how much they count', () => {
  const [, age, mileage, braking, night] = motor.steps.map((step) => plain(stepSentence(step, 'EUR', 'en')))
  expect(stepSentence(held, 'EUR', 'en')).toContain('held at')
  expect(age).toBe('Group “30-44”: 20% more than the base.')
  expect(mileage).toBe('Rated at 9,800 km a year. You declared 12,000 km; the 500 km measured in 20 days count 30%.')
  expect(braking).toBe(
    '1 hard brake per 1,000 km. 500 km measured. On its own that would be 20% less; it counts 25%, so 5% less.',
  )
  expect(night).toBe('4% of the distance at night. 500 km measured. That is what the class does: no change.')
})

test('a step without words keeps its own name', () => {
  expect(stepTitle({ id: 'class:fuel-type' }, 'en')).toBe('fuel type')
  expect(stepTitle({ id: 'behaviour:braking' }, 'zh-CN')).toBe('刹车')
})

test('the lines of a worksheet have a title and an amount in both languages', () => {
  for (const locale of ['en', 'zh-CN'] as const) {
    const lines = worksheetLines(motor, locale)
    expect(lines).toHaveLength(motor.steps.length)
    expect(lines.filter((line) => line.title === '' || line.amount === '' || line.sentence === '')).toEqual([])
  }
})

test('sureness solves Z = n / (n + K) for K', () => {
  expect(sureness(motor)).toEqual({ share: 0.25, exposure: 500, unit: 'km', halfAt: 1500 })
})

test.each([
  [0, 0],
  [7, 7],
  [1512, 1500],
  [986, 990],
])('%d is about %d', (value, rough) => {
  expect(roundRoughly(value)).toBe(rough)
})

test('a nudge says what changes and what it saves', () => {
  const braking = { behaviour: 'braking', savingMinor: 310, currency: 'EUR', figures: { from: 6.2, to: 1, unit: 'per-1000-km' } }
  expect(nudgeSentence(braking, 'en')).toBe('Braking hard 1 time per 1,000 km instead of 6.2 saves €3.10 a month.')
  expect(nudgeSentence(braking, 'zh-CN')).toBe('每千公里急刹车从 6.2 次减至 1 次，每月可省 €3.10。')
  const night = { ...braking, behaviour: 'night', figures: { from: 0.2, to: 0.1, unit: 'share' } }
  expect(nudgeGoal(night, 'en')).toBe('Driving 10% of your distance at night instead of 20%')
  const none = { ...night, behaviour: 'speeding', figures: { from: 0.11, to: 0, unit: 'share' } }
  expect(nudgeGoal(none, 'en')).toBe('Keeping to the limit instead of driving 11% of your distance above it')
  const mileage = { ...braking, behaviour: 'mileage', figures: { from: 10_785, to: 9706, unit: 'km' } }
  expect(plain(nudgeGoal(mileage, 'en'))).toBe('Driving 9,700 km a year instead of 10,800 km')
  const unknown = { ...braking, behaviour: 'tyre-pressure', figures: { from: 1, to: 2, unit: 'bar' } }
  expect(nudgeGoal(unknown, 'en')).toBe('tyre pressure: 2 instead of 1')
})

function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, ' ')
}

const limits = { unboundedMinor: 30_000, minMinor: 36_000 }
const partOfRate = { operation: 'add', operand: 24_000, amountMinor: 66_000 } as const

test.each<[step: WorksheetStep, title: string, sentence: string]>([
  [
    { id: 'base-rate:own-damage', ...partOfRate, figures: {}, label: { en: 'Own damage', 'zh-CN': '车辆损失' } },
    'Base rate: Own damage',
    'Part of where every price starts: €20.00 a month.',
  ],
  [
    multiply('class:age-power', 1.18, 0, { row: 'under-25', column: '110-kw-and-over' }),
    'age power',
    'Group “under 25, 110 kW and over”: 18% more than the base.',
  ],
  [
    { ...multiply('class:weight', 0.9, 0, { input: 'weight', value: 850 }), label: { en: 'Weight of the car', 'zh-CN': '车重' } },
    'Weight of the car',
    'At 850: 10% less than the base.',
  ],
  [
    multiply('bonus-malus', 1, 0, { years: 0, claims: 0, claimFreeYears: 0 }),
    'Bonus-malus',
    'No years of claims history stated yet',
  ],
  [
    multiply('bonus-malus', 0.5, 0, { years: 13, claims: 0, claimFreeYears: 13 }),
    'Bonus-malus',
    '13 years without an at-fault claim.',
  ],
  [multiply('bonus-malus', 1.25, 0, { years: 1, claims: 1, claimFreeYears: 0 }), 'Bonus-malus', '1 at-fault claim in 1 year.'],
  [{ id: 'round:class', operation: 'round', operand: 1, amountMinor: 0, figures: {} }, 'Rounding', 'To the smallest coin'],
  [{ id: 'round:class', operation: 'round', operand: 500, amountMinor: 0, figures: {} }, 'Rounding', 'To a multiple of €5.00'],
  [
    { id: 'premium-bounds', operation: 'clamp', operand: 36_000, amountMinor: 36_000, figures: limits },
    'Least and most premium',
    'The plan limits what a year may cost: yours is held at €360.00.',
  ],
  [
    { id: 'premium-bounds', operation: 'clamp', operand: 40_000, amountMinor: 40_000, figures: { unboundedMinor: 40_000 } },
    'Least and most premium',
    'yours is within.',
  ],
  [
    {
      id: 'term-change',
      operation: 'clamp',
      operand: 43_200,
      amountMinor: 43_200,
      figures: { unboundedMinor: 51_116, previousTermMinor: 36_000 },
    },
    'Change since the last term',
    'from €360.00 a year it is held at €432.00.',
  ],
])('the step %o has its words', (step, title, sentence) => {
  expect(stepTitle(step, 'en')).toBe(title)
  expect(stepSentence(step, 'EUR', 'en')).toContain(sentence)
  expect(stepSentence(step, 'EUR', 'zh-CN')).not.toMatch(/[{}]|undefined/)
  expect(stepSentence(step, 'EUR', 'zh-CN')).not.toBe('')
})

test('a bound that holds nothing has no bar, one that holds has its own', () => {
  const bounds = (operand: number): WorksheetStep => ({
    id: 'premium-bounds',
    operation: 'clamp',
    operand,
    amountMinor: operand,
    figures: { unboundedMinor: 61_563 },
  })
  const withBounds = (operand: number) => motor.steps.toSpliced(-2, 0, bounds(operand))
  const ids = (steps: WorksheetStep[]) => premiumPath({ ...motor, steps }).ownSteps.map(({ step }) => step.id)
  expect(ids(withBounds(61_563))).not.toContain('premium-bounds')
  expect(ids(withBounds(66_000))).toContain('premium-bounds')
})
