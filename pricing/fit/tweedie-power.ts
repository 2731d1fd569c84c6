// The profile likelihood of the Tweedie power: for each power the model is fitted, the dispersion maximised, and the likelihood noted;
// around the best a parabola finds the maximum. Dunn and Smyth (2005), section 7.

import { UnfitData } from './data-problem.ts'
import type { DataTable } from './data-table.ts'
import { buildDesign } from './design.ts'
import type { ScoringOptions } from './fisher-scoring.ts'
import { type Fit, type FitOutcome, fitDesign } from './fit-glm.ts'
import { modelRows } from './model-rows.ts'
import type { ModelSpec } from './model-spec.ts'
import { TweedieLikelihood } from './tweedie-density.ts'

export const defaultPowers = [1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8]
/** The maximum is looked for until it moves less than this. */
const powerTolerance = 1e-4
const refinementsMax = 12
/** Half the 95 % point of chi-squared with one degree of freedom. */
const likelihoodDrop = 1.920729410347062

export interface PowerPoint {
  readonly power: number
  readonly phi: number
  readonly logLikelihood: number
}

export type PowerProfile =
  | {
      readonly kind: 'profiled'
      /** By power; those that were asked for and those tried on the way. */
      readonly points: readonly PowerPoint[]
      readonly best: PowerPoint
      readonly fit: Fit
      /** 95 %, by the parabola through the three points around the best; undefined where the best is at an end. */
      readonly interval: readonly [number, number] | undefined
    }
  | Exclude<FitOutcome, { kind: 'fitted' }>

/** @param model of any family: only response, weight and terms are read; @param powers at least three between 1 and 2, rising */
export function profileTweediePower(
  model: ModelSpec,
  table: DataTable,
  powers: readonly number[] = defaultPowers,
  options: ScoringOptions = {},
): PowerProfile {
  try {
    const family = { kind: 'tweedie', power: 1.5 } as const
    const rows = modelRows(model, family, table)
    const design = buildDesign(model, rows)
    const known = new Map<number, PowerPoint & { readonly fit: Fit }>()
    const tryPower = (power: number): Exclude<FitOutcome, { kind: 'fitted' }> | undefined => {
      const outcome = fitDesign({ ...model, family: { kind: 'tweedie', power }, link: 'log' }, design, options)
      if (outcome.kind !== 'fitted') return outcome
      const { fit } = outcome
      const { phi, logLikelihood } = new TweedieLikelihood({ y: rows.y, mu: fit.mu, prior: rows.prior }, power).maximise(fit.phi)
      known.set(power, { power, phi, logLikelihood, fit })
      return undefined
    }
    for (const power of powers) {
      const failure = tryPower(power)
      if (failure !== undefined) return failure
    }
    for (let refinement = 0; refinement < refinementsMax; refinement++) {
      const vertex = vertexAround([...known.values()])
      if (vertex === undefined || [...known.keys()].some((power) => Math.abs(power - vertex.power) < powerTolerance)) break
      const failure = tryPower(vertex.power)
      if (failure !== undefined) return failure
    }
    return described([...known.values()])
  } catch (error) {
    if (error instanceof UnfitData) return { kind: 'bad-data', problem: error.problem }
    throw error
  }
}

function described(points: readonly (PowerPoint & { readonly fit: Fit })[]): PowerProfile {
  const sorted = [...points].sort((a, b) => a.power - b.power)
  const best = sorted.reduce((a, b) => (b.logLikelihood > a.logLikelihood ? b : a))
  const vertex = vertexAround(sorted)
  const half = vertex === undefined ? 0 : Math.sqrt(likelihoodDrop / vertex.curvature)
  return {
    kind: 'profiled',
    points: sorted.map(({ power, phi, logLikelihood }) => ({ power, phi, logLikelihood })),
    best: { power: best.power, phi: best.phi, logLikelihood: best.logLikelihood },
    fit: best.fit,
    interval: vertex === undefined ? undefined : [best.power - half, best.power + half],
  }
}

/** Of the parabola through the best point and its neighbours; undefined when the best is at an end. */
function vertexAround(points: readonly PowerPoint[]): { readonly power: number; readonly curvature: number } | undefined {
  const sorted = [...points].sort((a, b) => a.power - b.power)
  const at = sorted.reduce(
    (best, point, index) => (point.logLikelihood > (sorted[best]?.logLikelihood ?? -Infinity) ? index : best),
    0,
  )
  const [left, middle, right] = [sorted[at - 1], sorted[at], sorted[at + 1]]
  if (left === undefined || middle === undefined || right === undefined) return undefined
  const rise = (middle.logLikelihood - left.logLikelihood) / (middle.power - left.power)
  const fall = (right.logLikelihood - middle.logLikelihood) / (right.power - middle.power)
  const curvature = (rise - fall) / (right.power - left.power)
  if (!(curvature > 0)) return undefined
  return { power: (left.power + middle.power) / 2 + rise / (2 * curvature), curvature }
}
