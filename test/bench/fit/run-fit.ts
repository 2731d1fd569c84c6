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
import { BadClaimsFolder, readClaims, readFrequency, readPurePremium, splitSample } from './reference-tables.ts'

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
  const frequency = await readFrequency(folder)
  const { train, test } = await splitSample(folder, frequency)
  const tables: Record<TableName, DataTable> = {
    frequency,
    train,
    'pure-premium': await readPurePremium(folder, frequency),
    sweden: await readClaims(folder, 'swautoins.csv.gz'),
    australia: await readClaims(folder, 'ausprivauto0405.csv.gz'),
    telematics: await readClaims(folder, 'fretelematic.csv.gz'),
  }
  const references: ReferenceResult[] = []
  for (const reference of referenceModels) {
    const unseen = reference.table === 'train' ? test : undefined
    references.push(await compareReference(folder, reference, tables[reference.table], unseen, threads))
  }
  const credibility = await compareHachemeister(folder)
  const seconds = Math.min(...Array.from({ length: timedRuns }, () => timeGlm1(train, threads)))
  const secondsOnOneThread = Math.min(...Array.from({ length: timedRuns }, () => timeGlm1(train, 1)))
  const { r, glum } = values.quick ? { r: null, glum: null } : await fitByOthers(train, values.python)
  const report = {
    references,
    credibility,
    seconds,
    secondsOnOneThread,
    rSeconds: r?.seconds ?? null,
    glumSeconds: glum?.seconds ?? null,
    rDeviance: r?.deviance ?? null,
    glumDeviance: glum?.deviance ?? null,
  }
  console.log(values.json ? JSON.stringify(report) : tableOf(report, threads))
}

function timeGlm1(train: DataTable, threads: number): number {
  const started = performance.now()
  const outcome = fitGlm(glm1, train, { threads })
  if (outcome.kind !== 'fitted') throw new BadClaimsFolder(`GLM1 was not fitted: ${JSON.stringify(outcome)}`)
  return (performance.now() - started) / 1000
}

interface Report {
  readonly references: readonly ReferenceResult[]
  readonly credibility: CredibilityResult
  readonly seconds: number
  readonly secondsOnOneThread: number
  readonly rSeconds: number | null
  readonly glumSeconds: number | null
}

function tableOf(
  { references, credibility, seconds, secondsOnOneThread, rSeconds, glumSeconds }: Report,
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
    theirs === null
      ? `  ${name} is not installed here`
      : `  ${name} ${theirs.toFixed(2)} s, ${(theirs / seconds).toFixed(1)} times as long`
  return [
    line(head),
    ...rows.map(line),
    '',
    ...losses,
    '',
    `  Hachemeister by Bühlmann-Straub: off by ${error(credibility.relativeError)} at most`,
    '',
    `  GLM1 in ${seconds.toFixed(2)} s on ${threads} threads, ${secondsOnOneThread.toFixed(2)} s on one`,
    other('R glm', rSeconds),
    other('glum', glumSeconds),
  ].join('\n')
}
