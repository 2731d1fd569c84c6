// Local days and hours of a time zone, for habits that follow the clock on the wall. Daylight saving makes days of 23 and 25 hours.

export interface LocalDay {
  /** Days since 1970-01-01, of the local date; names the day. */
  readonly number: number
  readonly startMs: number
  /** The next day's start. */
  readonly endMs: number
  /** 0 is Sunday. */
  readonly weekday: number
  readonly dayOfMonth: number
}

const dayMs = 86_400_000
/** One is slow to make, and every day asks for it. */
const formatters = new Map<string, Intl.DateTimeFormat>()

export function localDayOf(atMs: number, timeZone: string): LocalDay {
  return localDay(Math.floor((atMs + offsetMs(atMs, timeZone)) / dayMs), timeZone)
}

/** @param number days since 1970-01-01 */
export function localDay(number: number, timeZone: string): LocalDay {
  const date = new Date(number * dayMs)
  return {
    number,
    startMs: midnightMs(number, timeZone),
    endMs: midnightMs(number + 1, timeZone),
    weekday: date.getUTCDay(),
    dayOfMonth: date.getUTCDate(),
  }
}

function midnightMs(number: number, timeZone: string): number {
  const asUtcMs = number * dayMs
  // The offset of a moment near midnight, then of the moment found: they differ only in the hours around a change.
  const nearMs = asUtcMs - offsetMs(asUtcMs, timeZone)
  return asUtcMs - offsetMs(nearMs, timeZone)
}

/** Of the clock on the wall, 0 to 1,439. */
export function localMinuteOf(atMs: number, timeZone: string): number {
  const localMs = atMs + offsetMs(atMs, timeZone)
  return Math.floor((((localMs % dayMs) + dayMs) % dayMs) / 60_000)
}

/** Local time minus UTC at this instant, milliseconds. */
function offsetMs(atMs: number, timeZone: string): number {
  const known = formatters.get(timeZone)
  const formatter = known ?? new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset', year: 'numeric' })
  formatters.set(timeZone, formatter)
  const name = formatter.formatToParts(atMs).find((part) => part.type === 'timeZoneName')?.value ?? ''
  const match = /^GMT([+-])(\d{2}):(\d{2})/.exec(name)
  if (match === null) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000
}
