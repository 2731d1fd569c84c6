// What pricing does for editions and terms in every pass: activates what is due, prices the policies of a plan whose edition
// changed, and opens new terms. It works for a moment at a time and lets others in between; what is left waits in the book.

import { setImmediate as letOthersIn } from 'node:timers/promises'
import type { EditionRow } from '../../store/book/edition-rows.ts'
import type { Book } from '../../store/book/schema.ts'
import { activateDue } from './activate-due.ts'
import { nextRepricing, passRepricing } from './reprice-plan.ts'
import { policiesToRenew } from './stored-terms.ts'

/** In one pass, unless all is to be settled: news of devices waits no longer than this. */
export const workMsMax = 250
/** Terms end at midnight; nobody notices a minute. */
export const renewalsEveryMs = 60_000

export interface EditionKeeperOptions {
  readonly book: Book
  /** Prices one policy; a failure is its own business. */
  readonly repriceOne: (policyId: string, nowMs: number) => Promise<void>
  readonly onActivated: (edition: EditionRow) => void
}

export class EditionKeeper {
  readonly #options: EditionKeeperOptions
  #renewals: string[] = []
  #renewedAtMs = Number.NEGATIVE_INFINITY
  #refused: readonly EditionRow[] = []

  constructor(options: EditionKeeperOptions) {
    this.#options = options
  }

  /** Before the devices: what they tell is priced on the edition that is in force. */
  async activate(nowMs: number): Promise<void> {
    const { activated, refused } = await activateDue(this.#options.book, nowMs)
    this.#refused = refused
    for (const edition of activated) this.#options.onActivated(edition)
  }

  async work(nowMs: number, isSettling: boolean): Promise<void> {
    const { book } = this.#options
    if (isSettling || Math.abs(nowMs - this.#renewedAtMs) >= renewalsEveryMs) {
      this.#renewals = [...(await policiesToRenew(book, nowMs))]
      this.#renewedAtMs = nowMs
    }
    const startedAt = performance.now()
    const hasTime = () => isSettling || performance.now() - startedAt < workMsMax
    while (hasTime()) {
      const policyId = this.#renewals.shift()
      if (policyId === undefined) break
      await this.#reprice(policyId, nowMs)
    }
    while (hasTime()) {
      const batch = await nextRepricing(book)
      if (batch === undefined) break
      for (const policyId of batch.policyIds) await this.#reprice(policyId, nowMs)
      await passRepricing(book, batch)
    }
  }

  /** Why an edition whose time has come is not active. */
  reasons(): readonly string[] {
    return this.#refused.map(
      ({ id, hash }) => `edition ${id} is not activated: its document is not the one that was approved as ${hash}`,
    )
  }

  async #reprice(policyId: string, nowMs: number): Promise<void> {
    await this.#options.repriceOne(policyId, nowMs)
    await letOthersIn()
  }
}
