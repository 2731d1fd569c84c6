// What a place says when it has nothing to show: empty, failed, or still loading.

import type { ComponentChildren } from 'preact'
import type { Failure } from '../api.ts'
import { t } from '../language.ts'
import type { Loaded, Resource } from '../resources.ts'
import { useLoaded } from '../resources.ts'

interface EmptyProps {
  readonly title: string
  readonly text: string
  readonly children?: ComponentChildren
}

export function Empty({ title, text, children }: EmptyProps) {
  return (
    <div class="notice">
      <p class="notice-title">{title}</p>
      <p class="notice-text">{text}</p>
      {children}
    </div>
  )
}

export function failureText(failure: Failure): string {
  switch (failure.kind) {
    case 'unreachable':
      return t('app.error.unreachable')
    case 'signed-out':
      return t('sign-in.expired')
    case 'forbidden':
      return t('app.error.forbidden')
    case 'unproved':
      return t('app.error.unproved')
    case 'not-found':
      return t('app.error.not-found')
    case 'too-many':
      return t('sign-in.error.too-many')
    case 'conflict':
    case 'refused':
      return t('app.error.refused', { detail: failure.detail })
    case 'server':
      return t('app.error.server', { id: failure.id })
  }
}

export function Failed({ failure, retry }: { readonly failure: Failure; readonly retry: () => void }) {
  const isFinal = failure.kind === 'not-found' || failure.kind === 'forbidden'
  return (
    <div class="notice notice-failed" role="alert">
      <p class="notice-title">{t('app.error.title')}</p>
      <p class="notice-text">{failureText(failure)}</p>
      {isFinal ? (
        <a class="button" href="/">
          {t('app.back-home')}
        </a>
      ) : (
        <button type="button" class="button" onClick={retry}>
          {t('app.retry')}
        </button>
      )}
    </div>
  )
}

/** Grey shapes where text will be; `lines` roughly as many as will come. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  return (
    <div class="skeleton" aria-busy="true">
      <span class="for-screen-readers">{t('app.loading')}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} class="skeleton-line" />
      ))}
    </div>
  )
}

interface ShowProps<Value> {
  readonly from: Resource<Value>
  readonly lines?: number
  readonly children: (value: Value) => ComponentChildren
}

/** Loads a resource and shows it, with its loading and failed states. */
export function Show<Value>({ from, lines = 3, children }: ShowProps<Value>) {
  const state: Loaded<Value> = useLoaded(from)
  if (state.kind === 'loading') return <Skeleton lines={lines} />
  if (state.kind === 'failed') return <Failed failure={state.failure} retry={() => void from.refresh()} />
  return <>{children(state.value)}</>
}
