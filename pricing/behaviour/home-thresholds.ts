// The numbers behind a home's perils beyond those of thresholds.ts, under the same version: a change here is a change there.

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

export const homeThresholds = {
  water: {
    /** Past days whose own runs of water say what is usual. */
    learnDays: 14,
    /** With fewer days that used water nothing is known to be usual. */
    learnDaysMin: 3,
    /** Of the past days' longest runs; one leak in a fortnight must not become usual. */
    usualQuantile: 0.8,
    /** How far beyond the usual a run has to go: twice raised no false alarm in 253 recorded days of one flat. */
    usualTimes: 2,
    /** A dishwasher's use, told as one run, lasts half an hour, and the longest of 9,165 real runs was 41 minutes. */
    runMsMin: 45 * minuteMs,
    /** Without knowing what is usual; also the most that the usual can allow. */
    runMsMax: 2 * hourMs,
    /** The largest of 9,165 real runs took 96 litres; a bath takes 150. */
    runLitresMin: 200,
    /** Fewer readings do not tell one long run from many short ones. */
    runReadingsMin: 12,
    /** A run goes on over a step up to this multiple of its own usual one. */
    runSteps: 2,
    /** Water seen flowing this shortly before the valve closed: closing it at rest proves nothing. */
    flowBeforeValveMs: 90 * secondMs,
  },
  occupancy: {
    /** Motion sensors hold for up to a minute or two after somebody has gone through the door. */
    leavingMs: 3 * minuteMs,
    /** Nobody stays still for so long at home without a sensor noticing, asleep or not. */
    stillMsMax: 12 * hourMs,
  },
  freezeTrend: {
    windowMs: 3 * hourMs,
    /** Readings nearer than this add cost and no knowledge. */
    sampleMs: 5 * minuteMs,
    samplesMin: 4,
    spanMsMin: hourMs,
    /** Slower is the day's own course. */
    fallCPerHourMin: 0.3,
    belowC: 8,
    /** Reaching 0 °C within this, if it goes on. */
    aheadMsMax: 3 * hourMs,
  },
  mould: {
    /** The least temperature factor of a wall that DIN 4108-2 allows. */
    surfaceFactor: 0.7,
    /** A mild winter's day: what is outside is not measured. */
    outsideC: 5,
    /** A shower's steam is gone by then. */
    lastsMsMin: 6 * hourMs,
  },
  cooking: { powerWMin: 1200, lastsMsMin: 30 * minuteMs },
  liveness: {
    /** Fewer values cannot be told from a sensor that answers the same whatever happens. */
    stuckReadingsMin: 12,
  },
  spans: {
    /** What comes back this soon is the same occurrence. */
    mergeMs: 10 * minuteMs,
    /** Of one kind in a day; later ones still count in the minutes. */
    listedMax: 12,
    /** Evidence read less often than this is weaker. */
    sparseMs: 10 * minuteMs,
  },
} as const

export type HomeThresholds = typeof homeThresholds
