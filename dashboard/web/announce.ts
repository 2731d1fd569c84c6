// The one polite live region of the page: at most one sentence at a time, for what changes without being asked for.

import { signal } from '@preact/signals'

export const announcement = signal('')

export function announce(sentence: string): void {
  announcement.value = sentence
}
