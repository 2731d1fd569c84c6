// Every number that decides what counts as a trip, an event or a peril: one versioned object. Facts computed with it carry
// its version; what a rate or a count is worth is the rate plan's business.

import { type DetectionThresholds, detectionThresholds } from './detection-thresholds.ts'

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

export interface BehaviourThresholds {
  readonly version: string
  readonly trip: {
    /** Without movement or ignition for longer than this the trip has ended; a shorter stop belongs to it. */
    readonly stillMsMax: number
    /** A trip lasts at least this long or covers at least `distanceMMin`; less is manoeuvring. */
    readonly durationMsMin: number
    readonly distanceMMin: number
    /** Even a long trip moved this far: idling on the drive is not a trip. */
    readonly movedMMin: number
    /** Slower is standing: speed sensors and GPS jitter around zero. */
    readonly movingKph: number
    /** Coordinates jitter more than speed sensors do, so movement known from them alone must be faster. */
    readonly movingByFixKph: number
    /** Devices that only tell changes keep the ignition on at a stand for at most this; an "off" may have been lost. */
    readonly switchedOnMsMax: number
    /** A vehicle lost while moving is on the same trip when it comes back within this, no slower than this in between. */
    readonly bridgeMsMax: number
    readonly bridgeKphMin: number
    /** Between the last movement, the last position and the last reading: more, and it was not lost while moving. */
    readonly lostMsMax: number
    /** Late readings make a trip be read again from its start, so it has an end; a longer drive continues as the next trip. */
    readonly lastsMsMax: number
  }
  readonly signal: {
    /** Steps up to this are driven time seen; anything longer is a gap. */
    readonly stepMsMax: number
    /** Trackers that report less often are complete up to this multiple of their own usual step. */
    readonly usualStepsMax: number
    /** Without coordinates speed is integrated over gaps up to this; beyond it nothing is assumed. */
    readonly blindStepMsMax: number
    /** Speed and position may come in alternating readings; a speed stands for this long. */
    readonly speedHoldMs: number
    /** A phone that was in the hand is so until told otherwise, at most this long. */
    readonly phoneHoldMs: number
    /** Implied by two fixes; faster is a jump of the receiver. */
    readonly fixJumpKph: number
    /** Faster than this a position that does not change is the receiver's, not the vehicle's. */
    readonly frozenKphMin: number
    /** Fixes closer together are the receiver's noise, and no distance. */
    readonly fixNoiseM: number
    /** No road vehicle gains or loses speed faster without a crash; beyond it the value is a fault. */
    readonly accelerationMps2Max: number
    /** Below this distance, speed and coordinates cannot be compared. */
    readonly checkDistanceMMin: number
    /** Odometers often count whole kilometres. */
    readonly odometerKmMin: number
  }
  /** A vehicle that is moved without being driven. */
  readonly carried: {
    readonly lastsMsMin: number
    /** Ferries and transporters in town are slower; what is faster drives. */
    readonly kphMax: number
    /** A hybrid on its battery drives evenly too, but not this slowly for so long. */
    readonly batteryKphMax: number
    /** Speed changes are summed between samples this far apart, so that noise is not taken for them. */
    readonly sampleMs: number
    /** A car's speed changes more than this on any road on which it is that slow. */
    readonly variationMps2Max: number
    /** Of the readings, how many have to say so. */
    readonly toldShareMin: number
    /** A wheel on a road always shakes more than this. */
    readonly flatMps2Max: number
    readonly flatDegPerSMax: number
  }
  readonly quality: {
    /** Less is told as gaps. */
    readonly completenessMin: number
    /** Less is told as a disagreement of the distances. */
    readonly agreementMin: number
    /** Less does not rate: figures that contradict each other count for nobody and against nobody. */
    readonly ratedAgreementMin: number
    /** Of a ratio of two distances, around that of two units. */
    readonly unitTolerance: number
    readonly frozenMsMin: number
    /** Confidence lost where the position was frozen all the time. */
    readonly frozenCost: number
    readonly constantMsMax: number
    readonly constantTrust: number
    /** Of the way that the speed before and after asks for: with less, the clock leapt. */
    readonly leapShareMax: number
  }
  readonly event: {
    /** Counts are kept at every rung, so another threshold never needs the readings again. */
    readonly ladderMps2: readonly number[]
    /** A rung is reached when the value stays at or above it for this long. */
    readonly durationMsMin: number
    /** What dips below the lowest rung for no longer than this is one event. */
    readonly debounceMs: number
    /** A sample stands for the time to the next one, at most this. */
    readonly sampleMsMax: number
    /** Slower manoeuvres are parking. */
    readonly longitudinalKphMin: number
    readonly lateralKphMin: number
    /** Slopes of speed are taken over at least and at most this, whatever the reporting rate. */
    readonly slopeMsMin: number
    readonly slopeMsMax: number
    /** Fewer samples do not tell a mounting bias from driving. */
    readonly biasSamplesMin: number
    readonly biasMps2Max: number
    readonly listedMax: number
  }
  /** How events are told from what only looks like one. */
  readonly detect: DetectionThresholds
  readonly speeding: {
    readonly toleranceKph: number
    readonly durationMsMin: number
  }
  /** Minutes of the local day, from (inclusive) to (exclusive), over midnight. */
  readonly night: { readonly fromMinute: number; readonly toMinute: number }
  readonly home: {
    /** A day is verified live when the installation reported in this share of its hours. */
    readonly liveHoursShareMin: number
    /** A longer silence forgets every value. */
    readonly silenceMsMax: number
    /** A condition that ended somewhere between two readings counts for at most this. */
    readonly unconfirmedMsMax: number
    /** Readings before midnight that a day starts from. */
    readonly lookbackMs: number
    readonly flowMsMax: number
    /** Flow sensors report every second while water flows; a flow stands for at most this. */
    readonly flowHoldMs: number
    readonly freezeBelowC: number
    readonly carbonMonoxidePpm: number
    readonly dampAbovePercent: number
    readonly unattendedAfterMs: number
    readonly valveClosedMsMin: number
    /** Water still running out of the pipe right after closing. */
    readonly valveSettleMs: number
  }
}

export const behaviourThresholds: BehaviourThresholds = {
  version: 'behaviour/10',
  trip: {
    stillMsMax: 5 * minuteMs,
    durationMsMin: 2 * minuteMs,
    distanceMMin: 500,
    movedMMin: 50,
    movingKph: 3,
    movingByFixKph: 10,
    switchedOnMsMax: hourMs,
    bridgeMsMax: 30 * minuteMs,
    bridgeKphMin: 20,
    lostMsMax: minuteMs,
    lastsMsMax: 24 * hourMs,
  },
  signal: {
    stepMsMax: 10 * secondMs,
    usualStepsMax: 2,
    blindStepMsMax: minuteMs,
    speedHoldMs: 2500,
    phoneHoldMs: minuteMs,
    fixJumpKph: 250,
    frozenKphMin: 10,
    fixNoiseM: 20,
    accelerationMps2Max: 9,
    checkDistanceMMin: 200,
    odometerKmMin: 5,
  },
  carried: {
    lastsMsMin: 5 * minuteMs,
    kphMax: 80,
    batteryKphMax: 50,
    sampleMs: 10 * secondMs,
    variationMps2Max: 0.1,
    toldShareMin: 0.9,
    flatMps2Max: 0.15,
    flatDegPerSMax: 1,
  },
  quality: {
    completenessMin: 0.95,
    agreementMin: 0.8,
    ratedAgreementMin: 0.65,
    unitTolerance: 0.06,
    frozenMsMin: minuteMs,
    frozenCost: 0.5,
    constantMsMax: 15 * minuteMs,
    constantTrust: 0.5,
    leapShareMax: 0.25,
  },
  event: {
    ladderMps2: [2.7, 3.1, 3.6, 4.0, 4.9, 5.4, 6.3],
    durationMsMin: 250,
    debounceMs: 1500,
    sampleMsMax: secondMs,
    longitudinalKphMin: 10,
    lateralKphMin: 15,
    slopeMsMin: 750,
    slopeMsMax: 2500,
    biasSamplesMin: 30,
    biasMps2Max: 1.5,
    listedMax: 1000,
  },
  detect: detectionThresholds,
  speeding: { toleranceKph: 5, durationMsMin: 10 * secondMs },
  night: { fromMinute: 23 * 60, toMinute: 5 * 60 },
  home: {
    liveHoursShareMin: 20 / 24,
    silenceMsMax: 70 * minuteMs,
    unconfirmedMsMax: 5 * minuteMs,
    lookbackMs: 6 * hourMs,
    flowMsMax: 2 * hourMs,
    flowHoldMs: minuteMs,
    freezeBelowC: 4,
    carbonMonoxidePpm: 50,
    dampAbovePercent: 75,
    unattendedAfterMs: 30 * minuteMs,
    valveClosedMsMin: 30 * secondMs,
    valveSettleMs: 10 * secondMs,
  },
}
