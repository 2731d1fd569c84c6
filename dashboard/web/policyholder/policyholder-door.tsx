// What a policyholder may open: the first screen of each of their policies, and their trips.

import { later } from '../parts/later.tsx'
import { Failed } from '../parts/notice.tsx'
import type { Route } from '../routes.ts'
import { isOpening, Opening } from '../settings/opening.tsx'
import { PolicyholderPage } from './policyholder-page.tsx'

const TripPage = later(async () => (await import('../trips/trip-page.tsx')).TripPage)
const TripsPage = later(async () => (await import('../trips/trips-page.tsx')).TripsPage)
const StepPage = later(async () => (await import('../premium/step-page.tsx')).StepPage)

const MessagesPage = later(async () => (await import('../messages-page/messages-page.tsx')).MessagesPage)
const SettingsPage = later(async () => (await import('../settings/settings-page.tsx')).SettingsPage)
const PrivacyPage = later(async () => (await import('../privacy/privacy-page.tsx')).PrivacyPage)
const WhatIfPage = later(async () => (await import('../what-if/what-if-page.tsx')).WhatIfPage)

export function PolicyholderDoor({ route }: { readonly route: Route }) {
  switch (route.kind) {
    case 'first':
      return isOpening.value ? <Opening /> : <PolicyholderPage policyId={undefined} />
    case 'policy':
      return <PolicyholderPage policyId={route.policyId} />
    case 'trips':
      return <TripsPage key={route.policyId} policyId={route.policyId} />
    case 'step':
      return <StepPage key={route.stepId} policyId={route.policyId} stepId={route.stepId} />
    case 'what-if':
      return <WhatIfPage key={route.policyId} policyId={route.policyId} />
    case 'messages':
      return <MessagesPage />
    case 'privacy':
      return <PrivacyPage key={route.policyId} policyId={route.policyId} />
    case 'settings':
      return <SettingsPage />
    case 'trip':
      return <TripPage key={route.tripId} policyId={route.policyId} tripId={route.tripId} />
    default:
      return <Failed failure={{ kind: 'not-found' }} retry={() => location.reload()} />
  }
}
