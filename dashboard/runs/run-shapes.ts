// A simulated fleet that somebody runs from the page: what it is asked for, what its process reports, what a page is told.

import Type from 'typebox'
import { FaultSwitchSchema } from '../../devices/scenario/scenario-schema.ts'
import { manoeuvreKinds, mishapKinds } from '../../devices/simulator/truth.ts'
import { faultsMax, historyDaysMax, homesMax, speeds, vehiclesMax } from './run-limits.ts'
import { ScenarioReportSchema } from './scenario-report.ts'

export const RunOptionsSchema = Type.Object(
  {
    vehicles: Type.Integer({ minimum: 0, maximum: vehiclesMax }),
    homes: Type.Integer({ minimum: 0, maximum: homesMax }),
    seed: Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9._-]+$' }),
    speed: Type.Enum(speeds),
    /** Simulated time begins this many days ago. */
    historyDays: Type.Integer({ minimum: 0, maximum: historyDaysMax }),
    /** Every second home has a leak soon after the start. */
    mishaps: Type.Boolean(),
    /** By name: runs over a Merit of its own, and the figures above but the seed are passed over. */
    scenario: Type.Optional(Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-z0-9-]+$' })),
    /** Of a scenario, besides its own. */
    faults: Type.Optional(Type.Array(FaultSwitchSchema, { maxItems: faultsMax })),
  },
  { additionalProperties: false },
)

const Count = Type.Integer({ minimum: 0 })
const OrNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

export const scenarioPhases = ['starting', 'publishing', 'storing', 'pricing', 'checking'] as const

export const PictureSchema = Type.Object({
  vehicles: Type.Array(
    Type.Object({
      id: Type.String(),
      latitude: Type.Number(),
      longitude: Type.Number(),
      speedKph: Type.Number(),
      isDriving: Type.Boolean(),
    }),
  ),
  homes: Type.Array(
    Type.Object({ id: Type.String(), isLeaking: Type.Boolean(), isAtHome: Type.Boolean(), temperature: OrNull(Type.Number()) }),
  ),
})

export const ProgressSchema = Type.Object({
  devices: Count,
  online: Count,
  batches: Count,
  published: Count,
  acknowledged: Count,
  accepted: Count,
  duplicate: Count,
  rejected: Count,
  dropped: Count,
  readingsPerSecond: Type.Number({ minimum: 0 }),
  /** The simulated time that is reached, and where it began. */
  reachedMs: Type.Integer(),
  startMs: Type.Integer(),
  /** Of a scenario: what is being done, and where its time ends. */
  phase: Type.Optional(Type.Enum(scenarioPhases)),
  endMs: Type.Optional(Type.Integer()),
  picture: PictureSchema,
})

const ManoeuvreSchema = Type.Object({
  kind: Type.Enum(manoeuvreKinds),
  startMs: Type.Integer(),
  endMs: Type.Integer(),
  peak: Type.Number(),
})
export const TruthSchema = Type.Union([
  Type.Object({
    kind: Type.Literal('trip'),
    device: Type.String(),
    startedAtMs: Type.Integer(),
    endedAtMs: Type.Integer(),
    distanceM: Type.Integer(),
    manoeuvres: Type.Array(ManoeuvreSchema),
  }),
  Type.Object({ kind: Type.Enum(mishapKinds), device: Type.String(), startMs: Type.Integer(), endMs: Type.Integer() }),
])

/** What the process of a run tells the office. */
export const RunReportSchema = Type.Union([
  Type.Object({ kind: Type.Literal('progress'), progress: ProgressSchema }),
  Type.Object({ kind: Type.Literal('truth'), truths: Type.Array(TruthSchema) }),
  Type.Object({ kind: Type.Literal('report'), report: ScenarioReportSchema }),
  Type.Object({ kind: Type.Literal('failed'), problem: Type.String({ maxLength: 500 }) }),
])

/** What the office tells it. */
export const RunCommandSchema = Type.Union([Type.Literal('pause'), Type.Literal('resume'), Type.Literal('stop')])

export const runStatuses = ['starting', 'running', 'paused', 'stopping', 'stopped', 'failed', 'removing', 'removed'] as const

export const RunSchema = Type.Object({
  id: Type.String(),
  status: Type.Enum(runStatuses),
  /** `office-restarted`, `process-ended`, or the process's own words; null where somebody stopped it. */
  reason: OrNull(Type.String()),
  startedBy: Type.String(),
  options: RunOptionsSchema,
  progress: OrNull(ProgressSchema),
  /** Of a scenario that has ended. */
  report: OrNull(ScenarioReportSchema),
  createdAtMs: Type.Integer(),
  endedAtMs: OrNull(Type.Integer()),
  removeAtMs: OrNull(Type.Integer()),
})

/** Of one kind: what the simulator did, what was found of it, and what was found besides. */
const ScoredSchema = Type.Object({
  kind: Type.Enum(['trips', 'brake', 'acceleration', 'cornering', 'speeding', 'leak', 'freeze'] as const),
  expected: Count,
  found: Count,
  scored: Count,
  right: Count,
  /** Found of what was expected; null where nothing was. */
  recall: OrNull(Type.Number()),
  /** Right of what was scored; null where nothing was. */
  precision: OrNull(Type.Number()),
})

export const RunScoreSchema = Type.Object({
  /** Everything up to here is compared; null before anything was published. */
  untilMs: OrNull(Type.Integer()),
  rows: Type.Array(ScoredSchema),
  distance: Type.Object({ expectedM: Count, scoredM: Count }),
  /** `early` while there is too little to say. */
  verdict: Type.Enum(['early', 'agrees', 'differs'] as const),
})

export type RunOptions = Type.Static<typeof RunOptionsSchema>
export type RunProgress = Type.Static<typeof ProgressSchema>
export type RunReport = Type.Static<typeof RunReportSchema>
export type RunCommand = Type.Static<typeof RunCommandSchema>
export type Run = Type.Static<typeof RunSchema>
export type RunScore = Type.Static<typeof RunScoreSchema>
export type Scored = RunScore['rows'][number]
