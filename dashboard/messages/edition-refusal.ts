// Why something was not done with an edition, in words.

import type { EditionRefusal } from '../../pricing/lifecycle/edition-life.ts'
import type { CsvProblem } from '../../pricing/tables-csv/csv-problem.ts'
import { type EditionWords, editionWords as en } from './edition-life.en.ts'
import { editionWords as zhCn } from './edition-life.zh-CN.ts'

export type EditionFault =
  | EditionRefusal
  | { readonly kind: 'unknown' }
  | { readonly kind: 'bad-form'; readonly problems: readonly string[] }
  | { readonly kind: 'other-plan'; readonly planId: string }
  | { readonly kind: 'exists'; readonly id: string }
  | { readonly kind: 'unknown-table'; readonly tables: readonly string[] }
  | { readonly kind: 'problems'; readonly problems: readonly CsvProblem[] }

/** More than these are counted and not said. */
const saidMax = 5

export function editionWordsIn(locale: string): EditionWords {
  return locale === 'zh-CN' ? zhCn : en
}

export function csvProblemWords({ csv }: EditionWords, problem: CsvProblem): string {
  return csv[problem.kind](problem)
}

/** @param reference as the edition was asked for */
export function editionFaultWords(words: EditionWords, fault: EditionFault, reference: string): string {
  const { refused, states } = words
  switch (fault.kind) {
    case 'unknown':
      return refused.unknown(reference)
    case 'stale':
      return refused.stale(fault.hash)
    case 'wrong-state':
      return refused.wrongState(states[fault.status], fault.allowed.map((status) => states[status]).join(' / '))
    case 'has-problems':
      return refused.hasProblems(fault.problems)
    case 'own-edition':
      return refused.ownEdition
    case 'not-approved':
      return refused.notApproved
    case 'in-the-past':
    case 'too-early':
      return refused.inThePast
    case 'taken':
      return refused.taken
    case 'exists':
      return refused.exists(fault.id)
    case 'other-plan':
      return refused.otherPlan(fault.planId)
    case 'bad-form':
      return refused.badForm(fault.problems.slice(0, saidMax).join('; '))
    case 'unknown-table':
      return refused.unknownTable(fault.tables.join(', '))
    case 'problems':
      return refused.csvProblems(
        fault.problems
          .slice(0, saidMax)
          .map((problem) => placed(words, problem))
          .join('; '),
      )
  }
}

function placed(words: EditionWords, problem: CsvProblem): string {
  return `${words.place(problem.line, problem.column)}: ${csvProblemWords(words, problem)}`
}
