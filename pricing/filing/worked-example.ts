// The example a filing works through: of the edition's own test cases the one in which most of its rules do something.

import type { Edition, TestCase } from '../edition/edition-document.ts'
import { rate } from '../rating/rate.ts'
import type { Worksheet } from '../worksheet.ts'

export interface WorkedExample {
  readonly testCase: TestCase
  readonly worksheet: Worksheet
}

/** Of several alike the first; an edition has at least one. */
export function workedExample(edition: Edition): WorkedExample | undefined {
  const examples = edition.testCases.map((testCase) => ({ testCase, worksheet: rate(edition, testCase.name, testCase.facts) }))
  const moving = ({ worksheet }: WorkedExample) =>
    worksheet.steps.filter(({ operation, operand }) => operation === 'multiply' && operand !== 1).length
  return examples.toSorted((one, other) => moving(other) - moving(one))[0]
}
