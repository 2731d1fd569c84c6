// What was noticed at home, as spans of time with their evidence: opened, carried on and closed by whoever steps the readings.
// Minutes are those inside the day; a span may have begun before it.

import { homeThresholds } from './home-thresholds.ts'

export const spanKinds = [
  'leak-sensor',
  'leak-flow',
  'freeze',
  'freeze-trend',
  'smoke',
  'carbon-monoxide',
  'open-unattended',
  'damp',
  'mould',
  'power-unattended',
] as const
export type SpanKind = (typeof spanKinds)[number]

/** `unseen`: the installation fell silent. `continues`: it was still so at the last reading of the day. */
export const spanEnds = ['cleared', 'valve-closed', 'flow-stopped', 'dry', 'unseen', 'continues'] as const
export type SpanEnd = (typeof spanEnds)[number]

export interface HomeSpan {
  readonly kind: SpanKind
  /** When it began, for a run of water the run itself; up to the hours a day looks back earlier than the day. */
  readonly startMs: number
  /** When it was known to be wrong: for a run of water, when it had become too long. */
  readonly alarmMs: number
  readonly endMs: number
  /** Of this day, confirmed, since the alarm. */
  readonly minutes: number
  readonly ended: SpanEnd
  /** Of a leak: from the alarm to the valve closed, the flow stopped or the sensor dry. Null when nobody saw that. */
  readonly reactionMinutes: number | null
  /** The worst value: l/min (the least of a run), °C, ppm, %, W; for `freeze-trend` the hours to 0 °C. */
  readonly figure: number | null
  /** What it is held against, in the same unit; for a run of water the minutes that are usual here, null when its volume told. */
  readonly limit: number | null
  /** 0 to 1. */
  readonly confidence: number
}

/** Why something is so at this instant. */
export interface Evidence {
  readonly sinceMs?: number | undefined
  readonly figure: number | null
  readonly limit: number | null
  readonly confidence: number
}

interface OpenSpan {
  readonly startMs: number
  readonly alarmMs: number
  endMs: number
  countedMs: number
  readings: number
  figure: number | null
  limit: number | null
  confidence: number
  reactedAtMs: number | undefined
  reaction: SpanEnd | undefined
  ended: SpanEnd | undefined
}

export type SpanBook = Record<SpanKind, OpenSpan[]>

export function startSpans(): SpanBook {
  return {
    'leak-sensor': [],
    'leak-flow': [],
    freeze: [],
    'freeze-trend': [],
    smoke: [],
    'carbon-monoxide': [],
    'open-unattended': [],
    damp: [],
    mould: [],
    'power-unattended': [],
  }
}

/** It is so at `tMs`. @param countedMs what is added to the day's minutes */
export function holdSpan(book: SpanBook, kind: SpanKind, tMs: number, evidence: Evidence, countedMs: number): void {
  const spans = book[kind]
  let span = spans.at(-1)
  const isSame = span !== undefined && (span.ended === undefined || tMs - span.endMs <= homeThresholds.spans.mergeMs)
  if (span === undefined || !isSame) {
    span = {
      startMs: evidence.sinceMs ?? tMs,
      alarmMs: tMs,
      endMs: tMs,
      countedMs: 0,
      readings: 0,
      figure: null,
      limit: null,
      confidence: 1,
      reactedAtMs: undefined,
      reaction: undefined,
      ended: undefined,
    }
    spans.push(span)
  }
  if (span.ended !== undefined) {
    span.ended = undefined
    // It came back: whatever had been done did not help.
    span.reactedAtMs = undefined
    span.reaction = undefined
  }
  span.endMs = Math.max(span.endMs, tMs)
  span.countedMs += countedMs
  span.readings += 1
  span.figure = worseOf(kind, span.figure, evidence.figure)
  span.limit = evidence.limit ?? span.limit
  span.confidence = Math.min(span.confidence, evidence.confidence)
}

export function endSpan(book: SpanBook, kind: SpanKind, endMs: number, ended: SpanEnd, countedMs: number): void {
  const span = book[kind].at(-1)
  if (span === undefined || span.ended !== undefined) return
  span.endMs = Math.max(span.endMs, endMs)
  span.countedMs += countedMs
  span.ended = ended
}

/** Somebody, or something, did what stops a leak; the first counts. */
export function reactToLeak(book: SpanBook, kinds: readonly SpanKind[], tMs: number, reaction: SpanEnd): void {
  for (const kind of kinds) {
    const span = book[kind].at(-1)
    if (span === undefined || span.ended !== undefined || span.reactedAtMs !== undefined) continue
    span.reactedAtMs = Math.max(tMs, span.alarmMs)
    span.reaction = reaction
  }
}

/** In order of time; only what touches the day [startMs, endMs). */
export function listSpans(book: SpanBook, startMs: number, dayEndMs: number): readonly HomeSpan[] {
  return spanKinds
    .flatMap((kind) =>
      book[kind]
        .filter(({ endMs, alarmMs }) => endMs >= startMs && alarmMs < dayEndMs)
        .slice(0, homeThresholds.spans.listedMax)
        .map((span) => listed(kind, span)),
    )
    .sort((one, other) => one.startMs - other.startMs || spanKinds.indexOf(one.kind) - spanKinds.indexOf(other.kind))
}

function listed(kind: SpanKind, span: OpenSpan): HomeSpan {
  const { startMs, alarmMs, endMs, reactedAtMs } = span
  const isSparse = (endMs - alarmMs) / Math.max(1, span.readings) > homeThresholds.spans.sparseMs
  // One reading may be a fault of the sensor.
  const doubt = span.readings === 1 ? 0.5 : isSparse ? 0.7 : 1
  return {
    kind,
    startMs,
    alarmMs,
    endMs,
    minutes: tenths(span.countedMs / 60_000),
    ended: (span.ended === 'unseen' ? undefined : span.reaction) ?? span.ended ?? 'continues',
    reactionMinutes: reactedAtMs === undefined ? null : tenths((reactedAtMs - alarmMs) / 60_000),
    figure: span.figure === null ? null : tenths(span.figure),
    limit: span.limit === null ? null : tenths(span.limit),
    confidence: Math.round(span.confidence * doubt * 100) / 100,
  }
}

/** Cold, the least flow of a run and the hours that are left are worse the lower they are. */
function worseOf(kind: SpanKind, one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  const isLowWorse = kind === 'freeze' || kind === 'freeze-trend' || kind === 'leak-flow'
  return isLowWorse ? Math.min(one, other) : Math.max(one, other)
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
