// How one's own account is protected: codes of an authenticator app, recovery codes, passkeys. Every change asks for a fresh proof
// of who is there. An account of the demo takes no second factor: whoever came next could not sign in.

import Type from 'typebox'
import { passkeysMax } from '../sign-in/passkeys.ts'
import { isProtected } from '../sign-in/second-factors.ts'
import { isDemoAccount } from './account-routes.ts'
import { everyone, fields, guardedRoute, noInput, refuse, reply } from './route.ts'
import {
  Code,
  NewPasskeyQuestionSchema,
  NewPasskeyResponseSchema,
  PasskeyName,
  RecoveryCodesSchema,
  Token,
} from './sign-in-shapes.ts'

const done = Type.Object({})
/** The names browsers give passkeys are long. */
const ofOnePasskey = { ...noInput, params: fields({ id: Type.String({ maxLength: 1400 }) }) }

export const securityRoutes = [
  guardedRoute({
    method: 'post',
    path: '/api/v1/account/totp',
    summary: 'Begins with an authenticator app: its secret, which protects nothing until a code was right.',
    roles: everyone,
    stepUp: true,
    ...noInput,
    response: Type.Object({ secret: Type.String(), uri: Type.String({ description: 'For the QR code.' }) }),
    async handle({ services, caller }) {
      if (await isDemoAccount(services, caller.id)) return refuse('demo-account')
      const offer = await services.signIn.secondFactors.beginTotp(caller, services.nowMs())
      return offer === undefined ? refuse('wrong-state', 'codes are on already') : reply(offer)
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/account/totp/confirm',
    summary: 'Turns codes on with the first right one. With the first second factor come recovery codes.',
    roles: everyone,
    stepUp: true,
    ...noInput,
    body: fields({ code: Code }),
    response: RecoveryCodesSchema,
    async handle({ services, caller, body: { code }, address }) {
      if (await isDemoAccount(services, caller.id)) return refuse('demo-account')
      const { codeAttempts, secondFactors } = services.signIn
      const nowMs = services.nowMs()
      const admission = codeAttempts.admit(address, `code ${caller.id}`, nowMs)
      if (admission.kind === 'refused') return { ...refuse('too-many-attempts'), retryAfterMs: admission.retryAfterMs }
      const outcome = await secondFactors.confirmTotp(caller.id, code, nowMs)
      if (outcome.kind === 'wrong') return refuse('wrong-proof')
      codeAttempts.succeeded(address, `code ${caller.id}`)
      if (outcome.kind === 'not-begun') return refuse('wrong-state', 'there is no secret to confirm')
      return reply({ recoveryCodes: outcome.recoveryCodes === null ? null : [...outcome.recoveryCodes] })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/account/totp/remove',
    summary: 'Turns codes of the authenticator app off.',
    roles: everyone,
    stepUp: true,
    ...noInput,
    response: done,
    async handle({ services, caller }) {
      await services.signIn.secondFactors.removeTotp(caller.id)
      await services.signIn.secondFactors.forgetIdleCodes(caller.id)
      return reply({})
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/account/recovery-codes',
    summary: 'New recovery codes; the old ones work no more.',
    roles: everyone,
    stepUp: true,
    ...noInput,
    response: RecoveryCodesSchema,
    async handle({ services, caller }) {
      const { secondFactors } = services.signIn
      if (!isProtected(await secondFactors.stateOf(caller.id))) return refuse('wrong-state', 'there is no second factor')
      return reply({ recoveryCodes: [...(await secondFactors.renewRecoveryCodes(caller.id, services.nowMs()))] })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/account/passkey-options',
    summary: 'What to ask the browser for a new passkey with.',
    roles: everyone,
    stepUp: true,
    ...noInput,
    response: NewPasskeyQuestionSchema,
    async handle({ services, caller, headers, address }) {
      if (await isDemoAccount(services, caller.id)) return refuse('demo-account')
      const { signIn } = services
      const nowMs = services.nowMs()
      const party = signIn.relyingParty(headers)
      if (party.kind !== 'named') return refuse('passkeys-need-name')
      const admission = signIn.challengeAttempts.admit(address, caller.id, nowMs)
      if (admission.kind === 'refused') return { ...refuse('too-many-attempts'), retryAfterMs: admission.retryAfterMs }
      const options = await signIn.passkeys.creationOptions(party, caller)
      const token = signIn.challenges.issue({ kind: 'new-passkey', challenge: options.challenge, userId: caller.id }, nowMs)
      return reply({ token, options })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/account/passkeys',
    summary: 'Adds the passkey that the browser made. With the first second factor come recovery codes.',
    roles: everyone,
    stepUp: true,
    ...noInput,
    body: fields({ token: Token, name: PasskeyName, response: NewPasskeyResponseSchema }),
    status: 201,
    response: RecoveryCodesSchema,
    async handle({ services, caller, headers, body: { token, name, response } }) {
      if (await isDemoAccount(services, caller.id)) return refuse('demo-account')
      const { signIn } = services
      const nowMs = services.nowMs()
      const party = signIn.relyingParty(headers)
      if (party.kind !== 'named') return refuse('passkeys-need-name')
      const asked = signIn.challenges.take('new-passkey', token, nowMs)
      if (asked === undefined || asked.userId !== caller.id) return refuse('challenge-over')
      const outcome = await signIn.passkeys.add(party, asked, name.trim(), response, nowMs)
      if (outcome.kind === 'refused') return refuse('wrong-proof')
      if (outcome.kind === 'exists') return refuse('conflict', 'this passkey is known already')
      if (outcome.kind === 'too-many') return refuse('conflict', `an account has at most ${passkeysMax} passkeys`)
      const codes = await signIn.secondFactors.firstRecoveryCodes(caller.id, nowMs)
      return reply({ recoveryCodes: codes === null ? null : [...codes] })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/account/passkeys/:id/rename',
    summary: 'Gives a passkey another name.',
    roles: everyone,
    ...ofOnePasskey,
    body: fields({ name: PasskeyName }),
    response: done,
    async handle({ services, caller, params: { id }, body: { name } }) {
      return (await services.signIn.passkeys.rename(caller.id, id, name.trim())) ? reply({}) : refuse('not-found')
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/account/passkeys/:id/remove',
    summary: 'Takes a passkey away from the account.',
    roles: everyone,
    stepUp: true,
    ...ofOnePasskey,
    response: done,
    async handle({ services, caller, params: { id } }) {
      if (!(await services.signIn.passkeys.remove(caller.id, id))) return refuse('not-found')
      await services.signIn.secondFactors.forgetIdleCodes(caller.id)
      return reply({})
    },
  }),
]
