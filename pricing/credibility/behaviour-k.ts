// K of each behaviour from what policies have driven: their trips cut into periods are the experiences of Bühlmann and Straub, with the
// kilometres in which the behaviour would have been noticed as weights. K is then in kilometres, as an edition has it.

import type { Behaviour } from '../edition/edition-document.ts'
import { drivenFacts } from '../experience.ts'
import { exposureOf, measureOf, partOf, rungIndex, wholeOf } from '../rating/measures.ts'
import { addTrips, type SummedTrip } from '../trip-sums.ts'
import { type CredibilityOutcome, type Experience, estimateCredibility, type StructureMethod } from './buhlmann-straub.ts'

/** Four weeks even out the days of the week and still give a year thirteen periods. */
export const periodDaysDefault = 28
/** An estimate from fewer policies says more about them than about the book. */
export const policiesForKMin = 30
const dayMs = 86_400_000

export interface BehaviourK {
  readonly behaviour: string
  readonly measure: string
  readonly currentK: number
  /** Policies with any exposure. */
  readonly policies: number
  readonly outcome: CredibilityOutcome
}

/** Collects the experience policy by policy, so that no more than one policy's trips are in memory. */
export class BehaviourExperience {
  readonly #behaviours: readonly Behaviour[]
  readonly #periodMs: number
  readonly #portfolios: readonly Experience[][]

  /** @param behaviours of a motor plan */
  constructor(behaviours: readonly Behaviour[], periodDays: number) {
    this.#behaviours = behaviours
    this.#periodMs = periodDays * dayMs
    this.#portfolios = behaviours.map(() => [])
  }

  /** @param trips of one policy, in any order; what does not rate is left out */
  add(policyId: string, trips: readonly SummedTrip[]): void {
    const periods = new Map<number, SummedTrip[]>()
    for (const trip of trips) {
      const period = Math.floor(trip.startedAtMs / this.#periodMs)
      const own = periods.get(period)
      if (own === undefined) periods.set(period, [trip])
      else own.push(trip)
    }
    const facts = [...periods.entries()].sort(([a], [b]) => a - b).map(([, own]) => drivenFacts({}, addTrips(own)))
    this.#behaviours.forEach(({ measure: name, rungMps2 }, index) => {
      const measure = measureOf(name)
      if (measure === undefined) return
      const rung = rungMps2 === undefined ? -1 : rungIndex(rungMps2)
      const observed = facts.filter((period) => exposureOf(measure.name, period) > 0 && wholeOf(measure.name, period) > 0)
      if (observed.length === 0) return
      this.#portfolios[index]?.push({
        id: policyId,
        ratios: observed.map((period) => (partOf(measure.name, period, rung) * measure.scale) / wholeOf(measure.name, period)),
        weights: observed.map((period) => exposureOf(measure.name, period)),
      })
    })
  }

  estimate(method: StructureMethod): readonly BehaviourK[] {
    return this.#behaviours.map(({ id, measure, k }, index) => {
      const portfolio = this.#portfolios[index] ?? []
      return { behaviour: id, measure, currentK: k, policies: portfolio.length, outcome: estimateCredibility(portfolio, method) }
    })
  }
}
