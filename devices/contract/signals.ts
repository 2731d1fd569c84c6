// The one list of what a device may say: name, VSS path, unit, type and range of every signal.
// Schemas, store columns and documentation derive from it; nothing else names a signal's unit.

import { phoneSignals } from './phone-signals.ts'

export type SignalType = 'number' | 'boolean'

export interface Signal {
  readonly name: string
  /** Path in COVESA's Vehicle Signal Specification 5.0, or null for a signal of Merit's own catalogue. */
  readonly vssPath: string | null
  /** UCUM-like unit as a person reads it; null for booleans. */
  readonly unit: string | null
  readonly type: SignalType
  /** Inclusive bounds of what is physically plausible; outside them the reading is refused. */
  readonly min?: number
  readonly max?: number
  readonly describes: string
}

/** Axes are ISO 8855: x forward, y left, z up; gravity is removed. A phone that does not know them sends its own axes instead. */
export const vehicleSignals = [
  { name: 'Speed', vssPath: 'Vehicle.Speed', unit: 'km/h', type: 'number', min: 0, max: 400, describes: 'speed over ground' },
  {
    name: 'Latitude',
    vssPath: 'Vehicle.CurrentLocation.Latitude',
    unit: 'degrees',
    type: 'number',
    min: -90,
    max: 90,
    describes: 'WGS 84 latitude; 0 with longitude 0 means no fix',
  },
  {
    name: 'Longitude',
    vssPath: 'Vehicle.CurrentLocation.Longitude',
    unit: 'degrees',
    type: 'number',
    min: -180,
    max: 180,
    describes: 'WGS 84 longitude',
  },
  {
    name: 'Heading',
    vssPath: 'Vehicle.CurrentLocation.Heading',
    unit: 'degrees',
    type: 'number',
    min: 0,
    max: 360,
    describes: 'clockwise from true north',
  },
  {
    name: 'HorizontalAccuracy',
    vssPath: 'Vehicle.CurrentLocation.HorizontalAccuracy',
    unit: 'm',
    type: 'number',
    min: 0,
    max: 100_000,
    describes: 'radius of the position estimate',
  },
  {
    name: 'AccelerationLongitudinal',
    vssPath: 'Vehicle.Acceleration.Longitudinal',
    unit: 'm/s²',
    type: 'number',
    min: -160,
    max: 160,
    describes: 'positive when gaining speed',
  },
  {
    name: 'AccelerationLateral',
    vssPath: 'Vehicle.Acceleration.Lateral',
    unit: 'm/s²',
    type: 'number',
    min: -160,
    max: 160,
    describes: 'positive to the left',
  },
  {
    name: 'AccelerationVertical',
    vssPath: 'Vehicle.Acceleration.Vertical',
    unit: 'm/s²',
    type: 'number',
    min: -160,
    max: 160,
    describes: 'positive upwards',
  },
  {
    name: 'AngularVelocityYaw',
    vssPath: 'Vehicle.AngularVelocity.Yaw',
    unit: 'deg/s',
    type: 'number',
    min: -2000,
    max: 2000,
    describes: 'positive turning left',
  },
  {
    name: 'EngineSpeed',
    vssPath: 'Vehicle.Powertrain.CombustionEngine.Speed',
    unit: 'rpm',
    type: 'number',
    min: 0,
    max: 25_000,
    describes: 'crankshaft speed',
  },
  {
    name: 'TraveledDistance',
    vssPath: 'Vehicle.TraveledDistance',
    unit: 'km',
    type: 'number',
    min: 0,
    max: 5_000_000,
    describes: 'odometer',
  },
  {
    name: 'SpeedLimit',
    vssPath: null,
    unit: 'km/h',
    type: 'number',
    min: 0,
    max: 200,
    describes: 'limit known for the road being driven; absent when not known',
  },
  { name: 'Ignition', vssPath: null, unit: null, type: 'boolean', describes: 'true while the vehicle is switched on to drive' },
  { name: 'PhoneHandling', vssPath: null, unit: null, type: 'boolean', describes: 'true while the driver is handling a phone' },
  ...phoneSignals,
] as const satisfies readonly Signal[]

export const homeSignals = [
  { name: 'WaterLeak', vssPath: null, unit: null, type: 'boolean', describes: 'true while a leak sensor is wet' },
  { name: 'WaterFlow', vssPath: null, unit: 'l/min', type: 'number', min: 0, max: 1000, describes: 'flow through the main pipe' },
  {
    name: 'Temperature',
    vssPath: null,
    unit: '°C',
    type: 'number',
    min: -60,
    max: 120,
    describes: 'coldest room that has a sensor',
  },
  {
    name: 'Humidity',
    vssPath: null,
    unit: '%',
    type: 'number',
    min: 0,
    max: 100,
    describes: 'relative humidity of the dampest room',
  },
  { name: 'Smoke', vssPath: null, unit: null, type: 'boolean', describes: 'true while a smoke alarm sounds' },
  {
    name: 'CarbonMonoxide',
    vssPath: null,
    unit: 'ppm',
    type: 'number',
    min: 0,
    max: 10_000,
    describes: 'carbon monoxide in air',
  },
  { name: 'ContactOpen', vssPath: null, unit: null, type: 'boolean', describes: 'true while an outer door or window is open' },
  { name: 'Motion', vssPath: null, unit: null, type: 'boolean', describes: 'true while somebody moves' },
  { name: 'Locked', vssPath: null, unit: null, type: 'boolean', describes: 'true while every outer lock is locked' },
  {
    name: 'Power',
    vssPath: null,
    unit: 'W',
    type: 'number',
    min: -100_000,
    max: 100_000,
    describes: 'electric power drawn; negative feeds the grid',
  },
  {
    name: 'ValveOpen',
    vssPath: null,
    unit: null,
    type: 'boolean',
    describes: 'true while the shut-off valve lets water through',
  },
  {
    name: 'BatteryLevel',
    vssPath: null,
    unit: '%',
    type: 'number',
    min: 0,
    max: 100,
    describes: 'weakest battery of the installation',
  },
] as const satisfies readonly Signal[]

export const signalsByKind = { vehicle: vehicleSignals, home: homeSignals } as const

export type DeviceKind = keyof typeof signalsByKind
export const deviceKinds: readonly DeviceKind[] = ['vehicle', 'home']

type TypeOf<Type extends SignalType> = Type extends 'boolean' ? boolean : number
type ValuesOf<List extends readonly Signal[]> = {
  readonly [Name in List[number]['name']]?: TypeOf<Extract<List[number], { readonly name: Name }>['type']>
}

/** What a vehicle said at one instant; an absent signal means "no new value". */
export type VehicleValues = ValuesOf<typeof vehicleSignals>
/** What a home said at one instant. */
export type HomeValues = ValuesOf<typeof homeSignals>
