// The score and the heat map of a trip out of its course, as they are stored with its facts.

import Type from 'typebox'
import { type Course, rowsUntil } from '../behaviour/course.ts'
import type { LocalClock } from '../behaviour/local-clock.ts'
import { addSample, emptyProfile, emptySample } from './driving-profile.ts'
import { heatMapOf } from './heat-map.ts'
import { scoreOf } from './trip-score.ts'

const NumberOrNull = Type.Union([Type.Number(), Type.Null()])
const ComponentSchema = Type.Object({ value: NumberOrNull, figure: NumberOrNull, unit: Type.String() })

export const StoredScoreSchema = Type.Object({
  /** 0 worst … 100 best. */
  score: Type.Number({ minimum: 0, maximum: 100 }),
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  components: Type.Object({
    smoothness: ComponentSchema,
    speed: ComponentSchema,
    cornering: ComponentSchema,
    timeOfDay: ComponentSchema,
    distance: ComponentSchema,
  }),
  /** Thousandths of the moving time by speed, then by acceleration; empty when they were never known together. */
  heat: Type.Array(Type.Array(Type.Integer({ minimum: 0, maximum: 1000 }))),
})

export type StoredScore = Type.Static<typeof StoredScoreSchema>

/** @param endedAtMs rows after it do not belong to the trip */
export function scoreCourse(course: Course, endedAtMs: number, clock: LocalClock): StoredScore {
  const profile = emptyProfile()
  const sample = emptySample()
  const rows = rowsUntil(course, endedAtMs)
  for (let row = 0; row < rows; row += 1) {
    sample.tMs = course.tMs[row] ?? Number.NaN
    sample.speedKph = course.speedKph[row] ?? Number.NaN
    sample.latitude = course.latitude[row] ?? Number.NaN
    sample.longitude = course.longitude[row] ?? Number.NaN
    sample.limitKph = course.limitKph[row] ?? Number.NaN
    sample.longitudinalMps2 = course.longitudinalMps2[row] ?? Number.NaN
    sample.lateralMps2 = course.lateralMps2[row] ?? Number.NaN
    sample.yawDegPerS = course.yawDegPerS[row] ?? Number.NaN
    addSample(profile, sample, clock)
  }
  const { score, confidence, components } = scoreOf(profile)
  const { smoothness, speed, cornering, timeOfDay, distance } = components
  return {
    score,
    confidence,
    components: {
      smoothness: { ...smoothness },
      speed: { ...speed },
      cornering: { ...cornering },
      timeOfDay: { ...timeOfDay },
      distance: { ...distance },
    },
    heat: heatMapOf(profile.heat).map((row) => [...row]),
  }
}
