// What has to be known of an additive model before it is filed or used, drawn from the model itself: data, split, losses, tables,
// what was asked of them, and where it ends. Data only; the words for the named limits are whoever's who shows it.

import type { AdditiveModel, AdditiveSettings } from './additive-model.ts'
import { binCount, type FactorBins } from './factor-bins.ts'
import type { LogFamily } from './loss-rows.ts'
import type { Direction } from './monotone.ts'

/** In the order they are to be told. */
export type ModelLimit =
  /** Rows were dealt to folds one by one: rows of the same policy may stand in several, and the held-out loss is then too good. */
  | { readonly kind: 'rows-not-policies' }
  /** Cells with less exposure than this rest on their neighbours and on the prior. */
  | { readonly kind: 'thin-cells'; readonly cells: number; readonly of: number; readonly exposureBelow: number }
  /** Numbers outside what was seen take the first or the last band. */
  | { readonly kind: 'outside-seen'; readonly factor: string; readonly min: number; readonly max: number }

export type FairnessNote =
  /** Tables say what goes together in the data, not what causes claims. */
  | { readonly kind: 'association' }
  /** Any of these may stand for something that must not be rated on; the model was not tested for it. */
  | { readonly kind: 'stand-ins-not-tested'; readonly factors: readonly string[] }

export interface CardTable {
  readonly factors: readonly string[]
  readonly where?: { readonly factor: string; readonly level: string }
  readonly cells: number
  readonly direction?: Direction
  readonly lowest: number
  readonly highest: number
  /** Standard deviation of the log factor over the exposure it is for: how much the table moves their prices. */
  readonly importance: number
}

export interface ModelCard {
  readonly family: LogFamily
  readonly response: string
  readonly exposure: string
  readonly data: { readonly rows: number; readonly exposure: number; readonly total: number }
  readonly split: { readonly folds: number; readonly seed: number }
  /** Deviance per row. */
  readonly losses: { readonly homogeneous: number; readonly heldOut: number; readonly training: number }
  /** The most important first. */
  readonly tables: readonly CardTable[]
  readonly constraints: readonly { readonly factor: string; readonly direction: Direction }[]
  readonly settings: AdditiveSettings
  readonly limits: readonly ModelLimit[]
  readonly fairness: readonly FairnessNote[]
}

/** At usual frequencies so few years hold a handful of claims at most. */
const thinExposure = 30

export function modelCard(model: AdditiveModel): ModelCard {
  const { family, response, exposure, mains, pairs, training, settings } = model
  const factors = mains.map(({ factor }) => factor)
  const cells = [...mains.map((main) => main.exposure), ...pairs.flatMap((pair) => pair.exposure)].flat()
  return {
    family,
    response,
    exposure,
    data: { rows: training.rows, exposure: training.exposure, total: training.total },
    split: { folds: settings.folds, seed: settings.seed },
    losses: { homogeneous: training.homogeneousDeviance, heldOut: training.heldOutDeviance, training: training.deviance },
    tables: tablesOf(model),
    constraints: mains.flatMap(({ factor, direction }) => (direction === undefined ? [] : [{ factor, direction }])),
    settings,
    limits: [
      { kind: 'rows-not-policies' },
      {
        kind: 'thin-cells',
        cells: cells.filter((years) => years < thinExposure).length,
        of: cells.length,
        exposureBelow: thinExposure,
      },
      ...mains.flatMap(({ factor, bins }) => outsideSeen(factor, bins)),
    ],
    fairness: [{ kind: 'association' }, { kind: 'stand-ins-not-tested', factors }],
  }
}

function outsideSeen(factor: string, bins: FactorBins): readonly ModelLimit[] {
  return bins.kind === 'number' ? [{ kind: 'outside-seen', factor, min: bins.min, max: bins.max }] : []
}

function tablesOf({ mains, pairs }: AdditiveModel): readonly CardTable[] {
  const ofMains = mains.map(({ factor, bins, effects, exposure, direction }): CardTable => {
    const table = { factors: [factor], cells: binCount(bins), ...spreadOf(effects, exposure) }
    return direction === undefined ? table : { ...table, direction }
  })
  const ofPairs = pairs.map(({ factors, effects, exposure, where }): CardTable => {
    const all = effects.flat()
    const table = { factors, cells: all.length, ...spreadOf(all, exposure.flat()) }
    return where === undefined ? table : { ...table, where }
  })
  return [...ofMains, ...ofPairs].sort((one, other) => other.importance - one.importance)
}

function spreadOf(effects: readonly number[], exposure: readonly number[]): Pick<CardTable, 'lowest' | 'highest' | 'importance'> {
  const held = exposure.reduce((sum, years) => sum + years, 0)
  const square = effects.reduce((sum, effect, cell) => sum + (exposure[cell] ?? 0) * effect * effect, 0)
  return {
    lowest: Math.exp(Math.min(...effects)),
    highest: Math.exp(Math.max(...effects)),
    importance: Math.sqrt(square / held),
  }
}
