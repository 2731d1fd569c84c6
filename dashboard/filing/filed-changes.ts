// Which differences of two editions are rates. Names and test cases differ too; they are listed in the pack, but move no premium.

import type { CellChange } from '../../pricing/lifecycle/edition-difference.ts'

const evidence: ReadonlySet<string> = new Set(['document', 'test-cases'])

export function isRate({ table }: CellChange): boolean {
  return !evidence.has(table)
}
