// Who may call what a policyholder decides for themselves: what if, messages, settings, privacy; and the check of a statement, which
// is anybody's.

import type { Route } from '../../dashboard/api/route.ts'

export const personAccess: Readonly<Record<string, readonly number[]>> = {
  //                                                        nobody anna bert insurer maker tester
  'get /api/v1/policies/:id/what-if': /*                 */ [401, 200, 404, 403, 403, 403],
  'get /api/v1/policies/:id/what-if/worksheet': /*       */ [401, 200, 404, 403, 403, 403],
  'get /api/v1/messages': /*                             */ [401, 200, 200, 403, 403, 403],
  'get /api/v1/messages/unread': /*                      */ [401, 200, 200, 403, 403, 403],
  'post /api/v1/messages/marks': /*                      */ [401, 200, 200, 403, 403, 403],
  'get /api/v1/settings': /*                             */ [401, 200, 200, 403, 403, 403],
  'post /api/v1/settings': /*                            */ [401, 200, 200, 403, 403, 403],
  'get /api/v1/policies/:id/privacy': /*                 */ [401, 200, 404, 403, 403, 403],
  'post /api/v1/policies/:id/collecting': /*             */ [401, 200, 404, 403, 403, 403],
  'post /api/v1/policies/:id/erasure': /*                */ [401, 201, 404, 403, 403, 403],
  'post /api/v1/policies/:id/erasure/undo': /*           */ [401, 200, 404, 403, 403, 403],
  'get /api/v1/policies/:id/export.zip': /*              */ [401, 200, 404, 403, 403, 403],
  'get /api/v1/policies/:id/export-progress': /*         */ [401, 200, 404, 403, 403, 403],
  'get /api/v1/verify/:code': /*                         */ [200, 200, 200, 200, 200, 200],
}

/** What the address needs besides its path. */
export function personQuery({ path }: Route): string {
  if (path.endsWith('/what-if/worksheet')) return '?changes=%7B%22braking%22%3A5%7D'
  return path.endsWith('/export-progress') ? '?ticket=12345678' : ''
}

export function personBody({ path }: Route): unknown {
  if (path.endsWith('/messages/marks')) return { ids: ['privacy:none'], isRead: true }
  if (path.endsWith('/collecting')) return { isPaused: true }
  if (path === '/api/v1/settings')
    return { muted: ['goal'], quietFromHour: 22, quietToHour: 7, units: 'mi', degrees: 'f', opening: 'messages', locale: 'en' }
  return undefined
}
