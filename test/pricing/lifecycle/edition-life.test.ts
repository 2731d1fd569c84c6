// The life of an edition, as a table: who does what to which state, and what becomes of it.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decideEdition,
  type EditionActor,
  type EditionCommand,
  type EditionDecision,
  type EditionState,
  isApproved,
} from '../../../pricing/lifecycle/edition-life.ts'

const nowMs = 1_000
const statuses = ['draft', 'submitted', 'approved', 'scheduled', 'active', 'superseded', 'withdrawn'] as const

function stateIn(status: EditionState['status'], changes: Partial<EditionState> = {}): EditionState {
  const isApprovedOnce = status === 'approved' || status === 'scheduled' || status === 'active' || status === 'superseded'
  return {
    status,
    hash: 'h',
    documentHash: 'h',
    authors: ['author'],
    submitter: status === 'draft' ? undefined : 'submitter',
    approvedHash: isApprovedOnce ? 'h' : undefined,
    activeFromMs: status === 'scheduled' ? nowMs : undefined,
    ...changes,
  }
}

const commands: Readonly<Record<EditionCommand['kind'], EditionCommand>> = {
  edit: { kind: 'edit' },
  discard: { kind: 'discard' },
  submit: { kind: 'submit', problems: 0 },
  approve: { kind: 'approve' },
  schedule: { kind: 'schedule', fromMs: nowMs + 5, takenFromMs: [], inForceFromMs: 0 },
  activate: { kind: 'activate' },
  supersede: { kind: 'supersede' },
  withdraw: { kind: 'withdraw' },
}
const kinds = ['edit', 'discard', 'submit', 'approve', 'schedule', 'activate', 'supersede', 'withdraw'] as const

function actor(id: string | undefined = 'approver', seenHash = 'h'): EditionActor {
  return { id, seenHash, nowMs }
}

function shown(decision: EditionDecision): string {
  if (decision.kind === 'moves') return decision.to
  return decision.kind === 'unchanged' ? '=' : '-'
}

test('every command in every state leads where the table says', () => {
  const table = statuses.map((status) =>
    [status, ...kinds.map((kind) => shown(decideEdition(stateIn(status), commands[kind], actor())))].join(' '),
  )
  expect(table).toEqual(
    [
      //          edit  discard submit approve schedule activate supersede withdraw
      'draft      draft draft submitted - - - - -',
      'submitted  - - = approved - - - withdrawn',
      'approved   - - - = scheduled - - withdrawn',
      'scheduled  - - - - scheduled active - withdrawn',
      'active     - - - - - = superseded -',
      'superseded - - - - - - = -',
      'withdrawn  - - - - - - - =',
    ].map((line) => line.replaceAll(/ +/g, ' ')),
  )
})

test('a submitted document never changes: no state after the draft takes an edit', () => {
  for (const status of statuses)
    expect(decideEdition(stateIn(status), commands.edit, actor()).kind).toBe(status === 'draft' ? 'moves' : 'wrong-state')
})

test.each([
  ['the author', 'author', { kind: 'own-edition', as: 'author' }],
  ['somebody who changed the draft', 'editor', { kind: 'own-edition', as: 'author' }],
  ['the submitter, who did not write it', 'submitter', { kind: 'own-edition', as: 'submitter' }],
  ['nobody', undefined, { kind: 'own-edition', as: 'author' }],
  ['a third person', 'approver', { kind: 'moves', to: 'approved', action: 'approve' }],
] as const)('%s approving comes to what four eyes allow', (_, id, expected) => {
  const state = stateIn('submitted', { authors: ['author', 'editor'] })
  expect(decideEdition(state, commands.approve, { id, seenHash: 'h', nowMs })).toEqual(expected)
})

test('an author does not approve what another has approved either', () => {
  expect(decideEdition(stateIn('approved'), commands.approve, actor('author')).kind).not.toBe('moves')
  expect(decideEdition(stateIn('approved'), commands.approve, actor('author')).kind).not.toBe('unchanged')
})

test('an approval is void for any other document: it is neither scheduled nor active', () => {
  const changes = [{ documentHash: 'other' }, { approvedHash: 'other' }, { approvedHash: undefined }] as const
  for (const change of changes) {
    expect(isApproved(stateIn('approved', change))).toBe(false)
    expect(decideEdition(stateIn('approved', change), commands.schedule, actor()).kind).toBe('not-approved')
    expect(decideEdition(stateIn('scheduled', change), commands.activate, actor()).kind).toBe('not-approved')
  }
})

test('who has seen another document is refused before anything else', () => {
  for (const kind of kinds)
    expect(decideEdition(stateIn('superseded'), commands[kind], actor('approver', 'seen before'))).toEqual({
      kind: 'stale',
      hash: 'h',
    })
})

test('a draft with a problem or a failing test case is not submitted', () => {
  expect(decideEdition(stateIn('draft'), { kind: 'submit', problems: 2 }, actor())).toEqual({ kind: 'has-problems', problems: 2 })
})

test.each([
  ['a millisecond ago', nowMs - 1, [], 0, 'in-the-past'],
  ['now', nowMs, [], 0, 'moves'],
  ['when another of the plan begins', nowMs + 5, [nowMs + 5], 0, 'taken'],
  ['when the one in force began', nowMs + 5, [], nowMs + 5, 'taken'],
  ['later', nowMs + 5, [nowMs + 4], undefined, 'moves'],
] as const)('scheduling for %s', (_, fromMs, takenFromMs, inForceFromMs, expected) => {
  const command = { kind: 'schedule', fromMs, takenFromMs, inForceFromMs } as const
  expect(decideEdition(stateIn('approved'), command, actor()).kind).toBe(expected)
})

test('nothing becomes active before its time', () => {
  const early = stateIn('scheduled', { activeFromMs: nowMs + 1 })
  expect(decideEdition(early, commands.activate, actor()).kind).toBe('too-early')
})

test('whatever is tried in whatever order, nothing becomes active that its writers alone have seen', () => {
  const people = ['ann', 'ben', 'cem'] as const
  const tries = fc.array(fc.record({ kind: fc.constantFrom(...kinds), who: fc.constantFrom(...people) }), { maxLength: 40 })
  fc.assert(
    fc.property(tries, (attempts) => {
      let state = stateIn('draft', { authors: ['ann'], submitter: undefined })
      let approver: string | undefined
      for (const { kind, who } of attempts) {
        const command: EditionCommand =
          kind === 'schedule' ? { kind, fromMs: nowMs, takenFromMs: [], inForceFromMs: undefined } : commands[kind]
        const decision = decideEdition(state, command, { id: who, seenHash: state.hash, nowMs })
        if (decision.kind !== 'moves') continue
        if (kind === 'approve') approver = who
        const { authors, submitter } = state
        state = {
          ...state,
          status: decision.to,
          authors: kind === 'edit' ? [...authors, who] : authors,
          submitter: kind === 'submit' ? who : submitter,
          approvedHash: kind === 'approve' ? state.hash : state.approvedHash,
          activeFromMs: kind === 'schedule' ? nowMs : state.activeFromMs,
        }
        if (state.status === 'active') {
          expect(approver).toBeDefined()
          expect([...state.authors, state.submitter]).not.toContain(approver)
        }
      }
    }),
  )
})
