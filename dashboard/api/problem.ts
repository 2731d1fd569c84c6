// Everything the API refuses with, by name: RFC 9457 problem documents. The web app words them in the person's language
// by their `type`; the stack of a mistake stays in the log, under the same id.

import type { Problem } from './shapes.ts'

/** Names are stable and never re-used for something else. */
export const problems = {
  'bad-request': { status: 400, title: 'The request is not of the documented form.' },
  'not-signed-in': { status: 401, title: 'Please sign in.' },
  'wrong-credentials': { status: 401, title: 'Email or password is wrong.' },
  'wrong-proof': { status: 422, title: 'That is not right.' },
  'code-used': { status: 422, title: 'This code has been used. Wait for the next one.' },
  'passkey-suspect': {
    status: 422,
    title: 'This passkey answered as a copy of it would. It is not taken any more; remove it and make a new one.',
  },
  'challenge-over': { status: 422, title: 'This took too long, or was answered before. Begin again.' },
  'passkeys-need-name': { status: 422, title: 'Passkeys are bound to a name: they cannot be used at this address.' },
  'not-allowed': { status: 403, title: 'This account may not do that.' },
  'step-up-needed': {
    status: 403,
    title: 'Show that it is you first: this session has not proved it within the last ten minutes.',
  },
  'four-eyes': { status: 403, title: 'Somebody else has to do this: who wrote or submitted it may not.' },
  'cross-site': { status: 403, title: 'Requests that change something are accepted from Merit’s own pages only.' },
  'unknown-host': { status: 421, title: 'This server is not reached under that name.' },
  'not-found': { status: 404, title: 'There is nothing here under that name.' },
  'wrong-method': { status: 405, title: 'This address does not take that method.' },
  conflict: { status: 409, title: 'That name is taken.' },
  stale: { status: 409, title: 'It has changed since you looked.' },
  'wrong-state': { status: 409, title: 'It is not in a state for this.' },
  'wrong-time': { status: 409, title: 'That time does not do.' },
  settled: { status: 409, title: 'This has been decided or withdrawn.' },
  'not-now': { status: 409, title: 'This is not possible while it is in this state.' },
  'not-yourself': { status: 409, title: 'Somebody else has to do this: nobody shuts themselves out.' },
  'last-insurer': { status: 409, title: 'This is the last insurer who can sign in.' },
  'demo-account': { status: 409, title: 'This belongs to an account of the demo and stays as it is.' },
  'invitation-over': { status: 410, title: 'This invitation was used, withdrawn, or has expired. Ask for a new one.' },
  'too-large': { status: 413, title: 'The request is too large.' },
  'wrong-media-type': { status: 415, title: 'Send JSON as application/json.' },
  unfit: { status: 422, title: 'What was sent does not fit.' },
  'too-many-attempts': { status: 429, title: 'Too many attempts. Wait a little, then try again.' },
  'too-many-requests': { status: 429, title: 'This key asks too often. Wait a little.' },
  'too-many-disputes': { status: 429, title: 'Enough is waiting for a decision. Try again when some of it has been decided.' },
  'too-many-streams': { status: 429, title: 'Too many live views are open.' },
  internal: { status: 500, title: 'Something went wrong here. Quote the id when asking for help.' },
  unavailable: { status: 503, title: 'What this needs is stored where it cannot be reached at the moment. Try again later.' },
} as const

export type ProblemName = keyof typeof problems

export function problemDocument(name: ProblemName, id: string, detail?: string): Problem {
  const { status, title } = problems[name]
  return { type: `urn:merit:problem:${name}`, title, status, id, ...(detail === undefined ? {} : { detail }) }
}
