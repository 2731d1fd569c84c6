// When a driver handles the phone: stretches of some seconds while the vehicle moves, as many as the driver's minutes an hour ask for.

import type { Random } from '../random.ts'
import type { Drive } from './drive-state.ts'

/** Whole seconds of the drive, from (inclusive) to (exclusive). */
export interface PhoneUse {
  readonly fromS: number
  readonly untilS: number
}

const lastsS = { min: 6, max: 40 } as const
const movingMps = 3
/** After one use; shorter would be the same. */
const pauseS = 8

export function planPhoneUse(drive: Drive, minutesPerHour: number, random: Random): readonly PhoneUse[] {
  const uses: PhoneUse[] = []
  const meanS = (lastsS.min + lastsS.max) / 2
  // Of the seconds without it, how many begin one; what a stop cuts short is made up for.
  const chance = (1.25 * minutesPerHour) / 60 / meanS
  for (let second = 5; second < drive.seconds - lastsS.min; second += 1) {
    if (!random.chance(chance)) continue
    const wanted = second + random.whole(lastsS.min, lastsS.max)
    let until = second
    while (
      until < Math.min(wanted, drive.seconds - 5) &&
      drive.speedAt(until) >= movingMps &&
      drive.speedAt(until + 1) >= movingMps
    )
      until += 1
    if (until - second < lastsS.min) continue
    uses.push({ fromS: second, untilS: until })
    second = until + pauseS
  }
  return uses
}
