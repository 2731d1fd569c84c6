// Who may call the routes of the insurer's book, what they are called with, and a view that is there to be changed.

import type { Route } from '../../dashboard/api/route.ts'
import type { Book } from '../../store/book/schema.ts'
import { people } from './running-dashboard.ts'

export const bookAccess: Readonly<Record<string, readonly number[]>> = {
  //                                             nobody anna bert insurer maker tester
  'get /api/v1/book': /*                      */ [401, 403, 403, 200, 403, 403],
  'get /api/v1/book/summary': /*              */ [401, 403, 403, 200, 403, 403],
  'get /api/v1/book/overview': /*             */ [401, 403, 403, 200, 403, 403],
  'get /api/v1/book/lines.csv': /*            */ [401, 403, 403, 200, 403, 403],
  'get /api/v1/book/views': /*                */ [401, 403, 403, 200, 403, 403],
  'post /api/v1/book/views': /*               */ [401, 403, 403, 201, 403, 403],
  'put /api/v1/book/views/:id': /*            */ [401, 403, 403, 200, 403, 403],
  'delete /api/v1/book/views/:id': /*         */ [401, 403, 403, 200, 403, 403],
  'post /api/v1/book/views/:id/restore': /*   */ [401, 403, 403, 200, 403, 403],
  'put /api/v1/book/default-view': /*         */ [401, 403, 403, 200, 403, 403],
}

/** Under the id that the table of routes asks for where it knows no other. */
export async function viewAtHand(book: Book, id: string): Promise<void> {
  const owner = await book.selectFrom('user').select('id').where('email', '=', people.insurer.email).executeTakeFirstOrThrow()
  const view = { id, insurer_id: 'merit', user_id: owner.id, name: 'Mine', query: '', created_at_ms: 0, deleted_at_ms: null }
  await book
    .insertInto('book_views')
    .values({ ...view, is_shared: 0 })
    .execute()
}

/** Undefined for every other route. */
export function bookBody({ path, method }: Pick<Route, 'path' | 'method'>): unknown {
  if (path === '/api/v1/book/default-view') return { id: null }
  const isView = path === '/api/v1/book/views' || (path === '/api/v1/book/views/:id' && method === 'put')
  return isView ? { name: 'Homes', query: 'product=home', isShared: true } : undefined
}
