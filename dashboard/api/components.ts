// The schemas of the API that have a name of their own, by the name they are exported under. A schema that a route makes up for
// itself is given one by its `title`, such as `title: 'MonthQuality'`.

import type Type from 'typebox'
import * as bookShapes from './book-shapes.ts'
import * as disputeShapes from './dispute-shapes.ts'
import * as editionShapes from './edition-shapes.ts'
import * as replayShapes from './replay-shapes.ts'
import * as scoreShapes from './score-shapes.ts'
import * as shapes from './shapes.ts'
import * as tripQualityShapes from './trip-quality-shapes.ts'

const modules = [shapes, bookShapes, disputeShapes, editionShapes, replayShapes, scoreShapes, tripQualityShapes]

/** Of two names for one schema the shorter is its own. */
const exported: ReadonlyMap<unknown, string> = new Map(
  modules
    .flatMap((module) => Object.entries(module))
    .filter(([name]) => name.endsWith('Schema'))
    .sort(([a], [b]) => b.length - a.length || (a < b ? -1 : 1))
    .map(([name, value]: [string, unknown]) => [value, name.replace(/Schema$/, '')]),
)

const nameForm = /^[A-Z][A-Za-z0-9]+$/

/** Undefined for a schema without one. */
export function componentNameOf(schema: unknown): string | undefined {
  const name = exported.get(schema)
  if (name !== undefined || typeof schema !== 'object' || schema === null) return name
  return 'title' in schema && typeof schema.title === 'string' && nameForm.test(schema.title) ? schema.title : undefined
}

/** Every named schema that these lead to, in order of name. */
export function componentsOf(roots: readonly Type.TSchema[]): ReadonlyMap<string, object> {
  const found = new Map<string, object>()
  const visit = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return
    const name = componentNameOf(schema)
    if (name !== undefined) {
      if (found.has(name)) return
      found.set(name, schema)
    }
    for (const part of Object.values(schema)) visit(part)
  }
  for (const root of roots) visit(root)
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}
