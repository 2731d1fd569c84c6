// The score and the heat map of a trip as they are stored with its facts.

import Type from 'typebox'
import type { DrivingProfile } from './driving-profile.ts'
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

/** @param profile settled by it */
export function storedScore(profile: DrivingProfile): StoredScore {
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
