// The terms of a policy, and which edition counts for it at a time: pure functions of its start, its own clock and the
// windows of its plan's editions.

import { localClock } from '../behaviour/local-clock.ts'

export interface Term {
  /** 1 for the first. */
  readonly number: number
  readonly fromMs: number
  readonly untilMs: number
}

const dayMs = 86_400_000

/**
 * The term around an instant: twelve months each. The first begins when the policy does, the others at midnight of its
 * anniversary by its own clock; a policy of 29 February is renewed on 28 February in other years.
 */
export function termAt(startMs: number, timeZone: string, atMs: number): Term {
  const clock = localClock(timeZone)
  const [year, month, day] = partsOf(clock.day(startMs))
  const anniversary = (years: number): number => {
    if (years === 0) return startMs
    const lastDay = new Date(Date.UTC(year + years, month, 0)).getUTCDate()
    const noonMs = Date.UTC(year + years, month - 1, Math.min(day, lastDay), 12)
    const wanted = new Date(noonMs).toISOString().slice(0, 'YYYY-MM-DD'.length)
    const { startMs: from, endMs: until } = clock.dayBounds(noonMs)
    // Noon of Greenwich is another day where clocks are twelve hours off.
    if (clock.day(noonMs) === wanted) return from
    return clock.day(noonMs) < wanted ? until : clock.dayBounds(noonMs - dayMs).startMs
  }
  let years = Math.max(0, partsOf(clock.day(Math.max(startMs, atMs)))[0] - year)
  if (years > 0 && anniversary(years) > atMs) years -= 1
  return { number: years + 1, fromMs: anniversary(years), untilMs: anniversary(years + 1) }
}

function partsOf(day: string): readonly [number, number, number] {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return [year, month, date]
}

/** An edition as far as time is concerned. */
export interface EditionWindow {
  readonly hash: string
  readonly fromMs: number
  /** The premium of a term that runs stands. */
  readonly noMidTermRerate: boolean
}

export interface EffectiveEdition<Window extends EditionWindow> {
  readonly edition: Window
  /** From when it counts for this policy. */
  readonly effectiveFromMs: number
  /** Neither behaviour nor another edition moves the premium of this term. */
  readonly isSettled: boolean
}

/**
 * New business and a new term take the edition that is in force as they begin. During a term another edition follows at once,
 * unless either of the two lets a running term stand.
 * @param windows of one plan, ascending by `fromMs`; a time before the first takes the first
 */
export function effectiveEdition<Window extends EditionWindow>(
  windows: readonly Window[],
  term: Pick<Term, 'fromMs'>,
  atMs: number,
): EffectiveEdition<Window> | undefined {
  const first = windows[0]
  if (first === undefined) return undefined
  let edition = windows.findLast(({ fromMs }) => fromMs <= term.fromMs) ?? first
  let effectiveFromMs = Math.max(term.fromMs, edition.fromMs)
  for (const next of windows) {
    if (next.fromMs <= edition.fromMs || next.fromMs > atMs || edition.noMidTermRerate || next.noMidTermRerate) continue
    edition = next
    effectiveFromMs = next.fromMs
  }
  return { edition, effectiveFromMs, isSettled: edition.noMidTermRerate }
}
