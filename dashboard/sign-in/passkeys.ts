// Passkeys: a fingerprint, face or PIN on somebody's own device in the password's place. What a browser sends is verified by
// SimpleWebAuthn; which passkeys there are, and what their counters say, is kept here. User verification is always required.

import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Book } from '../../store/book/schema.ts'
import type { PasskeyRow } from '../../store/book/sign-in-rows.ts'
import type { Caller } from './sessions.ts'

export type Named = { readonly id: string; readonly origin: string }
export type NewPasskeyResponse = Parameters<typeof verifyRegistrationResponse>[0]['response']
export type PasskeyResponse = Parameters<typeof verifyAuthenticationResponse>[0]['response']
export type CreationOptions = Awaited<ReturnType<typeof generateRegistrationOptions>>
export type RequestOptions = Awaited<ReturnType<typeof generateAuthenticationOptions>>

/** A person has a phone, a laptop and a key or two; a limit keeps the browser's question small. */
export const passkeysMax = 10
export const passkeyNameCharactersMax = 60

/** In the order they are checked. */
export type PasskeyAdded =
  | { readonly kind: 'too-many' }
  /** Not for this address, not for this question, without user verification, or forged. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'exists' }
  | { readonly kind: 'added'; readonly id: string }

/** In the order they are checked. */
export type PasskeyVerdict =
  | { readonly kind: 'refused' }
  /** The answer was genuine, but its counter has been seen, now or before: somebody may have copied the passkey. */
  | { readonly kind: 'suspect'; readonly userId: string; readonly id: string }
  | { readonly kind: 'verified'; readonly userId: string; readonly id: string }

export interface Passkeys {
  of(userId: string): Promise<readonly PasskeyRow[]>
  creationOptions(party: Named, user: Pick<Caller, 'id' | 'name' | 'email'>): Promise<CreationOptions>
  add(
    party: Named,
    asked: { userId: string; challenge: string },
    name: string,
    response: NewPasskeyResponse,
    nowMs: number,
  ): Promise<PasskeyAdded>
  /** Without a user any passkey of this address may answer. */
  requestOptions(party: Named, userId?: string): Promise<RequestOptions>
  judge(party: Named, challenge: string, response: PasskeyResponse, nowMs: number): Promise<PasskeyVerdict>
  /** False when the account has no such passkey. */
  rename(userId: string, id: string, name: string): Promise<boolean>
  remove(userId: string, id: string): Promise<boolean>
}

const transportsForm = Compile(Type.Array(Type.String()))

/** WebAuthn §6.1.1: a counter that does not rise is a sign of two authenticators; one that stays at 0 is none. */
export function counterRose(known: number, answered: number): boolean {
  return (known === 0 && answered === 0) || answered > known
}

export function openPasskeys(book: Book): Passkeys {
  const rowsOf = (userId: string) =>
    book.selectFrom('passkeys').selectAll().where('user_id', '=', userId).orderBy('created_at_ms').orderBy('id').execute()

  return {
    of: rowsOf,
    async creationOptions(party, user) {
      return generateRegistrationOptions({
        rpName: 'Merit',
        rpID: party.id,
        userID: new TextEncoder().encode(user.id),
        userName: user.email,
        userDisplayName: user.name,
        attestationType: 'none',
        excludeCredentials: (await rowsOf(user.id)).map(asDescriptor),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
    },
    async add(party, { userId, challenge }, name, response, nowMs) {
      if ((await rowsOf(userId)).length >= passkeysMax) return { kind: 'too-many' }
      const checked = await refusedAsUndefined(
        verifyRegistrationResponse({
          response,
          expectedChallenge: challenge,
          expectedOrigin: party.origin,
          expectedRPID: party.id,
          requireUserVerification: true,
        }),
      )
      if (checked?.verified !== true) return { kind: 'refused' }
      const { credential, credentialBackedUp } = checked.registrationInfo
      const { numInsertedOrUpdatedRows } = await book
        .insertInto('passkeys')
        .values({
          id: credential.id,
          user_id: userId,
          name,
          public_key: Buffer.from(credential.publicKey).toString('base64url'),
          counter: credential.counter,
          transports: JSON.stringify(credential.transports ?? []),
          is_backed_up: credentialBackedUp ? 1 : 0,
          created_at_ms: nowMs,
          last_used_at_ms: null,
          suspect_at_ms: null,
        })
        .onConflict((known) => known.column('id').doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows === 1n ? { kind: 'added', id: credential.id } : { kind: 'exists' }
    },
    async requestOptions(party, userId) {
      const allowed = userId === undefined ? {} : { allowCredentials: (await rowsOf(userId)).map(asDescriptor) }
      return generateAuthenticationOptions({ rpID: party.id, userVerification: 'required', ...allowed })
    },
    async judge(party, challenge, response, nowMs) {
      const row = await book.selectFrom('passkeys').selectAll().where('id', '=', response.id).executeTakeFirst()
      if (row === undefined) return { kind: 'refused' }
      const checked = await refusedAsUndefined(
        verifyAuthenticationResponse({
          response,
          expectedChallenge: challenge,
          expectedOrigin: party.origin,
          expectedRPID: party.id,
          requireUserVerification: true,
          // The counter is judged below, where a fall can be told from a forgery.
          credential: { id: row.id, publicKey: new Uint8Array(Buffer.from(row.public_key, 'base64url')), counter: 0 },
        }),
      )
      if (checked?.verified !== true) return { kind: 'refused' }
      const { newCounter, credentialBackedUp } = checked.authenticationInfo
      const found = { userId: row.user_id, id: row.id }
      if (row.suspect_at_ms !== null || !counterRose(row.counter, newCounter)) {
        await book.updateTable('passkeys').set({ suspect_at_ms: nowMs }).where('id', '=', row.id).execute()
        return { kind: 'suspect', ...found }
      }
      const used = { counter: newCounter, is_backed_up: credentialBackedUp ? (1 as const) : (0 as const), last_used_at_ms: nowMs }
      await book.updateTable('passkeys').set(used).where('id', '=', row.id).execute()
      return { kind: 'verified', ...found }
    },
    async rename(userId, id, name) {
      const { numUpdatedRows } = await book
        .updateTable('passkeys')
        .set({ name })
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },
    async remove(userId, id) {
      const { numDeletedRows } = await book
        .deleteFrom('passkeys')
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .executeTakeFirst()
      return numDeletedRows === 1n
    },
  }
}

function asDescriptor({ id, transports }: PasskeyRow): { id: string; transports: string[] } {
  const list: unknown = JSON.parse(transports)
  return { id, transports: transportsForm.Check(list) ? list : [] }
}

/** The library throws for whatever is wrong with an answer, and nothing else can be: it opens no file and no socket. */
async function refusedAsUndefined<Value>(answer: Promise<Value>): Promise<Value | undefined> {
  try {
    return await answer
  } catch {
    return undefined
  }
}
