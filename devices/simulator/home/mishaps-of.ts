// What goes wrong on a planned day, as truth: stretches in whole minutes; one that goes over midnight is two.

import type { MishapKind, MishapTruth } from '../truth.ts'
import { humidityAt, temperatureAt } from './climate.ts'
import { type DayPlan, is, type Mark } from './day-plan.ts'

const minuteMs = 60_000
/** Dampness below this is nobody's; what counts is decided where it is scored. */
const noticedPercentMin = 72
/** Humidity that comes back this soon was never gone. */
const apartMinutes = 10

interface Watch {
  readonly kind: MishapKind
  isSo(minute: number): boolean
  /** The worst is the largest, for the cold the least. */
  size?(minute: number): number
}

export function mishapsOf(seed: string, device: string, usualHumidity: number, plan: DayPlan): readonly MishapTruth[] {
  const marked = (kind: MishapKind, mark: Mark): Watch => ({ kind, isSo: (minute) => is(plan, mark, minute) })
  const humidity = (minute: number): number => humidityAt(usualHumidity, plan, minute)
  const watches: readonly Watch[] = [
    { ...marked('leak', 'leaking'), size: (minute) => (plan.flow[minute] ?? 0) / 100 },
    { ...marked('freeze', 'freezing'), size: (minute) => temperatureAt(seed, plan, minute) },
    marked('smoke', 'smoke'),
    { ...marked('co', 'carbonMonoxide'), size: (minute) => plan.ppm?.[minute] ?? 0 },
    marked('intrusion', 'intruder'),
    marked('open', 'forgotten'),
    { kind: 'humidity', isSo: (minute) => humidity(minute) >= noticedPercentMin, size: humidity },
  ]
  return watches.flatMap((watch) => [...stretches(device, plan, watch)])
}

function* stretches(device: string, plan: DayPlan, { kind, isSo, size }: Watch): Generator<MishapTruth> {
  const apart = kind === 'humidity' ? apartMinutes : 0
  let from: number | undefined
  let [last, peak] = [0, Number.NaN]
  for (let minute = 0; minute <= plan.minutes; minute += 1) {
    if (minute < plan.minutes && isSo(minute)) {
      if (from === undefined) {
        from = minute
        peak = Number.NaN
      }
      last = minute
      const at = size?.(minute) ?? Number.NaN
      if (!(kind === 'freeze' ? at >= peak : at <= peak)) peak = at
    } else if (from !== undefined && (minute - last > apart || minute === plan.minutes)) {
      const [startMs, endMs] = [plan.day.startMs + from * minuteMs, plan.day.startMs + (last + 1) * minuteMs]
      yield { kind, device, startMs, endMs, ...(Number.isNaN(peak) ? {} : { peak: Math.round(peak * 10) / 10 }) }
      from = undefined
    }
  }
}
