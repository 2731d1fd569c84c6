// What must be true of an edition's behaviours: measures that exist, rungs of the ladder, curves that rise, and bounds that
// leave the class price in and keep what the guard rails promise.

import { behaviourThresholds } from '../behaviour/thresholds.ts'
import { measureNames, measures } from '../rating/measure-table.ts'
import { measureOf, rungIndex } from '../rating/measures.ts'
import { curveProblems } from './curve-problems.ts'
import type { Behaviour, EditionDocument } from './edition-document.ts'

export function behaviourProblems(edition: EditionDocument): readonly string[] {
  const { behaviours, behaviourBounds, guardRails } = edition
  return [
    ...behaviours.flatMap((behaviour, index) => measuredProblems(`/behaviours/${index}`, behaviour, edition)),
    ...boundsProblems('/behaviourBounds', behaviourBounds.min, behaviourBounds.max),
    ...(guardRails.discountOnly && behaviourBounds.max > 1
      ? [`/behaviourBounds/max is ${behaviourBounds.max} in a plan that only gives discounts: lower it to 1`]
      : []),
  ]
}

function measuredProblems(path: string, behaviour: Behaviour, { product, guardRails }: EditionDocument): readonly string[] {
  const { measure: name, rungMps2, curve, min, max, untestedFactor } = behaviour
  const measure = measureOf(name)
  if (measure?.product !== product) {
    const known = measureNames.filter((candidate) => measures[candidate].product === product)
    return [`${path}/measure is "${name}", which is not measured for ${product}: use one of ${known.join(', ')}`]
  }
  const problems = [...curveProblems(`${path}/curve`, curve, 'rising'), ...boundsProblems(path, min ?? 0, max ?? 1)]
  const ladder = behaviourThresholds.event.ladderMps2
  if (measure.hasRung && rungMps2 === undefined) problems.push(`${path}/rungMps2 is missing: use one of ${ladder.join(', ')}`)
  if (!measure.hasRung && rungMps2 !== undefined) problems.push(`${path}/rungMps2 has no meaning for ${name}: take it out`)
  if (measure.hasRung && rungMps2 !== undefined && rungIndex(rungMps2) < 0)
    problems.push(`${path}/rungMps2: ${rungMps2} m/s² is not a rung of the ladder ${ladder.join(', ')}`)
  if (untestedFactor !== undefined && !measure.hasValve)
    problems.push(`${path}/untestedFactor has no meaning for ${name}: only water has a valve to test`)
  if (guardRails.discountOnly) problems.push(...surchargeProblems(path, behaviour))
  return problems
}

function surchargeProblems(path: string, { curve, max, untestedFactor = 1 }: Behaviour): readonly string[] {
  const promised = 'in a plan that only gives discounts'
  const held = max !== undefined && max <= 1
  return [
    ...(max !== undefined && max > 1 ? [`${path}/max is ${max} ${promised}: lower it to 1`] : []),
    ...curve.flatMap(([, factor], index) =>
      factor > 1 ? [`${path}/curve/${index} is ${factor} ${promised}: lower it to 1`] : [],
    ),
    ...(!held && curve.every(([, factor]) => factor <= 1) && curve.some(([, factor]) => factor * untestedFactor > 1)
      ? [`${path}/untestedFactor of ${untestedFactor} makes a surcharge ${promised}: lower it, or give the behaviour a max of 1`]
      : []),
  ]
}

function boundsProblems(path: string, min: number, max: number): readonly string[] {
  return min <= 1 && max >= 1 ? [] : [`${path} from ${min} to ${max} leaves out 1, the class price: let it in`]
}
