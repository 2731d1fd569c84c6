// What the API takes and answers with, by name.
// Made by `npm run client` out of the route table; held equal by test/dashboard/client.test.ts. Not written by hand.

export type AccessLogEntry = { atMs: number; name: string; role: string }

export type AuditEvent = { number: number; atMs: number; actor: { id: string; name: string; role: string }; action: string; subjectKind: string; subjectId: string; hash: string }

export type BookLine = { id: string; product: 'motor' | 'home'; planId: string; holder: string; premium: { premiumMinor: number; classPremiumMinor: number; currency: string; difference: number } | null; trips: number; days: number; quality: number | null; isConnected: boolean; heardAtMs: number | null; openDisputes: number; noticedAtMs: number | null }

export type BookOverview = { policies: number; sums: { currency: string; policies: number; ownMinor: number; classMinor: number }[]; differences: { from: number | null; to: number | null; policies: number }[]; plans: { currency: string; policies: number; ownMinor: number; classMinor: number; product: 'motor' | 'home'; planId: string }[]; quality: { band: 'good' | 'fair' | 'poor' | 'none'; policies: number }[]; attention: { disputes: number; oldestDisputeAtMs: number | null; disputedPolicies: number; silent: number; noData: number; notices: number; submittedEditions: number }; countedAtMs: number }

export type BookSummary = { policies: number; sums: { currency: string; policies: number; ownMinor: number; classMinor: number }[] }

export type BookView = { id: string; name: string; query: string; isShared: boolean; isOwn: boolean; sharedBy: string | null; isDefault: boolean }

export type CellChange = { table: string; level: string; column: string; before: string | number | null; after: string | number | null; change: number | null }

export type DemoAccounts = { accounts: { role: 'insurer' | 'policyholder' | 'maker' | 'tester'; name: string; email: string; password: string; insurer?: string }[] }

export type DeviceCreated = { id: string; secret: string }

export type DeviceHealth = { id: string; kind: 'vehicle' | 'home'; label: string; state: 'online' | 'offline' | 'never'; lastReadingAtMs: number | null; batteryPercent: number | null; firmware: string | null; quarantined: number }

export type Dispute = { id: string; policyId: string; policyholder: string; timeZone: string; kind: 'passenger' | 'not-my-car' | 'avoided-harm' | 'wrong-event'; tripId: string; tripStartedAtMs: number; tripEndedAtMs: number; event: { kind: string; startMs: number; endMs: number } | null; note: string; status: 'open' | 'accepted' | 'rejected' | 'withdrawn'; createdAtMs: number; decidedAtMs: number | null; decidedBy: string | null; reason: string | null; match: 'same' | 'moved' | 'gone'; trips: string[]; events: { kind: string; startMs: number; endMs: number }[] }

export type DisputeDetail = { id: string; policyId: string; policyholder: string; timeZone: string; kind: 'passenger' | 'not-my-car' | 'avoided-harm' | 'wrong-event'; tripId: string; tripStartedAtMs: number; tripEndedAtMs: number; event: { kind: string; startMs: number; endMs: number } | null; note: string; status: 'open' | 'accepted' | 'rejected' | 'withdrawn'; createdAtMs: number; decidedAtMs: number | null; decidedBy: string | null; reason: string | null; match: 'same' | 'moved' | 'gone'; trips: string[]; events: { kind: string; startMs: number; endMs: number }[]; steps: { status: 'accepted' | 'rejected' | 'withdrawn'; reason: string | null; by: string | null; atMs: number }[]; stakes: { currency: string; acceptedMinor: number; rejectedMinor: number } | null }

export type Edition = { id: string; hash: string; planId: string; product: 'motor' | 'home'; title: string; status: 'draft' | 'submitted' | 'approved' | 'scheduled' | 'active' | 'superseded' | 'withdrawn'; knownAtMs: number; activeFromMs: number | null; activeUntilMs: number | null; basedOn: string | null; authors: string[]; submitter: string | null; approver: string | null; isShadow: boolean; guardRails: { discountOnly: boolean; noMidTermRerate: boolean; notForNonRenewal: boolean; maxChangePerTerm: number | null }; actions: ('edit' | 'discard' | 'submit' | 'approve' | 'schedule' | 'withdraw')[] }

export type EditionCheck = { hash: string; problems: string[]; testCases: { name: string; isGood: boolean; expected: { premiumMinor: number; classPremiumMinor: number }; came: { premiumMinor: number; classPremiumMinor: number } | null }[] }

export type EditionDetail = { id: string; hash: string; planId: string; product: 'motor' | 'home'; title: string; status: 'draft' | 'submitted' | 'approved' | 'scheduled' | 'active' | 'superseded' | 'withdrawn'; knownAtMs: number; activeFromMs: number | null; activeUntilMs: number | null; basedOn: string | null; authors: string[]; submitter: string | null; approver: string | null; isShadow: boolean; guardRails: { discountOnly: boolean; noMidTermRerate: boolean; notForNonRenewal: boolean; maxChangePerTerm: number | null }; actions: ('edit' | 'discard' | 'submit' | 'approve' | 'schedule' | 'withdraw')[]; document: unknown; tables: string[]; policies: number; events: { doneAtMs: number; doneBy: string | null; action: 'install' | 'create' | 'edit' | 'submit' | 'approve' | 'schedule' | 'activate' | 'supersede' | 'withdraw' | 'discard' | 'shadow' | 'unshadow'; fromStatus: 'draft' | 'submitted' | 'approved' | 'scheduled' | 'active' | 'superseded' | 'withdrawn' | null; toStatus: 'draft' | 'submitted' | 'approved' | 'scheduled' | 'active' | 'superseded' | 'withdrawn' | null; hash: string; comment: string }[] }

export type EditionDifference = { before: { id: string; hash: string; title: string }; after: { id: string; hash: string; title: string }; changes: CellChange[] }

export type HomeDay = { deviceId: string; day: string; live: boolean; leakMinutes: number; freezeMinutes: number; smokeMinutes: number; carbonMonoxideMinutes: number; openUnattendedMinutes: number; dampMinutes: number; litres: number; valveTested: boolean; timeZone: string; completeness: number; perils: { water: { live: boolean; hoursReported: number; completeness: number; stuck: boolean }; freeze: { live: boolean; hoursReported: number; completeness: number; stuck: boolean }; fire: { live: boolean; hoursReported: number; completeness: number; stuck: boolean }; intrusion: { live: boolean; hoursReported: number; completeness: number; stuck: boolean }; humidity: { live: boolean; hoursReported: number; completeness: number; stuck: boolean } } | null; reactionMinutes: number | null; spans: { kind: 'leak-sensor' | 'leak-flow' | 'freeze' | 'freeze-trend' | 'smoke' | 'carbon-monoxide' | 'open-unattended' | 'damp' | 'mould' | 'power-unattended'; startMs: number; alarmMs: number; endMs: number; minutes: number; ended: 'cleared' | 'valve-closed' | 'flow-stopped' | 'dry' | 'unseen' | 'continues'; reactionMinutes: number | null; figure: number | null; limit: number | null; confidence: number }[] }

export type LiveEvent = { kind: 'trip'; policyId: string; trip: Trip; at: { tMs: number; speedKph: number | null; latitude: number | null; longitude: number | null } | null } | { kind: 'premium'; policyId: string; premiumMinor: number; currency: string } | { kind: 'dispute'; policyId: string; disputeId: string; tripId: string; status: 'open' | 'accepted' | 'rejected' | 'withdrawn' } | { kind: 'nudge'; policyId: string } | { kind: 'home-day'; policyId: string; day: HomeDay }

export type NewReplay = { edition?: string; document?: unknown; detection?: { night?: { fromMinute: number; toMinute: number }; speedingToleranceKph?: number; longitudinalKphMin?: number; lateralKphMin?: number }; seed?: number; targetLossRatio?: number; expectedClaims?: string }

export type NudgeFigures = { from: number; to: number; unit: string }

export type Observation = { kind: 'brake' | 'acceleration' | 'left-turn' | 'right-turn' | 'lane-change-left' | 'lane-change-right' | 'possible-crash' | 'phone-use'; startMs: number; endMs: number; peak: number; confidence: number; evidence: { offsetMs: number[]; kph: (null | number)[]; longitudinalMps2: (null | number)[]; lateralMps2: (null | number)[] } }

export type PaidPremium = { id: string; premiumMinor: number; computedAtMs: number }

export type Policy = { id: string; product: 'motor' | 'home'; planId: string; timeZone: string; policyholder: { id: string; name: string }; premium: { premiumMinor: number; classPremiumMinor: number; currency: string; computedAtMs: number } | null; devices: string[]; trips: number }

export type PolicyTerm = { number: number; fromMs: number; untilMs: number; previousAnnualMinor: number | null; editionHash: string | null; effectiveFromMs: number | null; isSettled: boolean; nextEditionHash: string | null }

export type Premium = { policyId: string; product: 'motor' | 'home'; planId: string; editionHash: string; factsHash: string; currency: string; period: 'month'; premiumMinor: number; classPremiumMinor: number; steps: { id: string; operation: 'start' | 'add' | 'multiply' | 'divide' | 'clamp' | 'round'; operand: number; amountMinor: number; figures: Record<string, number | string>; label?: { en: string; 'zh-CN': string } }[]; id: string; computedAtMs: number }

export type QuarantineEntry = { id: string; deviceId: string; receivedAtMs: number; code: string; path: string; message: string; payload: string }

export type Replay = { id: string; planId: string; draftHash: string; championHash: string; status: 'running' | 'cancelled' | 'failed' | 'done'; policies: number; policiesDone: number; createdAtMs: number; finishedAtMs: number | null; problem: string | null; reportHash: string | null }

export type Session = { user: { id: string; name: string; email: string; role: 'insurer' | 'policyholder' | 'maker' | 'tester'; locale: string } }

export type ShadowReport = { planId: string; editionHash: string; currency: string | null; policies: number; priced: number; problems: { policyId: string; problem: string }[]; chargedMinor: number; shadowMinor: number; lower: number; equal: number; higher: number; largest: { policyId: string; chargedMinor: number; shadowMinor: number }[] }

export type Status = { messages: number; readings: number; quarantined: number; devices: number; devicesOnline: number; trips: number; policies: number; premiums: number }

export type TablePreview = { hash: string; takenHash: string | null; problems: { kind: string; line: number; column: string; found: string; mend: string; text: string }[]; changes: CellChange[] }

export type Trip = { id: string; deviceId: string; startedAtMs: number; endedAtMs: number; status: 'open' | 'ended'; standing: 'open' | 'counts' | 'taken-out' | 'not-driven' | 'contradictory'; distanceM: number; durationS: number; maxSpeedKph: number; nightShare: number; completeness: number; counts: { brake: number; acceleration: number; cornering: number; speeding: number }; score?: { score: number; confidence: number; components: { smoothness: { value: number | null; figure: number | null; unit: string }; speed: { value: number | null; figure: number | null; unit: string }; cornering: { value: number | null; figure: number | null; unit: string }; timeOfDay: { value: number | null; figure: number | null; unit: string }; distance: { value: number | null; figure: number | null; unit: string } } }; said?: 'driver' | 'passenger' | 'not-my-car' | null }

export type TripDetail = { id: string; deviceId: string; startedAtMs: number; endedAtMs: number; status: 'open' | 'ended'; standing: 'open' | 'counts' | 'taken-out' | 'not-driven' | 'contradictory'; distanceM: number; durationS: number; maxSpeedKph: number; nightShare: number; completeness: number; counts: { brake: number; acceleration: number; cornering: number; speeding: number }; score?: { score: number; confidence: number; components: { smoothness: { value: number | null; figure: number | null; unit: string }; speed: { value: number | null; figure: number | null; unit: string }; cornering: { value: number | null; figure: number | null; unit: string }; timeOfDay: { value: number | null; figure: number | null; unit: string }; distance: { value: number | null; figure: number | null; unit: string } } }; said?: 'driver' | 'passenger' | 'not-my-car' | null; timeZone: string; events: { kind: 'brake' | 'acceleration' | 'left-turn' | 'right-turn' | 'speeding'; startMs: number; endMs: number; peak: number }[]; quality: TripQuality; observations: Observation[]; heat?: (number[])[]; course: { tMs: number[]; speedKph: (number | null)[]; limitKph: (number | null)[]; latitude: (number | null)[]; longitude: (number | null)[] } }

export type TripPage = { trips: Trip[]; nextBefore: number | null }

export type TripQuality = { confidence: number; agreement: number; clockTrust: number; doubts: ('gaps' | 'jumped-position' | 'frozen-position' | 'impossible-speed' | 'constant-speed' | 'speed-in-metres-per-second' | 'speed-in-knots' | 'speed-in-miles-per-hour' | 'speed-against-coordinates' | 'distance-against-odometer' | 'clock-leap' | 'time-backwards' | 'not-a-number' | 'earlier-version')[]; carried: { metres: number; reason: null | 'engine-off' | 'no-vehicle-dynamics' }; checks: { coordinates: null | { metres: number; agreement: number }; odometer: null | { metres: number; agreement: number } } }
