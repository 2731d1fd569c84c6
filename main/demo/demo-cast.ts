// Who is in the demo: five sign-ins, the policies of a small book and the devices behind them; and a second insurer beside it, with
// people and policies of its own. Data only.

import type { DrivingStyle } from '../../devices/simulator/drive.ts'
import type { HouseholdStyle } from '../../devices/simulator/household.ts'
import type { Role } from '../../store/book/schema.ts'

export interface DemoSignIn {
  readonly role: Role
  readonly name: string
  readonly email: string
  /** Whose they are: the second insurer's; absent for the first's. */
  readonly insurer?: typeof secondInsurer.name
}

/** On the same installation, so that one can see that nothing is shared. */
export const secondInsurer = { id: 'harbour', name: 'Harbour Mutual' } as const

/** `.example` is reserved for examples (RFC 2606 §2): nobody owns these addresses. */
export const demoSignIns: readonly DemoSignIn[] = [
  { role: 'insurer', name: 'Ingrid Solberg', email: 'insurer@merit.example' },
  // Whoever writes an edition does not approve it: that takes a second insurer.
  { role: 'insurer', name: 'Yusuf Demir', email: 'approver@merit.example' },
  { role: 'policyholder', name: 'Alex Morgan', email: 'policyholder@merit.example' },
  { role: 'maker', name: 'Mateo Ruiz', email: 'maker@merit.example' },
  { role: 'tester', name: 'Lin Tao', email: 'tester@merit.example' },
  { role: 'insurer', name: 'Nora Lindqvist', email: 'insurer@harbour.example', insurer: secondInsurer.name },
  { role: 'policyholder', name: 'Sam Okafor', email: 'policyholder@harbour.example', insurer: secondInsurer.name },
]

export type DemoDevice =
  /** Recorded drives of one real car: the past ones at the first start, then one after another live. */
  | { readonly source: 'recorded-drives'; readonly id: string; readonly label: string }
  /** Recorded water flows of one real flat. */
  | { readonly source: 'recorded-water'; readonly id: string; readonly label: string }
  | { readonly source: 'simulated-vehicle'; readonly id: string; readonly label: string; readonly style: DrivingStyle }
  | { readonly source: 'simulated-home'; readonly id: string; readonly label: string; readonly style: HouseholdStyle }

export interface DemoPolicy {
  readonly id: string
  readonly holder: string
  readonly insurer?: typeof secondInsurer.name
  readonly product: 'motor' | 'home'
  readonly timeZone: string
  readonly classFacts: Readonly<Record<string, string | number>>
  readonly device: DemoDevice
}

/** The recordings were made around Omaha. */
const omaha = 'America/Chicago'
const amsterdam = 'Europe/Amsterdam'

export const demoPolicies: readonly DemoPolicy[] = [
  {
    id: 'motor-1001',
    holder: 'Alex Morgan',
    product: 'motor',
    timeZone: omaha,
    classFacts: { driverAgeYears: 34, region: 'town', vehicleAgeYears: 5, kmPerYear: 14_000 },
    device: { source: 'recorded-drives', id: 'car-1001', label: 'Family car (recorded drives)' },
  },
  {
    id: 'home-2001',
    holder: 'Alex Morgan',
    product: 'home',
    timeZone: amsterdam,
    classFacts: { building: 'terraced', region: 'town', sumInsured: 280_000 },
    device: { source: 'simulated-home', id: 'home-hub-2001', label: 'House on the canal', style: 'tended' },
  },
  {
    id: 'motor-1002',
    holder: 'Bilal Rahman',
    product: 'motor',
    timeZone: amsterdam,
    classFacts: { driverAgeYears: 23, region: 'city', vehicleAgeYears: 9, kmPerYear: 9_000 },
    device: { source: 'simulated-vehicle', id: 'car-1002', label: 'City car', style: 'hurried' },
  },
  {
    id: 'motor-1003',
    holder: 'Clara Vermeer',
    product: 'motor',
    timeZone: amsterdam,
    classFacts: { driverAgeYears: 58, region: 'country', vehicleAgeYears: 3, kmPerYear: 18_000 },
    device: { source: 'simulated-vehicle', id: 'car-1003', label: 'Estate car', style: 'calm' },
  },
  {
    id: 'motor-1004',
    holder: 'Daan de Wit',
    product: 'motor',
    timeZone: amsterdam,
    classFacts: { driverAgeYears: 41, region: 'town', vehicleAgeYears: 7, kmPerYear: 12_000 },
    device: { source: 'simulated-vehicle', id: 'car-1004', label: 'Company van', style: 'average' },
  },
  {
    id: 'home-2002',
    holder: 'Elena Fischer',
    product: 'home',
    timeZone: 'Europe/Rome',
    classFacts: { building: 'apartment', region: 'city', sumInsured: 180_000 },
    device: { source: 'recorded-water', id: 'home-hub-2002', label: 'Flat (recorded water flows)' },
  },
  {
    id: 'home-2003',
    holder: 'Clara Vermeer',
    product: 'home',
    timeZone: amsterdam,
    classFacts: { building: 'detached', region: 'country', sumInsured: 420_000 },
    device: { source: 'simulated-home', id: 'home-hub-2003', label: 'Farmhouse', style: 'neglected' },
  },
  {
    id: 'motor-9001',
    holder: 'Sam Okafor',
    insurer: secondInsurer.name,
    product: 'motor',
    timeZone: amsterdam,
    classFacts: { driverAgeYears: 46, region: 'town', vehicleAgeYears: 2, kmPerYear: 16_000 },
    device: { source: 'simulated-vehicle', id: 'car-9001', label: 'Harbour car', style: 'average' },
  },
  {
    id: 'home-9002',
    holder: 'Sam Okafor',
    insurer: secondInsurer.name,
    product: 'home',
    timeZone: amsterdam,
    classFacts: { building: 'apartment', region: 'city', sumInsured: 210_000 },
    device: { source: 'simulated-home', id: 'home-hub-9002', label: 'Flat at the harbour', style: 'tended' },
  },
]
