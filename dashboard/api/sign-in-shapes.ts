// What signing in, an account and its security look like over HTTP. What a browser says of a passkey is only outlined here: it is
// verified byte for byte by the library that it is handed to.

import Type from 'typebox'
import { passwordCharactersMax, passwordCharactersMin } from '../sign-in/accounts.ts'
import type { CreationOptions, RequestOptions } from '../sign-in/passkeys.ts'
import { passkeyNameCharactersMax } from '../sign-in/passkeys.ts'
import { SessionSchema } from './shapes.ts'

/** A signature with its data is some hundred bytes; an attestation with certificates some thousand. */
const passkeyPartMax = 16_384
const tokenMax = 200
/** RFC 5321 §4.5.3.1.3: the longest address. */
const emailCharactersMax = 254
export const nameCharactersMax = 120

const Part = Type.String({ maxLength: passkeyPartMax })
const emptyResults = Type.Object({})

export const Token = Type.String({ minLength: 1, maxLength: tokenMax })
export const Email = Type.String({ minLength: 1, maxLength: emailCharactersMax })
export const PersonName = Type.String({ minLength: 1, maxLength: nameCharactersMax, pattern: '\\S' })
export const PasskeyName = Type.String({ minLength: 1, maxLength: passkeyNameCharactersMax, pattern: '\\S' })
export const LocaleName = Type.Enum(['en', 'zh-CN'] as const)
export const SomePassword = Type.String({ minLength: 1, maxLength: passwordCharactersMax })
export const NewPassword = Type.String({ minLength: passwordCharactersMin, maxLength: passwordCharactersMax })
/** Spaces are allowed, as apps show codes in two groups. */
export const Code = Type.String({ minLength: 1, maxLength: 16 })
export const RecoveryCode = Type.String({ minLength: 1, maxLength: 64 })

export const PasskeyResponseSchema = Type.Object({
  id: Part,
  rawId: Part,
  type: Type.Literal('public-key'),
  clientExtensionResults: emptyResults,
  response: Type.Object({
    clientDataJSON: Part,
    authenticatorData: Part,
    signature: Part,
    userHandle: Type.Optional(Part),
  }),
})

export const NewPasskeyResponseSchema = Type.Object({
  id: Part,
  rawId: Part,
  type: Type.Literal('public-key'),
  clientExtensionResults: emptyResults,
  response: Type.Object({
    clientDataJSON: Part,
    attestationObject: Part,
    transports: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 10 })),
  }),
})

export const PasskeyAnswerSchema = Type.Object(
  { token: Token, response: PasskeyResponseSchema },
  { additionalProperties: false, description: 'What the browser said to the options that came with the token.' },
)

/** One of them. */
export const proofFields = {
  code: Type.Optional(Code),
  recoveryCode: Type.Optional(RecoveryCode),
  passkey: Type.Optional(PasskeyAnswerSchema),
} as const

const ProofKindSchema = Type.Enum(['password', 'code', 'recovery-code', 'passkey'] as const)
export type ProofKind = Type.Static<typeof ProofKindSchema>

export const SignedInSchema = Type.Union([
  SessionSchema,
  Type.Object({
    secondFactor: Type.Object({
      token: Type.String({ description: 'To come with the second factor, within five minutes.' }),
      proofs: Type.Array(ProofKindSchema),
    }),
  }),
])
export type SignedIn = Type.Static<typeof SignedInSchema>

export const PasskeyQuestionSchema = Type.Object({
  token: Type.String(),
  options: Type.Unsafe<RequestOptions>(Type.Object({}, { description: 'PublicKeyCredentialRequestOptions as JSON.' })),
})
export type PasskeyQuestion = Type.Static<typeof PasskeyQuestionSchema>

export const NewPasskeyQuestionSchema = Type.Object({
  token: Type.String(),
  options: Type.Unsafe<CreationOptions>(Type.Object({}, { description: 'PublicKeyCredentialCreationOptions as JSON.' })),
})
export type NewPasskeyQuestion = Type.Static<typeof NewPasskeyQuestionSchema>

export const StepUpSchema = Type.Object({
  provedUntilMs: Type.Integer({ description: 'Until then nobody is asked again.' }),
  proofs: Type.Array(ProofKindSchema, { description: 'What this account may prove it with.' }),
})
export type StepUp = Type.Static<typeof StepUpSchema>

export const PasskeySchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  createdAtMs: Type.Integer(),
  lastUsedAtMs: Type.Union([Type.Integer(), Type.Null()]),
  isBackedUp: Type.Boolean({
    description: 'Kept by an account with the maker of the device, or a password manager, so that it outlives the device.',
  }),
  isSuspect: Type.Boolean({ description: 'Somebody may have copied it: it is not taken any more.' }),
})

export const AccountSchema = Type.Object({
  user: SessionSchema.properties.user,
  createdAtMs: Type.Integer(),
  isDemo: Type.Boolean(),
  totpSinceMs: Type.Union([Type.Integer(), Type.Null()]),
  recoveryCodesLeft: Type.Integer(),
  passkeys: Type.Array(PasskeySchema),
  passkeysHere: Type.Object({
    kind: Type.Enum(['named', 'needs-name', 'needs-https'] as const),
    openAt: Type.Optional(Type.String({ description: 'Where this server is reached by a name.' })),
  }),
  /** Insurers decide about others’ money. */
  isAdvised: Type.Boolean({ description: 'Whether somebody of this role should have a second factor, and has none.' }),
})
export type Account = Type.Static<typeof AccountSchema>

export const ListedSessionSchema = Type.Object({
  id: Type.String(),
  browser: Type.String({ description: 'Empty when it is none that is known.' }),
  system: Type.String(),
  openedAtMs: Type.Integer(),
  seenAtMs: Type.Integer(),
  isThisOne: Type.Boolean(),
})
export type ListedSession = Type.Static<typeof ListedSessionSchema>

export const RecoveryCodesSchema = Type.Object({
  recoveryCodes: Type.Union([Type.Array(Type.String()), Type.Null()], { description: 'Shown now and never again.' }),
})
export type RecoveryCodes = Type.Static<typeof RecoveryCodesSchema>
