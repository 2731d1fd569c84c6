// The one way rating fails: facts that the edition's tables do not cover.

/** Facts name a level the edition's tables do not have. */
export class UnknownLevel extends Error {
  readonly code = 'unknown-level'
}
