// Selected relativities change the total of the premiums; the off-balance factor gives it back. A pure function of sums.

/** What one row brings in: its expected amount by the fit, and by how much the selected relativities change it. */
export interface OffBalanceRows {
  /** Prior weight × mean by the fit. */
  readonly expected: Float64Array
  /** Product over the factors of selected over indicated. */
  readonly change: Float64Array
}

/**
 * The factor for the base rate after which the selected relativities bring in as much as the indicated ones did. Applied, and asked
 * again, it is 1.
 */
export function offBalance({ expected, change }: OffBalanceRows): number {
  let indicated = 0
  let selected = 0
  for (let row = 0; row < expected.length; row++) {
    indicated += expected[row] ?? 0
    selected += (expected[row] ?? 0) * (change[row] ?? 1)
  }
  return indicated / selected
}
