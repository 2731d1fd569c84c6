// The words of the page of messages. They come with that page and are no part of the catalogue that everybody fetches first.

import { inboxMessages as en } from './inbox.en.ts'
import { inboxMessages as zhCn } from './inbox.zh-CN.ts'
import type { Locale } from './locale.ts'
import { fill, type MessageValues } from './say.ts'

export type InboxKey = keyof typeof en

const catalogues: Readonly<Record<Locale, Readonly<Record<InboxKey, string>>>> = { en, 'zh-CN': zhCn }

export function sayInbox(locale: Locale, key: InboxKey, values: MessageValues = {}): string {
  return fill(catalogues[locale][key], values, locale)
}

/** For keys put together at run time: undefined when there is none. */
export function sayInboxIfKnown(locale: Locale, key: string, values: MessageValues = {}): string | undefined {
  return isInboxKey(key) ? sayInbox(locale, key, values) : undefined
}

function isInboxKey(key: string): key is InboxKey {
  return Object.hasOwn(en, key)
}
