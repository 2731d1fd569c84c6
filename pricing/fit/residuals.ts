// What a fit leaves unexplained, row by row: deviance residuals (whose squares sum to the deviance) and Pearson residuals.

import { unitDeviance, varianceOf } from './family.ts'
import type { Fit } from './fit-glm.ts'

export function devianceResiduals({ family, mu, design: { rows } }: Fit): Float64Array {
  return mu.map((mean, row) => {
    const y = rows.y[row] ?? 0
    return Math.sign(y - mean) * Math.sqrt(Math.max(0, (rows.prior[row] ?? 0) * unitDeviance(family, y, mean)))
  })
}

export function pearsonResiduals({ family, mu, design: { rows } }: Fit): Float64Array {
  return mu.map((mean, row) => ((rows.y[row] ?? 0) - mean) * Math.sqrt((rows.prior[row] ?? 0) / varianceOf(family, mean)))
}
