// What can be wrong with a table that comes in as CSV, each at its line and column, as values; the message files word them.

export type CsvProblemKind =
  /** Not CSV at all: a quote that is not closed. */
  | 'not-csv'
  | 'empty'
  | 'too-large'
  | 'missing-column'
  | 'unknown-column'
  | 'cells'
  | 'missing-value'
  | 'wrong-decimal-mark'
  | 'not-a-number'
  | 'not-positive'
  | 'duplicate'
  | 'unknown-level'
  | 'missing-level'
  | 'gap'
  | 'not-ascending'
  | 'too-few'

export interface CsvProblem {
  readonly kind: CsvProblemKind
  /** 1 is the line of the column names. */
  readonly line: number
  /** Name of the column; empty for a whole line. */
  readonly column: string
  readonly found: string
  /** What to write in its place, or what is missing. */
  readonly mend: string
}

/** More than a person mends before looking again. */
export const csvProblemsMax = 100

/** What is wrong, in the order it is found. */
export class Faults {
  readonly found: CsvProblem[] = []

  say(kind: CsvProblemKind, line: number, column: string, found: string, mend: string): void {
    if (this.found.length < csvProblemsMax) this.found.push({ kind, line, column, found, mend })
  }

  /** Exactly these levels, each with the line it was found on; which of them twice is said elsewhere. */
  everyLevel(levels: readonly string[], given: readonly (readonly [line: number, level: string])[], column: string): void {
    for (const [line, level] of given)
      if (level !== '' && !levels.includes(level)) this.say('unknown-level', line, column, level, levels.join(', '))
    const found = new Set(given.map(([, level]) => level))
    const end = (given.at(-1)?.[0] ?? 1) + 1
    for (const level of levels) if (!found.has(level)) this.say('missing-level', end, column, '', level)
  }
}
