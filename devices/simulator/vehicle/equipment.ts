// What a vehicle carries to tell of its drives, and what each can tell.

/**
 * `tracker`: wired to the car, axes known, positions held through tunnels. `obd`: a plug that reads the car's own speed, engine and
 * odometer, without an accelerometer, with a receiver of positions. `phone`: lies in the car at some tilt and knows nothing of it.
 * `gps-only`: position and speed of a receiver, once a second.
 */
export const equipmentNames = ['tracker', 'obd', 'phone', 'gps-only'] as const
export type Equipment = (typeof equipmentNames)[number]

const alongTheRoad = ['brake', 'acceleration', 'speeding'] as const
const all = [...alongTheRoad, 'left-turn', 'right-turn'] as const

export const manoeuvresSeenBy: Readonly<Record<Equipment, readonly (typeof all)[number][]>> = {
  tracker: all,
  obd: alongTheRoad,
  phone: all,
  'gps-only': alongTheRoad,
}

/** Readings a second of a phone's motion unless asked otherwise; the contract's range is 10 to 50. */
export const phoneHertz = 10
export const phoneHertzMax = 50
