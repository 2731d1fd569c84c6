// How a fit looks on a terminal, as JSON and as CSV. Text only; the figures come as they are.

import { stringify } from 'csv-stringify/sync'
import { type BehaviourK, policiesForKMin } from '../../pricing/credibility/behaviour-k.ts'
import { interceptName } from '../../pricing/fit/design.ts'
import type { Fit } from '../../pricing/fit/fit-glm.ts'
import type { LevelRelativity, Relativities } from '../../pricing/fit/relativities.ts'
import type { TermTest } from '../../pricing/fit/term-tests.ts'
import type { PowerProfile } from '../../pricing/fit/tweedie-power.ts'
import type { FitMessages } from '../messages/fit.en.ts'
import { columns } from '../status-table.ts'

export function fitText(
  words: FitMessages,
  fit: Fit,
  tests: readonly TermTest[],
  relativities: Relativities | undefined,
  seconds: number,
): string {
  const family = fit.family.kind === 'tweedie' ? `tweedie p = ${fit.family.power}` : fit.family.kind
  const aliased = fit.coefficients.filter(({ kind }) => kind === 'aliased').map(({ name }) => name)
  const sections = [
    [
      `  ${words.summary(fit.model.name, family, fit.link, count(fit.mu.length), fit.coefficients.length)}`,
      `  ${words.measures(figure(fit.deviance), figure(fit.phi), count(fit.degreesOfFreedom), optional(fit.aic), fit.iterations, seconds.toFixed(2))}`,
      ...(aliased.length === 0 ? [] : [`  ${words.aliased(aliased.join(', '))}`]),
    ],
    relativities === undefined || relativities.factors.length === 0 ? [] : [relativityTable(words, relativities)],
    [numberTable(words, fit, relativities === undefined)],
    relativities === undefined
      ? []
      : [
          `  ${words.base(figure(relativities.indicatedBase), relativities.offBalance.toFixed(4), figure(relativities.selectedBase))}`,
        ],
    [testTable(words, tests)],
  ]
  return sections.flatMap((section) => (section.length === 0 ? [] : [section.join('\n')])).join('\n\n')
}

function relativityTable(words: FitMessages, { factors }: Relativities): string {
  const rows = factors.flatMap(({ term, reference, levels }) =>
    levels.map((level, index) => [
      index === 0 ? term : '',
      level.level,
      count(Math.round(level.exposure)),
      level.credibility === undefined ? '-' : level.credibility.toFixed(2),
      figure(level.observed),
      figure(level.fitted),
      level.indicated.toFixed(4),
      level.level === reference ? words.reference : interval(level),
      level.shaped.toFixed(4),
      level.selected.toFixed(4),
    ]),
  )
  return columns([words.relativityHeading, ...rows])
}

function interval({ interval: bounds }: LevelRelativity): string {
  return bounds === undefined ? '-' : `${bounds[0].toFixed(3)} – ${bounds[1].toFixed(3)}`
}

/** Estimates that are not levels of a table, or all where there are no relativities. */
function numberTable(words: FitMessages, { coefficients }: Fit, areAllShown: boolean): string {
  const rows = coefficients
    .filter(({ level, name }) => areAllShown || level === undefined || name === interceptName)
    .map(({ name, estimate, standardError, pValue }) => [name, optional(estimate), optional(standardError), probability(pValue)])
  return columns([words.numberHeading, ...rows])
}

function testTable(words: FitMessages, tests: readonly TermTest[]): string {
  const rows = tests.map(({ term, likelihoodRatio, wald }) => [
    term,
    String(likelihoodRatio?.degreesOfFreedom ?? wald?.degreesOfFreedom ?? 0),
    optional(likelihoodRatio?.statistic),
    probability(likelihoodRatio?.pValue),
    optional(wald?.statistic),
    probability(wald?.pValue),
  ])
  return rows.length === 0 ? '' : columns([words.testHeading, ...rows])
}

export function fitJson(
  fit: Fit,
  tests: readonly TermTest[],
  relativities: Relativities | undefined,
): Readonly<Record<string, unknown>> {
  const { model, family, link, coefficients, deviance, phi, rank, degreesOfFreedom, aic, iterations, mu } = fit
  return {
    name: model.name,
    family,
    link,
    rows: mu.length,
    deviance,
    phi,
    rank,
    degreesOfFreedom,
    aic: aic ?? null,
    iterations,
    coefficients,
    tests,
    relativities: relativities ?? null,
  }
}

export function relativityCsv({ factors }: Relativities): string {
  const rows = factors.flatMap(({ term, levels }) =>
    levels.map(({ level, exposure, credibility, observed, fitted, indicated, interval: bounds, shaped, selected }) => [
      term,
      level,
      ...[exposure, credibility, observed, fitted, indicated, bounds?.[0], bounds?.[1], shaped, selected].map(
        (value) => value ?? '',
      ),
    ]),
  )
  return stringify([
    ['term', 'level', 'exposure', 'credibility', 'observed', 'fitted', 'indicated', 'low', 'high', 'shaped', 'selected'],
    ...rows,
  ])
}

export function powerText(
  words: FitMessages,
  { points, best, interval: bounds }: Extract<PowerProfile, { kind: 'profiled' }>,
): string {
  const rows = points.map(({ power, phi, logLikelihood }) => [power.toFixed(4), figure(phi), logLikelihood.toFixed(4)])
  const around = bounds === undefined ? words.powerAtEnd : words.powerInterval(bounds[0].toFixed(3), bounds[1].toFixed(3))
  return `${columns([words.powerHeading, ...rows])}\n\n  ${words.bestPower(best.power.toFixed(4), around)}`
}

export function behaviourKText(words: FitMessages, behaviours: readonly BehaviourK[]): string {
  const rows = behaviours.map(({ behaviour, policies, currentK, outcome }) => {
    const structure = outcome.kind === 'estimated' ? outcome.structure : undefined
    return [
      behaviour,
      count(policies),
      optional(structure?.mean),
      optional(structure === undefined ? undefined : Math.sqrt(structure.between)),
      count(currentK),
      structure === undefined ? '-' : Number.isFinite(structure.k) ? figure(structure.k) : '∞',
      words.kNote(outcome, policies < policiesForKMin),
    ]
  })
  return columns([words.kHeading, ...rows])
}

function count(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 0 })
}

/** Six digits that say something, whatever the size. */
function figure(value: number): string {
  return Math.abs(value) >= 1e6 ? value.toFixed(2) : String(Number(value.toPrecision(6)))
}

function optional(value: number | undefined): string {
  return value === undefined ? '-' : figure(value)
}

function probability(value: number | undefined): string {
  if (value === undefined) return '-'
  return value < 0.0001 ? '< 0.0001' : value.toFixed(4)
}
