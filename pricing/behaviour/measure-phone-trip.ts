// Measures a trip again whose readings say how a phone moved: what it felt is put into the vehicle's axes first. How it lay is known only
// when the whole trip has been heard, so this reads the trip twice and keeps nothing of it; while it is driven, its speed has to do.

import type { Reading } from '../../devices/contract/reading.ts'
import type { TripFacts } from '../trip-facts.ts'
import type { LocalClock } from './local-clock.ts'
import { measureTrip } from './measure-trip.ts'
import { learnMounting, mountingsOf, newLearner } from './phone-mountings.ts'
import { phoneTranslator } from './phone-translator.ts'
import { emptySample, readSample } from './sample.ts'
import { type BehaviourThresholds, behaviourThresholds } from './thresholds.ts'
import { addToTrip, newMeasurement } from './trip-measurement.ts'

/**
 * @param readings gives the trip's readings from its first to `endedAtMs`, inclusive; called twice
 * @returns undefined where no mounting was found: the trip is best measured without
 */
export async function measurePhoneTrip(
  readings: () => AsyncIterable<Reading> | Iterable<Reading>,
  endedAtMs: number,
  clock: LocalClock,
  thresholds: BehaviourThresholds = behaviourThresholds,
): Promise<TripFacts | undefined> {
  const learner = newLearner()
  for await (const reading of readings()) if (reading.kind === 'vehicle') learnMounting(learner, reading)
  const mountings = mountingsOf(learner)
  if (mountings.length === 0) return undefined
  const translate = phoneTranslator(mountings)
  const measurement = newMeasurement(clock, thresholds)
  const sample = emptySample()
  for await (const reading of readings()) {
    if (reading.kind !== 'vehicle') continue
    readSample(sample, translate(reading))
    addToTrip(measurement, sample, true)
  }
  return measureTrip(measurement, endedAtMs)
}
