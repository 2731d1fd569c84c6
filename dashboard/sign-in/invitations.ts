// Invitations: an insurer lets somebody in by e-mail address and role. There is no mail server, so the link is handed over by whoever
// invites; its token is in the link and, as a hash, in the book.

import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Book, Role } from '../../store/book/schema.ts'
import type { InvitationRow } from '../../store/book/sign-in-rows.ts'
import { createAccount, emailForm, userByEmail } from './accounts.ts'

/** Long enough for a holiday's first week, short enough that old links in mailboxes open nothing. */
export const invitationMsMax = 7 * 24 * 60 * 60_000
/** Open ones of one insurer at a time: nobody follows more. */
export const openInvitationsMax = 200
const tokenBytes = 32

export interface Inviter {
  readonly id: string
  readonly insurerId: string
}

export interface Wanted {
  readonly email: string
  readonly role: Role
  readonly policyholderId: string | null
  /** The inviting account belongs to the demo, and so will the invited. */
  readonly demo: boolean
}

/** In the order they are checked. */
export type Invited =
  | { readonly kind: 'bad-email' }
  /** A policyholder's invitation names the holder, and no other does. */
  | { readonly kind: 'needs-holder' }
  | { readonly kind: 'unknown-holder' }
  | { readonly kind: 'holder-has-account' }
  /** Of this insurer; what others have is not told. */
  | { readonly kind: 'has-account' }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'invited'; readonly id: string; readonly token: string; readonly expiresAtMs: number }

/** An earlier open invitation of the same address gives way. */
export async function invite(book: Book, inviter: Inviter, wanted: Wanted, nowMs: number): Promise<Invited> {
  const email = wanted.email.toLowerCase()
  const { role, policyholderId } = wanted
  if (!emailForm.test(email)) return { kind: 'bad-email' }
  if ((role === 'policyholder') !== (policyholderId !== null)) return { kind: 'needs-holder' }
  if (policyholderId !== null) {
    const holder = await book
      .selectFrom('policyholders')
      .select('user_id')
      .where('id', '=', policyholderId)
      .where('insurer_id', '=', inviter.insurerId)
      .executeTakeFirst()
    if (holder === undefined) return { kind: 'unknown-holder' }
    if (holder.user_id !== null) return { kind: 'holder-has-account' }
  }
  const known = await book
    .selectFrom('user')
    .select('id')
    .where('email', '=', email)
    .where('insurer_id', '=', inviter.insurerId)
    .executeTakeFirst()
  if (known !== undefined) return { kind: 'has-account' }
  const open = (await openInvitations(book, inviter.insurerId, nowMs)).filter((row) => row.email !== email)
  if (open.length >= openInvitationsMax) return { kind: 'too-many' }

  const token = randomBytes(tokenBytes).toString('base64url')
  const id = randomUUID()
  const expiresAtMs = nowMs + invitationMsMax
  await book.transaction().execute(async (change) => {
    await change
      .updateTable('invitations')
      .set({ withdrawn_at_ms: nowMs })
      .where('insurer_id', '=', inviter.insurerId)
      .where('email', '=', email)
      .where('accepted_at_ms', 'is', null)
      .where('withdrawn_at_ms', 'is', null)
      .execute()
    await change
      .insertInto('invitations')
      .values({
        id,
        insurer_id: inviter.insurerId,
        token_sha256: tokenHash(token),
        email,
        role,
        policyholder_id: policyholderId,
        demo: wanted.demo ? 1 : 0,
        invited_by: inviter.id,
        created_at_ms: nowMs,
        expires_at_ms: expiresAtMs,
        withdrawn_at_ms: null,
        accepted_at_ms: null,
        accepted_by: null,
      })
      .execute()
  })
  return { kind: 'invited', id, token, expiresAtMs }
}

/** The latest first. */
export function openInvitations(book: Book, insurerId: string, nowMs: number) {
  return book
    .selectFrom('invitations')
    .leftJoin('user', 'user.id', 'invitations.invited_by')
    .leftJoin('policyholders', 'policyholders.id', 'invitations.policyholder_id')
    .selectAll('invitations')
    .select(['user.name as inviterName', 'policyholders.name as holderName'])
    .where('invitations.insurer_id', '=', insurerId)
    .where('invitations.accepted_at_ms', 'is', null)
    .where('invitations.withdrawn_at_ms', 'is', null)
    .where('invitations.expires_at_ms', '>', nowMs)
    .orderBy('invitations.created_at_ms', 'desc')
    .orderBy('invitations.id')
    .execute()
}

/** False when this insurer has no such open invitation. */
export async function withdrawInvitation(book: Book, insurerId: string, id: string, nowMs: number): Promise<boolean> {
  const { numUpdatedRows } = await book
    .updateTable('invitations')
    .set({ withdrawn_at_ms: nowMs })
    .where('id', '=', id)
    .where('insurer_id', '=', insurerId)
    .where('accepted_at_ms', 'is', null)
    .where('withdrawn_at_ms', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export type FoundInvitation =
  | { readonly kind: 'unknown' }
  /** Used, withdrawn, or expired. */
  | { readonly kind: 'over' }
  | { readonly kind: 'open'; readonly row: InvitationRow }

/** @param demo whether accounts of the demo may enter; their invitations are unknown otherwise */
export async function findInvitation(book: Book, token: string, demo: boolean, nowMs: number): Promise<FoundInvitation> {
  const row = await book.selectFrom('invitations').selectAll().where('token_sha256', '=', tokenHash(token)).executeTakeFirst()
  if (row === undefined || (row.demo === 1 && !demo)) return { kind: 'unknown' }
  const isOver = row.accepted_at_ms !== null || row.withdrawn_at_ms !== null || row.expires_at_ms <= nowMs
  return isOver ? { kind: 'over' } : { kind: 'open', row }
}

export interface Arrival {
  readonly name: string
  readonly password: string
  readonly locale: string
}

/** In the order they are checked. */
export type Accepted =
  | { readonly kind: 'over' }
  | { readonly kind: 'bad-password' }
  /** Somebody signs in with this address already, perhaps with another insurer. */
  | { readonly kind: 'exists' }
  | { readonly kind: 'accepted'; readonly userId: string }

/** Of two who use one link together one comes in. */
export async function acceptInvitation(book: Book, row: InvitationRow, arrival: Arrival, nowMs: number): Promise<Accepted> {
  if ((await userByEmail(book, row.email)) !== undefined) return { kind: 'exists' }
  const claim = (acceptedAtMs: number | null) =>
    book
      .updateTable('invitations')
      .set({ accepted_at_ms: acceptedAtMs })
      .where('id', '=', row.id)
      .where('accepted_by', 'is', null)
      .where('withdrawn_at_ms', 'is', null)
  const { numUpdatedRows } = await claim(nowMs).where('accepted_at_ms', 'is', null).executeTakeFirst()
  if (numUpdatedRows !== 1n) return { kind: 'over' }

  const { email, role, insurer_id: insurerId, demo } = row
  const created = await createAccount(book, { email, role, insurerId, demo: demo === 1, ...arrival })
  if (created.kind !== 'created') {
    await claim(null).execute()
    return { kind: created.kind === 'bad-password' ? 'bad-password' : 'exists' }
  }
  await book.updateTable('invitations').set({ accepted_by: created.id }).where('id', '=', row.id).execute()
  if (row.policyholder_id !== null)
    await book
      .updateTable('policyholders')
      .set({ user_id: created.id })
      .where('id', '=', row.policyholder_id)
      .where('user_id', 'is', null)
      .execute()
  return { kind: 'accepted', userId: created.id }
}

function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
