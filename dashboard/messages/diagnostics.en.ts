// What the pictures of a fitted model say in English.

import type { DiagnosticWords } from '../../pricing/fit-diagnostics/diagnostic-words.ts'

const number = (value: number, decimals: number): string =>
  value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
const percent = (share: number, decimals: number): string => `${number(share * 100, decimals)} %`

export const diagnosticWords: DiagnosticWords = {
  language: 'en',
  number,
  percent,
  pageTitle: 'How well the model fits',
  tableOfSame: 'The same as a table',
  observed: 'Observed',
  expected: 'Expected',
  expectedOf: (model) => `Observed share, ordered by ${model}`,
  exposure: 'Exposure',
  rate: 'Rate per unit of exposure',
  interval: '95 % interval',
  group: 'Group',
  groupOf: (groups) => `Groups of equal exposure, 1 the lowest expected rate, ${groups} the highest`,
  relativeRate: 'Rate, 1 = average',
  ratio: (proposed, current) => `${proposed} over ${current}`,
  exposureShare: 'Share of exposure, from the lowest expected rate up',
  observedShare: 'Share of what was observed',
  equal: 'No order at all',
  gini: 'Gini',
  doubleLiftTitle: (proposed, current) => `Double lift: ${proposed} against ${current}`,
  doubleLiftCaption: ({ proposed, current, proposedError, currentError }) =>
    `Rows ordered by how much more ${proposed} expects than ${current}, in groups of equal exposure; the line that stays with the observed one is the model to believe. ` +
    `On average ${proposed} is ${percent(proposedError, 1)} away from it, ${current} ${percent(currentError, 1)}.`,
  lorenzTitle: 'Ordered Lorenz curve',
  lorenzCaption: (curves) =>
    `Rows from the lowest expected rate to the highest: the further a curve hangs below the straight line, the better the model tells good risks from bad. ` +
    `${curves.map(({ name, gini }) => `Gini index of ${name}: ${number(gini, 3)}`).join('; ')}.`,
  calibrationTitle: (model) => `Calibration of ${model}`,
  calibrationCaption: ({ balance, within, groups }) =>
    `Expected and observed rate of groups of equal exposure. In ${within} of ${groups} groups the expected rate lies within the 95 % interval of the observed one; ` +
    `in total ${percent(balance, 1)} of what was expected was observed.`,
  oneWayTitle: (factor) => `One way: ${factor}`,
  oneWayCaption: ({ model, within, levels }) =>
    `Observed rate and the rate ${model} expects, with the exposure as bars. In ${within} of ${levels} levels the expected rate lies within the 95 % interval of the observed one.`,
}
