// The shapes of how good a trip's data was, and of what was noticed on it, as the API answers them.

import Type from 'typebox'
import { TripFactsSchema } from '../../pricing/trip-facts.ts'

const { confidence, agreement, clockTrust, doubts, carried, checks, observations } = TripFactsSchema.properties

/** None of it enters a rate: a gap never counts against anyone. */
export const TripQualitySchema = Type.Object({ confidence, agreement, clockTrust, doubts, carried, checks })

/** Samples around the peak are columns of equal length, times in milliseconds after the observation's start. */
export const ObservationSchema = observations.items
