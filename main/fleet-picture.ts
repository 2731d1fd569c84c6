// Where the devices of a simulated fleet are and how they do, out of what they said last.

import type { RunProgress } from '../dashboard/runs/run-shapes.ts'
import type { Reading } from '../devices/contract/reading.ts'

/** The last that each device said, as a page draws it. */
export function createPicture(members: readonly { readonly id: string; readonly kind: 'vehicle' | 'home' }[]) {
  const vehicles = new Map<string, RunProgress['picture']['vehicles'][number]>()
  const homes = new Map<string, RunProgress['picture']['homes'][number]>()
  for (const { id, kind } of members)
    if (kind === 'home') homes.set(id, { id, isLeaking: false, isAtHome: true, temperature: null })
  return {
    see(reading: Reading): void {
      const { device: id } = reading
      if (reading.kind === 'home') {
        const { WaterLeak = false, Motion, Locked, Temperature = null } = reading.values
        const before = homes.get(id)?.isAtHome ?? true
        const isAtHome = Motion === true || (Locked === undefined ? before : !(Locked && before === false))
        homes.set(id, { id, isLeaking: WaterLeak, isAtHome, temperature: Temperature })
        return
      }
      const { Latitude, Longitude, Speed = 0, Ignition = true } = reading.values
      if (Latitude === undefined || Longitude === undefined) return
      vehicles.set(id, { id, latitude: Latitude, longitude: Longitude, speedKph: Speed, isDriving: Ignition })
    },
    now: (): RunProgress['picture'] => ({ vehicles: [...vehicles.values()], homes: [...homes.values()] }),
  }
}
