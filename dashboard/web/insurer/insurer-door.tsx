// What an insurer may open: the book, a policy and its trips, the disputes, and the editions.

import { later } from '../parts/later.tsx'
import { Failed } from '../parts/notice.tsx'
import type { Route } from '../routes.ts'
import { TripPage } from '../trips/trip-page.tsx'
import { BookPage } from './book-page.tsx'
import { DisputePage } from './dispute-page.tsx'
import { DisputesPage } from './disputes-page.tsx'
import { PolicyPage } from './policy-page.tsx'

const EditionsPage = later(async () => (await import('../editions/editions-page.tsx')).EditionsPage)
const EditionPage = later(async () => (await import('../editions/edition-page.tsx')).EditionPage)
const TripsPage = later(async () => (await import('../trips/trips-page.tsx')).TripsPage)
const StepPage = later(async () => (await import('../premium/step-page.tsx')).StepPage)
const ReplayPage = later(async () => (await import('../replays/replay-page.tsx')).ReplayPage)
const AuditPage = later(async () => (await import('../audit/audit-page.tsx')).AuditPage)
const PeoplePage = later(async () => (await import('../people/people-page.tsx')).PeoplePage)

export function InsurerDoor({ route }: { readonly route: Route }) {
  switch (route.kind) {
    case 'first':
      return <BookPage />
    case 'policy':
      return <PolicyPage key={route.policyId} policyId={route.policyId} />
    case 'trips':
      return <TripsPage key={route.policyId} policyId={route.policyId} />
    case 'step':
      return <StepPage key={route.stepId} policyId={route.policyId} stepId={route.stepId} />
    case 'trip':
      return <TripPage key={route.tripId} policyId={route.policyId} tripId={route.tripId} />
    case 'disputes':
      return <DisputesPage />
    case 'dispute':
      return <DisputePage key={route.disputeId} disputeId={route.disputeId} />
    case 'editions':
      return <EditionsPage />
    case 'replay':
      return <ReplayPage key={route.replayId} replayId={route.replayId} />
    case 'edition':
      return <EditionPage key={route.hash} id={route.hash} />
    case 'audit':
      return <AuditPage />
    case 'people':
      return <PeoplePage />
    default:
      return <Failed failure={{ kind: 'not-found' }} retry={() => location.reload()} />
  }
}
