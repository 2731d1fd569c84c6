// What the routes of editions share: the id in the path, the hash that was seen, and how a refusal is told.

import Type from 'typebox'
import type { EditionRow } from '../../store/book/edition-rows.ts'
import { type EditionFault, editionFaultWords, editionWordsIn } from '../messages/edition-refusal.ts'
import type { Caller } from '../sign-in/sessions.ts'
import type { Edition } from './edition-shapes.ts'
import { toEdition } from './editions.ts'
import type { ProblemName } from './problem.ts'
import { fields, noInput, type Refusal, type Reply, refuse, reply } from './route.ts'
import type { Services } from './services.ts'

export const insurer = ['insurer'] as const
/** Its id, its hash, or eight digits and more of the hash. */
export const EditionReference = Type.String({ minLength: 1, maxLength: 128 })
export const HashSchema = Type.String({ pattern: '^[0-9a-f]{64}$' })
export const ofOneEdition = { ...noInput, params: fields({ id: EditionReference }) } as const
/** A document with its tables and test cases; far above the largest. */
export const documentBytesMax = 4 * 1024 * 1024

const problemOf: Readonly<Record<EditionFault['kind'], ProblemName>> = {
  unknown: 'not-found',
  'unknown-table': 'not-found',
  stale: 'stale',
  'wrong-state': 'wrong-state',
  'own-edition': 'four-eyes',
  'not-approved': 'wrong-state',
  'in-the-past': 'wrong-time',
  'too-early': 'wrong-time',
  taken: 'wrong-time',
  'has-problems': 'unfit',
  'other-plan': 'unfit',
  'bad-form': 'unfit',
  problems: 'unfit',
  exists: 'conflict',
}

export function refuseEdition(caller: Caller, fault: EditionFault, reference: string): Refusal {
  return refuse(problemOf[fault.kind], editionFaultWords(editionWordsIn(caller.locale), fault, reference))
}

export async function answerEdition(
  { book }: Services,
  caller: Caller,
  outcome: EditionFault | { readonly kind: 'done'; readonly row: EditionRow },
  reference: string,
): Promise<Reply<Edition>> {
  if (outcome.kind !== 'done') return refuseEdition(caller, outcome, reference)
  return reply(await toEdition(book, outcome.row, caller))
}
