// What a trip's events come to: complete counts, and of the events themselves and the observations as many as are kept. It is bounded,
// however long the trip and however rough the road.

import { type DrivingEvent, type Manoeuvre, manoeuvres } from './driving-events.ts'
import { byWeight, type Observation } from './observations.ts'
import type { BehaviourThresholds } from './thresholds.ts'

/** Something that happened: what it counts as, what is listed of it, what was observed. */
export interface Finding {
  readonly startMs: number
  /** The row at which it was complete. */
  readonly knownAtMs: number
  readonly event: DrivingEvent | undefined
  /** Rungs of the ladder that count. */
  readonly rungs: number
  /** Of speeding. */
  readonly metres: number
  readonly observation: Observation | undefined
}

/** Mutable. */
export interface EventLedger {
  /** Events per rung of the ladder, lowest first. */
  readonly counts: Readonly<Record<Manoeuvre, number[]>>
  speedings: number
  speedingM: number
  /** In no order. */
  events: DrivingEvent[]
  observations: Observation[]
}

export function emptyLedger({ event }: BehaviourThresholds): EventLedger {
  const none = (): number[] => event.ladderMps2.map(() => 0)
  return {
    counts: { brake: none(), acceleration: none(), 'left-turn': none(), 'right-turn': none() },
    speedings: 0,
    speedingM: 0,
    events: [],
    observations: [],
  }
}

export function copyOfLedger(ledger: EventLedger): EventLedger {
  const { counts, speedings, speedingM, events, observations } = ledger
  return {
    counts: {
      brake: [...counts.brake],
      acceleration: [...counts.acceleration],
      'left-turn': [...counts['left-turn']],
      'right-turn': [...counts['right-turn']],
    },
    speedings,
    speedingM,
    events: [...events],
    observations: [...observations],
  }
}

export function enterFinding(ledger: EventLedger, finding: Finding, { event: rules, detect }: BehaviourThresholds): void {
  const { event, observation } = finding
  if (event?.kind === 'speeding') {
    ledger.speedings += 1
    ledger.speedingM += finding.metres
  } else if (event !== undefined) {
    const counts = ledger.counts[event.kind]
    for (let rung = 0; rung < finding.rungs; rung += 1) counts[rung] = (counts[rung] ?? 0) + 1
  }
  if (event !== undefined) {
    ledger.events.push(event)
    // Rarely, and not for each: the first of the trip are kept.
    if (ledger.events.length >= 2 * rules.listedMax) ledger.events = firstEvents(ledger.events, rules.listedMax)
  }
  if (observation !== undefined) {
    ledger.observations.push(observation)
    if (ledger.observations.length >= 2 * detect.observationsMax)
      ledger.observations = heaviest(ledger.observations, detect.observationsMax)
  }
}

/** What is listed with the facts, in order of start. */
export function listedOf(
  ledger: EventLedger,
  { event, detect }: BehaviourThresholds,
): { readonly events: readonly DrivingEvent[]; readonly observations: readonly Observation[] } {
  return {
    events: firstEvents(ledger.events, event.listedMax),
    observations: heaviest(ledger.observations, detect.observationsMax).sort((one, other) => one.startMs - other.startMs),
  }
}

function firstEvents(events: readonly DrivingEvent[], max: number): DrivingEvent[] {
  const order = (kind: DrivingEvent['kind']): number => (kind === 'speeding' ? manoeuvres.length : manoeuvres.indexOf(kind))
  return events.toSorted((one, other) => one.startMs - other.startMs || order(one.kind) - order(other.kind)).slice(0, max)
}

function heaviest(observations: readonly Observation[], max: number): Observation[] {
  return observations.toSorted(byWeight).slice(0, max)
}
