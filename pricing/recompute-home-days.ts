// Reads a home's readings from where a change can have had an effect and works out its days from there: on from where it
// last stopped when the news is later than all it has seen, else from the start of the first day it touches. What a day says
// is usual reaches the days of the fortnight after it, so those are worked out again with it.

import type { DeviceRef, HomeReading } from '../devices/contract/reading.ts'
import type { HomeDayRow } from '../store/book/schema.ts'
import type { DeviceChange, TelemetryStore } from '../store/telemetry-store.ts'
import { type HomeDayProgress, homeDayFacts, type PastDay, startHomeDay, stepHomeDay } from './behaviour/home-day.ts'
import { homeThresholds } from './behaviour/home-thresholds.ts'
import type { LocalClock } from './behaviour/local-clock.ts'
import { behaviourThresholds } from './behaviour/thresholds.ts'
import { canonicalJson } from './canonical-json.ts'
import { type HomeDayFacts, readHomeDayFacts } from './home-day-facts.ts'

const { lookbackMs } = behaviourThresholds.home
const { learnDays } = homeThresholds.water
const dayMs = 86_400_000

/** Where reading a home's telemetry stopped. */
export interface HomeTail {
  readonly clock: LocalClock
  progress: HomeDayProgress | undefined
  /** The readings that the next day would start from. */
  recent: HomeReading[]
  /** The days before the one in progress, of the last fortnight. */
  past: readonly PastDay[]
  /** Everything up to here, inclusive, has been read. */
  seenToMs: number
}

export interface RecomputedHomeDays {
  /** In order; each replaces what the book holds of that day. */
  readonly days: readonly HomeDayRow[]
  readonly tail: HomeTail
}

/** @param daysBefore what is stored of the device's days in [from, before), in order */
export async function recomputeHomeDays(
  telemetry: TelemetryStore,
  { device, fromMs, toMs }: DeviceChange,
  tail: HomeTail | undefined,
  clock: LocalClock,
  daysBefore: (from: string, before: string) => Promise<readonly HomeDayRow[]>,
): Promise<RecomputedHomeDays> {
  if (tail !== undefined && fromMs > tail.seenToMs) return { days: await readOn(telemetry, device, tail, toMs), tail }
  // A day starts from the hours before it, so a late evening's news can change the next day too.
  const startMs = clock.dayBounds(fromMs).startMs
  const endMs = clock.dayBounds(toMs + Math.max(lookbackMs, learnDays * dayMs)).endMs
  const firstDay = clock.day(fromMs)
  const past = (await daysBefore(daysEarlier(firstDay, learnDays), firstDay)).flatMap(storedPast)
  const next: HomeTail = { clock, progress: undefined, recent: [], past, seenToMs: Math.max(0, startMs - lookbackMs) - 1 }
  const days = await readOn(telemetry, device, next, Math.max(endMs - 1, tail?.seenToMs ?? 0), startMs)
  return { days, tail: next }
}

/** @param sinceMs readings before it only prepare the first day */
async function readOn(
  telemetry: TelemetryStore,
  device: DeviceRef,
  tail: HomeTail,
  toMs: number,
  sinceMs = Number.NEGATIVE_INFINITY,
): Promise<readonly HomeDayRow[]> {
  const days: HomeDayRow[] = []
  for await (const reading of telemetry.range(device, tail.seenToMs + 1, toMs + 1)) {
    if (reading.kind !== 'home') continue
    const tMs = reading.takenAtMs
    tail.seenToMs = tMs
    if (tMs >= sinceMs) {
      if (tail.progress === undefined || tMs >= tail.progress.endMs) {
        if (tail.progress !== undefined) {
          days.push(dayRow(device, tail.progress))
          tail.past = [...tail.past, pastOf(tail.progress.day, homeDayFacts(tail.progress))]
        }
        tail.progress = openDay(tail, tMs)
      }
      stepHomeDay(tail.progress, reading)
    }
    tail.recent.push(reading)
    dropOld(tail, tMs)
  }
  if (tail.progress !== undefined) days.push(dayRow(device, tail.progress))
  return days
}

function openDay(tail: HomeTail, tMs: number): HomeDayProgress {
  const { clock, recent } = tail
  const bounds = clock.dayBounds(tMs)
  const day = clock.day(tMs)
  const since = daysEarlier(day, learnDays)
  tail.past = tail.past.filter((past) => past.day >= since)
  const progress = startHomeDay(day, clock.timeZone, bounds, tail.past)
  for (const reading of recent) if (reading.takenAtMs >= bounds.startMs - lookbackMs) stepHomeDay(progress, reading)
  return progress
}

/** Kept until half of it is out of date, so that dropping costs little. */
function dropOld(tail: HomeTail, tMs: number): void {
  const middle = tail.recent[Math.floor(tail.recent.length / 2)]
  if (middle !== undefined && middle.takenAtMs < tMs - lookbackMs - behaviourThresholds.home.silenceMsMax)
    tail.recent = tail.recent.slice(Math.floor(tail.recent.length / 2))
}

function dayRow(device: DeviceRef, progress: HomeDayProgress): HomeDayRow {
  return { device_id: device.id, day: progress.day, facts: canonicalJson(homeDayFacts(progress)) }
}

function pastOf(day: string, { usual }: HomeDayFacts): PastDay {
  return { day, ...usual }
}

/** A damaged row teaches nothing; it is mended when its own readings are read again. */
function storedPast({ day, facts }: HomeDayRow): readonly PastDay[] {
  const known = readHomeDayFacts(facts)
  return known === undefined ? [] : [pastOf(day, known)]
}

/** Calendar days have no time zone, so they are counted in UTC, where every day is 24 hours. */
function daysEarlier(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * dayMs).toISOString().slice(0, 10)
}
