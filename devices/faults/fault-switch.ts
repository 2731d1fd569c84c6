// A fault that is switched on: how much of it, in which share of the devices, and when. In a scenario it is JSON, on the command
// line `backfill=0.1@0.5/2-5,duplicates=0.05`; both are parsed here.

import type { DeviceKind } from '../contract/signals.ts'
import { randomFor } from '../simulator/random.ts'
import { type FaultName, faultNamed, faultNames, isFaultName } from './fault-list.ts'

export interface FaultSwitch {
  readonly fault: FaultName
  /** In the fault's own unit. */
  readonly intensity: number
  /** Of the devices that can have it, 0 to 1; which ones, the seed decides. Default: 1. */
  readonly share?: number
  /** Days since the start of simulated time, with decimals. Default: from the start to the end. */
  readonly fromDay?: number
  readonly untilDay?: number
}

/** Nobody means more at once, and a command line stays readable. */
export const switchesMax = 40

export type FaultsRead =
  | { readonly kind: 'faults'; readonly switches: readonly FaultSwitch[] }
  /** `at` is the part of the text, counted from 1. */
  | { readonly kind: 'bad'; readonly at: number; readonly text: string; readonly problem: string; readonly mend: string }

const formExpression = /^([a-z-]+)=(-?\d+(?:\.\d+)?)(?:@(\d+(?:\.\d+)?))?(?:\/(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?))?$/

/** @param text `NAME=INTENSITY[@SHARE][/FROMDAY-UNTILDAY]`, several with commas between */
export function parseFaults(text: string): FaultsRead {
  const parts = text.split(',').map((part) => part.trim())
  const switches: FaultSwitch[] = []
  for (const [index, part] of parts.entries()) {
    const at = index + 1
    const bad = (problem: string, mend: string): FaultsRead => ({ kind: 'bad', at, text: part, problem, mend })
    const match = formExpression.exec(part)
    const [, name = '', intensity = '', share, from, until] = match ?? []
    const named = part.split('=')[0] ?? ''
    if (!isFaultName(match === null ? named : name)) return bad(`there is no fault "${named}"`, `use one of ${nearest(named)}`)
    if (match === null || !isFaultName(name))
      return bad(
        'it does not have the form of a fault',
        'write NAME=INTENSITY, NAME=INTENSITY@SHARE or NAME=INTENSITY@SHARE/FROMDAY-UNTILDAY',
      )
    const problem = problemOf({ fault: name, intensity: Number(intensity), ...window(share, from, until) })
    if (problem !== undefined) return bad(problem.problem, problem.mend)
    switches.push({ fault: name, intensity: Number(intensity), ...window(share, from, until) })
  }
  return { kind: 'faults', switches }
}

function window(share?: string, from?: string, until?: string): Pick<FaultSwitch, 'share' | 'fromDay' | 'untilDay'> {
  return {
    ...(share === undefined ? {} : { share: Number(share) }),
    ...(from === undefined ? {} : { fromDay: Number(from) }),
    ...(until === undefined ? {} : { untilDay: Number(until) }),
  }
}

export interface SwitchProblem {
  readonly field: keyof FaultSwitch
  readonly problem: string
  readonly mend: string
}

/** What a schema cannot say of a switch: each fault has bounds of its own. */
export function problemOf({
  fault,
  intensity,
  share = 1,
  fromDay = 0,
  untilDay = Infinity,
}: FaultSwitch): SwitchProblem | undefined {
  const { min, max, usual, of } = faultNamed(fault).intensity
  if (intensity < min || intensity > max)
    return {
      field: 'intensity',
      problem: `${intensity} is not from ${min} to ${max} (${of.en})`,
      mend: `write a number from ${min} to ${max}, for instance ${usual}`,
    }
  if (share < 0 || share > 1)
    return { field: 'share', problem: `${share} is no share of the devices`, mend: 'write a number from 0 to 1' }
  if (untilDay <= fromDay)
    return {
      field: 'untilDay',
      problem: `it ends on day ${untilDay}, before it begins on day ${fromDay}`,
      mend: 'put the later day last',
    }
  return undefined
}

/** The faults whose names come closest, or all of them. */
export function nearest(name: string): string {
  const close = faultNames.filter((known) => known.startsWith(name.slice(0, 4)) || (name.length >= 3 && known.includes(name)))
  return (name !== '' && close.length > 0 ? close : faultNames).join(', ')
}

/** A switch as one device has it, in times. */
export interface ActiveFault {
  readonly fault: FaultName
  readonly intensity: number
  readonly fromMs: number
  readonly untilMs: number
}

const dayMs = 86_400_000

/** Those of the switches that this device has. */
export function faultsOf(
  switches: readonly FaultSwitch[],
  device: { readonly id: string; readonly kind: DeviceKind },
  seed: string,
  startMs: number,
): readonly ActiveFault[] {
  return switches.flatMap(({ fault, intensity, share = 1, fromDay = 0, untilDay }, index) => {
    const has = faultNamed(fault).kinds.includes(device.kind) && randomFor(seed, 'fault', index, fault, device.id).chance(share)
    if (!has || intensity === 0) return []
    const untilMs = untilDay === undefined ? Number.POSITIVE_INFINITY : startMs + untilDay * dayMs
    return [{ fault, intensity, fromMs: startMs + fromDay * dayMs, untilMs }]
  })
}
