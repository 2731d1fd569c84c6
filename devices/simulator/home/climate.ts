// How warm and how damp a home is at a minute of a planned day, without its sensors' noise.

import { type DayPlan, is } from './day-plan.ts'
import { outsideC } from './weather.ts'

/** Of the cold outside, what reaches the coldest room of a heated home. */
const leaksInShare = 0.06
const mildC = 10

/** °C of the coldest room. */
export function temperatureAt(seed: string, plan: DayPlan, minute: number): number {
  const failing = plan.coldC?.[minute]
  if (failing !== undefined && !Number.isNaN(failing)) return failing
  const isHeated = is(plan, 'home', minute) && is(plan, 'awake', minute)
  // The sun and the stove: warmest in the late afternoon.
  const outside = outsideC(seed, plan.day.number, minute)
  return 17.8 + 1.1 * courseOf(minute) + (isHeated ? 0.6 : 0) + leaksInShare * Math.max(-25, Math.min(10, outside - mildC))
}

/** % of the dampest room. */
export function humidityAt(usualPercent: number, plan: DayPlan, minute: number): number {
  return Math.min(99, usualPercent + (plan.steam[minute] ?? 0) / 10 - 2 * courseOf(minute))
}

function courseOf(minute: number): number {
  return Math.cos(((minute - 1020) / 1440) * 2 * Math.PI)
}
