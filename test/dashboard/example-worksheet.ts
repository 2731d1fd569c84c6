// A worksheet made by hand, with every kind of step, for tests of what is shown rather than of what is computed.

import type { Driving } from '../../pricing/rating/facts.ts'
import type { Worksheet } from '../../pricing/worksheet.ts'

export const exampleWorksheet: Worksheet = {
  policyId: 'motor-1',
  product: 'motor',
  planId: 'motor-standard',
  editionHash: '3f5c7d1e9a2b4c6d8e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f',
  factsHash: 'a1b2c3d4e5f60718293a4b5c6d7e8f90112233445566778899aabbccddeeff00',
  currency: 'EUR',
  period: 'month',
  premiumMinor: 4137,
  classPremiumMinor: 4820,
  steps: [
    { id: 'base-rate', operation: 'start', operand: 48000, amountMinor: 48000, figures: {} },
    { id: 'class:driver-age', operation: 'multiply', operand: 1.12, amountMinor: 53760, figures: { level: '25-29' } },
    { id: 'class:region', operation: 'multiply', operand: 1.05, amountMinor: 56448, figures: { level: 'urban' } },
    { id: 'class:vehicle-age', operation: 'multiply', operand: 1.0247, amountMinor: 57842.3, figures: { level: '4-9' } },
    {
      id: 'mileage',
      operation: 'multiply',
      operand: 0.94,
      amountMinor: 54371.7,
      figures: { kmPerYear: 10240, declaredKmPerYear: 12000, observedKm: 812, observedDays: 31, credibility: 0.32 },
    },
    {
      id: 'behaviour:braking',
      operation: 'multiply',
      operand: 0.957,
      amountMinor: 52033.7,
      figures: { observed: 4.9, unit: 'per-1000-km', exposureKm: 812, credibility: 0.29, ownFactor: 0.85 },
    },
    {
      id: 'behaviour:acceleration',
      operation: 'multiply',
      operand: 0.982,
      amountMinor: 51097.1,
      figures: { observed: 2.5, unit: 'per-1000-km', exposureKm: 812, credibility: 0.29, ownFactor: 0.938 },
    },
    {
      id: 'behaviour:cornering',
      operation: 'multiply',
      operand: 1.013,
      amountMinor: 51761.4,
      figures: { observed: 8.6, unit: 'per-1000-km', exposureKm: 812, credibility: 0.29, ownFactor: 1.045 },
    },
    {
      id: 'behaviour:night',
      operation: 'multiply',
      operand: 0.959,
      amountMinor: 49639.1,
      figures: { observed: 0.021, unit: 'share', exposureKm: 812, credibility: 0.29, ownFactor: 0.86 },
    },
    {
      id: 'behaviour:speeding',
      operation: 'multiply',
      operand: 1,
      amountMinor: 49639.1,
      figures: { observed: 0.03, unit: 'share', exposureKm: 812, credibility: 0.29, ownFactor: 1 },
    },
    {
      id: 'behaviour:phone',
      operation: 'multiply',
      operand: 1,
      amountMinor: 49639.1,
      figures: { exposureKm: 0, credibility: 0 },
    },
    { id: 'clamp', operation: 'clamp', operand: 0.9, amountMinor: 49639.1, figures: {} },
    { id: 'instalment', operation: 'divide', operand: 12, amountMinor: 4136.59, figures: {} },
    { id: 'round', operation: 'round', operand: 1, amountMinor: 4137, figures: {} },
  ],
}

export const exampleDriving: Driving = {
  trips: 42,
  observedDays: 30.4,
  distanceKm: 812.4,
  longitudinalKm: 812.4,
  lateralKm: 812.4,
  limitKnownKm: 640.2,
  phoneKnownKm: 0,
  brakes: [9, 4, 2, 1, 0, 0, 0],
  accelerations: [5, 2, 0, 0, 0, 0, 0],
  turns: [30, 20, 11, 7, 1, 0, 0],
  nightKm: 17.1,
  speedingKm: 19.2,
  phoneS: 0,
  phoneKnownS: 0,
}
