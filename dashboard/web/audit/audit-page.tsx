// The insurer's audit: what was done and looked at, the newest first, page by page.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type AuditKey, auditWord, sayAudit } from '../../messages/audit.ts'
import { formatDateTime } from '../../messages/format.ts'
import type { Locale } from '../../messages/locale.ts'
import type { Failure } from '../api.ts'
import { call } from '../client.ts'
import type { AuditEvent } from '../client-shapes.ts'
import { locale } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { Empty, Failed } from '../parts/notice.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { pathOf } from '../routes.ts'
import { viewerTimeZone } from '../viewer-time-zone.ts'
import '../style/audit.css'

const filters = ['viewed', 'editions.approve', 'disputes.decision', 'sign-in.failed', 'sign-in.locked'] as const

export function AuditPage() {
  const say = (key: AuditKey): string => sayAudit(locale.value, key)
  usePageTitle(say('title'))
  const action = useSignal('')
  const rows = useSignal<readonly AuditEvent[] | undefined>(undefined)
  const next = useSignal<string | null>(null)
  const failure = useSignal<Failure | undefined>(undefined)
  const load = async (cursor?: string): Promise<void> => {
    const asked = action.value
    const query = { ...(asked === '' ? {} : { action: asked }), ...(cursor === undefined ? {} : { cursor }) }
    const outcome = await call('getAudit', { query })
    // Another filter was chosen meanwhile.
    if (asked !== action.value) return
    failure.value = outcome.kind === 'answer' ? undefined : outcome.failure
    if (outcome.kind !== 'answer') return
    rows.value = [...(cursor === undefined ? [] : (rows.value ?? [])), ...outcome.value.items]
    next.value = outcome.value.next
  }
  useEffect(() => {
    void load()
  }, [action.value])
  return (
    <article>
      <h1>{say('title')}</h1>
      <p class="lead">{say('lead')}</p>
      <p class="audit-filter">
        <label>
          {say('filter')}{' '}
          <select value={action.value} onChange={(event) => (action.value = event.currentTarget.value)}>
            <option value="">{say('filter.all')}</option>
            {filters.map((name) => (
              <option key={name} value={name}>
                {say(`filter.${name}`)}
              </option>
            ))}
          </select>
        </label>
        <a class="audit-file" href={fileOf(action.value, locale.value)} download>
          {say('csv.take')}
        </a>
      </p>
      {failure.value === undefined ? null : <Failed failure={failure.value} retry={() => void load()} />}
      {rows.value === undefined ? null : rows.value.length === 0 ? (
        <Empty title={say('none.title')} text={say(action.value === '' ? 'none.text' : 'none.filtered')} />
      ) : (
        <Table caption={say('title')} columns={columns(say)} rows={rows.value} rowKey={({ number }) => `${number}`} isStacked />
      )}
      {next.value === null ? null : (
        <p>
          <button type="button" class="button-plain" onClick={() => void load(next.value ?? undefined)}>
            {say('more')}
          </button>
        </p>
      )}
      <section class="single-part">
        <p>{say('check')}</p>
        <CopyText text="npm run -s merit -- audit verify" label={say('check')} />
      </section>
    </article>
  )
}

function fileOf(action: string, language: Locale): string {
  return `/api/v1/audit.csv?${new URLSearchParams({ locale: language, ...(action === '' ? {} : { action }) })}`
}

function columns(say: (key: AuditKey) => string): readonly Column<AuditEvent>[] {
  return [
    { key: 'number', title: say('number'), isNumber: true, cell: ({ number }) => number },
    { key: 'when', title: say('when'), cell: ({ atMs }) => formatDateTime(atMs, locale.value, viewerTimeZone) },
    { key: 'who', title: say('who'), cell: ({ actor }) => `${actor.name} (${auditWord(locale.value, 'role', actor.role)})` },
    { key: 'what', title: say('what'), cell: ({ action }) => auditWord(locale.value, 'action', action) },
    { key: 'subject', title: say('subject'), cell: subjectOf },
  ]
}

function subjectOf({ subjectKind, subjectId }: AuditEvent) {
  if (subjectId === '') return subjectKind
  const shown = subjectId.length > 16 ? `${subjectId.slice(0, 12)}…` : subjectId
  if (subjectKind === 'policy') return <a href={pathOf({ kind: 'policy', policyId: subjectId })}>{shown}</a>
  if (subjectKind === 'edition') return <a href={pathOf({ kind: 'edition', hash: subjectId })}>{shown}</a>
  if (subjectKind === 'dispute') return <a href={pathOf({ kind: 'dispute', disputeId: subjectId })}>{shown}</a>
  return <span title={`${subjectKind} ${subjectId}`}>{shown}</span>
}
