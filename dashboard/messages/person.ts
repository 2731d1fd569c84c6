// The words of the pages on which a policyholder decides for themselves: what if, messages, settings, privacy, and the check of a
// statement. They come with those pages and are no part of the catalogue that everybody fetches first.

import type { Locale } from './locale.ts'
import { personMessages as en } from './person.en.ts'
import { personMessages as zhCn } from './person.zh-CN.ts'
import { fill, type MessageValues } from './say.ts'

export type PersonKey = keyof typeof en

const catalogues: Readonly<Record<Locale, Readonly<Record<PersonKey, string>>>> = { en, 'zh-CN': zhCn }

export function sayPerson(locale: Locale, key: PersonKey, values: MessageValues = {}): string {
  return fill(catalogues[locale][key], values, locale)
}

/** For keys put together at run time: undefined when there is none. */
export function sayPersonIfKnown(locale: Locale, key: string, values: MessageValues = {}): string | undefined {
  return isPersonKey(key) ? sayPerson(locale, key, values) : undefined
}

function isPersonKey(key: string): key is PersonKey {
  return Object.hasOwn(en, key)
}
