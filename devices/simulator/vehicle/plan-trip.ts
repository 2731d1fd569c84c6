// One trip from ignition on to ignition off, planned whole: the drive, the phone in the hand, and the truth about both. What the vehicle's
// equipment makes of it is trip-readings.ts's.

import { type DrivingManner, type DrivingStyle, mannerOf } from '../drive.ts'
import { localDayOf, localMinuteOf } from '../local-day.ts'
import type { Random } from '../random.ts'
import type { RoadMap } from '../road/road-map.ts'
import { surroundingsAt, trackBetween } from '../road/track.ts'
import { trafficAt } from '../road/traffic.ts'
import { town } from '../town.ts'
import { manoeuvresOf, type Purpose, type Stretch, type TripRole, type TripTruth } from '../truth.ts'
import { type Ferry, ferryDrive, towDrive } from './carried.ts'
import { type Drive, driveOf } from './drive-state.ts'
import { type Equipment, manoeuvresSeenBy } from './equipment.ts'
import { type PhoneUse, planPhoneUse } from './phone-use.ts'
import { planDrive } from './plan-drive.ts'
import { familyCar } from './vehicle-model.ts'

/** Between turning the key and driving off, and the other way round. */
const idleSecondsMax = 4
/** What a receiver needs after the vehicle has stood; below a roof it needs the way out of there too. */
const firstFixSeconds = { usual: { min: 2, max: 25 }, garage: { min: 45, max: 110 } } as const
/** A receiver that comes out of a tunnel needs some seconds, and a slope of speed two more. */
const unseenAfterS = 8
const movingMps = 3 / 3.6
const nightMinutes = { from: 23 * 60, to: 5 * 60 } as const

export interface TripRequest {
  readonly device: string
  readonly style: DrivingStyle
  /** Instead of the style's own parameters. */
  readonly driver?: DrivingStyle | DrivingManner | undefined
  /** Whole seconds. */
  readonly startMs: number
  /** Default: the bundled town. */
  readonly map?: RoadMap | undefined
  /** Crossings of the map. */
  readonly from: number
  readonly to: number
  /** Odometer at the start; without it the vehicle does not report one. */
  readonly odometerKm: number | undefined
  readonly random: Random
  /** Default: `tracker`. */
  readonly equipment?: Equipment | undefined
  /** Of a phone. */
  readonly hertz?: number | undefined
  readonly purpose?: Purpose | undefined
  readonly role?: TripRole | undefined
  readonly isWet?: boolean | undefined
  /** The vehicle stood in a garage, below a roof. */
  readonly isFromGarage?: boolean | undefined
  /** Nobody drives: the vehicle is taken along the road, or over the water. */
  readonly carried?: 'tow' | Ferry | undefined
  /** Told what the trip will be before its first reading. */
  readonly onTruth?: ((truth: TripTruth) => void) | undefined
}

export interface TripPlan {
  readonly request: TripRequest
  readonly map: RoadMap
  readonly equipment: Equipment
  readonly drive: Drive
  /** Before setting off. */
  readonly idleS: number
  /** The last reading's second; from it on the ignition is off. */
  readonly lastS: number
  readonly firstFixS: number
  /** In seconds of the trip. */
  readonly phoneUse: readonly PhoneUse[]
  readonly distanceM: number
}

/** Undefined when there is no way. */
export function planTrip(request: TripRequest): TripPlan | undefined {
  const { random, map = town, equipment = 'tracker', carried } = request
  const drive = driveFor(request, map)
  if (drive === undefined) return undefined
  const idleS = carried === undefined ? random.whole(1, idleSecondsMax) : 0
  const lastS = idleS + Math.ceil(drive.seconds) + (carried === undefined ? random.whole(1, idleSecondsMax) : 0)
  const { min, max } = request.isFromGarage === true ? firstFixSeconds.garage : firstFixSeconds.usual
  const firstFixS = equipment === 'tracker' ? 0 : random.whole(min, max)
  const manner = mannerOf(request.driver ?? request.style)
  const isDriver = carried === undefined && request.role !== 'passenger'
  const uses = isDriver ? planPhoneUse(drive, manner.phoneMinutesPerHour, random) : []
  const phoneUse = uses.map(({ fromS, untilS }) => ({ fromS: fromS + idleS, untilS: untilS + idleS }))
  const distanceM = drive.stateAt(drive.seconds).drivenM
  return { request, map, equipment, drive, idleS, lastS, firstFixS, phoneUse, distanceM }
}

function driveFor(request: TripRequest, map: RoadMap): Drive | undefined {
  const { from, to, random, carried, startMs } = request
  if (carried !== undefined && carried !== 'tow') return ferryDrive(carried, random)
  const track = trackBetween(map, from, to)
  if (track === undefined) return undefined
  if (carried === 'tow') return towDrive(track, random)
  const { weekday } = localDayOf(startMs, map.timeZone)
  const traffic = trafficAt(localMinuteOf(startMs, map.timeZone), weekday)
  const conditions = { model: familyCar, isWet: request.isWet ?? false, traffic }
  return driveOf(planDrive(track, mannerOf(request.driver ?? request.style), random, conditions))
}

export function truthOf(plan: TripPlan): TripTruth {
  const { request, equipment, drive, idleS, lastS } = plan
  const { startMs, carried } = request
  const atMs = (second: number): number => startMs + second * 1000
  const role = carried === undefined ? (request.role ?? 'driver') : 'carried'
  return {
    kind: 'trip',
    device: request.device,
    startedAtMs: startMs,
    endedAtMs: atMs(lastS),
    distanceM: Math.round(plan.distanceM),
    manoeuvres: role === 'carried' ? [] : manoeuvresOf(drive, atMs(idleS)),
    role,
    ...(request.purpose === undefined ? {} : { purpose: request.purpose }),
    equipment,
    seen: manoeuvresSeenBy[equipment],
    unseen: unseenOf(plan),
    phoneUse: plan.phoneUse.map(({ fromS, untilS }) => ({ startMs: atMs(fromS), endMs: atMs(untilS) })),
    ...movingOf(plan),
  }
}

function unseenOf({ request: { startMs }, equipment, drive, idleS, lastS, firstFixS, phoneUse }: TripPlan): readonly Stretch[] {
  if (equipment === 'tracker') return []
  const stretch = (fromS: number, untilS: number): Stretch => ({
    startMs: startMs + fromS * 1000,
    endMs: startMs + Math.min(lastS, untilS) * 1000,
  })
  const found = firstFixS > 0 ? [stretch(0, firstFixS)] : []
  let enteredS: number | undefined
  for (let second = 0; second <= lastS; second += 1) {
    const isInside = drive.stateAt(second - idleS).surroundings === surroundingsAt.tunnel
    if (isInside) enteredS ??= second
    else if (enteredS !== undefined) {
      found.push(stretch(enteredS - 1, second + unseenAfterS))
      enteredS = undefined
    }
  }
  if (enteredS !== undefined) found.push(stretch(enteredS - 1, lastS))
  // A phone that is handled feels the hand.
  if (equipment === 'phone') for (const { fromS, untilS } of phoneUse) found.push(stretch(fromS - 2, untilS + 3))
  return found
}

function movingOf({
  request,
  map,
  drive,
  idleS,
  lastS,
}: TripPlan): Required<Pick<TripTruth, 'nightSeconds' | 'nightM' | 'movingSeconds'>> {
  let [nightSeconds, nightM, movingSeconds, drivenM] = [0, 0, 0, 0]
  let isNight = false
  for (let second = 0; second <= lastS; second += 1) {
    const atMs = request.startMs + second * 1000
    if (second === 0 || atMs % 60_000 === 0) {
      const minute = localMinuteOf(atMs, map.timeZone)
      isNight = minute >= nightMinutes.from || minute < nightMinutes.to
    }
    const passedM = drive.drivenAt(second - idleS)
    if (isNight) nightM += passedM - drivenM
    drivenM = passedM
    if (drive.speedAt(second - idleS) < movingMps) continue
    movingSeconds += 1
    if (isNight) nightSeconds += 1
  }
  return { nightSeconds, nightM: Math.round(nightM), movingSeconds }
}
