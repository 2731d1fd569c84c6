// Every number that decides how driving events are told from noise, mounting and the phone's own filters; part of the versioned
// thresholds. Times are constants in milliseconds, never counts of samples, so 1 Hz and 100 Hz are judged alike.

/** What stands between a value over the ladder and an event. Each can be left out to see what it earns. */
export const eventFilters = [
  /** The constant of a tilted mounting is taken off both axes. */
  'bias',
  /** Values are means over a time window, so a knock is no manoeuvre. */
  'mean',
  /** What a phone's gravity removal takes from a long manoeuvre is put back. */
  'restore',
  /** On a restored axis the opposite right after an event is the rest of that filter. */
  'rebound',
  /** On a restored axis only what is clearly more than everyday driving is an event. */
  'clear',
  /** A brake or an acceleration amid a hard turn is that turn, seen by axes that are not quite straight. */
  'coupling',
  /** A turn counts only if it turns the vehicle the same way, where the yaw rate is known. */
  'yaw',
  /** A brake or an acceleration counts only if it changes the speed, where that is known. */
  'speed',
  /** A hard acceleration that is broken off counts although its peak is low. */
  'surge',
  /** Two opposite swings at once are a swerve, not two turns. */
  'swerve',
] as const
export type EventFilter = (typeof eventFilters)[number]

export interface DetectionThresholds {
  readonly filters: readonly EventFilter[]
  /** A manoeuvre lasts about a second; knocks and engine shake are shorter. */
  readonly meanMs: number
  /** Sampled more slowly, neither a filter of a second nor a swerve can be told. */
  readonly fastStepMsMax: number
  /** Time constant of the high-pass in a phone's gravity removal. */
  readonly highPassTauMs: number
  /** The restored part is forgotten over this, so that a small bias cannot grow without bound. */
  readonly restoreLeakMs: { readonly longitudinal: number; readonly lateral: number }
  /** Speed gained in any span of this length, against the strength of the signal (in seconds): a filtered axis gains little. */
  readonly gainSpanMs: number
  readonly highPassedGainSMax: number
  /** Where the speed changes by this in such spans, root mean square, it shows what the axis should gain. */
  readonly speedGainMpsMin: number
  /** Quieter than this nothing can be told about an axis. */
  readonly strengthMps2Min: number
  /** Lane keeping, slopes and what is left of the mounting stay below; turns are read off more truly than brakes. */
  readonly clearMps2Min: { readonly longitudinal: number; readonly lateral: number }
  readonly reboundMs: number
  /** A rebound is never much stronger than what it answers. */
  readonly reboundRatioMax: number
  /** Turning faster than this, a longitudinal axis also feels the turn. */
  readonly couplingDegPerS: number
  /** A turn changes the heading by at least this; a lane change does not. */
  readonly turnDegMin: number
  /** Share of what an event implies that a second sensor must show: of the speed it changes, of the heading it turns. */
  readonly shareMin: number
  /** By how much receivers of positions lag. */
  readonly speedLagMs: number
  readonly surge: {
    /** The pull, and after a short pause the fall: the driver lifts off or brakes. */
    readonly pullMs: number
    readonly gapMs: number
    readonly fallMs: number
    /** How far the mean falls from one to the other, and what each must at least be. */
    readonly contrastMps2Min: number
    readonly pullMps2Min: number
    readonly pullBeforeBrakeMps2Min: number
    readonly fallMps2Max: number
    /** Nearer to each other it is one surge. */
    readonly apartMs: number
  }
  readonly swerve: {
    readonly swingMps2Min: number
    /** Of the stronger of its two swings. */
    readonly peakMps2Min: number
    readonly swingMsMax: number
    readonly pauseMsMax: number
    /** Out and back within this is one evasion, named after its stronger swing. */
    readonly outAndBackMs: number
  }
  readonly crash: {
    /** 4 g: no driving reaches it; a phone that falls does. */
    readonly shockMps2Min: number
    readonly movedKphMin: number
    readonly movedWithinMs: number
    readonly standsWithinMs: number
    readonly standsMsMin: number
  }
  readonly phoneUseMsMin: number
  /** Kept of a trip: the rare ones and then the strongest. */
  readonly observationsMax: number
  /** Samples kept around an observation's peak, before and after. */
  readonly evidenceMs: number
  readonly evidenceSamplesMax: number
}

export const detectionThresholds: DetectionThresholds = {
  filters: eventFilters,
  meanMs: 800,
  fastStepMsMax: 250,
  highPassTauMs: 1000,
  restoreLeakMs: { longitudinal: 8000, lateral: 3000 },
  gainSpanMs: 10_000,
  highPassedGainSMax: 4.5,
  speedGainMpsMin: 1,
  strengthMps2Min: 0.3,
  clearMps2Min: { longitudinal: 4.9, lateral: 4 },
  reboundMs: 3000,
  reboundRatioMax: 1.25,
  couplingDegPerS: 12,
  turnDegMin: 15,
  shareMin: 0.4,
  speedLagMs: 2000,
  surge: {
    pullMs: 2500,
    gapMs: 300,
    fallMs: 3000,
    contrastMps2Min: 3,
    pullMps2Min: 0.6,
    pullBeforeBrakeMps2Min: 1.3,
    fallMps2Max: -1.7,
    apartMs: 3000,
  },
  swerve: { swingMps2Min: 2, peakMps2Min: 3, swingMsMax: 2500, pauseMsMax: 1000, outAndBackMs: 5500 },
  crash: { shockMps2Min: 39.2, movedKphMin: 15, movedWithinMs: 5000, standsWithinMs: 10_000, standsMsMin: 30_000 },
  phoneUseMsMin: 2000,
  observationsMax: 40,
  evidenceMs: 5000,
  evidenceSamplesMax: 20,
}
