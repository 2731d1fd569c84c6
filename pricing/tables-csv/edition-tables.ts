// The numbers of an edition as tables of named columns: what a spreadsheet shows, and what two editions are compared by. Every
// number that a premium is made with is in exactly one of them.

import type { Axis, ClassFactor, EditionDocument } from '../edition/edition-document.ts'

/** `text` is a name, `number` a number that must be there, `open` one that may be empty. */
export type ColumnKind = 'text' | 'number' | 'open'

export interface TableColumn {
  readonly name: string
  readonly kind: ColumnKind
  /** Columns that name the row; the others are its values. */
  readonly isKey: boolean
}

export type Cell = string | number | undefined

export interface EditionTable {
  /** Such as `factor-region`; also the name of its file. */
  readonly name: string
  readonly columns: readonly TableColumn[]
  readonly rows: readonly (readonly Cell[])[]
}

const key = (name: string, kind: ColumnKind = 'text'): TableColumn => ({ name, kind, isKey: true })
const value = (name: string, kind: ColumnKind = 'number'): TableColumn => ({ name, kind, isKey: false })

/** In the document's order. */
export function editionTables(edition: EditionDocument): readonly EditionTable[] {
  return [
    {
      name: 'base-rates',
      columns: [key('coverage'), value('annualMinor')],
      rows: edition.baseRates.map(({ coverage, annualMinor }) => [coverage, annualMinor]),
    },
    ...edition.factors.map(factorTable),
    ...(edition.exposure === undefined ? [] : [curveTable('exposure', edition.exposure.curve)]),
    ...edition.behaviours.map(({ id, curve }) => curveTable(`behaviour-${id}`, curve)),
    { name: 'constants', columns: [key('name'), value('value', 'open')], rows: constantsOf(edition) },
  ]
}

export function factorTable(factor: ClassFactor): EditionTable {
  const name = `factor-${factor.id}`
  switch (factor.kind) {
    case 'levels':
      return { name, columns: [key('level'), value('factor')], rows: Object.entries(factor.levels) }
    case 'bands':
      return {
        name,
        columns: [key('level'), value('below', 'open'), value('factor')],
        rows: factor.bands.map(({ level, below, factor }) => [level, below, factor]),
      }
    case 'curve':
      return curveTable(name, factor.curve)
    case 'pair': {
      const [row, second] = factor.inputs
      // An input may be paired with itself.
      const column = second === row ? `${second}-2` : second
      return {
        name,
        columns: [key(row), key(column), value('factor')],
        rows: factor.rows.flatMap(({ level }, r) =>
          factor.columns.map((across, c) => [level, across.level, factor.factors[r]?.[c]]),
        ),
      }
    }
  }
}

function curveTable(name: string, curve: readonly (readonly [number, number])[]): EditionTable {
  return { name, columns: [key('x', 'number'), value('factor')], rows: curve }
}

/** The single figures, each under its place in the document; empty where the edition has none. */
export function constantsOf(edition: EditionDocument): readonly (readonly [string, number | undefined])[] {
  const { bonusMalus, exposure, behaviourBounds, premiumBounds, rounding, guardRails } = edition
  return [
    ...(bonusMalus === undefined
      ? []
      : Object.entries(bonusMalus).map(([name, figure]): [string, number] => [`bonusMalus.${name}`, figure])),
    ...(exposure === undefined ? [] : [['exposure.k', exposure.k] as const]),
    ...edition.behaviours.flatMap(({ id, rungMps2, k, min, max, untestedFactor }) =>
      Object.entries({ rungMps2, k, min, max, untestedFactor }).map(([name, figure]): [string, number | undefined] => [
        `behaviours.${id}.${name}`,
        figure,
      ]),
    ),
    ['behaviourBounds.min', behaviourBounds.min],
    ['behaviourBounds.max', behaviourBounds.max],
    ['premiumBounds.minAnnualMinor', premiumBounds.minAnnualMinor],
    ['premiumBounds.maxAnnualMinor', premiumBounds.maxAnnualMinor],
    ['rounding.factorDecimals', rounding.factorDecimals],
    ...rounding.steps.map(({ after, toMinor }): [string, number] => [`rounding.${after}.toMinor`, toMinor]),
    ['instalments', edition.instalments],
    ['guardRails.maxChangePerTerm', guardRails.maxChangePerTerm],
  ]
}

export function axisLevels(axis: Axis): readonly string[] {
  return axis.map(({ level }) => level)
}
