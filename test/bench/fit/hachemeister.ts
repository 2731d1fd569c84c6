// Hachemeister's five states (1975) by Bühlmann and Straub, against the figures of R's actuar.

import { estimateCredibility } from '../../../pricing/credibility/buhlmann-straub.ts'
import { BadClaimsFolder, numbers, readClaims } from './reference-tables.ts'

const expected = {
  between: 89_638.7262,
  within: 139_120_025.925,
  mean: 1683.71343705,
  credibilities: [0.98474, 0.92764, 0.89848, 0.72791, 0.95879],
}

export interface CredibilityResult {
  readonly between: number
  readonly within: number
  readonly mean: number
  readonly credibilities: readonly number[]
  /** The largest over the three figures of the structure; the credibilities are known to five places. */
  readonly relativeError: number
  readonly credibilityError: number
}

export async function compareHachemeister(folder: string): Promise<CredibilityResult> {
  const table = await readClaims(folder, 'hachemeister.csv')
  const periods = Array.from({ length: 12 }, (_, index) => index + 1)
  const cell = (name: string, row: number): number => numbers(table, name)[row] ?? Number.NaN
  const portfolio = Array.from({ length: table.rows }, (_, row) => ({
    id: String(row + 1),
    ratios: periods.map((period) => cell(`ratio.${period}`, row)),
    weights: periods.map((period) => cell(`weight.${period}`, row)),
  }))
  const outcome = estimateCredibility(portfolio)
  if (outcome.kind !== 'estimated') throw new BadClaimsFolder(`Hachemeister's table was not estimated: ${outcome.kind}`)
  const { between, within, mean } = outcome.structure
  const credibilities = outcome.risks.map((risk) => risk.credibility)
  const off = (found: number, reference: number): number => Math.abs(found / reference - 1)
  return {
    between,
    within,
    mean,
    credibilities,
    relativeError: Math.max(off(between, expected.between), off(within, expected.within), off(mean, expected.mean)),
    credibilityError: Math.max(...credibilities.map((value, index) => Math.abs(value - (expected.credibilities[index] ?? 0)))),
  }
}
