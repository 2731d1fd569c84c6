// The tables of an edition as CSV: out to a spreadsheet, and into a draft again, looked at before it is taken.

import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { Edition, EditionDetail, TablePreview } from '../../api/edition-shapes.ts'
import { announce } from '../announce.ts'
import { post } from '../api.ts'
import { locale, t } from '../language.ts'
import { failureText } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { ChangesTable } from './edition-differences.tsx'
import { refreshEdition } from './edition-resources.ts'

export function EditionTablesAsCsv({ detail }: { readonly detail: EditionDetail }) {
  const { id, tables, actions } = detail
  const address = `/api/v1/editions/${encodeURIComponent(id)}`
  return (
    <Section title={t('edition.csv')} note={actions.includes('edit') ? t('edition.csv.note') : null}>
      <p class="edition-downloads">
        <a href={`${address}/tables.zip`}>{t('edition.csv.all')}</a>
        <a href={`${address}/filing.zip?locale=${locale.value}`}>{t('edition.filing')}</a>
      </p>
      <ul class="edition-csv">
        {tables.map((table) => (
          <li key={table}>
            <a href={`${address}/tables/${encodeURIComponent(table)}`}>{table}.csv</a>
            {actions.includes('edit') ? <TableEditor key={`${table} ${detail.hash}`} detail={detail} table={table} /> : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

interface TableEditorProps {
  readonly detail: EditionDetail
  readonly table: string
}

function TableEditor({ detail, table }: TableEditorProps) {
  const isOpen = useSignal(false)
  const csv = useSignal('')
  const preview = useSignal<TablePreview | null>(null)
  const problem = useSignal('')
  const id = useId()
  const address = `/api/v1/editions/${encodeURIComponent(detail.id)}/tables/${encodeURIComponent(table)}`

  const open = async (): Promise<void> => {
    isOpen.value = true
    const response = await fetch(address, { credentials: 'same-origin' })
    if (response.ok) csv.value = await response.text()
    else problem.value = t('app.error.unreachable')
  }
  const change = (text: string): void => {
    csv.value = text
    preview.value = null
  }
  const look = async (): Promise<void> => {
    const outcome = await post<TablePreview>(`${address}/preview`, { csv: csv.value })
    problem.value = outcome.kind === 'failure' ? failureText(outcome.failure) : ''
    preview.value = outcome.kind === 'answer' ? outcome.value : null
  }
  const take = async ({ hash, takenHash }: TablePreview): Promise<void> => {
    const outcome = await post<Edition>(`${address}/import`, { csv: csv.value, hash, takenHash })
    problem.value = outcome.kind === 'failure' ? failureText(outcome.failure) : ''
    if (outcome.kind === 'failure') return
    announce(t('edition.csv.taken', { table }))
    await refreshEdition(detail.id, detail.basedOn !== null)
  }
  if (!isOpen.value)
    return (
      <button type="button" class="button-plain" aria-label={t('edition.csv.edit.label', { table })} onClick={() => void open()}>
        {t('edition.csv.edit')}
      </button>
    )
  const seen = preview.value
  return (
    <div class="edition-editor">
      <label class="field" for={id}>
        <span class="field-name">{table}</span>
        <textarea
          id={id}
          class="edition-text"
          rows={Math.min(16, csv.value.split('\n').length + 1)}
          spellcheck={false}
          value={csv.value}
          onInput={(event) => change(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span class="field-hint">{t('edition.csv.file')}</span>
        <input
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? []
            if (file !== undefined) void file.text().then(change)
          }}
        />
      </label>
      <p class="dispute-buttons">
        <button type="button" class="button" onClick={() => void look()}>
          {t('edition.csv.look')}
        </button>
        {seen?.takenHash === null || seen === null || seen.changes.length === 0 ? null : (
          <button type="button" class="button button-main" onClick={() => void take(seen)}>
            {t('edition.csv.take', { count: seen.changes.length })}
          </button>
        )}
        <button
          type="button"
          class="button"
          onClick={() => {
            isOpen.value = false
          }}
        >
          {t('dispute.cancel')}
        </button>
      </p>
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
      {seen === null ? null : <Preview seen={seen} />}
    </div>
  )
}

function Preview({ seen: { problems, changes } }: { readonly seen: TablePreview }) {
  if (problems.length > 0)
    return (
      <ul class="edition-problems">
        {problems.map(({ line, column, text }) => (
          <li key={`${line} ${column} ${text}`}>
            {line === 0 ? '' : `${t('edition.csv.line', { line })}${column === '' ? '' : `${t('app.list-comma')}${column}`}: `}
            {text}
          </li>
        ))}
      </ul>
    )
  return changes.length === 0 ? <p>{t('edition.csv.same')}</p> : <ChangesTable changes={changes} />
}
