// A small edition with one of everything, for tests that change one thing of it.

import type { EditionDocument } from '../../pricing/edition/edition-document.ts'
import { noDriving } from '../../pricing/rating/facts.ts'

export const small: EditionDocument = {
  schema: 'edition/2',
  planId: 'small',
  product: 'motor',
  title: 'A small plan',
  note: 'One of everything.',
  currency: 'EUR',
  inputs: {
    age: { kind: 'number', min: 16, max: 120, default: 38, unit: 'years' },
    region: { kind: 'level', levels: ['town', 'city'], default: 'town' },
    weight: { kind: 'number', min: 0, max: 5000, default: 1000, unit: 'kg', label: { en: 'Kerb weight', 'zh-CN': '整备质量' } },
    kmPerYear: { kind: 'number', min: 0, max: 100_000, default: 12_000, unit: 'km' },
  },
  baseRates: [
    { coverage: 'liability', annualMinor: 40_000 },
    { coverage: 'own-damage', annualMinor: 26_000 },
  ],
  factors: [
    {
      id: 'age',
      kind: 'bands',
      input: 'age',
      bands: [
        { level: 'young', below: 25, factor: 1.3 },
        { level: 'middle', below: 70, factor: 1 },
        { level: 'old', factor: 1.15 },
      ],
    },
    { id: 'region', kind: 'levels', input: 'region', levels: { town: 1, city: 1.12 } },
    {
      id: 'age-region',
      kind: 'pair',
      inputs: ['age', 'region'],
      rows: [{ level: 'young', below: 25 }, { level: 'others' }],
      columns: [{ level: 'town' }, { level: 'city' }],
      factors: [
        [1, 1.05],
        [1, 1],
      ],
    },
    {
      id: 'weight',
      kind: 'curve',
      input: 'weight',
      curve: [
        [0, 0.9],
        [1000, 1],
        [3000, 1.2],
      ],
      label: { en: 'Weight of the car', 'zh-CN': '车重' },
    },
  ],
  bonusMalus: { start: 1, perClaimFreeYear: 0.95, perAtFaultClaim: 1.25, decimals: 2, floor: 0.5, cap: 3.5 },
  exposure: {
    k: 180,
    curve: [
      [0, 0.8],
      [12_000, 1],
      [30_000, 1.5],
    ],
  },
  behaviours: [
    {
      id: 'braking',
      measure: 'braking',
      rungMps2: 3.1,
      k: 1000,
      curve: [
        [0, 0.9],
        [60, 1],
        [200, 1.2],
      ],
    },
    {
      id: 'night',
      measure: 'night',
      k: 800,
      curve: [
        [0, 0.95],
        [0.2, 1.1],
      ],
      min: 0.97,
      max: 1.05,
    },
  ],
  behaviourBounds: { min: 0.62, max: 1.47 },
  premiumBounds: { minAnnualMinor: 20_000, maxAnnualMinor: 400_000 },
  rounding: {
    factorDecimals: 4,
    steps: [
      { after: 'class', toMinor: 1 },
      { after: 'instalment', toMinor: 1 },
    ],
  },
  instalments: 12,
  guardRails: { discountOnly: false, noMidTermRerate: false, notForNonRenewal: true, maxChangePerTerm: 0.25 },
  testCases: [
    {
      name: 'a new driver',
      facts: { product: 'motor', class: { age: 38, region: 'town', weight: 1000, kmPerYear: 12_000 }, driving: noDriving },
      premiumMinor: 5500,
      classPremiumMinor: 5500,
    },
  ],
}
