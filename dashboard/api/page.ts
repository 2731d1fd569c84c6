// Lists come in pages: `{ items, next }`, asked for with `?cursor=&limit=`. A cursor is the sort key of the last item shown, named
// by its list and parsed like any other input, so that items which come or go meanwhile move nothing.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { type Refusal, refuse } from './route.ts'

/** Fills a desk's screen twice. */
export const pageItemsUsual = 50
/** Of one answer, so that none takes long; whoever wants more asks for the next page. */
export const pageItemsMax = 200
/** Far above any key: two ids of 128 characters and an instant. */
const cursorCharactersMax = 800

/** The query of every list. */
export const pageQuery = {
  cursor: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: cursorCharactersMax,
      pattern: '^[A-Za-z0-9_-]+$',
      description: 'Where to go on: the `next` of the page before.',
    }),
  ),
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: pageItemsMax,
      description: `Items on a page; ${pageItemsUsual} unless said otherwise.`,
    }),
  ),
} as const

export interface PageQuery {
  readonly cursor?: string
  readonly limit?: number
}

/** What a list answers with. */
export function pageOf<Item extends Type.TSchema>(item: Item) {
  return Type.Object({
    items: Type.Array(item),
    next: Type.Union([Type.String(), Type.Null()], { description: 'The cursor of the next page; null on the last.' }),
  })
}

export interface Page<Item> {
  readonly items: Item[]
  readonly next: string | null
}

/** The place in a list after which a page begins; no key means at the start. One more than `limit` is to be read. */
export interface Start<Key> {
  readonly kind: 'start'
  readonly after: Key | undefined
  readonly limit: number
}

export interface ListOrder<Key> {
  /** A cursor of another list, or one that somebody wrote, is refused. */
  start(query: PageQuery): Start<Key> | Refusal
  /** Of the rows that were read, those to show, and the cursor when one more was there. */
  cut<Row>(
    rows: readonly Row[],
    limit: number,
    keyOf: (row: Row) => Key,
  ): { readonly rows: readonly Row[]; readonly next: string | null }
}

/**
 * @param name of the list in this order; two orders of one list have two names
 * @param key the columns it is sorted by, the last of them unique
 */
export function listOrder<Key extends Type.TTuple>(name: string, key: Key): ListOrder<Type.Static<Key>> {
  const cursorForm = Compile(Type.Object({ in: Type.Literal(name), after: Type.Unknown() }, { additionalProperties: false }))
  const keyForm = Compile(key)
  return {
    start({ cursor, limit = pageItemsUsual }) {
      if (cursor === undefined) return { kind: 'start', after: undefined, limit }
      const read = readCursor(cursor)
      if (!cursorForm.Check(read) || !keyForm.Check(read.after))
        return refuse('bad-request', 'query/cursor: is not a cursor of this list; begin again without one')
      return { kind: 'start', after: read.after, limit }
    },
    cut(rows, limit, keyOf) {
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      return { rows: shown, next: rows.length > limit && last !== undefined ? writeCursor(name, keyOf(last)) : null }
    },
  }
}

/** A list that is whole in memory: small by nature, and in an order of its own. */
export function pageOfItems<Item>(
  order: ListOrder<[string]>,
  items: readonly Item[],
  idOf: (item: Item) => string,
  query: PageQuery,
): Page<Item> | Refusal {
  const start = order.start(query)
  if (start.kind === 'refused') return start
  const { after, limit } = start
  const from = after === undefined ? 0 : items.findIndex((item) => idOf(item) === after[0]) + 1
  if (after !== undefined && from === 0) return { items: [], next: null }
  const { rows, next } = order.cut(items.slice(from, from + limit + 1), limit, (item) => [idOf(item)])
  return { items: [...rows], next }
}

function writeCursor(name: string, after: unknown): string {
  return Buffer.from(JSON.stringify({ in: name, after })).toString('base64url')
}

function readCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
