// What somebody proves beside the password: codes of an authenticator app, and recovery codes for when it is lost. The rows of the
// book; how a code is judged is in totp.ts, passkeys are in passkeys.ts.

import { randomBytes } from 'node:crypto'
import type { Book } from '../../store/book/schema.ts'
import { makeRecoveryCodes, recoveryCodeHash, recoveryRandomBytes } from './recovery-codes.ts'
import type { Seal } from './sealed-text.ts'
import { judgeTotp, type TotpVerdict, toBase32, totpSecretBytes, totpUri } from './totp.ts'

export interface FactorState {
  readonly totpSinceMs: number | null
  readonly passkeys: number
  readonly recoveryCodesLeft: number
}

export interface TotpOffer {
  /** Base32, for typing. */
  readonly secret: string
  /** For the QR code. */
  readonly uri: string
}

/** In the order they are checked. */
export type TotpConfirmed =
  | { readonly kind: 'not-begun' }
  | { readonly kind: 'wrong' }
  /** `recoveryCodes` when these are the account's first. */
  | { readonly kind: 'confirmed'; readonly recoveryCodes: readonly string[] | null }

export interface SecondFactors {
  stateOf(userId: string): Promise<FactorState>
  /** A new secret, which protects nothing until it is confirmed. Undefined when codes are on already. */
  beginTotp(user: { readonly id: string; readonly email: string }, nowMs: number): Promise<TotpOffer | undefined>
  confirmTotp(userId: string, code: string, nowMs: number): Promise<TotpConfirmed>
  /** A right code is used up by this. */
  checkTotp(userId: string, code: string, nowMs: number): Promise<TotpVerdict['kind']>
  removeTotp(userId: string): Promise<void>
  /** True once for each code. */
  useRecoveryCode(userId: string, code: string, nowMs: number): Promise<boolean>
  /** In place of all there were. */
  renewRecoveryCodes(userId: string, nowMs: number): Promise<readonly string[]>
  /** Codes, if the account has none yet: with the first second factor. */
  firstRecoveryCodes(userId: string, nowMs: number): Promise<readonly string[] | null>
  /** Recovery codes recover nothing once there is no second factor. */
  forgetIdleCodes(userId: string): Promise<void>
}

/** Whether a password alone signs in no more. */
export function isProtected(state: FactorState): boolean {
  return state.totpSinceMs !== null || state.passkeys > 0
}

export function openSecondFactors(book: Book, seal: Seal): SecondFactors {
  const secretOf = async (userId: string, isConfirmed: boolean) => {
    const row = await book
      .selectFrom('totp_secrets')
      .selectAll()
      .where('user_id', '=', userId)
      .where('confirmed_at_ms', isConfirmed ? 'is not' : 'is', null)
      .executeTakeFirst()
    const secret = row === undefined ? undefined : seal.open(row.sealed_secret, userId)
    return row === undefined || secret === undefined
      ? undefined
      : { secret: Buffer.from(secret, 'base64url'), lastStep: row.last_step }
  }

  const stateOf = async (userId: string): Promise<FactorState> => {
    const row = await book
      .selectNoFrom((from) => [
        from.selectFrom('totp_secrets').select('confirmed_at_ms').where('user_id', '=', userId).$asScalar().as('totpSinceMs'),
        from
          .selectFrom('passkeys')
          .select((count) => count.fn.countAll<number>().as('n'))
          .where('user_id', '=', userId)
          .$asScalar()
          .as('passkeys'),
        from
          .selectFrom('recovery_codes')
          .select((count) => count.fn.countAll<number>().as('n'))
          .where('user_id', '=', userId)
          .where('used_at_ms', 'is', null)
          .$asScalar()
          .as('recoveryCodesLeft'),
      ])
      .executeTakeFirstOrThrow()
    const { totpSinceMs, passkeys, recoveryCodesLeft } = row
    return { totpSinceMs, passkeys: passkeys ?? 0, recoveryCodesLeft: recoveryCodesLeft ?? 0 }
  }

  const renewRecoveryCodes = async (userId: string, nowMs: number): Promise<readonly string[]> => {
    const codes = makeRecoveryCodes(randomBytes(recoveryRandomBytes))
    const rows = codes.map((code) => ({
      user_id: userId,
      code_sha256: recoveryCodeHash(code),
      created_at_ms: nowMs,
      used_at_ms: null,
    }))
    await book.transaction().execute(async (change) => {
      await change.deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
      await change.insertInto('recovery_codes').values(rows).execute()
    })
    return codes
  }

  const firstRecoveryCodes = async (userId: string, nowMs: number): Promise<readonly string[] | null> => {
    const any = await book.selectFrom('recovery_codes').select('user_id').where('user_id', '=', userId).executeTakeFirst()
    return any === undefined ? renewRecoveryCodes(userId, nowMs) : null
  }

  return {
    stateOf,
    async beginTotp({ id, email }, nowMs) {
      if ((await stateOf(id)).totpSinceMs !== null) return undefined
      const secret = randomBytes(totpSecretBytes)
      const fresh = {
        sealed_secret: seal.seal(secret.toString('base64url'), id),
        created_at_ms: nowMs,
        confirmed_at_ms: null,
        last_step: 0,
      }
      await book
        .insertInto('totp_secrets')
        .values({ user_id: id, ...fresh })
        .onConflict((known) => known.column('user_id').doUpdateSet(fresh))
        .execute()
      return { secret: toBase32(secret), uri: totpUri(secret, email) }
    },
    async confirmTotp(userId, code, nowMs) {
      const begun = await secretOf(userId, false)
      if (begun === undefined) return { kind: 'not-begun' }
      const verdict = judgeTotp(begun.secret, code, begun.lastStep, nowMs)
      if (verdict.kind !== 'right') return { kind: 'wrong' }
      await book
        .updateTable('totp_secrets')
        .set({ confirmed_at_ms: nowMs, last_step: verdict.step })
        .where('user_id', '=', userId)
        .execute()
      return { kind: 'confirmed', recoveryCodes: await firstRecoveryCodes(userId, nowMs) }
    },
    async checkTotp(userId, code, nowMs) {
      const known = await secretOf(userId, true)
      if (known === undefined) return 'wrong'
      const verdict = judgeTotp(known.secret, code, known.lastStep, nowMs)
      if (verdict.kind !== 'right') return verdict.kind
      // Of two that arrive together one is first.
      const { numUpdatedRows } = await book
        .updateTable('totp_secrets')
        .set({ last_step: verdict.step })
        .where('user_id', '=', userId)
        .where('last_step', '<', verdict.step)
        .executeTakeFirst()
      return numUpdatedRows === 1n ? 'right' : 'used'
    },
    async removeTotp(userId) {
      await book.deleteFrom('totp_secrets').where('user_id', '=', userId).execute()
    },
    async useRecoveryCode(userId, code, nowMs) {
      const { numUpdatedRows } = await book
        .updateTable('recovery_codes')
        .set({ used_at_ms: nowMs })
        .where('user_id', '=', userId)
        .where('code_sha256', '=', recoveryCodeHash(code))
        .where('used_at_ms', 'is', null)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },
    renewRecoveryCodes,
    firstRecoveryCodes,
    async forgetIdleCodes(userId) {
      if (!isProtected(await stateOf(userId))) await book.deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
    },
  }
}
