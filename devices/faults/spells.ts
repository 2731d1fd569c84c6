// When a fault strikes: whole stretches of time, not single readings, because a sensor that fails stays failed for a while. By the
// seed and the time alone, so that nothing has to be remembered and any part of a run comes out the same.

import type { DeviceKind } from '../contract/signals.ts'
import { type Random, randomFor } from '../simulator/random.ts'
import type { ActiveFault } from './fault-switch.ts'

export interface Spell {
  /** Names the stretch of time; the same for all readings within it. */
  readonly number: number
  /** For what differs from one stretch to the next. */
  readonly random: Random
}

export interface Struck {
  readonly fault: ActiveFault
  readonly device: string
  readonly kind: DeviceKind
  readonly seed: string
}

/** @param lengthMs of a stretch; @returns undefined while the fault does not strike */
export function spellAt({ fault, device, seed }: Struck, lengthMs: number, atMs: number): Spell | undefined {
  if (atMs < fault.fromMs || atMs >= fault.untilMs) return undefined
  const number = Math.floor(atMs / lengthMs)
  const random = randomFor(seed, fault.fault, device, number)
  return random.chance(fault.intensity) ? { number, random } : undefined
}

/** Asked once a reading: the last answer is mostly this one's too. */
export function spellsOf(struck: Struck, lengthMs: number): (atMs: number) => Spell | undefined {
  let known: { readonly number: number; readonly spell: Spell | undefined } | undefined
  const { fromMs, untilMs } = struck.fault
  return (atMs) => {
    if (atMs < fromMs || atMs >= untilMs) return undefined
    const number = Math.floor(atMs / lengthMs)
    if (known?.number !== number) known = { number, spell: spellAt(struck, lengthMs, Math.max(fromMs, number * lengthMs)) }
    return known.spell
  }
}
