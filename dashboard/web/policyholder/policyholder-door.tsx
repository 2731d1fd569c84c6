// What a policyholder may open: the first screen of each of their policies, and their trips.

import { Failed } from '../parts/notice.tsx'
import type { Route } from '../routes.ts'
import { TripPage } from '../trips/trip-page.tsx'
import { PolicyholderPage } from './policyholder-page.tsx'

export function PolicyholderDoor({ route }: { readonly route: Route }) {
  switch (route.kind) {
    case 'first':
      return <PolicyholderPage policyId={undefined} />
    case 'policy':
      return <PolicyholderPage policyId={route.policyId} />
    case 'trip':
      return <TripPage key={route.tripId} policyId={route.policyId} tripId={route.tripId} />
    default:
      return <Failed failure={{ kind: 'not-found' }} retry={() => location.reload()} />
  }
}
