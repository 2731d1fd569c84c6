// What goes wrong on a planned day: by chance, as often as its household's figures say, and for certain where a scenario asks for it.

import type { HouseholdManner, LeakSize, Mishap } from '../household.ts'
import { randomFor } from '../random.ts'
import type { MishapKind } from '../truth.ts'
import { addFlow, type DayPlan, is, setMark } from './day-plan.ts'
import { isColdSnap } from './weather.ts'

export interface MishapDay {
  readonly seed: string
  readonly device: string
  readonly manner: HouseholdManner
  readonly plan: DayPlan
  readonly certain: readonly Mishap[]
}

const minuteMs = 60_000
const leakLpm: Readonly<Record<LeakSize, number>> = { drip: 0.3, usual: 3.5, burst: 18, hidden: 1.6 }
/** Behind a closed valve the floor stays wet for a while, and the water stays off until somebody has mended the pipe. */
const wetAfterMinutes = 12
const mendedAfterMinutes = 90
/** Winters have about five days on which pipes freeze. */
const snapDaysPerWinter = 5
const fallCPerMinute = 0.1
const coldestC = 1.5
const ppmAlarm = 140
/** A household is out before a burglar comes, and before a door can be forgotten. */
const outBeforeMinutes = 60

export function planMishaps({ seed, device, manner, plan, certain }: MishapDay): void {
  const random = randomFor(seed, device, 'mishaps', plan.day.number)
  const happens = (perYear: number): boolean => random.chance(perYear / 365)
  const leakAt = random.whole(420, 1000)
  if (happens(manner.leaksPerYear)) {
    const size: LeakSize = random.chance(manner.burstShare) ? 'burst' : random.pick(['drip', 'usual', 'usual', 'hidden'])
    const minutes = Math.round(random.around(manner.leakMinutes, manner.leakMinutes / 6))
    // Nobody hears a cistern for hours.
    leak(plan, leakAt, leakAt + (size === 'hidden' ? Math.max(240, minutes) : minutes), size, manner)
  }
  const failsAt = random.whole(30, 200)
  if (isColdSnap(seed, plan.day.number) && random.chance(manner.freezesPerYear / snapDaysPerWinter))
    failHeating(plan, failsAt, failsAt + random.whole(260, 600))
  const smokeAt = random.whole(480, 1290)
  if (happens(manner.smokesPerYear) && is(plan, 'home', smokeAt)) setMark(plan, 'smoke', smokeAt, smokeAt + random.whole(3, 12))
  const gasAt = random.whole(420, 1200)
  if (happens(manner.carbonMonoxidesPerYear)) leakGas(plan, gasAt, gasAt + random.whole(30, 120))
  const burglarAt = random.whole(600, 930)
  const lasts = random.whole(6, 18)
  if (happens(manner.burglariesPerYear) && !is(plan, 'home', burglarAt)) burgle(plan, burglarAt, burglarAt + lasts)
  const dampAt = random.whole(540, 840)
  if (happens(manner.dampDaysPerYear)) dampen(plan, dampAt, dampAt + random.whole(180, 420), manner)
  for (const mishap of certain) {
    const from = Math.round((mishap.atMs - plan.day.startMs) / minuteMs)
    if (from + mishap.minutes > -mendedAfterMinutes && from - outBeforeMinutes < plan.minutes)
      befall(plan, mishap, from, from + mishap.minutes, manner)
  }
}

function befall(plan: DayPlan, { kind, size = 'usual' }: Mishap, from: number, to: number, manner: HouseholdManner): void {
  const does: Readonly<Record<MishapKind, () => void>> = {
    leak: () => leak(plan, from, to, size, manner),
    freeze: () => freezeAtOnce(plan, from, to),
    smoke: () => setMark(plan, 'smoke', from, to),
    co: () => leakGas(plan, from, to),
    humidity: () => dampen(plan, from, to, manner),
    intrusion: () => {
      beOut(plan, from - outBeforeMinutes, to + outBeforeMinutes)
      burgle(plan, from, to)
    },
    open: () => {
      beOut(plan, from, to)
      setMark(plan, 'contactOpen', from, to)
      setMark(plan, 'forgotten', from, to)
    },
  }
  does[kind]()
}

/** Water runs until it is stopped; a smart valve stops a burst, and then it is shut until the pipe is mended. */
function leak(plan: DayPlan, from: number, to: number, size: LeakSize, { smartValveMinutes }: HouseholdManner): void {
  const closesAt = size === 'burst' && smartValveMinutes !== undefined ? Math.min(to, from + smartValveMinutes) : to
  addFlow(plan, from, closesAt, leakLpm[size])
  const dryAt = closesAt < to ? Math.min(to, closesAt + wetAfterMinutes) : to
  setMark(plan, 'leaking', from, dryAt)
  if (size !== 'hidden') setMark(plan, 'leakSensor', from, dryAt)
  if (closesAt >= to) return
  const mendedAt = closesAt + mendedAfterMinutes
  setMark(plan, 'valveClosed', closesAt, mendedAt)
  const [first, last] = [Math.max(0, closesAt), Math.min(plan.minutes, mendedAt)]
  if (first < last) plan.flow.fill(0, first, last)
}

/** A pipe in the draught: cold at once. */
function freezeAtOnce(plan: DayPlan, from: number, to: number): void {
  const coldC = coldColumn(plan)
  for (let minute = Math.max(0, from); minute < Math.min(plan.minutes, to); minute += 1) coldC[minute] = 2
  setMark(plan, 'freezing', from, to)
}

/** Heating that fails on a cold night: some degrees an hour, until somebody notices. */
function failHeating(plan: DayPlan, from: number, to: number): void {
  const coldC = coldColumn(plan)
  for (let minute = from; minute < Math.min(plan.minutes, to); minute += 1) {
    const atC = Math.max(coldestC, 16.5 - (minute - from) * fallCPerMinute)
    coldC[minute] = atC
    if (atC < 3.95) setMark(plan, 'freezing', minute, minute + 1)
  }
}

function coldColumn(plan: DayPlan): Float32Array {
  plan.coldC ??= new Float32Array(plan.minutes).fill(Number.NaN)
  return plan.coldC
}

function leakGas(plan: DayPlan, from: number, to: number): void {
  plan.ppm ??= new Uint16Array(plan.minutes)
  // Two minutes to fill the room, and to air it: what lies between is above any alarm.
  for (let minute = Math.max(0, from); minute < Math.min(plan.minutes, to); minute += 1)
    plan.ppm[minute] = Math.round(ppmAlarm * Math.min(1, (minute - from + 1) / 2))
  setMark(plan, 'carbonMonoxide', from, to)
}

/** In by a window, through the rooms, out again. */
function burgle(plan: DayPlan, from: number, to: number): void {
  setMark(plan, 'contactOpen', from, from + 2)
  setMark(plan, 'intruder', from, to)
  for (let minute = from; minute < to; minute += 2) setMark(plan, 'moving', minute, minute + 1)
}

function dampen(plan: DayPlan, from: number, to: number, { humidityPercent }: HouseholdManner): void {
  // As much as it takes to be well above what is damp, and no more than air holds.
  const tenths = Math.round((88 - humidityPercent) * 10)
  for (let minute = Math.max(0, from); minute < Math.min(plan.minutes, to); minute += 1)
    plan.steam[minute] = Math.max(plan.steam[minute] ?? 0, tenths)
}

/** Whoever was in has gone through the door, and uses nothing. */
function beOut(plan: DayPlan, from: number, to: number): void {
  if (is(plan, 'home', from - 1)) setMark(plan, 'contactOpen', from - 1, from)
  setMark(plan, 'home', from, to, false)
  setMark(plan, 'moving', from, to, false)
  const [first, last] = [Math.max(0, from), Math.min(plan.minutes, to)]
  if (first < last) plan.flow.fill(0, first, last)
  if (is(plan, 'home', to)) {
    setMark(plan, 'contactOpen', to, to + 1)
    setMark(plan, 'moving', to, to + 1)
  }
}
