// The single figures of an edition out of their table, each to its place in the document.

import type { BonusMalus, EditionDocument } from '../edition/edition-document.ts'
import type { Faults } from './csv-problem.ts'
import { constantsOf } from './edition-tables.ts'
import type { CsvRow } from './read-csv.ts'

/** The figures that an edition may do without; the others must be there. */
const mayBeEmpty = /^behaviours\..*\.(rungMps2|min|max|untestedFactor)$|^premiumBounds\.|^guardRails\.maxChangePerTerm$/

export function withConstants(edition: EditionDocument, rows: readonly CsvRow[], faults: Faults): EditionDocument {
  const names = constantsOf(edition).map(([name]) => name)
  faults.everyLevel(
    names,
    rows.map(({ line, cells: [name] }) => [line, String(name)]),
    'name',
  )
  const figures = new Map<string, number>()
  for (const { line, cells } of rows) {
    const [name, figure] = [String(cells[0]), cells[1]]
    if (typeof figure === 'number') figures.set(name, figure)
    else if (!mayBeEmpty.test(name)) faults.say('missing-value', line, 'value', '', '')
  }
  const given = (name: string, before: number): number => figures.get(name) ?? before
  /** A member with its figure, or none. */
  const open = <Name extends string>(prefix: string, name: Name): Partial<Record<Name, number>> => {
    const figure = figures.get(`${prefix}.${name}`)
    const members: Partial<Record<Name, number>> = {}
    if (figure !== undefined) members[name] = figure
    return members
  }
  const { bonusMalus, exposure, behaviourBounds, rounding, guardRails, premiumBounds: _, ...others } = edition
  const { maxChangePerTerm: __, ...rails } = guardRails
  return {
    ...others,
    ...(bonusMalus === undefined ? {} : { bonusMalus: withBonusMalus(bonusMalus, given) }),
    ...(exposure === undefined ? {} : { exposure: { ...exposure, k: given('exposure.k', exposure.k) } }),
    behaviours: edition.behaviours.map(({ id, measure, k, curve }) => {
      const place = `behaviours.${id}`
      const bounds = { ...open(place, 'min'), ...open(place, 'max'), ...open(place, 'untestedFactor') }
      return { id, measure, ...open(place, 'rungMps2'), k: given(`${place}.k`, k), curve, ...bounds }
    }),
    behaviourBounds: {
      min: given('behaviourBounds.min', behaviourBounds.min),
      max: given('behaviourBounds.max', behaviourBounds.max),
    },
    premiumBounds: { ...open('premiumBounds', 'minAnnualMinor'), ...open('premiumBounds', 'maxAnnualMinor') },
    rounding: {
      factorDecimals: given('rounding.factorDecimals', rounding.factorDecimals),
      steps: rounding.steps.map(({ after, toMinor }) => ({ after, toMinor: given(`rounding.${after}.toMinor`, toMinor) })),
    },
    instalments: given('instalments', edition.instalments),
    guardRails: { ...rails, ...open('guardRails', 'maxChangePerTerm') },
  }
}

function withBonusMalus(figures: BonusMalus, given: (name: string, before: number) => number): BonusMalus {
  const of = (name: keyof BonusMalus): number => given(`bonusMalus.${name}`, figures[name])
  return {
    start: of('start'),
    perClaimFreeYear: of('perClaimFreeYear'),
    perAtFaultClaim: of('perAtFaultClaim'),
    decimals: of('decimals'),
    floor: of('floor'),
    cap: of('cap'),
  }
}
