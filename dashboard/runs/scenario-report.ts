// What a run of a scenario comes to: published = acknowledged = stored, or where not; events against what was really done; the
// premium against that of the true behaviour.

import Type from 'typebox'

const Count = Type.Integer({ minimum: 0 })
const OrNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const ShareSchema = Type.Object({
  group: Type.String(),
  minor: Type.Integer(),
  facts: Type.Array(Type.Object({ name: Type.String(), before: Type.String(), after: Type.String() })),
})

export const ScenarioReportSchema = Type.Object({
  scenario: Type.String(),
  seed: Type.String(),
  /** `early`: it was stopped, or killed while it ran; then the counts are those it had got to. */
  ended: Type.Enum(['completely', 'early'] as const),
  devices: Count,
  days: Count,
  seconds: Type.Number(),
  /** Readings, and payloads that are refused as a whole. */
  published: Count,
  acknowledged: Count,
  stored: Count,
  duplicates: Count,
  /** Acknowledged and refused; with stored, duplicates and missing it is all that was acknowledged. */
  quarantined: Count,
  /** Kept besides: of batches that were sent again because their connection broke before the PUBACK. */
  quarantinedAgain: Count,
  quarantinedByReason: Type.Record(Type.String(), Count),
  /** Acknowledged, and neither stored as it was said nor in quarantine. */
  missing: Count,
  /** Stored twice, or trips of one device that overlap. */
  twice: Count,
  /** Stored, and never published. */
  unexpected: Count,
  /** The first of what is missing, twice or unexpected, in words. */
  examples: Type.Array(Type.String()),
  /** What connections went through on purpose: sign-ins refused, packets too large that ended them. */
  refusedSignIns: Count,
  cutForSize: Count,
  trips: Type.Object({ expected: Count, scored: Count, precision: OrNull(Type.Number()), recall: OrNull(Type.Number()) }),
  /** Trips of one policy that two of its devices tell of at the same time: a fraud, or a family with two cars. */
  toldByTwo: Count,
  events: Type.Object({ expected: Count, scored: Count, precision: OrNull(Type.Number()), recall: OrNull(Type.Number()) }),
  /** Sums over the policies, minor units a month. */
  currency: Type.String(),
  premiumMinor: Type.Integer(),
  /** Of what the devices measured, before any fault. */
  unfaultedPremiumMinor: Type.Integer(),
  truePremiumMinor: Type.Integer(),
  premiums: Type.Array(
    Type.Object({
      policyId: Type.String(),
      product: Type.Enum(['motor', 'home'] as const),
      currency: Type.String(),
      premiumMinor: Type.Integer(),
      unfaultedMinor: Type.Integer(),
      trueMinor: Type.Integer(),
      byFaults: Type.Array(ShareSchema),
      byMeasuring: Type.Array(ShareSchema),
    }),
  ),
})

export type ScenarioReport = Type.Static<typeof ScenarioReportSchema>

/** Before anything happened; what a run that is killed leaves. */
export function emptyReport(scenario: string, seed: string, devices: number, days: number): ScenarioReport {
  const nothing = { expected: 0, scored: 0, precision: null, recall: null }
  return {
    scenario,
    seed,
    ended: 'early',
    devices,
    days,
    seconds: 0,
    published: 0,
    acknowledged: 0,
    stored: 0,
    duplicates: 0,
    quarantined: 0,
    quarantinedAgain: 0,
    quarantinedByReason: {},
    missing: 0,
    twice: 0,
    unexpected: 0,
    examples: [],
    refusedSignIns: 0,
    cutForSize: 0,
    trips: nothing,
    toldByTwo: 0,
    events: nothing,
    currency: '',
    premiumMinor: 0,
    unfaultedPremiumMinor: 0,
    truePremiumMinor: 0,
    premiums: [],
  }
}

/** Nothing that was acknowledged is missing, and nothing counts twice. */
export function isSound({ missing, twice, unexpected }: Pick<ScenarioReport, 'missing' | 'twice' | 'unexpected'>): boolean {
  return missing + twice + unexpected === 0
}
