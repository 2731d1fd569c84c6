// Where editions were parsed before pricing/edition/ held them.

import type { Edition as EditionOfPlan } from './edition/edition-document.ts'
import { parseStoredEdition as parseStored } from './edition/parse-edition.ts'

export type Edition = EditionOfPlan

/** @throws BadEdition when it does not parse */
export function parseStoredEdition(document: string): Edition {
  return parseStored(document)
}
