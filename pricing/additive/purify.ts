// Purification: what a pair's table says about one of its factors alone moves into that factor's own table, and what a table says
// about everyone into the intercept, so that every table means what its name says. No prediction changes.
// Lengerich, Tan, Chang, Hooker, Caruana, Purifying interaction effects with the functional ANOVA (2020), algorithm 1.

/** Mutable: the tables are changed in place. */
export interface PureMain {
  readonly effects: Float64Array
  readonly exposure: Float64Array
}

export interface PurePair {
  readonly rows: number
  readonly columns: number
  readonly effects: Float64Array
  readonly exposure: Float64Array
  /** Where the means of the rows and of the columns go; a pair that is one level's has its own tables to give them to. */
  readonly rowMain: PureMain
  readonly columnMain: PureMain
  /** For each cell of that table the pair's row or column that holds it, -1 for one that is no part of it. */
  readonly rowOf: readonly number[]
  readonly columnOf: readonly number[]
}

/** A mean below this moves no cent. */
const settled = 1e-12
/** Each sweep takes out what the one before put back; correlated factors need some dozens. */
const sweepsMax = 1000

/**
 * @param pairs those first whose means go into others
 * @returns the intercept, with what the tables said about everyone added to it
 */
export function purify(intercept: number, mains: readonly PureMain[], pairs: readonly PurePair[]): number {
  for (const pair of pairs) purifyPair(pair)
  let common = intercept
  for (const { effects, exposure } of mains) {
    const mean = weightedMean(effects, exposure, 0, 1, effects.length)
    for (let bin = 0; bin < effects.length; bin++) effects[bin] = (effects[bin] ?? 0) - mean
    common += mean
  }
  return common
}

function purifyPair(pair: PurePair): void {
  const { rows, columns, effects, exposure, rowMain, columnMain, rowOf, columnOf } = pair
  for (let sweep = 0; sweep < sweepsMax; sweep++) {
    const ofRows = takeMeans(effects, exposure, rows, columns, columns, 1)
    const ofColumns = takeMeans(effects, exposure, columns, rows, 1, columns)
    addTo(rowMain.effects, ofRows, rowOf)
    addTo(columnMain.effects, ofColumns, columnOf)
    if (Math.max(...ofRows.map(Math.abs), ...ofColumns.map(Math.abs)) < settled) return
  }
}

/** Subtracts from each line its mean. @returns the means */
function takeMeans(
  effects: Float64Array,
  exposure: Float64Array,
  lines: number,
  length: number,
  lineStep: number,
  cellStep: number,
): Float64Array {
  const means = new Float64Array(lines)
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep
    const mean = weightedMean(effects, exposure, start, cellStep, length)
    for (let at = 0; at < length; at++) effects[start + at * cellStep] = (effects[start + at * cellStep] ?? 0) - mean
    means[line] = mean
  }
  return means
}

/** 0 where there is no exposure: nothing was learned there about the line as a whole. */
function weightedMean(values: Float64Array, weights: Float64Array, start: number, step: number, length: number): number {
  let [sum, weight] = [0, 0]
  for (let at = 0; at < length; at++) {
    const cell = start + at * step
    sum += (weights[cell] ?? 0) * (values[cell] ?? 0)
    weight += weights[cell] ?? 0
  }
  return weight > 0 ? sum / weight : 0
}

function addTo(effects: Float64Array, means: Float64Array, lineOf: readonly number[]): void {
  lineOf.forEach((line, bin) => {
    effects[bin] = (effects[bin] ?? 0) + (means[line] ?? 0)
  })
}
