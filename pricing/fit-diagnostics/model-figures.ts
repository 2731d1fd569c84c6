// All pictures of one model on rows it has not learned from, beside another model where there is one.

import type { DataTable } from '../fit/data-table.ts'
import { calibration } from './calibration.ts'
import type { DiagnosticWords } from './diagnostic-words.ts'
import type { Figure } from './diagnostics-page.ts'
import { doubleLift } from './double-lift.ts'
import { describeDoubleLift, drawDoubleLift } from './draw-double-lift.ts'
import { describeLorenz, drawLorenz } from './draw-lorenz.ts'
import { describeCalibration, describeOneWay, drawCalibration, drawOneWay } from './draw-rates.ts'
import { lorenz } from './lorenz.ts'
import { oneWay } from './one-way.ts'

export interface RatedModel {
  readonly name: string
  /** In total for each row. */
  readonly expected: ArrayLike<number>
}

/** @param factors columns of the table to look at one way */
export function modelFigures(
  table: DataTable,
  given: { readonly observed: ArrayLike<number>; readonly exposure: ArrayLike<number> },
  model: RatedModel,
  current: RatedModel | undefined,
  factors: readonly string[],
  words: DiagnosticWords,
): readonly Figure[] {
  const rows = { ...given, expected: model.expected }
  const figures: Figure[] = []
  if (current !== undefined) {
    const lift = doubleLift({ ...given, expected: current.expected }, model.expected, [current.name, model.name])
    figures.push({ id: 'double-lift', svg: drawDoubleLift(lift, words), text: describeDoubleLift(lift, words) })
  }
  const models = current === undefined ? [model] : [current, model]
  const curves = models.map(({ name, expected }) => lorenz({ ...given, expected }, name))
  figures.push({ id: 'lorenz', svg: drawLorenz(curves, words), text: describeLorenz(curves, words) })
  const calibrated = calibration(rows, model.name)
  figures.push({ id: 'calibration', svg: drawCalibration(calibrated, words), text: describeCalibration(calibrated, words) })
  for (const factor of factors) {
    const column = table.columns.get(factor)
    if (column === undefined) continue
    const seen = oneWay(rows, factor, column, model.name)
    figures.push({ id: `one-way-${factor}`, svg: drawOneWay(seen, words), text: describeOneWay(seen, words) })
  }
  return figures
}
