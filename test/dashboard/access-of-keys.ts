// Who may call the routes of API keys, and what they are called with: lines of the table in access.test.ts.

import type { Route } from '../../dashboard/api/route.ts'

export const keyAccess: Readonly<Record<string, readonly number[]>> = {
  //                                            nobody anna bert insurer maker tester
  'get /api/v1/keys': /*                     */ [401, 403, 403, 200, 200, 403],
  'post /api/v1/keys': /*                    */ [401, 403, 403, 201, 201, 403],
  // There is no such key.
  'post /api/v1/keys/:id/revoke': /*         */ [401, 403, 403, 404, 404, 403],
  'post /api/v1/keys/:id/restore': /*        */ [401, 403, 403, 404, 404, 403],
}

/** Undefined for every other route. */
export function keyBody({ path }: Pick<Route, 'path'>): unknown {
  return path === '/api/v1/keys' ? { name: 'Partner', role: 'maker', canWrite: false } : undefined
}
