// Whether somebody is at home, by motion and the outer doors. Whoever leaves opens a door and is not noticed inside afterwards;
// who sleeps opens none, so a still night is not an empty house.

import { homeThresholds } from './home-thresholds.ts'
import { behaviourThresholds } from './thresholds.ts'

const { occupancy } = homeThresholds
const { unattendedAfterMs } = behaviourThresholds.home

export type Occupancy =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'occupied' }
  /** Since the door, or since the last movement where no door told. */
  | { readonly kind: 'away'; readonly sinceMs: number; readonly confidence: number }

/** Mutable. */
export interface OccupancyProgress {
  isMoving: boolean | undefined
  isDoorOpen: boolean | undefined
  isLocked: boolean | undefined
  /** The last movement, and when watching for it began. */
  movedAtMs: number | undefined
  watchedSinceMs: number | undefined
  /** A door opened, and nobody has been noticed inside since. */
  leftAtMs: number | undefined
}

export function startOccupancy(): OccupancyProgress {
  return {
    isMoving: undefined,
    isDoorOpen: undefined,
    isLocked: undefined,
    movedAtMs: undefined,
    watchedSinceMs: undefined,
    leftAtMs: undefined,
  }
}

export interface OccupancySigns {
  readonly Motion?: boolean | undefined
  readonly ContactOpen?: boolean | undefined
  readonly Locked?: boolean | undefined
}

/** Signs that are absent stay as they were. */
export function takeOccupancy(progress: OccupancyProgress, tMs: number, signs: OccupancySigns): void {
  const wasMoving = progress.isMoving === true
  const opened = signs.ContactOpen === true && progress.isDoorOpen === false
  const unlocked = signs.Locked === false && progress.isLocked === true
  if (opened || unlocked) progress.leftAtMs = tMs
  progress.isDoorOpen = signs.ContactOpen ?? progress.isDoorOpen
  progress.isLocked = signs.Locked ?? progress.isLocked
  progress.isMoving = signs.Motion ?? progress.isMoving
  if (signs.Motion !== undefined) progress.watchedSinceMs ??= tMs
  if (!wasMoving && progress.isMoving !== true) return
  // Movement that ended somewhere before this reading is known until the reading that first said so.
  progress.movedAtMs = tMs
  if (progress.leftAtMs !== undefined && tMs - progress.leftAtMs > occupancy.leavingMs) progress.leftAtMs = undefined
}

export function occupancyAt(progress: OccupancyProgress, tMs: number): Occupancy {
  const { isMoving, movedAtMs, watchedSinceMs, leftAtMs } = progress
  // Without a motion sensor nobody can say that nobody was there.
  if (watchedSinceMs === undefined) return { kind: 'unknown' }
  if (isMoving === true) return { kind: 'occupied' }
  const stillSinceMs = movedAtMs ?? watchedSinceMs
  if (leftAtMs !== undefined && leftAtMs >= watchedSinceMs) {
    const sinceMs = Math.max(leftAtMs, stillSinceMs)
    if (tMs - sinceMs >= unattendedAfterMs) return { kind: 'away', sinceMs, confidence: 0.85 }
  }
  if (tMs - stillSinceMs >= occupancy.stillMsMax) return { kind: 'away', sinceMs: stillSinceMs, confidence: 0.6 }
  return movedAtMs === undefined ? { kind: 'unknown' } : { kind: 'occupied' }
}
