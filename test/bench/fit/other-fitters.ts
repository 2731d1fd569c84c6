// The same model fitted by R's glm and by glum, where they are installed, on the rows of the same file: seconds of the fit alone, the
// table already in their memory and its columns prepared, as it is for ours.

import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DataTable } from '../../../pricing/fit/data-table.ts'

export interface OtherFit {
  readonly seconds: number
  readonly deviance: number
}

const columns = [
  'ClaimNb',
  'Exposure',
  'VehPower',
  'VehAge',
  'DrivAge',
  'BonusMalus',
  'VehBrand',
  'VehGas',
  'Density',
  'Region',
  'AreaGLM',
]

const inR = `
d <- read.csv(commandArgs(TRUE)[1], stringsAsFactors = TRUE)
d$ClaimNb <- pmin(d$ClaimNb, 4); d$Exposure <- pmin(d$Exposure, 1)
d$VehPower <- factor(pmin(d$VehPower, 9))
d$VehAge <- relevel(cut(d$VehAge, c(-1, 0, 10, 200)), ref = 2)
d$DrivAge <- relevel(cut(d$DrivAge, c(17, 20, 25, 30, 40, 50, 70, 200)), ref = 5)
d$BonusMalus <- pmin(d$BonusMalus, 150); d$Density <- log(d$Density); d$Region <- relevel(d$Region, ref = 'R24')
started <- proc.time()[3]
fit <- glm(ClaimNb ~ VehPower + VehAge + DrivAge + BonusMalus + VehBrand + VehGas + Density + Region + AreaGLM,
           data = d, offset = log(Exposure), family = poisson())
cat(sprintf('{"seconds": %.6f, "deviance": %.9f}', proc.time()[3] - started, fit$deviance))
`

/** The best of three: the first fit of a process also loads libraries. */
const inPython = `
import sys, json, time
import numpy as np, pandas as pd, glum
d = pd.read_csv(sys.argv[1])
y = np.minimum(d.ClaimNb, 4).values.astype(float)
offset = np.log(np.minimum(d.Exposure, 1)).values
X = pd.DataFrame({
    'VehPower': pd.Categorical(np.minimum(d.VehPower, 9)),
    'VehAge': pd.Categorical(pd.cut(d.VehAge, [-1, 0, 10, 200])),
    'DrivAge': pd.Categorical(pd.cut(d.DrivAge, [17, 20, 25, 30, 40, 50, 70, 200])),
    'BonusMalus': np.minimum(d.BonusMalus, 150).astype(float),
    'VehBrand': pd.Categorical(d.VehBrand), 'VehGas': pd.Categorical(d.VehGas),
    'Density': np.log(d.Density), 'Region': pd.Categorical(d.Region), 'AreaGLM': d.AreaGLM.astype(float)})
best = None
for _ in range(3):
    started = time.perf_counter()
    fit = glum.GeneralizedLinearRegressor(family='poisson', alpha=0, drop_first=True, gradient_tol=1e-6).fit(X, y, offset=offset)
    seconds = time.perf_counter() - started
    best = seconds if best is None else min(best, seconds)
mu = fit.predict(X, offset=offset)
deviance = 2 * np.sum(np.where(y > 0, y * np.log(np.maximum(y, 1) / mu), 0) - (y - mu))
print(json.dumps({'seconds': best, 'deviance': deviance}))
`

/** @param train the rows that GLM1 is fitted on; @param python the interpreter that has glum. null for what is not installed. */
export async function fitByOthers(train: DataTable, python: string): Promise<{ r: OtherFit | null; glum: OtherFit | null }> {
  const folder = await mkdtemp(join(tmpdir(), 'merit-bench-fit-'))
  try {
    const file = join(folder, 'train.csv')
    await writeFile(file, csvOf(train))
    await writeFile(join(folder, 'glm.R'), inR)
    await writeFile(join(folder, 'glm.py'), inPython)
    const r = await outputOf('Rscript', ['--vanilla', join(folder, 'glm.R'), file])
    const glum = await outputOf(python, [join(folder, 'glm.py'), file])
    return { r: parseFit(r), glum: parseFit(glum) }
  } finally {
    await rm(folder, { recursive: true })
  }
}

function csvOf(table: DataTable): string {
  const cells = columns.map((name): ((row: number) => string) => {
    const column = table.columns.get(name)
    if (column?.kind === 'numeric') return (row) => String(column.values[row])
    return (row) => column?.levels[column.codes[row] ?? 0] ?? ''
  })
  const lines = [columns.join(',')]
  for (let row = 0; row < table.rows; row++) lines.push(cells.map((cell) => cell(row)).join(','))
  return `${lines.join('\n')}\n`
}

/** What a program printed, or undefined when it is not there or failed. */
function outputOf(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, [...args], { stdio: ['ignore', 'pipe', 'ignore'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', () => resolve(undefined))
    child.on('close', (code) => resolve(code === 0 ? Buffer.concat(chunks).toString() : undefined))
  })
}

function parseFit(text: string | undefined): OtherFit | null {
  if (text === undefined) return null
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || !('seconds' in value) || !('deviance' in value)) return null
  const { seconds, deviance } = value
  return typeof seconds === 'number' && typeof deviance === 'number' ? { seconds, deviance } : null
}
