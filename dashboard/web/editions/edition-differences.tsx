// How an edition differs from the one it was made from, cell by cell.

import type { EditionDifference } from '../../api/edition-shapes.ts'
import { formatNumber, formatPercent } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { editionDifference } from './edition-resources.ts'

export type CellChange = EditionDifference['changes'][number]

export function EditionDifferences({ id }: { readonly id: string }) {
  return (
    <Show from={editionDifference(id)} lines={3}>
      {({ before, changes }) => (
        <Section
          title={t('edition.difference')}
          note={changes.length === 0 ? null : t('edition.difference.note', { title: before.title, count: changes.length })}
        >
          {changes.length === 0 ? (
            <p>{t('edition.difference.none', { title: before.title })}</p>
          ) : (
            <ChangesTable changes={changes} />
          )}
        </Section>
      )}
    </Show>
  )
}

export function ChangesTable({ changes }: { readonly changes: readonly CellChange[] }) {
  return (
    <Table
      caption={t('edition.difference')}
      columns={changeColumns()}
      rows={changes}
      rowKey={({ table, level, column }) => `${table} ${level} ${column}`}
    />
  )
}

function changeColumns(): readonly Column<CellChange>[] {
  const cell = (value: string | number | null): string =>
    value === null ? '–' : typeof value === 'number' ? formatNumber(value, locale.value, 6) : value
  return [
    { key: 'table', title: t('edition.change.table'), cell: ({ table }) => table },
    {
      key: 'level',
      title: t('edition.change.level'),
      cell: ({ level, column }) => (level === '' ? column : `${level}, ${column}`),
    },
    { key: 'before', title: t('edition.change.before'), isNumber: true, cell: ({ before }) => cell(before) },
    { key: 'after', title: t('edition.change.after'), isNumber: true, cell: ({ after }) => cell(after) },
    {
      key: 'change',
      title: t('edition.change.change'),
      isNumber: true,
      cell: ({ change }) => (change === null ? '' : `${change > 0 ? '+' : ''}${formatPercent(change, locale.value, 1)}`),
    },
  ]
}
