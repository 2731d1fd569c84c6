// What must be true of an edition beside its form: tables without gaps, inputs that exist, curves that rise where they must,
// bounds that leave the class price in. Every problem is named at its place with what mends it.

import { allowedIn, classFactsFor, isWithin } from '../class-facts.ts'
import { declaredKmInput } from '../rating/mileage-input.ts'
import { roundHalfEven } from '../rating/rounding.ts'
import { behaviourProblems } from './behaviour-problems.ts'
import { curveProblems } from './curve-problems.ts'
import type { Axis, BonusMalus, ClassFactor, EditionDocument, Input, PairFactor } from './edition-document.ts'

export function editionProblems(edition: EditionDocument): readonly string[] {
  return [
    ...inputProblems(edition),
    ...edition.factors.flatMap((factor, index) => factorProblems(`/factors/${index}`, factor, edition)),
    ...sameProblems('/factors', edition.factors, ({ id }) => id),
    ...sameProblems('/baseRates', edition.baseRates, ({ coverage }) => coverage),
    ...(edition.bonusMalus === undefined ? [] : bonusMalusProblems(edition.bonusMalus)),
    ...exposureProblems(edition),
    ...behaviourProblems(edition),
    ...sameProblems('/behaviours', edition.behaviours, ({ id }) => id),
    ...premiumBoundsProblems(edition),
    ...roundingProblems(edition),
    ...edition.testCases.flatMap((_, index) => testCaseProblems(edition, index)),
    ...sameProblems('/testCases', edition.testCases, ({ name }) => name),
  ]
}

const inputNameForm = /^[A-Za-z][A-Za-z0-9]{0,39}$/

function inputProblems({ inputs }: EditionDocument): readonly string[] {
  return Object.entries(inputs).flatMap(([name, input]) => {
    const path = `/inputs/${name}`
    const problems: string[] = []
    if (!inputNameForm.test(name)) problems.push(`${path} must be named by letters and digits, such as driverAgeYears`)
    if (input.kind === 'number' && input.min > input.max)
      problems.push(`${path} goes from ${input.min} to ${input.max}: "min" must not be above "max"`)
    else if (!isWithin(input, input.default))
      problems.push(`${path}/default is ${JSON.stringify(input.default)}, not ${allowedIn(input)}`)
    if (input.kind === 'level') problems.push(...sameProblems(`${path}/levels`, input.levels, (level) => level))
    return problems
  })
}

function factorProblems(path: string, factor: ClassFactor, edition: EditionDocument): readonly string[] {
  const names = factor.kind === 'pair' ? factor.inputs : [factor.input]
  const unknown = names.filter((name) => !Object.hasOwn(edition.inputs, name))
  if (unknown.length > 0)
    return unknown.map(
      (name) => `${path} reads "${name}", which /inputs does not declare: declare it, or read one of ${namesOf(edition)}`,
    )
  return [...tableProblems(path, factor, edition), ...whereProblems(`${path}/where`, factor, edition)]
}

function whereProblems(path: string, { where }: ClassFactor, { inputs }: EditionDocument): readonly string[] {
  if (where === undefined) return []
  const input = inputs[where.input]
  if (input === undefined)
    return [`${path} reads "${where.input}", which /inputs does not declare: declare it, or leave "where" out`]
  if (input.kind === 'number')
    return [`${path} reads ${where.input}, which is a number: a condition names levels; use kind "pair"`]
  return [
    ...sameProblems(`${path}/levels`, where.levels, (level) => level),
    ...where.levels
      .filter((level) => !input.levels.includes(level))
      .map(
        (level) => `${path}/levels has "${level}", which is no level of ${where.input}: write one of ${input.levels.join(', ')}`,
      ),
  ]
}

function tableProblems(path: string, factor: ClassFactor, edition: EditionDocument): readonly string[] {
  const names = factor.kind === 'pair' ? factor.inputs : [factor.input]
  const [input, second] = names.map((name) => edition.inputs[name])
  if (input === undefined) return []
  switch (factor.kind) {
    case 'levels': {
      const levels = Object.keys(factor.levels)
      return [
        ...levelProblems(`${path}/levels`, factor.input, levels, input),
        ...decimalProblems(edition, `${path}/levels`, Object.entries(factor.levels)),
      ]
    }
    case 'bands':
      return [
        ...bandProblems(`${path}/bands`, factor.input, factor.bands, input),
        ...decimalProblems(
          edition,
          `${path}/bands`,
          factor.bands.map((band, index) => [`${index}/factor`, band.factor]),
        ),
      ]
    case 'curve':
      return [
        ...(input.kind === 'number' ? [] : [`${path} is a curve over ${factor.input}, which has levels: use kind "levels"`]),
        ...curveProblems(`${path}/curve`, factor.curve, 'any'),
      ]
    case 'pair':
      return second === undefined ? [] : pairProblems(path, factor, input, second, edition)
  }
}

function pairProblems(
  path: string,
  { inputs, rows, columns, factors }: PairFactor,
  rowInput: Input,
  columnInput: Input,
  edition: EditionDocument,
): readonly string[] {
  const problems = [
    ...axisProblems(`${path}/rows`, inputs[0], rows, rowInput),
    ...axisProblems(`${path}/columns`, inputs[1], columns, columnInput),
  ]
  if (inputs[0] === inputs[1]) problems.push(`${path}/inputs are the same: a pair reads two`)
  if (factors.length !== rows.length)
    problems.push(`${path}/factors has ${factors.length} rows, /rows has ${rows.length}: give one for each`)
  factors.forEach((row, index) => {
    if (row.length !== columns.length)
      problems.push(`${path}/factors/${index} has ${row.length} factors, /columns has ${columns.length}: give one for each`)
    problems.push(
      ...decimalProblems(
        edition,
        `${path}/factors/${index}`,
        row.map((factor, column) => [String(column), factor]),
      ),
    )
  })
  return problems
}

function axisProblems(path: string, name: string, axis: Axis, input: Input): readonly string[] {
  if (input.kind === 'number') return bandProblems(path, name, axis, input)
  const banded = axis.findIndex(({ below }) => below !== undefined)
  if (banded >= 0) return [`${path}/${banded} has "below", but ${name} has levels: take it out`]
  return [
    ...sameProblems(path, axis, ({ level }) => level),
    ...levelProblems(
      path,
      name,
      axis.map(({ level }) => level),
      input,
    ),
  ]
}

/** A row for every level, and no row that no policy can reach. */
function levelProblems(path: string, name: string, rows: readonly string[], input: Input): readonly string[] {
  if (input.kind === 'number') return [`${path} lists levels, but ${name} is a number: use kind "bands" or "curve"`]
  return [
    ...input.levels
      .filter((level) => !rows.includes(level))
      .map((level) => `${path} has no case for "${level}" of ${name}: add it, or take it out of /inputs/${name}/levels`),
    ...rows
      .filter((level) => !input.levels.includes(level))
      .map((level) => `${path} has a case for "${level}", which is no level of ${name}: add it to /inputs/${name}/levels`),
  ]
}

function bandProblems(
  path: string,
  name: string,
  bands: readonly { readonly level: string; readonly below?: number }[],
  input: Input,
): readonly string[] {
  if (input.kind === 'level') return [`${path} cuts bands, but ${name} has levels: use kind "levels"`]
  const problems = [...sameProblems(path, bands, ({ level }) => level)]
  let from = input.min
  bands.forEach(({ below }, index) => {
    const isLast = index === bands.length - 1
    if (isLast && below !== undefined)
      problems.push(`${path} has a gap: nothing covers ${below} and more; leave "below" out of the last band`)
    if (!isLast && below === undefined) problems.push(`${path}/${index} needs "below": only the last band is open`)
    if (below !== undefined && below <= from)
      problems.push(`${path}/${index} is not in order: below ${below} after ${from}${index === 0 ? `, the least ${name}` : ''}`)
    from = below ?? from
  })
  return problems
}

/** What is printed must be what is multiplied. */
function decimalProblems(
  { rounding }: EditionDocument,
  path: string,
  factors: readonly (readonly [key: string, factor: number])[],
): readonly string[] {
  return factors.flatMap(([key, factor]) => {
    const rounded = roundHalfEven(factor, rounding.factorDecimals)
    return rounded === factor
      ? []
      : [`${path}/${key} has more than the ${rounding.factorDecimals} decimals of /rounding/factorDecimals: write ${rounded}`]
  })
}

function bonusMalusProblems({ start, floor, cap, decimals }: BonusMalus): readonly string[] {
  const uneven = Object.entries({ start, floor, cap }).filter(([, value]) => roundHalfEven(value, decimals) !== value)
  return [
    ...(floor <= start && start <= cap ? [] : [`/bonusMalus starts at ${start}, which is not from floor ${floor} to cap ${cap}`]),
    ...uneven.map(([name, value]) => `/bonusMalus/${name} is ${value}: it has more than ${decimals} decimals`),
  ]
}

function exposureProblems({ exposure, product, inputs }: EditionDocument): readonly string[] {
  if (exposure === undefined) return []
  if (product !== 'motor') return ['/exposure is kilometres a year: a home plan has none']
  return [
    ...(inputs[declaredKmInput]?.kind === 'number'
      ? []
      : [`/exposure reads the input ${declaredKmInput}: declare it in /inputs as a number`]),
    ...curveProblems('/exposure/curve', exposure.curve, 'rising'),
  ]
}

function premiumBoundsProblems({ premiumBounds: { minAnnualMinor, maxAnnualMinor } }: EditionDocument): readonly string[] {
  return minAnnualMinor !== undefined && maxAnnualMinor !== undefined && minAnnualMinor > maxAnnualMinor
    ? [`/premiumBounds from ${minAnnualMinor} to ${maxAnnualMinor} leave nothing: the least is above the most`]
    : []
}

function roundingProblems({ rounding: { steps } }: EditionDocument): readonly string[] {
  return [
    ...(steps.some(({ after }) => after === 'instalment')
      ? []
      : ['/rounding/steps needs one after "instalment": what is paid is whole minor units']),
    ...sameProblems('/rounding/steps', steps, ({ after }) => after),
  ]
}

function testCaseProblems(edition: EditionDocument, index: number): readonly string[] {
  const facts = edition.testCases[index]?.facts
  const path = `/testCases/${index}/facts`
  if (facts === undefined) return []
  if (facts.product !== edition.product) return [`${path}/product is ${facts.product}, the plan's is ${edition.product}`]
  const missing = Object.keys(edition.inputs).filter((name) => !Object.hasOwn(facts.class, name))
  const extra = Object.keys(facts.class).filter((name) => !Object.hasOwn(edition.inputs, name))
  const parsed = classFactsFor(edition, facts.class)
  return [
    ...missing.map((name) => `${path}/class/${name} is missing`),
    ...extra.map((name) => `${path}/class/${name} is no input of this plan: take it out`),
    ...(parsed.kind === 'bad' ? [`${path}/class/${parsed.problem}`] : []),
  ]
}

function sameProblems<Entry>(path: string, entries: readonly Entry[], nameOf: (entry: Entry) => string): readonly string[] {
  const names = entries.map(nameOf)
  return names.flatMap((name, index) =>
    names.indexOf(name) < index ? [`${path}/${index} is called "${name}" as another before it: give it a name of its own`] : [],
  )
}

function namesOf({ inputs }: EditionDocument): string {
  return Object.keys(inputs).join(', ') || 'none'
}
