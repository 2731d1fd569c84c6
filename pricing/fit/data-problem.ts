// Why a table cannot be fitted with a model, as named values; the words are in the message files.

/** In the order they are checked. `row` counts the table's rows from 1. */
export type DataProblem =
  | { readonly kind: 'no-column'; readonly column: string; readonly columns: readonly string[] }
  | { readonly kind: 'wrong-kind'; readonly column: string; readonly expected: 'numeric' | 'categorical' }
  | { readonly kind: 'link-not-for-family'; readonly link: string; readonly family: string }
  | { readonly kind: 'no-rows' }
  | { readonly kind: 'not-finite'; readonly column: string; readonly row: number; readonly value: number }
  | { readonly kind: 'negative-weight'; readonly column: string; readonly row: number; readonly value: number }
  /** Of an exposure that is an offset or a divisor. */
  | { readonly kind: 'exposure-not-positive'; readonly column: string; readonly row: number; readonly value: number }
  | {
      readonly kind: 'impossible-response'
      readonly column: string
      readonly row: number
      readonly value: number
      readonly family: string
    }
  /** Every claim count or every amount is 0 (or, binomial, 1): there is nothing to explain. */
  | { readonly kind: 'constant-response'; readonly column: string; readonly value: number }
  | { readonly kind: 'unknown-reference'; readonly term: string; readonly reference: string; readonly levels: readonly string[] }
  /** A relativity is selected for a level that the term does not have. */
  | { readonly kind: 'unknown-selected'; readonly term: string; readonly level: string; readonly levels: readonly string[] }
  | { readonly kind: 'one-level'; readonly term: string; readonly level: string }
  | { readonly kind: 'log-of-non-positive'; readonly term: string; readonly row: number; readonly value: number }
  | { readonly kind: 'too-many-parameters'; readonly found: number; readonly max: number }
  /** The dispersion has to be estimated, and no row is left over for it. */
  | { readonly kind: 'too-few-rows'; readonly rows: number; readonly parameters: number }

/** Carries a problem out of the loop that met it; `fitGlm` and its like turn it into an outcome. */
export class UnfitData extends Error {
  readonly code = 'unfit-data'
  readonly problem: DataProblem

  constructor(problem: DataProblem) {
    super(problem.kind)
    this.problem = problem
  }
}
