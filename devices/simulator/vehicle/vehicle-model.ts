// What a car can do: pull by its engine and tyres, brake and corner by its tyres, and the engine speed that goes with it. A driver asks
// for less; nobody gets more.

export interface VehicleModel {
  readonly massKg: number
  readonly powerW: number
  /** Of the power, what reaches the road. */
  readonly efficiency: number
  /** Drag coefficient times frontal area, m². */
  readonly dragAreaM2: number
  readonly rollingShare: number
  readonly wheelRadiusM: number
  /** Engine turns per wheel turn, final drive included, lowest gear first. */
  readonly gears: readonly number[]
  readonly idleRpm: number
  readonly shiftUpRpm: number
  /** Weight on the driven axle, as a share. */
  readonly drivenShare: number
  /** Friction of tyre on road. */
  readonly friction: { readonly dry: number; readonly wet: number }
}

/** A small family car. */
export const familyCar: VehicleModel = {
  massKg: 1400,
  powerW: 92_000,
  efficiency: 0.88,
  dragAreaM2: 0.66,
  rollingShare: 0.012,
  wheelRadiusM: 0.31,
  gears: [13.8, 7.7, 5.1, 3.8, 3, 2.5],
  idleRpm: 780,
  shiftUpRpm: 2600,
  drivenShare: 0.6,
  friction: { dry: 0.9, wet: 0.6 },
}

const gravityMps2 = 9.81
const airKgPerM3 = 1.2

/** The most that tyres give in any direction. */
export function gripMps2({ friction }: VehicleModel, isWet: boolean): number {
  return (isWet ? friction.wet : friction.dry) * gravityMps2
}

/** What engine and driven tyres leave for gaining speed; negative where the car cannot keep it. */
export function pullMps2(model: VehicleModel, speedMps: number, isWet: boolean): number {
  const traction = gripMps2(model, isWet) * model.drivenShare
  const byEngine = (model.powerW * model.efficiency) / (model.massKg * Math.max(1, speedMps))
  return Math.min(traction, byEngine) - resistanceMps2(model, speedMps)
}

/** Air and tyres; what slows a car down that rolls. */
export function resistanceMps2(model: VehicleModel, speedMps: number): number {
  return (airKgPerM3 * model.dragAreaM2 * speedMps ** 2) / (2 * model.massKg) + model.rollingShare * gravityMps2
}

/** Tyres share their grip between braking or pulling and cornering (Kamm's circle). */
export function leftOfGrip(gripTotalMps2: number, lateralMps2: number): number {
  return Math.sqrt(Math.max(0, gripTotalMps2 ** 2 - lateralMps2 ** 2))
}

/** Counted from 1; 0 at a stand. Pulling hard shifts later. */
export function gearAt(model: VehicleModel, speedMps: number, accelerationMps2: number): number {
  if (speedMps < 0.3) return 0
  const shiftRpm = model.shiftUpRpm + Math.max(0, Math.min(2, accelerationMps2)) * 700
  const wheelRpm = wheelRpmAt(model, speedMps)
  const gear = model.gears.findIndex((ratio) => wheelRpm * ratio <= shiftRpm)
  return gear < 0 ? model.gears.length : gear + 1
}

export function engineRpm(model: VehicleModel, speedMps: number, accelerationMps2: number): number {
  const ratio = model.gears[gearAt(model, speedMps, accelerationMps2) - 1]
  return ratio === undefined ? model.idleRpm : Math.max(model.idleRpm, wheelRpmAt(model, speedMps) * ratio)
}

function wheelRpmAt({ wheelRadiusM }: VehicleModel, speedMps: number): number {
  return (speedMps / (2 * Math.PI * wheelRadiusM)) * 60
}
