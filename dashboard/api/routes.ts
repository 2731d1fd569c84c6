// The API as one list. Everything about a route is in its declaration; see route.ts for what is derived from it.

import { accountRoutes } from './account-routes.ts'
import { auditRoutes } from './audit-routes.ts'
import { bookRoutes } from './book-routes.ts'
import { deviceRoutes } from './device-routes.ts'
import { disputeRoutes } from './dispute-routes.ts'
import { driverScoreRoutes } from './driver-score-routes.ts'
import { editionRoutes } from './edition-routes.ts'
import { editionTableRoutes } from './edition-table-routes.ts'
import { editionTryRoutes } from './edition-try-routes.ts'
import { filingRoutes } from './filing-routes.ts'
import { inboxRoutes } from './inbox-routes.ts'
import { invitationRoutes } from './invitation-routes.ts'
import { keyRoutes } from './key-routes.ts'
import { makerRoutes } from './maker-routes.ts'
import { mapRoutes } from './map-routes.ts'
import { monthRoutes } from './month-routes.ts'
import { noticeRoutes } from './notice-routes.ts'
import { nudgeRoutes } from './nudge-routes.ts'
import { operationRoutes } from './operation-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { policyRoutes } from './policy-routes.ts'
import { privacyRoutes } from './privacy-routes.ts'
import { qualityRoutes } from './quality-routes.ts'
import { quarantineRoutes } from './quarantine-routes.ts'
import { replayRoutes } from './replay-routes.ts'
import type { Route } from './route.ts'
import { runRoutes } from './run-routes.ts'
import { securityRoutes } from './security-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { stepUpRoutes } from './step-up-routes.ts'
import { tripRoutes } from './trip-routes.ts'
import { verifyRoutes } from './verify-routes.ts'
import { whatIfRoutes } from './what-if-routes.ts'

export const routes: readonly Route[] = [
  ...signInRoutes,
  ...accountRoutes,
  ...auditRoutes,
  ...securityRoutes,
  ...keyRoutes,
  ...peopleRoutes,
  ...invitationRoutes,
  ...stepUpRoutes,
  ...policyRoutes,
  ...bookRoutes,
  ...monthRoutes,
  ...tripRoutes,
  ...mapRoutes,
  ...qualityRoutes,
  ...driverScoreRoutes,
  ...nudgeRoutes,
  ...disputeRoutes,
  ...noticeRoutes,
  ...filingRoutes,
  ...deviceRoutes,
  ...makerRoutes,
  ...quarantineRoutes,
  ...runRoutes,
  ...editionRoutes,
  ...editionTableRoutes,
  ...editionTryRoutes,
  ...replayRoutes,
  ...whatIfRoutes,
  ...inboxRoutes,
  ...privacyRoutes,
  ...verifyRoutes,
  ...operationRoutes,
]
