// Where the marks of the month's range lie, as shares of its width: pure, so that the picture and its words say the same.

export interface MonthRange {
  readonly lowMinor: number
  readonly highMinor: number
  readonly nowMinor: number
  readonly classMinor: number
}

export interface RangeMarks {
  readonly low: number
  readonly high: number
  readonly now: number
  readonly class: number
}

/** Room at both ends, so that marks and their words are not cut. */
const marginShare = 0.06
/** The width stands for at least this share of the class price, so that a narrow range looks narrow. */
const spanShareMin = 0.08

export function rangeMarks({ lowMinor, highMinor, nowMinor, classMinor }: MonthRange): RangeMarks {
  const all = [lowMinor, highMinor, nowMinor, classMinor]
  const [lowest, highest] = [Math.min(...all), Math.max(...all)]
  const span = Math.max(highest - lowest, classMinor * spanShareMin, 1)
  const start = (lowest + highest) / 2 - span / 2
  const place = (minor: number): number => marginShare + ((minor - start) / span) * (1 - 2 * marginShare)
  return { low: place(lowMinor), high: place(highMinor), now: place(nowMinor), class: place(classMinor) }
}
