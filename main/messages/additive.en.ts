// What `merit additive` says, in English. The Chinese file must have the same keys: the type says so.

import type { AdditiveEdition } from '../../pricing/additive/additive-edition.ts'
import type { FairnessNote, ModelLimit } from '../../pricing/additive/model-card.ts'

export const additiveEn = {
  usage:
    'merit additive FILE.csv[.gz] --response COLUMN --exposure COLUMN --factors A,B,C [--family poisson|gamma|1.5] [--up COLUMN] ' +
    '[--down COLUMN] [--pairs 20] [--by COLUMN] [--seed 1] [--test-share 0.1] [--per-response MINOR] [--edition FILE.json] [--card FILE.json] ' +
    '[--pictures FOLDER [--against COLUMN]], where COLUMN is what another model expects of each row: then there is a double lift too; ' +
    'with --by, a factor of few levels, every pair has a table for each of them',
  progress: (phase: 'screening' | 'mains' | 'pairs', fold: number, folds: number, round: number) =>
    ({
      screening: `Screening pairs, round ${round}`,
      mains: `Factors, fold ${fold} of ${folds}, round ${round}`,
      pairs: `Pairs, fold ${fold} of ${folds}, round ${round}`,
    })[phase],
  lossHeading: ['deviance per row × 100', 'one mean', 'this model'],
  heldOut: 'rows held out by the folds',
  training: 'rows learned from',
  test: (rows: string) => `${rows} rows never seen`,
  tableHeading: ['table', 'cells', 'lowest', 'highest', 'importance'],
  wrote: (file: string) => `Written: ${file}`,
  modelName: 'Additive model',
  notAnEdition: (problem: Exclude<AdditiveEdition, { kind: 'edition' }>) =>
    problem.kind === 'factor-out-of-range'
      ? `The table ${problem.factor} has the factor ${problem.value} at ${problem.cell}, which an edition does not take; leave the rows out that cause it, or group its levels. No edition was written.`
      : `The base rate would be ${problem.annualMinor} minor units; set --per-response to what one of the response costs in minor units.`,
  limits: 'Limits',
  limit: (limit: ModelLimit) => {
    switch (limit.kind) {
      case 'rows-not-policies':
        return 'Rows were held out one by one; where rows of one policy stand in several folds, the held-out figure is too good.'
      case 'thin-cells':
        return `${limit.cells} of ${limit.of} cells hold less than ${limit.exposureBelow} of exposure and rest on their neighbours.`
      case 'outside-seen':
        return `${limit.factor} was seen from ${limit.min} to ${limit.max}; beyond, the first or the last band holds.`
    }
  },
  fairness: (note: FairnessNote) =>
    note.kind === 'association'
      ? 'The tables say what goes together in these rows, not what causes claims.'
      : `Not tested: whether ${note.factors.join(', ')} stand for something that must not be rated on.`,
}

export type AdditiveMessages = typeof additiveEn
