// Running an edition over the book: begun here, with the earlier runs of the same document.

import { useSignal } from '@preact/signals'
import type { EditionDetail } from '../../api/edition-shapes.ts'
import { formatDateTime } from '../../messages/format.ts'
import { post } from '../api.ts'
import { locale, t } from '../language.ts'
import { failureText } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { useLoaded } from '../resources.ts'
import { navigate } from '../router.ts'
import { pathOf } from '../routes.ts'
import { viewerTimeZone } from '../viewer-time-zone.ts'
import { type Replay, replays } from './replay-resources.ts'

export function ReplayStart({ detail }: { readonly detail: EditionDetail }) {
  const problem = useSignal('')
  const isBusy = useSignal(false)
  const known = useLoaded(replays)
  const own = known.kind === 'ready' ? known.value.filter(({ draftHash }) => draftHash === detail.hash) : []
  const start = async (): Promise<void> => {
    isBusy.value = true
    const outcome = await post<Replay>('/api/v1/replays', { edition: detail.hash })
    isBusy.value = false
    if (outcome.kind === 'failure') problem.value = failureText(outcome.failure)
    else navigate(pathOf({ kind: 'replay', replayId: outcome.value.id }))
  }
  return (
    <Section title={t('replay.title')} note={t('replay.note')}>
      {own.length === 0 ? null : (
        <ul class="replay-list">
          {own.map((one) => (
            <li key={one.id}>
              <a href={pathOf({ kind: 'replay', replayId: one.id })}>
                {formatDateTime(one.createdAtMs, locale.value, viewerTimeZone)}
              </a>{' '}
              {t(`replay.status.${one.status}`)}
            </li>
          ))}
        </ul>
      )}
      <p>
        <button type="button" class="button" disabled={isBusy.value} onClick={() => void start()}>
          {t('replay.start')}
        </button>
      </p>
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
    </Section>
  )
}
