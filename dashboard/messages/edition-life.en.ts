// What is said of editions that are refused, and of tables that do not fit. Said by the server and the terminal.

import type { CsvProblem } from '../../pricing/tables-csv/csv-problem.ts'

export const editionWords = {
  csv: {
    'not-csv': ({ mend }: CsvProblem) => `This is no CSV: ${mend}.`,
    empty: ({ mend }: CsvProblem) => `There are no lines. The first one is ${mend}.`,
    'too-large': ({ mend }: CsvProblem) => `The table is too large; at most ${mend} characters.`,
    'missing-column': ({ column }: CsvProblem) => `The column "${column}" is missing; add it to the first line.`,
    'unknown-column': ({ column, mend }: CsvProblem) => `There is no column "${column}"; the columns are ${mend}.`,
    cells: ({ found, mend }: CsvProblem) =>
      `This line has ${found} cells; write ${mend}. A decimal comma makes two cells of a number: write a point.`,
    'missing-value': () => 'Nothing is written here; write a value.',
    'wrong-decimal-mark': ({ found, mend }: CsvProblem) => `"${found}" has the wrong decimal mark; write ${mend}.`,
    'not-a-number': ({ found }: CsvProblem) => `"${found}" is not a number; write digits with a decimal point, such as 1.05.`,
    'not-positive': ({ found }: CsvProblem) => `${found} is not above zero; write a number above zero.`,
    duplicate: ({ found, mend }: CsvProblem) => `"${found}" is already on line ${mend}; keep one of the two.`,
    'unknown-level': ({ found, mend }: CsvProblem) => `There is no "${found}" here; it is one of ${mend}.`,
    'missing-level': ({ mend }: CsvProblem) => `"${mend}" is missing; add a line for it.`,
    gap: ({ found, mend }: CsvProblem) =>
      mend === ''
        ? `Nothing covers ${found} and more; leave "below" of the last band empty.`
        : `"${mend}" is missing; add a line for it.`,
    'not-ascending': ({ found, mend }: CsvProblem) => `${found} comes after ${mend}; sort the lines.`,
    'too-few': ({ mend }: CsvProblem) => `At least ${mend} lines are needed.`,
  },
  place: (line: number, column: string) => `line ${line}${column === '' ? '' : `, column ${column}`}`,
  refused: {
    unknown: (reference: string) => `There is no edition "${reference}".`,
    stale: (hash: string) => `The document has changed since it was looked at; its hash is now ${hash}. Look again.`,
    wrongState: (status: string, allowed: string) => `It is ${status}; this needs ${allowed}.`,
    hasProblems: (count: number) => `${count} problems or failing test cases keep it from being submitted. Mend them first.`,
    ownEdition: 'Whoever wrote or submitted an edition does not approve it. Ask a colleague.',
    notApproved: 'This document is not the one that was approved. Withdraw it and submit it again.',
    inThePast: 'An edition is not activated in the past. Choose a later time.',
    taken: 'Another edition of the plan begins then or later. Choose another time.',
    exists: (id: string) => `Edition ${id} has exactly this content.`,
    otherPlan: (planId: string) => `There is no plan "${planId}" of this product; a draft stays in its plan.`,
    badForm: (problems: string) => `This is not an edition: ${problems}`,
    unknownTable: (tables: string) => `There is no such table; there are ${tables}.`,
    csvProblems: (problems: string) => `The table does not fit, and nothing was taken: ${problems}`,
  },
  states: {
    draft: 'draft',
    submitted: 'submitted',
    approved: 'approved',
    scheduled: 'scheduled',
    active: 'active',
    superseded: 'superseded',
    withdrawn: 'withdrawn',
  },
}

export type EditionWords = typeof editionWords
