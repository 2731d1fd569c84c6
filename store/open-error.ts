// Why a store or the book could not be opened, in words that say how to mend it. Raised at start only; a store that
// fails later raises StoreUnavailable.

/**
 * - `store-address`: the URL has the wrong form
 * - `store-corrupt`: the file is damaged or is no database
 * - `store-foreign`: a sound database, but of something else
 * - `store-newer`: written by a newer Merit
 * - `store-denied`: the file system refuses to open, create or write it
 * - `store-locked`: another process keeps it locked
 * - `store-sign-in`: the server refuses the user or the password
 * - `store-missing`: the server has no such database and this user may not create it
 */
export type OpenErrorCode =
  | 'store-address'
  | 'store-corrupt'
  | 'store-foreign'
  | 'store-newer'
  | 'store-denied'
  | 'store-locked'
  | 'store-sign-in'
  | 'store-missing'

export class OpenError extends Error {
  readonly code: OpenErrorCode

  constructor(code: OpenErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
