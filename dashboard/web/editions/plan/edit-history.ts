// What was done to a document, step by step, and back again. A drag, or typing in one place, is one step. Only values.

import type { Json } from './json-tree.ts'

export interface EditHistory {
  readonly past: readonly Json[]
  readonly present: Json
  readonly future: readonly Json[]
  /** What the last step was about; the next one about the same is part of it. */
  readonly about: string
}

/** A day of work; documents share what did not change. */
export const stepsMax = 1000

export function beginHistory(document: Json): EditHistory {
  return { past: [], present: document, future: [], about: '' }
}

/** @param about names what goes on, such as the drag of a point; empty for a step of its own */
export function change(history: EditHistory, document: Json, about = ''): EditHistory {
  if (document === history.present) return history
  const isSameStep = about !== '' && about === history.about && history.future.length === 0
  const past = isSameStep ? history.past : [...history.past, history.present].slice(-stepsMax)
  return { past, present: document, future: [], about }
}

export function undo(history: EditHistory): EditHistory {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future], about: '' }
}

export function redo(history: EditHistory): EditHistory {
  const [next, ...future] = history.future
  if (next === undefined) return history
  return { past: [...history.past, history.present], present: next, future, about: '' }
}
