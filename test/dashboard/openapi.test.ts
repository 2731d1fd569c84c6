// The OpenAPI description against the route table it is made from.

import { expect, test } from 'vitest'
import { describeApi } from '../../dashboard/api/openapi.ts'
import { problems } from '../../dashboard/api/problem.ts'
import { routes } from '../../dashboard/api/routes.ts'

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly security: readonly unknown[]
  readonly parameters: readonly {
    readonly name: string
    readonly in: string
    readonly required: boolean
    readonly schema: unknown
  }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> }
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content: Readonly<Record<string, unknown>> }>
  >
}
interface Description {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}

const text = JSON.stringify(describeApi(routes, '1.0.0'))
const description: Description = JSON.parse(text)
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

test('the description covers every route and nothing else', () => {
  const described = operations.map(({ method, path }) => `${method} ${path}`).sort()
  expect(described).toEqual(routes.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`).sort())
  expect(description.openapi).toMatch(/^3\.1\./)
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length)
})

test('every parameter of a path is declared, and every operation says what it answers', () => {
  for (const { path, operation } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const declared = operation.parameters.filter((parameter) => parameter.in === 'path')
    expect(declared.map((parameter) => parameter.name)).toEqual(inPath)
    expect(declared.every((parameter) => parameter.required)).toBe(true)
    expect(operation.summary).toMatch(/\.$/)
    const [success] = Object.keys(operation.responses).filter((status) => status.startsWith('2'))
    expect(success).toBeDefined()
    for (const response of Object.values(operation.responses)) {
      expect(response.description).not.toBe('')
      expect(Object.keys(response.content)).toHaveLength(1)
    }
  }
})

test('a problem that a route declares is among its answers', () => {
  const declared = routes.filter((route) => route.problems.length > 0)
  expect(declared.length).toBeGreaterThan(10)
  for (const route of declared) {
    const operation = description.paths[route.path.replaceAll(/:(\w+)/g, '{$1}')]?.[route.method]
    for (const name of route.problems) expect(Object.keys(operation?.responses ?? {})).toContain(String(problems[name].status))
  }
})

test('every reference leads somewhere, and what is for everybody says so', () => {
  const names = Object.keys(description.components.schemas)
  expect(names).toEqual(expect.arrayContaining(['Policy', 'Premium', 'TripDetail', 'Problem', 'LiveEvent']))
  for (const [, name] of text.matchAll(/"\$ref":"([^"]+)"/g)) expect(names).toContain(name?.replace('#/components/schemas/', ''))
  for (const { method, path, operation } of operations) {
    const route = routes.find((one) => one.method === method && one.path.replaceAll(/:(\w+)/g, '{$1}') === path)
    expect(operation.security.length).toBe(route?.access === 'public' ? 0 : 1)
  }
})

test('shapes that have a name are referred to by it', () => {
  const policies = description.paths['/api/v1/policies']?.['get']?.responses['200']?.content['application/json']
  expect(policies).toMatchObject({
    schema: { properties: { items: { type: 'array', items: { $ref: '#/components/schemas/Policy' } } } },
  })
})
