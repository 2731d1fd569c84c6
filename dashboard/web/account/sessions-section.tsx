// Where the account is signed in, and signing it out there.

import { useSignal } from '@preact/signals'
import type { ListedSession } from '../../api/sign-in-shapes.ts'
import { formatDateTime } from '../../messages/format.ts'
import { announce } from '../announce.ts'
import { post } from '../api.ts'
import { locale } from '../language.ts'
import { failureText, Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { viewerTimeZone } from '../viewer-time-zone.ts'
import { sessions } from './account-resources.ts'
import { a } from './account-words.ts'

export function SessionsSection() {
  return (
    <Section title={a('sessions.title')} note={a('sessions.note')}>
      <Show from={sessions}>{(list) => <Sessions list={list} />}</Show>
    </Section>
  )
}

function Sessions({ list }: { readonly list: readonly ListedSession[] }) {
  const problem = useSignal('')
  const time = (atMs: number) => formatDateTime(atMs, locale.value, viewerTimeZone)

  const end = async (path: string): Promise<void> => {
    const outcome = await post<unknown>(`/api/v1/account/sessions/${path}`, {})
    problem.value = outcome.kind === 'failure' ? failureText(outcome.failure) : ''
    if (outcome.kind === 'answer') announce(a('sessions.ended'))
    await sessions.refresh()
  }

  return (
    <>
      <ul class="account-list">
        {list.map((session) => (
          <li key={session.id} class="account-row">
            <div>
              <p class="account-row-name">
                {nameOf(session)}
                {session.isThisOne ? <span class="account-mark">{a('sessions.this')}</span> : null}
              </p>
              <p class="field-hint">
                {a('sessions.seen', { time: time(session.seenAtMs) })} ·{' '}
                {a('sessions.opened', { time: time(session.openedAtMs) })}
              </p>
            </div>
            {session.isThisOne ? null : (
              <button
                type="button"
                class="button"
                aria-label={a('sessions.end.label', { session: nameOf(session) })}
                onClick={() => void end(`${encodeURIComponent(session.id)}/end`)}
              >
                {a('sessions.end')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {list.length > 1 ? (
        <button type="button" class="button" onClick={() => void end('end-others')}>
          {a('sessions.end-others')}
        </button>
      ) : (
        <p class="field-hint">{a('sessions.only')}</p>
      )}
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
    </>
  )
}

function nameOf({ browser, system }: ListedSession): string {
  if (browser === '' && system === '') return a('sessions.unknown')
  return browser === '' || system === '' ? `${browser}${system}` : a('sessions.words', { browser, system })
}
