// One policy from its price to its devices; the policyholder and the insurer see the same.

import type { Policy } from '../../api/shapes.ts'
import { HomeDaysSection } from '../homes/home-days-section.tsx'
import { later } from '../parts/later.tsx'
import { PremiumSection } from '../premium/premium-section.tsx'
import { TripsSection } from '../trips/trips-section.tsx'
import { DeviceHealthSection } from './device-health-section.tsx'
import { NudgesSection } from './nudges-section.tsx'

const DrivingSections = later(async () => (await import('../driving/driving-sections.tsx')).DrivingSections)

const NoticesSection = later(async () => (await import('./notices-section.tsx')).NoticesSection)

export function PolicyView({ policy, isOwn }: { readonly policy: Policy; readonly isOwn: boolean }) {
  return (
    <>
      <PremiumSection policy={policy} isOwn={isOwn} />
      <NudgesSection policy={policy} isOwn={isOwn} />
      <NoticesSection policy={policy} />
      {policy.product === 'motor' ? <TripsSection policy={policy} /> : <HomeDaysSection policy={policy} />}
      {policy.product === 'motor' ? <DrivingSections policy={policy} isOwn={isOwn} /> : null}
      <DeviceHealthSection policy={policy} isOwn={isOwn} />
    </>
  )
}
