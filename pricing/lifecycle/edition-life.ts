// The life of an edition as a state machine: what may be done with it, by whom and when, and what it then is. It decides on
// values; edition-book.ts reads and writes them.

import type { EditionAction, EditionStatus } from '../../store/book/edition-rows.ts'

export interface EditionState {
  readonly status: EditionStatus
  /** The address that the book keeps, and the hash of the document as it lies there. They differ when somebody touched it. */
  readonly hash: string
  readonly documentHash: string
  /** Accounts that made the draft or changed it, and the one that submitted it. */
  readonly authors: readonly string[]
  readonly submitter: string | undefined
  readonly approvedHash: string | undefined
  readonly activeFromMs: number | undefined
}

export type EditionCommand =
  | { readonly kind: 'edit' }
  | { readonly kind: 'discard' }
  /** `problems` counts what is wrong with the document, failing test cases included. */
  | { readonly kind: 'submit'; readonly problems: number }
  | { readonly kind: 'approve' }
  /** `takenFromMs` are the starts of the plan's other editions that are scheduled; the latest start that there has been. */
  | {
      readonly kind: 'schedule'
      readonly fromMs: number
      readonly takenFromMs: readonly number[]
      readonly inForceFromMs: number | undefined
    }
  | { readonly kind: 'activate' }
  | { readonly kind: 'supersede' }
  | { readonly kind: 'withdraw' }

/** In the order they are checked. */
export type EditionRefusal =
  /** The document is another than the one the actor has seen. */
  | { readonly kind: 'stale'; readonly hash: string }
  | { readonly kind: 'wrong-state'; readonly status: EditionStatus; readonly allowed: readonly EditionStatus[] }
  | { readonly kind: 'has-problems'; readonly problems: number }
  /** Whoever wrote or submitted an edition does not approve it. */
  | { readonly kind: 'own-edition'; readonly as: 'author' | 'submitter' }
  /** The approval was of another document. */
  | { readonly kind: 'not-approved' }
  | { readonly kind: 'in-the-past'; readonly fromMs: number; readonly nowMs: number }
  | { readonly kind: 'taken'; readonly fromMs: number }
  | { readonly kind: 'too-early'; readonly fromMs: number; readonly nowMs: number }

export type EditionDecision =
  | EditionRefusal
  /** It is so already: a command that is repeated does nothing. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'moves'; readonly to: EditionStatus; readonly action: EditionAction }

/** From which states each command leads on, and where to. */
const moves: Readonly<
  Record<
    EditionCommand['kind'],
    { readonly from: readonly EditionStatus[]; readonly to: EditionStatus; readonly done: readonly EditionStatus[] }
  >
> = {
  edit: { from: ['draft'], to: 'draft', done: [] },
  discard: { from: ['draft'], to: 'draft', done: [] },
  submit: { from: ['draft'], to: 'submitted', done: ['submitted'] },
  approve: { from: ['submitted'], to: 'approved', done: ['approved'] },
  schedule: { from: ['approved', 'scheduled'], to: 'scheduled', done: [] },
  activate: { from: ['scheduled'], to: 'active', done: ['active'] },
  supersede: { from: ['active'], to: 'superseded', done: ['superseded'] },
  withdraw: { from: ['submitted', 'approved', 'scheduled'], to: 'withdrawn', done: ['withdrawn'] },
}

export interface EditionActor {
  /** Account; undefined when Merit acts by itself. */
  readonly id: string | undefined
  /** The document that the actor has seen; undefined when it does not matter. */
  readonly seenHash: string | undefined
  readonly nowMs: number
}

export function decideEdition(state: EditionState, command: EditionCommand, actor: EditionActor): EditionDecision {
  if (actor.seenHash !== undefined && actor.seenHash !== state.hash) return { kind: 'stale', hash: state.hash }
  const { from, to, done } = moves[command.kind]
  if (done.includes(state.status) && isSame(state, command, actor)) return { kind: 'unchanged' }
  if (!from.includes(state.status)) return { kind: 'wrong-state', status: state.status, allowed: from }
  return refusalOf(state, command, actor) ?? moveOf(state, command, to)
}

/** Whether a command that comes again is the same: an approval by somebody who may not approve is still refused. */
function isSame(state: EditionState, command: EditionCommand, actor: EditionActor): boolean {
  return command.kind !== 'approve' || refusalOf(state, command, actor) === undefined
}

function moveOf(state: EditionState, command: EditionCommand, to: EditionStatus): EditionDecision {
  if (command.kind === 'schedule' && state.status === 'scheduled' && command.fromMs === state.activeFromMs)
    return { kind: 'unchanged' }
  return { kind: 'moves', to, action: command.kind }
}

function refusalOf(state: EditionState, command: EditionCommand, actor: EditionActor): EditionRefusal | undefined {
  switch (command.kind) {
    case 'submit':
      return command.problems > 0 ? { kind: 'has-problems', problems: command.problems } : undefined
    case 'approve': {
      if (actor.id === undefined || state.authors.includes(actor.id)) return { kind: 'own-edition', as: 'author' }
      if (actor.id === state.submitter) return { kind: 'own-edition', as: 'submitter' }
      return state.documentHash === state.hash ? undefined : { kind: 'not-approved' }
    }
    case 'schedule': {
      const { fromMs, takenFromMs, inForceFromMs } = command
      if (!isApproved(state)) return { kind: 'not-approved' }
      if (fromMs < actor.nowMs) return { kind: 'in-the-past', fromMs, nowMs: actor.nowMs }
      const isTaken = takenFromMs.includes(fromMs) || (inForceFromMs !== undefined && fromMs <= inForceFromMs)
      return isTaken ? { kind: 'taken', fromMs } : undefined
    }
    case 'activate': {
      const fromMs = state.activeFromMs
      if (!isApproved(state)) return { kind: 'not-approved' }
      if (fromMs === undefined || fromMs > actor.nowMs)
        return { kind: 'too-early', fromMs: fromMs ?? Number.POSITIVE_INFINITY, nowMs: actor.nowMs }
      return undefined
    }
    case 'edit':
    case 'discard':
    case 'supersede':
    case 'withdraw':
      return undefined
  }
}

/** An approval is of one document and void for any other. */
export function isApproved(state: Pick<EditionState, 'hash' | 'documentHash' | 'approvedHash'>): boolean {
  return state.approvedHash === state.hash && state.documentHash === state.hash
}

/** What each state leads to, for those who show it. */
export function actionsOf(status: EditionStatus): readonly EditionCommand['kind'][] {
  const kinds = ['edit', 'discard', 'submit', 'approve', 'schedule', 'withdraw'] as const
  return kinds.filter((kind) => moves[kind].from.includes(status))
}
