// Every kind of data that is kept of a policy: which signals it is, what it does to the price, who can see it and for how long. A
// test holds it against the list of everything a device may say, so no signal is collected that is not named here.

import type { PrivacyKey } from '../../messages/privacy.ts'

type After<Prefix extends string> = Extract<PrivacyKey, `${Prefix}.${string}`> extends `${Prefix}.${infer Rest}` ? Rest : never
export type KindName = Exclude<After<'group'>, `${string}.why`>

export interface DataKind {
  readonly name: KindName
  /** As the contract with devices calls them; none where no device says it. */
  readonly signals: readonly string[]
  readonly price: After<'price'>
  readonly who: After<'who'>
  readonly kept: After<'kept'>
}

const measured = { who: 'measured', kept: 'erased' } as const

const ofVehicles: readonly DataKind[] = [
  { name: 'movement', signals: ['Speed', 'TraveledDistance'], price: 'distance', ...measured },
  { name: 'position', signals: ['Latitude', 'Longitude', 'Heading', 'HorizontalAccuracy'], price: 'no', ...measured },
  {
    name: 'handling',
    signals: ['AccelerationLongitudinal', 'AccelerationLateral', 'AccelerationVertical', 'AngularVelocityYaw'],
    price: 'handling',
    ...measured,
  },
  { name: 'limit', signals: ['SpeedLimit'], price: 'limit', ...measured },
  { name: 'phone', signals: ['PhoneHandling'], price: 'phone', ...measured },
  {
    name: 'phone-motion',
    signals: [
      ...['PhoneAccelerationX', 'PhoneAccelerationY', 'PhoneAccelerationZ'],
      ...['PhoneGravityX', 'PhoneGravityY', 'PhoneGravityZ'],
      ...['PhoneRotationX', 'PhoneRotationY', 'PhoneRotationZ'],
      ...['EarthAccelerationEast', 'EarthAccelerationNorth', 'EarthAccelerationUp'],
    ],
    price: 'handling',
    ...measured,
  },
  { name: 'vehicle', signals: ['EngineSpeed', 'Ignition'], price: 'no', ...measured },
]

const ofHomes: readonly DataKind[] = [
  { name: 'water', signals: ['WaterLeak', 'WaterFlow', 'ValveOpen'], price: 'water', ...measured },
  { name: 'climate', signals: ['Temperature', 'Humidity'], price: 'climate', ...measured },
  { name: 'fire', signals: ['Smoke', 'CarbonMonoxide'], price: 'fire', ...measured },
  { name: 'presence', signals: ['ContactOpen', 'Motion', 'Locked'], price: 'presence', ...measured },
  { name: 'power', signals: ['Power'], price: 'no', ...measured },
  { name: 'battery', signals: ['BatteryLevel'], price: 'no', ...measured },
]

const ofEveryPolicy: readonly DataKind[] = [
  { name: 'stated', signals: [], price: 'stated', who: 'insurer', kept: 'policy' },
  { name: 'premiums', signals: [], price: 'result', who: 'insurer', kept: 'law' },
  { name: 'disputes', signals: [], price: 'dispute', who: 'insurer', kept: 'words' },
  { name: 'messages', signals: [], price: 'no', who: 'insurer', kept: 'policy' },
  { name: 'sign-in', signals: [], price: 'no', who: 'self', kept: 'session' },
  { name: 'views', signals: [], price: 'no', who: 'insurer', kept: 'chain' },
]

export function dataKinds(product: 'motor' | 'home'): readonly DataKind[] {
  return [...(product === 'motor' ? ofVehicles : ofHomes), ...ofEveryPolicy]
}
