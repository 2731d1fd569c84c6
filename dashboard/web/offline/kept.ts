// What the page knows of the service worker: that it is to be there for a policyholder, how old figures are that it answered with, and
// that it forgets when somebody signs out.

import { signal } from '@preact/signals'

const ownName = 'merit-own'
/** When a first visit is told to the worker, after it took over. */
const firstVisitMs = [500, 5_000] as const
const keptAtHeader = 'merit-kept-at'

/** When the oldest figures arrived that are shown though the network is away; undefined while it is not. */
export const keptAtMs = signal<number | undefined>(undefined)
/** Rises when the network is back: what is shown is asked for anew. */
export const returns = signal(0)

export function noteAnswer(headers: Headers): void {
  const at = Number(headers.get(keptAtHeader) ?? Number.NaN)
  if (!Number.isNaN(at)) keptAtMs.value = Math.min(at, keptAtMs.peek() ?? at)
}

export function networkIsBack(): void {
  if (keptAtMs.peek() === undefined) return
  keptAtMs.value = undefined
  returns.value += 1
}

/** A page without one works too, only not without a network. */
export async function keepForOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const isFirst = navigator.serviceWorker.controller === null
  try {
    await navigator.serviceWorker.register('/sw.js')
    const { active } = await navigator.serviceWorker.ready
    if (!isFirst) return
    // Answers that were on their way when the worker took over are known only once they are here.
    for (const afterMs of firstVisitMs)
      setTimeout(() => active?.postMessage(performance.getEntriesByType('resource').map(({ name }) => name)), afterMs)
  } catch {
    // Private windows may refuse, and while developing there is none.
  }
}

export async function forgetKept(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(ownName).catch(() => false)
}
