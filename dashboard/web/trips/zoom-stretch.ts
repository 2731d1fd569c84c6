// Which stretch of a trip is looked at, and how the buttons move it: pure, always within the trip.

export interface Stretch {
  readonly fromMs: number
  readonly untilMs: number
}

export const moves = ['in', 'out', 'left', 'right', 'whole'] as const
export type Move = (typeof moves)[number]

/** Closer there is nothing to see at ten readings a second. */
export const stretchMsMin = 5000

/** @returns undefined for the whole trip */
export function moveStretch(whole: Stretch, now: Stretch | undefined, move: Move): Stretch | undefined {
  const { fromMs, untilMs } = now ?? whole
  const length = untilMs - fromMs
  const middle = (fromMs + untilMs) / 2
  switch (move) {
    case 'in':
      return stretchWithin(whole, middle - length / 4, middle + length / 4)
    case 'out':
      return stretchWithin(whole, middle - length, middle + length)
    case 'left':
      return stretchWithin(whole, fromMs - length / 2, untilMs - length / 2)
    case 'right':
      return stretchWithin(whole, fromMs + length / 2, untilMs + length / 2)
    case 'whole':
      return undefined
  }
}

/** As long as was wanted, moved into the trip; undefined when that is all of it. */
export function stretchWithin(whole: Stretch, fromMs: number, untilMs: number): Stretch | undefined {
  const wholeMs = whole.untilMs - whole.fromMs
  const length = Math.min(wholeMs, Math.max(stretchMsMin, untilMs - fromMs))
  if (length >= wholeMs) return undefined
  const from = Math.min(Math.max((fromMs + untilMs) / 2 - length / 2, whole.fromMs), whole.untilMs - length)
  return { fromMs: Math.round(from), untilMs: Math.round(from + length) }
}
