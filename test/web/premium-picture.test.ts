// The geometry of the picture from class price to own price, and of the premiums so far.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PremiumPath } from '../../dashboard/messages/premium-path.ts'
import { historyLine } from '../../dashboard/web/premium/history-line.ts'
import { percent, stepScale } from '../../dashboard/web/premium/step-scale.ts'

function pathOf(classMinor: number, changes: readonly number[]): PremiumPath {
  let amountMinor = classMinor
  const ownSteps = changes.map((changeMinor, index) => {
    const fromMinor = amountMinor
    amountMinor += changeMinor
    const step = { id: `behaviour:${index}`, operation: 'multiply', operand: 1, amountMinor, figures: {} } as const
    return { step, fromMinor, toMinor: amountMinor, changeMinor }
  })
  return { classMinor, ownMinor: amountMinor, classSteps: [], ownSteps }
}

test('a bar points to where the price goes, and the next begins there', () => {
  const { bars, classAt, ownAt } = stepScale(pathOf(6000, [-600, 200, 0]))
  expect(bars.map(({ direction }) => direction)).toEqual(['lowers', 'raises', 'unchanged'])
  expect(bars[0]?.from).toBe(classAt)
  expect(bars[1]?.from).toBe(bars[0]?.to)
  expect(bars[2]?.to).toBe(ownAt)
  expect(bars[0]?.left).toBe(bars[0]?.to)
  expect(bars[1]?.left).toBe(bars[1]?.from)
})

test('bars are as long as their changes', () => {
  const { bars } = stepScale(pathOf(6000, [-900, 300]))
  expect((bars[0]?.width ?? 0) / (bars[1]?.width ?? 1)).toBeCloseTo(3, 10)
})

test('a change of one per mille looks like one per mille, not like all there is', () => {
  const { bars } = stepScale(pathOf(6000, [-6]))
  expect(bars[0]?.width).toBeLessThan(0.02)
})

test('without any change the class price stands in the middle', () => {
  expect(stepScale(pathOf(6000, []))).toMatchObject({ classAt: 0.5, ownAt: 0.5, bars: [] })
})

test('whatever the steps, the whole picture lies within its width', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.array(fc.integer({ min: -50_000, max: 50_000 }), { maxLength: 10 }),
      (classMinor, changes) => {
        const { classAt, ownAt, bars } = stepScale(pathOf(classMinor, changes))
        const places = [classAt, ownAt, ...bars.flatMap(({ left, width }) => [left, left + width])]
        expect(places.every((place) => place >= 0 && place <= 1)).toBe(true)
      },
    ),
  )
})

test('places are written as percentages of two decimals', () => {
  expect(percent(0.123456)).toBe('12.35%')
})

test('a premium holds until the next one', () => {
  const line = historyLine([{ premiumMinor: 100 }, { premiumMinor: 100 }, { premiumMinor: 50 }], {
    width: 110,
    height: 60,
    margin: 5,
  })
  expect(line).toEqual({ path: 'M5 5H55V5H105V55', last: { x: 105, y: 55 } })
})

test('premiums that never changed are a level line', () => {
  const line = historyLine([{ premiumMinor: 100 }, { premiumMinor: 100 }], { width: 110, height: 60, margin: 5 })
  expect(line.path).toBe('M5 30H105V30')
})
