// From a scenario to its devices and policies: who there is, which faults each has, and from when to when. Pure.

import { type ActiveFault, faultsOf } from '../faults/fault-switch.ts'
import type { DrivingStyle } from '../simulator/drive.ts'
import type { HouseholdStyle, Mishap } from '../simulator/household.ts'
import type { LifeName } from '../simulator/life/life-names.ts'
import { localDay, localDayOf } from '../simulator/local-day.ts'
import { town } from '../simulator/town.ts'
import type { Equipment } from '../simulator/vehicle/equipment.ts'
import type { Carrier, HomeGroup, Scenario, VehicleGroup } from './scenario-schema.ts'

const dayMs = 86_400_000
const minuteMs = 60_000

export interface CarriedTrip {
  readonly by: Carrier
  readonly atMs: number
}

interface Planned {
  readonly id: string
  readonly faults: readonly ActiveFault[]
}

export interface PlannedVehicle extends Planned {
  readonly kind: 'vehicle'
  readonly style: DrivingStyle
  readonly life: LifeName | undefined
  readonly equipment: Equipment | undefined
  readonly carried: readonly CarriedTrip[]
  /** It reports what this other device of the same policy does. */
  readonly twinOf: string | undefined
}

export interface PlannedHome extends Planned {
  readonly kind: 'home'
  readonly style: HouseholdStyle
  readonly mishaps: readonly Mishap[]
}

export type PlannedDevice = PlannedVehicle | PlannedHome

export interface PlannedPolicy {
  readonly id: string
  readonly product: 'motor' | 'home'
  readonly deviceIds: readonly string[]
  readonly classFacts: Readonly<Record<string, unknown>>
}

export interface ScenarioPlan {
  readonly seed: string
  readonly timeZone: string
  readonly startMs: number
  readonly endMs: number
  readonly devices: readonly PlannedDevice[]
  readonly policies: readonly PlannedPolicy[]
}

/** Where most of the devices are asked for: what to mend when there are too many. */
export function pointerToMost({ vehicles = [], homes = [] }: Scenario): string {
  const groups = [
    ...vehicles.map(({ count }, index) => ({ count, pointer: `/vehicles/${index}/count` })),
    ...homes.map(({ count }, index) => ({ count, pointer: `/homes/${index}/count` })),
  ]
  return groups.reduce((most, group) => (group.count > most.count ? group : most), { count: 0, pointer: '' }).pointer
}

export interface PlanChoices {
  readonly seed?: string
  /** Before each id, where several runs share a Merit. */
  readonly prefix?: string
  /** Instead of the scenario's own start. */
  readonly startMs?: number
}

export function planScenario(scenario: Scenario, choices: PlanChoices = {}): ScenarioPlan {
  const { seed = scenario.seed, prefix = '' } = choices
  const { timeZone } = town
  const first =
    choices.startMs === undefined
      ? localDay(Date.parse(`${scenario.startDay}T00:00:00Z`) / dayMs, timeZone)
      : localDayOf(choices.startMs, timeZone)
  const startMs = first.startMs
  const endMs = localDay(first.number + scenario.days, timeZone).startMs
  const at = (day: number, time: string): number => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number)
    return localDay(first.number + day, timeZone).startMs + (hours * 60 + minutes) * minuteMs
  }
  const faultsFor = (id: string, kind: 'vehicle' | 'home') => faultsOf(scenario.faults ?? [], { id, kind }, seed, startMs)
  const devices: PlannedDevice[] = []
  const policies: PlannedPolicy[] = []
  const insure = (group: VehicleGroup | HomeGroup, product: PlannedPolicy['product'], deviceIds: readonly string[]): void => {
    const [id = ''] = deviceIds
    if (group.policy !== undefined)
      policies.push({ id: `${id}-policy`, product, deviceIds, classFacts: group.policy.classFacts ?? {} })
  }

  let number = 0
  for (const group of scenario.vehicles ?? [])
    for (let index = 0; index < group.count; index += 1) {
      number += 1
      const id = `${prefix}vehicle-${String(number).padStart(3, '0')}`
      const faults = faultsFor(id, 'vehicle')
      const vehicle: PlannedVehicle = {
        id,
        kind: 'vehicle',
        style: group.driver,
        life: group.life,
        equipment: group.equipment,
        carried: (group.carried ?? []).map(({ by, day, at: time }) => ({ by, atMs: at(day, time) })),
        faults: faults.filter(({ fault }) => fault !== 'two-phones'),
        twinOf: undefined,
      }
      const twins = faults.filter(({ fault }) => fault === 'two-phones').slice(0, 1)
      const twin = twins.map((fault): PlannedVehicle => ({ ...vehicle, id: `${id}-twin`, faults: [fault], twinOf: id }))
      devices.push(vehicle, ...twin)
      insure(group, 'motor', [id, ...twin.map((second) => second.id)])
    }
  number = 0
  for (const group of scenario.homes ?? [])
    for (let index = 0; index < group.count; index += 1) {
      number += 1
      const id = `${prefix}home-${String(number).padStart(3, '0')}`
      const mishaps = (group.mishaps ?? []).map(({ kind, day, at: time, minutes, size }) => ({
        ...{ kind, atMs: at(day, time), minutes },
        ...(size === undefined ? {} : { size }),
      }))
      devices.push({ id, kind: 'home', style: group.household, mishaps, faults: faultsFor(id, 'home') })
      insure(group, 'home', [id])
    }
  return { seed, timeZone, startMs, endMs, devices, policies }
}
