// The typed client against the route table that it is made of.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { clientShapesSource, clientSource } from '../../dashboard/api/client-source.ts'
import { operationIdOf } from '../../dashboard/api/operation-id.ts'
import { routes } from '../../dashboard/api/routes.ts'

function webFile(name: string): string {
  return readFileSync(new URL(`../../dashboard/web/${name}`, import.meta.url), 'utf8')
}

test('the client is what the route table makes of it: run `npm run client` after changing a route', () => {
  expect(webFile('client.ts')).toBe(clientSource(routes))
  expect(webFile('client-shapes.ts')).toBe(clientShapesSource(routes))
})

test('every operation has a name of its own', () => {
  const names = routes.map(operationIdOf)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
