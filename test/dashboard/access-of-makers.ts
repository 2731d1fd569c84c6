// Who may call the routes of devices, their refusals and simulated fleets: lines of the table in access.test.ts.

const watched = [401, 403, 403, 200, 200, 200] as const
/** By the insurer first; what is done once cannot be done again by the maker. */
const once = [401, 403, 403, 200, 409, 403] as const
/** There is no such refusal. */
const noRefusal = [401, 403, 403, 404, 404, 403] as const
const noRun = [401, 403, 403, 403, 403, 404] as const

export const makerAccess: Readonly<Record<string, readonly number[]>> = {
  //                                             nobody anna bert insurer maker tester
  'get /api/v1/edge': watched,
  'get /api/v1/device-activity': watched,
  'get /api/v1/devices/:id': watched,
  'get /api/v1/devices/:id/messages': watched,
  'get /api/v1/devices/:id/live': watched,
  'get /api/v1/devices/:id/connections': watched,
  'get /api/v1/devices/:id/refusals': watched,
  'post /api/v1/devices/:id/secret': /*       */ [401, 403, 403, 200, 200, 403],
  'post /api/v1/devices/:id/secret/undo': once,
  'post /api/v1/devices/:id/revoke': once,
  'post /api/v1/devices/:id/revoke/undo': once,
  // It has a policy, and readings of its kind.
  'post /api/v1/devices/:id/kind': /*         */ [401, 403, 403, 409, 409, 403],
  'post /api/v1/refusals/:id/replay': noRefusal,
  'post /api/v1/refusals/:id/dismiss': noRefusal,
  'post /api/v1/refusals/:id/restore': noRefusal,
  // Nothing here starts processes, so there is no run.
  'post /api/v1/runs': /*                     */ [401, 403, 403, 403, 403, 503],
  'get /api/v1/scenarios': /*                      */ [401, 403, 403, 403, 403, 200],
  'get /api/v1/runs': /*                      */ [401, 403, 403, 403, 403, 200],
  'get /api/v1/runs/:id': noRun,
  'get /api/v1/runs/:id/live': noRun,
  'get /api/v1/runs/:id/score': noRun,
  'post /api/v1/runs/:id/pause': noRun,
  'post /api/v1/runs/:id/resume': noRun,
  'post /api/v1/runs/:id/stop': noRun,
  'post /api/v1/runs/:id/remove': noRun,
  'post /api/v1/runs/:id/keep': noRun,
}

/** What a call needs besides its address; undefined where it is not one of these. */
export function makerBody(path: string): unknown {
  if (path.startsWith('/api/v1/runs/')) return {}
  if (path === '/api/v1/runs') return { vehicles: 1, homes: 1, seed: '7', speed: 1, historyDays: 0, mishaps: false }
  return path === '/api/v1/devices/:id/kind' ? { kind: 'home' } : undefined
}
