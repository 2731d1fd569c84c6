// What the hour does to a drive: rush hours are slow and full, nights are empty. Figures are invented.

export interface Traffic {
  /** Of the limit, what can be driven where it is 50 km/h or more. */
  readonly speedShareMax: number
  /** That a crossing stops a vehicle. */
  readonly stopChance: number
  /** Vehicles ahead that slow down, per kilometre. */
  readonly slowdownsPerKm: number
}

export const usualTraffic: Traffic = { speedShareMax: 1.3, stopChance: 0.4, slowdownsPerKm: 0.35 }
const rush: Traffic = { speedShareMax: 0.86, stopChance: 0.5, slowdownsPerKm: 0.8 }
const night: Traffic = { speedShareMax: 1.3, stopChance: 0.15, slowdownsPerKm: 0.05 }

/** Minutes of the local day. */
const rushHours = [
  { from: 7 * 60 + 20, to: 8 * 60 + 50 },
  { from: 16 * 60 + 30, to: 18 * 60 },
] as const
const nightHours = { from: 22 * 60 + 30, to: 5 * 60 } as const

/** @param weekday 0 is Sunday */
export function trafficAt(minuteOfDay: number, weekday: number): Traffic {
  if (minuteOfDay >= nightHours.from || minuteOfDay < nightHours.to) return night
  const isWorkday = weekday >= 1 && weekday <= 5
  return isWorkday && rushHours.some(({ from, to }) => minuteOfDay >= from && minuteOfDay < to) ? rush : usualTraffic
}
