// When a person is told something, and everything that speaks against it.

import { expect, test } from 'vitest'
import { localClock } from '../../../pricing/behaviour/local-clock.ts'
import {
  decideMessage,
  type MessageDecision,
  messageRules,
  reasonsNotToSend,
  type Situation,
} from '../../../pricing/nudging/decide-message.ts'

/** Tuesday, 10:00 in Amsterdam. */
const nowMs = Date.parse('2026-06-02T08:00:00Z')
const hourMs = 3_600_000

const fine: Situation = {
  nowMs,
  clock: localClock('Europe/Amsterdam'),
  arm: 'nudged',
  isArmStopped: false,
  hasGoal: true,
  isPaused: false,
  isMuted: false,
  isMoving: false,
  openMessages: 0,
  sentAtMs: [],
  hasNews: true,
}

const cases: readonly (readonly [MessageDecision, Partial<Situation>])[] = [
  ['send', {}],
  ['no-goal', { hasGoal: false }],
  ['hold-out', { arm: 'hold-out' }],
  ['arm-stopped', { isArmStopped: true }],
  ['paused', { isPaused: true }],
  ['muted', { isMuted: true }],
  ['vehicle-moves', { isMoving: true }],
  // 21:30, 07:59 and 08:00 in Amsterdam; 08:00 in Amsterdam is 23:00 the day before in Los Angeles.
  ['quiet-hours', { nowMs: Date.parse('2026-06-02T19:30:00Z') }],
  ['quiet-hours', { nowMs: Date.parse('2026-06-02T05:59:00Z') }],
  ['send', { nowMs: Date.parse('2026-06-02T06:00:00Z') }],
  ['quiet-hours', { nowMs: Date.parse('2026-06-02T06:00:00Z'), clock: localClock('America/Los_Angeles') }],
  ['one-is-open', { openMessages: 1 }],
  ['enough-this-week', { sentAtMs: [nowMs - 50 * hourMs, nowMs - 100 * hourMs] }],
  ['too-soon', { sentAtMs: [nowMs - 47 * hourMs] }],
  ['send', { sentAtMs: [nowMs - 49 * hourMs, nowMs - 200 * hourMs] }],
  ['nothing-new', { hasNews: false }],
]

test.each(cases)('%s: %j', (expected, change) => {
  expect(decideMessage({ ...fine, ...change })).toBe(expected)
})

test('quiet hours are the person’s own; the same hour twice is no quiet at all', () => {
  const at = (clock: string, quietFromHour: number, quietToHour: number): MessageDecision =>
    decideMessage({ ...fine, nowMs: Date.parse(`2026-06-02T${clock}:00+02:00`) }, { ...messageRules, quietFromHour, quietToHour })
  expect(at('10:00', 9, 12)).toBe('quiet-hours')
  expect(at('12:00', 9, 12)).toBe('send')
  expect(at('23:30', 9, 12)).toBe('send')
  expect(at('02:00', 0, 0)).toBe('send')
})

test('a moving vehicle is never told, whatever else is true', () => {
  for (const [, change] of cases) expect(decideMessage({ ...fine, ...change, isMoving: true })).not.toBe('send')
})

test('every reason has its case', () => {
  expect(reasonsNotToSend.filter((reason) => !cases.some(([expected]) => expected === reason))).toEqual([])
})
