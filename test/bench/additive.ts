// `bench additive --data FOLDER`: GLM1 and the additive model on the same split, with pairs for everybody and with pairs by the
// level of a third factor, what they lose on rows they have not seen, and
// every row of the test sample rated again by worksheet through the exported edition. The settings are those of the product,
// chosen on folds of the training rows; nothing here looks at the test sample before the model is made.

import { parseArgs } from 'node:util'
import { additiveEdition, editionTolerance } from '../../pricing/additive/additive-edition.ts'
import { type AdditiveModel, type AdditiveSettings, cellCount, predictAdditive } from '../../pricing/additive/additive-model.ts'
import { type AdditiveProgress, defaultSettings, fitAdditive } from '../../pricing/additive/fit-additive.ts'
import type { AdditiveSpec } from '../../pricing/additive/training-data.ts'
import type { EditionDocument } from '../../pricing/edition/edition-document.ts'
import { type DataTable, numeric } from '../../pricing/fit/data-table.ts'
import { unitDeviance } from '../../pricing/fit/family.ts'
import { fitGlm } from '../../pricing/fit/fit-glm.ts'
import { predictMeans } from '../../pricing/fit/predict-means.ts'
import { compileEdition } from '../../pricing/rating/compile.ts'
import { noDriving } from '../../pricing/rating/facts.ts'
import { glm1 } from './fit/reference-models.ts'
import { BadClaimsFolder, numbers, readFrequency, splitSample, withColumns } from './fit/reference-tables.ts'

const columns = ['VehPower', 'VehAge', 'DrivAge', 'BonusMalus', 'VehBrand', 'VehGas', 'Density', 'Area', 'Region']
const claimsMax = 4
const yearsMax = 1
/** A claim of 2,000.00: any amount will do, what is compared is relative. */
const minorPerClaim = 200_000
const poisson = { kind: 'poisson' } as const

interface Losses {
  readonly name: string
  /** 100 × the mean Poisson deviance. */
  readonly inSample: number
  readonly outOfSample: number
  readonly heldOut?: number
  readonly seconds: number
}

export async function runAdditive(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      seed: { type: 'string', default: String(defaultSettings.seed) },
      up: { type: 'string', multiple: true, default: [] },
      by: { type: 'string', default: 'VehGas' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  if (values.data === undefined) {
    throw new BadClaimsFolder('bench additive needs --data FOLDER with freMTPL2freq.csv.gz and its reference/ split; see README.')
  }
  const { train, test } = await readSplit(values.data)
  const settings = { ...defaultSettings, seed: Number(values.seed), ...(values.quick ? { folds: 2 } : {}) }
  const spec: AdditiveSpec = {
    family: poisson,
    response: 'ClaimNb',
    exposure: 'Exposure',
    factors: columns.map((column) => (values.up.includes(column) ? { column, direction: 'up' } : { column })),
  }
  const mainsOnly = timed(() => fitModel(train, spec, { ...settings, pairs: 0 }))
  const shared = timed(() => fitModel(train, spec, settings))
  const whole = timed(() => fitModel(train, { ...spec, by: values.by }, settings))
  const model = whole.result
  const losses: readonly Losses[] = [
    homogeneousLosses(train, test),
    glmLosses(train, test),
    { name: 'additive, mains only', ...additiveLosses(mainsOnly.result, train, test), seconds: mainsOnly.seconds },
    { name: 'additive, mains and pairs', ...additiveLosses(shared.result, train, test), seconds: shared.seconds },
    { name: `additive, pairs by ${values.by}`, ...additiveLosses(model, train, test), seconds: whole.seconds },
  ]
  const made = additiveEdition(model, {
    planId: 'additive',
    title: 'Additive model',
    note: '',
    currency: 'EUR',
    coverage: 'liability',
    minorPerResponse: minorPerClaim,
    factorDecimals: 6,
  })
  if (made.kind !== 'edition') throw new BadClaimsFolder(`The model does not fit into an edition: ${JSON.stringify(made)}`)
  const report = {
    losses,
    tables: model.mains.length + model.pairs.length,
    cells: cellCount(model),
    pairs: model.pairs.map(({ factors, gain, where }) => ({ factors, gain, level: where?.level })),
    unseenProfiles: unseenProfiles(model, train, test),
    worksheets: rerated(model, made.edition, test),
  }
  console.log(values.json ? JSON.stringify(report) : tableOf(report))
}

async function readSplit(folder: string): Promise<{ train: DataTable; test: DataTable }> {
  const frequency = await readFrequency(folder)
  const capped = (name: string, max: number) => numeric(numbers(frequency, name).map((value) => Math.min(max, value)))
  return splitSample(
    folder,
    withColumns(frequency, { ClaimNb: capped('ClaimNb', claimsMax), Exposure: capped('Exposure', yearsMax) }),
  )
}

function timed<Result>(run: () => Result): { result: Result; seconds: number } {
  const started = performance.now()
  const result = run()
  return { result, seconds: (performance.now() - started) / 1000 }
}

function fitModel(train: DataTable, spec: AdditiveSpec, settings: AdditiveSettings): AdditiveModel {
  const fitting = fitAdditive(train, spec, settings)
  for (;;) {
    const step = fitting.next()
    if (step.done !== true) {
      showProgress(step.value)
      continue
    }
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
    if (step.value.kind === 'fitted') return step.value.model
    throw new BadClaimsFolder(`The additive model was not fitted: ${JSON.stringify(step.value)}`)
  }
}

function showProgress({ phase, fold, folds, round }: AdditiveProgress): void {
  if (process.stderr.isTTY) process.stderr.write(`\r  ${phase} ${fold + 1}/${folds}, round ${round}\x1b[K`)
}

function homogeneousLosses(train: DataTable, test: DataTable): Losses {
  const sum = (name: string) => numbers(train, name).reduce((all, value) => all + value, 0)
  const mean = sum('ClaimNb') / sum('Exposure')
  const of = (table: DataTable) =>
    lossOf(
      table,
      numbers(table, 'Exposure').map((years) => years * mean),
    )
  return { name: 'homogeneous', inSample: of(train), outOfSample: of(test), seconds: 0 }
}

function glmLosses(train: DataTable, test: DataTable): Losses {
  const { result, seconds } = timed(() => fitGlm(glm1, train))
  if (result.kind !== 'fitted') throw new BadClaimsFolder(`GLM1 was not fitted: ${JSON.stringify(result)}`)
  const predicted = predictMeans(result.fit, test)
  if (predicted.kind !== 'predicted') throw new BadClaimsFolder(`GLM1 foretells nothing: ${JSON.stringify(predicted)}`)
  return { name: 'GLM1', inSample: lossOf(train, result.fit.mu), outOfSample: lossOf(test, predicted.mu), seconds }
}

function additiveLosses(model: AdditiveModel, train: DataTable, test: DataTable): Omit<Losses, 'name' | 'seconds'> {
  return {
    inSample: lossOf(train, expectedClaims(model, train)),
    outOfSample: lossOf(test, expectedClaims(model, test)),
    heldOut: 100 * model.training.heldOutDeviance,
  }
}

function expectedClaims(model: AdditiveModel, table: DataTable): Float64Array {
  const years = numbers(table, 'Exposure')
  return predictAdditive(model, table).map((mean, row) => mean * (years[row] ?? 0))
}

function lossOf(table: DataTable, expected: Float64Array): number {
  const claims = numbers(table, 'ClaimNb')
  return (100 * expected.reduce((sum, mean, row) => sum + unitDeviance(poisson, claims[row] ?? 0, mean), 0)) / table.rows
}

/**
 * The split is by row, and one policy may stand in several rows: what the model loses on rows with a combination of
 * characteristics that the training rows do not have, beside what the mean of the training rows loses on the same.
 */
function unseenProfiles(model: AdditiveModel, train: DataTable, test: DataTable) {
  const [known, keys] = [new Set(profiles(train)), profiles(test)]
  const rows = keys.flatMap((key, row) => (known.has(key) ? [] : [row]))
  const [claims, years] = [numbers(test, 'ClaimNb'), numbers(test, 'Exposure')]
  const mean = model.training.total / model.training.exposure
  const expected = expectedClaims(model, test)
  const loss = (of: (row: number) => number): number =>
    (100 * rows.reduce((sum, row) => sum + unitDeviance(poisson, claims[row] ?? 0, of(row)), 0)) / rows.length
  return { rows: rows.length, loss: loss((row) => expected[row] ?? 0), homogeneous: loss((row) => mean * (years[row] ?? 0)) }
}

function profiles(table: DataTable): readonly string[] {
  const cells = columns.map((name) => valuesOf(table, name))
  return Array.from({ length: table.rows }, (_, row) => cells.map((value) => value(row)).join('|'))
}

function valuesOf(table: DataTable, name: string): (row: number) => number | string {
  const column = table.columns.get(name)
  if (column === undefined) throw new BadClaimsFolder(`there is no column ${name}`)
  return column.kind === 'numeric' ? (row) => column.values[row] ?? 0 : (row) => column.levels[column.codes[row] ?? 0] ?? ''
}

/** Every row's unrounded amount on its worksheet against the model's mean. */
function rerated(model: AdditiveModel, edition: EditionDocument, test: DataTable) {
  const { worksheet } = compileEdition(edition)
  const means = predictAdditive(model, test)
  const values = columns.map((name) => valuesOf(test, name))
  const started = performance.now()
  let largestDifference = 0
  for (let row = 0; row < test.rows; row++) {
    const facts = Object.fromEntries(columns.map((name, at) => [name, values[at]?.(row) ?? 0]))
    const steps = worksheet({ product: 'motor', class: facts, driving: noDriving })
    const amountMinor = steps.findLast(({ operation }) => operation !== 'round')?.amountMinor ?? 0
    largestDifference = Math.max(largestDifference, Math.abs(amountMinor / ((means[row] ?? 0) * minorPerClaim) - 1))
  }
  const seconds = (performance.now() - started) / 1000
  const document = JSON.stringify(edition)
  return { rated: test.rows, largestDifference, tolerance: editionTolerance(edition), seconds, editionBytes: document.length }
}

interface Report {
  readonly losses: readonly Losses[]
  readonly tables: number
  readonly cells: number
  readonly unseenProfiles: ReturnType<typeof unseenProfiles>
  readonly worksheets: ReturnType<typeof rerated>
}

function tableOf({ losses, tables, cells, unseenProfiles: unseen, worksheets }: Report): string {
  const figure = (value: number | undefined) => (value === undefined ? '' : value.toFixed(4)).padStart(14)
  return [
    `  ${'Poisson deviance × 100'.padEnd(28)}${['in sample', 'held out', 'out of sample', 'seconds'].map((name) => name.padStart(14)).join('')}`,
    ...losses.map(
      ({ name, inSample, heldOut, outOfSample, seconds }) =>
        `  ${name.padEnd(28)}${figure(inSample)}${figure(heldOut)}${figure(outOfSample)}${seconds.toFixed(1).padStart(14)}`,
    ),
    '',
    `  held out: folds of the training rows, which the settings were chosen by`,
    `  ${tables} tables with ${cells} cells`,
    `  ${unseen.rows} test rows whose characteristics no training row has: ${unseen.loss.toFixed(4)}, homogeneous ${unseen.homogeneous.toFixed(4)}`,
    `  ${worksheets.rated} test rows rated again by worksheet in ${worksheets.seconds.toFixed(1)} s: largest difference ` +
      `${worksheets.largestDifference.toExponential(1)}, stated tolerance ${worksheets.tolerance.toExponential(1)}; edition of ${(worksheets.editionBytes / 1000).toFixed(0)} kB`,
  ].join('\n')
}
