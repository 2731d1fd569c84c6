// What `merit fit` and `merit credibility` say, in English. The Chinese file must have the same keys: the type says so.

import type { CredibilityOutcome } from '../../pricing/credibility/buhlmann-straub.ts'
import type { NotExported } from '../../pricing/fit/class-factors.ts'
import type { DataProblem } from '../../pricing/fit/data-problem.ts'
import type { ModelProblem } from '../../pricing/fit/parse-model.ts'
import type { TableProblem } from '../../pricing/fit/parse-table.ts'
import type { Separated } from '../../pricing/fit/separation.ts'

export const fitEn = {
  usage:
    'merit fit MODEL.json --data FILE.csv[.gz] [--relativities FILE.csv] [--factors FILE.json] [--powers 1.3,1.5,1.7] [--threads N]',
  credibilityUsage: 'merit credibility --plan PLAN [--period-days 28] [--method unbiased|iterative]',
  noFile: (file: string) => `${file} cannot be read.`,
  notJson: (file: string, reason: string) => `${file} is not JSON: ${reason}.`,
  badModel: (file: string, problems: string) => `${file} is not a model: ${problems}.`,
  model: (problem: ModelProblem): string => {
    const place = problem.place === '' ? 'the document' : problem.place
    switch (problem.kind) {
      case 'missing':
        return `${place} lacks "${problem.name}"`
      case 'unknown-name':
        return `${place} has "${problem.name}", which means nothing here; correct its spelling or remove it`
      case 'not-one-of':
        return `${place} must be ${problem.allowed.join(', ')}`
      case 'wrong-type':
        return `${place} must be of the type ${problem.expected}`
      case 'out-of-range':
        return `${place} ${problem.rule}`
      case 'duplicate-id':
        return `${place} uses "${problem.id}" a second time; give it an id of its own`
      case 'open-band':
        return `${place}: every band but the last needs "below", and the last has none`
      case 'not-rising':
        return `${place}: the values must rise, and knots lie inside of the boundary`
      case 'unknown-term':
        return `${place} must be the id of an earlier term; there is none called "${problem.id}"`
    }
  },
  reading: (file: string) => `Reading ${file} …`,
  fitting: (model: string, rows: string) => `Fitting ${model} to ${rows} rows …`,
  testing: (terms: number) => `Testing ${terms} terms …`,
  profiling: (powers: string) => `Profiling the power at ${powers} …`,
  table: (problem: TableProblem): string => {
    switch (problem.kind) {
      case 'empty':
        return 'the file is empty; its first line has to name the columns'
      case 'no-header-name':
        return `column ${problem.position} of the first line has no name; name it, or remove the column`
      case 'duplicate-column':
        return `two columns are called ${problem.column}; rename one`
      case 'no-column':
        return `there is no column ${problem.column}; the file has ${problem.columns.join(', ')}`
      case 'cells':
        return (
          `line ${problem.line} has ${problem.found} cells, the first line ${problem.expected}; ` +
          'if numbers have a decimal comma, write a point'
        )
      case 'open-quote':
        return `the quote that opens on line ${problem.line} never closes; add a closing quote`
      case 'decimal-comma':
        return `line ${problem.line}, column ${problem.column}: "${problem.text}" has a decimal comma; write ${problem.text.trim().replace(',', '.')}`
      case 'not-a-number':
        return `line ${problem.line}, column ${problem.column}: "${problem.text}" is no number; correct it, or make it a term of levels`
      case 'too-many-levels':
        return `column ${problem.column} has more than ${problem.max} different texts; group them before fitting`
      case 'no-rows':
        return 'there are no rows below the first line'
    }
  },
  data: (problem: DataProblem): string => {
    switch (problem.kind) {
      case 'no-column':
        return `there is no column ${problem.column}; there are ${problem.columns.join(', ')}`
      case 'wrong-kind':
        return problem.expected === 'numeric'
          ? `column ${problem.column} has to be numeric here; use a term of levels for it`
          : `column ${problem.column} is numeric; use bands or a number term for it`
      case 'link-not-for-family':
        return `a ${problem.link} link does not go with ${problem.family}; leave the link out`
      case 'no-rows':
        return 'no row is left to fit; see "keep" in the model'
      case 'not-finite':
        return `row ${problem.row}, column ${problem.column}: the number is missing or not finite; fill it in or leave the row out`
      case 'negative-weight':
        return `row ${problem.row}, column ${problem.column}: the weight is ${problem.value}; weights are 0 or more`
      case 'exposure-not-positive':
        return `row ${problem.row}, column ${problem.column}: the exposure is ${problem.value}; it has to be above 0, or the row left out`
      case 'impossible-response':
        return `row ${problem.row}, column ${problem.column}: ${problem.family} cannot have the response ${problem.value}; correct it, or take another family`
      case 'constant-response':
        return `column ${problem.column} is ${problem.value} in every row: there is nothing to explain`
      case 'unknown-reference':
        return `term ${problem.term} has no level "${problem.reference}"; it has ${problem.levels.join(', ')}`
      case 'unknown-selected':
        return `term ${problem.term} has a selected relativity for "${problem.level}"; its levels are ${problem.levels.join(', ')}`
      case 'one-level':
        return `term ${problem.term} has only the level "${problem.level}"; leave the term out`
      case 'log-of-non-positive':
        return `row ${problem.row}, term ${problem.term}: ${problem.value} has no logarithm; set a limit above 0, or leave the row out`
      case 'too-few-rows':
        return `${problem.rows} rows are too few for ${problem.parameters} parameters and a dispersion; leave terms out, or bring more rows`
      case 'too-many-parameters':
        return `the model has ${problem.found} parameters, more than ${problem.max}; group the levels`
    }
  },
  separated: (places: readonly Separated[]) =>
    `There is no finite estimate for ${places
      .map(({ term, level, response }) => {
        const place = level === undefined ? term : `${term} = ${level}`
        const why = {
          none: 'no claim in it',
          all: 'a claim in every row',
          unbounded: 'it foretells the response together with other terms',
        }
        return `${place} (${why[response]})`
      })
      .join(', ')}. Merge the level with a neighbour, or leave the term out. Nothing was fitted.`,
  notConverged: (iterations: number) =>
    `The fit has not converged after ${iterations} iterations; nothing was written. Look for levels with very few claims and for terms that say the same.`,
  badTable: (file: string, problem: string) => `${file} cannot be fitted: ${problem}.`,
  summary: (name: string, family: string, link: string, rows: string, parameters: number) =>
    `${name}: ${family}, ${link} link, ${rows} rows, ${parameters} parameters`,
  measures: (deviance: string, phi: string, freedom: string, aic: string, iterations: number, seconds: string) =>
    `deviance ${deviance} · dispersion ${phi} · degrees of freedom ${freedom} · AIC ${aic} · ${iterations} iterations · ${seconds} s`,
  aliased: (names: string) => `Aliased, determined by the terms before: ${names}`,
  numberHeading: ['number', 'estimate', 'standard error', 'p'],
  testHeading: ['term', 'degrees', 'likelihood ratio', 'p', 'Wald', 'p'],
  relativityHeading: [
    'term',
    'level',
    'exposure',
    'credibility',
    'observed',
    'fitted',
    'indicated',
    '95 %',
    'shaped',
    'selected',
  ],
  reference: 'reference',
  base: (indicated: string, offBalance: string, selected: string) =>
    `Base ${indicated} × off-balance ${offBalance} = ${selected}, after which the selected relativities bring in what the fit foretells (1.000).`,
  wrote: (what: 'relativities' | 'factors', file: string) =>
    what === 'relativities' ? `Relativities are in ${file}.` : `Class factors for an edition are in ${file}.`,
  notExported: ({ term, reason }: NotExported): string => {
    const why = {
      ratio: 'it is the ratio of two columns',
      'with-number': 'it is an interaction with a number',
      'out-of-range': 'a factor is 0 or above what an edition allows',
    }
    return `${term} is not among the class factors: ${why[reason]}.`
  },
  noRelativities: 'A logit model has no relativities; nothing was written.',
  powerHeading: ['power', 'dispersion', 'log-likelihood'],
  bestPower: (power: string, interval: string) => `The likelihood is greatest at the power ${power}${interval}.`,
  powerAtEnd: ', an end of those tried: try further ones',
  powerInterval: (from: string, to: string) => `, 95 % interval ${from} to ${to}`,
  noEdition: (plan: string) => `No edition of the plan "${plan}" is active.`,
  notMotor: (plan: string) => `"${plan}" is a plan for homes: K is estimated from trips, which motor policies have.`,
  kHeading: ['behaviour', 'policies', 'mean', 'spread', 'K now (km)', 'K estimated (km)', ''],
  kNote: (outcome: CredibilityOutcome, areFew: boolean): string => {
    switch (outcome.kind) {
      case 'estimated':
        if (outcome.structure.between === 0) return 'drivers do not differ more than by chance'
        return areFew ? `${outcome.risks.length} policies are few: not to be relied on yet` : ''
      case 'bad-experience':
        return `policy ${outcome.id} has an experience that is no number`
      case 'too-few-risks':
        return `${outcome.found} policies: it takes two`
      case 'too-few-periods':
        return 'no policy has two periods yet'
      case 'not-converged':
        return 'the iteration did not converge; try --method unbiased'
    }
  },
}

export type FitMessages = typeof fitEn
