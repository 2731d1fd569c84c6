// What somebody's premium would be if something were otherwise. Asked with GET, so that it is nowhere recorded what they tried.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { editionOf } from '../../pricing/lifecycle/active-edition.ts'
import { controlsOf } from '../../pricing/what-if/controls.ts'
import { tryChanges } from '../../pricing/what-if/try-changes.ts'
import { WorksheetSchema } from '../../pricing/worksheet.ts'
import { policyOf } from './policies.ts'
import { currentPremiumOf } from './premiums.ts'
import { fields, guardedRoute, noInput, refuse, reply } from './route.ts'
import { throttled } from './throttle.ts'

const ofOne = { ...noInput, params: fields({ id: Type.String({ minLength: 1, maxLength: 128 }) }) } as const
const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const Words = Type.Object({ en: Type.String(), 'zh-CN': Type.String() })
/** A page asks at most ten times a second while something is moved. */
const admit = throttled({ perWindowMax: 300, windowMs: 30_000, trackedMax: 20_000 })
const changesCharactersMax = 2000

export const ControlsSchema = Type.Object({
  currency: Type.String(),
  premiumMinor: Type.Integer(),
  sliders: Type.Array(
    Type.Object({
      id: Type.String(),
      stepId: orNull(Type.String()),
      unit: Type.Enum(['km', 'km-per-year', 'live-days', 'per-1000-km', 'share', 'minutes-per-day', 'tests'] as const),
      min: Type.Number(),
      max: Type.Number(),
      step: Type.Number(),
      now: Type.Number(),
      isMeasured: Type.Boolean(),
    }),
  ),
  classChoices: Type.Array(
    Type.Union([
      Type.Object({
        input: Type.String(),
        kind: Type.Literal('number'),
        min: Type.Number(),
        max: Type.Number(),
        step: Type.Number(),
        now: Type.Number(),
        unit: orNull(Type.String()),
        label: orNull(Words),
      }),
      Type.Object({
        input: Type.String(),
        kind: Type.Literal('level'),
        levels: Type.Array(Type.String()),
        now: Type.String(),
        label: orNull(Words),
      }),
    ]),
  ),
  worksheet: WorksheetSchema,
})

export type WhatIfControls = Type.Static<typeof ControlsSchema>

const changesForm = Compile(
  Type.Record(Type.String({ maxLength: 60 }), Type.Union([Type.Number(), Type.String({ maxLength: 60 })])),
)

export const whatIfRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/what-if',
    summary: 'What can be tried on the policy’s own edition, from where to where, and where the policy stands.',
    roles: ['policyholder'],
    ...ofOne,
    response: ControlsSchema,
    async handle({ services, caller, params }) {
      const policy = await policyOf(services.book, caller, params.id)
      const premium = policy && (await currentPremiumOf(services.book, policy.id))
      const edition = premium && (await editionOf(services.book, premium.worksheet.editionHash))
      if (premium === undefined || edition === undefined) return refuse('not-found')
      const { sliders, classChoices } = controlsOf(edition, premium.facts)
      const { worksheet } = premium
      return reply({
        currency: worksheet.currency,
        premiumMinor: worksheet.premiumMinor,
        sliders: [...sliders],
        classChoices: classChoices.map((choice) =>
          choice.kind === 'level' ? { ...choice, levels: [...choice.levels] } : choice,
        ),
        worksheet: { ...worksheet, steps: [...worksheet.steps] },
      })
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/what-if/worksheet',
    summary: 'The worksheet with what is tried in the place of what was measured or stated. Nothing of it is kept.',
    roles: ['policyholder'],
    ...ofOne,
    query: fields({
      changes: Type.String({
        maxLength: changesCharactersMax,
        description:
          'JSON: values by a slider’s id, or by `class:` and the name of an input, such as {"braking":10,"class:region":"city"}.',
      }),
    }),
    response: WorksheetSchema,
    async handle({ services, caller, params, query }) {
      const admission = admit(services, caller.id)
      if (admission.kind === 'throttled') return { ...refuse('too-many-attempts'), retryAfterMs: admission.retryAfterMs }
      const policy = await policyOf(services.book, caller, params.id)
      const premium = policy && (await currentPremiumOf(services.book, policy.id))
      const edition = premium && (await editionOf(services.book, premium.worksheet.editionHash))
      if (policy === undefined || premium === undefined || edition === undefined) return refuse('not-found')
      const changes = parseJson(query.changes)
      if (!changesForm.Check(changes)) return refuse('bad-request', 'query/changes: values by name, as JSON')
      const outcome = tryChanges(edition, premium.facts, changes)
      if (outcome.kind !== 'tried') return refuse('bad-request', `query/changes: ${outcome.name} is ${outcome.kind}`)
      return reply({ ...outcome.worksheet, policyId: policy.id, steps: [...outcome.worksheet.steps] })
    },
  }),
]

/** Undefined, which JSON cannot say, for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
