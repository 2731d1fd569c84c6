// A book as large as an insurer's, made in seconds: a few policies as pricing itself writes them, and the rest copies of those
// by SQL under their own names, with the triggers that would follow each row put aside meanwhile and what they keep copied too.
// Of every policy the latest trips have their evidence; with that of all, ten million would be sixty gigabytes.

import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { registerDevice } from '../../../broker/registry.ts'
import { createAccount } from '../../../dashboard/sign-in/accounts.ts'
import { randomFor } from '../../../devices/simulator/random.ts'
import { behaviourThresholds } from '../../../pricing/behaviour/thresholds.ts'
import { canonicalJson } from '../../../pricing/canonical-json.ts'
import { addPolicy } from '../../../pricing/policies.ts'
import { reprice } from '../../../pricing/reprice.ts'
import { writeCursor } from '../../../store/book/cursors.ts'
import { openBook } from '../../../store/book/open-book.ts'
import type { Book } from '../../../store/book/schema.ts'
import { madeTrip, withEvidence } from '../made-trip.ts'

export interface BookSize {
  readonly policies: number
  readonly trips: number
}

export interface MadeBook {
  readonly policies: number
  readonly trips: number
  readonly holders: readonly MadeHolder[]
  readonly insurer: { readonly email: string; readonly password: string }
  readonly devices: readonly { readonly id: string; readonly secret: string }[]
}

export interface MadeHolder {
  readonly email: string
  readonly password: string
  readonly policyId: string
}

/** Policies that pricing writes itself: as many prices there are, and each costs a hundred trips of parsing. */
const originalsMax = 60
/** Policyholders whose first screen is asked for, spread over the book. */
const holdersMax = 8
/** Vehicles that publish. */
const publishersMax = 50
const tripsWithEvidence = 10
const yearMs = 365 * 86_400_000
/** Between the last stored trip and the readings that the load brings. */
const quietMs = 2 * 86_400_000
const password = 'as long as a password has to be'
const firstNames = ['Anna', 'Bert', 'Chen', 'Dirk', 'Eva', 'Femke', 'Gao', 'Hugo', 'Ines', 'Jan', '明']
const lastNames = [
  'Jansen',
  'de Wit',
  'Bakker',
  'Visser',
  'Smit',
  'Meijer',
  'Mulder',
  'Bos',
  'Vos',
  'Peters',
  'Dekker',
  'Kok',
  '王',
]

export async function makeBook(folder: string, size: BookSize, nowMs: number): Promise<MadeBook> {
  const path = join(folder, 'book.db')
  const book = await openBook(`sqlite:${path}`)
  const originals = Math.min(size.policies, originalsMax)
  const tripsPerPolicy = Math.max(1, Math.round(size.trips / size.policies))
  for (let number = 0; number < originals; number += 1) await makeOriginal(book, number, tripsPerPolicy, nowMs)
  // What is stored was measured as things are measured now.
  await writeCursor(book, 'pricing/behaviour', behaviourThresholds.version)
  copyOriginals(path, originals, size.policies)
  const holders: MadeHolder[] = []
  const holderCount = Math.min(holdersMax, size.policies)
  for (let index = 0; index < holderCount; index += 1) {
    const policyId = policyIdOf(Math.floor((index * size.policies) / holderCount))
    holders.push({ ...(await holderOf(book, policyId, index)), policyId })
  }
  const insurer = { email: 'insurer@merit.example', password }
  await account(book, { ...insurer, role: 'insurer', name: 'Ines Insurer' })
  const devices = await publishers(book, size.policies, nowMs)
  await book.destroy()
  return { policies: size.policies, trips: size.policies * tripsPerPolicy, holders, insurer, devices }
}

const numbered = (number: number): string => String(number).padStart(6, '0')
const policyIdOf = (number: number): string => `motor-${numbered(number)}`
const deviceIdOf = (number: number): string => `car-${numbered(number)}`
const holderIdOf = (number: number): string => `holder-${numbered(number)}`

async function makeOriginal(book: Book, number: number, trips: number, nowMs: number): Promise<void> {
  const deviceId = deviceIdOf(number)
  const policyId = policyIdOf(number)
  const random = randomFor('bench-dashboard', number)
  const style = { hardness: random.between(0.2, 3), nights: random.between(0, 0.3), phone: random.between(0, 0.1) }
  const kmPerTrip = random.between(6, 40)
  await registerDevice(book, { id: deviceId, kind: 'vehicle', label: deviceId }, nowMs - yearMs)
  const added = await addPolicy(
    book,
    {
      id: policyId,
      product: 'motor',
      deviceIds: [deviceId],
      policyholder: { id: holderIdOf(number), name: nameOf(number) },
      classFacts: { driverAgeYears: random.whole(18, 85), region: random.pick(['city', 'town', 'country']) },
    },
    nowMs - quietMs,
  )
  if (added.kind !== 'added') throw new Error(`A policy of the bench was not added: ${added.kind}`)
  const everyMs = Math.floor((yearMs - quietMs) / trips)
  await book.transaction().execute(async (changes) => {
    for (let index = 0; index < trips; index += 1) {
      const startedAtMs = nowMs - yearMs + index * everyMs
      const facts = madeTrip(random, kmPerTrip, style, startedAtMs)
      const kept = index >= trips - tripsWithEvidence ? withEvidence(facts, startedAtMs) : facts
      const trip = {
        id: tripIdOf(deviceId, startedAtMs),
        device_id: deviceId,
        started_at_ms: startedAtMs,
        status: 'ended',
      } as const
      const endedAtMs = startedAtMs + Math.min(facts.durationS * 1000, everyMs - 1)
      await changes
        .insertInto('trips')
        .values({ ...trip, ended_at_ms: endedAtMs, distance_m: facts.distanceM, facts: canonicalJson(kept) })
        .execute()
    }
  })
  await reprice(book, policyId, nowMs - quietMs)
}

function tripIdOf(deviceId: string, startedAtMs: number): string {
  return `${deviceId}-${startedAtMs.toString(16)}`
}

function nameOf(number: number): string {
  const [first = '', last = ''] = [firstNames[number % firstNames.length], lastNames[number % lastNames.length]]
  return `${first} ${last} ${number}`
}

/** Straight into the file. Every key of a copy says its number, so that rows come in the order of their indexes. */
function copyOriginals(path: string, originals: number, policies: number): void {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false })
  const triggers = database.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; BEGIN')
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${String(name)}`)
  const pick = (names: readonly string[]): string =>
    `CASE n % ${names.length} ${names.map((name, index) => `WHEN ${index} THEN '${name}'`).join(' ')} END`
  database.exec(`
    CREATE TEMP TABLE copies (n INTEGER PRIMARY KEY, digits TEXT, policy TEXT, device TEXT, holder TEXT, name TEXT,
      from_policy TEXT, from_device TEXT, from_holder TEXT);
    INSERT INTO copies
      WITH RECURSIVE counted (n) AS (SELECT ${originals} UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < ${policies})
      SELECT n, printf('%06d', n), printf('motor-%06d', n), printf('car-%06d', n), printf('holder-%06d', n),
        ${pick(firstNames)} || ' ' || ${pick(lastNames)} || ' ' || n,
        printf('motor-%06d', n % ${originals}), printf('car-%06d', n % ${originals}), printf('holder-%06d', n % ${originals})
      FROM counted WHERE n < ${policies}`)
  const ofPremium = "c.digits || '-' || s."
  const copied: readonly CopiedTable[] = [
    { table: 'policyholders', by: ['id', 'holder'], as: { id: 'c.holder', name: 'c.name', user_id: 'NULL' } },
    { table: 'devices', by: ['id', 'device'], as: { id: 'c.device', label: 'c.device' } },
    {
      table: 'policies',
      by: ['id', 'policy'],
      as: { id: 'c.policy', policyholder_id: 'c.holder', current_premium_id: `${ofPremium}current_premium_id` },
    },
    { table: 'policy_devices', by: ['policy_id', 'policy'], as: { policy_id: 'c.policy', device_id: 'c.device' } },
    { table: 'policy_terms', by: ['policy_id', 'policy'], as: { policy_id: 'c.policy' } },
    { table: 'premiums', by: ['policy_id', 'policy'], as: { id: `${ofPremium}id`, policy_id: 'c.policy' } },
    {
      table: 'nudges',
      by: ['policy_id', 'policy'],
      as: { id: `${ofPremium}id`, premium_id: `${ofPremium}premium_id`, policy_id: 'c.policy' },
    },
    {
      table: 'premium_changes',
      by: ['policy_id', 'policy'],
      as: { policy_id: 'c.policy', premium_id: `${ofPremium}premium_id` },
    },
    {
      table: 'premium_notices',
      by: ['policy_id', 'policy'],
      as: { policy_id: 'c.policy', old_premium_id: `${ofPremium}old_premium_id`, new_premium_id: `${ofPremium}new_premium_id` },
    },
    {
      table: 'trips',
      by: ['device_id', 'device'],
      as: { id: 'c.device || substr(s.id, length(c.device) + 1)', device_id: 'c.device' },
    },
    { table: 'trip_sums', by: ['device_id', 'device'], as: { device_id: 'c.device' } },
    { table: 'book_lines', by: ['policy_id', 'policy'], as: { number: 'NULL', policy_id: 'c.policy', holder_name: 'c.name' } },
  ]
  for (const one of copied) database.exec(copyText(database, one))
  database.exec(`
    INSERT INTO experience_log (device_id, started_at_ms, change)
      SELECT c.device, s.started_at_ms, 'there' FROM copies AS c CROSS JOIN trips AS s ON s.device_id = c.device;
    INSERT INTO premium_bases SELECT c.digits || '-' || s.id, (SELECT max(number) FROM experience_log), '[]'
      FROM copies AS c CROSS JOIN premiums AS s ON s.policy_id = c.from_policy;
    INSERT INTO book_words (rowid, words)
      SELECT l.number, c.policy || ' ' || c.name || ' ' || c.device FROM copies AS c CROSS JOIN book_lines AS l ON l.policy_id = c.policy`)
  for (const { sql } of triggers) database.exec(String(sql))
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}

interface CopiedTable {
  readonly table: string
  /** The column by which an original's rows are found, and what of the original it holds. */
  readonly by: readonly [string, 'policy' | 'device' | 'holder']
  /** What a copy has instead of the original's value, by column. */
  readonly as: Readonly<Record<string, string>>
}

function copyText(database: DatabaseSync, { table, by: [column, what], as }: CopiedTable): string {
  // Without what the database computes itself.
  const columns = database
    .prepare(`SELECT name FROM pragma_table_xinfo('${table}') WHERE hidden = 0`)
    .all()
    .map(({ name }) => String(name))
  const values = columns.map((name) => as[name] ?? `s.${name}`)
  return `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')}
    FROM copies AS c CROSS JOIN ${table} AS s ON s.${column} = c.from_${what}`
}

async function holderOf(book: Book, policyId: string, index: number): Promise<{ email: string; password: string }> {
  const email = `holder-${index}@merit.example`
  const userId = await account(book, { email, password, role: 'policyholder', name: `Holder ${index}` })
  const { policyholder_id: holder } = await book
    .selectFrom('policies')
    .select('policyholder_id')
    .where('id', '=', policyId)
    .executeTakeFirstOrThrow()
  await book.updateTable('policyholders').set({ user_id: userId }).where('id', '=', holder).execute()
  return { email, password }
}

async function account(
  book: Book,
  person: { readonly email: string; readonly password: string; readonly role: 'insurer' | 'policyholder'; readonly name: string },
): Promise<string> {
  const made = await createAccount(book, { ...person, locale: 'en', demo: false })
  if (made.kind !== 'created') throw new Error(`An account of the bench was not made: ${made.kind}`)
  return made.id
}

/** Some of the insured vehicles, between those whose policyholders look, can sign in. */
async function publishers(book: Book, policies: number, nowMs: number): Promise<MadeBook['devices']> {
  const count = Math.min(publishersMax, Math.max(1, Math.floor(policies / 4)))
  const devices: { id: string; secret: string }[] = []
  for (let index = 0; index < count; index += 1) {
    const id = deviceIdOf(Math.floor(((index + 0.5) * policies) / count))
    const secret = createHash('sha256').update(`bench ${id}`).digest('base64url')
    const credential = { id: `bench-${id}`, device_id: id, purpose: 'device', created_at_ms: nowMs, expires_at_ms: null } as const
    await book
      .insertInto('device_credentials')
      .values({ ...credential, secret_sha256: createHash('sha256').update(secret).digest('hex') })
      .execute()
    devices.push({ id, secret })
  }
  return devices
}
