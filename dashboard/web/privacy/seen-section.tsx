// Who saw the policy, the newest first, page by page.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { formatDateTime } from '../../messages/format.ts'
import { sayIfKnown } from '../../messages/say.ts'
import type { Failure } from '../api.ts'
import { call } from '../client.ts'
import type { AccessLogEntry } from '../client-shapes.ts'
import { locale } from '../language.ts'
import { Failed, Skeleton } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { Table } from '../parts/table.tsx'
import { p } from './privacy-words.ts'

const viewsPerPage = 20

export function SeenSection({ policyId, timeZone }: { readonly policyId: string; readonly timeZone: string }) {
  const views = useSignal<readonly AccessLogEntry[] | undefined>(undefined)
  const next = useSignal<string | null>(null)
  const failure = useSignal<Failure | undefined>(undefined)
  const load = async (cursor?: string): Promise<void> => {
    const outcome = await call('getPoliciesIdAccessLog', { params: { id: policyId }, query: { limit: viewsPerPage, cursor } })
    failure.value = outcome.kind === 'failure' ? outcome.failure : undefined
    if (outcome.kind === 'failure') return
    views.value = [...(cursor === undefined ? [] : (views.value ?? [])), ...outcome.value.items]
    next.value = outcome.value.next
  }
  useEffect(() => {
    void load()
  }, [policyId])
  const cursor = next.value
  return (
    <Section title={p('seen')} note={p('seen.note')}>
      {failure.value === undefined ? null : <Failed failure={failure.value} retry={() => void load()} />}
      {views.value === undefined && failure.value === undefined ? <Skeleton lines={3} /> : null}
      {views.value?.length === 0 ? <p>{p('seen.none')}</p> : null}
      {views.value === undefined || views.value.length === 0 ? null : (
        <Table
          caption={p('seen.table')}
          isStacked
          rows={views.value}
          rowKey={({ atMs, name }) => `${atMs} ${name}`}
          columns={[
            { key: 'who', title: p('seen.who'), cell: ({ name }) => name },
            { key: 'as', title: p('seen.as'), cell: ({ role }) => sayIfKnown(locale.value, `role.${role}`) ?? role },
            { key: 'when', title: p('seen.when'), cell: ({ atMs }) => formatDateTime(atMs, locale.value, timeZone) },
          ]}
        />
      )}
      {cursor === null ? null : (
        <button type="button" class="button privacy-more" onClick={() => void load(cursor)}>
          {p('seen.more')}
        </button>
      )}
    </Section>
  )
}
