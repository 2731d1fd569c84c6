// Tells a person that a device of theirs has gone silent: what it does not report earns nothing. Once for each silence.

import type { Logger } from 'pino'
import type { Book } from '../../store/book/schema.ts'
import { runningPause } from '../privacy/collecting.ts'

const dayMs = 86_400_000
/** A home reports all day; a car may stand for a holiday. */
export const silentDays = { home: 2, vehicle: 14 } as const
const everyMs = 15 * 60_000

/** @returns how many silences were told that were not told before */
export async function tellSilentDevices(book: Book, nowMs: number): Promise<number> {
  const rows = await book
    .selectFrom('device_states')
    .innerJoin('devices', 'devices.id', 'device_states.device_id')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'devices.id')
    .select(['devices.id', 'devices.kind', 'devices.label', 'policy_devices.policy_id', 'device_states.changed_at_ms'])
    .where('device_states.state', '=', 'offline')
    .where('devices.revoked_at_ms', 'is', null)
    .where('device_states.changed_at_ms', '<', nowMs - Math.min(silentDays.home, silentDays.vehicle) * dayMs)
    .execute()
  let told = 0
  for (const { id, kind, label, policy_id, changed_at_ms: sinceMs } of rows) {
    const atMs = sinceMs + silentDays[kind] * dayMs
    if (atMs > nowMs || (await runningPause(book, policy_id, nowMs)) !== undefined) continue
    const facts = JSON.stringify({ what: 'silent', deviceId: id, label, sinceMs })
    const outcome = await book
      .insertInto('person_messages')
      .values({ id: `silent:${policy_id}:${id}:${sinceMs}`, policy_id, kind: 'device', at_ms: atMs, facts })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    told += Number(outcome.numInsertedOrUpdatedRows ?? 0n)
  }
  return told
}

export function startSilenceWatch({
  book,
  log,
  nowMs,
}: {
  readonly book: Book
  readonly log: Logger
  readonly nowMs: () => number
}): { close(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve()
  const look = (): void => {
    running = running
      .then(() => tellSilentDevices(book, nowMs()))
      .catch((error: unknown) => log.warn({ err: error }, 'silent devices could not be looked for'))
  }
  const timer = setInterval(look, everyMs)
  timer.unref()
  look()
  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}
