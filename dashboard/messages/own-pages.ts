// The words of the pages behind the policyholder's first screen. They come with those pages and are no part of the catalogue that
// everybody fetches first.

import type { Locale } from './locale.ts'
import { ownPageMessages as en } from './own-pages.en.ts'
import { ownPageMessages as zhCn } from './own-pages.zh-CN.ts'
import { fill, type MessageValues } from './say.ts'

export type OwnPageKey = keyof typeof en

const catalogues: Readonly<Record<Locale, Readonly<Record<OwnPageKey, string>>>> = { en, 'zh-CN': zhCn }

export function sayOwnPage(locale: Locale, key: OwnPageKey, values: MessageValues = {}): string {
  return fill(catalogues[locale][key], values, locale)
}
