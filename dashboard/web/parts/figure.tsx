// A picture of data: the picture, its caption in words, and a table of the same data for whoever prefers or needs it.

import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { t } from '../language.ts'
import { type Column, Table } from './table.tsx'

interface FigureProps<Row> {
  readonly title: string
  readonly caption: ComponentChildren
  readonly children: ComponentChildren
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** The words before the picture instead of below it. */
  readonly isCaptionFirst?: boolean
}

export function Figure<Row>({ title, caption, children, columns, rows, rowKey, isCaptionFirst = false }: FigureProps<Row>) {
  const isOpen = useSignal(false)
  const words = <figcaption class="figure-caption">{caption}</figcaption>
  return (
    <figure class="figure">
      {isCaptionFirst ? words : null}
      {children}
      {isCaptionFirst ? null : words}
      <details
        class="figure-table"
        onToggle={(event) => {
          isOpen.value = event.currentTarget.open
        }}
      >
        <summary>{t('app.show-table')}</summary>
        {isOpen.value ? <Table caption={title} columns={columns} rows={rows} rowKey={rowKey} /> : null}
      </details>
    </figure>
  )
}
