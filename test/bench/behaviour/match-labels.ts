// Which labels were found and which detections nothing explains. A detection matches a label of its own class when it overlaps it
// within a second; each label matches once.

import type { Detection } from '../../../pricing/behaviour/driving-events.ts'
import { type EventClass, eventClasses, type Label } from './recording-set.ts'

/** How far a label's ends may be off, seconds. */
const slackS = 1

export interface FoundEvent {
  readonly class: Detection['kind']
  /** Seconds from the recording's start. */
  readonly startS: number
  readonly endS: number
}

export interface Matches {
  readonly labelled: Readonly<Record<EventClass, number>>
  /** Of calm: the windows without any detection. */
  readonly found: Readonly<Record<EventClass, number>>
  /** Detections within calm windows. */
  readonly calmAlarms: number
  /** Detections that match no label and lie in no calm window. */
  readonly unexplained: readonly FoundEvent[]
}

export function matchLabels(labels: readonly Label[], found: readonly FoundEvent[]): Matches {
  const labelled = Object.fromEntries(eventClasses.map((name) => [name, 0]))
  const matched = Object.fromEntries(eventClasses.map((name) => [name, 0]))
  const left = new Set(found)
  for (const label of labels.toSorted((one, other) => one.startS - other.startS)) {
    labelled[label.class] = (labelled[label.class] ?? 0) + 1
    if (label.class === 'calm') continue
    const match = [...left].find(
      (event) => event.class === label.class && event.startS <= label.endS + slackS && event.endS >= label.startS - slackS,
    )
    if (match === undefined) continue
    left.delete(match)
    matched[label.class] = (matched[label.class] ?? 0) + 1
  }
  const calm = labels.filter((label) => label.class === 'calm')
  const isInCalm = (event: FoundEvent): boolean => calm.some((window) => overlaps(event, window))
  const unmatched = [...left]
  return {
    labelled: byClass(labelled),
    found: byClass({ ...matched, calm: calm.filter((window) => !unmatched.some((event) => overlaps(event, window))).length }),
    calmAlarms: unmatched.filter(isInCalm).length,
    unexplained: unmatched.filter((event) => !isInCalm(event)),
  }
}

function overlaps(event: FoundEvent, window: Label): boolean {
  return event.startS <= window.endS && event.endS >= window.startS
}

export function byClass(counts: Readonly<Record<string, number>>): Readonly<Record<EventClass, number>> {
  return ofEachClass((name) => counts[name] ?? 0)
}

export function ofEachClass<Value>(of: (name: EventClass) => Value): Readonly<Record<EventClass, Value>> {
  return {
    brake: of('brake'),
    acceleration: of('acceleration'),
    'left-turn': of('left-turn'),
    'right-turn': of('right-turn'),
    'lane-change-left': of('lane-change-left'),
    'lane-change-right': of('lane-change-right'),
    calm: of('calm'),
  }
}

export function addCounts(all: readonly Readonly<Record<EventClass, number>>[]): Readonly<Record<EventClass, number>> {
  return byClass(Object.fromEntries(eventClasses.map((name) => [name, all.reduce((sum, counts) => sum + counts[name], 0)])))
}

/** 95 % Wilson score interval of a share; nothing is known of 0 of 0. */
export function wilsonInterval(hits: number, of: number): readonly [number, number] {
  if (of === 0) return [0, 1]
  const z = 1.959964
  const share = hits / of
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of)
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}
