// The samples around an observation as lines of a small picture. Only arithmetic.

import type { TripDetail } from '../../api/shapes.ts'

export type Observation = TripDetail['observations'][number]
type Values = readonly (number | null)[]

export const pictureSize = { width: 320, height: 132, left: 30, right: 8, top: 8, bottom: 20 } as const

/** A gentle manoeuvre is not blown up to fill the picture, m/s². */
const accelerationMps2Min = 4

export interface EvidencePicture {
  /** Path data of each axis, empty where nothing was recorded. */
  readonly longitudinal: string
  readonly lateral: string
  /** The observation itself within the samples around it. */
  readonly during: { readonly x: number; readonly width: number }
  readonly zeroY: number
  /** Marks of the vertical axis, m/s². */
  readonly marks: readonly { readonly mps2: number; readonly y: number }[]
  /** Marks of the horizontal one, seconds from the observation's start. */
  readonly times: readonly { readonly seconds: number; readonly x: number }[]
}

/** Undefined when fewer than two samples were kept. */
export function evidencePicture({ startMs, endMs, evidence }: Observation): EvidencePicture | undefined {
  const { offsetMs, longitudinalMps2, lateralMps2 } = evidence
  const fromMs = offsetMs.at(0)
  const toMs = offsetMs.at(-1)
  if (fromMs === undefined || toMs === undefined || toMs <= fromMs) return undefined
  const { width, height, left, right, top, bottom } = pictureSize
  const known = [...longitudinalMps2, ...lateralMps2].filter((value) => value !== null)
  const most = Math.ceil(known.reduce((largest, value) => Math.max(largest, Math.abs(value)), accelerationMps2Min))
  const x = (atMs: number): number => left + ((atMs - fromMs) / (toMs - fromMs)) * (width - left - right)
  const y = (mps2: number): number => top + ((most - mps2) / (2 * most)) * (height - top - bottom)
  const within = (atMs: number): number => x(Math.min(toMs, Math.max(fromMs, atMs)))
  const duringX = within(0)
  const step = timeStepS(toMs - fromMs)
  const times: { seconds: number; x: number }[] = []
  for (let seconds = Math.ceil(fromMs / 1000 / step) * step; seconds * 1000 <= toMs; seconds += step)
    times.push({ seconds, x: round(x(seconds * 1000)) })
  return {
    longitudinal: linePath(offsetMs, longitudinalMps2, x, y),
    lateral: linePath(offsetMs, lateralMps2, x, y),
    during: { x: round(duringX), width: round(Math.max(2, within(endMs - startMs) - duringX)) },
    zeroY: round(y(0)),
    marks: [most, 0, -most].map((mps2) => ({ mps2, y: round(y(mps2)) })),
    times,
  }
}

function timeStepS(spanMs: number): number {
  return [1, 2, 5, 10, 30, 60].find((step) => spanMs / 1000 / step <= 6) ?? 300
}

/** A sample that is not known is bridged: a chart of a second's readings has no gaps to show. */
function linePath(offsetMs: readonly number[], values: Values, x: (atMs: number) => number, y: (mps2: number) => number): string {
  const points = offsetMs.flatMap((atMs, index) => {
    const value = values[index] ?? null
    return value === null ? [] : [`${round(x(atMs))} ${round(y(value))}`]
  })
  return points.length < 2 ? '' : `M${points.join('L')}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
