// How an operation of the API is called by those who do not write addresses: the OpenAPI document and the client made from it.

import type { RouteAddress } from './route.ts'

/** `getPoliciesIdPremium` for `GET /api/v1/policies/:id/premium`. */
export function operationIdOf({ method, path }: Pick<RouteAddress, 'method' | 'path'>): string {
  const words = path.replace(/^\/api\/(v1\/)?/, '').split(/[^A-Za-z0-9]+/)
  return method + words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
}
