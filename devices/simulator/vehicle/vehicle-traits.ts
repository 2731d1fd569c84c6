// What is to be said of a simulated vehicle beyond its id: who drives it, where, with what on board, and in which life.

import type { DrivingManner, DrivingStyle } from '../drive.ts'
import type { LifeName } from '../life/life-names.ts'
import type { RoadMap } from '../road/road-map.ts'
import type { Equipment } from './equipment.ts'

export interface VehicleTraits {
  readonly style: DrivingStyle
  /** Instead of the style's own parameters: another driver's, or some that were fitted to a recording. */
  readonly driver?: DrivingStyle | DrivingManner
  /** Default: the bundled town. */
  readonly road?: RoadMap
  /** Default: `tracker`. */
  readonly equipment?: Equipment
  /** Readings a second of a phone's motion, 10 to 50. */
  readonly hertz?: number
  /** Trips by the habits of a week, for ever. Without it one short trip follows the other, for whoever looks. */
  readonly life?: LifeName
  /** What the odometer said last; without it the vehicle does not report one. */
  readonly odometerKm?: number
}
