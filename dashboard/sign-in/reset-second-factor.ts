// Takes every second factor off an account, with its recovery codes and its sessions: the password alone signs in again. For the
// command line; nobody does this over the network.

import type { Kysely } from 'kysely'
import type { BookSchema } from '../../store/book/schema.ts'
import { userByEmail } from './accounts.ts'

/** In the order they are checked. */
export type SecondFactorReset =
  | { readonly kind: 'unknown' }
  /** There is nothing to take off. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'reset'
      readonly userId: string
      readonly insurerId: string
      /** Whether codes of an authenticator app were on. */
      readonly codes: boolean
      readonly passkeys: number
      /** That ended: whoever has the lost phone may be signed in on it. */
      readonly sessions: number
    }

export async function takeSecondFactorOff(change: Kysely<BookSchema>, email: string): Promise<SecondFactorReset> {
  const user = await userByEmail(change, email)
  if (user === undefined) return { kind: 'unknown' }
  const { insurer_id: insurerId } = await change
    .selectFrom('user')
    .select('insurer_id')
    .where('id', '=', user.id)
    .executeTakeFirstOrThrow()
  const totp = await change.deleteFrom('totp_secrets').where('user_id', '=', user.id).executeTakeFirst()
  const keys = await change.deleteFrom('passkeys').where('user_id', '=', user.id).executeTakeFirst()
  await change.deleteFrom('recovery_codes').where('user_id', '=', user.id).execute()
  if (totp.numDeletedRows + keys.numDeletedRows === 0n) return { kind: 'none' }
  const sessions = await change.deleteFrom('session').where('userId', '=', user.id).executeTakeFirst()
  return {
    kind: 'reset',
    userId: user.id,
    insurerId,
    codes: totp.numDeletedRows > 0n,
    passkeys: Number(keys.numDeletedRows),
    sessions: Number(sessions.numDeletedRows),
  }
}
