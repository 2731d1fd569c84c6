// From when on a change of premium is explained without being asked for.

/** Per cent of the premium before, up or down. WAC 284-30A-040 asks for rises from 10 % on. */
export const noticePercentMin = 10

export function isNoticeable(oldMinor: number, newMinor: number, percentMin: number = noticePercentMin): boolean {
  return oldMinor !== newMinor && Math.abs(newMinor - oldMinor) * 100 >= percentMin * Math.abs(oldMinor)
}
