// The shapes of a trip's score and of its heat map, as the API answers them.

import Type from 'typebox'
import { StoredScoreSchema } from '../../pricing/score/score-course.ts'

export const ShownScoreSchema = Type.Object({
  score: StoredScoreSchema.properties.score,
  confidence: StoredScoreSchema.properties.confidence,
  components: StoredScoreSchema.properties.components,
})

/** Thousandths of the moving time, a row for each bucket of speed and in it a number for each bucket of acceleration. */
export const HeatSchema = StoredScoreSchema.properties.heat

export type ShownScore = Type.Static<typeof ShownScoreSchema>
