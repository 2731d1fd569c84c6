// The insurer's book: its lines page by page, the sums of a filter, the book at a glance, a filter as CSV, and saved views.

import Type from 'typebox'
import { isLocale, locales } from '../messages/locale.ts'
import { bookCsv } from './book-csv.ts'
import { pageOfBook, sumsOfBook } from './book-list.ts'
import { overviewOfBook } from './book-overview.ts'
import {
  BookLineSchema,
  BookOverviewSchema,
  BookSummarySchema,
  BookViewSchema,
  bookFilterFields,
  bookOrderFields,
} from './book-shapes.ts'
import { changeView, chooseDefaultView, keepView, setViewDeleted, viewsOf } from './book-views.ts'
import { listOrder, pageOf, pageOfItems, pageQuery } from './page.ts'
import { fields, guardedRoute, noInput, refuse, reply } from './route.ts'

const roles = ['insurer'] as const
/** No book is longer; a place beyond its end is an empty page. */
const placeMax = 10_000_000
const ViewId = Type.String({ minLength: 1, maxLength: 64 })
const viewContent = fields({
  name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
  query: Type.String({ maxLength: 2000, description: 'As the address of the page holds it.' }),
  isShared: Type.Boolean({ description: 'Colleagues of the same insurer see it too.' }),
})
const viewOrder = listOrder('book views', Type.Tuple([Type.String()]))

export const bookRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/book',
    summary:
      'Lines of the book that a filter lets through, in any order, page by page: after a cursor or from a place in the list.',
    roles,
    ...noInput,
    query: fields({
      ...bookFilterFields,
      ...bookOrderFields,
      ...pageQuery,
      at: Type.Optional(Type.Integer({ minimum: 0, maximum: placeMax, description: 'How many lines to pass over first.' })),
    }),
    response: pageOf(BookLineSchema),
    async handle({ services, caller, query }) {
      const page = await pageOfBook(services.book, caller.insurerId, query, services.nowMs())
      return 'kind' in page ? page : reply(page)
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/book/summary',
    summary: 'How many policies a filter lets through, and what they pay together.',
    roles,
    ...noInput,
    query: fields(bookFilterFields),
    response: BookSummarySchema,
    handle: async ({ services, caller, query }) =>
      reply(await sumsOfBook(services.book, caller.insurerId, query, services.nowMs())),
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/book/overview',
    summary: 'The book at a glance: premiums against class prices, plans, data quality, and what needs somebody today.',
    roles,
    ...noInput,
    response: BookOverviewSchema,
    handle: async ({ services, caller }) => reply(await overviewOfBook(services.book, caller.insurerId, services.nowMs())),
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/book/lines.csv',
    summary: 'Every line that a filter lets through, as CSV.',
    roles,
    ...noInput,
    query: fields({ ...bookFilterFields, ...bookOrderFields, locale: Type.Optional(Type.Enum(locales)) }),
    response: Type.Unknown(),
    contentType: 'text/csv',
    async handle({ services, caller, query: { locale, ...query } }) {
      const own = isLocale(caller.locale) ? caller.locale : 'en'
      const pieces = bookCsv(services.book, caller.insurerId, query, locale ?? own, services.nowMs())
      return { kind: 'stream', contentType: 'text/csv; charset=utf-8', fileName: 'merit-book.csv', pieces }
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/book/views',
    summary: 'Saved views of the book: one’s own, and those that colleagues share.',
    roles,
    ...noInput,
    query: fields(pageQuery),
    response: pageOf(BookViewSchema),
    async handle({ services, caller, query }) {
      const page = pageOfItems(viewOrder, await viewsOf(services.book, caller), ({ id }) => id, query)
      return 'kind' in page ? page : reply(page)
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/book/views',
    summary: 'Saves a view.',
    roles,
    ...noInput,
    body: viewContent,
    status: 201,
    response: BookViewSchema,
    async handle({ services, caller, body }) {
      const kept = await keepView(services.book, caller, body, services.nowMs())
      if (kept.kind === 'kept') return reply(kept.view)
      return kept.kind === 'too-many' ? refuse('bad-request', 'body: there are too many views already') : refuse('not-found')
    },
  }),
  guardedRoute({
    method: 'put',
    path: '/api/v1/book/views/:id',
    summary: 'Changes a view of one’s own.',
    roles,
    ...noInput,
    params: fields({ id: ViewId }),
    body: viewContent,
    response: BookViewSchema,
    async handle({ services, caller, params, body }) {
      const view = await changeView(services.book, caller, params.id, body)
      return view === undefined ? refuse('not-found') : reply(view)
    },
  }),
  guardedRoute({
    method: 'delete',
    path: '/api/v1/book/views/:id',
    summary: 'Takes out a view of one’s own; for a day it can be taken back.',
    roles,
    ...noInput,
    params: fields({ id: ViewId }),
    response: Type.Object({ id: Type.String() }),
    async handle({ services, caller, params: { id } }) {
      return (await setViewDeleted(services.book, caller, id, services.nowMs())) ? reply({ id }) : refuse('not-found')
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/book/views/:id/restore',
    summary: 'Takes back a view that was taken out.',
    roles,
    ...noInput,
    params: fields({ id: ViewId }),
    response: Type.Object({ id: Type.String() }),
    async handle({ services, caller, params: { id } }) {
      return (await setViewDeleted(services.book, caller, id, null)) ? reply({ id }) : refuse('not-found')
    },
  }),
  guardedRoute({
    method: 'put',
    path: '/api/v1/book/default-view',
    summary: 'Chooses the view that the book opens with; null for the whole book.',
    roles,
    ...noInput,
    body: fields({ id: Type.Union([ViewId, Type.Null()]) }),
    response: Type.Object({ id: Type.Union([Type.String(), Type.Null()]) }),
    async handle({ services, caller, body: { id } }) {
      return (await chooseDefaultView(services.book, caller, id)) ? reply({ id }) : refuse('not-found')
    },
  }),
] as const
