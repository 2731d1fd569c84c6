// Fits one reference model and says how far it is from the reference: deviance, dispersion, coefficients, standard errors, losses.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { DataTable } from '../../../pricing/fit/data-table.ts'
import { unitDeviance } from '../../../pricing/fit/family.ts'
import { type Fit, fitGlm } from '../../../pricing/fit/fit-glm.ts'
import { type Predicted, predictMeans } from '../../../pricing/fit/predict-means.ts'
import type { ReferenceModel } from './reference-models.ts'
import { BadClaimsFolder, NoClaimsFile } from './reference-tables.ts'

export interface ReferenceResult {
  readonly name: string
  readonly rows: number
  readonly parameters: number
  readonly iterations: number
  readonly deviance: number
  /** As the reference states it, else the deviance of its coefficients on this table. */
  readonly expected: number
  readonly relativeError: number
  readonly phi: number
  readonly phiRelativeError: number | null
  /** The largest over the coefficients, relative to the coefficient or its standard error, whichever is larger. */
  readonly coefficientError: number
  /** The largest relative to the coefficient alone, however near to 0 it is. */
  readonly coefficientRelativeError: number
  readonly standardErrorRelativeError: number
  readonly losses: Losses | null
  readonly seconds: number
}

interface Losses {
  readonly inSample: number
  readonly outOfSample: number
  readonly expectedInSample: number
  readonly expectedOutOfSample: number
}

export async function compareReference(
  folder: string,
  { name, model, coefficients, deviance, phi, epsilon, losses }: ReferenceModel,
  table: DataTable,
  test: DataTable | undefined,
  threads: number,
): Promise<ReferenceResult> {
  const started = performance.now()
  const outcome = fitGlm(model, table, { threads, ...(epsilon === undefined ? {} : { epsilon }) })
  const seconds = (performance.now() - started) / 1000
  if (outcome.kind !== 'fitted') throw new BadClaimsFolder(`${name} was not fitted: ${JSON.stringify(outcome)}`)
  const { fit } = outcome
  const expected = await readCoefficients(folder, coefficients)
  const errors = expected.map(({ term, estimate, standardError }) => {
    const own = fit.coefficients.find((coefficient) => `${coefficient.term}${coefficient.level ?? ''}` === term)
    const distance = Math.abs((own?.estimate ?? Number.NaN) - estimate)
    return {
      scaled: distance / Math.max(Math.abs(estimate), standardError),
      relative: distance / Math.abs(estimate),
      standardError: Math.abs((own?.standardError ?? Number.NaN) / standardError - 1),
    }
  })
  const largest = (of: (error: (typeof errors)[number]) => number): number => Math.max(...errors.map(of))
  const stated = losses === undefined ? deviance : (losses.inSample / 100) * table.rows
  const expectedDeviance = stated ?? devianceOf(fit, expected, table)
  return {
    name,
    rows: fit.mu.length,
    parameters: fit.coefficients.length,
    iterations: fit.iterations,
    deviance: fit.deviance,
    expected: expectedDeviance,
    relativeError: Math.abs(fit.deviance / expectedDeviance - 1),
    phi: fit.phi,
    phiRelativeError: phi === undefined ? null : Math.abs(fit.phi / phi - 1),
    coefficientError: expected.length === fit.coefficients.length ? largest((error) => error.scaled) : Number.NaN,
    coefficientRelativeError: largest((error) => error.relative),
    standardErrorRelativeError: largest((error) => error.standardError),
    losses:
      losses === undefined || test === undefined
        ? null
        : {
            inSample: (100 * fit.deviance) / fit.mu.length,
            outOfSample: lossOutOfSample(fit, test),
            expectedInSample: losses.inSample,
            expectedOutOfSample: losses.outOfSample,
          },
    seconds,
  }
}

/** The deviance that the reference's own coefficients have on the table. */
function devianceOf(fit: Fit, reference: readonly ReferenceCoefficient[], table: DataTable): number {
  const estimates = new Map(reference.map(({ term, estimate }) => [term, estimate]))
  const coefficients = fit.coefficients.map((own) => ({
    ...own,
    estimate: estimates.get(`${own.term}${own.level ?? ''}`) ?? Number.NaN,
  }))
  const { mu, y, prior } = predicted({ ...fit, coefficients }, table)
  let sum = 0
  for (let row = 0; row < y.length; row++) sum += (prior[row] ?? 0) * unitDeviance(fit.family, y[row] ?? 0, mu[row] ?? 0)
  return sum
}

function predicted(fit: Fit, table: DataTable): Extract<Predicted, { kind: 'predicted' }> {
  const outcome = predictMeans(fit, table)
  if (outcome.kind === 'predicted') return outcome
  throw new BadClaimsFolder(`${fit.model.name} cannot be predicted: ${JSON.stringify(outcome)}`)
}

/** 100 × the mean deviance of rows that the fit has not seen. */
function lossOutOfSample(fit: Fit, test: DataTable): number {
  const predicted = predictMeans(fit, test)
  if (predicted.kind !== 'predicted')
    throw new BadClaimsFolder(`the test sample cannot be predicted: ${JSON.stringify(predicted)}`)
  const { mu, y } = predicted
  let sum = 0
  for (let row = 0; row < y.length; row++) sum += unitDeviance(fit.family, y[row] ?? 0, mu[row] ?? 0)
  return (100 * sum) / y.length
}

interface ReferenceCoefficient {
  readonly term: string
  readonly estimate: number
  readonly standardError: number
}

async function readCoefficients(folder: string, name: string): Promise<readonly ReferenceCoefficient[]> {
  const file = join('reference', `coef_${name}.csv`)
  const text = await readFile(join(folder, file), 'utf8').catch(() => {
    throw new NoClaimsFile(`${file} cannot be read from ${folder}`)
  })
  const [, ...rows] = parse(text)
  return rows.map(([term = '', estimate, standardError]) => ({
    term,
    estimate: Number(estimate),
    standardError: Number(standardError),
  }))
}
