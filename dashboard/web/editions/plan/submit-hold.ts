// Why a draft cannot be submitted just now, in words; empty when it can.

import type { EditionDetail } from '../../../api/edition-shapes.ts'
import { w } from '../workbench-words.ts'
import { draftSession } from './draft-session.ts'

export function submitHold(detail: EditionDetail): string {
  const { keeping, trial, isTrying } = draftSession(detail)
  const found = trial.value
  if (keeping.value.kind === 'saving' || keeping.value.kind === 'unsaved' || isTrying.value) return w('plan.hold.saving')
  if (keeping.value.kind !== 'saved') return w('plan.hold.unsaved')
  if (found === undefined) return ''
  if (found.problems.length > 0) return w('plan.hold.problems', { count: found.problems.length })
  const failing = found.testCases.filter(({ isGood }) => !isGood).length
  return failing > 0 ? w('plan.hold.failing', { count: failing }) : ''
}
