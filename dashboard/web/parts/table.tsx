// Tables: one component for every list of figures. A wide one scrolls inside its own frame; on a phone a `stacked` one
// becomes a list of rows with their headings.

import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../language.ts'

export interface Column<Row> {
  readonly key: string
  readonly title: string
  readonly isNumber?: boolean
  readonly cell: (row: Row) => ComponentChildren
  /** What rows are sorted by; a column without it cannot be sorted. */
  readonly sortBy?: (row: Row) => number | string
}

interface TableProps<Row> {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly isStacked?: boolean
}

interface Sorting {
  readonly key: string
  readonly isDescending: boolean
}

export function Table<Row>({ caption, columns, rows, rowKey, isStacked = false }: TableProps<Row>) {
  const sorting = useSignal<Sorting | null>(null)
  const frame = useRef<HTMLElement>(null)
  useEffect(() => {
    // Only a frame that scrolls is a stop for the keyboard, and a place of its own.
    const { current } = frame
    if (current === null || current.scrollWidth <= current.clientWidth) return
    current.tabIndex = 0
    current.ariaLabel = caption
  })
  const sorted = sortRows(rows, columns, sorting.value)
  return (
    <section ref={frame} class={isStacked ? 'table-frame table-stacked' : 'table-frame'}>
      <table>
        <caption class="for-screen-readers">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                class={column.isNumber === true ? 'number' : undefined}
                aria-sort={ariaSort(column, sorting.value)}
              >
                {column.sortBy === undefined ? (
                  column.title
                ) : (
                  <button
                    type="button"
                    class="sort"
                    title={t('book.sort', { column: column.title })}
                    onClick={() => {
                      sorting.value = nextSorting(sorting.value, column.key)
                    }}
                  >
                    {column.title}
                    <span class="sort-arrow" aria-hidden="true">
                      {sorting.value?.key === column.key ? (sorting.value.isDescending ? '↓' : '↑') : ''}
                    </span>
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column, index) => (
                <Cell key={column.key} column={column} row={row} isHead={index === 0} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Cell<Row>({ column, row, isHead }: { readonly column: Column<Row>; readonly row: Row; readonly isHead: boolean }) {
  const className = column.isNumber === true ? 'number' : undefined
  if (isHead)
    return (
      <th scope="row" class={className} data-title={column.title}>
        {column.cell(row)}
      </th>
    )
  return (
    <td class={className} data-title={column.title}>
      {column.cell(row)}
    </td>
  )
}

function nextSorting(current: Sorting | null, key: string): Sorting {
  return { key, isDescending: current?.key === key ? !current.isDescending : false }
}

function ariaSort<Row>(column: Column<Row>, sorting: Sorting | null): 'ascending' | 'descending' | 'none' | undefined {
  if (column.sortBy === undefined) return undefined
  if (sorting?.key !== column.key) return 'none'
  return sorting.isDescending ? 'descending' : 'ascending'
}

function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sorting: Sorting | null): readonly Row[] {
  const sortBy = columns.find((column) => column.key === sorting?.key)?.sortBy
  if (sortBy === undefined || sorting === null) return rows
  const direction = sorting.isDescending ? -1 : 1
  return rows.toSorted((a, b) => direction * compare(sortBy(a), sortBy(b)))
}

function compare(a: number | string, b: number | string): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true })
}
