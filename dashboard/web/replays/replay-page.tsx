// A replay of an edition over the book: how far it is, and when it is done what it would do to everybody's premium.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { formatDateTime, formatNumber } from '../../messages/format.ts'
import { post } from '../api.ts'
import { locale, t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { failureText, Show } from '../parts/notice.tsx'
import { pathOf } from '../routes.ts'
import { viewerTimeZone } from '../viewer-time-zone.ts'
import { DislocationView } from './dislocation-view.tsx'
import { type Replay, replay, replayReport, replays } from './replay-resources.ts'
import '../style/replays.css'

export function ReplayPage({ replayId }: { readonly replayId: string }) {
  usePageTitle(t('replay.title'))
  useEffect(() => followProgress(replayId), [replayId])
  return (
    <article>
      <Show from={replay(replayId)} lines={6}>
        {(now) => (
          <>
            <p class="crumb">
              <a href={pathOf({ kind: 'edition', hash: now.draftHash })}>← {t('replay.back')}</a>
            </p>
            <h1>{t('replay.title')}</h1>
            <p class="lead">{t('replay.caption', { time: formatDateTime(now.createdAtMs, locale.value, viewerTimeZone) })}</p>
            <Progress now={now} />
            {now.status === 'done' ? (
              <Show from={replayReport(replayId)} lines={8}>
                {(report) => <DislocationView report={report} replay={now} />}
              </Show>
            ) : null}
          </>
        )}
      </Show>
    </article>
  )
}

/** Until it is no longer running. @returns stops following */
function followProgress(replayId: string): () => void {
  const source = new EventSource(`/api/v1/replays/${encodeURIComponent(replayId)}/live`)
  source.addEventListener('progress', () => void replay(replayId).refresh())
  // The stream ends with the work, which an event source takes for an error.
  source.addEventListener('error', () => {
    source.close()
    void replay(replayId).refresh()
  })
  return () => source.close()
}

function Progress({ now }: { readonly now: Replay }) {
  const problem = useSignal('')
  if (now.status === 'done') return null
  const act = async (what: 'cancel' | 'resume'): Promise<void> => {
    const outcome = await post<Replay>(`/api/v1/replays/${encodeURIComponent(now.id)}/${what}`, {})
    problem.value = outcome.kind === 'failure' ? failureText(outcome.failure) : ''
    await Promise.all([replay(now.id).refresh(), replays.refresh()])
    if (what === 'resume') followProgress(now.id)
  }
  const language = locale.value
  const words = t('replay.progress', {
    done: formatNumber(now.policiesDone, language),
    all: formatNumber(now.policies, language),
  })
  return (
    <div class="replay-progress">
      <progress max={Math.max(1, now.policies)} value={now.policiesDone} aria-label={words} />
      <p role="status">
        {t(`replay.status.${now.status}`)} · {words}
        {now.problem === null ? null : ` · ${now.problem}`}
      </p>
      <p>
        <button type="button" class="button" onClick={() => void act(now.status === 'running' ? 'cancel' : 'resume')}>
          {t(now.status === 'running' ? 'replay.cancel' : 'replay.resume')}
        </button>
      </p>
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
    </div>
  )
}
