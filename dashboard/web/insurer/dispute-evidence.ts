// What was recorded around a disputed event, cut out of its trip. Only arithmetic.

import type { Dispute } from '../../api/dispute-shapes.ts'
import type { TripDetail } from '../../api/shapes.ts'
import type { DrivingEvent } from '../trips/counted-events.ts'
import { isAmong } from '../trips/excused-events.ts'

/** Before and after the event: enough to see how it came about. */
export const aroundMs = 60_000
/** Speed is told as it was shortly before and after, not in the middle of the manoeuvre. */
const speedAsideMs = 2_000

export interface Evidence {
  /** The trip within the time shown, with the disputed events marked and no others. */
  readonly detail: TripDetail
  readonly events: readonly DrivingEvent[]
  /** Where a speed is known near both ends. */
  readonly speedKph: { readonly from: number; readonly to: number } | undefined
}

/** Undefined when the trip has none of the events. */
export function evidenceOf(detail: TripDetail, about: Dispute['events']): Evidence | undefined {
  const events = detail.events.filter((event) => isAmong(event, about))
  const [first] = events
  const last = events.at(-1)
  if (first === undefined || last === undefined) return undefined
  const { course } = detail
  const isShown = (_: unknown, index: number): boolean => {
    const atMs = course.tMs[index] ?? Number.NaN
    return atMs >= first.startMs - aroundMs && atMs <= last.endMs + aroundMs
  }
  const from = speedNear(course, first.startMs - speedAsideMs)
  const to = speedNear(course, last.endMs + speedAsideMs)
  return {
    events,
    speedKph: from === undefined || to === undefined ? undefined : { from, to },
    detail: {
      ...detail,
      events,
      // Marked whether they count or not: they are what is looked at.
      counts: { brake: events.length, acceleration: events.length, cornering: events.length, speeding: events.length },
      course: {
        ...course,
        tMs: course.tMs.filter(isShown),
        speedKph: course.speedKph.filter(isShown),
        limitKph: course.limitKph.filter(isShown),
        latitude: course.latitude.filter(isShown),
        longitude: course.longitude.filter(isShown),
      },
    },
  }
}

/** What was noticed while the disputed events went on; none when the whole trip is disputed. */
export function observationsAbout(detail: TripDetail, evidence: Evidence | undefined): TripDetail['observations'] {
  const events = evidence?.events ?? []
  return detail.observations.filter(({ startMs, endMs }) =>
    events.some((event) => startMs <= event.endMs && endMs >= event.startMs),
  )
}

/** The known speed nearest to an instant; undefined when none lies within what is shown. */
function speedNear({ tMs, speedKph }: TripDetail['course'], atMs: number): number | undefined {
  let nearest: number | undefined
  let asideMs = aroundMs
  tMs.forEach((readAtMs, index) => {
    const kph = speedKph[index] ?? null
    if (kph === null || Math.abs(readAtMs - atMs) >= asideMs) return
    asideMs = Math.abs(readAtMs - atMs)
    nearest = kph
  })
  return nearest
}
