// Every operation of the API with its types, and the one function that asks for it.
// Made by `npm run client` out of the route table; held equal by test/dashboard/client.test.ts. Not written by hand.

import { ask, type Outcome } from './api.ts'
import type { CellChange, DemoAccounts, DeviceCreated, DeviceHealth, Dispute, DisputeDetail, Edition, EditionCheck, EditionDetail, EditionDifference, HomeDay, LiveEvent, NewReplay, NudgeFigures, Policy, PolicyTerm, Premium, PremiumHistory, QuarantineEntry, Replay, Session, ShadowReport, Status, TablePreview, TripDetail, TripPage } from './client-shapes.ts'

export interface Operations {
  /** Sign in with email and password. The session comes as a cookie. */ readonly postAuthSignInEmail: { readonly input: { readonly body: { readonly email: string; readonly password: string; readonly rememberMe?: boolean } }; readonly answer: Session }
  /** End the session. Succeeds for nobody, too. */ readonly postAuthSignOut: { readonly input: Record<never, never>; readonly answer: Record<never, never> }
  /** Who is signed in. */ readonly getSession: { readonly input: Record<never, never>; readonly answer: Session }
  /** Sign-ins of the demo; empty unless this is a demo that listens on this machine only. */ readonly getDemoAccounts: { readonly input: Record<never, never>; readonly answer: DemoAccounts }
  /** Prove again who uses this session. */ readonly postStepUp: { readonly input: { readonly body: { readonly password: string } }; readonly answer: { readonly provedUntilMs: number } }
  /** The caller’s own policies; every policy for the insurer. */ readonly getPolicies: { readonly input: Record<never, never>; readonly answer: readonly Policy[] }
  /** One policy. */ readonly getPoliciesId: { readonly input: { readonly params: { readonly id: string } }; readonly answer: Policy }
  /** The current premium with its worksheet. */ readonly getPoliciesIdPremium: { readonly input: { readonly params: { readonly id: string } }; readonly answer: Premium }
  /** Every premium so far, in order of time. */ readonly getPoliciesIdPremiums: { readonly input: { readonly params: { readonly id: string } }; readonly answer: PremiumHistory }
  /** Trips, the newest first, page by page. */ readonly getPoliciesIdTrips: { readonly input: { readonly params: { readonly id: string }; readonly query?: { readonly before?: number | undefined; readonly limit?: number | undefined; readonly filter?: 'counted' | 'not-counted' | 'disputed' | undefined } }; readonly answer: TripPage }
  /** One trip with its events and its course, at most 2,000 points. */ readonly getTripsId: { readonly input: { readonly params: { readonly id: string } }; readonly answer: TripDetail }
  /** Health of the policy’s devices. */ readonly getPoliciesIdDevices: { readonly input: { readonly params: { readonly id: string } }; readonly answer: readonly DeviceHealth[] }
  /** Days of a home, the newest first. */ readonly getPoliciesIdHomeDays: { readonly input: { readonly params: { readonly id: string }; readonly query?: { readonly limit?: number | undefined } }; readonly answer: readonly HomeDay[] }
  /** The current premium as a PDF statement with its worksheet. */ readonly getPoliciesIdStatementPdf: { readonly input: { readonly params: { readonly id: string }; readonly query?: { readonly locale?: 'en' | 'zh-CN' | undefined } }; readonly answer: unknown }
  /** Completeness, clock trust, confidence and named doubts of the trips, month by month. None of it costs anything. */ readonly getPoliciesIdDataQuality: { readonly input: { readonly params: { readonly id: string } }; readonly answer: readonly { readonly month: string; readonly trips: number; readonly ratedTrips: number; readonly distanceM: number; readonly seenM: number; readonly completeness: number; readonly clockTrust: number; readonly confidence: number; readonly doubts: readonly { readonly doubt: 'gaps' | 'jumped-position' | 'frozen-position' | 'impossible-speed' | 'constant-speed' | 'speed-in-metres-per-second' | 'speed-in-knots' | 'speed-in-miles-per-hour' | 'speed-against-coordinates' | 'distance-against-odometer' | 'clock-leap' | 'time-backwards' | 'not-a-number' | 'earlier-version'; readonly trips: number }[] }[] }
  /** How the vehicle was driven, out of the trips that count; the premium itself rests on its worksheet. */ readonly getPoliciesIdDriverScore: { readonly input: { readonly params: { readonly id: string } }; readonly answer: { readonly score: number; readonly ordinaryScore: number; readonly credibility: number; readonly effectiveKm: number; readonly trips: number; readonly components: { readonly smoothness: number | null; readonly speed: number | null; readonly cornering: number | null; readonly timeOfDay: number | null; readonly distance: number | null }; readonly months: readonly { readonly month: string; readonly score: number; readonly trips: number }[] } }
  /** What would save money, computed on the policy’s own edition, by what it saves and how likely it is reached. */ readonly getPoliciesIdNudges: { readonly input: { readonly params: { readonly id: string } }; readonly answer: readonly { readonly id: string; readonly policyId: string; readonly behaviour: string; readonly savingMinor: number; readonly currency: string; readonly figures: NudgeFigures; readonly attainability: number }[] }
  /** The chosen goal, what is left of this week’s budget, and the message that waits. */ readonly getPoliciesIdGoal: { readonly input: { readonly params: { readonly id: string } }; readonly answer: { readonly goal: { readonly behaviour: string; readonly savingMinor: number; readonly currency: string; readonly figures: { readonly from: number; readonly to: number; readonly unit: string }; readonly chosenAtMs: number; readonly attainability: number } | null; readonly week: { readonly monday: string; readonly budget: { readonly budgetMinor: number; readonly leftMinor: number; readonly done: number; readonly allowed: number; readonly spentAt: number } | null }; readonly message: { readonly id: string; readonly kind: 'week-starts' | 'week-so-far'; readonly behaviour: string; readonly currency: string; readonly budgetMinor: number; readonly leftMinor: number; readonly sentAtMs: number } | null; readonly isPaused: boolean } }
  /** Chooses one goal in the place of any other; null gives it up. */ readonly postPoliciesIdGoal: { readonly input: { readonly params: { readonly id: string }; readonly body: { readonly behaviour: string | null } }; readonly answer: { readonly goal: { readonly behaviour: string; readonly savingMinor: number; readonly currency: string; readonly figures: { readonly from: number; readonly to: number; readonly unit: string }; readonly chosenAtMs: number; readonly attainability: number } | null; readonly week: { readonly monday: string; readonly budget: { readonly budgetMinor: number; readonly leftMinor: number; readonly done: number; readonly allowed: number; readonly spentAt: number } | null }; readonly message: { readonly id: string; readonly kind: 'week-starts' | 'week-so-far'; readonly behaviour: string; readonly currency: string; readonly budgetMinor: number; readonly leftMinor: number; readonly sentAtMs: number } | null; readonly isPaused: boolean } }
  /** Pauses the messages about one’s goal, or lets them come again. */ readonly postPoliciesIdMessagesPause: { readonly input: { readonly params: { readonly id: string }; readonly body: { readonly isPaused: boolean } }; readonly answer: { readonly goal: { readonly behaviour: string; readonly savingMinor: number; readonly currency: string; readonly figures: { readonly from: number; readonly to: number; readonly unit: string }; readonly chosenAtMs: number; readonly attainability: number } | null; readonly week: { readonly monday: string; readonly budget: { readonly budgetMinor: number; readonly leftMinor: number; readonly done: number; readonly allowed: number; readonly spentAt: number } | null }; readonly message: { readonly id: string; readonly kind: 'week-starts' | 'week-so-far'; readonly behaviour: string; readonly currency: string; readonly budgetMinor: number; readonly leftMinor: number; readonly sentAtMs: number } | null; readonly isPaused: boolean } }
  /** Puts a message away. */ readonly postPoliciesIdMessagesMessageClose: { readonly input: { readonly params: { readonly id: string; readonly message: string } }; readonly answer: { readonly goal: { readonly behaviour: string; readonly savingMinor: number; readonly currency: string; readonly figures: { readonly from: number; readonly to: number; readonly unit: string }; readonly chosenAtMs: number; readonly attainability: number } | null; readonly week: { readonly monday: string; readonly budget: { readonly budgetMinor: number; readonly leftMinor: number; readonly done: number; readonly allowed: number; readonly spentAt: number } | null }; readonly message: { readonly id: string; readonly kind: 'week-starts' | 'week-so-far'; readonly behaviour: string; readonly currency: string; readonly budgetMinor: number; readonly leftMinor: number; readonly sentAtMs: number } | null; readonly isPaused: boolean } }
  /** Disputes the role of one’s own trip, or one of its events. The same said twice is one dispute. */ readonly postTripsIdDisputes: { readonly input: { readonly params: { readonly id: string }; readonly body: { readonly kind: 'passenger' | 'not-my-car' | 'avoided-harm' | 'wrong-event'; readonly event?: { readonly kind: string; readonly startMs: number }; readonly note?: string } }; readonly answer: Dispute }
  /** The caller’s own disputes; every dispute for the insurer. */ readonly getDisputes: { readonly input: { readonly query?: { readonly status?: 'open' | 'accepted' | 'rejected' | 'withdrawn' | undefined; readonly trip?: string | undefined } }; readonly answer: readonly Dispute[] }
  /** One dispute with what the premium comes to either way. */ readonly getDisputesId: { readonly input: { readonly params: { readonly id: string } }; readonly answer: DisputeDetail }
  /** Takes back what waits for a decision or was accepted; the premium follows at once. */ readonly postDisputesIdWithdraw: { readonly input: { readonly params: { readonly id: string } }; readonly answer: Dispute }
  /** Accepts or rejects with a reason, also otherwise than before; the premium follows at once. */ readonly postDisputesIdDecision: { readonly input: { readonly params: { readonly id: string }; readonly body: { readonly accept: boolean; readonly reason: string } }; readonly answer: Dispute }
  /** Notices of changes of the premium from 10 % on, the newest first, with their reasons in words. */ readonly getPoliciesIdNotices: { readonly input: { readonly params: { readonly id: string }; readonly query?: { readonly locale?: 'en' | 'zh-CN' | undefined } }; readonly answer: readonly { readonly number: number; readonly oldMinor: number; readonly newMinor: number; readonly currency: string; readonly fromMs: number; readonly changedAtMs: number; readonly noticedAtMs: number; readonly groups: readonly { readonly heading: 'garaging-location' | 'driving-record' | 'miles-driven' | 'driving-behaviour' | 'driver' | 'vehicle' | 'property' | 'home-protection' | 'other-factors' | 'premium-capping' | 'rate-change' | 'rounding'; readonly title: string; readonly changeMinor: number; readonly reasons: readonly { readonly id: string; readonly title: string; readonly sentence: string; readonly changeMinor: number }[] }[] }[] }
  /** One notice as a PDF, the newest unless a number is given, under the headings of the statute. */ readonly getPoliciesIdNoticePdf: { readonly input: { readonly params: { readonly id: string }; readonly query?: { readonly locale?: 'en' | 'zh-CN' | undefined; readonly number?: number | undefined } }; readonly answer: unknown }
  /** The filing pack of an edition: documents, tables, dislocation, the edition itself and a manifest with their hashes. */ readonly getEditionsIdFilingZip: { readonly input: { readonly params: { readonly id: string }; readonly query?: { readonly locale?: 'en' | 'zh-CN' | undefined } }; readonly answer: unknown }
  /** Health of every device. */ readonly getDevices: { readonly input: Record<never, never>; readonly answer: readonly DeviceHealth[] }
  /** Register a device. Its secret is told this once. */ readonly postDevices: { readonly input: { readonly body: { readonly id: string; readonly kind: 'vehicle' | 'home'; readonly label?: string } }; readonly answer: DeviceCreated }
  /** Messages of a device that were refused, with the rule each broke, the newest first. */ readonly getDevicesIdQuarantine: { readonly input: { readonly params: { readonly id: string } }; readonly answer: readonly QuarantineEntry[] }
  /** Editions of the rate plans with their state and dates: what is not in force yet first, then the latest. */ readonly getEditions: { readonly input: { readonly query?: { readonly plan?: string | undefined } }; readonly answer: readonly Edition[] }
  /** One edition with its document and all that was done with it. */ readonly getEditionsId: { readonly input: { readonly params: { readonly id: string } }; readonly answer: EditionDetail }
  /** What is wrong with an edition’s document, and how its test cases come out. */ readonly getEditionsIdCheck: { readonly input: { readonly params: { readonly id: string } }; readonly answer: EditionCheck }
  /** A new draft: of another edition’s content, or of an uploaded document. */ readonly postEditions: { readonly input: { readonly body?: { readonly from?: string; readonly title?: string; readonly document?: unknown } }; readonly answer: Edition }
  /** Puts another document in a draft’s place; it may have problems, which keep it from being submitted. */ readonly postEditionsIdDocument: { readonly input: { readonly params: { readonly id: string }; readonly body: { readonly hash: string; readonly document: unknown } }; readonly answer: Edition }
  /** A draft’s test cases expect from now on what they come to: for a plan that was changed on purpose. */ readonly postEditionsIdRateTestCases: { readonly input: { readonly params: { readonly id: string }; readonly body: { readonly hash: string } }; readonly answer: Edition }
  /** Takes a draft out of the book; what was done with it stays. */ readonly postEditionsIdDiscard: { readonly input: { readonly params: { readonly id: string }; readonly body: { readonly hash: string } }; readonly answer: { readonly id: string } }
  /** Submits a draft without problems; from then on its document never changes. */ readonly postEditionsIdSubmit: { readonly input: { readonly params: { readonly id: string }; readonly body: { readonly hash: string; readonly comment?: string } }; readonly answer: Edition }
  /** Approves a submitted edition: whoever wrote or submitted it may not. */ readonly postEditionsIdApprove: { readonly input: { readonly params: { readonly id: string }; readonly body: { readonly hash: string; readonly comment?: string } }; readonly answer: Edition }
  /** Sets from when an approved edition is in force, at once when no time is given; never in the past. */ readonly postEditionsIdSchedule: { readonly input: { readonly params: { readonly id: string }; readonly body: { readonly hash: string; readonly activeFromMs?: number; readonly comment?: string } }; readonly answer: Edition }
  /** Withdraws an edition that is not in force; what is in force stays as it is. */ readonly postEditionsIdWithdraw: { readonly input: { readonly params: { readonly id: string }; readonly body: { readonly hash: string; readonly comment?: string } }; readonly answer: Edition }
  /** Prices an edition beside the active one of its plan without charging it, or no longer. */ readonly postEditionsIdShadow: { readonly input: { readonly params: { readonly id: string }; readonly body: { readonly on: boolean } }; readonly answer: Edition }
  /** The term a policy is in, the edition that counts for it, and from when it does. */ readonly getPoliciesIdTerm: { readonly input: { readonly params: { readonly id: string } }; readonly answer: PolicyTerm }
  /** What the edition in a plan’s shadow would change over the premiums that are charged now. */ readonly getPlansIdShadow: { readonly input: { readonly params: { readonly id: string } }; readonly answer: ShadowReport }
  /** How an edition differs from another, cell by cell; from the one it was made from when none is named. */ readonly getEditionsIdDifference: { readonly input: { readonly params: { readonly id: string }; readonly query?: { readonly with?: string | undefined } }; readonly answer: EditionDifference }
  /** Every table of an edition as CSV, in one zip. */ readonly getEditionsIdTablesZip: { readonly input: { readonly params: { readonly id: string } }; readonly answer: unknown }
  /** One table of an edition as CSV. */ readonly getEditionsIdTablesTable: { readonly input: { readonly params: { readonly id: string; readonly table: string } }; readonly answer: unknown }
  /** What a table as CSV would change in a draft, and everything that keeps it from being taken; nothing is changed. */ readonly postEditionsIdTablesTablePreview: { readonly input: { readonly params: { readonly id: string; readonly table: string }; readonly body: { readonly csv: string } }; readonly answer: TablePreview }
  /** Takes a table into a draft, exactly as it was looked at: both hashes are those of the preview. */ readonly postEditionsIdTablesTableImport: { readonly input: { readonly params: { readonly id: string; readonly table: string }; readonly body: { readonly csv: string; readonly hash: string; readonly takenHash: string } }; readonly answer: Edition }
  /** What a document would be in the place of an edition’s: its problems, test cases, difference, and an example. Nothing changes. */ readonly postEditionsIdTry: { readonly input: { readonly params: { readonly id: string }; readonly body: { readonly document: unknown; readonly locale?: 'en' | 'zh-CN'; readonly facts?: { readonly product: 'motor'; readonly class: Readonly<Record<string, number | string>>; readonly claimsByYear?: readonly number[]; readonly previousTermAnnualMinor?: number; readonly driving: { readonly trips: number; readonly observedDays: number; readonly distanceKm: number; readonly longitudinalKm: number; readonly lateralKm: number; readonly limitKnownKm: number; readonly phoneKnownKm: number; readonly brakes: readonly number[]; readonly accelerations: readonly number[]; readonly turns: readonly number[]; readonly nightKm: number; readonly speedingKm: number; readonly phoneS: number; readonly phoneKnownS: number } } | { readonly product: 'home'; readonly class: Readonly<Record<string, number | string>>; readonly claimsByYear?: readonly number[]; readonly previousTermAnnualMinor?: number; readonly living: { readonly days: number; readonly liveDays: number; readonly water: { readonly days: number; readonly minutes: number }; readonly freeze: { readonly days: number; readonly minutes: number }; readonly fire: { readonly days: number; readonly minutes: number }; readonly intrusion: { readonly days: number; readonly minutes: number }; readonly humidity: { readonly days: number; readonly minutes: number }; readonly valveTests: number } } } }; readonly answer: { readonly isForm: boolean; readonly problems: readonly { readonly path: string; readonly text: string }[]; readonly testCases: readonly { readonly name: string; readonly isGood: boolean; readonly expected: { readonly premiumMinor: number; readonly classPremiumMinor: number }; readonly came: { readonly premiumMinor: number; readonly classPremiumMinor: number } | null }[]; readonly changes: readonly CellChange[]; readonly example: { readonly draft: { readonly premiumMinor: number; readonly classPremiumMinor: number; readonly steps: readonly { readonly id: string; readonly operation: 'start' | 'add' | 'multiply' | 'divide' | 'clamp' | 'round'; readonly operand: number; readonly amountMinor: number; readonly figures: Readonly<Record<string, number | string>>; readonly label?: { readonly en: string; readonly 'zh-CN': string } }[] } | null; readonly active: { readonly premiumMinor: number; readonly classPremiumMinor: number; readonly steps: readonly { readonly id: string; readonly operation: 'start' | 'add' | 'multiply' | 'divide' | 'clamp' | 'round'; readonly operand: number; readonly amountMinor: number; readonly figures: Readonly<Record<string, number | string>>; readonly label?: { readonly en: string; readonly 'zh-CN': string } }[] } | null } } }
  /** Runs a draft over every policy of its plan. The same draft, book and seed asked for again is one replay. */ readonly postReplays: { readonly input: { readonly body?: NewReplay }; readonly answer: Replay }
  /** Replays, the newest first. */ readonly getReplays: { readonly input: Record<never, never>; readonly answer: readonly Replay[] }
  /** How far a replay is. */ readonly getReplaysId: { readonly input: { readonly params: { readonly id: string } }; readonly answer: Replay }
  /** Server-sent events of a replay’s progress, until it is no longer running. */ readonly getReplaysIdLive: { readonly input: { readonly params: { readonly id: string } }; readonly answer: Replay }
  /** Stops a replay; what is done of it is kept. */ readonly postReplaysIdCancel: { readonly input: { readonly params: { readonly id: string } }; readonly answer: Replay }
  /** Goes on with a replay that was cancelled or failed. */ readonly postReplaysIdResume: { readonly input: { readonly params: { readonly id: string } }; readonly answer: Replay }
  /** The dislocation report of a replay that is done, the worst movers with their worksheets’ differences included. */ readonly getReplaysIdReport: { readonly input: { readonly params: { readonly id: string } }; readonly answer: { readonly schema: 'dislocation/1'; readonly planId: string; readonly product: 'motor' | 'home'; readonly currency: string; readonly draftHash: string; readonly championHash: string; readonly bookState: string; readonly seed: number; readonly detection: { readonly night?: { readonly fromMinute: number; readonly toMinute: number }; readonly speedingToleranceKph?: number; readonly longitudinalKphMin?: number; readonly lateralKphMin?: number }; readonly policies: number; readonly unrated: { readonly policies: number; readonly reasons: readonly { readonly policyId: string; readonly problem: string }[] }; readonly changedMeanwhile: number; readonly measuredAgain: { readonly trips: number; readonly unaffected: number; readonly withoutReadings: number } | null; readonly onRecordMinor: number; readonly beforeMinor: number; readonly lossRatioBefore: number | null; readonly claims: { readonly from: 'stated' | 'class-price' | 'both'; readonly targetLossRatio: number; readonly stated: number }; readonly capped: { readonly afterMinor: number; readonly offBalance: number; readonly meanChange: number; readonly percentiles: readonly { readonly percent: number; readonly change: number }[]; readonly bands: readonly { readonly from: number | null; readonly to: number | null; readonly policies: number; readonly beforeMinor: number; readonly afterMinor: number }[]; readonly histogram: readonly { readonly from: number | null; readonly to: number | null; readonly policies: number }[]; readonly lossRatio: number | null; readonly notices: number }; readonly uncapped: { readonly afterMinor: number; readonly offBalance: number; readonly meanChange: number; readonly percentiles: readonly { readonly percent: number; readonly change: number }[]; readonly bands: readonly { readonly from: number | null; readonly to: number | null; readonly policies: number; readonly beforeMinor: number; readonly afterMinor: number }[]; readonly histogram: readonly { readonly from: number | null; readonly to: number | null; readonly policies: number }[]; readonly lossRatio: number | null; readonly notices: number }; readonly segments: readonly { readonly id: string; readonly levels: readonly { readonly level: string; readonly policies: number; readonly beforeMinor: number; readonly afterMinor: number; readonly uncappedMinor: number; readonly meanChange: number; readonly meanUncappedChange: number; readonly lossRatioBefore: number | null; readonly lossRatioAfter: number | null; readonly notices: number; readonly fairness: { readonly meanRelativity: number; readonly ratio: number | null; readonly ratioInterval: { readonly low: number; readonly high: number } | null; readonly ratioBefore: number | null; readonly discounted: number; readonly impactRatio: number | null; readonly impactInterval: { readonly low: number; readonly high: number } | null; readonly isSmall: boolean } }[] }[]; readonly worst: { readonly up: readonly { readonly policyId: string; readonly onRecordMinor: number | null; readonly beforeMinor: number; readonly afterMinor: number; readonly uncappedMinor: number; readonly change: number; readonly steps: readonly { readonly id: string; readonly label: { readonly en: string; readonly 'zh-CN': string } | null; readonly before: { readonly operation: string; readonly operand: number; readonly amountMinor: number } | null; readonly after: { readonly operation: string; readonly operand: number; readonly amountMinor: number } | null }[] }[]; readonly down: readonly { readonly policyId: string; readonly onRecordMinor: number | null; readonly beforeMinor: number; readonly afterMinor: number; readonly uncappedMinor: number; readonly change: number; readonly steps: readonly { readonly id: string; readonly label: { readonly en: string; readonly 'zh-CN': string } | null; readonly before: { readonly operation: string; readonly operand: number; readonly amountMinor: number } | null; readonly after: { readonly operation: string; readonly operand: number; readonly amountMinor: number } | null }[] }[] } } }
  /** What becomes of every policy, one line each; amounts in minor units a year. */ readonly getReplaysIdPoliciesCsv: { readonly input: { readonly params: { readonly id: string } }; readonly answer: unknown }
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
  postAuthSignOut: 'post /api/auth/sign-out',
  getSession: 'get /api/v1/session',
  getDemoAccounts: 'get /api/v1/demo-accounts',
  postStepUp: 'post /api/v1/step-up',
  getPolicies: 'get /api/v1/policies',
  getPoliciesId: 'get /api/v1/policies/:id',
  getPoliciesIdPremium: 'get /api/v1/policies/:id/premium',
  getPoliciesIdPremiums: 'get /api/v1/policies/:id/premiums',
  getPoliciesIdTrips: 'get /api/v1/policies/:id/trips',
  getTripsId: 'get /api/v1/trips/:id',
  getPoliciesIdDevices: 'get /api/v1/policies/:id/devices',
  getPoliciesIdHomeDays: 'get /api/v1/policies/:id/home-days',
  getPoliciesIdStatementPdf: 'get /api/v1/policies/:id/statement.pdf',
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
