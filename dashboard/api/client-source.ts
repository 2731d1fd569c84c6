// Writes the typed client of the web app out of the route table: what every operation takes and answers as TypeScript types, and
// one function that asks. Text in, text out; `npm run client` puts it where it belongs.

import type Type from 'typebox'
import { componentNameOf, componentsOf } from './components.ts'
import { operationIdOf } from './operation-id.ts'
import type { Route } from './route.ts'

/** The client imports from its own folder. */
const here = '.'
const madeBy =
  '// Made by `npm run client` out of the route table; held equal by test/dashboard/client.test.ts. Not written by hand.'

/** The shapes that have a name, for dashboard/web/client-shapes.ts. */
export function clientShapesSource(routes: readonly Route[]): string {
  const roots = described(routes).flatMap(({ params, query, body, response }) => [params, query, body, response])
  const types = [...componentsOf(roots)].map(([name, schema]) => `export type ${name} = ${written(schema)}\n`)
  return `// What the API takes and answers with, by name.\n${madeBy}\n\n${types.join('\n')}`
}

/** The operations and the function that asks for one, for dashboard/web/client.ts. */
export function clientSource(routes: readonly Route[]): string {
  const list = described(routes)
  const operations = list.map((route) => `  /** ${route.summary} */ readonly ${operationIdOf(route)}: ${operationType(route)}\n`)
  const addresses = list.map((route) => `  ${operationIdOf(route)}: '${route.method} ${route.path}',\n`)
  const types = operations.join('')
  const names = [...componentsOf(list.flatMap(rootsOf)).keys()].filter((name) => new RegExp(`\\b${name}\\b`).test(types))
  return `// Every operation of the API with its types, and the one function that asks for it.
${madeBy}

import { ask, type Outcome } from '${here}/api.ts'
import type { ${names.join(', ')} } from '${here}/client-shapes.ts'

export interface Operations {
${types}}

export type OperationName = keyof Operations
export type AnswerOf<Name extends OperationName> = Operations[Name]['answer']

/** What comes besides the operation's own input. */
interface Manner {
  /** Makes asking twice do it once: the same key for the same thing that is wanted. */
  readonly idempotencyKey?: string | undefined
}
type Given<Input> = Record<never, never> extends Input ? [input?: Input & Manner] : [input: Input & Manner]
interface Loose extends Manner {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: unknown
}

const addresses = {
${addresses.join('')}} as const satisfies Readonly<Record<OperationName, string>>

export function call<Name extends OperationName>(
  name: Name,
  ...given: Given<Operations[Name]['input']>
): Promise<Outcome<AnswerOf<Name>>>
export function call(name: OperationName, { params, query, body, idempotencyKey }: Loose = {}): Promise<Outcome<unknown>> {
  const [method = ''] = addresses[name].split(' ')
  const key: Record<string, string> = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }
  const url = addressOf(name, params, query)
  if (method === 'get') return ask(url, {})
  const headers = { 'content-type': 'application/json', ...key }
  return ask(url, { method: method.toUpperCase(), headers, body: JSON.stringify(body ?? {}) })
}

/** Where an operation is, for links and streams. */
export function addressOf(name: OperationName, params: Loose['params'] = {}, query: Loose['query'] = {}): string {
  const [, path = ''] = addresses[name].split(' ')
  const filled = path.replaceAll(/:(\\w+)/g, (_, part: string) => encodeURIComponent(params[part] ?? ''))
  const asked = new URLSearchParams(
    Object.entries(query).flatMap(([field, value]) => (value === undefined ? [] : [[field, String(value)]])),
  ).toString()
  return asked === '' ? filled : \`\${filled}?\${asked}\`
}
`
}

/** Health and metrics are for machines. */
function described(routes: readonly Route[]): readonly Route[] {
  return routes.filter(({ path }) => path.startsWith('/api/'))
}

function rootsOf({ params, query, body, response }: Route): readonly Type.TSchema[] {
  return [params, query, body, response]
}

function operationType(route: Route): string {
  const { params, query, body } = route
  const parts = [inputPart('params', params), inputPart('query', query), inputPart('body', body)].filter((part) => part !== '')
  const input = parts.length === 0 ? 'Record<never, never>' : `{ ${parts.join('; ')} }`
  const answer =
    route.contentType === 'application/json' || route.contentType === 'text/event-stream' ? typeOf(route.response) : 'unknown'
  return `{ readonly input: ${input}; readonly answer: ${answer} }`
}

function inputPart(place: string, schema: Type.TObject): string {
  if (Object.keys(schema.properties).length === 0) return ''
  const needed: readonly unknown[] = schema.required ?? []
  const mark = needed.length === 0 ? '?' : ''
  return `readonly ${place}${mark}: ${typeOf(schema, place !== 'body')}`
}

function typeOf(schema: unknown, isLoose = false): string {
  return componentNameOf(schema) ?? written(schema, isLoose)
}

/** @param isLoose an optional field may be there as undefined */
function written(schema: unknown, isLoose = false): string {
  if (!isRecord(schema)) return 'unknown'
  if (Array.isArray(schema['enum'])) return schema['enum'].map(literal).join(' | ')
  if ('const' in schema) return literal(schema['const'])
  if (Array.isArray(schema['anyOf'])) return [...new Set(schema['anyOf'].map((part: unknown) => typeOf(part)))].join(' | ')
  if (Array.isArray(schema['allOf'])) return schema['allOf'].map((part: unknown) => typeOf(part)).join(' & ')
  switch (schema['type']) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return schema['type']
    case 'integer':
      return 'number'
    case 'array':
      return arrayType(schema)
    case 'object':
      return objectType(schema, isLoose)
    default:
      return 'unknown'
  }
}

/** Not `readonly`, as the schemas' own static types are not: an answer belongs to whoever asked. */
function arrayType({ items }: Readonly<Record<string, unknown>>): string {
  if (Array.isArray(items)) return `[${items.map((item: unknown) => typeOf(item)).join(', ')}]`
  const inner = typeOf(items)
  return /^(\w+|\{.*\})$/.test(inner) && !/\} [|&] \{/.test(inner) ? `${inner}[]` : `(${inner})[]`
}

function objectType(schema: Readonly<Record<string, unknown>>, isLoose: boolean): string {
  const { properties, patternProperties, required } = schema
  if (isRecord(patternProperties)) {
    const [value] = Object.values(patternProperties)
    return `Record<string, ${typeOf(value)}>`
  }
  if (!isRecord(properties)) return 'Readonly<Record<string, unknown>>'
  const needed = new Set<unknown>(Array.isArray(required) ? required : [])
  const fields = Object.entries(properties).map(([name, property]: [string, unknown]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`
    const type = typeOf(property)
    return needed.has(name) ? `${key}: ${type}` : `${key}?: ${type}${isLoose ? ' | undefined' : ''}`
  })
  return fields.length === 0 ? 'Record<never, never>' : `{ ${fields.join('; ')} }`
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value.replaceAll(/['\\]/g, '\\$&')}'` : String(value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
