// Follows the browser's address with the History API: links inside the app change the page without loading it anew, and
// focus moves to the new page so that a screen reader reads it.

import { computed, signal } from '@preact/signals'
import { parseRoute } from './routes.ts'

const path = signal(location.pathname)

export const route = computed(() => parseRoute(path.value))

export function startRouter(): void {
  addEventListener('popstate', () => {
    path.value = location.pathname
  })
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (link === null || link.origin !== location.origin || link.target !== '' || link.hasAttribute('download')) return
    if (link.pathname.startsWith('/api/') || (link.hash !== '' && link.pathname === location.pathname)) return
    event.preventDefault()
    navigate(link.pathname)
  })
}

export function navigate(to: string): void {
  if (to === location.pathname) return
  history.pushState(null, '', to)
  path.value = to
  scrollTo(0, 0)
  document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
}

/** To the address that a page should have been reached by; going back leads to where one came from. */
export function redirect(to: string): void {
  history.replaceState(null, '', to)
  path.value = to
}
