// A part of the app that is loaded when it is first shown.

import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { Failed, Skeleton } from './notice.tsx'

type Stage<Props> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'here'; readonly Component: ComponentType<Props> }
  | { readonly kind: 'failed' }

export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const stage = signal<Stage<Props>>({ kind: 'waiting' })
  const start = async (): Promise<void> => {
    if (stage.peek().kind === 'here') return
    try {
      stage.value = { kind: 'here', Component: await load() }
    } catch {
      stage.value = { kind: 'failed' }
    }
  }
  return function Later(props: Props) {
    useEffect(() => {
      void start()
    }, [])
    const now = stage.value
    if (now.kind === 'here') return <now.Component {...props} />
    if (now.kind === 'failed') return <Failed failure={{ kind: 'unreachable' }} retry={() => void start()} />
    return <Skeleton lines={4} />
  }
}
