// Whether a person is told something now. Everything that speaks against it comes first, in the order in which it is checked.

import type { LocalClock } from '../behaviour/local-clock.ts'

export interface MessageRules {
  /** Local hours between which nothing is sent; the first may be the later one, over midnight; the same twice is no quiet at all. */
  readonly quietFromHour: number
  readonly quietToHour: number
  readonly perWeekMax: number
  /** Between two messages. */
  readonly pauseHoursMin: number
}

export const messageRules: MessageRules = { quietFromHour: 21, quietToHour: 8, perWeekMax: 2, pauseHoursMin: 48 }

export interface Situation {
  readonly nowMs: number
  /** The policy's own. */
  readonly clock: LocalClock
  readonly arm: 'hold-out' | 'nudged'
  /** The experiment's arm was found to do harm. */
  readonly isArmStopped: boolean
  readonly hasGoal: boolean
  readonly isPaused: boolean
  /** The person wants no messages of this kind. */
  readonly isMuted: boolean
  /** A trip is going on in any vehicle of the policy. */
  readonly isMoving: boolean
  /** Sent and neither read nor too old to matter. */
  readonly openMessages: number
  /** When earlier ones were sent, in any order. */
  readonly sentAtMs: readonly number[]
  /** There is something to say that was not said this week. */
  readonly hasNews: boolean
}

/** In the order in which they are checked. */
export const reasonsNotToSend = [
  'no-goal',
  'hold-out',
  'arm-stopped',
  'paused',
  'muted',
  'vehicle-moves',
  'quiet-hours',
  'one-is-open',
  'enough-this-week',
  'too-soon',
  'nothing-new',
] as const
export type MessageDecision = 'send' | (typeof reasonsNotToSend)[number]

const hourMs = 3_600_000
const weekMs = 7 * 24 * hourMs

export function decideMessage(situation: Situation, rules: MessageRules = messageRules): MessageDecision {
  const { nowMs, sentAtMs } = situation
  const newest = sentAtMs.reduce((latest, atMs) => Math.max(latest, atMs), Number.NEGATIVE_INFINITY)
  const thisWeek = sentAtMs.filter((atMs) => atMs > nowMs - weekMs).length
  const against: Readonly<Record<(typeof reasonsNotToSend)[number], boolean>> = {
    'no-goal': !situation.hasGoal,
    'hold-out': situation.arm === 'hold-out',
    'arm-stopped': situation.isArmStopped,
    paused: situation.isPaused,
    muted: situation.isMuted,
    'vehicle-moves': situation.isMoving,
    'quiet-hours': isQuiet(situation.clock.minuteOfDay(nowMs), rules),
    'one-is-open': situation.openMessages > 0,
    'enough-this-week': thisWeek >= rules.perWeekMax,
    'too-soon': nowMs - newest < rules.pauseHoursMin * hourMs,
    'nothing-new': !situation.hasNews,
  }
  return reasonsNotToSend.find((reason) => against[reason]) ?? 'send'
}

function isQuiet(minuteOfDay: number, { quietFromHour, quietToHour }: MessageRules): boolean {
  const hour = minuteOfDay / 60
  return quietFromHour <= quietToHour ? hour >= quietFromHour && hour < quietToHour : hour >= quietFromHour || hour < quietToHour
}
