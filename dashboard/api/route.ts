// What a route is: its address, who may call it, the shapes that go in and out, and its handler. Registration, input
// validation, access and the OpenAPI document are all derived from this one declaration.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Role } from '../../store/book/schema.ts'
import type { Caller, CallerSession } from '../sign-in/sessions.ts'
import { isProved } from '../sign-in/step-up.ts'
import type { EventSink } from './live-hub.ts'
import type { ProblemName } from './problem.ts'
import type { Services } from './services.ts'

export const everyone = ['insurer', 'policyholder', 'maker', 'tester'] as const satisfies readonly Role[]

/** What a handler came to. Refusals are expected outcomes, so they are returned and not thrown. */
export type Reply<Value> =
  | { readonly kind: 'value'; readonly value: Value; readonly cookies?: readonly string[] }
  | { readonly kind: 'file'; readonly contentType: string; readonly fileName: string; readonly bytes: Uint8Array }
  | { readonly kind: 'text'; readonly contentType: string; readonly text: string }
  /** A file that is too long to be held: written piece by piece, no faster than it is taken. */
  | {
      readonly kind: 'stream'
      readonly contentType: string
      readonly fileName: string
      readonly pieces: AsyncIterable<string | Uint8Array>
    }
  | { readonly kind: 'events'; readonly open: (sink: EventSink) => void }
  | Refusal

export interface Refusal {
  readonly kind: 'refused'
  readonly problem: ProblemName
  readonly detail?: string
  readonly retryAfterMs?: number
}

export function reply<Value>(value: Value, cookies?: readonly string[]): Reply<Value> {
  return cookies === undefined ? { kind: 'value', value } : { kind: 'value', value, cookies }
}

/** What was found, or why it was not. */
export function answered<Value extends object>(outcome: Value | Refusal): Reply<Value> {
  return isRefusal(outcome) ? outcome : reply(outcome)
}

function isRefusal(outcome: object): outcome is Refusal {
  return 'kind' in outcome && outcome.kind === 'refused'
}

export function refuse(problem: ProblemName, detail?: string): Refusal {
  return detail === undefined ? { kind: 'refused', problem } : { kind: 'refused', problem, detail }
}

/** A request as it arrived: nothing in it has been checked. */
export interface RawCall {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly headers: Headers
  readonly address: string
  /** Undefined for nobody, and for a caller who has no session. */
  readonly session?: CallerSession | undefined
}

interface Call<Params, Query, Body> {
  readonly services: Services
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly headers: Headers
  readonly address: string
}

export interface RouteAddress {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** As Express writes it, `/api/v1/policies/:id`. */
  readonly path: string
  readonly summary: string
  /** What it refuses with, besides what every route of its kind may; openapi.ts tells it. */
  readonly problems?: readonly ProblemName[]
  /** Of a request's body, where the usual limit is too small. */
  readonly bodyBytesMax?: number
}

interface Shapes<Params, Query, Body, Answer> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly response: Answer
  /** 200 unless something is made. */
  readonly status?: 200 | 201
  /** Of the response; JSON unless said otherwise. */
  readonly contentType?: string
}

type Fields = Type.TObject
type Parsed<Schema extends Type.TSchema> = Type.StaticEncode<Schema>

interface OpenDefinition<Params extends Fields, Query extends Fields, Body extends Fields, Answer extends Type.TSchema>
  extends RouteAddress,
    Shapes<Params, Query, Body, Answer> {
  handle(call: Call<Parsed<Params>, Parsed<Query>, Parsed<Body>>): Promise<Reply<Type.Static<Answer>>>
}

interface GuardedDefinition<Params extends Fields, Query extends Fields, Body extends Fields, Answer extends Type.TSchema>
  extends RouteAddress,
    Shapes<Params, Query, Body, Answer> {
  readonly roles: readonly Role[]
  /** True asks for a proof, not older than `stepUpMsMax`, of who uses the session. */
  readonly stepUp?: boolean
  handle(
    call: Call<Parsed<Params>, Parsed<Query>, Parsed<Body>> & {
      readonly caller: Caller
      readonly session: CallerSession | undefined
    },
  ): Promise<Reply<Type.Static<Answer>>>
}

/** A route as the rest of the server sees it: input is unknown until `answer` has parsed it. */
export interface Route extends RouteAddress, Required<Shapes<Fields, Fields, Fields, Type.TSchema>> {
  readonly access: 'public' | readonly Role[]
  readonly stepUp: boolean
  readonly problems: readonly ProblemName[]
  answer(services: Services, caller: Caller | undefined, raw: RawCall): Promise<Reply<unknown>>
}

const nothing = Type.Object({}, { additionalProperties: false })
/** For routes that take no parameters, no query and no body. */
export const noInput = { params: nothing, query: nothing, body: nothing } as const

/** Fields of a request: anything that is not listed is refused. */
export function fields<Properties extends Type.TProperties>(properties: Properties) {
  return Type.Object(properties, { additionalProperties: false })
}

/** Anyone may call it, signed in or not. */
export function openRoute<Params extends Fields, Query extends Fields, Body extends Fields, Answer extends Type.TSchema>(
  definition: OpenDefinition<Params, Query, Body, Answer>,
): Route {
  const parse = inputParser(definition)
  return {
    ...declared(definition),
    access: 'public',
    stepUp: false,
    async answer(services, _caller, raw) {
      const input = parse(raw)
      return 'problem' in input ? input : definition.handle({ ...input, services, headers: raw.headers, address: raw.address })
    },
  }
}

/** Only the roles listed may call it: nobody gets 401, another role 403. */
export function guardedRoute<Params extends Fields, Query extends Fields, Body extends Fields, Answer extends Type.TSchema>(
  definition: GuardedDefinition<Params, Query, Body, Answer>,
): Route {
  const parse = inputParser(definition)
  const { stepUp = false } = definition
  return {
    ...declared(definition),
    access: definition.roles,
    stepUp,
    async answer(services, caller, raw) {
      if (caller === undefined) return refuse('not-signed-in')
      if (!definition.roles.includes(caller.role)) return refuse('not-allowed')
      if (stepUp && !isProved(raw.session?.provedAtMs, services.nowMs())) return refuse('step-up-needed')
      const input = parse(raw)
      if ('problem' in input) return input
      const { headers, address, session } = raw
      return definition.handle({ ...input, services, caller, headers, address, session })
    },
  }
}

function declared(definition: RouteAddress & Shapes<Fields, Fields, Fields, Type.TSchema>) {
  const { method, path, summary, params, query, body, response, status = 200, contentType = 'application/json' } = definition
  const { bodyBytesMax, problems = [] } = definition
  const limit = bodyBytesMax === undefined ? {} : { bodyBytesMax }
  return { method, path, summary, problems, params, query, body, response, status, contentType, ...limit }
}

function inputParser<Params extends Fields, Query extends Fields, Body extends Fields>(
  shapes: Pick<Shapes<Params, Query, Body, unknown>, 'params' | 'query' | 'body'>,
) {
  const parseParams = fieldParser('path', shapes.params)
  const parseQuery = fieldParser('query', shapes.query)
  const parseBody = fieldParser('body', shapes.body)
  return (raw: RawCall) => {
    const params = parseParams(raw.params)
    if ('problem' in params) return params
    const query = parseQuery(withNumbers(shapes.query, raw.query))
    if ('problem' in query) return query
    const body = parseBody(raw.body ?? {})
    if ('problem' in body) return body
    return { params: params.value, query: query.value, body: body.value }
  }
}

function fieldParser<Schema extends Fields>(place: string, schema: Schema) {
  const validator = Compile(schema)
  return (value: unknown): { readonly value: Parsed<Schema> } | Refusal => {
    if (validator.Check(value)) return { value }
    const [first] = validator.Errors(value).toSorted((a, b) => b.instancePath.length - a.instancePath.length)
    return refuse('bad-request', `${place}${first?.instancePath ?? ''}: ${first?.message ?? 'has the wrong form'}`)
  }
}

const wholeNumber = /^-?\d{1,15}$/

/** Query texts that stand for whole numbers, where the schema wants one. */
function withNumbers(schema: Fields, query: unknown): unknown {
  if (typeof query !== 'object' || query === null) return query
  return Object.fromEntries(
    Object.entries(query).map(([name, value]: [string, unknown]) => {
      const isNumber = Type.IsInteger(schema.properties[name]) && typeof value === 'string' && wholeNumber.test(value)
      return [name, isNumber ? Number(value) : value]
    }),
  )
}
