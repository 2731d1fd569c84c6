// One policy from its price to its devices; the policyholder and the insurer see the same.

import type { Policy } from '../../api/shapes.ts'
import { later } from '../parts/later.tsx'
import { PremiumSection } from '../premium/premium-section.tsx'
import { TripsSection } from '../trips/trips-section.tsx'
import { DeviceHealthSection } from './device-health-section.tsx'
import { NudgesSection } from './nudges-section.tsx'

const HomeDaysSection = later(async () => (await import('../homes/home-days-section.tsx')).HomeDaysSection)

const DrivingSections = later(async () => (await import('../driving/driving-sections.tsx')).DrivingSections)

const NoticesSection = later(async () => (await import('./notices-section.tsx')).NoticesSection)

export function PolicyView({ policy, isOwn }: { readonly policy: Policy; readonly isOwn: boolean }) {
  return (
    <>
      <PremiumSection policy={policy} isOwn={isOwn} />
      <NudgesSection policy={policy} isOwn={isOwn} />
      {policy.product === 'motor' ? <TripsSection policy={policy} isOwn={isOwn} /> : <HomeDaysSection policy={policy} />}
      <DeviceHealthSection policy={policy} isOwn={isOwn} />
      {policy.product === 'motor' ? <DrivingSections policy={policy} isOwn={isOwn} /> : null}
      <NoticesSection policy={policy} />
    </>
  )
}
