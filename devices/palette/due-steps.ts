// Simulated time for a node: what an endless simulation does that is due by now. Pure; the timer is the node's.

import type { Step } from '../faults/step.ts'

export interface Pace {
  /** Where simulated time began, epoch milliseconds, and when that was. */
  readonly fromMs: number
  readonly startedAtMs: number
  /** Simulated seconds a second. */
  readonly speed: number
}

/** Times never run ahead of the clock: a fast simulation begins in the past and catches up. */
export function simulatedMs(pace: Pace, nowMs: number): number {
  return Math.min(nowMs, pace.fromMs + (nowMs - pace.startedAtMs) * pace.speed)
}

export interface DueSteps {
  /** What is due up to then and was not asked for before, at most so many: the rest comes with the next question. */
  take(untilMs: number, most: number): readonly Step[]
}

export function dueSteps(steps: Iterator<Step>): DueSteps {
  let next: Step | undefined
  return {
    take(untilMs, most) {
      const due: Step[] = []
      while (due.length < most) {
        if (next === undefined) {
          const step = steps.next()
          if (step.done === true) break
          next = step.value
        }
        // What happens to a connection happens with the message before it.
        if ('dueMs' in next && next.dueMs > untilMs) break
        due.push(next)
        next = undefined
      }
      return due
    },
  }
}
