// The OpenAPI 3.1 description of the API, derived from the route table. The schemas are the ones that check every request.

import type Type from 'typebox'
import { componentNameOf, componentsOf } from './components.ts'
import { operationIdOf } from './operation-id.ts'
import { problems } from './problem.ts'
import type { Route } from './route.ts'
import { ProblemSchema } from './shapes.ts'

type Json = Readonly<Record<string, unknown>>

const problemSchema = { $ref: '#/components/schemas/Problem' }

export function describeApi(routes: readonly Route[], version: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Merit',
      version,
      description:
        'Behaviour-based insurance: policies, premiums with their worksheets, trips, devices. Amounts are integer minor units of their currency, instants are epoch milliseconds. Sign in first; the session is a cookie.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths: describePaths(routes),
    components: {
      schemas: Object.fromEntries([...componentsOf(rootsOf(routes))].map(([name, schema]) => [name, expand(schema)])),
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'merit.session_token' } },
    },
  }
}

function rootsOf(routes: readonly Route[]): readonly Type.TSchema[] {
  return [ProblemSchema, ...routes.flatMap(({ params, query, body, response }) => [params, query, body, response])]
}

function describePaths(routes: readonly Route[]): Json {
  const byPath = Map.groupBy(routes, (route) => route.path.replaceAll(/:(\w+)/g, '{$1}'))
  return Object.fromEntries(
    [...byPath].map(([path, list]) => [path, Object.fromEntries(list.map((route) => [route.method, describeRoute(route)]))]),
  )
}

function describeRoute(route: Route): Json {
  const body = Object.keys(route.body.properties).length === 0 ? undefined : route.body
  return {
    operationId: operationIdOf(route),
    summary: route.summary,
    ...(route.access === 'public'
      ? { security: [] }
      : {
          description: `For: ${route.access.join(', ')}.${route.stepUp ? ' Asks for a proof, not older than ten minutes, of who uses the session.' : ''}`,
          security: [{ session: [] }],
        }),
    parameters: [...parametersIn('path', route.params), ...parametersIn('query', route.query)],
    ...(body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: refer(body) } } } }),
    responses: {
      [route.status]: { description: 'As asked.', content: { [route.contentType]: { schema: refer(route.response) } } },
      ...describeProblems(route),
    },
  }
}

function describeProblems(route: Route): Json {
  const statuses = new Set([
    problems['bad-request'].status,
    ...(route.access === 'public' ? [] : [problems['not-signed-in'].status, problems['not-allowed'].status]),
    ...(route.path.includes(':') ? [problems['not-found'].status] : []),
    ...(route.method === 'get' ? [] : [problems['cross-site'].status, problems['too-large'].status]),
    ...(route.stepUp ? [problems['step-up-needed'].status] : []),
    ...route.problems.map((name) => problems[name].status),
  ])
  const content = { 'application/problem+json': { schema: problemSchema } }
  return {
    ...Object.fromEntries([...statuses].map((status) => [status, { description: titleOf(status), content }])),
    default: { description: 'Any other problem.', content },
  }
}

function titleOf(status: number): string {
  return Object.values(problems).find((problem) => problem.status === status)?.title ?? 'A problem.'
}

function parametersIn(place: 'path' | 'query', schema: Type.TObject): readonly Json[] {
  const required: readonly string[] = schema.required ?? []
  return Object.entries(schema.properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: refer(property),
  }))
}

/** A schema that has a name is referred to; the rest is written out. */
function refer(schema: unknown): unknown {
  const name = componentNameOf(schema)
  return name === undefined ? expand(schema) : { $ref: `#/components/schemas/${name}` }
}

function expand(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(refer)
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(Object.entries(schema).map(([key, value]: [string, unknown]) => [key, refer(value)]))
}
