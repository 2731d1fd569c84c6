// The models of the reference fits. Ids and levels are chosen so that id + level is the name R gave the coefficient.

import type { ModelSpec, Term } from '../../../pricing/fit/model-spec.ts'

export type TableName = 'frequency' | 'train' | 'pure-premium' | 'sweden' | 'australia' | 'telematics'

export interface ReferenceModel {
  readonly name: string
  readonly table: TableName
  readonly model: ModelSpec
  /** `coef_….csv` of the reference folder. */
  readonly coefficients: string
  /** Where the reference states it. */
  readonly deviance?: number
  readonly phi?: number
  /** Of the reference, where it was not R's default. */
  readonly epsilon?: number
  /** In and out of sample, 100 × the mean Poisson deviance. */
  readonly losses?: { readonly inSample: number; readonly outOfSample: number }
}

const power: Term = {
  id: 'VehPowerGLM',
  kind: 'bands',
  column: 'VehPower',
  bands: [...[4, 5, 6, 7, 8].map((level) => ({ level: String(level), below: level + 1 })), { level: '9' }],
  reference: '4',
}
const vehicleAge: Term = {
  id: 'VehAgeGLM',
  kind: 'bands',
  column: 'VehAge',
  bands: [{ level: '1', below: 1 }, { level: '2', below: 11 }, { level: '3' }],
  reference: '2',
}
const driverAge: Term = {
  id: 'DrivAgeGLM',
  kind: 'bands',
  column: 'DrivAge',
  bands: [...[21, 26, 31, 41, 51, 71].map((below, index) => ({ level: String(index + 1), below })), { level: '7' }],
  reference: '5',
}
const bonusMalus: Term = { id: 'BonusMalusGLM', kind: 'number', column: 'BonusMalus' }
const brand: Term = { kind: 'levels', column: 'VehBrand', reference: 'B1' }
const gas: Term = { kind: 'levels', column: 'VehGas', reference: 'Diesel' }
const density: Term = { id: 'DensityGLM', kind: 'number', column: 'Density', transform: 'log' }
const region: Term = { kind: 'levels', column: 'Region', reference: 'R24' }
const area: Term = { kind: 'number', column: 'AreaGLM' }

const frequency = {
  schema: 'model/1',
  family: { kind: 'poisson' },
  response: { column: 'ClaimNb' },
  logOffset: 'Exposure',
  limits: { ClaimNb: { max: 4 }, Exposure: { max: 1 }, BonusMalus: { max: 150 } },
} as const

/** GLM1: 49 parameters, the one that is timed. */
export const glm1: ModelSpec = {
  ...frequency,
  name: 'GLM1',
  terms: [power, vehicleAge, driverAge, bonusMalus, brand, gas, density, region, area],
}

const powersOfAge: readonly Term[] = [
  { kind: 'number', column: 'DrivAge' },
  { id: 'log(DrivAge)', kind: 'number', column: 'DrivAge', transform: 'log' },
  ...[2, 3, 4].map((exponent): Term => ({ id: `I(DrivAge^${exponent})`, kind: 'number', column: 'DrivAge', power: exponent })),
]
const compact: Term[] = [
  vehicleAge,
  driverAge,
  { id: 'BM', kind: 'number', column: 'BonusMalus' },
  gas,
  { id: 'log(Density)', kind: 'number', column: 'Density', transform: 'log' },
]
const swedish: Term[] = ['Kilometres', 'Zone', 'Bonus', 'Make'].map((column) => ({ kind: 'levels', column, reference: '1' }))
const australian: Term[] = [
  { kind: 'levels', column: 'VehAge', reference: 'old cars' },
  { kind: 'levels', column: 'Gender', reference: 'Female' },
  { kind: 'levels', column: 'DrivAge', reference: 'old people' },
]
const [australianAge, ...australianPeople] = australian

export const referenceModels: readonly ReferenceModel[] = [
  {
    name: 'freMTPL2 GLM1',
    table: 'train',
    model: glm1,
    coefficients: 'orig_R350_GLM1',
    losses: { inSample: 31.26737971, outOfSample: 32.17123411 },
  },
  {
    name: 'freMTPL2 GLM2',
    table: 'train',
    model: { ...glm1, name: 'GLM2', terms: [power, vehicleAge, driverAge, bonusMalus, brand, gas, density, region] },
    coefficients: 'orig_R350_GLM2',
    losses: { inSample: 31.26741827, outOfSample: 32.17196329 },
  },
  {
    name: 'freMTPL2 GLM3',
    table: 'train',
    model: { ...glm1, name: 'GLM3', terms: [power, vehicleAge, driverAge, bonusMalus, gas, density, region] },
    coefficients: 'orig_R350_GLM3',
    losses: { inSample: 31.27852448, outOfSample: 32.18195523 },
  },
  {
    name: 'freMTPL2 CANN GLM2',
    table: 'train',
    model: {
      ...glm1,
      name: 'CANN GLM2',
      terms: [power, vehicleAge, bonusMalus, brand, gas, density, region, area, ...powersOfAge],
    },
    coefficients: 'orig_R350_CANN_GLM2',
    losses: { inSample: 31.2567422467236, outOfSample: 32.1490208374175 },
  },
  {
    name: 'freMTPL2 Poisson, compact',
    table: 'frequency',
    model: { ...frequency, name: 'compact', limits: { Exposure: { max: 1 }, BonusMalus: { max: 150 } }, terms: compact },
    coefficients: 'freMTPL2_poisson_compact',
  },
  {
    name: 'freMTPL2 gamma, mean claims up to 100,000',
    table: 'pure-premium',
    model: {
      schema: 'model/1',
      name: 'severity',
      family: { kind: 'gamma' },
      response: { column: 'MeanClaim' },
      weight: 'PaidClaims',
      keep: { column: 'MeanClaim', above: 0 },
      limits: { BonusMalus: { max: 150 } },
      terms: compact,
    },
    coefficients: 'freMTPL2_gamma_cap100k',
    deviance: 35104.398882,
    phi: 8.99430551,
  },
  {
    name: 'freMTPL2 Tweedie p = 1.7',
    table: 'pure-premium',
    model: {
      schema: 'model/1',
      name: 'pure premium',
      family: { kind: 'tweedie', power: 1.7 },
      response: { column: 'ClaimAmount', per: 'Exposure' },
      weight: 'Exposure',
      limits: { Exposure: { max: 1 }, BonusMalus: { max: 150 } },
      terms: compact,
    },
    coefficients: 'freMTPL2_tweedie17',
    deviance: 13052578.673142,
    // R's start leads astray here as well: the reference starts from the mean and goes on to this change of the deviance.
    epsilon: 1e-10,
  },
  {
    name: 'swautoins Poisson',
    table: 'sweden',
    model: {
      schema: 'model/1',
      name: 'claims',
      family: { kind: 'poisson' },
      response: { column: 'Claims' },
      logOffset: 'Insured',
      terms: swedish,
    },
    coefficients: 'swautoins_poisson',
    deviance: 2966.117944,
  },
  {
    name: 'swautoins gamma',
    table: 'sweden',
    model: {
      schema: 'model/1',
      name: 'severity',
      family: { kind: 'gamma' },
      response: { column: 'Payment', per: 'Claims' },
      weight: 'Claims',
      keep: { column: 'Claims', above: 0 },
      terms: swedish,
    },
    coefficients: 'swautoins_gamma',
    deviance: 4526.591468,
    phi: 2.95017531,
  },
  {
    name: 'swautoins Tweedie p = 1.5',
    table: 'sweden',
    model: {
      schema: 'model/1',
      name: 'pure premium',
      family: { kind: 'tweedie', power: 1.5 },
      response: { column: 'Payment', per: 'Insured' },
      weight: 'Insured',
      terms: swedish,
    },
    coefficients: 'swautoins_tweedie15',
    deviance: 2263752.955703,
    phi: 1202.12617956,
  },
  {
    name: 'ausprivauto0405 Poisson, three terms',
    table: 'australia',
    model: {
      schema: 'model/1',
      name: 'claims',
      family: { kind: 'poisson' },
      response: { column: 'ClaimNb' },
      logOffset: 'Exposure',
      terms: australian,
    },
    coefficients: 'aus_poisson_small',
    deviance: 25387.908897,
  },
  {
    name: 'ausprivauto0405 Poisson, five terms',
    table: 'australia',
    model: {
      schema: 'model/1',
      name: 'claims',
      family: { kind: 'poisson' },
      response: { column: 'ClaimNb' },
      logOffset: 'Exposure',
      terms: [
        ...(australianAge === undefined ? [] : [australianAge]),
        { kind: 'levels', column: 'VehBody', reference: 'Bus' },
        ...australianPeople,
        { kind: 'number', column: 'VehValue' },
      ],
    },
    coefficients: 'aus_poisson',
  },
  {
    name: 'ausprivauto0405 gamma',
    table: 'australia',
    model: {
      schema: 'model/1',
      name: 'severity',
      family: { kind: 'gamma' },
      response: { column: 'ClaimAmount', per: 'ClaimNb' },
      weight: 'ClaimNb',
      keep: { column: 'ClaimNb', above: 0 },
      terms: australian,
    },
    coefficients: 'aus_gamma',
    deviance: 7500.883394,
    phi: 3.33566493,
  },
  {
    name: 'ausprivauto0405 Tweedie p = 1.6',
    table: 'australia',
    model: {
      schema: 'model/1',
      name: 'pure premium',
      family: { kind: 'tweedie', power: 1.6 },
      response: { column: 'ClaimAmount', per: 'Exposure' },
      weight: 'Exposure',
      terms: australian,
    },
    coefficients: 'aus_tweedie16',
  },
  {
    name: 'fretelematic logit',
    table: 'telematics',
    model: {
      schema: 'model/1',
      name: 'claim or not',
      family: { kind: 'binomial' },
      response: { column: 'Claim', equals: 'yes' },
      terms: [
        { kind: 'number', column: 'Insured_Age' },
        { kind: 'levels', column: 'Insured_Gender', reference: 'F' },
        { id: 'log(Total_Distance)', kind: 'number', column: 'Total_Distance', transform: 'log' },
        { id: 'I(Total_Night_Time/Total_Time)', kind: 'number', column: 'Total_Night_Time', per: 'Total_Time' },
        { kind: 'number', column: 'Braking_Score' },
        { kind: 'number', column: 'Acceleration_Score' },
        { kind: 'number', column: 'Corner_Score' },
      ],
    },
    coefficients: 'fretelematic_logit',
  },
]
