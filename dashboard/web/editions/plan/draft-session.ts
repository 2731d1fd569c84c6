// A draft being edited: its document with the way back, kept on the server as it changes, tried out after every change. When somebody
// else changed it meanwhile nothing is overwritten: both are held until the person decides.

import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Edition, EditionDetail } from '../../../api/edition-shapes.ts'
import type { EditionTrial } from '../../../api/edition-try-routes.ts'
import { type Failure, get, post } from '../../api.ts'
import { locale } from '../../language.ts'
import { refreshEdition } from '../edition-resources.ts'
import { beginHistory, change, redo, undo } from './edit-history.ts'
import { isSame, type Json, jsonOf } from './json-tree.ts'

export type Keeping =
  | { readonly kind: 'saved' }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  /** Its form is no edition's: it is kept in this page only until that is mended. */
  | { readonly kind: 'unfit' }
  | { readonly kind: 'stale'; readonly theirs: Json; readonly theirHash: string }
  | { readonly kind: 'failed'; readonly failure: Failure }

/** Long enough that a word is typed or a point dragged before the draft is kept. */
const saveAfterMs = 700
/** Short enough to follow a drag. */
const tryAfterMs = 120

export interface DraftSession {
  readonly id: string
  readonly document: ReadonlySignal<Json>
  readonly keeping: ReadonlySignal<Keeping>
  /** Of the document as it was a moment ago; undefined before the first answer. */
  readonly trial: ReadonlySignal<EditionTrial | undefined>
  /** True while the trial is of an older document. */
  readonly isTrying: ReadonlySignal<boolean>
  readonly facts: ReadonlySignal<Json | undefined>
  readonly canUndo: ReadonlySignal<boolean>
  readonly canRedo: ReadonlySignal<boolean>
  /** @param about joins changes of one drag into one step */
  edit(document: Json, about?: string): void
  undo(): void
  redo(): void
  chooseFacts(facts: Json | undefined): void
  /** What the server has now; taken when nothing of one's own waits. */
  adopt(detail: EditionDetail): void
  /** Puts one's own in the place of theirs, or takes theirs, which can be undone. */
  settle(whose: 'mine' | 'theirs'): void
  retry(): void
  /** Tries again, for other words or another example. */
  ask(): void
}

const sessions = new Map<string, DraftSession>()

/** One for each draft as long as the page is open: going away and coming back leaves every step to be undone. */
export function draftSession(detail: EditionDetail): DraftSession {
  const known = sessions.get(detail.id)
  if (known !== undefined) return known
  const made = openSession(detail)
  sessions.set(detail.id, made)
  return made
}

function openSession({ id, hash: firstHash, document: first }: EditionDetail): DraftSession {
  const address = `/api/v1/editions/${encodeURIComponent(id)}`
  const history = signal(beginHistory(jsonOf(first)))
  const document = computed(() => history.value.present)
  const keeping = signal<Keeping>({ kind: 'saved' })
  const trial = signal<EditionTrial | undefined>(undefined)
  const isTrying = signal(false)
  const facts = signal<Json | undefined>(undefined)
  let hash = firstHash
  let kept = document.peek()
  let saveTimer: ReturnType<typeof setTimeout> | undefined
  let tryTimer: ReturnType<typeof setTimeout> | undefined
  let trials = 0
  /** An answer that comes late may tell of a document that was kept before the last one. */
  const own = new Set([firstHash])
  let isSaving = false

  const isWaiting = () => !isSame(kept, document.peek())

  function later(): void {
    clearTimeout(saveTimer)
    if (keeping.peek().kind === 'stale') return
    if (!isWaiting() && !isSaving) keeping.value = { kind: 'saved' }
    else {
      if (keeping.peek().kind !== 'saving') keeping.value = { kind: 'unsaved' }
      saveTimer = setTimeout(() => void save(), saveAfterMs)
    }
  }

  async function save(): Promise<void> {
    // What is typed while a save is under way is kept by the next one.
    if (isSaving || !isWaiting() || keeping.peek().kind === 'stale') return
    if (trial.peek()?.isForm === false && !isTrying.peek()) {
      keeping.value = { kind: 'unfit' }
      return
    }
    isSaving = true
    keeping.value = { kind: 'saving' }
    const sent = document.peek()
    const outcome = await post<Edition>(`${address}/document`, { hash, document: sent })
    isSaving = false
    if (outcome.kind === 'answer') {
      hash = outcome.value.hash
      own.add(hash)
      kept = sent
      keeping.value = { kind: 'saved' }
      void refreshEdition(id, false)
      if (isWaiting()) later()
      return
    }
    await explain(outcome.failure)
  }

  /** A conflict is somebody else's change when the server has another document than the one that was seen. */
  async function explain(failure: Failure): Promise<void> {
    if (failure.kind === 'conflict') {
      const now = await get<EditionDetail>(`editions/${encodeURIComponent(id)}`)
      if (now.kind === 'answer' && now.value.hash !== hash) {
        keeping.value = { kind: 'stale', theirs: jsonOf(now.value.document), theirHash: now.value.hash }
        return
      }
    }
    keeping.value = { kind: 'failed', failure }
  }

  function ask(): void {
    clearTimeout(tryTimer)
    isTrying.value = true
    trials += 1
    const number = trials
    tryTimer = setTimeout(async () => {
      const example = facts.peek()
      const body = { document: document.peek(), locale: locale.peek(), ...(example === undefined ? {} : { facts: example }) }
      const outcome = await post<EditionTrial>(`${address}/try`, body)
      if (number !== trials) return
      isTrying.value = false
      if (outcome.kind === 'answer') trial.value = outcome.value
      if (outcome.kind === 'answer' && outcome.value.isForm && keeping.peek().kind === 'unfit') later()
    }, tryAfterMs)
  }

  function step(next: typeof history.value): void {
    if (next === history.peek()) return
    history.value = next
    ask()
    later()
  }

  // Whoever leaves within the moment before it is kept has not lost it.
  addEventListener('pagehide', () => {
    if (!isWaiting() || trial.peek()?.isForm === false || keeping.peek().kind === 'stale') return
    const body = JSON.stringify({ hash, document: document.peek() })
    void fetch(`${address}/document`, { method: 'POST', headers: { 'content-type': 'application/json' }, body, keepalive: true })
  })

  return {
    id,
    document,
    keeping,
    trial,
    isTrying,
    facts,
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
    edit: (next, about = '') => step(change(history.peek(), next, about)),
    undo: () => step(undo(history.peek())),
    redo: () => step(redo(history.peek())),
    chooseFacts(chosen) {
      facts.value = chosen
      ask()
    },
    adopt(detail) {
      if (own.has(detail.hash) || isSaving) return
      const theirs = jsonOf(detail.document)
      if (isWaiting()) {
        clearTimeout(saveTimer)
        keeping.value = { kind: 'stale', theirs, theirHash: detail.hash }
        return
      }
      hash = detail.hash
      own.add(hash)
      kept = theirs
      step(change(history.peek(), theirs))
    },
    settle(whose) {
      const now = keeping.peek()
      if (now.kind !== 'stale') return
      hash = now.theirHash
      own.add(hash)
      kept = now.theirs
      keeping.value = { kind: 'unsaved' }
      if (whose === 'theirs') step(change(history.peek(), now.theirs))
      else later()
    },
    retry: () => void save(),
    ask,
  }
}
