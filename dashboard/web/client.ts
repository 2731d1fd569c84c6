// Every operation of the API with its types, and the one function that asks for it.
// Made by `npm run client` out of the route table; held equal by test/dashboard/client.test.ts. Not written by hand.

import { ask, type Outcome } from './api.ts'
import type { BookLine, BookOverview, BookSummary, BookView, CellChange, DemoAccounts, DeviceCreated, DeviceHealth, Dispute, DisputeDetail, Edition, EditionCheck, EditionDetail, EditionDifference, HomeDay, LiveEvent, NewReplay, NudgeFigures, PaidPremium, Policy, PolicyTerm, Premium, QuarantineEntry, Replay, Session, ShadowReport, Status, TablePreview, Trip, TripDetail, TripPage } from './client-shapes.ts'

export interface Operations {
  /** Sign in with email and password. The session comes as a cookie, or the second factor is asked for. */ readonly postAuthSignInEmail: { readonly input: { readonly body: { email: string; password: string; rememberMe?: boolean } }; readonly answer: Session | { secondFactor: { token: string; proofs: ('password' | 'code' | 'recovery-code' | 'passkey')[] } } }
  /** Finish signing in: a code of the authenticator app, a recovery code, or a passkey’s answer. */ readonly postAuthSignInSecondFactor: { readonly input: { readonly body: { token: string; code?: string; recoveryCode?: string; passkey?: { token: string; response: { id: string; rawId: string; type: 'public-key'; clientExtensionResults: Record<never, never>; response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string } } } } }; readonly answer: Session }
  /** What to ask the browser for a passkey with: anybody’s, or as the second factor of somebody whose password was right. */ readonly postAuthSignInPasskeyOptions: { readonly input: { readonly body?: { token?: string } }; readonly answer: { token: string; options: Record<never, never> } }
  /** Sign in with a passkey, without a password. */ readonly postAuthSignInPasskey: { readonly input: { readonly body: { token: string; response: { id: string; rawId: string; type: 'public-key'; clientExtensionResults: Record<never, never>; response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string } }; rememberMe?: boolean } }; readonly answer: Session }
  /** End the session. Succeeds for nobody, too. */ readonly postAuthSignOut: { readonly input: Record<never, never>; readonly answer: Record<never, never> }
  /** Who is signed in. */ readonly getSession: { readonly input: Record<never, never>; readonly answer: Session }
  /** Sign-ins of the demo; empty unless this is a demo that listens on this machine only. */ readonly getDemoAccounts: { readonly input: Record<never, never>; readonly answer: DemoAccounts }
  /** One’s own account and how it is protected. */ readonly getAccount: { readonly input: Record<never, never>; readonly answer: { user: { id: string; name: string; email: string; role: 'insurer' | 'policyholder' | 'maker' | 'tester'; locale: string }; createdAtMs: number; isDemo: boolean; totpSinceMs: number | null; recoveryCodesLeft: number; passkeys: { id: string; name: string; createdAtMs: number; lastUsedAtMs: number | null; isBackedUp: boolean; isSuspect: boolean }[]; passkeysHere: { kind: 'named' | 'needs-name' | 'needs-https'; openAt?: string }; isAdvised: boolean } }
  /** Changes one’s name or language. */ readonly postAccount: { readonly input: { readonly body?: { name?: string; locale?: 'en' | 'zh-CN' } }; readonly answer: Session }
  /** Changes the password and signs the account out everywhere else. */ readonly postAccountPassword: { readonly input: { readonly body: { current: string; next: string } }; readonly answer: Record<never, never> }
  /** Where this account is signed in, this session first. */ readonly getAccountSessions: { readonly input: Record<never, never>; readonly answer: { id: string; browser: string; system: string; openedAtMs: number; seenAtMs: number; isThisOne: boolean }[] }
  /** Signs this account out there. */ readonly postAccountSessionsIdEnd: { readonly input: { readonly params: { id: string } }; readonly answer: Record<never, never> }
  /** Signs this account out everywhere but here. */ readonly postAccountSessionsEndOthers: { readonly input: Record<never, never>; readonly answer: { ended: number } }
  /** Begins with an authenticator app: its secret, which protects nothing until a code was right. */ readonly postAccountTotp: { readonly input: Record<never, never>; readonly answer: { secret: string; uri: string } }
  /** Turns codes on with the first right one. With the first second factor come recovery codes. */ readonly postAccountTotpConfirm: { readonly input: { readonly body: { code: string } }; readonly answer: { recoveryCodes: string[] | null } }
  /** Turns codes of the authenticator app off. */ readonly postAccountTotpRemove: { readonly input: Record<never, never>; readonly answer: Record<never, never> }
  /** New recovery codes; the old ones work no more. */ readonly postAccountRecoveryCodes: { readonly input: Record<never, never>; readonly answer: { recoveryCodes: string[] | null } }
  /** What to ask the browser for a new passkey with. */ readonly postAccountPasskeyOptions: { readonly input: Record<never, never>; readonly answer: { token: string; options: Record<never, never> } }
  /** Adds the passkey that the browser made. With the first second factor come recovery codes. */ readonly postAccountPasskeys: { readonly input: { readonly body: { token: string; name: string; response: { id: string; rawId: string; type: 'public-key'; clientExtensionResults: Record<never, never>; response: { clientDataJSON: string; attestationObject: string; transports?: string[] } } } }; readonly answer: { recoveryCodes: string[] | null } }
  /** Gives a passkey another name. */ readonly postAccountPasskeysIdRename: { readonly input: { readonly params: { id: string }; readonly body: { name: string } }; readonly answer: Record<never, never> }
  /** Takes a passkey away from the account. */ readonly postAccountPasskeysIdRemove: { readonly input: { readonly params: { id: string } }; readonly answer: Record<never, never> }
  /** The accounts of this insurer, by name. */ readonly getPeople: { readonly input: { readonly query?: { cursor?: string | undefined; limit?: number | undefined; search?: string | undefined } }; readonly answer: { items: { id: string; name: string; email: string; role: 'insurer' | 'policyholder' | 'maker' | 'tester'; seenAtMs: number | null; hasSecondFactor: boolean; isClosed: boolean }[]; next: string | null } }
  /** Closes an account and signs it out everywhere. Nobody closes their own. */ readonly postPeopleIdClose: { readonly input: { readonly params: { id: string } }; readonly answer: Record<never, never> }
  /** Opens a closed account again. */ readonly postPeopleIdOpen: { readonly input: { readonly params: { id: string } }; readonly answer: Record<never, never> }
  /** Policyholders who have no account yet, by part of their name or a policy’s id. */ readonly getPeopleHolders: { readonly input: { readonly query?: { search?: string | undefined } }; readonly answer: { id: string; name: string; policies: string[] }[] }
  /** Invitations that nobody has accepted yet, the latest first. */ readonly getInvitations: { readonly input: Record<never, never>; readonly answer: { id: string; email: string; role: 'insurer' | 'policyholder' | 'maker' | 'tester'; policyholder: string | null; invitedBy: string | null; createdAtMs: number; expiresAtMs: number }[] }
  /** Invites somebody. The token is the end of the link, `/invitation/TOKEN`; it is answered now and never again. */ readonly postInvitations: { readonly input: { readonly body: { email: string; role: 'insurer' | 'policyholder' | 'maker' | 'tester'; policyholderId?: string } }; readonly answer: { id: string; token: string; expiresAtMs: number } }
  /** Withdraws an invitation: its link opens nothing any more. */ readonly postInvitationsIdWithdraw: { readonly input: { readonly params: { id: string } }; readonly answer: Record<never, never> }
  /** What an invitation is for. */ readonly postAuthInvitation: { readonly input: { readonly body: { token: string } }; readonly answer: { email: string; role: 'insurer' | 'policyholder' | 'maker' | 'tester'; name: string | null; insurer: string; expiresAtMs: number } }
  /** Accepts an invitation: makes the account and signs it in. Works once. */ readonly postAuthInvitationAccept: { readonly input: { readonly body: { token: string; name: string; password: string; locale: 'en' | 'zh-CN' } }; readonly answer: Session }
  /** Until when this session has proved who uses it, and what the account may prove it with. */ readonly getStepUp: { readonly input: Record<never, never>; readonly answer: { provedUntilMs: number; proofs: ('password' | 'code' | 'recovery-code' | 'passkey')[] } }
  /** Prove again who uses this session: by password, or where there is a second factor by that. */ readonly postStepUp: { readonly input: { readonly body?: { password?: string; code?: string; recoveryCode?: string; passkey?: { token: string; response: { id: string; rawId: string; type: 'public-key'; clientExtensionResults: Record<never, never>; response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string } } } } }; readonly answer: { provedUntilMs: number; proofs: ('password' | 'code' | 'recovery-code' | 'passkey')[] } }
  /** What to ask the browser for one of this account’s passkeys with. */ readonly postStepUpPasskeyOptions: { readonly input: Record<never, never>; readonly answer: { token: string; options: Record<never, never> } }
  /** The caller’s own policies; every policy for the insurer. */ readonly getPolicies: { readonly input: { readonly query?: { cursor?: string | undefined; limit?: number | undefined } }; readonly answer: { items: Policy[]; next: string | null } }
  /** One policy. */ readonly getPoliciesId: { readonly input: { readonly params: { id: string } }; readonly answer: Policy }
  /** The current premium with its worksheet. */ readonly getPoliciesIdPremium: { readonly input: { readonly params: { id: string } }; readonly answer: Premium }
  /** Every premium so far, the newest first. */ readonly getPoliciesIdPremiums: { readonly input: { readonly params: { id: string }; readonly query?: { cursor?: string | undefined; limit?: number | undefined } }; readonly answer: { items: PaidPremium[]; next: string | null } }
  /** Trips, the newest first, page by page. */ readonly getPoliciesIdTrips: { readonly input: { readonly params: { id: string }; readonly query?: { before?: number | undefined; limit?: number | undefined; filter?: 'counted' | 'not-counted' | 'disputed' | undefined } }; readonly answer: TripPage }
  /** One trip with its events and its course, at most 2,000 points. */ readonly getTripsId: { readonly input: { readonly params: { id: string } }; readonly answer: TripDetail }
  /** Health of the policy’s devices. */ readonly getPoliciesIdDevices: { readonly input: { readonly params: { id: string }; readonly query?: { cursor?: string | undefined; limit?: number | undefined } }; readonly answer: { items: DeviceHealth[]; next: string | null } }
  /** Days of a home, the newest first. */ readonly getPoliciesIdHomeDays: { readonly input: { readonly params: { id: string }; readonly query?: { cursor?: string | undefined; limit?: number | undefined } }; readonly answer: { items: HomeDay[]; next: string | null } }
  /** The current premium as a PDF statement with its worksheet. */ readonly getPoliciesIdStatementPdf: { readonly input: { readonly params: { id: string }; readonly query?: { locale?: 'en' | 'zh-CN' | undefined } }; readonly answer: unknown }
  /** Lines of the book that a filter lets through, in any order, page by page: after a cursor or from a place in the list. */ readonly getBook: { readonly input: { readonly query?: { q?: string | undefined; product?: 'motor' | 'home' | undefined; plan?: string | undefined; ownFrom?: number | undefined; ownTo?: number | undefined; differenceFrom?: number | undefined; differenceTo?: number | undefined; quality?: 'good' | 'fair' | 'poor' | 'none' | undefined; attention?: 'dispute' | 'silent' | 'no-data' | 'notice' | undefined; sort?: 'policy' | 'holder' | 'class' | 'own' | 'difference' | 'trips' | 'quality' | 'heard' | undefined; order?: 'asc' | 'desc' | undefined; cursor?: string | undefined; limit?: number | undefined; at?: number | undefined } }; readonly answer: { items: BookLine[]; next: string | null } }
  /** How many policies a filter lets through, and what they pay together. */ readonly getBookSummary: { readonly input: { readonly query?: { q?: string | undefined; product?: 'motor' | 'home' | undefined; plan?: string | undefined; ownFrom?: number | undefined; ownTo?: number | undefined; differenceFrom?: number | undefined; differenceTo?: number | undefined; quality?: 'good' | 'fair' | 'poor' | 'none' | undefined; attention?: 'dispute' | 'silent' | 'no-data' | 'notice' | undefined } }; readonly answer: BookSummary }
  /** The book at a glance: premiums against class prices, plans, data quality, and what needs somebody today. */ readonly getBookOverview: { readonly input: Record<never, never>; readonly answer: BookOverview }
  /** Every line that a filter lets through, as CSV. */ readonly getBookLinesCsv: { readonly input: { readonly query?: { q?: string | undefined; product?: 'motor' | 'home' | undefined; plan?: string | undefined; ownFrom?: number | undefined; ownTo?: number | undefined; differenceFrom?: number | undefined; differenceTo?: number | undefined; quality?: 'good' | 'fair' | 'poor' | 'none' | undefined; attention?: 'dispute' | 'silent' | 'no-data' | 'notice' | undefined; sort?: 'policy' | 'holder' | 'class' | 'own' | 'difference' | 'trips' | 'quality' | 'heard' | undefined; order?: 'asc' | 'desc' | undefined; locale?: 'en' | 'zh-CN' | undefined } }; readonly answer: unknown }
  /** Saved views of the book: one’s own, and those that colleagues share. */ readonly getBookViews: { readonly input: { readonly query?: { cursor?: string | undefined; limit?: number | undefined } }; readonly answer: { items: BookView[]; next: string | null } }
  /** Saves a view. */ readonly postBookViews: { readonly input: { readonly body: { name: string; query: string; isShared: boolean } }; readonly answer: BookView }
  /** Changes a view of one’s own. */ readonly putBookViewsId: { readonly input: { readonly params: { id: string }; readonly body: { name: string; query: string; isShared: boolean } }; readonly answer: BookView }
  /** Takes out a view of one’s own; for a day it can be taken back. */ readonly deleteBookViewsId: { readonly input: { readonly params: { id: string } }; readonly answer: { id: string } }
  /** Takes back a view that was taken out. */ readonly postBookViewsIdRestore: { readonly input: { readonly params: { id: string } }; readonly answer: { id: string } }
  /** Chooses the view that the book opens with; null for the whole book. */ readonly putBookDefaultView: { readonly input: { readonly body: { id: string | null } }; readonly answer: { id: string | null } }
  /** What this month will come to: the premium as it stands, carried on by the person’s own recent weeks, with its range. */ readonly getPoliciesIdMonth: { readonly input: { readonly params: { id: string } }; readonly answer: { month: string; daysLeft: number; currency: string; classPremiumMinor: number; estimate: { kind: 'settled'; premiumMinor: number } | { kind: 'too-early'; premiumMinor: number; weeks: number; weeksMin: number } | { kind: 'estimate'; premiumMinor: number; lowMinor: number; expectedMinor: number; highMinor: number; weeks: number } } }
  /** When the home’s shut-off valve was last tested, and what that saves on the edition that is paid by. */ readonly getPoliciesIdValve: { readonly input: { readonly params: { id: string } }; readonly answer: { testedOn: string | null; testedDaysAgo: number | null; savingMinor: number; currency: string } }
  /** The trips or days behind one step of the premium, each with how much it moved that step, the most first. */ readonly getPoliciesIdStepsStep: { readonly input: { readonly params: { id: string; step: string }; readonly query?: { cursor?: string | undefined; limit?: number | undefined } }; readonly answer: { step: string; currency: string; changeMinor: number; count: number; items: ({ kind: 'trip'; movedMinor: number; trip: Trip } | { kind: 'day'; movedMinor: number; day: HomeDay })[]; next: string | null } }
  /** What the month’s premium is with this trip and without it, on the edition that is paid by, and where that lies. */ readonly getTripsIdCost: { readonly input: { readonly params: { id: string } }; readonly answer: { currency: string; withMinor: number; withoutMinor: number; parts: { id: string; changeMinor: number }[] } }
  /** Says who drove one’s own trip: a confirmation is kept, anybody else is a dispute; null takes back what was said. */ readonly postTripsIdRole: { readonly input: { readonly params: { id: string }; readonly body: { role: 'driver' | 'passenger' | 'not-my-car' | null } }; readonly answer: { role: 'driver' | 'passenger' | 'not-my-car' | null; disputeId: string | null } }
  /** The trips before and after it, of the same policy. */ readonly getTripsIdNeighbours: { readonly input: { readonly params: { id: string } }; readonly answer: { previousId: string | null; nextId: string | null } }
  /** The course of a trip, or of a stretch of it, at most 2,000 points: of every stretch the slowest and the fastest. */ readonly getTripsIdCourse: { readonly input: { readonly params: { id: string }; readonly query?: { from?: number | undefined; until?: number | undefined } }; readonly answer: { tMs: number[]; speedKph: (number | null)[]; limitKph: (number | null)[]; latitude: (number | null)[]; longitude: (number | null)[] } }
  /** Where the same policy’s vehicles drove before, near this trip: what the drawing of its route lies upon. */ readonly getTripsIdRoads: { readonly input: { readonly params: { id: string } }; readonly answer: { lines: { latitude: number[]; longitude: number[] }[]; trips: number } }
  /** The tiles that maps are drawn with, or null where none are configured. */ readonly getMap: { readonly input: Record<never, never>; readonly answer: { tiles: null | { kind: 'raster' | 'style'; url: string; attribution: string } } }
  /** Completeness, clock trust, confidence and named doubts of the trips, month by month. None of it costs anything. */ readonly getPoliciesIdDataQuality: { readonly input: { readonly params: { id: string } }; readonly answer: { month: string; trips: number; ratedTrips: number; distanceM: number; seenM: number; completeness: number; clockTrust: number; confidence: number; doubts: { doubt: 'gaps' | 'jumped-position' | 'frozen-position' | 'impossible-speed' | 'constant-speed' | 'speed-in-metres-per-second' | 'speed-in-knots' | 'speed-in-miles-per-hour' | 'speed-against-coordinates' | 'distance-against-odometer' | 'clock-leap' | 'time-backwards' | 'not-a-number' | 'earlier-version'; trips: number }[] }[] }
  /** How the vehicle was driven, out of the trips that count; the premium itself rests on its worksheet. */ readonly getPoliciesIdDriverScore: { readonly input: { readonly params: { id: string } }; readonly answer: { score: number; ordinaryScore: number; credibility: number; effectiveKm: number; trips: number; components: { smoothness: number | null; speed: number | null; cornering: number | null; timeOfDay: number | null; distance: number | null }; months: { month: string; score: number; trips: number }[] } }
  /** What would save money, computed on the policy’s own edition, by what it saves and how likely it is reached. */ readonly getPoliciesIdNudges: { readonly input: { readonly params: { id: string }; readonly query?: { cursor?: string | undefined; limit?: number | undefined } }; readonly answer: { items: { id: string; policyId: string; behaviour: string; savingMinor: number; currency: string; figures: NudgeFigures; attainability: number }[]; next: string | null } }
  /** The chosen goal, what is left of this week’s budget, and the message that waits. */ readonly getPoliciesIdGoal: { readonly input: { readonly params: { id: string } }; readonly answer: { goal: { behaviour: string; savingMinor: number; currency: string; figures: { from: number; to: number; unit: string }; chosenAtMs: number; attainability: number } | null; week: { monday: string; budget: { budgetMinor: number; leftMinor: number; done: number; allowed: number; spentAt: number } | null }; message: { id: string; kind: 'week-starts' | 'week-so-far'; behaviour: string; currency: string; budgetMinor: number; leftMinor: number; sentAtMs: number } | null; isPaused: boolean } }
  /** Chooses one goal in the place of any other; null gives it up. */ readonly postPoliciesIdGoal: { readonly input: { readonly params: { id: string }; readonly body: { behaviour: string | null } }; readonly answer: { goal: { behaviour: string; savingMinor: number; currency: string; figures: { from: number; to: number; unit: string }; chosenAtMs: number; attainability: number } | null; week: { monday: string; budget: { budgetMinor: number; leftMinor: number; done: number; allowed: number; spentAt: number } | null }; message: { id: string; kind: 'week-starts' | 'week-so-far'; behaviour: string; currency: string; budgetMinor: number; leftMinor: number; sentAtMs: number } | null; isPaused: boolean } }
  /** Pauses the messages about one’s goal, or lets them come again. */ readonly postPoliciesIdMessagesPause: { readonly input: { readonly params: { id: string }; readonly body: { isPaused: boolean } }; readonly answer: { goal: { behaviour: string; savingMinor: number; currency: string; figures: { from: number; to: number; unit: string }; chosenAtMs: number; attainability: number } | null; week: { monday: string; budget: { budgetMinor: number; leftMinor: number; done: number; allowed: number; spentAt: number } | null }; message: { id: string; kind: 'week-starts' | 'week-so-far'; behaviour: string; currency: string; budgetMinor: number; leftMinor: number; sentAtMs: number } | null; isPaused: boolean } }
  /** Puts a message away. */ readonly postPoliciesIdMessagesMessageClose: { readonly input: { readonly params: { id: string; message: string } }; readonly answer: { goal: { behaviour: string; savingMinor: number; currency: string; figures: { from: number; to: number; unit: string }; chosenAtMs: number; attainability: number } | null; week: { monday: string; budget: { budgetMinor: number; leftMinor: number; done: number; allowed: number; spentAt: number } | null }; message: { id: string; kind: 'week-starts' | 'week-so-far'; behaviour: string; currency: string; budgetMinor: number; leftMinor: number; sentAtMs: number } | null; isPaused: boolean } }
  /** Disputes the role of one’s own trip, or one of its events. The same said twice is one dispute. */ readonly postTripsIdDisputes: { readonly input: { readonly params: { id: string }; readonly body: { kind: 'passenger' | 'not-my-car' | 'avoided-harm' | 'wrong-event'; event?: { kind: string; startMs: number }; note?: string } }; readonly answer: Dispute }
  /** The caller’s own disputes; every dispute for the insurer. */ readonly getDisputes: { readonly input: { readonly query?: { status?: 'open' | 'accepted' | 'rejected' | 'withdrawn' | undefined; trip?: string | undefined; cursor?: string | undefined; limit?: number | undefined } }; readonly answer: { items: Dispute[]; next: string | null } }
  /** One dispute with what the premium comes to either way. */ readonly getDisputesId: { readonly input: { readonly params: { id: string } }; readonly answer: DisputeDetail }
  /** Takes back what waits for a decision or was accepted; the premium follows at once. */ readonly postDisputesIdWithdraw: { readonly input: { readonly params: { id: string } }; readonly answer: Dispute }
  /** Accepts or rejects with a reason, also otherwise than before; the premium follows at once. */ readonly postDisputesIdDecision: { readonly input: { readonly params: { id: string }; readonly body: { accept: boolean; reason: string } }; readonly answer: Dispute }
  /** Notices of changes of the premium from 10 % on, the newest first, with their reasons in words. */ readonly getPoliciesIdNotices: { readonly input: { readonly params: { id: string }; readonly query?: { locale?: 'en' | 'zh-CN' | undefined; cursor?: string | undefined; limit?: number | undefined } }; readonly answer: { items: { number: number; oldMinor: number; newMinor: number; currency: string; fromMs: number; changedAtMs: number; noticedAtMs: number; groups: { heading: 'garaging-location' | 'driving-record' | 'miles-driven' | 'driving-behaviour' | 'driver' | 'vehicle' | 'property' | 'home-protection' | 'other-factors' | 'premium-capping' | 'rate-change' | 'rounding'; title: string; changeMinor: number; reasons: { id: string; title: string; sentence: string; changeMinor: number }[] }[] }[]; next: string | null } }
  /** One notice as a PDF, the newest unless a number is given, under the headings of the statute. */ readonly getPoliciesIdNoticePdf: { readonly input: { readonly params: { id: string }; readonly query?: { locale?: 'en' | 'zh-CN' | undefined; number?: number | undefined } }; readonly answer: unknown }
  /** The filing pack of an edition: documents, tables, dislocation, the edition itself and a manifest with their hashes. */ readonly getEditionsIdFilingZip: { readonly input: { readonly params: { id: string }; readonly query?: { locale?: 'en' | 'zh-CN' | undefined } }; readonly answer: unknown }
  /** Health of every device. */ readonly getDevices: { readonly input: { readonly query?: { cursor?: string | undefined; limit?: number | undefined } }; readonly answer: { items: DeviceHealth[]; next: string | null } }
  /** Register a device. Its secret is told this once. */ readonly postDevices: { readonly input: { readonly body: { id: string; kind: 'vehicle' | 'home'; label?: string } }; readonly answer: DeviceCreated }
  /** Messages of a device that were refused, with the rule each broke, the newest first. */ readonly getDevicesIdQuarantine: { readonly input: { readonly params: { id: string }; readonly query?: { cursor?: string | undefined; limit?: number | undefined } }; readonly answer: { items: QuarantineEntry[]; next: string | null } }
  /** Where devices connect to; null while edge cannot be asked. */ readonly getEdge: { readonly input: Record<never, never>; readonly answer: { address: { host: string; mqttPort: number; mqttWsPort: number } | null } }
  /** When each device was last heard, and how much it says a minute. */ readonly getDeviceActivity: { readonly input: Record<never, never>; readonly answer: { isEdgeThere: boolean; devices: { id: string; lastMessageAtMs: number; messagesPerMinute: number; readingsPerMinute: number }[] } }
  /** One device as it is now. */ readonly getDevicesId: { readonly input: { readonly params: { id: string } }; readonly answer: { id: string; kind: 'vehicle' | 'home'; label: string; createdAtMs: number; state: 'online' | 'offline' | 'never'; stateSinceMs: number | null; session: number | null; firmware: string | null; batteryPercent: number | null; revokedAtMs: number | null; revocationUndoUntilMs: number | null; secretUndoUntilMs: number | null; simulatedBy: string | null; isInsured: boolean; readings: number | null; latest: { takenAtMs: number; values: Record<string, number | boolean> } | null; activity: { lastMessageAtMs: number; messagesPerMinute: number; readingsPerMinute: number } | null; openRefusals: number } }
  /** The last messages of a device beside the receipts it got, the oldest first; payloads are cut at 4 KiB. */ readonly getDevicesIdMessages: { readonly input: { readonly params: { id: string } }; readonly answer: { isEdgeThere: boolean; messages: { number: number; receivedAtMs: number; channel: 'telemetry' | 'state'; topic: string; bytes: number; payload: string; isCut: boolean; receipt: { seq: number | null; accepted: number; duplicate: number; rejected: { index: number | null; code: 'not-json' | 'not-a-batch' | 'unknown-schema' | 'wrong-kind' | 'too-many-readings' | 'bad-time' | 'unknown-signal' | 'wrong-type' | 'out-of-range' | 'no-signals' | 'time-implausible' | 'time-in-future' | 'conflict' | 'paused'; path: string; message: string }[]; rejectedCount: number; clock: { verdict: 'ok' | 'ahead' | 'behind' | 'unknown'; skewMs: number | null }; receivedAt: number } | null }[] } }
  /** Server-sent events: messages of a device as they arrive, beside their receipts. */ readonly getDevicesIdLive: { readonly input: { readonly params: { id: string } }; readonly answer: { messages: { number: number; receivedAtMs: number; channel: 'telemetry' | 'state'; topic: string; bytes: number; payload: string; isCut: boolean; receipt: { seq: number | null; accepted: number; duplicate: number; rejected: { index: number | null; code: 'not-json' | 'not-a-batch' | 'unknown-schema' | 'wrong-kind' | 'too-many-readings' | 'bad-time' | 'unknown-signal' | 'wrong-type' | 'out-of-range' | 'no-signals' | 'time-implausible' | 'time-in-future' | 'conflict' | 'paused'; path: string; message: string }[]; rejectedCount: number; clock: { verdict: 'ok' | 'ahead' | 'behind' | 'unknown'; skewMs: number | null }; receivedAt: number } | null }[] } | { isEdgeThere: boolean } }
  /** When a device came and went and why, and sign-ins that were refused, the newest first. */ readonly getDevicesIdConnections: { readonly input: { readonly params: { id: string } }; readonly answer: { connections: { id: string; outcome: 'open' | 'ended' | 'refused'; startedAtMs: number; endedAtMs: number | null; reason: string | null; session: number | null; hasWill: boolean; address: string; transport: 'tcp' | 'websocket' }[] } }
  /** Replace a device’s secret. The new one is told this once; the former opens nothing from now on. */ readonly postDevicesIdSecret: { readonly input: { readonly params: { id: string } }; readonly answer: { id: string; secret: string; undoUntilMs: number; isClosedAtOnce: boolean } }
  /** The former secret is good again, and the one that replaced it opens nothing any more. */ readonly postDevicesIdSecretUndo: { readonly input: { readonly params: { id: string } }; readonly answer: { undoUntilMs: number | null; isClosedAtOnce: boolean } }
  /** No secret of this device is accepted any more, and its connection is closed. */ readonly postDevicesIdRevoke: { readonly input: { readonly params: { id: string } }; readonly answer: { undoUntilMs: number | null; isClosedAtOnce: boolean } }
  /** A device that was revoked a moment ago signs in with its own secret again. */ readonly postDevicesIdRevokeUndo: { readonly input: { readonly params: { id: string } }; readonly answer: { undoUntilMs: number | null; isClosedAtOnce: boolean } }
  /** Corrects the kind a device was registered as, while nothing of it is stored and no policy has it. */ readonly postDevicesIdKind: { readonly input: { readonly params: { id: string }; readonly body: { kind: 'vehicle' | 'home' } }; readonly answer: { id: string; kind: 'vehicle' | 'home'; label: string; createdAtMs: number; state: 'online' | 'offline' | 'never'; stateSinceMs: number | null; session: number | null; firmware: string | null; batteryPercent: number | null; revokedAtMs: number | null; revocationUndoUntilMs: number | null; secretUndoUntilMs: number | null; simulatedBy: string | null; isInsured: boolean; readings: number | null; latest: { takenAtMs: number; values: Record<string, number | boolean> } | null; activity: { lastMessageAtMs: number; messagesPerMinute: number; readingsPerMinute: number } | null; openRefusals: number } }
  /** What was refused of a device and what became of it, the newest first. */ readonly getDevicesIdRefusals: { readonly input: { readonly params: { id: string }; readonly query?: { cursor?: string | undefined; limit?: number | undefined; settled?: 'open' | 'dismissed' | 'replayed' | undefined } }; readonly answer: { items: { id: string; deviceId: string; receivedAtMs: number; code: string; path: string; message: string; payload: string; isCut: boolean; settled: 'open' | 'dismissed' | 'replayed'; settledAtMs: number | null }[]; next: string | null } }
  /** Judges a refusal again by the contract as it is now, and takes in what fits; doing it again stores nothing twice. */ readonly postRefusalsIdReplay: { readonly input: { readonly params: { id: string } }; readonly answer: { outcome: { kind: 'replayed'; accepted: number; rejected: number } | { kind: 'still-refused'; code: 'not-json' | 'not-a-batch' | 'unknown-schema' | 'wrong-kind' | 'too-many-readings' | 'bad-time' | 'unknown-signal' | 'wrong-type' | 'out-of-range' | 'no-signals' | 'time-implausible' | 'time-in-future' | 'conflict' | 'paused'; path: string; message: string } | { kind: 'cut' } | { kind: 'done-before' } | { kind: 'unknown' }; refusal: { id: string; deviceId: string; receivedAtMs: number; code: string; path: string; message: string; payload: string; isCut: boolean; settled: 'open' | 'dismissed' | 'replayed'; settledAtMs: number | null } } }
  /** Puts a refusal aside: it is kept, and no longer waits for anybody. */ readonly postRefusalsIdDismiss: { readonly input: { readonly params: { id: string } }; readonly answer: { id: string; deviceId: string; receivedAtMs: number; code: string; path: string; message: string; payload: string; isCut: boolean; settled: 'open' | 'dismissed' | 'replayed'; settledAtMs: number | null } }
  /** Takes up a refusal again that was put aside. */ readonly postRefusalsIdRestore: { readonly input: { readonly params: { id: string } }; readonly answer: { id: string; deviceId: string; receivedAtMs: number; code: string; path: string; message: string; payload: string; isCut: boolean; settled: 'open' | 'dismissed' | 'replayed'; settledAtMs: number | null } }
  /** Editions of the rate plans with their state and dates: what is not in force yet first, then the latest. */ readonly getEditions: { readonly input: { readonly query?: { plan?: string | undefined; cursor?: string | undefined; limit?: number | undefined } }; readonly answer: { items: Edition[]; next: string | null } }
  /** One edition with its document and all that was done with it. */ readonly getEditionsId: { readonly input: { readonly params: { id: string } }; readonly answer: EditionDetail }
  /** What is wrong with an edition’s document, and how its test cases come out. */ readonly getEditionsIdCheck: { readonly input: { readonly params: { id: string } }; readonly answer: EditionCheck }
  /** A new draft: of another edition’s content, or of an uploaded document. */ readonly postEditions: { readonly input: { readonly body?: { from?: string; title?: string; document?: unknown } }; readonly answer: Edition }
  /** Puts another document in a draft’s place; it may have problems, which keep it from being submitted. */ readonly postEditionsIdDocument: { readonly input: { readonly params: { id: string }; readonly body: { hash: string; document: unknown } }; readonly answer: Edition }
  /** A draft’s test cases expect from now on what they come to: for a plan that was changed on purpose. */ readonly postEditionsIdRateTestCases: { readonly input: { readonly params: { id: string }; readonly body: { hash: string } }; readonly answer: Edition }
  /** Takes a draft out of the book; what was done with it stays. */ readonly postEditionsIdDiscard: { readonly input: { readonly params: { id: string }; readonly body: { hash: string } }; readonly answer: { id: string } }
  /** Submits a draft without problems; from then on its document never changes. */ readonly postEditionsIdSubmit: { readonly input: { readonly params: { id: string }; readonly body: { hash: string; comment?: string } }; readonly answer: Edition }
  /** Approves a submitted edition: whoever wrote or submitted it may not. */ readonly postEditionsIdApprove: { readonly input: { readonly params: { id: string }; readonly body: { hash: string; comment?: string } }; readonly answer: Edition }
  /** Sets from when an approved edition is in force, at once when no time is given; never in the past. */ readonly postEditionsIdSchedule: { readonly input: { readonly params: { id: string }; readonly body: { hash: string; activeFromMs?: number; comment?: string } }; readonly answer: Edition }
  /** Withdraws an edition that is not in force; what is in force stays as it is. */ readonly postEditionsIdWithdraw: { readonly input: { readonly params: { id: string }; readonly body: { hash: string; comment?: string } }; readonly answer: Edition }
  /** Prices an edition beside the active one of its plan without charging it, or no longer. */ readonly postEditionsIdShadow: { readonly input: { readonly params: { id: string }; readonly body: { on: boolean } }; readonly answer: Edition }
  /** The term a policy is in, the edition that counts for it, and from when it does. */ readonly getPoliciesIdTerm: { readonly input: { readonly params: { id: string } }; readonly answer: PolicyTerm }
  /** What the edition in a plan’s shadow would change over the premiums that are charged now. */ readonly getPlansIdShadow: { readonly input: { readonly params: { id: string } }; readonly answer: ShadowReport }
  /** How an edition differs from another, cell by cell; from the one it was made from when none is named. */ readonly getEditionsIdDifference: { readonly input: { readonly params: { id: string }; readonly query?: { with?: string | undefined } }; readonly answer: EditionDifference }
  /** Every table of an edition as CSV, in one zip. */ readonly getEditionsIdTablesZip: { readonly input: { readonly params: { id: string } }; readonly answer: unknown }
  /** One table of an edition as CSV. */ readonly getEditionsIdTablesTable: { readonly input: { readonly params: { id: string; table: string } }; readonly answer: unknown }
  /** What a table as CSV would change in a draft, and everything that keeps it from being taken; nothing is changed. */ readonly postEditionsIdTablesTablePreview: { readonly input: { readonly params: { id: string; table: string }; readonly body: { csv: string } }; readonly answer: TablePreview }
  /** Takes a table into a draft, exactly as it was looked at: both hashes are those of the preview. */ readonly postEditionsIdTablesTableImport: { readonly input: { readonly params: { id: string; table: string }; readonly body: { csv: string; hash: string; takenHash: string } }; readonly answer: Edition }
  /** What a document would be in the place of an edition’s: its problems, test cases, difference, and an example. Nothing changes. */ readonly postEditionsIdTry: { readonly input: { readonly params: { id: string }; readonly body: { document: unknown; locale?: 'en' | 'zh-CN'; facts?: { product: 'motor'; class: Record<string, number | string>; claimsByYear?: number[]; previousTermAnnualMinor?: number; driving: { trips: number; observedDays: number; distanceKm: number; longitudinalKm: number; lateralKm: number; limitKnownKm: number; phoneKnownKm: number; brakes: number[]; accelerations: number[]; turns: number[]; nightKm: number; speedingKm: number; phoneS: number; phoneKnownS: number } } | { product: 'home'; class: Record<string, number | string>; claimsByYear?: number[]; previousTermAnnualMinor?: number; living: { days: number; liveDays: number; water: { days: number; minutes: number }; freeze: { days: number; minutes: number }; fire: { days: number; minutes: number }; intrusion: { days: number; minutes: number }; humidity: { days: number; minutes: number }; valveTests: number } } } }; readonly answer: { isForm: boolean; problems: { path: string; text: string }[]; testCases: { name: string; isGood: boolean; expected: { premiumMinor: number; classPremiumMinor: number }; came: { premiumMinor: number; classPremiumMinor: number } | null }[]; changes: CellChange[]; example: { draft: { premiumMinor: number; classPremiumMinor: number; steps: { id: string; operation: 'start' | 'add' | 'multiply' | 'divide' | 'clamp' | 'round'; operand: number; amountMinor: number; figures: Record<string, number | string>; label?: { en: string; 'zh-CN': string } }[] } | null; active: { premiumMinor: number; classPremiumMinor: number; steps: { id: string; operation: 'start' | 'add' | 'multiply' | 'divide' | 'clamp' | 'round'; operand: number; amountMinor: number; figures: Record<string, number | string>; label?: { en: string; 'zh-CN': string } }[] } | null } } }
  /** Runs a draft over every policy of its plan. The same draft, book and seed asked for again is one replay. */ readonly postReplays: { readonly input: { readonly body?: NewReplay }; readonly answer: Replay }
  /** Replays, the newest first. */ readonly getReplays: { readonly input: { readonly query?: { cursor?: string | undefined; limit?: number | undefined } }; readonly answer: { items: Replay[]; next: string | null } }
  /** How far a replay is. */ readonly getReplaysId: { readonly input: { readonly params: { id: string } }; readonly answer: Replay }
  /** Server-sent events of a replay’s progress, until it is no longer running. */ readonly getReplaysIdLive: { readonly input: { readonly params: { id: string } }; readonly answer: Replay }
  /** Stops a replay; what is done of it is kept. */ readonly postReplaysIdCancel: { readonly input: { readonly params: { id: string } }; readonly answer: Replay }
  /** Goes on with a replay that was cancelled or failed. */ readonly postReplaysIdResume: { readonly input: { readonly params: { id: string } }; readonly answer: Replay }
  /** The dislocation report of a replay that is done, the worst movers with their worksheets’ differences included. */ readonly getReplaysIdReport: { readonly input: { readonly params: { id: string } }; readonly answer: { schema: 'dislocation/1'; planId: string; product: 'motor' | 'home'; currency: string; draftHash: string; championHash: string; bookState: string; seed: number; detection: { night?: { fromMinute: number; toMinute: number }; speedingToleranceKph?: number; longitudinalKphMin?: number; lateralKphMin?: number }; policies: number; unrated: { policies: number; reasons: { policyId: string; problem: string }[] }; changedMeanwhile: number; measuredAgain: { trips: number; unaffected: number; withoutReadings: number } | null; onRecordMinor: number; beforeMinor: number; lossRatioBefore: number | null; claims: { from: 'stated' | 'class-price' | 'both'; targetLossRatio: number; stated: number }; capped: { afterMinor: number; offBalance: number; meanChange: number; percentiles: { percent: number; change: number }[]; bands: { from: number | null; to: number | null; policies: number; beforeMinor: number; afterMinor: number }[]; histogram: { from: number | null; to: number | null; policies: number }[]; lossRatio: number | null; notices: number }; uncapped: { afterMinor: number; offBalance: number; meanChange: number; percentiles: { percent: number; change: number }[]; bands: { from: number | null; to: number | null; policies: number; beforeMinor: number; afterMinor: number }[]; histogram: { from: number | null; to: number | null; policies: number }[]; lossRatio: number | null; notices: number }; segments: { id: string; levels: { level: string; policies: number; beforeMinor: number; afterMinor: number; uncappedMinor: number; meanChange: number; meanUncappedChange: number; lossRatioBefore: number | null; lossRatioAfter: number | null; notices: number; fairness: { meanRelativity: number; ratio: number | null; ratioInterval: { low: number; high: number } | null; ratioBefore: number | null; discounted: number; impactRatio: number | null; impactInterval: { low: number; high: number } | null; isSmall: boolean } }[] }[]; worst: { up: { policyId: string; onRecordMinor: number | null; beforeMinor: number; afterMinor: number; uncappedMinor: number; change: number; steps: { id: string; label: { en: string; 'zh-CN': string } | null; before: { operation: string; operand: number; amountMinor: number } | null; after: { operation: string; operand: number; amountMinor: number } | null }[] }[]; down: { policyId: string; onRecordMinor: number | null; beforeMinor: number; afterMinor: number; uncappedMinor: number; change: number; steps: { id: string; label: { en: string; 'zh-CN': string } | null; before: { operation: string; operand: number; amountMinor: number } | null; after: { operation: string; operand: number; amountMinor: number } | null }[] }[] } } }
  /** What becomes of every policy, one line each; amounts in minor units a year. */ readonly getReplaysIdPoliciesCsv: { readonly input: { readonly params: { id: string } }; readonly answer: unknown }
  /** Live counts of the whole pipeline. */ readonly getStatus: { readonly input: Record<never, never>; readonly answer: Status }
  /** Server-sent events about the caller’s own policies; about every policy for the insurer. */ readonly getLive: { readonly input: Record<never, never>; readonly answer: LiveEvent }
  /** This description. */ readonly getOpenapiJson: { readonly input: Record<never, never>; readonly answer: unknown }
}

export type OperationName = keyof Operations
export type AnswerOf<Name extends OperationName> = Operations[Name]['answer']

/** What comes besides the operation's own input. */
interface Manner {
  /** Makes asking twice do it once: the same key for the same thing that is wanted. */
  readonly idempotencyKey?: string | undefined
}
type Given<Input> = Record<never, never> extends Input ? [input?: Input & Manner] : [input: Input & Manner]
interface Loose extends Manner {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: unknown
}

const addresses = {
  postAuthSignInEmail: 'post /api/auth/sign-in/email',
  postAuthSignInSecondFactor: 'post /api/auth/sign-in/second-factor',
  postAuthSignInPasskeyOptions: 'post /api/auth/sign-in/passkey-options',
  postAuthSignInPasskey: 'post /api/auth/sign-in/passkey',
  postAuthSignOut: 'post /api/auth/sign-out',
  getSession: 'get /api/v1/session',
  getDemoAccounts: 'get /api/v1/demo-accounts',
  getAccount: 'get /api/v1/account',
  postAccount: 'post /api/v1/account',
  postAccountPassword: 'post /api/v1/account/password',
  getAccountSessions: 'get /api/v1/account/sessions',
  postAccountSessionsIdEnd: 'post /api/v1/account/sessions/:id/end',
  postAccountSessionsEndOthers: 'post /api/v1/account/sessions/end-others',
  postAccountTotp: 'post /api/v1/account/totp',
  postAccountTotpConfirm: 'post /api/v1/account/totp/confirm',
  postAccountTotpRemove: 'post /api/v1/account/totp/remove',
  postAccountRecoveryCodes: 'post /api/v1/account/recovery-codes',
  postAccountPasskeyOptions: 'post /api/v1/account/passkey-options',
  postAccountPasskeys: 'post /api/v1/account/passkeys',
  postAccountPasskeysIdRename: 'post /api/v1/account/passkeys/:id/rename',
  postAccountPasskeysIdRemove: 'post /api/v1/account/passkeys/:id/remove',
  getPeople: 'get /api/v1/people',
  postPeopleIdClose: 'post /api/v1/people/:id/close',
  postPeopleIdOpen: 'post /api/v1/people/:id/open',
  getPeopleHolders: 'get /api/v1/people/holders',
  getInvitations: 'get /api/v1/invitations',
  postInvitations: 'post /api/v1/invitations',
  postInvitationsIdWithdraw: 'post /api/v1/invitations/:id/withdraw',
  postAuthInvitation: 'post /api/auth/invitation',
  postAuthInvitationAccept: 'post /api/auth/invitation/accept',
  getStepUp: 'get /api/v1/step-up',
  postStepUp: 'post /api/v1/step-up',
  postStepUpPasskeyOptions: 'post /api/v1/step-up/passkey-options',
  getPolicies: 'get /api/v1/policies',
  getPoliciesId: 'get /api/v1/policies/:id',
  getPoliciesIdPremium: 'get /api/v1/policies/:id/premium',
  getPoliciesIdPremiums: 'get /api/v1/policies/:id/premiums',
  getPoliciesIdTrips: 'get /api/v1/policies/:id/trips',
  getTripsId: 'get /api/v1/trips/:id',
  getPoliciesIdDevices: 'get /api/v1/policies/:id/devices',
  getPoliciesIdHomeDays: 'get /api/v1/policies/:id/home-days',
  getPoliciesIdStatementPdf: 'get /api/v1/policies/:id/statement.pdf',
  getBook: 'get /api/v1/book',
  getBookSummary: 'get /api/v1/book/summary',
  getBookOverview: 'get /api/v1/book/overview',
  getBookLinesCsv: 'get /api/v1/book/lines.csv',
  getBookViews: 'get /api/v1/book/views',
  postBookViews: 'post /api/v1/book/views',
  putBookViewsId: 'put /api/v1/book/views/:id',
  deleteBookViewsId: 'delete /api/v1/book/views/:id',
  postBookViewsIdRestore: 'post /api/v1/book/views/:id/restore',
  putBookDefaultView: 'put /api/v1/book/default-view',
  getPoliciesIdMonth: 'get /api/v1/policies/:id/month',
  getPoliciesIdValve: 'get /api/v1/policies/:id/valve',
  getPoliciesIdStepsStep: 'get /api/v1/policies/:id/steps/:step',
  getTripsIdCost: 'get /api/v1/trips/:id/cost',
  postTripsIdRole: 'post /api/v1/trips/:id/role',
  getTripsIdNeighbours: 'get /api/v1/trips/:id/neighbours',
  getTripsIdCourse: 'get /api/v1/trips/:id/course',
  getTripsIdRoads: 'get /api/v1/trips/:id/roads',
  getMap: 'get /api/v1/map',
  getPoliciesIdDataQuality: 'get /api/v1/policies/:id/data-quality',
  getPoliciesIdDriverScore: 'get /api/v1/policies/:id/driver-score',
  getPoliciesIdNudges: 'get /api/v1/policies/:id/nudges',
  getPoliciesIdGoal: 'get /api/v1/policies/:id/goal',
  postPoliciesIdGoal: 'post /api/v1/policies/:id/goal',
  postPoliciesIdMessagesPause: 'post /api/v1/policies/:id/messages/pause',
  postPoliciesIdMessagesMessageClose: 'post /api/v1/policies/:id/messages/:message/close',
  postTripsIdDisputes: 'post /api/v1/trips/:id/disputes',
  getDisputes: 'get /api/v1/disputes',
  getDisputesId: 'get /api/v1/disputes/:id',
  postDisputesIdWithdraw: 'post /api/v1/disputes/:id/withdraw',
  postDisputesIdDecision: 'post /api/v1/disputes/:id/decision',
  getPoliciesIdNotices: 'get /api/v1/policies/:id/notices',
  getPoliciesIdNoticePdf: 'get /api/v1/policies/:id/notice.pdf',
  getEditionsIdFilingZip: 'get /api/v1/editions/:id/filing.zip',
  getDevices: 'get /api/v1/devices',
  postDevices: 'post /api/v1/devices',
  getDevicesIdQuarantine: 'get /api/v1/devices/:id/quarantine',
  getEdge: 'get /api/v1/edge',
  getDeviceActivity: 'get /api/v1/device-activity',
  getDevicesId: 'get /api/v1/devices/:id',
  getDevicesIdMessages: 'get /api/v1/devices/:id/messages',
  getDevicesIdLive: 'get /api/v1/devices/:id/live',
  getDevicesIdConnections: 'get /api/v1/devices/:id/connections',
  postDevicesIdSecret: 'post /api/v1/devices/:id/secret',
  postDevicesIdSecretUndo: 'post /api/v1/devices/:id/secret/undo',
  postDevicesIdRevoke: 'post /api/v1/devices/:id/revoke',
  postDevicesIdRevokeUndo: 'post /api/v1/devices/:id/revoke/undo',
  postDevicesIdKind: 'post /api/v1/devices/:id/kind',
  getDevicesIdRefusals: 'get /api/v1/devices/:id/refusals',
  postRefusalsIdReplay: 'post /api/v1/refusals/:id/replay',
  postRefusalsIdDismiss: 'post /api/v1/refusals/:id/dismiss',
  postRefusalsIdRestore: 'post /api/v1/refusals/:id/restore',
  getEditions: 'get /api/v1/editions',
  getEditionsId: 'get /api/v1/editions/:id',
  getEditionsIdCheck: 'get /api/v1/editions/:id/check',
  postEditions: 'post /api/v1/editions',
  postEditionsIdDocument: 'post /api/v1/editions/:id/document',
  postEditionsIdRateTestCases: 'post /api/v1/editions/:id/rate-test-cases',
  postEditionsIdDiscard: 'post /api/v1/editions/:id/discard',
  postEditionsIdSubmit: 'post /api/v1/editions/:id/submit',
  postEditionsIdApprove: 'post /api/v1/editions/:id/approve',
  postEditionsIdSchedule: 'post /api/v1/editions/:id/schedule',
  postEditionsIdWithdraw: 'post /api/v1/editions/:id/withdraw',
  postEditionsIdShadow: 'post /api/v1/editions/:id/shadow',
  getPoliciesIdTerm: 'get /api/v1/policies/:id/term',
  getPlansIdShadow: 'get /api/v1/plans/:id/shadow',
  getEditionsIdDifference: 'get /api/v1/editions/:id/difference',
  getEditionsIdTablesZip: 'get /api/v1/editions/:id/tables.zip',
  getEditionsIdTablesTable: 'get /api/v1/editions/:id/tables/:table',
  postEditionsIdTablesTablePreview: 'post /api/v1/editions/:id/tables/:table/preview',
  postEditionsIdTablesTableImport: 'post /api/v1/editions/:id/tables/:table/import',
  postEditionsIdTry: 'post /api/v1/editions/:id/try',
  postReplays: 'post /api/v1/replays',
  getReplays: 'get /api/v1/replays',
  getReplaysId: 'get /api/v1/replays/:id',
  getReplaysIdLive: 'get /api/v1/replays/:id/live',
  postReplaysIdCancel: 'post /api/v1/replays/:id/cancel',
  postReplaysIdResume: 'post /api/v1/replays/:id/resume',
  getReplaysIdReport: 'get /api/v1/replays/:id/report',
  getReplaysIdPoliciesCsv: 'get /api/v1/replays/:id/policies.csv',
  getStatus: 'get /api/v1/status',
  getLive: 'get /api/v1/live',
  getOpenapiJson: 'get /api/v1/openapi.json',
} as const satisfies Readonly<Record<OperationName, string>>

export function call<Name extends OperationName>(
  name: Name,
  ...given: Given<Operations[Name]['input']>
): Promise<Outcome<AnswerOf<Name>>>
export function call(name: OperationName, { params, query, body, idempotencyKey }: Loose = {}): Promise<Outcome<unknown>> {
  const [method = ''] = addresses[name].split(' ')
  const key: Record<string, string> = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }
  const url = addressOf(name, params, query)
  if (method === 'get') return ask(url, {})
  const headers = { 'content-type': 'application/json', ...key }
  return ask(url, { method: method.toUpperCase(), headers, body: JSON.stringify(body ?? {}) })
}

/** Where an operation is, for links and streams. */
export function addressOf(name: OperationName, params: Loose['params'] = {}, query: Loose['query'] = {}): string {
  const [, path = ''] = addresses[name].split(' ')
  const filled = path.replaceAll(/:(\w+)/g, (_, part: string) => encodeURIComponent(params[part] ?? ''))
  const asked = new URLSearchParams(
    Object.entries(query).flatMap(([field, value]) => (value === undefined ? [] : [[field, String(value)]])),
  ).toString()
  return asked === '' ? filled : `${filled}?${asked}`
}
