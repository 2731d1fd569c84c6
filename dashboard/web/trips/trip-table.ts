// A drive's course thinned to rows a person can read: one for each stretch of time, with what happened in it.

export interface CourseColumns {
  readonly tMs: readonly number[]
  readonly speedKph: readonly (number | null)[]
  readonly limitKph: readonly (number | null)[]
}

export interface CourseRow {
  readonly tMs: number
  readonly topSpeedKph: number | null
  readonly limitKph: number | null
}

/** A table longer than this is not read. */
export const rowsMax = 40

const minuteMs = 60_000

export function courseRows({ tMs, speedKph, limitKph }: CourseColumns): readonly CourseRow[] {
  const firstMs = tMs.at(0)
  const lastMs = tMs.at(-1)
  if (firstMs === undefined || lastMs === undefined) return []
  const stretchMs = Math.max(minuteMs, Math.ceil((lastMs - firstMs) / rowsMax / minuteMs) * minuteMs)
  const rows = new Map<number, CourseRow>()
  tMs.forEach((atMs, index) => {
    const stretch = Math.floor((atMs - firstMs) / stretchMs)
    const row = rows.get(stretch) ?? { tMs: firstMs + stretch * stretchMs, topSpeedKph: null, limitKph: null }
    rows.set(stretch, {
      tMs: row.tMs,
      topSpeedKph: larger(row.topSpeedKph, speedKph[index] ?? null),
      limitKph: limitKph[index] ?? row.limitKph,
    })
  })
  return [...rows.values()]
}

/** Over time, so that a burst of readings does not weigh more; undefined when no speed is known. */
export function averageSpeedKph(distanceM: number, durationS: number): number | undefined {
  return durationS > 0 ? (distanceM / durationS) * 3.6 : undefined
}

function larger(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b)
}

/** Index of the reading nearest in time. */
export function nearestIndex(tMs: readonly number[], atMs: number): number {
  let [low, high] = [0, tMs.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((tMs[middle] ?? 0) <= atMs) low = middle
    else high = middle
  }
  return Math.abs((tMs[low] ?? 0) - atMs) <= Math.abs((tMs[high] ?? 0) - atMs) ? low : Math.max(high, 0)
}
