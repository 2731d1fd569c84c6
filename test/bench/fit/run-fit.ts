// `bench fit --data FOLDER`: fits every reference model of a claims folder, says how far each is from its reference, and times GLM1
// (610,212 rows, 49 parameters) against R's glm and glum in the same run, where these are installed.

import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import type { DataTable } from '../../../pricing/fit/data-table.ts'
import { fitGlm } from '../../../pricing/fit/fit-glm.ts'
import { compareReference, type ReferenceResult } from './compare-reference.ts'
import { type CredibilityResult, compareHachemeister } from './hachemeister.ts'
import { fitByOthers } from './other-fitters.ts'
import { glm1, referenceModels, type TableName } from './reference-models.ts'
import { BadClaimsFolder, NoClaimsFile, readClaims, readFrequency, readPurePremium, splitSample } from './reference-tables.ts'

const timedRuns = 3

export async function runFit(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      python: { type: 'string', default: 'python3' },
      threads: { type: 'string', default: String(Math.min(2, availableParallelism())) },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  if (values.data === undefined) {
    throw new BadClaimsFolder('bench fit needs --data FOLDER with the CASdatasets claims and their reference/ fits; see README.')
  }
  const threads = Number(values.threads)
  const folder = values.data
  const { tables, test, missing } = await readTables(folder)
  const references: ReferenceResult[] = []
  for (const reference of referenceModels) {
    const table = tables.get(reference.table)
    if (table === undefined) continue
    const unseen = reference.table === 'train' ? test : undefined
    const result = await ifThere(() => compareReference(folder, reference, table, unseen, threads))
    if (result === undefined) missing.push(`coef_${reference.coefficients}.csv`)
    else references.push(result)
  }
  const hachemeister = await ifThere(() => compareHachemeister(folder))
  const train = tables.get('train')
  const seconds = train === undefined ? null : Math.min(...Array.from({ length: timedRuns }, () => timeGlm1(train, threads)))
  const secondsOnOneThread = train === undefined ? null : Math.min(...Array.from({ length: timedRuns }, () => timeGlm1(train, 1)))
  const others = train === undefined || values.quick ? undefined : await fitByOthers(train, values.python)
  const report = {
    references,
    credibility: hachemeister ?? null,
    seconds,
    secondsOnOneThread,
    rSeconds: others?.r?.seconds ?? null,
    glumSeconds: others?.glum?.seconds ?? null,
    rDeviance: others?.r?.deviance ?? null,
    glumDeviance: others?.glum?.deviance ?? null,
    missing,
  }
  console.log(values.json ? JSON.stringify(report) : tableOf(report, threads))
}

interface Tables {
  readonly tables: ReadonlyMap<TableName, DataTable>
  /** The rows of the split that GLM1 to 3 have not seen. */
  readonly test: DataTable | undefined
  /** Files that the folder does not have: their references are left out. */
  readonly missing: string[]
}

/** @throws BadClaimsFolder when the folder has none of the files */
async function readTables(folder: string): Promise<Tables> {
  const tables = new Map<TableName, DataTable>()
  const missing: string[] = []
  const take = async (name: TableName, file: string, read: () => Promise<DataTable>): Promise<void> => {
    const table = await ifThere(read)
    if (table === undefined) missing.push(file)
    else tables.set(name, table)
  }
  await take('sweden', 'swautoins.csv.gz', () => readClaims(folder, 'swautoins.csv.gz'))
  await take('australia', 'ausprivauto0405.csv.gz', () => readClaims(folder, 'ausprivauto0405.csv.gz'))
  await take('telematics', 'fretelematic.csv.gz', () => readClaims(folder, 'fretelematic.csv.gz'))
  await take('frequency', 'freMTPL2freq.csv.gz', () => readFrequency(folder))
  const frequency = tables.get('frequency')
  let test: DataTable | undefined
  if (frequency !== undefined) {
    await take('pure-premium', 'freMTPL2sev.csv.gz', () => readPurePremium(folder, frequency))
    const split = await ifThere(() => splitSample(folder, frequency))
    if (split === undefined) missing.push('reference/testrows_orig_R350.csv.gz')
    else {
      tables.set('train', split.train)
      test = split.test
    }
  }
  if (tables.size === 0) throw new BadClaimsFolder(`${folder} has none of the files that are fitted: ${missing.join(', ')}.`)
  return { tables, test, missing }
}

/** Undefined for what the folder does not have. */
async function ifThere<Found>(read: () => Promise<Found>): Promise<Found | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof NoClaimsFile) return undefined
    throw error
  }
}

function timeGlm1(train: DataTable, threads: number): number {
  const started = performance.now()
  const outcome = fitGlm(glm1, train, { threads })
  if (outcome.kind !== 'fitted') throw new BadClaimsFolder(`GLM1 was not fitted: ${JSON.stringify(outcome)}`)
  return (performance.now() - started) / 1000
}

interface Report {
  readonly references: readonly ReferenceResult[]
  readonly credibility: CredibilityResult | null
  readonly seconds: number | null
  readonly secondsOnOneThread: number | null
  readonly rSeconds: number | null
  readonly glumSeconds: number | null
  readonly missing: readonly string[]
}

function tableOf(
  { references, credibility, seconds, secondsOnOneThread, rSeconds, glumSeconds, missing }: Report,
  threads: number,
): string {
  const error = (value: number | null): string => (value === null ? '-' : value.toExponential(1))
  const head = ['reference', 'rows', 'parameters', 'deviance', 'off by', 'phi', 'coefficients', 'their errors', 'seconds']
  const rows = references.map((result) => [
    result.name,
    String(result.rows),
    String(result.parameters),
    result.deviance.toFixed(6),
    error(result.relativeError),
    error(result.phiRelativeError),
    error(result.coefficientRelativeError),
    error(result.standardErrorRelativeError),
    result.seconds.toFixed(2),
  ])
  const losses = references.flatMap(({ name, losses: found }) =>
    found === null
      ? []
      : [
          `  ${name}: loss in sample ${found.inSample.toFixed(4)} (${found.expectedInSample.toFixed(4)}), ` +
            `out of sample ${found.outOfSample.toFixed(4)} (${found.expectedOutOfSample.toFixed(4)})`,
        ],
  )
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`
  const other = (name: string, theirs: number | null): string =>
    theirs === null || seconds === null
      ? `  ${name} was not timed: it is not installed here, or the table is not there`
      : `  ${name} ${theirs.toFixed(2)} s, ${(theirs / seconds).toFixed(1)} times as long`
  return [
    line(head),
    ...rows.map(line),
    '',
    ...losses,
    '',
    `  Hachemeister by Bühlmann-Straub: off by ${error(credibility?.relativeError ?? null)} at most`,
    '',
    `  GLM1 in ${seconds?.toFixed(2) ?? '-'} s on ${threads} threads, ${secondsOnOneThread?.toFixed(2) ?? '-'} s on one`,
    other('R glm', rSeconds),
    other('glum', glumSeconds),
    ...missing.map((file) => `  ${file} is not in the folder: its references were left out`),
  ].join('\n')
}
