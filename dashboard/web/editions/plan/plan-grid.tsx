// A table of a plan as a grid: each cell is a place in the draft's document, shown beside what it was and with what is wrong there.

import type { ComponentChildren } from 'preact'
import { minorPerUnit } from '../../../messages/format.ts'
import { counterpart } from './counterpart.ts'
import { type CellEdit, Grid, type GridCell, type GridRow } from './grid.tsx'
import { type CellKind, cellText, cellValue } from './grid-text.ts'
import { at, isMembers, type Json, type Path, pointerOf, put, textAt } from './json-tree.ts'

/** What the whole editor works on. */
export interface PlanView {
  readonly document: Json
  /** The edition in force, which differences are shown against. */
  readonly base: Json | undefined
  readonly problems: readonly { readonly path: string; readonly text: string }[]
  readonly isEditable: boolean
  readonly edit: (document: Json, about?: string) => void
}

export interface CellPlace {
  readonly kind: CellKind
  readonly path: Path
  readonly isFixed?: boolean
  /** In place of what the document has there. */
  readonly shown?: string
}

export interface PlaceRow {
  readonly key: string
  readonly head: string
  /** Problems of the row as a whole are said in its first cell. */
  readonly path?: Path
  readonly places: readonly CellPlace[]
}

interface PlanGridProps {
  readonly view: PlanView
  readonly caption: string
  readonly headTitle: string
  readonly columns: readonly string[]
  readonly rows: readonly PlaceRow[]
  readonly rowActions?: (row: number) => ComponentChildren
}

export function PlanGrid({ view, caption, headTitle, columns, rows, rowActions }: PlanGridProps) {
  const minor = minorOf(view.document)
  const problems = new Map(view.problems.map(({ path, text }) => [path, text]))
  const gridRows = rows.map(({ key, head, path, places }): GridRow => {
    const ofRow = path === undefined ? undefined : problems.get(pointerOf(path))
    return {
      key,
      head,
      cells: places.map((place, index) => cellAt(view, place, minor, problems, index === 0 ? ofRow : undefined)),
    }
  })
  const onEdit = (edits: readonly CellEdit[]): void => {
    let document = view.document
    for (const { row, column, text } of edits) {
      const place = rows[row]?.places[column]
      if (place === undefined || place.isFixed === true) continue
      document = withoutEmptyLabel(put(document, place.path, cellValue(place.kind, text, minor)), place.path)
    }
    view.edit(document)
  }
  return (
    <Grid
      caption={caption}
      headTitle={headTitle}
      columns={columns}
      rows={gridRows}
      isEditable={view.isEditable}
      onEdit={onEdit}
      {...(rowActions === undefined ? {} : { rowActions })}
    />
  )
}

export function minorOf(document: Json): number {
  const currency = textAt(document, ['currency'])
  return /^[A-Z]{3}$/.test(currency) ? minorPerUnit(currency) : 100
}

function cellAt(
  { document, base }: PlanView,
  { kind, path, isFixed, shown }: CellPlace,
  minor: number,
  problems: ReadonlyMap<string, string>,
  rowProblem: string | undefined,
): GridCell {
  const text = shown ?? cellText(kind, at(document, path), minor)
  const problem = problems.get(pointerOf(path)) ?? rowProblem
  const old = isFixed === true || base === undefined ? undefined : oldText(document, base, path, kind, minor)
  return {
    text,
    isNumber: kind !== 'text',
    ...(isFixed === true ? { isFixed } : {}),
    ...(old === undefined || old === text ? {} : { old }),
    ...(problem === undefined ? {} : { problem }),
  }
}

/** Null where the edition in force has no such place. */
function oldText(document: Json, base: Json, path: Path, kind: CellKind, minor: number): string | null | undefined {
  const there = counterpart(document, base, path)
  const value = there === undefined ? undefined : at(base, there)
  if (value !== undefined) return cellText(kind, value, minor)
  return at(document, path) === undefined ? undefined : null
}

/** A label without a word in any language is none. */
function withoutEmptyLabel(document: Json, path: Path): Json {
  if (path.at(-2) !== 'label') return document
  const label = at(document, path.slice(0, -1))
  const isEmpty = isMembers(label) && Object.values(label).every((words) => words === '')
  return isEmpty ? put(document, path.slice(0, -1), undefined) : document
}
