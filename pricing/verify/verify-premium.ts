// Recomputes a kept premium from the stored readings up: readings to trips or days, corrections, facts, the kept edition, the
// worksheet. Reads the book and the telemetry; writes nothing.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Book } from '../../store/book/schema.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import { type LocalClock, localClock } from '../behaviour/local-clock.ts'
import { contentHash } from '../canonical-json.ts'
import { correctTrips, type MeasuredTrip } from '../corrections.ts'
import type { Edition } from '../edition/edition-document.ts'
import { parseEdition } from '../edition/parse-edition.ts'
import { homeFacts, motorFacts, type StoredHomeDay } from '../experience.ts'
import { parseHomeDayFacts } from '../home-day-facts.ts'
import { parseWorksheet } from '../premium-of.ts'
import { type Facts, HomeFactsSchema, MotorFactsSchema } from '../rating/facts.ts'
import { rate } from '../rating/rate.ts'
import { BadFacts } from '../stored-facts.ts'
import { parseTripFacts } from '../trip-facts.ts'
import type { Worksheet } from '../worksheet.ts'
import { type PremiumBasis, premiumBasis } from './premium-basis.ts'
import { type Recollected, recollect } from './recollect.ts'
import { rereadHomeDays, rereadTrips } from './reread-readings.ts'
import { type Finding, factDifferences, firstDifference, type Verification, verdictOf } from './verification.ts'

const factsForm = Compile(Type.Union([MotorFactsSchema, HomeFactsSchema]))

interface Sources {
  readonly book: Book
  readonly telemetry: TelemetryStore
}

interface Kept {
  readonly premiumId: string
  readonly policyId: string
  readonly timeZone: string
  readonly computedAtMs: number
  readonly editionHash: string
  readonly factsHash: string
  readonly premiumMinor: number
  readonly currency: string
  readonly worksheet: Worksheet
  readonly facts: Facts
}

/** Undefined when there is no such premium. @throws BadFacts when a row does not parse */
export async function verifyPremium(sources: Sources, premiumId: string): Promise<Verification | undefined> {
  const kept = await keptPremium(sources.book, premiumId)
  if (kept === undefined) return undefined
  const edition = await keptEdition(sources.book, kept.editionHash)
  if (edition.kind !== 'edition') return outcome(kept, [edition.finding], undefined)
  const { findings, facts } = await factsAgain(sources, kept)
  const again = rate(edition.edition, kept.policyId, facts)
  const measured = [...keptFindings(kept, edition.edition), ...factDifferences(kept.facts, facts).map(asFact)]
  const step = firstDifference(kept.worksheet, again)
  const steps: readonly Finding[] = step === undefined ? [] : [{ kind: 'step-differs', ...step }]
  return outcome(kept, [...measured, ...steps, ...findings], again.premiumMinor)
}

function asFact(difference: ReturnType<typeof factDifferences>[number]): Finding {
  return { kind: 'fact-differs', ...difference }
}

function outcome(kept: Kept, findings: readonly Finding[], recomputedMinor: number | undefined): Verification {
  const { premiumId, policyId, currency, premiumMinor: keptMinor } = kept
  const verdict = verdictOf(findings, recomputedMinor)
  return { premiumId, policyId, currency, keptMinor, recomputedMinor, verdict, findings }
}

/** What is wrong with the row of the premium by itself, without any reading. */
function keptFindings(kept: Kept, edition: Edition): readonly Finding[] {
  const findings: Finding[] = []
  const actual = contentHash(kept.facts)
  if (actual !== kept.factsHash) findings.push({ kind: 'facts-hash-differs', kept: kept.factsHash, actual })
  const step = firstDifference(kept.worksheet, rate(edition, kept.policyId, kept.facts))
  if (step !== undefined) findings.push({ kind: 'kept-step-differs', ...step })
  const { premiumMinor: worksheetMinor } = kept.worksheet
  const isSummed = kept.worksheet.steps.at(-1)?.amountMinor === worksheetMinor
  if (kept.premiumMinor !== worksheetMinor || !isSummed)
    findings.push({ kind: 'amount-differs', keptMinor: kept.premiumMinor, worksheetMinor })
  return findings
}

async function keptPremium(book: Book, premiumId: string): Promise<Kept | undefined> {
  const row = await book
    .selectFrom('premiums')
    .innerJoin('policies', 'policies.id', 'premiums.policy_id')
    .selectAll('premiums')
    .select('policies.time_zone as time_zone')
    .where('premiums.id', '=', premiumId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const facts: unknown = JSON.parse(row.facts)
  if (!factsForm.Check(facts)) throw new BadFacts(`The facts of premium ${premiumId} do not fit their schema.`)
  return {
    premiumId,
    policyId: row.policy_id,
    timeZone: row.time_zone,
    computedAtMs: row.computed_at_ms,
    editionHash: row.edition_hash,
    factsHash: row.facts_hash,
    premiumMinor: row.premium_minor,
    currency: row.currency,
    worksheet: parseWorksheet(row.worksheet),
    facts,
  }
}

type KeptEdition = { readonly kind: 'edition'; readonly edition: Edition } | { readonly kind: 'none'; readonly finding: Finding }

async function keptEdition(book: Book, editionHash: string): Promise<KeptEdition> {
  const row = await book.selectFrom('editions').select('document').where('hash', '=', editionHash).executeTakeFirst()
  if (row === undefined) return { kind: 'none', finding: { kind: 'edition-missing', editionHash } }
  const parsed = parseEdition(JSON.parse(row.document))
  const changed = (problem: string): KeptEdition => ({ kind: 'none', finding: { kind: 'edition-changed', editionHash, problem } })
  if (parsed.kind === 'invalid') return changed(parsed.problems.join('; '))
  return parsed.hash === editionHash ? parsed : changed(`its hash is ${parsed.hash}`)
}

interface FactsAgain {
  readonly facts: Facts
  readonly findings: readonly Finding[]
}

/** The facts as of the premium; what the policy stated then is taken from the kept ones, what was measured is measured again. */
async function factsAgain({ book, telemetry }: Sources, kept: Kept): Promise<FactsAgain> {
  const basis = await premiumBasis(book, { id: kept.premiumId, ...kept })
  const devices = await book
    .selectFrom('policy_devices')
    .innerJoin('devices', 'devices.id', 'policy_devices.device_id')
    .select(['devices.id as id', 'devices.kind as kind'])
    .where('policy_id', '=', kept.policyId)
    .orderBy('devices.id')
    .execute()
  const clock = localClock(kept.timeZone)
  const findings: Finding[] = basis.isKept ? [] : [{ kind: 'basis-unknown' }]
  if (kept.facts.product === 'motor') {
    const trips: MeasuredTrip[] = []
    for (const device of devices) {
      const found = await tripsAgain(book, basis, device.id, await rereadTrips(telemetry, device, clock))
      trips.push(...found.taken)
      findings.push(...found.findings)
    }
    const { driving } = motorFacts(kept.facts.class, correctTrips(trips, basis.accepted))
    return { facts: { ...kept.facts, driving }, findings }
  }
  const days: StoredHomeDay[] = []
  for (const device of devices) {
    const found = await daysAgain(book, basis, device.id, await rereadHomeDays(telemetry, device, clock), clock)
    days.push(...found.taken)
    findings.push(...found.findings)
  }
  const { living } = homeFacts(kept.facts.class, days)
  return { facts: { ...kept.facts, living }, findings }
}

async function tripsAgain(
  book: Book,
  basis: PremiumBasis,
  deviceId: string,
  reread: Awaited<ReturnType<typeof rereadTrips>>,
): Promise<Recollected<MeasuredTrip>> {
  const rows = await book
    .selectFrom('trips')
    .select(['id', 'started_at_ms as startedAtMs', 'ended_at_ms as endedAtMs', 'facts'])
    .where('device_id', '=', deviceId)
    .where('status', '=', 'ended')
    .execute()
  return recollect<MeasuredTrip>({
    what: 'trip',
    deviceId,
    basis,
    reread,
    stored: rows.map(({ facts, ...trip }) => ({ ...trip, deviceId, facts: parseTripFacts(facts) })),
    atOf: ({ startedAtMs }) => startedAtMs,
    factsOf: ({ endedAtMs, facts }) => ({ endedAtMs, ...facts }),
    isReadable: (at, firstReadingMs) => Number(at) >= firstReadingMs,
    nameOf: (at) => new Date(Number(at)).toISOString(),
  })
}

async function daysAgain(
  book: Book,
  basis: PremiumBasis,
  deviceId: string,
  reread: Awaited<ReturnType<typeof rereadHomeDays>>,
  clock: LocalClock,
): Promise<Recollected<StoredHomeDay>> {
  const rows = await book
    .selectFrom('home_days')
    .select(['day', 'facts'])
    .where('device_id', '=', deviceId)
    .orderBy('day')
    .execute()
  // What a day says is usual reaches the fortnight after it, so only a device whose first day is still read is read in full.
  const firstDay = rows[0]?.day ?? ''
  return recollect<StoredHomeDay>({
    what: 'day',
    deviceId,
    basis,
    reread,
    stored: rows.map(({ day, facts }) => ({ deviceId, day, facts: parseHomeDayFacts(facts) })),
    atOf: ({ day }) => day,
    factsOf: ({ facts }) => facts,
    isReadable: (_, firstReadingMs) => clock.day(firstReadingMs) <= firstDay,
    nameOf: String,
  })
}
