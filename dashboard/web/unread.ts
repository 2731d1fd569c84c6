// How many messages the policyholder has not read: asked with every page, and known at once where messages are marked.

import { signal } from '@preact/signals'
import { call } from './client.ts'

export const unread = signal(0)

/** What could not be asked stays as it was. */
export async function askUnread(): Promise<void> {
  const outcome = await call('getMessagesUnread')
  if (outcome.kind === 'answer') unread.value = outcome.value.unread
}
