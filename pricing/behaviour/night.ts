// What counts as night.

import { type BehaviourThresholds, behaviourThresholds } from './thresholds.ts'

export function isNight(minuteOfDay: number, { night }: BehaviourThresholds = behaviourThresholds): boolean {
  return night.fromMinute <= night.toMinute
    ? minuteOfDay >= night.fromMinute && minuteOfDay < night.toMinute
    : minuteOfDay >= night.fromMinute || minuteOfDay < night.toMinute
}
