// Local time of an IANA zone, cheap enough to ask for every reading. Offsets only change at quarter hours, so one look-up in
// the time zone tables serves a quarter of an hour of readings.

const minuteMs = 60_000
const quarterMs = 15 * minuteMs
/** Longer than any local day (25 h, or 24.5 h on Lord Howe Island) with room to spare. */
const daySearchMs = 30 * 60 * minuteMs

export interface LocalClock {
  readonly timeZone: string
  /** Minutes since local midnight by the wall clock, 0 to 1439. */
  minuteOfDay(tMs: number): number
  /** Local calendar day, YYYY-MM-DD. */
  day(tMs: number): string
  /** The instants the local day around `tMs` starts (inclusive) and ends (exclusive); 23 to 25 hours apart. */
  dayBounds(tMs: number): { readonly startMs: number; readonly endMs: number }
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** @throws RangeError when the zone is unknown; ask `isTimeZone` first where the name comes from outside */
export function localClock(timeZone: string): LocalClock {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  let quarter = Number.NaN
  let minute = 0
  let day = ''

  function seek(tMs: number): void {
    const wanted = Math.floor(tMs / quarterMs)
    if (wanted === quarter) return
    quarter = wanted
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
    for (const part of format.formatToParts(wanted * quarterMs)) parts[part.type] = part.value
    minute = Number(parts.hour) * 60 + Number(parts.minute)
    day = `${parts.year}-${parts.month}-${parts.day}`
  }

  function dayOf(tMs: number): string {
    seek(tMs)
    return day
  }

  /** First quarter hour after `low` whose day is `wanted` or later; days never run backwards. */
  function firstOf(low: number, high: number, isReached: (day: string) => boolean): number {
    let before = Math.floor(low / quarterMs)
    let reached = Math.floor(high / quarterMs)
    while (reached - before > 1) {
      const middle = Math.floor((before + reached) / 2)
      if (isReached(dayOf(middle * quarterMs))) reached = middle
      else before = middle
    }
    return reached * quarterMs
  }

  return {
    timeZone,
    minuteOfDay(tMs) {
      seek(tMs)
      return minute + Math.floor((tMs - quarter * quarterMs) / minuteMs)
    },
    day: dayOf,
    dayBounds(tMs) {
      const today = dayOf(tMs)
      return {
        startMs: firstOf(tMs - daySearchMs, tMs, (candidate) => candidate >= today),
        endMs: firstOf(tMs, tMs + daySearchMs, (candidate) => candidate > today),
      }
    },
  }
}
